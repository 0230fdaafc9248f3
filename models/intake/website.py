from odoo import models


class Website(models.Model):
    _inherit = 'website'

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
