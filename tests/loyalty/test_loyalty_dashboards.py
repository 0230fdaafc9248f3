import json
import re
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from odoo.tests import freeze_time, tagged
from odoo.tools import file_path

from odoo.addons.ecrm.tests.loyalty.common_dashboards import DashboardCommon
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW

NAMES = ('shop', 'customers', 'complaints', 'voice')


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyDashboards(DashboardCommon):
    def _total(self, content, title, measure):
        """A scorecard's figure as the client computes it: the pivot's own domain and measure."""
        pivot = next(p for p in content['pivots'].values() if p['name'] == title)
        model = self.env[pivot['model']]
        aggregate = '__count'
        if measure != '__count':
            aggregate = f'{measure}:{model._fields[measure].aggregator}'
        [(value,)] = model._read_group(
            [*pivot['domain'], ('company_id', '=', self.shop.id)], aggregates=[aggregate]
        )
        return value

    def test_every_pivot_and_chart_names_fields_that_exist(self):
        for name in NAMES:
            content = self._content(name)
            for pivot in content['pivots'].values():
                fields = self.env[pivot['model']]._fields
                for part in (*pivot['measures'], *pivot['rows'], *pivot['columns']):
                    if part['fieldName'] != '__count':
                        self.assertTrue(fields[part['fieldName']].store, pivot['name'])
                for match in pivot['fieldMatching'].values():
                    self.assertEqual(fields[match['chain']].type, match['type'])
                self.env[pivot['model']].search_count(pivot['domain'])
            for figure in content['sheets'][0]['figures']:
                if 'metaData' in figure['data']:
                    meta = figure['data']['metaData']
                    fields = self.env[meta['resModel']]._fields
                    for group in meta['groupBy']:
                        self.assertIn(group.split(':')[0], fields)

    def test_every_formula_names_a_pivot_and_every_link_a_menu(self):
        for name in NAMES:
            content = self._content(name)
            text = json.dumps(content)
            for number in re.findall(r'PIVOT(?:\.VALUE)?\((\d+)', text):
                self.assertIn(number, content['pivots'])
            for xml_id in re.findall(r'ir_menu_xml_id/([\w.]+)', text):
                self.assertTrue(self.env.ref(xml_id).action, xml_id)

    def test_figures_of_the_shop_are_those_of_sql(self):
        for days_ago, amount in ((60, 100), (30, 50), (3, 25)):
            self._order(self._customer(f"C{days_ago}"), days_ago, amount)
        self._order(self._customer("Not confirmed"), 1, 999).state = 'sent'
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT SUM(amount_untaxed), COUNT(*), COUNT(DISTINCT partner_id)
              FROM sale_order WHERE company_id = %s AND state = 'sale'
            """,
            [self.shop.id],
        )
        revenue, orders, customers = self.env.cr.fetchone()
        content = self._content('shop')
        self.assertAlmostEqual(self._total(content, 'Sales', 'net_revenue'), float(revenue))
        self.assertEqual(self._total(content, 'Sales', 'order_id'), orders)
        self.assertEqual(self._total(content, 'Sales', 'new_customer_id'), customers)
        self.assertEqual(self._total(content, 'Sales', 'quantity'), 3)

    def test_figures_of_the_customers_are_those_of_sql(self):
        for i in range(4):
            customer = self._customer(f"C{i}")
            for k in range(i + 1):
                self._order(customer, 10 * k, 10)
        self._order(self._customer("Prospect")).state = 'draft'
        self.indicators._refresh_all()
        self.env.cr.execute(
            """
            SELECT COUNT(*), COUNT(*) FILTER (WHERE n > 1), SUM(amount) FROM (
                SELECT COUNT(*) AS n, SUM(amount_untaxed) AS amount FROM sale_order
                 WHERE company_id = %s AND state = 'sale' GROUP BY partner_id) bought
            """,
            [self.shop.id],
        )
        customers, again, revenue = self.env.cr.fetchone()
        content = self._content('customers')
        self.assertEqual(self._total(content, 'Customers', '__count'), customers)
        self.assertEqual(self._total(content, 'Came back', '__count'), again)
        self.assertEqual(self._total(content, 'Prospects', '__count'), 1)
        self.assertAlmostEqual(self._total(content, 'Customers', 'net_revenue'), float(revenue))

    def test_figures_of_feedback_are_those_of_the_answers(self):
        for score in (10, 7, 1):
            order = self._order(self._customer(f"S{score}"), 9)
            self.env['ecrm.feedback']._ask(order)._answer(score, '')
        content = self._content('voice')
        self.assertEqual(self._total(content, 'Feedback', '__count'), 3)
        self.assertEqual(self._total(content, 'Feedback', 'score'), 6)

    def test_figures_of_the_carts_are_those_of_sql(self):
        website = self.env['website'].create({'name': "Shop", 'company_id': self.shop.id})
        customer = self._customer("Amina")
        for amount in (10, 20, 30):
            cart = self._order(customer, 5, amount, website_id=website.id)
            if amount < 30:
                cart.state = 'draft'
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT COUNT(*), 100.0 * COUNT(*) FILTER (WHERE state != 'sale') / COUNT(*),
                   SUM(amount_untaxed) FILTER (WHERE state != 'sale')
              FROM sale_order WHERE website_id = %s
            """,
            [website.id],
        )
        carts, abandonment, left = self.env.cr.fetchone()
        content = self._content('shop')
        self.assertEqual(self._total(content, 'Carts', 'cart_count'), carts)
        self.assertAlmostEqual(self._total(content, 'Carts', 'abandonment'), float(abandonment))
        self.assertAlmostEqual(self._total(content, 'Carts', 'abandoned_amount'), float(left))

    def test_figures_of_churn_and_value_are_those_of_sql(self):
        for name in ("Amina", "Badis", "Chahra"):
            self._order(self._customer(name), 5)
        self.indicators._refresh_all()
        rows = self.indicators.search([('company_id', '=', self.shop.id)])
        for row, chance in zip(rows, (0.05, 0.3, 0.9), strict=True):
            self.env.cr.execute(
                """
                UPDATE ecrm_customer_indicator
                   SET predicted_value = 7, expected_spend = 10, p_order = %s
                 WHERE id = %s
                """,
                [chance, row.id],
            )
        self.env.invalidate_all()
        self.assertEqual(rows.mapped('churn_band'), ['high', 'medium', 'low'])
        content = self._content('customers')
        for band in ('high', 'medium', 'low'):
            self.assertEqual(self._total(content, f'Risk {band}', '__count'), 1)
        self.assertEqual(self._total(content, 'Customers', 'predicted_value'), 21)

    def test_figures_of_complaints_and_forms_are_those_of_sql(self):
        complaints = self.env['ecrm.complaint'].create(
            [
                {'name': f"C{score}", 'company_id': self.shop.id, 'score': score}
                for score in (0, 2, 5)
            ]
        )
        source = self.env['ecrm.source'].search([], limit=1)
        self.env['ecrm.submission'].create(
            [
                {
                    'source_id': source.id,
                    'company_id': self.shop.id,
                    'kind': 'contact',
                    'idempotency_key': f'board-{i}',
                }
                for i in range(2)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT COUNT(*), AVG(NULLIF(score, 0)) FROM ecrm_complaint WHERE company_id = %s
            """,
            [self.shop.id],
        )
        count, score = self.env.cr.fetchone()
        content = self._content('complaints')
        self.assertEqual(self._total(content, 'Complaints', '__count'), count)
        self.assertEqual(self._total(content, 'Open complaints', '__count'), len(complaints))
        self.assertAlmostEqual(self._total(content, 'Rated', 'score'), float(score))
        self.assertEqual(self._total(self._content('voice'), 'Forms', '__count'), 2)

    def test_a_click_on_each_scorecard_and_chart_opens_the_records(self):
        for name in NAMES:
            content = self._content(name)
            menus = content['chartOdooMenusReferences']
            figures = {figure['id'] for figure in content['sheets'][0]['figures']}
            self.assertEqual(figures, menus.keys(), name)
            for xml_id in menus.values():
                modes = self.env.ref(xml_id).action.view_mode.split(',')
                self.assertTrue({'pivot', 'graph', 'list'} <= set(modes), xml_id)

    def test_the_files_are_what_the_script_writes(self):
        folder = Path(file_path('ecrm/devtools/dashboards'))
        written = Path(file_path('ecrm/data/loyalty/files'))
        kept = {path.name: path.read_text('utf-8') for path in written.glob('*_dashboard.json')}
        with tempfile.TemporaryDirectory() as place:
            target = Path(place, 'data', 'loyalty', 'files')
            target.mkdir(parents=True)
            subprocess.run([sys.executable, '-B', str(folder)], cwd=place, check=True)
            made = {path.name: path.read_text('utf-8') for path in target.iterdir()}
        self.assertEqual(made, kept)

    def test_dashboards_are_shown_to_who_may_read_their_records(self):
        shop = self.env.ref('ecrm.spreadsheet_dashboard_shop')
        self.assertTrue(shop.with_user(self.user_marketing).has_access('read'))
        self.assertFalse(shop.with_user(self.user_sales).has_access('read'))
        complaints = self.env.ref('ecrm.spreadsheet_dashboard_complaints')
        self.assertFalse(complaints.with_user(self.user_marketing).has_access('read'))
        for name in NAMES:
            board = self.env.ref(f'ecrm.spreadsheet_dashboard_{name}')
            for pivot in self._content(name)['pivots'].values():
                user = self.user_manager if name == 'complaints' else self.user_marketing
                self.assertTrue(
                    self.env[pivot['model']].with_user(user).has_access('read'), board.name
                )

    def test_every_dashboard_has_a_period_and_each_filter_narrows_something(self):
        for name in NAMES:
            content = self._content(name)
            filters = {found['id']: found for found in content['globalFilters']}
            self.assertIn('period', filters)
            charts = [f['data'] for f in content['sheets'][0]['figures'] if 'metaData' in f['data']]
            used = set()
            for part in (*content['pivots'].values(), *charts):
                used |= part['fieldMatching'].keys()
            self.assertEqual(used, filters.keys())
        by_first_order = self._content('customers')
        for pivot in by_first_order['pivots'].values():
            if not pivot['name'].startswith(('Sales', 'Prospects')):
                self.assertIn('first_order', pivot['fieldMatching'], pivot['name'])

    def test_no_forecast_is_a_dash_and_not_a_zero(self):
        content = self._content('customers')
        sheets = {sheet['id']: sheet['cells'] for sheet in content['sheets']}
        formulas = [
            text
            for cells in sheets.values()
            for text in cells.values()
            if '"predicted_value"' in text
        ]
        self.assertEqual(len(formulas), 4)
        for text in formulas:
            self.assertRegex(text, r'=IFERROR\(IF\(OR\((.+)="",\1=0\),"-",\1\),"-"\)')

    def test_a_period_narrows_the_figures(self):
        self._order(self._customer("Old"), 200, 10)
        self._order(self._customer("New"), 2, 10)
        self.env.flush_all()
        pivot = next(p for p in self._content('shop')['pivots'].values() if p['name'] == 'Sales')
        chain = pivot['fieldMatching']['period']['chain']
        [(value,)] = self.env[pivot['model']]._read_group(
            [('company_id', '=', self.shop.id), (chain, '>=', NOW.date() - timedelta(days=90))],
            aggregates=['net_revenue:sum'],
        )
        self.assertEqual(value, 10)
