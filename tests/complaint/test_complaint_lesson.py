from datetime import datetime, timedelta

from lxml import etree

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintLesson(ComplaintCommon):
    """What is learned from complaints: rates against goods delivered, cohorts, causes and what was done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env['ecrm.complaint.report']
        cls.mine = [('product_id', '=', cls.product.id)]
        # setUp of the room: 3 delivered to the customer, 1 to the stranger, all ordered now
        cls.january = cls._order_of(datetime(2026, 1, 10), 8)
        cls.february = cls._order_of(datetime(2026, 2, 20), 2)

    @classmethod
    def _order_of(cls, day, delivered):
        order = cls._new_order(cls.partner, delivered, delivered=delivered)
        order.date_order = day
        return order

    def _claim(self, order, quantity=1, received=None, **values):
        line = Command.create({'sale_line_id': order.order_line.id, 'quantity': quantity})
        complaint = self._new_complaint(
            order_id=order.id,
            line_ids=[line],
            received_at=received or order.date_order,
            **{'founded': 'yes', **values},
        )
        self.env.flush_all()
        return complaint

    def _rates(self, groupby, domain=(), user=None):
        """Groups of the report as the pivot asks for them: ``{group: (founded, delivered, rate)}``."""
        rows = self.report.with_user(user or self.user_marketing).formatted_read_grouping_sets(
            [*self.mine, *domain], [groupby], ['founded:sum', 'delivered:sum', 'rate:avg']
        )[0]
        return {
            tuple(row[spec] for spec in groupby): (
                row['founded:sum'],
                row['delivered:sum'],
                row['rate:avg'],
            )
            for row in rows
        }

    # === RATES === #

    def test_rate_by_cause_is_set_against_all_that_was_delivered(self):
        self._claim(self.january, 2)
        self._claim(self.january, 1, cause_id=self.cause_late.id)
        name = self.cause.display_name
        rates = self._rates(['cause_id'])
        self.assertEqual(rates[((self.cause.id, name),)], (2, 14, 100 * 2 / 14))
        self.assertAlmostEqual(sum(rate for *_counts, rate in rates.values()), 100 * 3 / 14)
        self.assertNotIn((False,), rates)

    def test_rate_of_a_quarter_is_a_ratio_of_sums_not_an_average_of_months(self):
        self._claim(self.january, 4)
        self._claim(self.february, 2)
        by_month = self._rates(['date:month'], [('date', '<', '2026-03-01')])
        self.assertEqual([rate for *_counts, rate in by_month.values()], [50, 100])
        self.assertEqual(self._rates([], [('date', '<', '2026-03-01')])[()], (6, 10, 60))

    def test_every_group_of_a_pivot_equals_sql(self):
        self._claim(self.january, 2)
        self._claim(self.january, 1, cause_id=self.cause_late.id)
        self._claim(self.february, 1, founded='no')
        self._claim(self.february, 1)
        self.env.cr.execute(
            """
            WITH goods AS (
                SELECT to_char(o.date_order, 'YYYY-MM') AS month, SUM(l.qty_delivered) AS quantity
                  FROM sale_order_line l JOIN sale_order o ON o.id = l.order_id
                 WHERE l.product_id = %(product)s
              GROUP BY 1
            ), founded AS (
                SELECT to_char(o.date_order, 'YYYY-MM') AS month, k.area, SUM(n.quantity) AS quantity
                  FROM ecrm_complaint_line n
                  JOIN ecrm_complaint c ON c.id = n.complaint_id AND c.founded = 'yes'
                  JOIN sale_order o ON o.id = c.order_id
                  JOIN ecrm_complaint_cause k ON k.id = c.cause_id
                 WHERE n.product_id = %(product)s
              GROUP BY 1, 2
            )
            SELECT month, area, founded.quantity, goods.quantity FROM founded JOIN goods USING (month)
            """,
            {'product': self.product.id},
        )
        expected = {
            (month, area): (float(founded), float(goods), 100 * float(founded) / float(goods))
            for month, area, founded, goods in self.env.cr.fetchall()
        }
        found = {
            (month[0][:7], area): figures
            for (month, area), figures in self._rates(['date:month', 'area']).items()
            if figures[0]
        }
        self.assertEqual(found, expected)
        self.assertEqual(len(expected), 3)

    def test_filter_by_cause_leaves_the_goods(self):
        self._claim(self.january, 2)
        narrow = [('cause_id', '=', self.cause.id)]
        self.assertEqual(self._rates(['product_id'], narrow).popitem()[1], (2, 14, 100 * 2 / 14))
        [(rate,)] = self.report._read_group([*self.mine, *narrow], [], ['rate:avg'])
        self.assertEqual(rate, 100 * 2 / 14)
        outside = ['!', ('cause_id', '=', self.cause.id), *self.mine]
        self._claim(self.january, 1, cause_id=self.cause_late.id)
        [(delivered, rate)] = self.report._read_group(outside, [], ['delivered:sum', 'rate:avg'])
        self.assertEqual((delivered, rate), (14, 100 / 14))

    def test_graph_shows_the_same_rate_as_the_pivot(self):
        self._claim(self.january, 2)
        rows = self.report.with_user(self.user_marketing).formatted_read_group(
            self.mine, ['area'], ['rate:avg']
        )
        self.assertEqual([row['rate:avg'] for row in rows], [100 * 2 / 14])

    def test_gross_ninetieth_percentile_is_that_of_postgresql(self):
        for hours in range(1, 12):
            complaint = self._claim(self.january)
            complaint.write({'resolved_at': fields.Datetime.now(), 'resolution_gross_hours': hours})
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY resolution_gross_hours) "
            "FROM ecrm_complaint WHERE order_id = %s",
            [self.january.id],
        )
        [(expected,)] = self.env.cr.fetchall()
        [(p90, median)] = self.report._read_group(
            self.mine, [], ['gross_p90:avg', 'gross_median:avg']
        )
        self.assertEqual((p90, median), (expected, 6))

    # === COHORT === #

    def test_cohort_counts_months_from_the_order_to_the_complaint(self):
        self._claim(self.january, 1)
        self._claim(self.january, 2, datetime(2026, 3, 2))
        self._claim(self.february, 1, datetime(2027, 2, 1))
        cells = self._rates(['date:month', 'age'])
        found = {(month[0], age): figures for (month, age), figures in cells.items()}
        self.assertEqual(found[('2026-01-01', 0)], (1, 8, 12.5))
        self.assertEqual(found[('2026-01-01', 2)], (2, 8, 25))
        self.assertEqual(found[('2026-02-01', 12)], (1, 2, 50))
        self.assertEqual(len(found), 3)

    def test_cohort_view_reads_fields_of_the_report(self):
        view = self.env.ref('ecrm.ecrm_complaint_report_view_cohort')
        self.assertEqual(view.type, 'ecrm_cohort')
        node = etree.fromstring(view.arch)
        for name in ('date', 'age', 'part', 'whole'):
            self.assertIn(node.get(name), self.report._fields)
        for name in node.get('shared').split(','):
            self.assertFalse(self.report._is_of_delivery(name))
        views = self.report.with_user(self.user_marketing).get_views([(view.id, 'ecrm_cohort')])
        self.assertIn('part="founded"', views['views']['ecrm_cohort']['arch'])

    def test_cohort_view_of_an_unknown_field_or_attribute_is_refused(self):
        for arch, word in (
            ('<ecrm_cohort date="nothing" age="age" part="founded" whole="delivered"/>', 'nothing'),
            (
                '<ecrm_cohort date="date" age="age" part="founded" whole="delivered" colour="red"/>',
                'colour',
            ),
        ):
            with self.assertRaisesRegex(ValidationError, word):
                self.env['ir.ui.view'].create(
                    {'name': "Wrong", 'model': self.report._name, 'arch': arch}
                )

    def test_figure_leads_to_its_complaints_for_who_may_read_them(self):
        complaint = self._claim(self.january)
        report = self.report.with_user(self.user_manager)
        groups = report.formatted_read_group(
            [*self.mine, ('complaint_id', '!=', False)], ['complaint_id'], []
        )
        self.assertEqual([group['complaint_id'][0] for group in groups], complaint.ids)
        self.assertNotIn('complaint_id', self.report.with_user(self.user_marketing).fields_get())
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_marketing).formatted_read_group(
                self.mine, ['complaint_id'], []
            )

    # === WHO SEES WHAT === #

    def test_cost_is_kept_from_an_agent_who_sees_only_his_own(self):
        for user, may in (
            (self.user_agent, False),
            (self.user_all, True),
            (self.user_manager, True),
            (self.user_marketing, True),
        ):
            for model in ('ecrm.complaint.report', 'ecrm.complaint.top.cause'):
                shown = self.env[model].with_user(user).fields_get()
                self.assertEqual('quality_cost' in shown, may, (user.login, model))
        with self.assertRaises(AccessError):
            self.report.with_user(self.user_agent)._read_group([], [], ['quality_cost:sum'])

    def test_another_company_sees_nothing(self):
        self._claim(self.january)
        action = self._action()
        other = self.env['res.company'].create({'name': "Elsewhere"})
        foreigner = self._new_user('ecrm_foreign', 'ecrm.group_complaint_manager')
        foreigner.write({'company_ids': [Command.set(other.ids)], 'company_id': other.id})
        there = {'allowed_company_ids': other.ids}
        for model in ('ecrm.complaint.report', 'ecrm.complaint.top.cause', 'ecrm.complaint.action'):
            records = self.env[model].with_user(foreigner).with_context(**there)
            self.assertFalse(records.search([]), model)
        [(goods, rate)] = (
            self.report.with_user(foreigner)
            .with_context(**there)
            ._read_group([*self.mine, ('area', '!=', False)], [], ['delivered:sum', 'rate:avg'])
        )
        self.assertFalse(goods or rate)
        with self.assertRaises(AccessError):
            action.with_user(foreigner).with_context(**there).read(['name'])

    def test_lessons_are_closed_to_outsiders_the_workshop_and_marketing(self):
        action = self._action()
        for user in (
            self.user_portal,
            self.user_internal,
            self.user_production,
            self.user_marketing,
        ):
            with self.assertRaises(AccessError):
                action.with_user(user).read(['name'])
        for user in (self.user_portal, self.user_internal, self.user_production):
            with self.assertRaises(AccessError):
                self.env['ecrm.complaint.top.cause'].with_user(user).search([])
        with self.assertRaises(AccessError):
            action.with_user(self.user_agent).unlink()
        action.with_user(self.user_manager).unlink()

    # === CAUSES AND ACTIONS === #

    def _action(self, **values):
        return self.env['ecrm.complaint.action'].create(
            {
                'name': "Dry for twelve hours",
                'cause_id': self.cause.id,
                'company_id': self.company.id,
                'user_id': self.user_manager.id,
                **values,
            }
        )

    def test_effect_is_the_rate_before_and_after(self):
        self._claim(self.january, 4)
        self._claim(self.february, 1)
        self._claim(self.february, 1, cause_id=self.cause_late.id)
        action = self._action(
            state='done', date_done='2026-02-01', product_tmpl_id=self.product.product_tmpl_id.id
        )
        self.assertEqual((action.delivered_before, action.delivered_after), (8, 2))
        self.assertEqual((action.rate_before, action.rate_after), (50, 50))
        self.assertEqual(action.effect, 0)
        self._claim(self.january, 4)
        action.invalidate_recordset()
        self.assertEqual((action.rate_before, action.rate_after, action.effect), (100, 50, -50))
        family = self._action(
            cause_id=self.cause.parent_id.id,
            state='done',
            date_done='2026-02-01',
            product_tmpl_id=self.product.product_tmpl_id.id,
        )
        self.assertEqual(family.rate_before, 100)

    def test_effect_waits_for_goods_of_after(self):
        action = self._action(
            state='done', date_done='2026-02-21', product_tmpl_id=self.product.product_tmpl_id.id
        )
        self.assertEqual(action.delivered_before, 10)
        self.assertFalse(action.is_measured or action.effect)
        self.assertFalse(self._action().is_measured)

    def test_effects_of_a_list_are_read_together(self):
        actions = self._action(state='done', date_done='2026-02-01')
        for _index in range(5):
            actions |= self._action(state='done', date_done='2026-02-01')
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            actions.mapped('rate_before')

    def test_action_in_effect_has_a_day(self):
        action = self._action()
        action.state = 'done'
        self.assertEqual(action.date_done, fields.Date.context_today(action))
        action.state = 'planned'
        self.assertFalse(action.date_done)

    def test_top_causes_begin_with_the_worst_and_show_what_is_done(self):
        order = self._order_of(fields.Datetime.now() - timedelta(days=20), 4)
        self._claim(order, 3)
        self._claim(order, 1, cause_id=self.cause_late.id)
        action = self._action()
        dropped = self._action(state='dropped')
        top = (
            self.env['ecrm.complaint.top.cause']
            .with_user(self.user_manager)
            .search([('company_id', '=', self.company.id)])
        )
        self.assertEqual(top.mapped('founded'), sorted(top.mapped('founded'), reverse=True))
        mine = top.filtered(lambda cause: cause.cause_id == self.cause)
        [(goods, founded)] = self.report._read_group(
            [
                ('company_id', '=', self.company.id),
                (
                    'date',
                    '>',
                    fields.Date.subtract(fields.Date.context_today(self.report), months=12),
                ),
                ('date', '<=', fields.Date.context_today(self.report)),
            ],
            [],
            ['delivered:sum', 'founded:sum'],
        )
        self.assertAlmostEqual(mine.rate, 100 * mine.founded / goods)
        self.assertAlmostEqual(mine.share, 100 * mine.founded / founded)
        self.assertAlmostEqual(top[-1].share_with_worse, 100)
        self.assertIn(action, mine.action_ids)
        self.assertNotIn(dropped, mine.action_ids)
        self.assertEqual(mine.action_open_cause()['context'], {'default_cause_id': self.cause.id})

    def test_months_of_the_top_causes_come_from_the_filter_and_are_bounded(self):
        self._claim(self._order_of(fields.Datetime.now() - timedelta(days=150), 1), 1)
        top = self.env['ecrm.complaint.top.cause']

        def founded(months):
            found = top.with_context(ecrm_months=months).search(
                [('cause_id', '=', self.cause.id), ('company_id', '=', self.company.id)]
            )
            return found.founded if found else 0

        self.assertEqual(founded(12) - founded(3), 1)
        self.assertEqual(founded('12; DROP TABLE'), founded(12))
        self.assertEqual(founded(10**9), founded(60))

    def test_names_of_areas_and_channels_are_read_in_the_readers_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        for model, field in (
            ('ecrm.complaint.report', 'area'),
            ('ecrm.complaint.report', 'channel'),
            ('ecrm.complaint.top.cause', 'area'),
        ):
            source = self.env['ecrm.complaint']._fields[field]
            for lang in ('en_US', 'fr_FR'):
                env = self.env(context={'lang': lang})
                shown = env[model].fields_get([field], ['selection'])[field]['selection']
                self.assertEqual(shown, source._description_selection(env), (model, field, lang))
        labels = dict(
            self.env['ecrm.complaint.top.cause']
            .with_context(lang='fr_FR')
            .fields_get(['area'])['area']['selection']
        )
        self.assertEqual(labels['delivery'], "Livraison")

    def test_nothing_delivered_before_is_told_from_a_rate_of_nought(self):
        self._claim(self._order_of(fields.Datetime.now() - timedelta(days=20), 1), 1)
        top = self.env['ecrm.complaint.top.cause']
        mine = [('cause_id', '=', self.cause.id), ('company_id', '=', self.company.id)]
        self._order_of(fields.Datetime.now() - timedelta(days=70), 4)
        goods = top.with_context(ecrm_months=1).search(mine).delivered_before
        self._order_of(fields.Datetime.now() - timedelta(days=45), 4)
        self.env.invalidate_all()
        self.assertEqual(top.with_context(ecrm_months=1).search(mine).delivered_before - goods, 4)
