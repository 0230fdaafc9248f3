from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionTiles(DimensionCommon, HttpCase):
    """Prices of presets beside options that have a price of their own, and what is kept between visitors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.currency_id = cls.website.company_id.currency_id
        cls.env['product.pricelist'].search([]).active = False

    def _offer(self, name, how, *values):
        """Give the canvas an attribute with values `(name, extra, mode)`."""
        attribute = self.env['product.attribute'].create({
            'name': name, 'create_variant': how,
            'value_ids': [Command.create({'name': value[0]}) for value in values],
        })  # fmt: skip
        self.canvas.attribute_line_ids = [
            Command.create(
                {'attribute_id': attribute.id, 'value_ids': [Command.set(attribute.value_ids.ids)]}
            )
        ]
        offered = self.canvas.attribute_line_ids.product_template_value_ids.filtered(
            lambda value: value.attribute_id == attribute
        )
        for value, (_name, extra, mode) in zip(offered, values, strict=True):
            value.write({'price_extra': extra, 'ecrm_price_mode': mode})
        return offered

    def _page(self, path=''):
        return html.fromstring(self.url_open(path or self.canvas.website_url).text)

    def _tile(self, page, code):
        return page.xpath(
            f"string(//button[@data-code='{code}']//*[contains(@class, 'tile_price')])"
        )

    def _ask(self, size, values=(), product=None, quantity=1):
        params = {
            'product_template_id': self.canvas.id, 'combination': [value.id for value in values], 'add_qty': quantity,
            'product_id': (product or self.canvas.product_variant_id).id, 'ecrm_size': size,
        }  # fmt: skip
        answer = self.url_open('/website_sale/get_combination_info', json={'params': params})
        return answer.json()['result']['ecrm_size']

    def test_the_tiles_of_a_page_cost_what_its_first_options_cost(self):
        framed, _bare = self._offer("Frame", 'always', ("Oak", 900, 'panel'), ("None", 0, 'set'))
        glossy, _matt = self._offer(
            "Finish", 'no_variant', ("Gloss", 50, 'set'), ("Matt", 0, 'set')
        )
        page = self._page()
        for code, price in (('50x50', '4,350'), ('40x50x3', '11,950')):
            self.assertIn(price, self._tile(page, code))
            answer = self._ask(code, framed | glossy, framed.ptav_product_variant_ids)
            self.assertEqual(answer['price'], self._tile(page, code))

    def test_another_option_answers_with_the_price_of_every_tile(self):
        gloss, matt = self._offer(
            "Finish", 'no_variant', ("Gloss", 10, 'percent'), ("Matt", 0, 'set')
        )
        tiles = self._ask('50x50', gloss)['tiles']
        self.assertEqual(len(tiles), 6)
        self.assertIn('3,740', tiles['50x50'])
        self.assertIn('10,120', tiles['40x50x3'])
        self.assertIn('3,400', self._ask('50x50', matt)['tiles']['50x50'])

    def test_options_without_a_price_and_refused_sizes_answer_with_no_tile(self):
        gloss, _matt = self._offer("Finish", 'no_variant', ("Gloss", 0, 'set'), ("Matt", 0, 'set'))
        self.assertNotIn('tiles', self._ask('50x50'))
        self.assertEqual(self._ask('50x50', gloss)['tiles'], {})
        gloss.price_extra = 10
        self.assertNotIn('tiles', self._ask('500x50', gloss))

    def test_a_kept_answer_is_not_shown_for_another_price_language_option_or_picture(self):
        first = self._ask('50x50')
        self.assertEqual(self._ask('50x50'), first)
        self.assertIn('3,400', first['price'])
        self.assertNotIn('image', first['drawing'])
        self.profile.preset_ids.filtered(lambda preset: preset.price == 3400).price = 3500
        self.assertIn('3,500', self._ask('50x50')['price'])
        self.canvas.image_1920 = self.website.company_id.logo
        # The time of a transaction stands still
        self.canvas.flush_recordset()
        self.env.cr.execute(
            "UPDATE product_template SET write_date = write_date + interval '1 minute' WHERE id = %s",
            [self.canvas.id],
        )
        self.canvas.invalidate_recordset(['write_date'])
        self.assertIn('/web/image/product.template/', self._ask('50x50')['drawing'])
        gloss, _matt = self._offer(
            "Finish", 'no_variant', ("Gloss", 10, 'set'), ("Matt", 10, 'panel')
        )
        rows = self._ask('50x50', gloss)['breakdown']
        self.assertEqual([row['label'] for row in rows], ["Price of this size", "Gloss"])
        self.env['res.lang']._activate_lang('fr_FR')
        self.website.language_ids |= self.env.ref('base.lang_fr')
        self.opener.cookies['frontend_lang'] = 'fr_FR'
        self.assertIn('le m²', self._ask('50x50', gloss)['per_area'])

    def test_the_promised_day_is_the_visitor_s_own_whatever_is_kept(self):
        self.profile.daily_area = 1
        one, many = self._ask('50x50'), self._ask('50x50', quantity=50)
        self.assertEqual(one['price'], many['price'])
        self.assertNotEqual(one['promise'], many['promise'])

    def test_a_deep_link_shows_the_price_in_the_visitor_s_currency_with_his_tax(self):
        company = self.website.company_id
        foreign = self.env['res.currency'].search([('id', '!=', company.currency_id.id)], limit=1)
        self.env['res.currency.rate'].create(
            {
                'currency_id': foreign.id,
                'company_id': company.id,
                'rate': 0.0067,
                'name': '2020-01-01',
            }
        )
        pricelist = self.env['product.pricelist'].create({
            'name': "Abroad", 'currency_id': foreign.id, 'selectable': True, 'website_id': self.website.id,
            'item_ids': [Command.create({'compute_price': 'percentage', 'percent_price': 12.5, 'applied_on': '3_global'})],
        })  # fmt: skip
        self.canvas.sudo().taxes_id = self.env['account.tax'].create(
            {
                'name': "19 %",
                'amount': 19,
                'company_id': company.id,
                'price_include_override': 'tax_excluded',
            }
        )
        self.website.show_line_subtotals_tax_selection = 'tax_included'
        self.url_open(f'/shop/change_pricelist/{pricelist.id}')
        page = self._page(f'{self.canvas.website_url}?w=40&h=50&n=3')
        shown = page.xpath("string(//bdi[@class='o_ecrm_size_price'])")
        self.assertEqual(shown, self._tile(page, '40x50x3'))
        self.assertEqual(shown, self._ask('40/50*3')['price'])
        params = {
            'product_template_id': self.canvas.id, 'product_id': self.canvas.product_variant_id.id, 'quantity': 1,
            'ecrm_size': '40/50*3',
        }  # fmt: skip
        answer = self.url_open('/shop/cart/add', json={'params': params}).json()['result']
        line = self.env['sale.order.line'].browse(answer['notification_info']['lines'][0]['id'])
        self.assertEqual(line.currency_id, foreign)
        self.assertEqual(shown, foreign.format(line.price_total))
        self.assertEqual(
            line.price_total, foreign.round(foreign.round(9200 * 0.0067 * 0.875) * 1.19)
        )
