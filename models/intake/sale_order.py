import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

LOOK_BACK = timedelta(days=30)


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    ecrm_abandon_reason = fields.Selection(
        [
            ('price', "The price"),
            ('delivery', "The delivery"),
            ('payment', "The payment"),
            ('looking', "Just looking"),
            ('other', "Something else"),
        ],
        "Why it was left", copy=False,
    )  # fmt: skip
    ecrm_reminded_date = fields.Datetime("Reminded", readonly=True, copy=False)
    ecrm_submission_ids = fields.One2many('ecrm.submission', 'order_id', "Submissions")

    # === CRON === #

    @api.model
    def _cron_ecrm_abandoned_carts(self, batch_size=100):
        """Make a lead of each cart that was left and whose owner can be reached."""
        domain = Domain('is_abandoned_cart', '=', True) & Domain('opportunity_id', '=', False)
        domain &= Domain('date_order', '>=', fields.Datetime.now() - LOOK_BACK)
        domain &= Domain('partner_id.phone', '!=', False) | Domain('partner_id.email', '!=', False)
        known = self.env['ecrm.submission'].sudo()._search([('kind', '=', 'cart')])
        domain &= ~Domain('ecrm_submission_ids', 'in', known)
        for cart in self.search(domain)._ecrm_filter_left()[:batch_size]:
            cart._ecrm_try('_ecrm_submit_cart')

    # === ACTIONS === #

    def action_confirm(self):
        # EXTENDS sale: the lead of a cart closes by itself
        result = super().action_confirm()
        leads = self.sudo().opportunity_id.filtered(lambda lead: lead.won_status == 'pending')
        leads.filtered(
            lambda lead: 'cart' in lead.ecrm_submission_ids.mapped('kind')
        ).action_set_won()
        self._ecrm_close_other_carts()
        return result

    # === BUSINESS METHODS === #

    def _get_cart_recovery_template(self):
        # EXTENDS website_sale: our reminder asks why, unless the website has a letter of its own
        template = super()._get_cart_recovery_template()
        default = self.env.ref(
            'website_sale.mail_template_sale_cart_recovery', raise_if_not_found=False
        )
        ours = self.env.ref('ecrm.mail_template_cart_reminder', raise_if_not_found=False)
        return ours if ours and template == default else template

    def _cart_recovery_email_send(self):
        # EXTENDS website_sale: its mark is set for carts that got no letter too, the date is not
        result = super()._cart_recovery_email_send()
        self.filtered('cart_recovery_email_sent').ecrm_reminded_date = fields.Datetime.now()
        return result

    def _message_mail_after_hook(self, mails):
        # EXTENDS website_sale: a reminder that a salesperson sends himself
        if self.env.context.get('website_sale_send_recovery_email'):
            self.filtered('is_abandoned_cart').ecrm_reminded_date = fields.Datetime.now()
        return super()._message_mail_after_hook(mails)

    def _ecrm_try(self, step):
        """Do one step of a scheduled action for one cart; what is wrong with it does not hold up the others.

        :param str step: name of the method; tried again at the next run.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                getattr(self, step)()
        except OperationalError:  # another server is at it: the whole is tried again
            raise
        except Exception:
            _logger.exception("cart %s: %s failed", self.id, step)

    def _ecrm_filter_left(self):
        """Return the carts whose customer has not bought since, in another cart or by telephone."""
        bought = dict(self.env['sale.order'].sudo()._read_group(
            [('partner_id', 'in', self.partner_id.ids), ('state', '=', 'sale')],
            ['partner_id'], ['date_order:max'],
        ))  # fmt: skip
        return self.filtered(
            lambda cart: cart.partner_id not in bought or bought[cart.partner_id] < cart.date_order
        )

    def _ecrm_close_other_carts(self):
        """Close the leads of other carts of who has just bought: nobody calls him about them."""
        leads = self.env['crm.lead'].sudo().search([
            ('order_ids.partner_id', 'in', self.partner_id.ids), ('won_status', '=', 'pending'),
            ('ecrm_submission_ids.kind', '=', 'cart'), ('order_ids', 'not in', self.ids),
        ])  # fmt: skip
        for lead in leads:
            order = self.filtered(
                lambda one, lead=lead: one.partner_id in lead.order_ids.partner_id
            )
            lead.action_set_lost()
            lead._message_log(
                body=self.env._("The customer has bought with %(order)s.", order=order[:1].name)
            )

    def _ecrm_erase(self):
        """Let orders go on without their customer's words; lines and amounts stay, as the law has it."""
        self.write(
            {'note': False, 'client_order_ref': False, 'signed_by': False, 'signature': False}
        )
        messages = self.env['mail.message'].search(
            [('model', '=', self._name), ('res_id', 'in', self.ids)]
        )
        tracked = messages.tracking_value_ids
        tracked.filtered(lambda value: value.field_id.relation == 'res.partner').unlink()
        messages.filtered(lambda message: message.message_type != 'notification').unlink()
        self.activity_ids.unlink()

    def _ecrm_submit_cart(self):
        """Bring the cart in by the one door."""
        self.ensure_one()
        submissions = self.env['ecrm.submission']
        source = self.env['ecrm.source']._get_site_source(self.website_id)
        partner = self.partner_id
        payload = {
            'name': partner.name or '', 'phone': partner.phone or '', 'email': partner.email or '',
            'cart': self.name, 'amount': self.amount_total,
            'items': [f'{line.product_uom_qty:g} x {line.name}' for line in self.order_line],
        }  # fmt: skip
        submission = submissions._accept(
            source, 'cart', payload, idempotency_key=f'cart:{self.id}', website=self.website_id,
            company=self.company_id, lang=partner.lang,
        )  # fmt: skip
        submission.order_id = self

    def _ecrm_get_reason_url(self, reason=''):
        """Return the address where the customer says why he left his cart."""
        self.ensure_one()
        token = self._portal_ensure_token()
        base = self.website_id.get_base_url() if self.website_id else self.get_base_url()
        return f'{base}/ecrm/cart/{self.id}/{token}?reason={reason}'

    def _ecrm_set_abandon_reason(self, reason):
        """Keep the customer's answer and tell the salesperson; an unknown one is not kept."""
        self.ensure_one()
        labels = dict(self._fields['ecrm_abandon_reason']._description_selection(self.env))
        if reason not in labels or self.ecrm_abandon_reason == reason:
            return reason in labels
        self.ecrm_abandon_reason = reason
        for lead in self.opportunity_id:
            lead._message_log(
                body=self.env._(
                    "The customer says why he left his cart: %(reason)s.", reason=labels[reason]
                )
            )
        return True
