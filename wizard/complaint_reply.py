from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty


class EcrmComplaintReply(models.TransientModel):
    """Answer a complaint in the customer's language, and keep what is promised, in one step."""

    _name = 'ecrm.complaint.reply'
    _description = "Reply to a Complaint"

    complaint_id = fields.Many2one('ecrm.complaint', required=True, ondelete='cascade')
    currency_id = fields.Many2one(related='complaint_id.currency_id')
    lang_name = fields.Char(string="Customer's Language", compute='_compute_lang_name')
    template_id = fields.Many2one(
        comodel_name='mail.template',
        string="Prepared Reply",
        domain="[('model', '=', 'ecrm.complaint'), ('ecrm_complaint_reply', '=', True)]",
    )
    body = fields.Html(
        string="Message", compute='_compute_from_template', store=True, readonly=False
    )
    remedy_kind = fields.Selection(
        selection='_selection_remedy_kind',
        string="Remedy",
        compute='_compute_from_template',
        store=True,
        readonly=False,
        help="Made when the reply is sent; what it is, is added to the reply.",
    )
    amount = fields.Monetary(help="What the voucher is worth.")
    next_kind = fields.Selection(
        selection=[
            ('waiting_customer', "Wait for the customer"),
            ('waiting_internal', "Wait for the workshop"),
            ('resolved', "Resolve"),
        ],
        string="Then",
        compute='_compute_from_template',
        store=True,
        readonly=False,
        help="Empty: the complaint stays in progress.",
    )

    @api.model
    def _selection_remedy_kind(self):
        return self.env['ecrm.complaint.remedy']._fields['kind']._description_selection(self.env)

    @api.depends('complaint_id')
    def _compute_lang_name(self):
        names = dict(self.env['res.lang'].get_installed())
        for wizard in self:
            wizard.lang_name = (
                names.get(wizard.complaint_id._customer_lang()) if wizard.complaint_id else False
            )

    @api.depends('template_id', 'complaint_id')
    def _compute_from_template(self):
        for wizard in self:
            template, complaint = wizard.template_id, wizard.complaint_id
            if not template or not complaint:
                continue
            complaint.check_access('write')
            wizard.body = template._render_field(
                'body_html', complaint.ids, set_lang=complaint._customer_lang()
            )[complaint.id]
            wizard.remedy_kind = template.ecrm_complaint_remedy
            wizard.next_kind = template.ecrm_complaint_next

    def action_send(self):
        """Make the remedy, send the reply with it, and move on. All of it, or nothing."""
        self.ensure_one()
        complaint = self.complaint_id
        complaint.check_access('write')
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the message first, or choose a prepared reply."))
        body = Markup(self.body)
        if self.remedy_kind:
            body += self._describe(self._make_remedy())
        complaint.message_post(body=body, message_type='comment', subtype_xmlid='mail.mt_comment')
        if self.next_kind:
            complaint._move_to(self.next_kind)
        return {'type': 'ir.actions.act_window_close'}

    def _make_remedy(self):
        """Carry the remedy out with the rights of the agent: above his limit he is refused."""
        values = {'complaint_id': self.complaint_id.id, 'kind': self.remedy_kind}
        if self.remedy_kind == 'coupon':
            values['amount'] = self.amount
        remedy = self.env['ecrm.complaint.remedy'].create(values)
        remedy.action_do()
        return remedy

    def _describe(self, remedy):
        """Say in the customer's language what was made for him."""
        remedy_sudo = remedy.sudo().with_context(lang=self.complaint_id._customer_lang())
        code = remedy_sudo.card_id.code
        rows = [
            Markup('<strong>%s</strong>') % remedy_sudo._customer_label(),
            remedy_sudo._customer_detail(),
            remedy_sudo.env._("Your code: %(code)s", code=code) if code else '',
        ]
        return Markup('<p>%s</p>') % Markup('<br/>').join(row for row in rows if row)
