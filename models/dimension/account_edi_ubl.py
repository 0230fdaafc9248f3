from odoo import models


class AccountEdiUbl(models.AbstractModel):
    """The size of a line as properties of its item, which a buyer's program reads without parsing a text."""

    _inherit = 'account.edi.ubl'

    def _ubl_add_line_item_additional_item_property_nodes(self, vals):
        # EXTENDS account_edi_ubl_cii: BIS 3 and what derives from it
        super()._ubl_add_line_item_additional_item_property_nodes(vals)
        vals['item_node']['cac:AdditionalItemProperty'] += self._get_ecrm_size_property_nodes(
            vals['line_vals']['base_line']
        )

    def _get_ecrm_size_property_nodes(self, base_line):
        """Name and value of each measure of an invoice line.

        :param dict base_line: of the tax engine; its `record` is the invoice line, or missing
        :return: nodes of `cac:AdditionalItemProperty`, none without a size
        :rtype: list[dict]
        """
        line = base_line.get('record')
        # Rounding and early-payment lines come without a record of their own
        if not isinstance(line, models.BaseModel) or 'ecrm_width_mm' not in line._fields:
            return []
        if not line.ecrm_width_mm:
            return []
        measures = [(self.env._("Size"), line.with_context(lang=self.env.lang).ecrm_size_label)]
        if not line.ecrm_layout:
            measures += [
                (self.env._("Width (mm)"), f'{line.ecrm_width_mm:g}'),
                (self.env._("Height (mm)"), f'{line.ecrm_height_mm:g}'),
            ]
        measures.append((self.env._("Panels"), str(len(line._get_ecrm_size().sides))))
        return [
            {'cbc:Name': {'_text': name}, 'cbc:Value': {'_text': value}} for name, value in measures
        ]
