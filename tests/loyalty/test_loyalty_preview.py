from random import Random

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

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
