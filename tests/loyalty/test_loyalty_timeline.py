from markupsafe import Markup

from odoo.tests import freeze_time, tagged

from odoo.addons.ecrm.tests.loyalty.common_loyalty import NOW, LoyaltyCommon


@tagged('post_install', '-at_install')
@freeze_time(NOW)
class TestLoyaltyTimeline(LoyaltyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._customer("Amina", email='amina@example.com')
        cls.again = cls._customer("Amina again", email='amina@example.com')
        cls.order = cls._order(cls.customer, 20, 70)
        cls._order(cls.again, 10, 30)
        cls.indicators._refresh_all()

    def _kinds(self, user=None):
        self.env.flush_all()
        rows = self.env['ecrm.timeline'].with_user(user or self.env.user)
        return rows.search(self.customer._ecrm_timeline_domain()).mapped('kind')

    def test_everything_stands_in_one_list_newest_first(self):
        self.env['crm.lead'].create(
            {'name': "Large canvas", 'partner_id': self.customer.id, 'company_id': self.shop.id}
        )
        words = "Hello"
        self.customer.message_post(body=words, message_type='comment')
        self.customer.activity_schedule('mail.mail_activity_data_call').action_feedback("Called")
        feedback = self.env['ecrm.feedback']._ask(self.order)
        feedback._answer(9, "Lovely")
        kinds = self._kinds()
        for kind in ('order', 'lead', 'mail', 'call', 'feedback'):
            self.assertIn(kind, kinds)
        self.assertEqual(kinds.count('order'), 2)
        rows = self.env['ecrm.timeline'].search(self.customer._ecrm_timeline_domain())
        dates = [row.date for row in rows if row.date]
        self.assertEqual(dates, sorted(dates, reverse=True))

    def test_amounts_are_read_from_the_record(self):
        row = self.env['ecrm.timeline'].search(
            [('res_model', '=', 'sale.order'), ('res_id', '=', self.order.id)]
        )
        self.assertAlmostEqual(row.amount, 70)
        self.assertEqual(row.action_open_record()['res_id'], self.order.id)
        self.assertFalse(self.env['ecrm.timeline']._fields['amount'].store)

    def test_the_card_shows_it_to_a_salesperson(self):
        card = self.customer.with_user(self.user_sales)
        self.assertEqual(card.ecrm_timeline_ids.mapped('kind').count('order'), 2)

    def test_every_kind_comes_from_the_record_where_it_happened(self):
        made = self._one_of_each()
        kinds = dict(self.env['ecrm.timeline']._fields['kind']._description_selection(self.env))
        self.assertEqual(made.keys(), kinds.keys(), "a kind without a test")
        self.env.flush_all()
        rows = self.env['ecrm.timeline'].search(self.customer._ecrm_timeline_domain())
        for kind, record in made.items():
            found = rows.filtered(
                lambda row, kind=kind, record=record: (
                    (row.kind, row.res_model, row.res_id) == (kind, record._name, record.id)
                )
            )
            self.assertTrue(found, kind)
            self.assertTrue(found[0].label and found[0].date, kind)
            self.assertEqual(found[0].partner_id.commercial_partner_id, self.customer, kind)

    def _one_of_each(self):
        """A record of every kind; all with the same customer."""
        customer, company = {'partner_id': self.customer.id}, {'company_id': self.shop.id}
        lead = self.env['crm.lead'].create({'name': "Large canvas", **customer, **company})
        self.customer.message_post(body=Markup("Hello"), message_type='comment')
        self.customer.activity_schedule('mail.mail_activity_data_todo').action_feedback("Done")
        lead.activity_schedule('mail.mail_activity_data_call').action_feedback("Called")
        feedback = self.env['ecrm.feedback']._ask(self.order)
        feedback._answer(9, "Lovely")
        complaint = self.env['ecrm.complaint'].create(
            {'name': "Torn", 'description': "Torn", **customer, **company}
        )
        return {
            'order': self.order,
            'quotation': self.env['sale.order'].create({**customer, **company}),
            'delivery': self._delivery(),
            'invoice': self._invoice(),
            'lead': lead,
            'form': self._form(),
            'call': lead,
            'activity': self.customer,
            'mail': self.customer,
            'complaint': complaint,
            'rating': self._rating(complaint),
            'feedback': feedback,
            'mailing': self._trace(),
            'visit': self._visit(),
        }

    def _delivery(self):
        warehouse = self.env['stock.warehouse'].search([('company_id', '=', self.shop.id)], limit=1)
        picking = self.env['stock.picking'].create(
            {
                'partner_id': self.customer.id,
                'picking_type_id': warehouse.out_type_id.id,
                'location_id': warehouse.lot_stock_id.id,
                'location_dest_id': self.env.ref('stock.stock_location_customers').id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_picking SET state = 'done', date_done = %s WHERE id = %s",
            [NOW, picking.id],
        )
        return picking

    def _invoice(self):
        journal = self.env['account.journal'].create(
            {'name': "Sales", 'code': 'TL', 'type': 'sale', 'company_id': self.shop.id}
        )
        move = self.env['account.move'].create(
            {
                'move_type': 'out_invoice',
                'partner_id': self.customer.id,
                'journal_id': journal.id,
                'invoice_date': NOW.date(),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET state = 'posted', name = 'TL/1' WHERE id = %s", [move.id]
        )
        return move

    def _form(self):
        source = self.env['ecrm.source'].search([], limit=1)
        return self.env['ecrm.submission'].create(
            {
                'source_id': source.id,
                'company_id': self.shop.id,
                'kind': 'contact',
                'idempotency_key': 'timeline',
                'partner_id': self.customer.id,
            }
        )

    def _rating(self, complaint):
        return self.env['rating.rating'].create(
            {
                'res_model_id': self.env['ir.model']._get_id(complaint._name),
                'res_id': complaint.id,
                'partner_id': self.customer.id,
                'rating': 4,
                'consumed': True,
            }
        )

    def _trace(self):
        mailing = self.env['mailing.mailing'].create(
            {
                'subject': "News",
                'body_html': "<p>News</p>",
                'mailing_model_id': self.env['ir.model']._get_id('res.partner'),
            }
        )
        return self.env['mailing.trace'].create(
            {
                'mass_mailing_id': mailing.id,
                'model': 'res.partner',
                'res_id': self.customer.id,
                'trace_status': 'open',
                'sent_datetime': NOW,
            }
        )

    def _visit(self):
        visitor = self.env['website.visitor'].create(
            {'access_token': str(self.customer.id), 'partner_id': self.customer.id}
        )
        self.env['website.track'].create(
            [
                {'visitor_id': visitor.id, 'visit_datetime': NOW},
                {'visitor_id': visitor.id, 'visit_datetime': NOW},
            ]
        )
        return visitor

    def test_codes_are_told_in_words(self):
        self._trace(), self._visit(), self._form()
        self.env.flush_all()
        rows = self.env['ecrm.timeline'].search(self.customer._ecrm_timeline_domain())
        told = {row.kind: (row.label, row.detail) for row in rows}
        self.assertEqual(told['mailing'], ("News", "Opened"))
        self.assertEqual(told['visit'][0], "Pages seen on the site: 2")
        self.assertNotEqual(told['form'][0], 'contact')
        self.assertEqual(self.customer.ecrm_mailing_count, 1)
        context = self.customer.action_ecrm_open_mailings()['context']
        self.assertEqual(context, {'search_default_mailings': 1})

    def test_the_cards_buttons_open_the_list_filtered(self):
        self.assertEqual(self.customer.action_ecrm_open_timeline()['context'], {})
        asked = self.customer.with_context(search_default_voice=1, active_id=7)
        action = asked.action_ecrm_open_timeline()
        self.assertEqual(action['context'], {'search_default_voice': 1})
        self.assertEqual(action['res_model'], 'ecrm.timeline')

    def test_complaint_brought_from_elsewhere_stands_at_the_day_it_was_received(self):
        complaint = self.env['ecrm.complaint'].create(
            {
                'name': "Torn",
                'partner_id': self.customer.id,
                'company_id': self.shop.id,
                'received_at': '2024-02-29 10:00:00',
            }
        )
        self.env.flush_all()
        row = self.env['ecrm.timeline'].search(
            [('res_model', '=', complaint._name), ('res_id', '=', complaint.id)]
        )
        row = row.filtered(lambda line: line.kind == 'complaint')
        self.assertEqual(str(row.date), '2024-02-29 10:00:00')

    def test_notes_on_complaints_stay_with_their_agents(self):
        complaint = self.env['ecrm.complaint'].create(
            {'name': "Torn", 'partner_id': self.customer.id, 'company_id': self.shop.id}
        )
        note = complaint.message_post(body=Markup("Between us"), subtype_xmlid='mail.mt_note')
        note.is_internal = True
        complaint.message_post(
            body=Markup("To the customer"), message_type='comment', subtype_xmlid='mail.mt_comment'
        )
        self.env.flush_all()
        rows = self.env['ecrm.timeline'].search(
            [*self.customer._ecrm_timeline_domain(), ('res_model', '=', 'ecrm.complaint')]
        )
        self.assertIn("To the customer", rows.mapped('name'))
        self.assertNotIn("Between us", rows.mapped('name'))

    def test_another_company_is_left_out(self):
        other = self.env['res.company'].create({'name': "Other", 'currency_id': self.eur.id})
        marketer = self._new_user('ecrm_other', 'ecrm.group_marketing')
        marketer.write({'company_ids': other.ids, 'company_id': other.id})
        rows = self.env['ecrm.timeline'].with_user(marketer)
        rows = rows.with_context(allowed_company_ids=other.ids)
        self.assertFalse(
            rows.search([('res_model', '=', 'sale.order'), ('res_id', '=', self.order.id)])
        )
