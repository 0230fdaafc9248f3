from odoo import api, fields, models
from odoo.tools import SQL, split_every

from odoo.addons.ecrm.tools.clv import History
from odoo.addons.ecrm.tools.spend import discounted, month_ends

from . import customer_fit_sql as queries

RHYTHMS = 50000
"""Rhythms written by one statement."""


class EcrmCustomerIndicator(models.Model):
    """What to expect of a customer, by the company's last good fit; empty below the gate."""

    _inherit = 'ecrm.customer.indicator'

    p_alive = fields.Float("Still a Customer", readonly=True, aggregator='avg')
    p_order = fields.Float("Chance of an Order", readonly=True, aggregator='avg')
    expected_orders = fields.Float(readonly=True)
    expected_spend = fields.Monetary("Expected Basket", readonly=True, aggregator='avg')
    predicted_value = fields.Monetary(readonly=True)
    next_order_date = fields.Date("Next Order Expected", readonly=True)
    has_prediction = fields.Boolean(compute='_compute_churn')
    churn_risk = fields.Float(compute='_compute_churn')
    churn_band = fields.Selection(
        [('low', "Low"), ('medium', "Medium"), ('high', "High")],
        compute='_compute_churn',
        search='_search_churn_band',
    )

    # === COMPUTE METHODS === #

    @api.depends('p_order', 'expected_spend', 'company_id')
    def _compute_churn(self):
        for row in self:
            company = row.company_id
            row.has_prediction = bool(row.expected_spend)
            row.churn_risk = 1 - row.p_order if row.has_prediction else 0
            if not row.has_prediction:
                row.churn_band = False
            elif row.churn_risk >= company.ecrm_churn_high:
                row.churn_band = 'high'
            else:
                row.churn_band = 'medium' if row.churn_risk >= company.ecrm_churn_medium else 'low'

    @api.model
    def _search_churn_band(self, operator, value):
        if operator != 'in':
            return NotImplemented
        known = fields.Domain('expected_spend', '>', 0)
        rest = ~known if False in value else fields.Domain.FALSE
        return rest | known & fields.Domain.OR(
            fields.Domain('company_id', '=', company.id) & company._ecrm_churn_domain(value)
            for company in self.env['res.company'].sudo().search([])
        )

    # === BUSINESS METHODS === #

    @api.model
    def _predict(self, company, scope=None):
        """Write what the company's last good fit expects of its customers.

        :param company: one ``res.company``
        :param scope: condition on the rows named ``kept``; all of them if left out
        """
        scope = scope or SQL("TRUE")
        fit = self.env['ecrm.customer.fit']._last_good(company)
        if not fit:
            self.env.cr.execute(queries.history_only_statement(company.id, scope))
            self._forget_cache()
            return
        today = company._ecrm_today()
        orders, money = fit._models()
        rhythms = self.env.execute_query(
            SQL(
                "SELECT DISTINCT repeats, last, age FROM (%s) AS rhythm(repeats, last, age, customers)",
                queries.histories_statement(company.id, today, _unnamed(scope)),
            )
        )
        self.env.cr.execute(queries.rhythm_table_statement())
        for page in split_every(RHYTHMS, self._futures(company, orders, rhythms)):
            self.env.cr.execute(queries.rhythm_insert_statement(page))
        self.env.cr.execute("ANALYZE ecrm_rhythm")
        factor = company.ecrm_margin / 100
        self.env.cr.execute(
            queries.predict_statement(company.id, today, money=money, factor=factor, scope=scope)
        )
        self.env.cr.execute(queries.no_orders_statement(company.id, scope))
        self._forget_cache()

    @api.model
    def _futures(self, company, orders, rhythms):
        """What to expect of each rhythm, drawn one at a time.

        :param orders: ``tools.clv.OrderModel``
        :param rhythms: list of (repeats, days from first to last, days from first to today)
        :return: iterator of the rows of the table of rhythms
        """
        horizon = company.ecrm_horizon_days
        ends = month_ends(horizon)
        rate = company.ecrm_discount_rate / 100
        futures = {}
        for repeats, last, age in rhythms:
            if (repeats, age) not in futures:
                by_end = [orders.expected_if_alive(repeats, age, end) for end in ends]
                futures[repeats, age] = (
                    orders.order_if_alive(repeats, age, horizon),
                    by_end[-1],
                    discounted(by_end, ends, rate),
                    orders.days_if_alive(repeats, age),
                )
            chance, expected, worth, days = futures[repeats, age]
            alive = orders.alive(History(repeats, last, age))
            yield repeats, last, age, alive, alive * chance, alive * expected, alive * worth, days


def _unnamed(scope):
    """The scope over a table that bears its own name."""
    return SQL("id IN (SELECT kept.id FROM ecrm_customer_indicator kept WHERE %s)", scope)
