import logging
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.ecrm.tools.survey import DETRACTOR_UP_TO, NPS_MINIMUM, PROMOTER_FROM

_logger = logging.getLogger(__name__)

OLDEST_DAYS = 60
COMMENT_LENGTH = 2000


class EcrmFeedback(models.Model):
    """One question after a delivered order: how likely would you recommend us, and why.

    Asked once by mail, or by text message without an address, reminded once, answered once.
    """

    _name = 'ecrm.feedback'
    _description = "After-Sale Feedback"
    _inherit = ['mail.thread']
    _order = 'answer_date DESC, id DESC'
    _rec_name = 'order_id'

    order_id = fields.Many2one('sale.order', required=True, readonly=True, ondelete='cascade')
    partner_id = fields.Many2one(
        'res.partner',
        string="Customer",
        required=True,
        readonly=True,
        ondelete='cascade',
        index=True,
    )
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    user_id = fields.Many2one(related='order_id.user_id', string="Salesperson")
    access_token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups='base.group_system',
        default=lambda self: secrets.token_urlsafe(24),
    )
    state = fields.Selection(
        [('sent', "Asked"), ('reminded', "Reminded"), ('answered', "Answered")],
        required=True,
        readonly=True,
        default='sent',
    )
    channel = fields.Selection(
        [('mail', "E-mail"), ('sms', "Text message"), ('call', "Call")], readonly=True
    )
    sent_date = fields.Datetime("Asked On", readonly=True)
    answer_date = fields.Datetime("Answered On", readonly=True)
    score = fields.Integer(readonly=True, aggregator='avg')
    comment = fields.Text(readonly=True)
    group = fields.Selection(
        [('promoter', "Promoter"), ('passive', "Passive"), ('detractor', "Detractor")],
        readonly=True,
    )
    nps = fields.Float(
        "NPS",
        readonly=True,
        aggregator='avg',
        help="100 for a promoter, -100 for a detractor: the average is the net promoter score, shown "
        "from 30 answers on.",
    )

    _order_uniq = models.Constraint('UNIQUE(order_id)', "An order is asked about once.")
    _score_range = models.Constraint(
        'CHECK (score IS NULL OR score BETWEEN 0 AND 10)', "The score is between 0 and 10."
    )
    _answer_idx = models.Index("(company_id, answer_date) WHERE state = 'answered'")

    # === CRUD METHODS === #

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS base: what was not answered has no score, and of few answers chance makes the NPS
        if aggregate_spec not in ('score:avg', 'nps:avg'):
            return super()._read_group_select(aggregate_spec, query)
        name = aggregate_spec.partition(':')[0]
        value = self._field_to_sql(self._table, name, query)
        state = self._field_to_sql(self._table, 'state', query)
        needed = NPS_MINIMUM if name == 'nps' else 1
        return SQL(
            "CASE WHEN COUNT(*) FILTER (WHERE %(state)s = 'answered') >= %(needed)s"
            " THEN AVG(%(value)s) FILTER (WHERE %(state)s = 'answered') END",
            state=state,
            needed=needed,
            value=value,
        )

    # === BUSINESS METHODS === #

    def _ecrm_erase(self):
        """Forget what customers wrote; their scores are counted on."""
        self.write({'comment': False})
        self.message_ids.unlink()

    def _get_url(self):
        """Address of the page to answer on, for the customer only."""
        self.ensure_one()
        self_sudo = self.sudo()
        return (
            f'{self_sudo.order_id.get_base_url()}/ecrm/feedback/{self.id}/{self_sudo.access_token}'
        )

    def _get_question(self):
        """What the page asks, as one sentence: its mark of question differs by language."""
        self.ensure_one()
        return self.env._("How did it go with your order %(order)s?", order=self.order_id.name)

    def _get_review_label(self, product):
        """What the button says that leads to the reviews of a ``product.template``."""
        return self.env._("Review %(product)s", product=product.name)

    def _answer(self, score, comment):
        """Record the customer's answer and act on it.

        :param int score: 0 to 10
        :param str comment: what he wrote, may be empty
        :raises UserError: already answered, or a score off the scale
        """
        self.ensure_one()
        if self.state == 'answered':
            raise UserError(self.env._("This request was answered already. Thank you."))
        if not 0 <= score <= 10:
            raise UserError(self.env._("Please choose a score between 0 and 10."))
        promoter, detractor = score >= PROMOTER_FROM, score <= DETRACTOR_UP_TO
        self.write(
            {
                'state': 'answered',
                'score': score,
                'comment': (comment or '').strip()[:COMMENT_LENGTH],
                'answer_date': fields.Datetime.now(),
                'group': 'promoter' if promoter else 'detractor' if detractor else 'passive',
                'nps': 100 * (promoter - detractor),
            }
        )
        if detractor:
            getattr(self, f'_follow_{self.company_id.ecrm_feedback_low}')()

    def _follow_call(self):
        """Have the salesperson call an unhappy customer today."""
        order = self.order_id
        user = order.user_id or order.team_id.user_id or self.env.ref('base.user_admin')
        # The customer answers in his language, the call is read in another's
        reader = self.with_context(lang=user.lang or self.env.lang)
        order.activity_schedule(
            'mail.mail_activity_data_call',
            summary=reader.env._("Call back: gave %(score)s out of 10", score=self.score),
            note=self.comment,
            user_id=user.id,
        )

    def _review_products(self):
        """Published products of the order that a promoter is invited to review.

        None where the product pages of the order's website have no reviews.
        """
        order_sudo = self.sudo().order_id
        website = order_sudo.website_id or self.env['website'].get_current_website()
        products = order_sudo.order_line.product_id.product_tmpl_id
        website = website.with_context(website_id=website.id)
        if not website.is_view_active('website_sale.product_comment'):
            return products.browse()
        return products.filtered(lambda product: product.is_published and product.sale_ok)

    def _send(self, reminder=False):
        """Send the question, or the same once more."""
        template = self.env.ref('ecrm.mail_template_feedback')
        for feedback in self:
            lang = feedback.partner_id.lang
            if feedback.channel == 'mail':
                template.send_mail(feedback.id)
            elif feedback.channel == 'sms':
                body = feedback.with_context(lang=lang).env._(
                    "Your order %(order)s has arrived. How did it go? %(url)s",
                    order=feedback.order_id.name,
                    url=feedback._get_url(),
                )
                feedback.partner_id._message_sms(body, partner_ids=feedback.partner_id.ids)
        if reminder:
            self.write({'state': 'reminded'})

    # === CRONS === #

    @api.model
    def _cron_ask(self, limit=100):
        """Ask about orders delivered long enough ago, remind who did not answer; each once."""
        cron = self.env['ir.cron']
        now = fields.Datetime.now()
        for company in (
            self.env['res.company'].sudo().search([('ecrm_feedback_enabled', '=', True)])
        ):
            orders = self._due_orders(company, now, limit)
            late = self._late(company, now, limit)
            cron._commit_progress(remaining=len(orders) + len(late))
            for order in orders:
                self._ask(order)
                cron._commit_progress(1)
            for feedback in late:
                feedback._send(reminder=True)
                cron._commit_progress(1)

    @api.model
    def _due_orders(self, company, now, limit):
        """Delivered orders of the company that were not asked about."""
        due = now - timedelta(days=company.ecrm_feedback_days)
        domain = (
            Domain('company_id', '=', company.id)
            & Domain('state', '=', 'sale')
            & Domain('effective_date', '<=', due)
            & Domain('effective_date', '>', due - timedelta(days=OLDEST_DAYS))
            & Domain('ecrm_feedback_ids', '=', False)
        )
        return self.env['sale.order'].search(domain, limit=limit, order='effective_date')

    @api.model
    def _late(self, company, now, limit):
        """Questions without an answer that deserve their one reminder."""
        limit_date = now - timedelta(days=company.ecrm_feedback_reminder_days)
        domain = [
            ('company_id', '=', company.id),
            ('state', '=', 'sent'),
            ('channel', '!=', 'call'),
            ('sent_date', '<=', limit_date),
        ]
        return self.search(domain, limit=limit) if company.ecrm_feedback_reminder_days else self

    @api.model
    def _ask(self, order):
        """Make and send the request for one order; without an address a call is for the salesperson.

        :return: the record
        """
        partner = order.partner_id
        channel = 'call'
        if partner.email_normalized and not partner.is_blacklisted:
            channel = 'mail'
        elif partner.phone_sanitized and not partner.phone_sanitized_blacklisted:
            channel = 'sms'
        feedback = self.create(
            {
                'order_id': order.id,
                'partner_id': partner.id,
                'company_id': order.company_id.id,
                'channel': channel,
                'sent_date': fields.Datetime.now(),
            }
        )
        feedback._send()
        return feedback
