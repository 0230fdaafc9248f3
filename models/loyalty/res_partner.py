from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

TOUCHING = {'email', 'phone', 'parent_id', 'is_company', 'company_id', 'country_id'}
COLUMNS = (
    'order_count',
    'net_revenue',
    'average_basket',
    'first_order_date',
    'last_order_date',
    'recency_days',
    'median_gap',
    'r_score',
    'f_score',
    'm_score',
    'rfm_label',
    'segment_id',
    'segment_date',
    'has_prediction',
    'p_order',
    'expected_orders',
    'expected_spend',
    'predicted_value',
    'churn_band',
    'next_order_date',
)
"""Columns of ``ecrm.customer.indicator`` shown on the card as ``ecrm_<column>``."""
GROUP = 'ecrm.group_user'
TIMELINE_ROWS = 30


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
    ecrm_median_gap = fields.Float(
        "Days Between Orders",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_median_gap',
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
    ecrm_rfm_label = fields.Char(
        "R-F-M",
        compute='_compute_ecrm_indicators',
        groups=GROUP,
    )
    ecrm_segment_id = fields.Many2one(
        'ecrm.customer.segment',
        string="Segment",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_segment_id',
        groups=GROUP,
    )
    ecrm_segment_date = fields.Date(
        "In Segment Since",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_segment_date',
        groups=GROUP,
    )
    ecrm_has_prediction = fields.Boolean(
        "Has a Prediction",
        compute='_compute_ecrm_indicators',
        groups=GROUP,
    )
    ecrm_p_order = fields.Float(
        "Chance of an Order",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_p_order',
        groups=GROUP,
        help="Chance of at least one order within the company's horizon.",
    )
    ecrm_expected_orders = fields.Float(
        "Expected Orders",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_expected_orders',
        groups=GROUP,
    )
    ecrm_expected_spend = fields.Monetary(
        "Expected Basket",
        currency_field='ecrm_currency_id',
        compute='_compute_ecrm_indicators',
        groups=GROUP,
    )
    ecrm_predicted_value = fields.Monetary(
        "Predicted Value",
        currency_field='ecrm_currency_id',
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_predicted_value',
        groups=GROUP,
        help="Expected orders times expected basket over the horizon, discounted, times the margin.",
    )
    ecrm_churn_band = fields.Selection(
        [('low', "Low"), ('medium', "Medium"), ('high', "High")],
        string="Churn Risk",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_churn_band',
        groups=GROUP,
    )
    ecrm_next_order_date = fields.Date(
        "Next Order Expected",
        compute='_compute_ecrm_indicators',
        search='_search_ecrm_next_order_date',
        groups=GROUP,
    )
    ecrm_segment_color = fields.Integer(related='ecrm_segment_id.color', groups=GROUP)
    ecrm_segment_meaning = fields.Char(related='ecrm_segment_id.meaning', groups=GROUP)
    ecrm_segment_advice = fields.Char(related='ecrm_segment_id.advice', groups=GROUP)
    ecrm_prediction_note = fields.Char(compute='_compute_ecrm_prediction_note', groups=GROUP)
    ecrm_timeline_ids = fields.Many2many(
        'ecrm.timeline', string="Timeline", compute='_compute_ecrm_timeline_ids', groups=GROUP
    )
    ecrm_rhythm = fields.Json("Orders by Month", compute='_compute_ecrm_rhythm', groups=GROUP)

    # === COMPUTE METHODS === #

    def _compute_ecrm_indicator_ids(self):
        rows = self.env['ecrm.customer.indicator']
        found = rows._of_cards(self._origin.ids)
        for partner in self:
            partner.ecrm_indicator_ids = rows.browse(found.get(partner._origin.id, ()))

    @api.depends_context('company')
    def _compute_ecrm_indicators(self):
        company = self.env.company
        # sudo: a salesperson sees the card of a customer, not the table of all of them
        rows_sudo = self.env['ecrm.customer.indicator'].sudo()
        found = rows_sudo._of_cards(self._origin.ids, company)
        for partner in self:
            row_sudo = rows_sudo.browse(found.get(partner._origin.id, ())[:1])
            partner.ecrm_currency_id = company.currency_id
            for column in COLUMNS:
                value = row_sudo[column]
                partner[f'ecrm_{column}'] = value.id if column == 'segment_id' else value

    @api.depends_context('company', 'lang')
    def _compute_ecrm_prediction_note(self):
        """What the chances are told over, or why none is told."""
        company = self.env.company
        fit = self.env['ecrm.customer.fit']._last(company)
        told = self.env._(
            "Over the next %(days)s days, from the rhythm of all customers of the shop.",
            days=company.ecrm_horizon_days,
        )
        for partner in self:
            partner.ecrm_prediction_note = told if partner.ecrm_has_prediction else fit.message

    @api.depends_context('company')
    def _compute_ecrm_rhythm(self):
        """Orders and net revenue of the last 24 months, oldest first."""
        customers = self.env['ecrm.customer.link']._of_cards(self._origin.ids)
        months = self.env['ecrm.customer.indicator']._monthly(
            set(customers.values()), self.env.company
        )
        for partner in self:
            partner.ecrm_rhythm = months.get(customers.get(partner._origin.id), False)

    @api.depends_context('company')
    def _compute_ecrm_timeline_ids(self):
        for partner in self:
            # One card is open at a time; a list never shows the timeline
            partner.ecrm_timeline_ids = self.env['ecrm.timeline'].search(
                partner._ecrm_timeline_domain(), limit=TIMELINE_ROWS
            )

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

    def _search_ecrm_median_gap(self, operator, value):
        return self._ecrm_search_column('median_gap', operator, value)

    def _search_ecrm_r_score(self, operator, value):
        return self._ecrm_search_column('r_score', operator, value)

    def _search_ecrm_f_score(self, operator, value):
        return self._ecrm_search_column('f_score', operator, value)

    def _search_ecrm_m_score(self, operator, value):
        return self._ecrm_search_column('m_score', operator, value)

    def _search_ecrm_segment_id(self, operator, value):
        return self._ecrm_search_column('segment_id', operator, value)

    def _search_ecrm_segment_date(self, operator, value):
        return self._ecrm_search_column('segment_date', operator, value)

    def _search_ecrm_p_order(self, operator, value):
        return self._ecrm_search_column('p_order', operator, value)

    def _search_ecrm_expected_orders(self, operator, value):
        return self._ecrm_search_column('expected_orders', operator, value)

    def _search_ecrm_predicted_value(self, operator, value):
        return self._ecrm_search_column('predicted_value', operator, value)

    def _search_ecrm_churn_band(self, operator, value):
        return self._ecrm_search_column('churn_band', operator, value)

    def _search_ecrm_next_order_date(self, operator, value):
        return self._ecrm_search_column('next_order_date', operator, value)

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
        links = self.env['ecrm.customer.link']
        customer = links._of_cards(self.ids)[self.id]
        action['domain'] = [
            ('state', '=', 'sale'),
            ('company_id', '=', self.env.company.id),
            ('partner_id.commercial_partner_id', 'in', links._cards_of(customer)),
        ]
        action['context'] = {'create': False}
        return action

    def action_ecrm_open_timeline(self):
        """Everything that happened with the customer, all his cards and contacts included."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_timeline')
        action['domain'] = self._ecrm_timeline_domain()
        return action

    def _ecrm_timeline_domain(self):
        links = self.env['ecrm.customer.link']
        customers = links._of_cards(self._origin.ids)
        cards = [card for customer in customers.values() for card in links._cards_of(customer)]
        contacts = (
            self.env['res.partner']
            .with_context(active_test=False)
            ._search([('commercial_partner_id', 'in', cards)])
        )
        return [('partner_id', 'in', list(contacts))]

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


def _holds_for_nobody(field, operator, value):
    """Whether somebody who never ordered meets the condition."""
    if operator == 'in':
        return any(not item for item in value)
    if field.type in ('integer', 'float', 'monetary') and field.name != 'recency_days':
        comparisons = {'<': value > 0, '<=': value >= 0, '>': value < 0, '>=': value <= 0}
        return comparisons.get(operator, False)
    return False
