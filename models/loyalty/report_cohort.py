from odoo import fields, models
from odoo.tools import SQL

from . import customer_indicator_sql as queries


class EcrmReportCohort(models.Model):
    """Customers by month of first order, and how many of them ordered k months later.

    Months not over for anybody yet have no row, so a pivot leaves them empty; a month in which
    nobody of a cohort ordered has a row with 0.
    """

    _name = 'ecrm.report.cohort'
    _description = "Cohorts"
    _auto = False
    _order = 'cohort_date, month_offset'
    _rec_name = 'cohort_date'

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    cohort_date = fields.Date("Month of First Order", readonly=True)
    month_date = fields.Date("Month", readonly=True)
    month_offset = fields.Integer("Months Later", readonly=True, aggregator='max')
    month_label = fields.Char("Month k", readonly=True)
    cohort_size = fields.Integer("Customers of the Cohort", readonly=True)
    customer_count = fields.Integer("Customers Active", readonly=True)
    retention = fields.Float("Active (%)", readonly=True, aggregator='avg')
    order_count = fields.Integer("Orders", readonly=True)
    net_revenue = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH card AS (%(cards)s), %(orders)s,
            dated AS (
                SELECT company_id, customer_id, amount, date_trunc('month', day)::date AS month,
                       date_trunc('month', MIN(day) OVER (
                           PARTITION BY company_id, customer_id
                       ))::date AS cohort
                  FROM net_order
                 WHERE company_id = ANY(%(companies)s)
            ), active AS (
                SELECT company_id, cohort, month, COUNT(DISTINCT customer_id) AS customers,
                       COUNT(*) AS orders, SUM(amount) AS amount
                  FROM dated
              GROUP BY company_id, cohort, month
            ), cell AS (
                SELECT first.company_id, first.cohort, step.month::date AS month,
                       first.customers AS size,
                       (EXTRACT(YEAR FROM step.month) - EXTRACT(YEAR FROM first.cohort)) * 12
                           + EXTRACT(MONTH FROM step.month) - EXTRACT(MONTH FROM first.cohort) AS k
                  FROM active first
            CROSS JOIN generate_series(first.cohort, %(today)s, interval '1 month') step(month)
                 WHERE first.month = first.cohort
            )
            SELECT (ROW_NUMBER() OVER (ORDER BY cell.company_id, cell.cohort, cell.k))::int AS id,
                   cell.company_id, cell.cohort AS cohort_date, cell.month AS month_date,
                   cell.k::int AS month_offset, lpad(cell.k::text, 2, '0') AS month_label,
                   cell.size AS cohort_size, COALESCE(active.customers, 0) AS customer_count,
                   100.0 * COALESCE(active.customers, 0) / cell.size AS retention,
                   COALESCE(active.orders, 0) AS order_count,
                   COALESCE(active.amount, 0) AS net_revenue
              FROM cell
         LEFT JOIN active ON active.company_id = cell.company_id
                         AND active.cohort = cell.cohort AND active.month = cell.month
            """,
            cards=queries.cards(),
            orders=queries.net_orders(),
            companies=self.env.companies.ids,
            today=self.env.company._ecrm_today(),
        )
