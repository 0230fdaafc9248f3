from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyGlance(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amina = cls._customer("Amina", email='amina@example.com', phone='+213661223344')
        cls.guest = cls._customer("Amina again", email='amina@example.com')
        cls.order = cls._order(cls.amina, 60)
        cls._order(cls.amina, 40)
        cls.last = cls._order(cls.guest, 20)
        cls.indicators._refresh_all()

    def _record(self, identity, purpose, status):
        self.env['ecrm.consent']._record(self.shop, identity, purpose, status, 'portal')
        self.env.invalidate_all()

    def test_what_the_customer_buys_is_counted_over_all_the_cards(self):
        lamp = self.env['product.product'].create({'name': "Lamp", 'type': 'service'})
        self._order(self.guest, 5).order_line.write({'product_id': lamp.id, 'price_unit': 10})
        self.last.order_line.product_uom_qty = 2
        self.env.invalidate_all()
        self.assertEqual(self._in('en_US').ecrm_products_note, "Canvas × 4, Lamp × 1")
        self.assertFalse(self.amina.ecrm_sizes_note)

    def test_sizes_are_named_as_on_the_order(self):
        self.patch(self.registry['sale.order.line'], '_compute_ecrm_size_label', _fifty_by_fifty)
        self.env.invalidate_all()
        self.assertEqual(self.amina.ecrm_sizes_note, "50 × 50 cm × 3")

    def test_the_rhythm_is_told_in_a_sentence(self):
        self.assertIn("about every 20 days; the last order, 20 days", self._note(self.amina))
        with freeze_time(NOW + timedelta(days=40)):
            self.env.invalidate_all()
            self.assertIn("silent for 60 days", self._note(self.amina))
        once = self._customer("Once")
        self._order(once, 3)
        self.indicators._refresh_all()
        self.assertIn("3 days ago", self._note(once))

    def test_why_no_chance_is_shown_stands_below(self):
        self.assertFalse(self.amina.ecrm_has_prediction)
        reason = self.env['ecrm.customer.fit']._last(self.shop).message
        self.assertTrue(reason)
        self.assertEqual(self._note(self.amina).splitlines()[-1], reason)

    def test_whoever_has_no_chance_yet_is_told_why(self):
        prospect = self._customer("Prospect")
        self.assertIn("from the first order on", self._note(prospect))
        fit = self.env['ecrm.customer.fit']._last(self.shop)
        fit.write({'state': 'good', 'reason': False})
        self.env.invalidate_all()
        self.assertIn("this customer's is still to come", self._note(self.amina))

    def test_feedback_and_complaints_are_summed_up_without_their_words(self):
        self.env['ecrm.feedback']._ask(self.last)._answer(8, "My secret words")
        complaint = self.env['ecrm.complaint'].create(
            {
                'name': "Torn",
                'partner_id': self.amina.id,
                'company_id': self.shop.id,
                'description': "More secret words",
            }
        )
        complaint.score = 4
        self.env.invalidate_all()
        note = self._in('en_US').ecrm_voice_note
        self.assertIn("8.0 out of 10", note)
        self.assertIn("Complaints: 1, of which open: 1; 33 per 100 orders.", note)
        self.assertIn("4.0 out of 5", note)
        self.assertNotIn("secret", note)

    def test_the_last_word_of_the_register_stands_on_the_card(self):
        self.assertIn("No consent", self.amina.ecrm_contact_note)
        self._record('amina@example.com', 'newsletter', 'given')
        self.assertIn("given on", self.amina.ecrm_contact_note)
        self._record('amina@example.com', 'newsletter', 'withdrawn')
        self.assertIn("withdrawn on", self.amina.ecrm_contact_note)
        self.env['mail.blacklist']._add('amina@example.com')
        self.env.invalidate_all()
        self.assertIn("on the blacklist", self.amina.ecrm_contact_note)

    def test_another_company_keeps_its_own_register(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.env['ecrm.consent']._record(
            other, 'amina@example.com', 'newsletter', 'withdrawn', 'portal'
        )
        self.assertIn("No consent", self.amina.ecrm_contact_note)
        cards = self.env['res.partner']
        self.assertNotIn('amina@example.com', cards._ecrm_unwilling(self.shop, 'newsletter'))
        self.assertIn('amina@example.com', cards._ecrm_unwilling(other, 'newsletter'))

    def test_who_is_no_user_of_the_ecrm_reads_none_of_it(self):
        names = ['ecrm_products_note', 'ecrm_voice_note', 'ecrm_contact_note', 'ecrm_timeline_ids']
        for user in (self.user_portal, self.user_internal, self.user_workshop):
            for name in names:
                with self.assertRaises(AccessError):
                    user.partner_id.with_user(user).read([name])

    def test_a_new_card_is_empty(self):
        card = self.env['res.partner'].with_user(self.user_sales).new({'name': "Draft"})
        self.assertFalse(card.ecrm_products_note)
        self.assertFalse(card.ecrm_voice_note)
        self.assertFalse(card.ecrm_prediction_note and "Orders" in card.ecrm_prediction_note)
        self.assertEqual(card.ecrm_mailing_count, 0)

    def _in(self, lang):
        """The card as a salesperson of a language reads it."""
        return self.amina.with_user(self.user_sales).with_context(lang=lang)

    def test_numbers_are_written_as_the_reader_writes_them(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.last.order_line.product_uom_qty = 2.5
        self.env['ecrm.feedback']._ask(self.last)._answer(7, '')
        self.env['ecrm.feedback']._ask(self.order)._answer(8, '')
        self.env.invalidate_all()
        for lang, average, bought in (('en_US', '7.5', '4.50'), ('fr_FR', '7,5', '4,50')):
            self.assertIn(average, self._in(lang).ecrm_voice_note)
            self.assertEqual(self._in(lang).ecrm_products_note, f"Canvas × {bought}")

    def _note(self, partner):
        return partner.with_user(self.user_sales).ecrm_prediction_note


def _fifty_by_fifty(lines):
    for line in lines:
        line.ecrm_size_label = "50 × 50 cm"
