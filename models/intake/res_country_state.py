from odoo import api, models

from ...tools.wilaya import WILAYAS


class ResCountryState(models.Model):
    _inherit = 'res.country.state'

    @api.model
    def _ecrm_load_wilayas(self):
        """Create the wilayas of Algeria that the database does not have yet."""
        algeria = self.env.ref('base.dz')
        known = set(self.search([('country_id', '=', algeria.id)]).mapped('code'))
        missing = [wilaya for wilaya in WILAYAS if wilaya.code not in known]
        states = self.create(
            [
                {'country_id': algeria.id, 'code': wilaya.code, 'name': wilaya.name}
                for wilaya in missing
            ]
        )
        self.env['ir.model.data']._update_xmlids(
            [
                {'xml_id': f'ecrm.state_dz_{state.code}', 'record': state, 'noupdate': True}
                for state in states
            ]
        )
