from odoo import models


class AccountEdiXmlUbl20(models.AbstractModel):
    _inherit = 'account.edi.xml.ubl_20'

    def _add_document_line_item_nodes(self, line_node, vals):
        # EXTENDS account_edi_ubl_cii: UBL 2.0 and 2.1 build their items by themselves
        super()._add_document_line_item_nodes(line_node, vals)
        line_node['cac:Item'].setdefault('cac:AdditionalItemProperty', []).extend(
            self._get_ecrm_size_property_nodes(vals['base_line'])
        )
