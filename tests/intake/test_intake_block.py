from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_open

from ...models.intake.ir_ui_view import BLOCKS
from .common_intake import IntakeCommon

PAGES = dict(zip(BLOCKS, ('/contactus', '/callback', '/quote', '/newsletter'), strict=True))
KINDS = dict(zip(BLOCKS, ('contact', 'callback', 'quote', 'newsletter'), strict=True))


def read_fields(form):
    """Return what a form sends, and of which kind each input is."""
    inputs = form.xpath('.//input | .//select | .//textarea')
    return [(field.tag, field.get('type'), field.get('name')) for field in inputs]


@tagged('post_install', '-at_install')
class TestIntakeBlock(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env['website'].get_current_website()
        cls.editor = new_test_user(
            cls.env, 'ecrm_blocks', 'base.group_user,website.group_website_designer',
            company_id=cls.website.company_id.id, company_ids=[(6, 0, cls.website.company_id.ids)],
        )  # fmt: skip

    def _get_palette(self, lang='en_US'):
        self.authenticate('ecrm_blocks', 'ecrm_blocks')
        answer = self.make_jsonrpc_request('/web/dataset/call_kw/ir.ui.view/render_public_asset', {
            'model': 'ir.ui.view', 'method': 'render_public_asset', 'args': ['website.snippets', {}],
            'kwargs': {'context': {'lang': lang, 'snippet_lang': lang, 'website_id': self.website.id}},
        })  # fmt: skip
        return html.fromstring(answer)

    def _get_block(self, block, lang='en_US'):
        [entry] = self._get_palette(lang).xpath('//*[@data-oe-snippet-key=$key]', key=block)
        return entry

    def _place(self, *blocks):
        """Lay blocks on a new page as the editor saves them, in the website's own language; return its view."""
        lang = self.website.default_lang_id.code
        sections = [
            html.tostring(self._get_block(block, lang)[0], encoding='unicode') for block in blocks
        ]
        website = self.website.with_context(website_id=self.website.id)
        page = website.new_page(name="Blocks", page_values={'is_published': True})
        view = self.env['ir.ui.view'].browse(page['view_id'])
        view.with_user(self.editor).with_context(
            website_id=self.website.id, lang=lang, delay_translations=True
        ).save(
            f'<div id="wrap" class="oe_structure">{"".join(sections)}</div>', "/t[1]/t[1]/div[1]"
        )
        self.authenticate(None, None)
        return view, page['url']

    def test_the_palette_offers_each_form_as_its_page_has_it(self):
        palette = self._get_palette()
        for block, path in PAGES.items():
            with self.subTest(block=block):
                [entry] = palette.xpath('//*[@data-oe-snippet-key=$key]', key=block)
                self.assertEqual(entry.get('data-o-group'), 'contact_and_forms')
                self.assertEqual(entry.get('data-oe-forbid-sanitize'), 'form')
                with file_open(entry.get('data-oe-thumbnail').lstrip('/'), 'rb') as picture:
                    self.assertIn(b'<svg', picture.read())
                [section] = entry.xpath('./*[self::section]')
                self.assertEqual(section.get('data-snippet'), block)
                [form] = section.iter('form')
                page = html.fromstring(self.url_open('/en' + path).content)
                [own] = page.xpath("//*[@id='wrap']//form")
                self.assertEqual(read_fields(form), read_fields(own))
                self.assertIn(('input', 'hidden', 'ecrm_kind'), read_fields(form))
                self.assertEqual(form.xpath(".//input[@name='ecrm_kind']/@value"), [KINDS[block]])
                # A page has one main title, and a form that stands there twice has no id of its own
                self.assertFalse(section.xpath('.//h1'))
                self.assertTrue(section.xpath('.//h2'))
                self.assertIsNone(form.get('id'))

    def test_a_page_changed_by_an_editor_leaves_the_palette_as_it_was(self):
        view = self.env.ref('ecrm.page_callback').with_context(website_id=self.website.id)
        view.arch = view.arch.replace('name="contact_name"', 'name="changed"')
        self.assertIn('name="changed"', self.url_open('/callback').text)
        block = html.tostring(self._get_block('s_ecrm_callback_form'), encoding='unicode')
        self.assertIn('name="contact_name"', block)
        self.assertNotIn('name="changed"', block)

    def test_a_placed_form_speaks_the_languages_of_the_website_at_once(self):
        _view, url = self._place('s_ecrm_callback_form', 's_ecrm_quote_form')
        for lang in self.website.language_ids:
            prefix = '' if lang == self.website.default_lang_id else f'/{lang.url_code}'
            page = html.fromstring(self.url_open(prefix + url).content)
            own = html.fromstring(self.url_open(f'{prefix}/callback').content)
            [placed] = page.xpath("//section[@data-snippet='s_ecrm_callback_form']")
            [original] = own.xpath("//section[@data-snippet='s_ecrm_callback_form']")
            self.assertEqual(
                placed.text_content().split(), original.text_content().split(), lang.code
            )

    def test_what_a_person_translated_is_not_translated_over(self):
        view, url = self._place('s_ecrm_callback_form')
        default = self.website.default_lang_id.code
        other = (self.website.language_ids - self.website.default_lang_id)[:1]
        words = self.env['ir.ui.view']._ecrm_get_block_words(default, other.code)
        button = (
            view.with_context(lang=default)
            ._get_combined_arch()
            .xpath("//a[hasclass('s_website_form_send')]")[0]
            .text
        )
        view.update_field_translations(
            'arch_db', {other.code: {button: "Ring me"}}, source_lang=default
        )
        view.with_context(
            website_id=self.website.id, lang=default
        )._copy_custom_snippet_translations(view, 'arch_db')
        text = self.url_open(f'/{other.url_code}{url}').text
        self.assertIn("Ring me", text)
        self.assertNotIn(
            words[button],
            html.fromstring(text).xpath("//a[contains(@class, 's_website_form_send')]")[0].text,
        )

    def test_a_placed_form_is_stored_with_its_kind_and_needs_nothing_of_ours_to_be_shown(self):
        view, url = self._place(*BLOCKS)
        self.assertNotIn('t-call="ecrm', view.arch_db)
        self.assertNotIn('/ecrm/', view.arch_db)
        page = html.fromstring(self.url_open(url).content)
        forms = page.xpath("//*[@id='wrap']//form")
        self.assertEqual(len(forms), len(BLOCKS))
        for form, kind in zip(forms, KINDS.values(), strict=True):
            values = {
                field.get('name'): field.get('value') or '' for field in form.xpath('.//input')
            }
            values |= {
                'phone': '0551234567',
                'email_from': f'{kind}@example.com',
                'contact_name': kind,
            }
            values.pop('photo', None)
            self.assertIn('id', self.url_open('/website/form/crm.lead', data=values).json())
            row = self.env['ecrm.submission'].search([], limit=1)
            self.assertEqual((row.kind, row.state), (kind, 'new'))
            # The trap is out of sight by Odoo's own means
            [trap] = form.xpath(".//input[@name='ecrm_website_url']/ancestor::div[1]")
            self.assertIn('visually-hidden', trap.get('class'))
