from odoo.fields import Command
from odoo.tests import tagged

from .common_dimension import DimensionShopCommon


@tagged('post_install', '-at_install')
class TestDimensionTiles(DimensionShopCommon):
    """Prices of presets beside options that have a price of their own, and what is kept between visitors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['product.pricelist'].search([]).active = False

    def _tile(self, page, code):
        return page.xpath(
            f"string(//button[@data-code='{code}']//*[contains(@class, 'tile_price')])"
        )

    def test_the_tiles_of_a_page_cost_what_its_first_options_cost(self):
        framed, _bare = self._add_options(
            "Frame", 'always', ("Oak", 900, 'panel'), ("None", 0, 'set')
        )
        glossy, _matt = self._add_options(
            "Finish", 'no_variant', ("Gloss", 50, 'set'), ("Matt", 0, 'set')
        )
        page = self._page()
        for code, price in (('50x50', '4,350'), ('40x50x3', '11,950')):
            self.assertIn(price, self._tile(page, code))
            answer = self._ask(code, framed | glossy, product_id=framed.ptav_product_variant_ids.id)
            self.assertEqual(answer['price'], self._tile(page, code))

    def test_another_option_answers_with_the_price_of_every_tile(self):
        gloss, matt = self._add_options(
            "Finish", 'no_variant', ("Gloss", 10, 'percent'), ("Matt", 0, 'set')
        )
        tiles = self._ask('50x50', gloss)['tiles']
        self.assertEqual(len(tiles), 6)
        self.assertIn('3,740', tiles['50x50'])
        self.assertIn('10,120', tiles['40x50x3'])
        self.assertIn('3,400', self._ask('50x50', matt)['tiles']['50x50'])

    def test_options_without_a_price_and_refused_sizes_answer_with_no_tile(self):
        gloss, _matt = self._add_options(
            "Finish", 'no_variant', ("Gloss", 0, 'set'), ("Matt", 0, 'set')
        )
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
        gloss, _matt = self._add_options(
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
        one, many = self._ask('50x50'), self._ask('50x50', add_qty=50)
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
        line = self._add('40/50*3')
        self.assertEqual(line.currency_id, foreign)
        self.assertEqual(shown, foreign.format(line.price_total))
        self.assertEqual(
            line.price_total, foreign.round(foreign.round(9200 * 0.0067 * 0.875) * 1.19)
        )

    def test_the_badge_of_an_option_says_what_its_extra_price_counts(self):
        values = (
            ("Frame", 1200, 'area'), ("Hanger", 900, 'panel'), ("Edge", 300, 'length'), ("Varnish", 12.5, 'percent'),
            ("Wrap", 450, 'set'), ("Thin", -10, 'percent'), ("None", 0, 'area'),
        )  # fmt: skip
        said = ('1,200.00', 'per panel', 'per m of outline', '12.5%', '450.00', '10%', '')
        for kind in ('radio', 'pills', 'select'):
            offered = self._add_options(f"By {kind}", 'no_variant', *values, display_type=kind)
            page = self._page()
            for value, text in zip(offered, said, strict=True):
                chosen = f"[@data-value-id='{value.id}']"
                path = f"//option{chosen}|//label[.//input{chosen}]|//li[input{chosen}]"
                [label] = page.xpath(path)
                shown = ' '.join(label.text_content().split())
                self.assertIn(text, shown, kind)
                self.assertEqual('/m²' in shown, value.name == "Frame", shown)
                self.assertEqual('%' in shown, value.ecrm_price_mode == 'percent', shown)
                self.assertEqual('-' in shown, value.price_extra < 0, shown)
                self.assertEqual('+' in shown, value.price_extra > 0, shown)
        # Sold as it is, an option costs what Odoo says
        self.canvas.ecrm_size_profile_id = False
        [label] = self._page().xpath(f"//option[@data-value-id='{offered[0].id}']")
        self.assertIn('1,200.00', label.text_content())
        self.assertNotIn('m²', label.text_content())
