import http.client
import json
import re
from contextlib import closing

from lxml import html

from odoo.fields import Command
from odoo.tests import HttpCase, get_db_name, tagged

from .common_intake_live import LiveCase

LOGIN = 'ecrm_block_editor'
PHONES = {'fr_FR': '+213559990431', 'ar_001': '+213559990433'}
BLOCK = 's_ecrm_callback_form'
STEPS = """
    const until = async (what, look) => {
        for (let turn = 0; turn < 300; turn++) {
            const found = look();
            if (found) {
                return found;
            }
            await new Promise((done) => setTimeout(done, 200));
        }
        throw new Error(`Waited in vain: ${what}`);
    };
"""
# The editor takes the block from the palette, twice, and writes another title
EDIT = """
    const page = () => document.querySelector(".o_iframe_container iframe:not(.o_ignore_in_tour)")?.contentDocument;
    const placed = () => [...(page()?.querySelectorAll("[data-snippet=%(block)s]") || [])];
    for (const count of [1, 2]) {
        const group = await until("palette", () =>
            page()?.querySelector("#wrap.o_editable, #wrap .o_editable, .o_editable #wrap") &&
            document.querySelector(".o_snippet[data-snippet-group=contact_and_forms] .o_snippet_thumbnail_area"));
        group.click();
        const block = await until("block", () =>
            document.querySelector(".o_add_snippet_iframe.show")?.contentDocument.querySelector("[data-snippet-id=%(block)s]"));
        block.click();
        await until("block is placed", () => placed().length === count &&
            !page().querySelector("[data-snippet=%(block)s] input[id^=ecrm_]"));
    }
    const title = placed()[0].querySelector("h2");
    page().defaultView.focus();
    page().getSelection().selectAllChildren(title);
    page().execCommand("insertText", false, "%(title)s");
    await until("title", () => title.textContent === "%(title)s");
    title.click();
    await until("options of the block", () =>
        [...document.querySelectorAll(".options-container-header")].some((el) => el.textContent.includes("Call-back form")));
    const field = () => placed()[0].querySelector(".s_website_form_field:has([name=call_time])");
    field().querySelector(".s_website_form_label_content").click();
    const label = await until("option of the label", () => document.querySelector("[data-action-id=setLabelText] input"));
    label.value = "%(label)s";
    label.dispatchEvent(new Event("input", { bubbles: true }));
    label.dispatchEvent(new Event("change", { bubbles: true }));
    await until("label, and the name that the shop reads", () => field()?.textContent.includes("%(label)s"));
    document.querySelector("[data-action=save]").click();
    await until("saved", () => !document.querySelector("[data-action=save]"));
    console.log("test successful");
"""
# A guest of the page fills in the first of the two
SEND = """
    const form = document.querySelector("[data-snippet=%(block)s] form");
    for (const label of document.querySelectorAll("#wrap label[for]")) {
        const inputs = document.querySelectorAll(`[id="${label.htmlFor}"]`);
        if (inputs.length !== 1 || inputs[0].closest("form") !== label.closest("form")) {
            throw new Error(`Label of another field: ${label.textContent}`);
        }
    }
    const phone = form.querySelector("[name=phone]");
    if (phone.dir !== "ltr" || phone.autocomplete !== "tel" || phone.maxLength !== 60) {
        throw new Error(`Lost at the drop: ${phone.outerHTML}`);
    }
    form.querySelector("[name=contact_name]").value = "Block";
    phone.value = "%(phone)s";
    form.querySelector("[name=call_time]").selectedIndex = 1;
    form.querySelector(".s_website_form_send").click();
    await until("thanks", () => document.querySelector(".s_website_form_end_message:not(.d-none) h2"));
    console.log("test successful");
"""


@tagged('post_install', '-at_install')
class TestIntakeBlockLive(LiveCase, HttpCase):
    """From the palette of the website editor to a call to make, on a real server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start()

    def setUp(self):
        super().setUp()
        self.addCleanup(self._with_env, self._remove)
        self.url = self._with_env(self._prepare)

    def _prepare(self, env):
        website = env['website'].search([], limit=1)
        self.default_lang = website.default_lang_id.code
        self.prefixes = {
            lang.code: '' if lang == website.default_lang_id else f'/{lang.url_code}'
            for lang in website.language_ids
        }
        env['res.users'].create({
            'name': "Block editor", 'login': LOGIN, 'password': LOGIN, 'lang': 'en_US',
            'group_ids': [
                Command.set([env.ref('website.group_website_designer').id, env.ref('base.group_user').id])
            ],
            'company_id': website.company_id.id, 'company_ids': [Command.set(website.company_id.ids)],
        })  # fmt: skip
        website = website.with_context(website_id=website.id)
        return website.new_page(name="Block walk", page_values={'is_published': True})['url']

    @staticmethod
    def _remove(env):
        env['website.page'].search([('name', '=', "Block walk")]).view_id.unlink()
        rows = env['ecrm.submission'].search([('phone', 'in', list(PHONES.values()))])
        rows.state = 'spam'
        rows.unlink()
        user = env['res.users'].search([('login', '=', LOGIN)])
        partner = user.partner_id
        user.unlink()
        partner.unlink()

    def _sign_in(self):
        """Return the session of the editor."""
        params = {'db': get_db_name(), 'login': LOGIN, 'password': LOGIN}
        with closing(http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)) as client:
            client.request(
                'POST',
                '/web/session/authenticate',
                json.dumps({'jsonrpc': '2.0', 'params': params}),
                {'Content-Type': 'application/json'},
            )
            cookies = client.getresponse().headers.get_all('Set-Cookie')
        return re.search(r'session_id=([^;]+)', ', '.join(cookies))[1]

    def _walk(self, path, code, values, **options):
        self.browser_js(
            f'http://127.0.0.1:{self.port}{path}',
            f'(async () => {{ {STEPS} {code % values} }})().catch((error) => console.error(error.message));',
            error_checker=lambda message: 'Failed to load resource' not in message,
            timeout=180,
            **options,
        )

    def _read(self, env, lang):
        """Return what came by a phone number, what the block says and which times it was placed with."""
        rows = env['ecrm.submission'].search([('phone', '=', PHONES[lang])])
        block = env.ref(f'ecrm.{BLOCK}')
        placed = html.fromstring(block.with_context(lang=self.default_lang).arch_db)
        return (
            [(row.kind, row.state, row.call_time, row.payload['consent_text']) for row in rows],
            block.with_context(lang=lang).arch_db,
            placed.xpath('//option/@value'),
        )

    def test_an_editor_places_the_call_back_form_and_guests_send_it_in_their_languages(self):
        self._walk(
            f'/odoo/action-website.website_preview?enable_editor=1&path={self.url}',
            EDIT,
            {'block': BLOCK, 'title': "Une question ?", 'label': "Quel jour ?"},
            ready='!!document.querySelector(".o_action_manager")',
            cookies={'session_id': self._sign_in(), 'frontend_lang': self.default_lang},
        )
        for lang, phone in PHONES.items():
            self._walk(
                self.prefixes[lang] + self.url,
                SEND,
                {'block': BLOCK, 'phone': phone},
                ready='!!document.querySelector("[data-snippet] form input[name=consent_text]")',
                cookies={'frontend_lang': lang},
            )
            rows, words, times = self._with_env(lambda env, lang=lang: self._read(env, lang))
            self.assertEqual([row[:3] for row in rows], [('callback', 'new', times[1])], lang)
            self.assertIn(rows[0][3], words)
