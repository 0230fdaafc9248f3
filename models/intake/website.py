from odoo import models
from odoo.tools import email_normalize


class Website(models.Model):
    _inherit = 'website'

    # === CRON === #

    def _send_abandoned_cart_email(self):
        # OVERRIDES website_sale: it writes every customer the same letter, never the website's own nor
        # ours, which asks why, and one letter that cannot be made stops those behind it
        for website in self.search([('send_abandoned_cart_email', '=', True)]):
            left = self.env['sale.order'].search([
                ('is_abandoned_cart', '=', True), ('cart_recovery_email_sent', '=', False),
                ('website_id', '=', website.id),
                ('date_order', '>=', website.send_abandoned_cart_email_activation_time),
            ])  # fmt: skip
            if not left:
                continue
            reachable = left._filter_can_send_abandoned_cart_mail()
            # Odoo's own mark that a cart needs no look again; it says nothing of a letter
            (left - reachable).cart_recovery_email_sent = True
            for cart in reachable:
                cart._ecrm_try('_cart_recovery_email_send')

    # === BUSINESS METHODS === #

    def _ecrm_takes_form(self, model_name, values):
        """Tell whether a form of the site comes in by our door: a request, or a mail that writes to the shop itself.

        :param str model_name: model that the form builder wrote on the form
        :param dict values: the fields as they were posted
        """
        self.ensure_one()
        if model_name != 'mail.mail':
            return model_name == 'crm.lead'
        target = email_normalize(str(values.get('email_to') or ''))
        return not target or target == email_normalize(self.company_id.email or '')

    def _ecrm_get_conditions_url(self):
        """Return where the conditions of sale stand: Odoo's own page once it is switched on for the company, else ours."""
        self.ensure_one()
        uses_terms = self.env['ir.config_parameter'].sudo().get_param('account.use_invoice_terms')
        if uses_terms and self.company_id.sudo().terms_type == 'html':
            return '/terms'
        return '/conditions'

    def _ecrm_keep_contact_pages(self):
        """Leave contact pages alone that a shop has made its own before: there, its own form stays.

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
