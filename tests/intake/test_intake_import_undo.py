from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.intake import ecrm_import as import_module
from ...models.intake import ecrm_import_undo as undo_module
from .common_intake import IntakeCommon

HEADER = "nom;tel;ref;taille;prix;ville\n"


@tagged('post_install', '-at_install')
class TestIntakeImportUndo(IntakeCommon):
    def _imported(self, *phones):
        lines = ''.join(
            f"Client {chr(97 + n % 26)}li;{phone};U001;30x60;3000;oran\n"
            for n, phone in enumerate(phones)
        )
        record = (
            self.env['ecrm.import'].with_user(self.user_manager).create({'pasted': HEADER + lines})
        )
        record.action_read()
        with patch.object(import_module, 'AT_ONCE', len(phones) + 1):
            record.action_import()
        self.assertEqual((record.state, record.done_count), ('done', len(phones)))
        return record

    def _undo_in_steps(self, record, step):
        """Undo as the scheduled action does, ``step`` rows a transaction; return how far it was each time."""
        progress = []
        with patch.object(undo_module, 'AT_ONCE', 0):
            record.action_undo()
        self.assertEqual((record.state, record.progress), ('undoing', 0))
        while record.state == 'undoing':
            record.sudo()._undo_batch(step)
            progress.append(round(record.progress))
        return progress

    def test_a_large_import_is_taken_back_by_itself(self):
        record = self._imported(*(f'0661{n:06}' for n in range(305)))
        orders, partners = record.row_ids.order_id, record.row_ids.partner_id
        record.action_undo()
        self.assertEqual((record.state, len(orders.exists())), ('undoing', 305))
        self.assertIn("being taken back", record.summary)
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_import').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((record.state, record.done_count), ('undone', 0))
        self.assertFalse(orders.exists() or partners.exists() or record.product_ids.exists())
        self.assertIn("nothing of it is left", record.summary)

    def test_the_bar_shows_how_far_it_is(self):
        record = self._imported(*(f'0661{n:06}' for n in range(6)))
        self.assertEqual(self._undo_in_steps(record, 3)[:-1], [25, 50, 75, 100])

    def test_a_customer_of_rows_far_apart_goes_with_his_last_order(self):
        record = self._imported('0661000001', '0661000002', '0661000003', '0661000001')
        partner = record.row_ids[0].partner_id
        self.assertEqual(record.row_ids[3].partner_id, partner)
        self._undo_in_steps(record, 1)
        self.assertFalse(partner.exists())

    def test_one_order_that_was_worked_on_keeps_its_customer_and_its_article(self):
        record = self._imported('0661000001', '0661000002', '0661000001')
        kept = record.row_ids[2].order_id
        gone = record.row_ids[:2].order_id
        kept.activity_schedule('mail.mail_activity_data_todo', user_id=self.user_sales.id)
        self._undo_in_steps(record, 1)
        self.assertFalse(gone.exists())
        self.assertEqual(kept.exists().partner_id, record.row_ids[2].partner_id)
        self.assertEqual(record.product_ids.exists().default_code, 'U001')
        self.assertIn("worked on them since: 1.", record.summary)

    def test_a_customer_in_use_stays_and_his_card_says_why(self):
        record = self._imported(*(f'0661{n:06}' for n in range(5)))
        partners = record.row_ids.partner_id
        used = partners[3]
        used.env['res.users'].sudo().create(
            {'login': 'used', 'partner_id': used.id, 'name': used.name}
        )
        self._undo_in_steps(record, 5)
        self.assertEqual(partners.exists(), used)
        self.assertIn("this customer is in use", used.message_ids[0].body)

    def test_what_is_being_taken_back_is_neither_imported_nor_undone_again(self):
        record = self._imported('0661000001')
        with patch.object(undo_module, 'AT_ONCE', 0):
            record.action_undo()
        for action in (record.action_undo, record.action_import, record.action_read):
            with self.assertRaises(UserError):
                action()
        self.assertEqual(record.state, 'undoing')

    def test_the_job_says_what_is_left_until_nothing_is(self):
        record = self._imported(*(f'0661{n:06}' for n in range(6)))
        with patch.object(undo_module, 'AT_ONCE', 0):
            record.action_undo()
        said = []

        def _commit_progress(_cron, processed=0, *, remaining=None, deactivate=False):
            said.append((processed, remaining))
            return 0

        cron = self.env.ref('ecrm.ir_cron_import')
        triggers = self.env['ir.cron.trigger']
        domain = [('cron_id', '=', cron.id)]
        with (
            patch.object(type(cron), '_commit_progress', _commit_progress),
            patch.object(import_module, 'BATCH', 3),
        ):
            # Orders, then customers: whoever believed the orders alone left the customers to the next hour
            for done, left in ((3, 9), (3, 6), (3, 3), (3, 1), (0, 0)):
                triggers.search(domain).unlink()
                self.env['ecrm.import']._cron_import()
                self.assertEqual(said.pop(), (done, left))
                self.assertEqual(bool(triggers.search_count(domain)), bool(left))
        self.assertFalse(said)
        self.assertEqual(record.state, 'undone')
