import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.ecrm.tools import clv, spend
from odoo.addons.ecrm.tools.cohort import correlation

from . import customer_fit_sql as queries

_logger = logging.getLogger(__name__)

KEPT_DAYS = 400
TOP_FREQUENCY = 7
"""Calibration puts customers with this many repeat purchases or more in one row."""


class EcrmCustomerFit(models.Model):
    """One night's attempt to fit the order and spend models of a company, good or not.

    Predictions use the last good one: a failed or gated night leaves them as they were.
    """

    _name = 'ecrm.customer.fit'
    _description = "Prediction Model"
    _order = 'date DESC, id DESC'
    _rec_name = 'date'

    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(required=True, readonly=True)
    state = fields.Selection(
        [('good', "Good"), ('gated', "Too little history"), ('failed', "Failed")],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    figures = fields.Json(readonly=True)
    message = fields.Char(compute='_compute_message')
    horizon = fields.Integer("Horizon (days)", readonly=True)
    is_modified = fields.Boolean("MBG/NBD", readonly=True, help="BG/NBD if not set.")
    size = fields.Integer("Customers", readonly=True)
    steps = fields.Integer(readonly=True)
    r = fields.Float("r", digits=(16, 4), readonly=True)
    alpha = fields.Float("alpha (weeks)", digits=(16, 4), readonly=True)
    a = fields.Float("a", digits=(16, 4), readonly=True)
    b = fields.Float("b", digits=(16, 4), readonly=True)
    log_likelihood = fields.Float("Log-likelihood", digits=(16, 3), readonly=True)
    spend_p = fields.Float("p", digits=(16, 4), readonly=True)
    spend_q = fields.Float("q", digits=(16, 4), readonly=True)
    spend_v = fields.Float("v", digits=(16, 4), readonly=True)
    spend_size = fields.Integer("Repeat Customers", readonly=True)
    spend_correlation = fields.Float("Frequency-Spend Correlation", digits=(16, 3), readonly=True)
    is_correlated = fields.Boolean(compute='_compute_is_correlated')
    line_ids = fields.One2many('ecrm.customer.fit.line', 'fit_id', string="Calibration")
    chart = fields.Html(compute='_compute_chart', sanitize=False)

    # === COMPUTE METHODS === #

    @api.depends('reason', 'figures')
    def _compute_message(self):
        for fit in self:
            fit.message = fit._explain()

    @api.depends('spend_correlation')
    def _compute_is_correlated(self):
        for fit in self:
            fit.is_correlated = abs(fit.spend_correlation) > spend.CORRELATION_WARNING

    @api.depends('line_ids')
    def _compute_chart(self):
        for fit in self:
            lines = fit.line_ids
            top = max([*lines.mapped('predicted'), *lines.mapped('actual'), 1])
            fit.chart = self.env['ir.qweb']._render(
                'ecrm.customer_fit_chart', {'lines': lines, 'scale': 100 / top}
            )

    def _explain(self):
        """Why there is no prediction, as a sentence; False for a good fit."""
        values = self.figures or {}
        match self.reason:
            case 'customers':
                return self.env._(
                    "Predictions start at %(needed)s customers with orders; there are %(found)s.",
                    **values,
                )
            case 'days':
                return self.env._(
                    "Predictions start with %(needed)s days of orders; there are %(found)s.",
                    **values,
                )
            case 'recent':
                return self.env._(
                    "Predictions need an order in the last %(needed)s days; the last is %(found)s "
                    "days old.",
                    **values,
                )
            case 'repeat':
                return self.env._(
                    "Predictions need customers with %(needed)s orders or more; there are none.",
                    **values,
                )
            case 'failed':
                return self.env._("The model did not settle on the customers' orders.")
        return False

    # === BUSINESS METHODS === #

    @api.model
    def _last_good(self, company):
        """The fit that predictions are made with; empty before the first."""
        domain = Domain('company_id', '=', company.id) & Domain('state', '=', 'good')
        return self.sudo().search(domain, limit=1)

    @api.model
    def _last(self, company):
        """The last attempt, good or not."""
        return self.sudo().search([('company_id', '=', company.id)], limit=1)

    @api.model
    def _attempt(self, company):
        """Fit the company's models and record how it went; today's earlier attempt is replaced.

        :return: the record
        """
        today = company._ecrm_today()
        values = {
            'company_id': company.id,
            'date': today,
            'horizon': company.ecrm_horizon_days,
            'is_modified': company.ecrm_order_model == 'mbg',
        }
        reason, figures = self._gate(company, today)
        if reason:
            values |= {'state': 'gated', 'reason': reason, 'figures': figures}
        else:
            values |= self._fit_values(company, today)
        self.sudo().search([('company_id', '=', company.id), ('date', '=', today)]).unlink()
        return self.sudo().create(values)

    def _gate(self, company, today):
        """The first condition of a prediction that is not met: its code and two figures."""
        [row] = self.env.execute_query(
            queries.gate_statement(company.id, today, company.ecrm_gate_orders)
        )
        customers, days, silence, repeaters = row
        for reason, is_met, needed, found in (
            (
                'customers',
                customers >= company.ecrm_gate_customers,
                company.ecrm_gate_customers,
                customers,
            ),
            ('days', (days or 0) >= company.ecrm_gate_days, company.ecrm_gate_days, days),
            (
                'recent',
                silence is not None and silence <= company.ecrm_gate_recent_days,
                company.ecrm_gate_recent_days,
                silence,
            ),
            ('repeat', repeaters > 0, company.ecrm_gate_orders, repeaters),
        ):
            if not is_met:
                return reason, {'needed': needed, 'found': found or 0}
        return False, {}

    def _fit_values(self, company, today):
        """The values of a record after fitting; state ``failed`` when it did not work out."""
        is_modified = company.ecrm_order_model == 'mbg'
        histories = self._histories(queries.histories_statement(company.id, today))
        repeats = self.env.execute_query(queries.spends_statement(company.id))
        try:
            orders = clv.fit_orders(
                histories, is_modified=is_modified, start=self._start(company, is_modified)
            )
            money = spend.fit_spend((x, z) for x, z in repeats)
            lines = self._calibrate(company, today, orders)
        except (clv.ClvError, OverflowError, ZeroDivisionError) as error:
            _logger.info("No fit for %s: %s", company.name, error)
            return {'state': 'failed', 'reason': 'failed'}
        if not (orders.is_converged and money.is_converged):
            return {'state': 'failed', 'reason': 'failed', 'size': orders.size}
        return {
            'state': 'good',
            'size': orders.size,
            'steps': orders.steps,
            'r': orders.r,
            'alpha': orders.alpha,
            'a': orders.a,
            'b': orders.b,
            'log_likelihood': orders.log_likelihood,
            'spend_p': money.p,
            'spend_q': money.q,
            'spend_v': money.v,
            'spend_size': len(repeats),
            'spend_correlation': correlation(repeats) or 0,
            'line_ids': [fields.Command.create(line) for line in lines],
        }

    def _start(self, company, is_modified):
        """The last good order model: tonight's is near it. None before the first."""
        last = self._last_good(company)
        if not last or last.is_modified != is_modified:
            return None
        return last._models()[0]

    def _histories(self, statement):
        """Mapping of history to number of customers, from rows (repeats, last, age, customers)."""
        return {
            clv.History(repeats, last, age): customers
            for repeats, last, age, customers in self.env.execute_query(statement)
        }

    def _calibrate(self, company, today, orders):
        """Fit as one would have a horizon ago, and set what came against what was predicted.

        :param orders: today's ``tools.clv.OrderModel``, from which the search sets out
        """
        cut = today - timedelta(days=company.ecrm_horizon_days)
        rows = self.env.execute_query(queries.calibration_statement(company, cut, today))
        if not rows:
            return []
        histories = {}
        for *rhythm, customers, _later in rows:
            history = clv.History(*rhythm)
            histories[history] = histories.get(history, 0) + customers
        model = clv.fit_orders(histories, is_modified=orders.is_modified, start=orders)
        lines, futures = {}, {}
        for *rhythm, customers, later in rows:
            history = clv.History(*rhythm)
            key = (history.repeats, history.age)
            if key not in futures:
                futures[key] = model.expected_if_alive(*key, company.ecrm_horizon_days)
            top = min(history.repeats, TOP_FREQUENCY)
            line = lines.setdefault(
                top, {'repeats': top, 'customer_count': 0, 'predicted': 0.0, 'actual': 0.0}
            )
            line['customer_count'] += customers
            line['predicted'] += customers * model.alive(history) * futures[key]
            line['actual'] += later
        return [lines[top] for top in sorted(lines)]

    def _models(self):
        """The order and the spend model of a good fit."""
        self.ensure_one()
        orders = clv.OrderModel(self.r, self.alpha, self.a, self.b, self.is_modified)
        return orders, spend.SpendModel(self.spend_p, self.spend_q, self.spend_v)

    @api.autovacuum
    def _gc_fits(self):
        """Forget attempts older than a year, except what predictions stand on."""
        limit = fields.Date.subtract(fields.Date.today(), days=KEPT_DAYS)
        old = self.search([('date', '<', limit)])
        needed = self.browse()
        for company in old.company_id:
            needed |= self._last_good(company)
        (old - needed).unlink()
