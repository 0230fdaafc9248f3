from odoo import models


class Website(models.Model):
    _inherit = 'website'

    def _ecrm_get_conditions_url(self):
        """Return where the conditions of sale stand: Odoo's own page once it is switched on for the company, else ours."""
        self.ensure_one()
        uses_terms = self.env['ir.config_parameter'].sudo().get_param('account.use_invoice_terms')
        if uses_terms and self.company_id.sudo().terms_type == 'html':
            return '/terms'
        return '/conditions'

    def _ecrm_keep_contact_pages(self):
        """Leave contact pages alone that a shop has made its own before: there, our form is a block to drop.

        Called once, at the installation, before Odoo copies new views under a website's own ones.
        """
        page = self.env.ref('website.contactus')
        ours = self.env.ref('ecrm.contactus')
        if page.arch_updated:
            ours.active = False
        for own in page._get_specific_views():
            ours.with_context(website_id=own.website_id.id).write(
                {'inherit_id': own.id, 'active': False}
            )
