from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common_dimension import PRESETS, DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionProfile(DimensionCommon):
    def _price(self, text):
        return float(self.profile._compute_size_price(self.profile._read_size(text)).amount)

    def test_presets_keep_their_own_prices(self):
        for text, price in PRESETS:
            self.assertEqual(self._price(text), price)

    def test_a_custom_size_is_priced_by_the_rules(self):
        self.assertEqual(self._price('40x50'), 2000)
        self.assertEqual(self._price('1m x 80'), 8000)

    def test_a_changed_rate_is_used_at_once(self):
        self.assertEqual(self._price('40x50'), 2000)
        revision = self.profile.revision
        self.profile.area_rate = 20000
        self.assertEqual(self._price('40x50'), 4000)
        self.assertGreater(self.profile.revision, revision)

    def test_a_changed_preset_is_used_at_once(self):
        self.assertEqual(self._price('50x50'), 3400)
        self.profile.preset_ids.filtered('is_default').price = 3500
        self.assertEqual(self._price('50x50'), 3500)

    def test_the_list_price_of_products_follows_the_from_price(self):
        self.assertEqual(self.canvas.list_price, 3000)
        self.profile.preset_ids[0].price = 2800
        self.assertEqual(self.canvas.list_price, 2800)
        self.canvas.list_price = 1
        self.assertEqual(self.canvas.list_price, 2800)

    def test_a_size_outside_the_bounds_is_refused_by_name(self):
        with self.assertRaisesRegex(UserError, "width must be at most 200 cm"):
            self.profile._read_size('201x50')
        with self.assertRaisesRegex(UserError, "steps of 0.5 cm"):
            self.profile._read_size('40.2x50')
        with self.assertRaisesRegex(UserError, "At most 5 panels"):
            self.profile._read_size('40x50x6')

    def test_what_is_no_size_is_refused_with_an_example(self):
        for value in ('A4', '', None, float('nan'), {'width': 4}, [40, 50], '0x50', '1e9x50'):
            with self.assertRaisesRegex(UserError, "40/50", msg=repr(value)):
                self.profile._read_size(value)

    def test_a_price_that_falls_as_the_size_grows_warns(self):
        self.assertFalse(self.profile.price_warning)
        self.profile.preset_ids.filtered(lambda preset: preset.price == 7800).price = 4000
        self.assertIn('80 x 120 cm', self.profile.price_warning)

    def test_tiers_whose_whole_price_falls_at_a_bound_warn_and_slices_do_not(self):
        self.profile.write({
            'price_model': 'tiers', 'preset_ids': [Command.clear()],
            'tier_ids': [Command.create({'start': 0, 'rate': 9000}), Command.create({'start': 1, 'rate': 4000})],
        })  # fmt: skip
        self.assertIn("The price falls as the size grows", self.profile.price_warning)
        self.profile.tier_slab = True
        self.assertFalse(self.profile.price_warning)

    def test_the_try_out_shows_the_breakdown(self):
        with Form(self.profile) as form:
            form.try_size = '40/50*3'
            self.assertRegex(form.try_result, r'9\W200')
            form.try_size = '500x50'
            self.assertIn('at most 200 cm', form.try_result)

    def test_a_preset_shows_its_panels_to_the_scale_of_the_others(self):
        drawings = {p.ecrm_size_input: str(p.drawing) for p in self.profile.preset_ids}
        self.assertEqual(drawings['40x50x3'].count('<rect'), 3)
        self.assertEqual(drawings['50x50'].count('<rect'), 1)
        heights = [
            float(drawings[code].split(' height="')[2].split('"')[0])
            for code in ('50x50', '50x100')
        ]
        self.assertAlmostEqual(heights[1] / heights[0], 2, places=1)

    def test_a_tier_or_preset_that_moves_refreshes_the_profile_it_leaves(self):
        other = self.profile.copy()
        tier = self.env['ecrm.size.tier'].create(
            {'profile_id': self.profile.id, 'start': 0, 'rate': 5}
        )
        for part in (tier, self.profile.preset_ids[0]):
            if part._name == 'ecrm.size.preset':
                other.preset_ids.unlink()
            revisions = (self.profile.revision, other.revision)
            part.profile_id = other
            self.assertGreater(self.profile.revision, revisions[0], part)
            self.assertGreater(other.revision, revisions[1], part)
        revision = other.revision
        tier.unlink()
        self.assertGreater(other.revision, revision)
        self.assertEqual(self.canvas.list_price, 3400)

    def test_bad_bounds_and_bad_tables_are_refused(self):
        with self.assertRaises(ValidationError):
            self.profile.write({'min_width': 300})
        with self.assertRaises(ValidationError):
            self.profile.write({'price_model': 'grid'})
        for grid in (
            {'widths': [40, 30], 'heights': [50], 'rows': [[1, 2]]},
            {'widths': [40], 'heights': [50], 'rows': [[1, 2]]},
            {'widths': [40], 'heights': [50], 'rows': [[-1]]},
            {'widths': ['x'], 'heights': [50], 'rows': [[1]]},
            {'widths': [40]},
        ):
            with self.assertRaises(ValidationError, msg=grid):
                self.profile.write({'grid': grid})

    def test_many_products_take_a_profile_from_the_list(self):
        products = self.hook | self._new_product("Other")
        action = products.with_user(self.user_manager).action_ecrm_assign_profile()
        wizard = (
            self.env['ecrm.size.profile.assign']
            .with_user(self.user_manager)
            .with_context(**action['context'])
        )
        wizard.create({'profile_id': self.profile.id}).action_assign()
        self.assertEqual(products.ecrm_size_profile_id, self.profile)
        self.assertEqual(self.hook.list_price, 3000)

    def test_only_managers_change_profiles(self):
        self.assertEqual(self.profile.with_user(self.user_sales).name, "Test canvas")
        for user in (self.user_sales, self.user_portal):
            with self.assertRaises(AccessError):
                self.profile.with_user(user).area_rate = 1
            with self.assertRaises(AccessError):
                self.env['ecrm.size.profile.assign'].with_user(user).create(
                    {'product_tmpl_ids': self.hook.ids}
                )
        with self.assertRaises(AccessError):
            self.profile.with_user(self.user_portal).read(['area_rate'])
