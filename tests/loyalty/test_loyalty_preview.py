from random import Random

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import format_date

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyPreview(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        random = Random(6)
        cls.shop.write({'ecrm_gate_customers': 30})
        cls.customers = cls.env['res.partner'].create([{'name': f"P{i}"} for i in range(40)])
        for place, partner in enumerate(cls.customers):
            for _order in range(1 + place % 4):
                cls._order(partner, random.randint(5, 400), random.randint(20, 200))
        cls.indicators._refresh_all()
        cls.rows = cls.indicators.search([('company_id', '=', cls.shop.id)])

    def _form(self):
        return Form(self.env['ecrm.loyalty.preview'].with_user(self.user_manager))

    def _bands(self):
        bands = dict.fromkeys(('low', 'medium', 'high'), 0)
        for row in self.rows.filtered('has_prediction'):
            bands[row.churn_band] += 1
        return bands

    def test_nothing_changed_moves_nobody(self):
        form = self._form()
        self.assertTrue(form.has_model)
        for html in (form.band_moves, form.segment_moves):
            self.assertIn("No customer moves.", html)
            self.assertIn("After saving", html)

    def test_bands_previewed_are_those_after_saving(self):
        form = self._form()
        form.churn_medium, form.churn_high = 0.3, 0.5
        preview = form.save()
        fit = self.env['ecrm.customer.fit']._last_good(self.shop)
        moves = preview._count_band_moves(fit)
        before = {band: sum(n for old, _new, n in moves if old == band) for band in self._bands()}
        after = {band: sum(n for _old, new, n in moves if new == band) for band in self._bands()}
        self.assertEqual(before, self._bands())
        self.assertNotEqual(before, after)
        preview.action_apply()
        self.env.invalidate_all()
        self.assertEqual(after, self._bands())

    def test_another_horizon_is_previewed_as_the_model_would_predict_it(self):
        form = self._form()
        form.horizon_days = 700
        preview = form.save()
        fit = self.env['ecrm.customer.fit']._last_good(self.shop)
        moves = preview._count_band_moves(fit)
        self.assertEqual(self.shop.ecrm_horizon_days, 180)
        preview.action_apply()
        self.assertEqual(self.shop.ecrm_horizon_days, 700)
        self.indicators._predict(self.shop)
        self.env.invalidate_all()
        after = {band: sum(n for _old, new, n in moves if new == band) for band in self._bands()}
        self.assertEqual(after, self._bands())

    def test_segments_previewed_are_those_after_saving(self):
        form = self._form()
        index = next(
            i
            for i in range(len(self.env['ecrm.customer.segment'].search([])) - 1)
            if form.row_ids.edit(i).segment_id.code == 'champions'
        )
        with form.row_ids.edit(index) as row:
            row.r_min = row.f_min = row.m_min = 1
        self.assertNotIn("No customer moves.", form.segment_moves)
        preview = form.save()
        moves = preview._count_segment_moves()
        champions = self.env.ref('ecrm.segment_champions', raise_if_not_found=False)
        champions = champions or self.env['ecrm.customer.segment'].search(
            [('code', '=', 'champions')]
        )
        self.assertEqual({new for _old, new in moves}, {champions.id})
        preview.action_apply()
        self.indicators._score(self.shop)
        self.env.invalidate_all()
        self.assertEqual(self.rows.filtered('order_count').segment_id, champions)

    def test_frequency_thresholds_previewed_are_those_after_saving(self):
        for rule, bounds in (('absolute', '1, 2, 3, 4'), ('quintile', '')):
            with self.subTest(rule):
                form = self._form()
                form.frequency_rule = rule
                if rule == 'absolute':
                    form.frequency_bounds = bounds
                self.assertNotIn("No customer moves.", form.segment_moves)
                preview = form.save()
                after = {}
                for (_old, new), count in preview._count_segment_moves().items():
                    after[new] = after.get(new, 0) + count
                preview.action_apply()
                self.assertEqual(self.shop.ecrm_frequency_rule, rule)
                self.env['ecrm.customer.threshold']._renew(self.shop)
                self.indicators._score(self.shop)
                self.env.invalidate_all()
                found = {}
                for row in self.rows.filtered('order_count'):
                    found[row.segment_id.id] = found.get(row.segment_id.id, 0) + 1
                self.assertEqual(found, after)

    def test_the_rules_are_named_in_the_language_of_who_looks(self):
        preview = self.env['ecrm.loyalty.preview'].with_context(lang='fr_FR')
        company = self.shop.with_context(lang='fr_FR')
        rules = preview.fields_get(['frequency_rule'])['frequency_rule']['selection']
        told = company.fields_get(['ecrm_frequency_rule'])['ecrm_frequency_rule']['selection']
        self.assertEqual(rules, told)
        self.assertNotIn("By number of orders", dict(rules).values())

    def test_the_preview_says_which_thresholds_are_in_force_since_when(self):
        form = self._form()
        self.assertIn("1 | 2 | 3 | 4 to 5 | 6 or more", form.threshold_note)
        day = format_date(self.env(user=self.user_manager), NOW.date())
        self.assertIn(f"In force since {day}", form.threshold_note)
        form.frequency_bounds = '3, 5, 8, 12'
        self.assertIn("up to 2 | 3 to 4 | 5 to 7 | 8 to 11 | 12 or more", form.threshold_note)

    def test_half_typed_thresholds_move_nobody_and_are_refused(self):
        for text in ('2, 3', '6, 4, 3, 2', 'many'):
            with self.subTest(text):
                form = self._form()
                form.frequency_bounds = text
                self.assertIn("four growing numbers", form.threshold_note)
                self.assertIn("No customer moves.", form.segment_moves)
                with self.assertRaises(ValidationError), self.env.cr.savepoint():
                    form.save().action_apply()
        self.assertEqual(self.shop.ecrm_frequency_bounds, '2, 3, 4, 6')

    def test_the_page_of_the_model_shows_the_thresholds_of_its_day(self):
        fit = self.env['ecrm.customer.fit'].with_user(self.user_marketing)._last_good(self.shop)
        page = fit.with_user(self.user_marketing)
        self.assertEqual(page.threshold_id.date, fit.date)
        self.assertIn("In force since", page.threshold_table)
        for text in ("Days since the last order", "6 or more", "below "):
            self.assertIn(text, page.threshold_table)
        fit.sudo().date = '2020-01-01'
        self.assertFalse(page.threshold_table, "no thresholds were kept that long ago")

    def test_thresholds_read_as_people_say_them(self):
        threshold = self.env['ecrm.customer.threshold']._current(self.shop)
        threshold.sudo().write(
            {f'recency_{rank}': bound for rank, bound in enumerate((11, 20.5, 20.6, 40), start=1)}
        )
        self.assertEqual(
            threshold._spans('recency'),
            ["40 or more", "21 to 39", "nobody", "11 to 20", "up to 10"],
        )

    def test_a_table_with_holes_is_refused_and_nothing_is_saved(self):
        preview = self._form().save()
        preview.row_ids.write({'r_min': 5, 'r_max': 5})
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            preview.action_apply()
        self.assertIn("None", preview.segment_moves)

    def test_half_typed_bounds_show_no_effect_and_are_refused(self):
        form = self._form()
        form.churn_medium = 0.99
        self.assertIn("No customer moves.", form.band_moves)

    def test_another_companys_customers_are_not_counted(self):
        preview = self._form().save()
        elsewhere = preview.with_company(self.company)
        self.assertEqual(
            sum(preview._count_segment_moves().values()), len(self.rows.filtered('order_count'))
        )
        self.assertNotEqual(elsewhere._count_segment_moves(), preview._count_segment_moves())

    def test_only_a_manager_previews_and_saves(self):
        preview = self._form().save()
        for user in (self.user_marketing, self.user_sales, self.user_internal, self.user_portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env['ecrm.loyalty.preview'].with_user(user).create({})
                with self.assertRaises(AccessError):
                    preview.with_user(user).action_apply()

    def test_the_calibration_chart_draws_every_line_to_scale(self):
        fit = self.env['ecrm.customer.fit']._last_good(self.shop)
        self.assertTrue(fit.line_ids)
        self.assertEqual(fit.chart.count('o_ecrm_bar'), 2 * len(fit.line_ids))
        self.assertEqual(fit.chart.count('width: 80.0%'), 1)
