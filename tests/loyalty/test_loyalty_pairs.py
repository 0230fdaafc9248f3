from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyPairs(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp, cls.frame, cls.hook, cls.rug = cls.env['product.product'].create(
            [{'name': name, 'type': 'service'} for name in ("Lamp", "Frame", "Hook", "Rug")]
        )
        cls.buyers = [cls._customer(f"Buyer {i}") for i in range(4)]
        for i, products in enumerate(
            (cls.lamp | cls.frame, cls.lamp | cls.frame | cls.hook, cls.lamp | cls.hook | cls.frame)
        ):
            for product in products:
                cls._bought(cls.buyers[i], product)
        cls._bought(cls.buyers[3], cls.lamp | cls.rug)
        cls.pairs = cls.env['ecrm.product.pair']
        cls.pairs._rebuild()

    @classmethod
    def _bought(cls, partner, products, confirm=True):
        order = cls.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'order_line': [
                    Command.create({'product_id': p.id, 'price_unit': 10, 'tax_ids': False})
                    for p in products
                ],
            }
        )
        if confirm:
            order.action_confirm()
        return order

    def _pair(self, one, other):
        return self.pairs.search(
            [
                ('company_id', '=', self.shop.id),
                ('product_id', '=', one.product_tmpl_id.id),
                ('other_id', '=', other.product_tmpl_id.id),
            ]
        )

    def test_products_of_one_customer_pair_over_several_orders(self):
        pair = self._pair(self.lamp, self.frame)
        self.assertEqual(pair.customer_count, 3)
        self.assertAlmostEqual(pair.score, 3 / (4 * 3) ** 0.5)
        self.assertFalse(self._pair(self.lamp, self.rug), "one customer is no pattern")

    def test_a_second_count_writes_nothing_new(self):
        ids = self.pairs.search([]).ids
        self.pairs._rebuild()
        self.assertEqual(self.pairs.search([]).ids, ids)

    def test_an_order_is_told_what_goes_with_it_but_not_what_he_owns(self):
        fresh = self._bought(self._customer("Fresh"), self.lamp, confirm=False)
        frame, hook = self.frame.product_tmpl_id, self.hook.product_tmpl_id
        self.assertEqual(fresh.ecrm_companion_ids, frame | hook)
        owner = self._bought(self.buyers[0], self.lamp, confirm=False)
        self.assertEqual(owner.ecrm_companion_ids, hook)

    def test_a_visitor_and_an_empty_cart_are_served(self):
        website = self.env['website'].create({'name': "Shop", 'company_id': self.shop.id})
        cart = self._bought(website.user_id.partner_id, self.lamp, confirm=False)
        cart.website_id = website
        self.assertEqual(len(cart._ecrm_companions()), 2)
        self.assertFalse(cart._ecrm_published_companions())
        self.frame.product_tmpl_id.is_published = True
        self.assertEqual(cart._ecrm_published_companions(), self.frame.product_tmpl_id)
        self.assertFalse(self.env['sale.order'].new({}).ecrm_companion_ids)

    def test_archived_products_are_not_proposed(self):
        self.frame.product_tmpl_id.action_archive()
        cart = self._bought(self._customer("Fresh"), self.lamp, confirm=False)
        self.assertEqual(cart._ecrm_companions(), self.hook.product_tmpl_id)
