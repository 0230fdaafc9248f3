from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.models.loyalty import customer_link
from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyGuests(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.algeria = cls.env.ref('base.dz')

    def _guest(self, name, **values):
        return self._customer(name, country_id=self.algeria.id, **values)

    def test_a_guest_who_comes_back_is_one_customer(self):
        first = self._guest("Amina", email="Amina@Example.com")
        second = self._guest("amina b.", email='"A" <amina@example.com>')
        self._order(first, 40, 10)
        self._order(second, 10, 20)
        row = self._row(first)
        self.assertEqual((row.order_count, row.net_revenue, row.median_gap), (2, 30, 30))
        self.assertFalse(self._row(second))
        self.assertEqual(second.ecrm_order_count, 2)

    def test_mail_and_phone_join_guests_through_each_other(self):
        first = self._guest("A", email='x1@example.com')
        second = self._guest("B", email='x1@example.com', phone='0661 12 34 56')
        third = self._guest("C", phone='+213 661 12 34 56')
        stranger = self._guest("D", phone='0661 99 99 99')
        for guest in (first, second, third, stranger):
            self._order(guest)
        self.assertEqual(self._row(first).order_count, 3)
        self.assertEqual(self._row(stranger).order_count, 1)

    def test_a_guest_who_has_an_account_is_its_owner(self):
        guest = self._guest("Portal", email=self.user_portal.email)
        self._order(guest, 3, 10)
        self._order(self.partner, 2, 20)
        self.assertAlmostEqual(self._row(self.partner).net_revenue, 30)
        self.assertFalse(self._row(guest))

    def test_two_accounts_with_one_phone_stay_two_customers(self):
        self.partner.phone = self.user_internal.partner_id.phone = '+213661123456'
        guest = self._guest("Who", phone='0661123456')
        for partner in (self.partner, self.user_internal.partner_id, guest):
            self._order(partner)
        rows = [
            self._row(p).order_count for p in (self.partner, self.user_internal.partner_id, guest)
        ]
        self.assertEqual(rows, [1, 1, 1])

    def test_companies_are_never_joined(self):
        one = self._guest("Hotel A", is_company=True, email='info@example.com')
        two = self._guest("Hotel B", is_company=True, email='info@example.com')
        self._order(one)
        self._order(two)
        self.assertEqual((self._row(one).order_count, self._row(two).order_count), (1, 1))

    def test_a_filler_address_joins_nobody(self):
        self.patch(customer_link, 'GUEST_KEY_LIMIT', 3)
        guests = [self._guest(f"G{i}", email='no@example.com') for i in range(5)]
        for guest in guests:
            self._order(guest)
        self.assertEqual(self._row(guests[0]).order_count, 1)
        self.indicators._refresh_partners([guests[1].id])
        self.assertEqual(guests[1].ecrm_order_count, 1)

    def test_the_small_refresh_groups_as_the_large_one(self):
        guests = [
            self._guest("A", email='y1@example.com'),
            self._guest("B", email='y1@example.com', phone='0661 22 34 56'),
            self._guest("C", phone='0661223456'),
        ]
        for guest in guests:
            self._order(guest)
        self.indicators._refresh_partners([guests[2].id])
        links = {(link.partner_id, link.customer_id) for link in self._links(guests)}
        self.assertEqual(links, {(guests[1], guests[0]), (guests[2], guests[0])})
        self.indicators._refresh_all()
        self.assertEqual({(li.partner_id, li.customer_id) for li in self._links(guests)}, links)

    def test_a_corrected_phone_parts_two_customers(self):
        one = self._guest("A", phone='0661 32 34 56')
        two = self._guest("B", phone='0661 32 34 56')
        self._order(one)
        self._order(two)
        self.assertEqual(self._row(one).order_count, 2)
        two.phone = '0661 00 00 01'
        self.indicators._refresh_partners(self.env['ecrm.customer.dirty']._take(100000))
        self.env.invalidate_all()
        self.assertEqual((one.ecrm_order_count, two.ecrm_order_count), (1, 1))

    def _links(self, guests):
        return self.env['ecrm.customer.link'].search([('partner_id', 'in', [g.id for g in guests])])
