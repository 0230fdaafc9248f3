from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from . import customer_indicator_sql as queries
from .customer_score_sql import score_statement

EVERY_ROW = SQL("TRUE")
LOCK = 'ecrm.customer.indicator'
PAGE = 50000


class EcrmCustomerIndicator(models.Model):
    """How a customer buys, one row per company and customer, written by set-based SQL only.

    An order counts when it is confirmed and worth something after its refunds; its day is taken
    in the company's time zone. A customer is a commercial partner, guests being grouped by
    ``ecrm.customer.link``; archived ones count. A row without orders is a prospect.
    """

    _name = 'ecrm.customer.indicator'
    _description = "Customer Indicators"
    _order = 'net_revenue DESC, id'
    _rec_name = 'partner_id'
    _log_access = False

    company_id = fields.Many2one('res.company', required=True, readonly=True, ondelete='cascade')
    currency_id = fields.Many2one(related='company_id.currency_id')
    partner_id = fields.Many2one(
        'res.partner',
        string="Customer",
        required=True,
        readonly=True,
        ondelete='cascade',
        index=True,
    )
    user_id = fields.Many2one(related='partner_id.user_id', string="Salesperson")
    country_id = fields.Many2one(related='partner_id.country_id')
    phone = fields.Char(related='partner_id.phone')
    email = fields.Char(related='partner_id.email')

    # Base columns, within minutes of a change
    order_count = fields.Integer("Orders", readonly=True)
    net_revenue = fields.Monetary(readonly=True, help="Untaxed, after refunds.")
    average_basket = fields.Monetary(readonly=True, aggregator='avg')
    first_order_date = fields.Date("First Order", readonly=True)
    last_order_date = fields.Date("Last Order", readonly=True)
    purchase_days = fields.Integer(readonly=True, help="Days with at least one order.")
    first_day_revenue = fields.Monetary("First Day's Revenue", readonly=True)
    mean_gap = fields.Float(readonly=True, aggregator='avg', help="Days between purchase days.")
    median_gap = fields.Float(readonly=True, aggregator='avg')
    recency_days = fields.Integer(
        "Days Since Last Order",
        compute='_compute_recency_days',
        search='_search_recency_days',
    )

    # Scores, at night and on change
    r_score = fields.Integer("Recency Score", readonly=True, aggregator='avg')
    f_score = fields.Integer("Frequency Score", readonly=True, aggregator='avg')
    m_score = fields.Integer("Monetary Score", readonly=True, aggregator='avg')
    rfm_label = fields.Char("R-F-M", compute='_compute_rfm_label')
    segment_id = fields.Many2one(
        'ecrm.customer.segment',
        readonly=True,
        ondelete='set null',
        group_expand='_read_group_segment_id',
    )
    segment_date = fields.Date("In Segment Since", readonly=True)

    _customer_uniq = models.Constraint(
        'UNIQUE(company_id, partner_id)',
        "A customer has one row of indicators in each company.",
    )
    # Also what the foreign key of the segment is followed by, a second index would slow the nights
    _segment_idx = models.Index("(segment_id, company_id)")

    # === COMPUTE METHODS === #

    @api.depends('last_order_date', 'company_id.ecrm_loyalty_tz')
    def _compute_recency_days(self):
        for indicator in self:
            last = indicator.last_order_date
            today = indicator.company_id._ecrm_today()
            indicator.recency_days = (today - last).days if last else 0

    @api.model
    def _search_recency_days(self, operator, value):
        if operator not in ('in', '<', '>', '<=', '>='):
            return NotImplemented
        # A company's day is that of its time zone: at most three days at a time on earth
        companies = self.env['res.company'].sudo().search(Domain.TRUE)
        return Domain('last_order_date', '!=', False) & Domain.OR(
            Domain('company_id', 'in', those.ids)
            & Domain(queries.recency_to_dates(operator, value, today))
            for today, those in companies.grouped(lambda company: company._ecrm_today()).items()
        )

    @api.depends('r_score', 'f_score', 'm_score')
    def _compute_rfm_label(self):
        for row in self:
            scored = row.r_score and row.f_score and row.m_score
            row.rfm_label = f"{row.r_score}-{row.f_score}-{row.m_score}" if scored else False

    @api.model
    def _read_group_segment_id(self, segments, _domain):
        return segments.search(Domain.TRUE)

    # === ACTIONS === #

    def action_open_customer(self):
        """The customer's card."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'res.partner',
            'res_id': self.partner_id.id,
            'views': [(False, 'form')],
        }

    # === BUSINESS METHODS === #

    @api.model
    def _refresh_all(self):
        """Group the guests, recompute every base column and every score; a full night's work.

        :return: False when another worker is at it, else True
        """
        if not self._try_lock():
            return False
        self.env.flush_all()
        self.env['ecrm.customer.dirty']._forget()
        self.env['ecrm.customer.link']._rebuild()
        self.env.cr.execute(queries.base_statement())
        self._forget_cache()
        for company in self.env['res.company'].sudo().search(Domain.TRUE):
            self.env['ecrm.customer.threshold']._renew(company)
            self._score(company)
            self.env['ecrm.customer.fit']._attempt(company)
            self._predict(company)
        return True

    @api.model
    def _refresh_partners(self, partner_ids):
        """Recompute the base columns and the scores of some commercial partners.

        :param partner_ids: ids of commercial partners, guests or not
        :return: ids of the customers recomputed
        """
        self.env.flush_all()
        customers = self.env['ecrm.customer.link']._refresh(partner_ids)
        if not customers:
            return []
        contacts = self.env['ecrm.customer.link']._contacts_of(customers)
        self.env.cr.execute(queries.base_statement(customers, contacts))
        self._forget_cache()
        rows = self.sudo().search([('partner_id', 'in', customers)])
        for company, indicators in rows.grouped('company_id').items():
            self._score(company, SQL("id = ANY(%s)", indicators.ids))
            self._predict(company, SQL("kept.id = ANY(%s)", indicators.ids))
        return customers

    @api.model
    def _of_cards(self, card_ids, company=None):
        """Mapping of card id to the ids of its customer's rows, of one company or of all."""
        customers = self.env['ecrm.customer.link']._of_cards(card_ids)
        domain = Domain('partner_id', 'in', list(set(customers.values())))
        if company:
            domain &= Domain('company_id', '=', company.id)
        rows = {}
        for row in self.sudo().search_fetch(domain, ['partner_id']):
            rows.setdefault(row.partner_id.id, []).append(row.id)
        return {card: rows.get(customer, []) for card, customer in customers.items()}

    @api.model
    def _monthly(self, customers, company, months=24):
        """Mapping of customer id to ``[{'month', 'orders', 'revenue'}]``, silent months included."""
        if not customers:
            return {}
        today = company._ecrm_today()
        self.env['sale.order'].flush_model()
        contacts = self.env['ecrm.customer.link']._contacts_of(customers)
        rows = self.env.execute_query(
            SQL(
                """
                WITH card AS (%(cards)s), %(orders)s
                SELECT customer_id, date_trunc('month', day)::date, COUNT(*), SUM(amount)::float8
                  FROM net_order
                 WHERE company_id = %(company)s
              GROUP BY 1, 2
                """,
                cards=queries.cards(contacts),
                orders=queries.net_orders(contacts),
                company=company.id,
            )
        )
        start = fields.Date.start_of(today, 'month')
        calendar = [fields.Date.subtract(start, months=back) for back in range(months - 1, -1, -1)]
        bought = {}
        for customer, month, orders, revenue in rows:
            bought.setdefault(customer, {})[month] = (orders, revenue)
        return {
            customer: [
                {
                    'month': month.isoformat(),
                    'orders': found.get(month, (0, 0))[0],
                    'revenue': found.get(month, (0, 0))[1],
                }
                for month in calendar
            ]
            for customer, found in bought.items()
        }

    @api.model
    def _score(self, company, scope=EVERY_ROW):
        """Write scores and segments by the company's stored thresholds, and keep the history.

        :param company: one ``res.company``
        :param scope: condition on the rows of ``ecrm_customer_indicator``
        """
        scope = SQL("company_id = %s AND %s", company.id, scope)
        threshold = self.env['ecrm.customer.threshold']._current(company)
        today = company._ecrm_today()
        self.env['ecrm.customer.segment'].flush_model()
        self.env.cr.execute(score_statement(threshold._bounds(), today, scope))
        self._forget_cache()
        self.env['ecrm.customer.segment.history']._follow(today, scope)

    def _forget_cache(self):
        """Rows were written beneath the ORM: what it knows of them, and of the cards, is stale."""
        self.invalidate_model()
        cards = self.env['res.partner']
        cards.invalidate_model([name for name in cards._fields if name.startswith('ecrm_')])

    def _try_lock(self):
        """Whether this transaction alone may write indicators; another worker's turn if not."""
        [(is_ours,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s))", LOCK)
        )
        return is_ours

    # === CRONS === #

    @api.model
    def _cron_refresh_dirty(self, limit=500):
        """Recompute the customers touched since the last run."""
        dirty = self.env['ecrm.customer.dirty']
        self.env['ir.cron']._commit_progress(remaining=dirty.search_count([]))
        while self._try_lock():
            partner_ids = dirty._take(limit)
            if not partner_ids:
                break
            self._refresh_partners(partner_ids)
            if not self.env['ir.cron']._commit_progress(len(partner_ids)):
                break

    @api.model
    def _cron_refresh_all(self):
        """Nightly: base columns and thresholds at once, then the scores by pages."""
        cron = self.env['ir.cron']
        companies = self.env['res.company'].sudo().search(Domain.TRUE)
        cron._commit_progress(remaining=len(companies) + 1)
        if not self._try_lock():
            return
        self.env.flush_all()
        self.env['ecrm.customer.dirty']._forget()
        self.env['ecrm.customer.link']._rebuild()
        self.env.cr.execute(queries.base_statement())
        self._forget_cache()
        cron._commit_progress(1)
        for company in companies:
            self.env['ecrm.customer.threshold']._renew(company)
            ids = self.env.execute_query(
                SQL("SELECT id FROM ecrm_customer_indicator WHERE company_id = %s", company.id)
            )
            for page in split_every(PAGE, [row[0] for row in ids]):
                self._score(company, SQL("id = ANY(%s)", list(page)))
                cron._commit_progress()
            self.env['ecrm.customer.fit']._attempt(company)
            self._predict(company)
            if not cron._commit_progress(1):
                break
