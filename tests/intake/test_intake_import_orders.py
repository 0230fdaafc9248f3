import base64
import csv
from pathlib import Path

from markupsafe import Markup

from odoo.tests import tagged

from .common_intake import IntakeCommon

DATA = Path(__file__).parents[1] / 'data'
HEADER = "client;tél;réf;dimension;prix;Adresse\n"


@tagged('post_install', '-at_install')
class TestIntakeImportOrders(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = cls.env['ecrm.size.profile'].create({
            'name': "Sheet canvas", 'company_id': False, 'currency_id': cls.company.currency_id.id,
            'min_width': 5, 'max_width': 300, 'min_height': 5, 'max_height': 300, 'step': 0.5,
            'max_panels': 5, 'price_model': 'area', 'area_rate': 10000,
        })  # fmt: skip

    def _import(self, content, filename='old.csv', **values):
        record = self.env['ecrm.import'].with_user(self.user_manager).create({
            'file': base64.b64encode(content if isinstance(content, bytes) else content.encode()),
            'filename': filename, 'company_id': self.company.id, 'order_date': '2022-01-15',
            'profile_id': self.profile.id, **values,
        })  # fmt: skip
        record.action_read()
        return record

    def _import_all(self, content, **values):
        record = self._import(content, **values)
        record.action_import()
        return record.sudo()

    def _columns(self, record, skipped):
        """What the database holds of a record, but for what must differ."""
        self.env.flush_all()
        self.env.cr.execute(f'SELECT * FROM {record._table} WHERE id = %s', [record.id])
        return {
            name: value for name, value in self.env.cr.dictfetchone().items() if name not in skipped
        }

    # === COPIES === #

    def test_a_copied_order_is_the_order_that_odoo_makes(self):
        self._check_copy(self.profile.id)

    def test_a_copied_order_without_sizes_is_the_order_that_odoo_makes(self):
        self._check_copy(False)

    def _check_copy(self, profile_id):
        """The second row is a copy of the first one's order; alone in a sheet it is made by Odoo."""
        rows = (
            "Ali;0661000001;Z001;30/60;3000;oran\n",
            "Lina;0661000002;Z002;40/50*3;9200,50;alger\n",
        )
        skipped = {
            'id', 'name', 'origin', 'order_id', 'product_id', 'create_date', 'write_date', 'partner_id',
            'partner_invoice_id', 'partner_shipping_id', 'order_partner_id',
        }  # fmt: skip
        with self.env.cr.savepoint() as savepoint:
            alone = self._import_all(HEADER + rows[1], profile_id=profile_id).row_ids.order_id
            made = [self._columns(alone, skipped), self._columns(alone.order_line, skipped)]
            texts = alone.order_line.name, alone.order_line.ecrm_size_label
            savepoint.rollback()
        self.env.invalidate_all()
        copy = self._import_all(HEADER + ''.join(rows), profile_id=profile_id).row_ids[1].order_id
        line = copy.order_line
        self.assertEqual([self._columns(copy, skipped), self._columns(line, skipped)], made)
        self.assertEqual((line.name, line.ecrm_size_label), texts)
        self.assertEqual((copy.partner_id.name, copy.name[-5:]), ("Lina", '00003'))
        self.assertEqual(
            copy.partner_invoice_id + copy.partner_shipping_id + line.order_partner_id,
            copy.partner_id,
        )
        self.assertEqual(line.product_id.default_code, 'Z002')

    def test_every_stored_figure_of_a_copy_is_what_its_computation_gives(self):
        rows = ''.join(
            f"Client {chr(97 + n)};06610000{n:02};Z00{n % 3};{20 + n}x50;{3000 + n};oran\n"
            for n in range(12)
        )
        orders = self._import_all(HEADER + rows).row_ids.order_id
        for records in (orders, orders.order_line):
            names = [
                name for name, field in records._fields.items()
                if field.store and field.compute and field.readonly and field.column_type
            ]  # fmt: skip
            before = records.read(names, load='')
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
            records.flush_recordset()
            self.env.invalidate_all()
            self.assertEqual(records.read(names, load=''), before)

    def test_a_customer_with_terms_of_his_own_is_no_copy_of_another(self):
        pricelist = self.env['product.pricelist'].create(
            {
                'name': "Ten off",
                'item_ids': [(0, 0, {'compute_price': 'percentage', 'percent_price': 10})],
            }
        )
        self.customer.write(
            {'specific_property_product_pricelist': pricelist.id, 'user_id': self.user_sales.id}
        )
        rows = (
            "Ali;0661000001;Z001;30/60;3000;oran\nAmina Kaci;0663352542;Z001;30/60;3000;oran\n"
            "Lina;0661000002;Z001;30/60;3000;oran\n"
        )
        orders = self._import_all(HEADER + rows).row_ids.order_id
        mine = orders.filtered(lambda order: order.partner_id == self.customer)
        self.assertEqual((mine.user_id, mine.pricelist_id), (self.user_sales, pricelist))
        self.assertFalse((orders - mine).user_id)
        self.assertEqual(orders.mapped('amount_total'), [3000] * 3)

    def test_a_discount_of_today_changes_no_price_of_yesterday(self):
        self.env['product.pricelist'].search([]).item_ids.unlink()
        self.env['product.pricelist'].search([]).write(
            {'item_ids': [(0, 0, {'compute_price': 'percentage', 'percent_price': 25})]}
        )
        order = self._import_all(HEADER + "Ali;0661000001;Z001;30/60;3000;oran\n").row_ids.order_id
        self.assertEqual((order.amount_total, order.order_line.discount), (3000, 0))

    # === THE OLD SHEET === #

    def test_the_old_sheet_becomes_what_its_truth_says(self):
        """Customers, dated orders and sized lines of `ok` lines; a reason and nothing else of the others."""
        with (DATA / 'legacy_sheet_truth.csv').open(encoding='utf-8') as file:
            truth = {int(row['line']): row for row in csv.DictReader(file)}
        mails, moves = (self.env[model].search_count([]) for model in ('mail.mail', 'stock.move'))
        record = self._import_all((DATA / 'legacy_sheet.csv').read_bytes())
        good = [line for line, row in truth.items() if row['state'] == 'ok']
        self.assertEqual(record.row_count, len(truth))
        self.assertEqual(record.row_ids.filtered('order_id').mapped('line'), sorted(good))
        for row in record.row_ids:
            true = truth[row.line]
            with self.subTest(line=row.line):
                if true['state'] != 'ok':
                    self.assertEqual(
                        (row.state, row.reasons), ('review', true['state'].split(':')[1])
                    )
                    self.assertTrue(row.reason_text)
                    self.assertFalse(row.partner_id or row.order_id)
                    continue
                line = row.order_id.order_line
                self.assertEqual(
                    (row.partner_id.phone_sanitized, row.partner_id.name, row.partner_id.state_id.name,
                     line.product_id.default_code,
                     line.price_total, line.ecrm_width_mm, line.ecrm_height_mm, line.ecrm_panels),
                    (true['phone'], true['name'], true['wilaya'], true['model'], float(true['price_dzd']),
                     float(true['width_mm']), float(true['height_mm']), int(true['panels'])),
                )  # fmt: skip
                self.assertEqual(
                    (row.order_id.state, str(row.order_id.date_order)),
                    ('sale', '2022-01-15 00:00:00'),
                )
        phones = {truth[line]['phone'] for line in good}
        self.assertEqual(len(record.row_ids.partner_id), len(phones))
        self.assertEqual(self.env['mail.mail'].search_count([]), mails)
        self.assertEqual(self.env['stock.move'].search_count([]), moves)
        again = self._import((DATA / 'legacy_sheet.csv').read_bytes())
        self.assertEqual((again.known_count, again.ready_count), (len(good), 0))

    def test_imported_orders_count_for_the_customers_figures(self):
        rows = "Ali;0661000001;Z001;30/60;3000;oran\nAli;0661000001;Z001;50x50;3400;oran\n"
        partner = self._import_all(HEADER + rows).row_ids.partner_id
        indicators = self.env['ecrm.customer.indicator'].sudo()
        with self.enter_registry_test_mode():
            self.env.ref('ecrm.ir_cron_loyalty_dirty').method_direct_trigger()
        figures = indicators.search(
            [('partner_id', '=', partner.id), ('company_id', '=', self.company.id)]
        )
        self.assertEqual((figures.order_count, figures.net_revenue), (2, 6400))

    def test_a_sheet_without_references_is_one_article(self):
        text = "nom;tel;taille;prix\nAli;0661000001;30x60;3000\nLina;0661000002;50x50;3400\n"
        record = self._import_all(text)
        self.assertEqual(record.done_count, 2)
        self.assertEqual(len(record.row_ids.order_id.order_line.product_id), 1)
        record.action_undo()
        self.assertFalse(record.product_ids.exists())

    def test_undo_keeps_what_somebody_wrote_on(self):
        rows = ''.join(
            f"Client {chr(97 + n)}a;06610000{n:02};Z001;30x60;3000;oran\n" for n in range(5)
        )
        record = self._import_all(HEADER + rows)
        orders = record.row_ids.order_id
        later = "SET write_date = write_date + interval '1 hour' WHERE id = %s"
        self.env.flush_all()
        self.env.cr.execute(f'UPDATE sale_order_line {later}', [orders[0].order_line.id])
        self.env.cr.execute(f'UPDATE res_partner {later}', [orders[1].partner_id.id])
        note = orders[2].message_post(body=Markup("He called."))
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = create_date + interval '1 hour' WHERE id = %s",
            [note.id],
        )
        orders[3].activity_schedule('mail.mail_activity_data_todo', user_id=self.user_sales.id)
        partners = orders.partner_id
        self.env.invalidate_all()
        record.action_undo()
        self.assertEqual(orders.exists(), orders[0] + orders[2] + orders[3])
        self.assertEqual(partners.exists(), partners[:4])
