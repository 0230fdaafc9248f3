import base64
import io
from unittest.mock import patch

import pytz

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .common_intake import IntakeCommon

SHEET = (
    "client;tél;réf;dimension;prix;Adresse;date\n"
    "Bilal Bou;0558599528;I001;20x30;1500;oran;28/09/2021\n"
    "bilal  BOU-DA;558599528.0;I002;40/50*3;9 200 DA;Wahran;\n"
    "Amina Kaci;0663 35 25 42;I001;50x50;3400;alger;\n"
    "Sofiane;6633525421;I001;50x50;3400;alger;\n"
    '=HYPERLINK("http://x");0551616828;I001;30x60x3;340000;alger;\n'
)


@tagged('post_install', '-at_install')
class TestIntakeImport(MailCase, IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls.env['ecrm.size.profile'].create({
            'name': "Import canvas",
            'company_id': False,
            'currency_id': cls.company.currency_id.id,
            'min_width': 20, 'max_width': 200, 'min_height': 20, 'max_height': 200, 'step': 0.5,
            'max_panels': 5,
            'price_model': 'area',
            'area_rate': 10000,
            'preset_ids': [Command.create({'ecrm_size_input': '50x50', 'price': 9})],
        })  # fmt: skip

    def _import(self, text=SHEET, user=None, **values):
        record = self.env['ecrm.import'].with_user(user or self.user_manager).create({
            'file': base64.b64encode(text.encode()), 'filename': 'old.csv',
            'company_id': self.company.id, 'order_date': '2022-01-15',
            'profile_id': self.profile.id, **values,
        })  # fmt: skip
        record.action_read()
        return record

    def test_reading_shows_every_row_and_creates_nothing(self):
        counts = [
            self.env[model].search_count([])
            for model in ('res.partner', 'sale.order', 'product.template')
        ]
        record = self._import()
        self.assertEqual(record.row_ids.mapped('state'), ['fixed'] * 3 + ['review'] * 2)
        self.assertEqual(record.row_ids[3].reasons, 'phone')
        self.assertEqual(record.row_ids[4].reasons, 'name size price')
        self.assertTrue(record.row_ids[4].reason_text)
        self.assertEqual(record.row_ids[4].hint, '30x60*3, 30x60, 3400')
        self.assertEqual(record.review_row_ids, record.row_ids[3:])
        self.assertEqual((record.ready_count, record.customer_count), (3, 2))
        self.assertIn("3 rows are ready and become 2 customers; 2 are to review", record.summary)
        self.assertEqual(
            counts,
            [
                self.env[model].search_count([])
                for model in ('res.partner', 'sale.order', 'product.template')
            ],
        )

    def test_rows_become_customers_and_dated_orders_without_mails_or_moves(self):
        mails = self.env['mail.mail'].search_count([])
        moves = self.env['stock.move'].search_count([])
        record = self._import()
        record.action_import()
        self.assertEqual((record.state, record.done_count), ('done', 3))
        first, second, third = record.row_ids[:3]
        self.assertEqual(first.partner_id, second.partner_id)
        self.assertEqual(first.partner_id.name, "Bilal Bou-Da")
        self.assertEqual(first.partner_id.phone_sanitized, '+213558599528')
        self.assertEqual(first.partner_id.state_id.code, '31')
        self.assertIn("Bilal Bou", first.partner_id.comment)
        self.assertEqual(third.partner_id, self.customer)
        order = second.order_id
        self.assertEqual(
            (order.state, order.amount_total, str(order.date_order.date())),
            ('sale', 9200, '2022-01-15'),
        )
        self.assertEqual(str(first.order_id.date_order.date()), '2021-09-28')
        line = order.order_line
        self.assertEqual((line.ecrm_width_mm, line.ecrm_height_mm, line.ecrm_panels), (400, 500, 3))
        self.assertEqual(line.product_id.default_code, 'I002')
        self.assertFalse(line.product_id.is_published)
        self.assertEqual(self.env['mail.mail'].search_count([]), mails)
        self.assertEqual(self.env['stock.move'].search_count([]), moves)

    def test_a_known_customer_keeps_his_card(self):
        before = self.customer.read(['name', 'phone', 'email', 'comment', 'city'])
        self._import().action_import()
        self.assertEqual(self.customer.read(['name', 'phone', 'email', 'comment', 'city']), before)

    def test_the_same_sheet_again_creates_nothing(self):
        self._import().action_import()
        orders = self.env['sale.order'].search_count([])
        again = self._import()
        self.assertEqual((again.known_count, again.ready_count), (3, 0))
        with self.assertRaises(UserError):
            again.action_import()
        self.assertEqual(self.env['sale.order'].search_count([]), orders)

    def test_a_sheet_looked_through_twice_before_it_is_imported_is_imported_once(self):
        first, second = self._import(), self._import(filename='copy.csv')
        first.action_import()
        orders = self.env['sale.order'].search_count([])
        second.action_import()
        self.assertEqual(self.env['sale.order'].search_count([]), orders)
        self.assertEqual((second.state, second.known_count), ('done', 3))
        second.action_undo()
        self.assertEqual(self.env['sale.order'].search_count([]), orders)

    def test_equal_rows_of_one_sheet_are_two_orders(self):
        row = "Lina;0661001471;I003;30x60;3000;oran\n"
        record = self._import("nom;tel;ref;taille;prix;ville\n" + row * 2)
        record.action_import()
        self.assertEqual(len(record.row_ids.order_id), 2)

    def test_a_row_put_right_by_hand_is_imported(self):
        record = self._import()
        row = record.row_ids[3]
        row.phone = '0663352599'
        row.action_check()
        self.assertEqual(row.state, 'fixed')
        row = record.row_ids[4]
        row.write({'name': "Sofiane", 'size_text': 'nonsense', 'price': 5200})
        row.action_check()
        self.assertEqual((row.state, row.reasons), ('review', 'size'))
        row.action_leave_out()
        record.action_import()
        self.assertEqual(record.done_count, 4)
        self.assertEqual(row.state, 'reject')

    def test_several_customers_with_one_phone_are_asked_about(self):
        self.customer.copy({'name': "Amina K."})
        record = self._import()
        record.action_import()
        self.assertEqual(record.row_ids[2].reasons, 'customer')
        self.assertFalse(record.row_ids[2].order_id)

    def test_a_name_alone_proposes_and_never_links(self):
        sheet = (
            "client;tél;réf;dimension;prix\n"
            "KACI Amina;66335;I001;50x50;3400\n"
            "amina kaci;0770112233;I001;50x50;3400\n"
            "Amina Kaci;0663352542;I001;50x50;3400\n"
            "Bilal Bou-Da;0558599528;I001;50x50;3400\n"
            "Bilal Bou;05585;I001;50x50;3400\n"
            "Amina;66335;I001;50x50;3400\n"
        )
        record = self._import(sheet)
        lost, other, herself, _bilal, short, first_name = record.row_ids
        self.assertEqual((lost.candidate_ids, other.candidate_ids), (self.customer, self.customer))
        self.assertEqual((lost.state, other.state), ('review', 'fixed'))
        self.assertFalse(herself.candidate_ids)
        self.assertEqual((lost.hint, short.hint), ("as in line 3, 4", "as in line 5"))
        self.assertFalse(first_name.candidate_ids or first_name.hint)
        record.action_import()
        self.assertEqual(herself.partner_id, self.customer)
        self.assertNotEqual(other.partner_id, self.customer)
        self.assertFalse((lost + short).partner_id)

    def test_names_are_looked_up_by_one_statement(self):
        sheet = "client;tél;réf;dimension;prix\n" + "".join(
            f"Amina Kaci;07701122{n:02};I001;50x50;3400\n" for n in range(40)
        )
        record = self._import(sheet)
        rows = record.row_ids
        rows._find_namesakes(self.company)
        with self.assertQueryCount(1):
            found = rows._find_namesakes(self.company).find("amina KACI")
        self.assertEqual(found, (self.customer,))

    def test_undo_removes_what_nobody_touched(self):
        record = self._import()
        record.action_import()
        made, kept = (
            record.row_ids[0].order_id + record.row_ids[1].order_id,
            record.row_ids[2].order_id,
        )
        partner = record.row_ids[0].partner_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET write_date = write_date + interval '1 hour' WHERE id = %s",
            [kept.id],
        )
        self.env.invalidate_all()
        record.action_undo()
        self.assertFalse(made.exists() or partner.exists())
        self.assertTrue(kept.exists() and self.customer.exists())
        self.assertEqual(record.state, 'undone')
        # The article of the order that was kept is in use
        self.assertEqual(record.product_ids.exists().mapped('default_code'), ['I001'])
        again = self._import()
        self.assertEqual((again.ready_count, again.known_count), (2, 1))

    def test_large_sheets_go_on_by_themselves(self):
        lines = ''.join(f"Client {n};0661{n:06};I009;30x60;3000;oran\n" for n in range(305))
        record = self._import("nom;tel;ref;taille;prix;ville\n" + lines)
        record.action_import()
        self.assertEqual((record.state, record.done_count, record.progress), ('importing', 0, 0))
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_import').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((record.state, record.done_count, record.progress), ('done', 305, 100))

    def test_a_sheet_that_fails_stops_alone_and_says_why(self):
        lines = ''.join(f"Client {n};0661{n:06};I009;30x60;3000;oran\n" for n in range(305))
        sheets = [
            self._import(f"nom;tel;ref;taille;prix;ville\n{lines.replace('I009', model)}")
            for model in ('I010', 'I011')
        ]
        for sheet in sheets:
            sheet.action_import()
        bad, good = sheets
        do = type(bad)._import_batch

        def _import_batch(record, limit):
            if record.id == bad.id and record.done_count >= 200:
                raise ValueError("The journal is closed")
            return do(record, 200 if record.id == bad.id else limit)

        with (
            patch.object(type(bad), '_import_batch', _import_batch),
            mute_logger('odoo.addons.ecrm.models.intake.ecrm_import_stop'),
            self.enter_registry_test_mode(),
        ):
            self.env.ref('ecrm.ir_cron_import').method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((good.state, good.done_count, good.problem), ('done', 305, False))
        self.assertEqual((bad.state, bad.done_count, bad.ready_count), ('done', 200, 105))
        self.assertEqual(bad.problem, "The journal is closed")
        # Put right, it goes on where it stopped
        bad.action_import()
        self.assertEqual((bad.state, bad.done_count, bad.problem), ('done', 305, False))

    def test_who_began_an_import_reads_of_it_in_his_language(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.user_manager.lang = 'fr_FR'
        record = self._import()
        record.state = 'importing'
        said = []
        with (
            patch.object(type(record), '_tell_end', lambda one: said.append(one.env.lang)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref('ecrm.ir_cron_import').method_direct_trigger()
        self.assertEqual(said, ['fr_FR'])

    def test_a_pasted_table_is_named_by_its_day_as_its_reader_writes_it(self):
        self.env['res.lang']._activate_lang('fr_FR')
        self.env['ir.module.module']._load_module_terms(['ecrm'], ['fr_FR'])
        self.user_manager.write({'lang': 'fr_FR', 'tz': 'Pacific/Auckland'})
        record = (
            self.env['ecrm.import']
            .with_user(self.user_manager)
            .with_context(lang='fr_FR', tz='Pacific/Auckland')
            .create({'pasted': SHEET})
        )
        here = pytz.utc.localize(record.create_date).astimezone(pytz.timezone('Pacific/Auckland'))
        self.assertEqual(record.name, f'Tableau du {here:%d/%m/%Y}')

    def test_who_began_a_large_import_is_told_when_it_is_done(self):
        record = self._import()
        with self.assertBus(
            [(self.cr.dbname, 'res.partner', self.user_manager.partner_id.id)],
        ):
            record.action_import()

    def test_rows_put_right_in_the_sheet_itself_are_ready(self):
        record = self._import()
        record.review_row_ids[0].phone = '0663352599'
        record.action_check_reviewed()
        self.assertEqual((record.ready_count, record.review_count), (4, 1))
        record.action_import()
        self.assertEqual(
            record.action_view_orders()['domain'], [('id', 'in', record.row_ids.order_id.ids)]
        )

    def test_looking_again_at_an_untouched_row_guesses_nothing(self):
        record = self._import()
        record.action_check_reviewed()
        self.assertEqual(record.row_ids[3:].mapped('reasons'), ['phone', 'name size price'])
        record.row_ids[4].write({'name': "Sofiane", 'size_text': '30x60*3'})
        record.action_check_reviewed()
        self.assertEqual(record.row_ids[4].reasons, 'price')
        record.row_ids[4].action_take_as_is()
        self.assertEqual((record.row_ids[4].state, record.row_ids[4].ecrm_panels), ('fixed', 3))

    @freeze_time('2026-03-01 10:00:00')
    def test_an_order_of_the_old_sheet_lies_in_the_past(self):
        head = "client;tél;réf;dimension;prix;Adresse;date\n"
        line = "Bilal;0558599528;I001;20x30;1500;oran;%s\n"
        record = self._import(head + line % '01/03/2026' + line % '02/03/2026')
        self.assertEqual(record.row_ids.mapped('reasons'), ['', 'future'])
        row = record.row_ids[1]
        self.assertEqual((row.state, row.reason_text), ('review', "The date is after today."))
        row.action_take_as_is()
        self.assertEqual(row.state, 'review', "nobody can be sure of what is to come")
        row.day = '2026-02-02'
        record.action_check_reviewed()
        self.assertEqual(row.state, 'fixed')

    def test_a_person_who_is_sure_makes_nothing_readable_that_is_not(self):
        rows = self._import().row_ids[3:]
        rows.action_take_as_is()
        self.assertEqual(rows.mapped('state'), ['review'] * 2)
        self.assertEqual(rows.mapped('reasons'), ['phone', 'size'])

    def test_the_report_is_free_of_live_formulas_and_a_phone_survives(self):
        from openpyxl import load_workbook

        record = self._import()
        url = record.action_report()['url']
        attachment = self.env['ir.attachment'].browse(int(url.split('/')[3].split('?')[0]))
        page = load_workbook(io.BytesIO(attachment.raw)).active
        values = [cell for row in page.iter_rows() for cell in row if cell.value]
        self.assertTrue(all(cell.data_type == 's' for cell in values))
        texts = [cell.value for cell in values]
        self.assertIn('=HYPERLINK("http://x")', texts)
        self.assertIn('0663 35 25 42', texts)

    def test_what_cannot_be_read_is_said(self):
        for values in (
            {'file': False}, {'file': base64.b64encode(b'PK\x03\x04x')},
            {'file': base64.b64encode(b'a,b\n1,2\n')},
        ):  # fmt: skip
            with self.assertRaises(UserError):
                self._import(**values)

    def test_only_managers_import(self):
        for user in (self.user_sales, self.user_marketing, self.user_portal, self.user_internal):
            with self.assertRaises(AccessError):
                self._import(user=user)
