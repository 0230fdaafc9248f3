from odoo import api, fields, models


class EcrmSource(models.Model):
    _inherit = 'ecrm.source'

    health = fields.Selection(
        [
            ('silent', "Silent"),
            ('failing', "Not processed"),
            ('empty', "Nothing yet"),
            ('well', "Receives"),
        ],
        "State", compute='_compute_health', search='_search_health',
    )  # fmt: skip

    # === COMPUTE METHODS === #

    @api.depends('silent_hours')
    def _compute_health(self):
        for source in self:
            if source.is_silent:
                source.health = 'silent'
            elif source.dead_count:
                source.health = 'failing'
            else:
                source.health = 'well' if source.last_date else 'empty'

    @api.model
    def _search_health(self, operator, value):
        if operator != 'in':
            return NotImplemented
        # As many sources as there are forms: a handful
        sources = self.search([('active', 'in', (True, False))])
        return [('id', 'in', sources.filtered(lambda source: source.health in value).ids)]
