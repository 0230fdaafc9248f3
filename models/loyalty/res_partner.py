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


READ = {'compute': '_compute_ecrm_indicators', 'groups': GROUP}
"""What every field read from the customer's row has in common."""


def _by(column):
    """Search method of the field that shows a column of the customer's row."""

    def search(partners, operator, value):
        return partners._ecrm_search_column(column, operator, value)

    return search


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
        search=_by('order_count'),
        **READ,
    )
    ecrm_net_revenue = fields.Monetary(
        "Net Revenue",
        currency_field='ecrm_currency_id',
        search=_by('net_revenue'),
        help="Untaxed, after refunds.",
        **READ,
    )
    ecrm_average_basket = fields.Monetary(
        "Average Basket",
        currency_field='ecrm_currency_id',
        search=_by('average_basket'),
        **READ,
    )
    ecrm_first_order_date = fields.Date(
        "First Order",
        search=_by('first_order_date'),
        **READ,
    )
    ecrm_last_order_date = fields.Date(
        "Last Order",
        search=_by('last_order_date'),
        **READ,
    )
    ecrm_recency_days = fields.Integer(
        "Days Since Last Order",
        search=_by('recency_days'),
        **READ,
    )
    ecrm_median_gap = fields.Float(
        "Days Between Orders",
        search=_by('median_gap'),
        help="Median number of days between two purchase days.",
        **READ,
    )
    ecrm_r_score = fields.Integer(
        "Recency Score",
        search=_by('r_score'),
        **READ,
    )
    ecrm_f_score = fields.Integer(
        "Frequency Score",
        search=_by('f_score'),
        **READ,
    )
    ecrm_m_score = fields.Integer(
        "Monetary Score",
        search=_by('m_score'),
        **READ,
    )
    ecrm_rfm_label = fields.Char(
        "R-F-M",
        **READ,
    )
    ecrm_segment_id = fields.Many2one(
        'ecrm.customer.segment',
        string="Segment",
        search=_by('segment_id'),
        **READ,
    )
    ecrm_segment_date = fields.Date(
        "In Segment Since",
        search=_by('segment_date'),
        **READ,
    )
    ecrm_has_prediction = fields.Boolean(
        "Has a Prediction",
        **READ,
    )
    ecrm_p_order = fields.Float(
        "Chance of an Order",
        search=_by('p_order'),
        help="Chance of at least one order within the company's horizon.",
        **READ,
    )
    ecrm_expected_orders = fields.Float(
        "Expected Orders",
        search=_by('expected_orders'),
        **READ,
    )
    ecrm_expected_spend = fields.Monetary(
        "Expected Basket",
        currency_field='ecrm_currency_id',
        **READ,
    )
    ecrm_predicted_value = fields.Monetary(
        "Predicted Value",
        currency_field='ecrm_currency_id',
        search=_by('predicted_value'),
        help="Expected orders times expected basket over the horizon, discounted, times the margin.",
        **READ,
    )
    ecrm_churn_band = fields.Selection(
        [('low', "Low"), ('medium', "Medium"), ('high', "High")],
        string="Churn Risk",
        search=_by('churn_band'),
        **READ,
    )
    ecrm_next_order_date = fields.Date(
        "Next Order Expected",
        search=_by('next_order_date'),
        **READ,
    )
    ecrm_segment_color = fields.Integer(related='ecrm_segment_id.color', groups=GROUP)
    ecrm_segment_meaning = fields.Char(related='ecrm_segment_id.meaning', groups=GROUP)
    ecrm_segment_advice = fields.Char(related='ecrm_segment_id.advice', groups=GROUP)

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

    def _ecrm_segments(self, company):
        """Segments of many cards in a company, without the other forty figures of each.

        :param company: res.company
        :return: dict of partner id to sudoed ecrm.customer.segment; who has none is absent
        """
        rows_sudo = self.env['ecrm.customer.indicator'].sudo()
        found = {
            card: ids[0] for card, ids in rows_sudo._of_cards(self.ids, company).items() if ids
        }
        rows_sudo.browse(set(found.values())).fetch(['segment_id'])
        segments_sudo = {
            card: rows_sudo.browse(row_id).segment_id.id for card, row_id in found.items()
        }
        all_sudo = (
            self.env['ecrm.customer.segment']
            .sudo()
            .browse(sorted(set(filter(None, segments_sudo.values()))))
        )
        by_id = {segment.id: segment for segment in all_sudo}
        return {card: by_id[segment_id] for card, segment_id in segments_sudo.items() if segment_id}

    # === SEARCH METHODS === #

    def _search_ecrm_indicator_ids(self, operator, value):
        if operator not in ('in', 'any', 'any!'):
            return NotImplemented
        return self._ecrm_search_rows(Domain('id', operator, value))

    def _ecrm_search_column(self, column, operator, value):
        """Cards whose customer's row in the current company meets a condition.

        Somebody without a row has ordered nothing: he meets ``= 0``, ``< 5`` and "is not set".
        """
        if operator.startswith('not') or operator == '!=':
            return NotImplemented
        if column == 'segment_id' and isinstance(value, Domain):
            # Of a table of a dozen rows: with the ids the planner knows how many customers follow
            segments_sudo = self.env['ecrm.customer.segment'].sudo()
            operator, value = 'in', segments_sudo.with_context(active_test=False).search(value).ids
        field = self.env['ecrm.customer.indicator']._fields[column]
        company = Domain('company_id', '=', self.env.company.id)
        domain = self._ecrm_search_rows(company & Domain(column, operator, value))
        if _holds_for_nobody(field, operator, value):
            domain |= ~self._ecrm_search_rows(company)
        return domain

    def _ecrm_search_rows(self, domain):
        """Domain of the cards (a customer's own and his guest cards) of some indicator rows.

        By UNION, not UNION ALL: only of distinct ids does the planner estimate how many they are.
        """
        rows = self.env['ecrm.customer.indicator'].sudo()._search(domain)
        customers = rows.subselect('ecrm_customer_indicator.partner_id')
        return Domain(
            'id',
            'in',
            SQL(
                "(%(customers)s UNION "
                "SELECT partner_id FROM ecrm_customer_link WHERE customer_id IN %(customers)s)",
                customers=customers,
            ),
        )

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
