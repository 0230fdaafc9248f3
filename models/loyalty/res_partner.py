from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from . import customer_indicator_sql as queries

TOUCHING = {'email', 'phone', 'parent_id', 'is_company', 'company_id', 'country_id'}
ROW_FIELDS = {
    'ecrm_order_count': 'order_count',
    'ecrm_net_revenue': 'net_revenue',
    'ecrm_average_basket': 'average_basket',
    'ecrm_first_order_date': 'first_order_date',
    'ecrm_last_order_date': 'last_order_date',
    'ecrm_recency_days': 'recency_days',
    'ecrm_mean_gap': 'mean_gap',
    'ecrm_median_gap': 'median_gap',
    'ecrm_r_score': 'r_score',
    'ecrm_f_score': 'f_score',
    'ecrm_m_score': 'm_score',
    'ecrm_rfm_label': 'rfm_label',
    'ecrm_segment_id': 'segment_id',
    'ecrm_segment_date': 'segment_date',
}
GROUP = 'ecrm.group_user'


class ResPartner(models.Model):
    """The indicators of the current company on the card: read and searched, never stored here."""

    _inherit = 'res.partner'

    ecrm_indicator_ids = fields.Many2many(
        'ecrm.customer.indicator',
        string="Indicators",
        compute='_compute_ecrm_indicator_ids',
        search='_search_ecrm_indicator_ids',
        groups=GROUP,
        help="The rows of the customer behind this card, in every company.",
    )
    ecrm_currency_id = fields.Many2one('res.currency', compute='_compute_ecrm_indicators')
    ecrm_order_count = fields.Integer(
        "Confirmed Orders",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_order_count',
        groups=GROUP,
    )
    ecrm_net_revenue = fields.Monetary(
        "Net Revenue",
        currency_field='ecrm_currency_id',
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_net_revenue',
        groups=GROUP,
        help="Untaxed, after refunds.",
    )
    ecrm_average_basket = fields.Monetary(
        "Average Basket",
        currency_field='ecrm_currency_id',
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_average_basket',
        groups=GROUP,
    )
    ecrm_first_order_date = fields.Date(
        "First Order",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_first_order_date',
        groups=GROUP,
    )
    ecrm_last_order_date = fields.Date(
        "Last Order",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_last_order_date',
        groups=GROUP,
    )
    ecrm_recency_days = fields.Integer(
        "Days Since Last Order",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_recency_days',
        groups=GROUP,
    )
    ecrm_mean_gap = fields.Float("Mean Gap", compute='_compute_ecrm_indicators', groups=GROUP)
    ecrm_median_gap = fields.Float(
        "Days Between Orders",
        compute='_compute_ecrm_indicators',
        groups=GROUP,
        help="Median number of days between two purchase days.",
    )
    ecrm_r_score = fields.Integer(
        "Recency Score",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_r_score',
        groups=GROUP,
    )
    ecrm_f_score = fields.Integer(
        "Frequency Score",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_f_score',
        groups=GROUP,
    )
    ecrm_m_score = fields.Integer(
        "Monetary Score",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_m_score',
        groups=GROUP,
    )
    ecrm_rfm_label = fields.Char("R-F-M", compute='_compute_ecrm_indicators', groups=GROUP)
    ecrm_segment_id = fields.Many2one(
        'ecrm.customer.segment',
        string="Segment",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_segment_id',
        groups=GROUP,
    )
    ecrm_segment_date = fields.Date(
        "In Segment Since", compute='_compute_ecrm_indicators', groups=GROUP
    )
    ecrm_segment_color = fields.Integer(related='ecrm_segment_id.color', groups=GROUP)
    ecrm_segment_meaning = fields.Char(related='ecrm_segment_id.meaning', groups=GROUP)
    ecrm_segment_advice = fields.Char(related='ecrm_segment_id.advice', groups=GROUP)
    ecrm_rhythm = fields.Json("Orders by Month", compute='_compute_ecrm_rhythm', groups=GROUP)

    _ecrm_email_idx = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _ecrm_phone_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    # === COMPUTE METHODS === #

    def _compute_ecrm_indicator_ids(self):
        rows = self._ecrm_indicator_rows()
        for partner in self:
            partner.ecrm_indicator_ids = self.env['ecrm.customer.indicator'].browse(
                rows.get(partner._origin.id, ())
            )

    @api.depends_context('company')
    def _compute_ecrm_indicators(self):
        company = self.env.company
        found = self._ecrm_indicator_rows(company)
        # sudo: a salesperson sees the card of a customer, not the table of all of them
        rows_sudo = self.env['ecrm.customer.indicator'].sudo()
        for partner in self:
            row_sudo = rows_sudo.browse(found.get(partner._origin.id, ())[:1])
            partner.ecrm_currency_id = company.currency_id
            for name, column in ROW_FIELDS.items():
                value = row_sudo[column]
                partner[name] = value.id if name == 'ecrm_segment_id' else value

    @api.depends_context('company')
    def _compute_ecrm_rhythm(self):
        """Orders and net revenue of the last 24 months, oldest first."""
        company = self.env.company
        customers = self._ecrm_customers()
        months = self._ecrm_monthly(set(customers.values()), company) if customers else {}
        for partner in self:
            partner.ecrm_rhythm = months.get(customers.get(partner._origin.id)) or False

    # === SEARCH METHODS === #

    def _search_ecrm_indicator_ids(self, operator, value):
        if operator not in ('in', 'any', 'any!'):
            return NotImplemented
        return self._ecrm_search_rows(Domain('id', operator, value))

    def _search_ecrm_order_count(self, operator, value):
        return self._ecrm_search_column('order_count', operator, value)

    def _search_ecrm_net_revenue(self, operator, value):
        return self._ecrm_search_column('net_revenue', operator, value)

    def _search_ecrm_average_basket(self, operator, value):
        return self._ecrm_search_column('average_basket', operator, value)

    def _search_ecrm_first_order_date(self, operator, value):
        return self._ecrm_search_column('first_order_date', operator, value)

    def _search_ecrm_last_order_date(self, operator, value):
        return self._ecrm_search_column('last_order_date', operator, value)

    def _search_ecrm_recency_days(self, operator, value):
        return self._ecrm_search_column('recency_days', operator, value)

    def _search_ecrm_r_score(self, operator, value):
        return self._ecrm_search_column('r_score', operator, value)

    def _search_ecrm_f_score(self, operator, value):
        return self._ecrm_search_column('f_score', operator, value)

    def _search_ecrm_m_score(self, operator, value):
        return self._ecrm_search_column('m_score', operator, value)

    def _search_ecrm_segment_id(self, operator, value):
        return self._ecrm_search_column('segment_id', operator, value)

    def _ecrm_search_column(self, column, operator, value):
        """Cards whose customer's row in the current company meets a condition.

        Somebody without a row has ordered nothing: he meets ``= 0``, ``< 5`` and "is not set".
        """
        if operator.startswith('not') or operator == '!=':
            return NotImplemented
        field = self.env['ecrm.customer.indicator']._fields[column]
        company = Domain('company_id', '=', self.env.company.id)
        domain = self._ecrm_search_rows(company & Domain(column, operator, value))
        if _holds_for_nobody(field, operator, value):
            domain |= ~self._ecrm_search_rows(company)
        return domain

    def _ecrm_search_rows(self, domain):
        """Domain of the cards (a customer's own and his guest cards) of some indicator rows."""
        rows = self.env['ecrm.customer.indicator'].sudo()._search(domain)
        customers = rows.subselect('ecrm_customer_indicator.partner_id')
        return Domain(
            'id',
            'in',
            SQL(
                "(SELECT id FROM res_partner WHERE id IN %(customers)s UNION ALL "
                "SELECT partner_id FROM ecrm_customer_link WHERE customer_id IN %(customers)s)",
                customers=customers,
            ),
        )

    # === ACTIONS === #

    def action_ecrm_open_orders(self):
        """The confirmed orders of the customer behind this card, guest cards included."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('sale.action_orders')
        customer = self._ecrm_customers()[self.id]
        action['domain'] = [
            ('state', '=', 'sale'),
            ('company_id', '=', self.env.company.id),
            ('partner_id.commercial_partner_id', 'in', self._ecrm_cards(customer)),
        ]
        action['context'] = {'create': False}
        return action

    # === CRUD METHODS === #

    def write(self, vals):
        # EXTENDS base: who shares an e-mail or a phone may change
        if TOUCHING.isdisjoint(vals):
            return super().write(vals)
        dirty = self.env['ecrm.customer.dirty']
        dirty._mark(self)
        result = super().write(vals)
        if 'parent_id' in vals:
            dirty._mark(self)
        return result

    # === BUSINESS METHODS === #

    def _ecrm_customers(self):
        """Mapping of card id to the id of the customer behind it."""
        if not self.ids:
            return {}
        self.env['res.partner'].flush_model(['commercial_partner_id'])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT card.id, COALESCE(link.customer_id, card.commercial_partner_id, card.id)
                      FROM res_partner card
                 LEFT JOIN ecrm_customer_link link ON link.partner_id = card.commercial_partner_id
                     WHERE card.id = ANY(%s)
                    """,
                    self.ids,
                )
            )
        )

    @api.model
    def _ecrm_cards(self, customer_id):
        """Ids of the commercial partners that are one customer, his own card first."""
        links_sudo = (
            self.env['ecrm.customer.link'].sudo().search([('customer_id', '=', customer_id)])
        )
        return [customer_id, *links_sudo.partner_id.ids]

    def _ecrm_indicator_rows(self, company=None):
        """Mapping of card id to the ids of its customer's rows, of one company or of all."""
        customers = self._ecrm_customers()
        domain = Domain('partner_id', 'in', list(set(customers.values())))
        if company:
            domain &= Domain('company_id', '=', company.id)
        rows_sudo = self.env['ecrm.customer.indicator'].sudo().search(domain)
        by_customer = rows_sudo.grouped('partner_id')
        return {
            card: by_customer.get(self.browse(customer).sudo(), rows_sudo.browse()).ids
            for card, customer in customers.items()
        }

    def _ecrm_monthly(self, customer_ids, company, months=24):
        """Mapping of customer id to ``[{'month', 'orders', 'revenue'}]``, silent months included."""
        today = company._ecrm_today()
        self.env['sale.order'].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH card AS (%(cards)s), %(orders)s
                SELECT customer_id, date_trunc('month', day)::date, COUNT(*), SUM(amount)::float8
                  FROM net_order
                 WHERE company_id = %(company)s
              GROUP BY 1, 2
                """,
                cards=queries.cards(list(customer_ids)),
                orders=queries.net_orders(),
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


def _holds_for_nobody(field, operator, value):
    """Whether somebody who never ordered meets the condition."""
    if operator == 'in':
        return any(not item for item in value)
    if field.type in ('integer', 'float', 'monetary') and field.name != 'recency_days':
        comparisons = {'<': value > 0, '<=': value >= 0, '>': value < 0, '>=': value <= 0}
        return comparisons.get(operator, False)
    return False
