from unittest.mock import patch

import odoo.http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import LoyaltyCommon


@tagged('post_install', '-at_install')
class TestLoyaltyCompanions(LoyaltyCommon, HttpCase):
    """A canvas sold by size, a frame and a print that go with it, and what the customer has already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang='en_US'))
        cls.user_sales.lang = 'en_US'
        cls.canvas = cls._sized("Tour Canvas", max_width=200)
        cls.frame = cls._sized("Tour Frame", max_width=100)
        cls.hook, cls.owned, cls.rug = cls.env['product.template'].create(
            [
                {'name': name, 'type': 'service', 'is_published': True, 'list_price': 5}
                for name in ("Tour Hook", "Tour Owned", "Tour Rug")
            ]
        )
        cls.env['ecrm.product.pair'].create(
            [
                {
                    'company_id': company.id,
                    'product_id': one.id,
                    'other_id': other.id,
                    'customer_count': 2,
                    'score': score,
                }
                for one, other, score in (
                    (cls.canvas, cls.frame, 0.9),
                    (cls.canvas, cls.hook, 0.5),
                    (cls.canvas, cls.owned, 0.4),
                    (cls.rug, cls.frame, 0.3),
                )
                for company in (cls.shop, cls.company)
            ]
        )
        cls.customer = cls._customer("Tour Buyer", email='buyer@example.com', lang='en_US')
        cls._bought(cls.owned).action_confirm()
        cls.quote = cls._bought(cls.canvas, ecrm_size_input='30x60')

    @classmethod
    def _sized(cls, name, max_width):
        profile = cls.env['ecrm.size.profile'].create(
            {
                'name': name,
                'company_id': False,
                'currency_id': cls.eur.id,
                'min_width': 20,
                'max_width': max_width,
                'min_height': 20,
                'max_height': 200,
                'step': 0.5,
                'price_model': 'area',
                'area_rate': 100,
            }
        )
        return cls.env['product.template'].create(
            {
                'name': name,
                'type': 'service',
                'is_published': True,
                'ecrm_size_profile_id': profile.id,
                'taxes_id': False,
            }
        )

    @classmethod
    def _bought(cls, template, **line):
        return cls.env['sale.order'].create(
            {
                'partner_id': cls.customer.id,
                'user_id': cls.user_sales.id,
                'order_line': [
                    Command.create(
                        {'product_id': template.product_variant_id.id, 'tax_ids': False, **line}
                    )
                ],
            }
        )

    def _add(self, template, order=None, user=None):
        order = (order or self.quote).with_user(user or self.user_sales)
        order.action_ecrm_add_companion(template.id)
        return order.order_line.sudo().filtered(
            lambda line: line.product_id.product_tmpl_id == template
        )

    def test_a_sized_companion_comes_at_the_size_of_the_line(self):
        line = self._add(self.frame)
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm), (300, 600))
        self.assertAlmostEqual(line.price_unit, 18)
        self.assertNotIn(self.frame, self.quote.ecrm_companion_ids)

    def test_the_last_line_whose_size_it_comes_in_is_followed(self):
        for size in ('40x80', '150x150'):
            self.quote.order_line = [
                Command.create(
                    {
                        'product_id': self.canvas.product_variant_id.id,
                        'ecrm_size_input': size,
                        'tax_ids': False,
                    }
                )
            ]
        line = self._add(self.frame)
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm), (400, 800))

    def test_a_size_that_it_is_not_made_in_is_left_to_be_typed(self):
        order = self._bought(self.canvas, ecrm_size_input='150x150')
        line = self._add(self.frame, order)
        self.assertFalse(line.ecrm_width_mm)
        self.assertIn("Type the size", line.ecrm_size_problem)

    def test_a_companion_without_sizes_has_none(self):
        line = self._add(self.hook)
        self.assertFalse(line.ecrm_width_mm)
        self.assertEqual(line.price_unit, 5)

    def test_what_he_owns_and_what_is_not_proposed_are_not_added(self):
        self.assertEqual(self.quote.ecrm_companion_ids, self.frame | self.hook)
        for template in (self.owned, self.canvas, self.product.product_tmpl_id):
            with self.subTest(template.name), self.assertRaises(UserError):
                self._add(template)
        self._add(self.frame)
        with self.assertRaises(UserError):
            self._add(self.frame)
        self.assertEqual(len(self.quote.order_line), 2)

    def test_nothing_is_added_to_a_closed_order(self):
        self.quote.action_confirm()
        self.quote.locked = True
        with self.assertRaisesRegex(UserError, "locked or cancelled"):
            self._add(self.frame)
        other = self._bought(self.canvas, ecrm_size_input='30x60')
        other._action_cancel()
        with self.assertRaisesRegex(UserError, "locked or cancelled"):
            self._add(self.frame, other)

    def test_only_who_may_write_the_order_adds_to_it(self):
        for user in (self.user_portal, self.user_internal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._add(self.frame, user=user)
        self.quote.user_id = self.user_manager
        with self.assertRaises(AccessError):
            self._add(self.frame)  # another salesperson's
        self.assertEqual(len(self.quote.order_line), 1)

    def test_a_salesperson_adds_it_with_one_click(self):
        self.start_tour(
            f'/odoo/action-sale.action_quotations/{self.quote.id}',
            'ecrm_loyalty_add_companion',
            login='ecrm_sales',
        )
        line = self.quote.order_line - self.quote.order_line[0]
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm), (300, 600))

    def test_a_shopper_sees_in_the_cart_what_goes_with_it(self):
        self.start_tour(self.rug.website_url, 'ecrm_loyalty_cart_companions')

    def _open_confirmation(self, order):
        """The page a shopper lands on after his order."""
        self.authenticate(None, None)
        self.session['sale_last_order_id'] = order.id
        odoo.http.root.session_store.save(self.session)
        return self.url_open('/shop/confirmation').text

    def test_the_page_after_the_order_proposes_and_skips_what_he_owns(self):
        self.quote.website_id = self.website
        self.quote.action_confirm()
        page = self._open_confirmation(self.quote)
        self.assertIn("Goes well with it", page)
        self.assertIn(self.frame.website_url, page)
        self.assertNotIn("Tour Owned", page)

    def test_without_companions_the_page_says_nothing_of_them(self):
        order = self._bought(self.hook)
        order.website_id = self.website
        order.action_confirm()
        page = self._open_confirmation(order)
        self.assertIn(order.name, page)
        self.assertNotIn("Goes well with it", page)

    def test_a_product_without_a_variant_is_refused_in_words(self):
        templates = self.env.registry['product.template']
        nothing = self.env['product.product']
        with (
            patch.object(templates, '_create_product_variant', lambda *args, **kwargs: nothing),
            self.assertRaisesRegex(UserError, "no variant for sale"),
        ):
            self._add(self.frame)
