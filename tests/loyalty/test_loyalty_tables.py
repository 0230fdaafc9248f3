from datetime import date

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common_dashboards import DashboardCommon
from .common_loyalty import NOW


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyTables(DashboardCommon):
    """Each table and chart of the dashboards, read as the client reads it, against plain SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sources = cls.env['utm.source'].create(
            [{'name': "Facebook of the test"}, {'name': "Leaflets"}]
        )
        cls.medium = cls.env['utm.medium'].create({'name': "Paid of the test"})
        cls.campaign = cls.env['utm.campaign'].create({'name': "Spring of the test"})
        cls.poster = cls.env['product.product'].create(
            {'name': "Poster", 'type': 'service', 'list_price': 60, 'taxes_id': False}
        )
        canvas = cls.product
        for i in range(6):
            customer = cls._customer(f"Customer {i}")
            for k in range(1 + i % 3):
                source = [*cls.sources, cls.env['utm.source']][(i + k) % 3]
                cls.product = (canvas, cls.poster)[(i + k) % 2]
                cls._order(
                    customer,
                    20 * i + 35 * k,
                    50 + 7 * i + k,
                    source_id=source.id,
                    campaign_id=cls.campaign.id if k else False,
                    medium_id=cls.medium.id if i % 2 else False,
                )
        cls.product = canvas
        # Neither a quotation nor another company's order is in any table of sales
        cls._order(customer, 3, 999).state = 'draft'
        cls.indicators._refresh_all()
        cls.env.flush_all()

    def test_the_best_products_are_those_of_sql(self):
        self.assertEqual(
            self._pivot('shop', 'Best products'),
            self._sql(
                1,
                """
                SELECT product.product_tmpl_id, SUM(line.price_subtotal), SUM(line.product_uom_qty)
                  FROM sale_order_line line
                  JOIN sale_order sale ON sale.id = line.order_id
                  JOIN product_product product ON product.id = line.product_id
                 WHERE sale.company_id = %(company)s AND sale.state = 'sale'
              GROUP BY 1
                """,
            ),
        )

    def test_the_months_and_products_by_network_are_those_of_sql(self):
        network = """
            CASE WHEN source.name IS NULL THEN 'unknown'
                 WHEN source.name LIKE 'Facebook%%' THEN 'facebook' ELSE 'other' END
        """
        for groups, key in (
            (['date:month', 'network'], "date_trunc('month', sale.date_order)::date"),
            (['product_tmpl_id', 'network'], 'product.product_tmpl_id'),
        ):
            drawn = self._chart('shop', 'ecrm.report.sale', groups)
            self.assertGreater(len(drawn), 4)
            self.assertEqual(
                drawn,
                self._sql(
                    2,
                    f"""
                    SELECT {key}, {network}, SUM(line.price_subtotal)
                      FROM sale_order_line line
                      JOIN sale_order sale ON sale.id = line.order_id
                      JOIN product_product product ON product.id = line.product_id
                 LEFT JOIN utm_source source ON source.id = sale.source_id
                     WHERE sale.company_id = %(company)s AND sale.state = 'sale'
                  GROUP BY 1, 2
                    """,
                ),
            )

    def test_social_networks_count_orders_and_new_customers_as_sql_does(self):
        self.assertEqual(
            self._pivot('shop', 'Social networks'),
            self._sql(
                1,
                """
                SELECT CASE WHEN source.name IS NULL THEN 'unknown'
                            WHEN source.name LIKE 'Facebook%%' THEN 'facebook' ELSE 'other' END,
                       SUM(sale.amount_untaxed), COUNT(*), COUNT(*) FILTER (WHERE NOT EXISTS (
                           SELECT FROM sale_order earlier
                            WHERE earlier.partner_id = sale.partner_id AND earlier.state = 'sale'
                              AND earlier.company_id = sale.company_id
                              AND earlier.date_order < sale.date_order
                       ))
                  FROM sale_order sale
             LEFT JOIN utm_source source ON source.id = sale.source_id
                 WHERE sale.company_id = %(company)s AND sale.state = 'sale'
              GROUP BY 1
                """,
            ),
        )

    def test_sources_media_and_campaigns_stand_side_by_side_as_in_sql(self):
        for title, column in (
            ('Sales by source', 'source_id'),
            ('Sales by medium', 'medium_id'),
            ('Sales by campaign', 'campaign_id'),
        ):
            drawn = self._brought(self._pivot('voice', title))
            self.assertGreater(len(drawn), 1)
            self.assertEqual(
                drawn,
                self._sql(
                    1,
                    f"""
                    SELECT {column}, SUM(amount_untaxed), COUNT(*), AVG(amount_untaxed)
                      FROM sale_order
                     WHERE company_id = %(company)s AND state = 'sale'
                  GROUP BY 1
                    """,
                ),
            )

    def test_a_product_and_a_period_narrow_what_the_networks_bring(self):
        february = (date(2026, 2, 1), date(2026, 2, 28))
        drawn = self._brought(
            self._pivot(
                'voice', 'Sales by network', period=february, product=self.poster.product_tmpl_id
            )
        )
        self.assertTrue(drawn)
        self.assertEqual(
            drawn,
            self._sql(
                1,
                f"""
                SELECT CASE WHEN source.name IS NULL THEN 'unknown'
                            WHEN source.name LIKE 'Facebook%%' THEN 'facebook' ELSE 'other' END,
                       SUM(line.price_subtotal), COUNT(DISTINCT sale.id),
                       SUM(line.price_subtotal) / COUNT(DISTINCT sale.id)
                  FROM sale_order_line line
                  JOIN sale_order sale ON sale.id = line.order_id
             LEFT JOIN utm_source source ON source.id = sale.source_id
                 WHERE sale.company_id = %(company)s AND sale.state = 'sale'
                   AND sale.date_order >= '2026-02-01' AND sale.date_order < '2026-03-01'
                   AND line.product_id = {self.poster.id}
              GROUP BY 1
                """,
            ),
        )

    def _brought(self, drawn):
        """Sales, orders and basket of the groups that sold something."""
        return {key: figures[:3] for key, figures in drawn.items() if any(figures)}

    def test_who_ordered_in_a_period_is_counted_as_in_sql(self):
        drawn = self._pivot('customers', 'Sales', period=(date(2026, 1, 1), date(2026, 2, 28)))
        self.assertTrue(drawn[()][1] > drawn[()][2] > 0)
        self.assertEqual(
            drawn,
            self._sql(
                0,
                """
                SELECT SUM(amount_untaxed), COUNT(DISTINCT partner_id),
                       COUNT(*) FILTER (WHERE date_order = first)
                  FROM (
                       SELECT *, MIN(date_order) OVER (PARTITION BY partner_id) AS first
                         FROM sale_order WHERE company_id = %(company)s AND state = 'sale'
                       ) sale
                 WHERE date_order >= '2026-01-01' AND date_order < '2026-03-01'
                """,
            ),
        )

    def test_the_first_order_narrows_everything_about_the_customers(self):
        """Not only the figures shown by default, but those of any months that the reader takes."""
        months = (date(2025, 11, 1), date(2026, 1, 31))
        bought = """
            SELECT partner_id, MIN(date_order) AS first, SUM(amount_untaxed) AS amount,
                   COUNT(*) AS n
              FROM sale_order WHERE company_id = %(company)s AND state = 'sale'
          GROUP BY 1
            HAVING MIN(date_order) >= '2025-11-01' AND MIN(date_order) < '2026-02-01'
        """
        [(count, amount, again)] = self.env.execute_query(
            SQL(
                f"SELECT COUNT(*), SUM(amount), COUNT(*) FILTER (WHERE n > 1) FROM ({bought}) b",
                company=self.shop.id,
            )
        )
        self.assertTrue(6 > count > again > 0)
        everybody = self._pivot('customers', 'Customers', first_order=months)
        self.assertEqual(everybody[()][:2], (count, float(amount)))
        came_back = self._pivot('customers', 'Came back', first_order=months)
        self.assertEqual(came_back[()], (again,))
        self.assertEqual(
            {k: f[:2] for k, f in self._pivot('customers', 'Segments', first_order=months).items()},
            self._sql(
                1,
                f"""
                SELECT kept.segment_id, COUNT(*), SUM(bought.amount)
                  FROM ecrm_customer_indicator kept JOIN ({bought}) bought USING (partner_id)
                 WHERE kept.company_id = %(company)s
              GROUP BY 1
                """,
            ),
        )
        sizes = self._pivot('customers', 'Cohorts', first_order=months)
        self.assertEqual(
            {key[0]: figures for key, figures in sizes.items() if key[1] == '00'},
            {
                month: figures
                for (month,), figures in self._sql(
                    1,
                    f"SELECT date_trunc('month', first)::date, COUNT(*) FROM ({bought}) b GROUP BY 1",
                ).items()
            },
        )

    def test_segments_are_counted_as_in_sql(self):
        by_segment = self._pivot('customers', 'Segments')
        self.assertEqual(sum(figures[0] for figures in by_segment.values()), 6)
        self.assertEqual(
            by_segment,
            self._sql(
                1,
                """
                SELECT kept.segment_id, COUNT(*), SUM(bought.amount), AVG(bought.amount / bought.n)
                  FROM ecrm_customer_indicator kept
                  JOIN (
                       SELECT partner_id, SUM(amount_untaxed) AS amount, COUNT(*) AS n
                         FROM sale_order
                        WHERE company_id = %(company)s AND state = 'sale'
                     GROUP BY partner_id
                       ) bought USING (partner_id)
                 WHERE kept.company_id = %(company)s
              GROUP BY 1
                """,
            ),
        )
        drawn = self._chart('customers', 'ecrm.customer.indicator', ['segment_id'])
        self.assertEqual(drawn, {key: figures[:1] for key, figures in by_segment.items()})

    def test_cohorts_are_those_of_sql(self):
        rows = self.env['ecrm.report.cohort']._read_group(
            [('company_id', '=', self.shop.id), ('month_offset', '<', 7)],
            ['cohort_date:month', 'month_offset'],
            ['customer_count:sum'],
        )
        found = {key: figures for key, figures in self._table(rows, 2).items() if any(figures)}
        titles = {
            key[0]: sum(
                figures[0]
                for k, figures in self._pivot('customers', 'Cohorts').items()
                if k[0] == key[0]
            )
            for key in found
        }
        expected = {
            (month, offset or None): figures
            for (month, offset), figures in self._sql(
                2,
                """
                WITH bought AS (
                    SELECT DISTINCT partner_id, date_trunc('month', date_order) AS month
                      FROM sale_order WHERE company_id = %(company)s AND state = 'sale'
                ), first AS (SELECT partner_id, MIN(month) AS month FROM bought GROUP BY 1)
                SELECT first.month::date,
                       (12 * (date_part('year', bought.month) - date_part('year', first.month))
                        + date_part('month', bought.month) - date_part('month', first.month))::int,
                       COUNT(*)
                  FROM first JOIN bought USING (partner_id)
              GROUP BY 1, 2
                """,
            ).items()
        }
        self.assertEqual(found, expected)
        for month, total in titles.items():
            self.assertEqual(total, sum(f[0] for k, f in expected.items() if k[0] == month))
