from odoo import fields, models

from ...tools.namesake import Namesakes


class EcrmImportRow(models.Model):
    _inherit = 'ecrm.import.row'

    candidate_ids = fields.Many2many('res.partner', string="Perhaps", readonly=True)

    # === BUSINESS METHODS === #

    def _find_namesakes(self, company):
        """Return the customers of these rows' names, written either way round, by one statement."""
        names = set(self.mapped('name'))
        names |= {' '.join(reversed(name.split())) for name in names}
        names |= {name.upper() for name in names}
        partners = self.env['res.partner'].search_fetch(
            [('name', 'in', list(names)), ('company_id', 'in', [False, company.id])],
            ['name', 'phone_sanitized'],
        )
        return Namesakes((partner.name, partner) for partner in partners)
