from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_dimension import DimensionCommon


@tagged('post_install', '-at_install')
class TestDimensionReader(DimensionCommon, HttpCase):
    """What a screen reader and a keyboard find in the size block; what they are told while typing is tested in hoot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile.write({'note': "Made in Algiers", 'quote_over': True})

    def _block(self, query=''):
        page = html.fromstring(self.url_open(f'{self.canvas.website_url}{query}').text)
        return page, page.xpath("//fieldset[contains(@class, 'o_ecrm_size')]")[0]

    def _get_name(self, page, element):
        """The accessible name: by reference, by attribute, by its label or by its text, in this order."""
        if ref := element.get('aria-labelledby'):
            return page.get_element_by_id(ref).text_content().strip()
        if element.get('aria-label'):
            return element.get('aria-label').strip()
        for label in element.xpath('ancestor::label'):
            return label.text_content().strip()
        return element.text_content().strip()

    def test_every_field_and_button_has_a_name_of_its_own(self):
        page, block = self._block('?size=30x60%2B40x80')
        controls = block.xpath('.//input | .//select | .//button | .//summary')
        self.assertGreater(len(controls), 15)
        names = {}
        for control in controls:
            name = self._get_name(page, control)
            self.assertTrue(
                name and any(letter.isalnum() for letter in name), html.tostring(control)
            )
            names.setdefault(name, []).append(control)
        for name, same in names.items():
            self.assertEqual(len(same), 1, name)

    def test_every_description_points_to_a_text_that_is_there(self):
        page, _block = self._block()
        for kind in ('aria-describedby', 'aria-labelledby'):
            for refs in page.xpath(f"//form[contains(@class, 'js_product')]//@{kind}"):
                for ref in refs.split():
                    self.assertEqual(len(page.xpath('//*[@id=$ref]', ref=ref)), 1, ref)

    def test_fields_are_described_by_their_bounds_and_their_error(self):
        page, block = self._block()
        for name in ('ecrm_width', 'ecrm_height'):
            [field] = block.xpath(f".//input[@name='{name}']")
            described = field.get('aria-describedby').split()
            texts = [page.get_element_by_id(ref).text_content() for ref in described]
            self.assertIn('From 20 x 20 to 200 x 200 cm', texts)
            self.assertIn('o_ecrm_size_error', described)

    def test_an_error_interrupts_and_a_price_is_told_when_one_pauses(self):
        _page, block = self._block('?w=900&h=90')
        [error] = block.xpath(".//*[@id='o_ecrm_size_error']")
        self.assertEqual(error.get('role'), 'alert')
        self.assertIn('at most 200', error.text_content())
        self.assertEqual(len(block.xpath(".//*[@role='status']")), 1)

    def test_presets_are_one_group_of_radio_buttons_with_one_stop_for_the_tab_key(self):
        _page, block = self._block()
        [group] = block.xpath(".//*[@role='radiogroup']")
        self.assertTrue(group.get('aria-label'))
        tiles = group.xpath(".//*[@role='radio']")
        self.assertEqual([tile.get('aria-checked') for tile in tiles].count('true'), 1)
        self.assertEqual([tile.get('tabindex') for tile in tiles].count('0'), 1)
        for tile in tiles:
            self.assertIn('cm', tile.text_content())
            self.assertRegex(tile.text_content(), r'\d,\d{3}')

    def test_the_drawing_is_one_picture_with_the_size_as_its_name(self):
        page, block = self._block('?w=40&h=50&n=3')
        [room] = page.xpath("//*[contains(@class, 'o_ecrm_room')]")
        self.assertEqual(
            (room.get('role'), room.get('aria-label')), ('img', "40 x 50 cm x 3 panels")
        )
        for drawing in block.xpath(".//*[contains(@class, 'tile_drawing')]"):
            self.assertEqual(drawing.get('aria-hidden'), 'true')
        for icon in block.xpath('.//i'):
            self.assertEqual(icon.get('role'), 'presentation')

    def test_nothing_asks_for_a_mouse(self):
        _page, block = self._block()
        for element in block.xpath('.//*'):
            if 'btn' in (element.get('class') or '').split():
                self.assertIn(element.tag, {'button', 'a'}, html.tostring(element))
            self.assertNotIn(element.get('tabindex'), {'1', '2'}, 'the order of the page holds')

    def test_fields_open_the_keyboard_of_figures_and_read_from_left_to_right_in_arabic(self):
        self.env['res.lang']._activate_lang('ar_001')
        self.website.language_ids |= self.env.ref('base.lang_ar')
        arabic = self.env['res.lang']._get_data(code='ar_001').url_code
        page = html.fromstring(self.url_open(f'/{arabic}{self.canvas.website_url}').text)
        self.assertTrue(page.xpath("//body//*[contains(@class, 'o_rtl')]"))
        for name in ('ecrm_width', 'ecrm_height', 'ecrm_size_text'):
            self.assertEqual(page.xpath(f"//input[@name='{name}']/@dir"), ['ltr'])
        self.assertEqual(page.xpath("//input[@name='ecrm_width']/@inputmode"), ['decimal'])
        self.assertTrue(page.xpath("//bdi[@class='o_ecrm_size_price']"))

    def test_a_profile_without_panels_has_no_field_for_them(self):
        self.profile.write({'preset_ids': [Command.clear()], 'max_panels': 1})
        _page, block = self._block('?w=40&h=50')
        self.assertFalse(block.xpath(".//input[@name='ecrm_panels'] | .//*[@role='radiogroup']"))
        self.assertTrue(block.xpath(".//input[@name='ecrm_width']"))
