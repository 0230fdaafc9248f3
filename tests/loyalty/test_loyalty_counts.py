from pathlib import Path

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, file_path

from .common_dashboards import DashboardCommon
from .common_loyalty import NOW

COMPARED_IN = ('counts', 'dashboards', 'tables')


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyCounts(DashboardCommon):
    """Sizes, carts, complaints, forms and answers on the dashboards against plain SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env['website'].create({'name': "Shop", 'company_id': cls.shop.id})
        cls.customer = cls._customer("Amina", email='amina@example.com')

    def _filled(self, figures):
        """The groups that have something; a pivot hides the others too."""
        return {key: values for key, values in figures.items() if any(values)}

    def test_sizes_sold_are_those_of_sql(self):
        for i in range(6):
            self._order(self.customer, i, 10 + i).order_line.product_uom_qty = 1 + i % 2
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE sale_order_line
               SET ecrm_width_mm = 400 + 55 * (id %% 2), ecrm_height_mm = 500,
                   ecrm_panels = 1 + 2 * (id %% 2)
             WHERE company_id = %s AND id %% 3 > 0
            """,
            [self.shop.id],
        )
        self.env.invalidate_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ecrm_width_mm, ecrm_height_mm, ecrm_panels, SUM(product_uom_qty),
                       SUM(price_subtotal)
                  FROM sale_order_line
                 WHERE company_id = %s AND state = 'sale' AND ecrm_width_mm > 0
              GROUP BY 1, 2, 3
                """,
                self.shop.id,
            )
        )
        expected = {
            (f'{width / 10:g} x {height / 10:g}' + (f' x {panels}' if panels > 1 else ''),): (
                float(items),
                float(amount),
            )
            for width, height, panels, items, amount in rows
        }
        self.assertEqual(len(expected), 2)
        self.assertIn(('45.5 x 50 x 3',), expected)
        self.assertEqual(self._pivot('shop', 'Sizes'), expected)

    def _carts(self):
        """Carts of every end, two with a reason that their customer gave."""
        source = self.env['utm.source'].create({'name': "Leaflets of the test"})
        visitor = self.website.user_id.partner_id
        for partner, amount, state, reason in (
            (self.customer, 10, 'sale', False),
            (self.customer, 20, 'draft', 'price'),
            (self.customer, 35, 'draft', 'delivery'),
            (self.customer, 40, 'sent', 'price'),
            (self.customer, 50, 'cancel', False),
            (visitor, 60, 'draft', False),
        ):
            cart = self._order(partner, 5, amount, website_id=self.website.id, source_id=source.id)
            cart.write({'state': state, 'ecrm_abandon_reason': reason})
        self.env.flush_all()
        return source

    def test_what_became_of_carts_and_the_reasons_given_are_those_of_sql(self):
        self._carts()
        outcomes = self._sql(
            1,
            f"""
            SELECT CASE WHEN state = 'sale' THEN 'confirmed' WHEN state = 'cancel' THEN 'cancelled'
                        WHEN partner_id = {self.website.user_id.partner_id.id} THEN 'anonymous'
                        ELSE 'delivery' END,
                   COUNT(*), SUM(amount_untaxed) FILTER (WHERE state != 'sale')
              FROM sale_order WHERE company_id = %(company)s
          GROUP BY 1
            """,
        )
        self.assertEqual(len(outcomes), 4)
        self.assertEqual(self._pivot('shop', 'Outcome of carts'), outcomes)
        self.assertEqual(
            self._pivot('shop', 'Reasons given'),
            self._sql(
                1,
                """
                SELECT ecrm_abandon_reason, COUNT(*), SUM(amount_untaxed) FROM sale_order
                 WHERE company_id = %(company)s AND ecrm_abandon_reason IS NOT NULL
              GROUP BY 1
                """,
            ),
        )
        march = (NOW.date().replace(day=1), NOW.date())
        self.assertTrue(self._pivot('shop', 'Reasons given', period=march))
        before = (NOW.date().replace(day=1, month=1), NOW.date().replace(day=1))
        self.assertFalse(self._pivot('shop', 'Reasons given', period=before))

    def test_new_customers_and_abandonment_of_a_source_are_those_of_sql(self):
        source = self._carts()
        figures = self._pivot('voice', 'Sales by source')[(source.id,)]
        [(expected,)] = self.env.execute_query(
            SQL(
                """
                SELECT 100.0 * COUNT(*) FILTER (WHERE state != 'sale') / COUNT(*)
                  FROM sale_order WHERE source_id = %s
                """,
                source.id,
            )
        )
        self.assertEqual(figures, (10, 1, 10, 1, round(float(expected), 2)))

    def _complaints(self):
        """Delivered goods and complaints of two causes; the key figures come from their tables."""
        late, typed = (
            self.env.ref(f'ecrm.complaint_cause_{name}') for name in ('late', 'entry_error')
        )
        goods = self.env['product.product'].create(
            [
                {'name': f"{name} delivered", 'type': 'consu', 'taxes_id': False}
                for name in ("Canvas", "Frame")
            ]
        )
        order = self.env['sale.order'].create(
            {
                'partner_id': self.customer.id,
                'order_line': [
                    Command.create({'product_id': product.id, 'product_uom_qty': 4})
                    for product in goods
                ],
            }
        )
        order.action_confirm()
        lines = order.order_line
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET qty_delivered = 4 WHERE id IN %s", [tuple(lines.ids)]
        )
        self.env.invalidate_all()
        made = self.env['ecrm.complaint'].create(
            [
                {
                    'name': f"C{i}",
                    'company_id': self.shop.id,
                    'partner_id': self.customer.id,
                    'order_id': order.id,
                    'cause_id': cause.id,
                    'founded': founded,
                    'score': score,
                    'line_ids': [Command.create({'sale_line_id': line.id, 'quantity': 1})],
                }
                for i, (cause, founded, score, line) in enumerate(
                    (
                        (late, 'yes', 2, lines[0]),
                        (late, 'yes', 5, lines[1]),
                        (late, 'no', 0, lines[0]),
                        (typed, 'yes', 0, lines[0]),
                    )
                )
            ]
        )
        made[0].action_resolve()
        self.env.flush_all()
        return made

    def _assert_counted(self, board, title, table, column):
        """A pivot counts the rows of a table by a column as SQL does; there are two groups to tell apart."""
        expected = self._sql(
            1,
            f"SELECT {column}, COUNT(*) FROM {table} WHERE company_id = %(company)s GROUP BY 1",
        )
        self.assertEqual(len(expected), 2, title)
        self.assertEqual(self._pivot(board, title), expected)

    def test_complaints_by_stage_cause_and_month_are_those_of_sql(self):
        self._complaints()
        for title, column in (('By stage', 'stage_id'), ('By cause', 'cause_id')):
            self._assert_counted('complaints', title, 'ecrm_complaint', column)
        drawn = self._chart('complaints', 'ecrm.complaint', ['received_at:month', 'kind'])
        self.assertEqual(
            {(month[:7], kind): figures for (month, kind), figures in drawn.items()},
            self._sql(
                2,
                "SELECT to_char(received_at, 'YYYY-MM'), kind, COUNT(*) FROM ecrm_complaint"
                " WHERE company_id = %(company)s GROUP BY 1, 2",
            ),
        )

    def test_founded_per_hundred_delivered_are_those_of_sql(self):
        self._complaints()
        founded = """
            FROM ecrm_complaint complaint
            JOIN ecrm_complaint_line claimed ON claimed.complaint_id = complaint.id
            JOIN sale_order_line sold ON sold.id = claimed.sale_line_id
            JOIN product_product product ON product.id = sold.product_id
           WHERE complaint.company_id = %(company)s AND complaint.founded = 'yes'
        """
        delivered = """
            FROM sale_order_line line JOIN product_product item ON item.id = line.product_id
           WHERE line.company_id = %(company)s
        """
        each = f"100 * SUM(claimed.quantity) / (SELECT SUM(line.qty_delivered) {delivered})"
        whole = self._sql(0, f"SELECT {each} {founded}")
        self.assertEqual(whole[()], (37.5,))
        self.assertEqual(self._pivot('complaints', 'Founded per 100'), whole)
        self.assertEqual(
            self._filled(self._pivot('complaints', 'Founded per 100 by cause')),
            self._sql(1, f"SELECT complaint.cause_id, {each} {founded} GROUP BY 1"),
        )
        own = f"{delivered} AND item.product_tmpl_id = product.product_tmpl_id"
        self.assertEqual(
            self._filled(self._pivot('complaints', 'Founded per 100 by model')),
            self._sql(
                1,
                f"""
                SELECT product.product_tmpl_id, 100 * SUM(claimed.quantity)
                       / (SELECT SUM(line.qty_delivered) {own})
                {founded} GROUP BY 1
                """,
            ),
        )

    def test_a_row_behind_a_rate_opens_its_complaint_for_who_may_read_it(self):
        self._complaints()
        rows = self.env['ecrm.complaint.report'].search([('company_id', '=', self.shop.id)])
        goods = rows.filtered('delivered')
        self.assertEqual((len(goods), len(rows)), (2, 6))
        for row in rows - goods:
            self.assertEqual(row.action_open_complaint()['res_id'], row.complaint_id.id)
        self.assertFalse(goods[0].action_open_complaint())
        with self.assertRaises(AccessError):
            (rows - goods)[0].with_user(self.user_marketing).action_open_complaint()

    def test_forms_and_answers_by_group_are_those_of_sql(self):
        sources = self.env['ecrm.source'].search([], limit=1)
        sources |= sources.copy({'name': "Another source", 'company_id': self.shop.id})
        for i in range(5):
            self.env['ecrm.submission'].create(
                {
                    'source_id': sources[i % 2].id,
                    'company_id': self.shop.id,
                    'kind': 'contact',
                    'state': ('processed', 'review')[i > 2],
                    'idempotency_key': f'counted-{i}',
                }
            )
        for score in (10, 9, 7, 1):
            order = self._order(self._customer(f"S{score}"), 9)
            self.env['ecrm.feedback']._ask(order)._answer(score, '')
        self.env.flush_all()
        for title, column in (('Forms by source', 'source_id'), ('Forms by state', 'state')):
            self._assert_counted('voice', title, 'ecrm_submission', column)
        self.assertEqual(
            self._pivot('voice', 'Feedback by group'),
            self._sql(
                1,
                """
                SELECT CASE WHEN score >= 9 THEN 'promoter' WHEN score >= 7 THEN 'passive'
                            ELSE 'detractor' END, COUNT(*), AVG(score)
                  FROM ecrm_feedback WHERE company_id = %(company)s AND answer_date IS NOT NULL
              GROUP BY 1
                """,
            ),
        )

    def test_no_table_is_left_out(self):
        """A table added to a dashboard is compared with its SQL, in this file or its neighbours."""
        compared = ''.join(
            Path(file_path(f'ecrm/tests/loyalty/test_loyalty_{stem}.py')).read_text('utf-8')
            for stem in COMPARED_IN
        )
        for name in ('shop', 'customers', 'complaints', 'voice'):
            for pivot in self._content(name)['pivots'].values():
                title = pivot['name'].partition(', period before')[0]
                if title.startswith('Risk '):
                    title = 'Risk {band}'
                self.assertIn(f"'{title}'", compared.replace("f'", "'"), name)
