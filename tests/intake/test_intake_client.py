import gzip

from odoo.tests import HttpCase, tagged

from .common_intake import IntakeCommon
from .common_intake_site import CLIENT, SiteCase, Way

MAX_BYTES = 8192


@tagged('post_install', '-at_install')
class TestIntakeClient(SiteCase, IntakeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self._open_site(Way, self.http_port(), self.browser.public_key)
        self.browser.allowed_origins = self.site_url

    def _rows(self):
        return self.env['ecrm.submission'].search([('source_id', '=', self.browser.id)])

    def test_the_file_is_small(self):
        size = len(gzip.compress((CLIENT / 'ecrm.js').read_bytes(), 9))
        self.assertLess(size, MAX_BYTES)

    def test_a_form_of_another_site_arrives(self):
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        row = self._rows()
        self.assertEqual((row.kind, row.phone), ('callback', '+213551234567'))
        self.assertEqual(row.touches['first']['utm_source'], 'facebook')
        self.assertEqual(row.lang, 'fr')
        # What he agreed to is kept as it stood on the page
        self._process(row)
        consent = self.env['ecrm.consent'].search([('submission_id', '=', row.id)])
        self.assertEqual((consent.purpose, consent.version), ('contact', '1'))
        self.assertIn("pour cet appel, et pour rien d'autre", consent.text)
        self.assertTrue(consent.page.startswith(self.site_url))
        self.assertFalse(row.ignored)

    def test_a_proxys_404_is_no_refusal_of_the_shop(self):
        self.way.mode = 'strange'
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual((self.way.mode, len(self._rows())), ('up', 1))

    def _go_down(self):
        """Close the way to the shop for one request, with the script already in the browser."""
        self.way.down_for = 1
        client = (CLIENT / 'ecrm.js').read_bytes().replace(b'</script>', b'')
        before, rest = self.site.page.split(b'<script defer', 1)
        after = rest.split(b'</script>', 1)[1]
        self.site.page = before + b'<script>' + client + b'</script>' + after

    def test_a_page_that_is_left_while_the_shop_is_down_sends_at_the_next_visit(self):
        self._go_down()
        # What the next visit finds: a form that is kept, until it is sent
        self.site.page += b"""
            <script>
                if (ecrm.kept().length) {
                    setInterval(() => {
                        if (!ecrm.kept().length && document.title !== "sent") {
                            document.title = "sent";
                            console.log("test successful");
                        }
                    }, 100);
                }
            </script>
        """
        self._fill_in('location.reload();', when='kept')
        self.assertEqual(len(self._rows()), 1)

    def test_what_is_refused_after_a_wait_comes_back_into_the_form(self):
        self.browser.max_kilobytes = 1
        self._go_down()
        self._fill_in(
            'if (form.querySelector("[name=name]").value.length === 2000 && !ecrm.kept().length)'
            ' console.log("test successful");',
            when='refused',
            name="A" * 2000,
        )
        self.assertFalse(self._rows())

    def test_a_page_asks_for_another_token_when_the_shop_no_longer_takes_its_own(self):
        self.way.mode = 'aged'
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");')
        self.assertEqual((self.way.mode, len(self._rows())), ('up', 1))

    def test_the_file_asks_for_nothing_but_the_shop(self):
        script = (CLIENT / 'ecrm.js').read_text(encoding='utf-8')
        code = script.split('*/', 1)[1]
        for word in ('import ', 'require(', 'importScripts', 'eval(', 'http://', 'https://'):
            self.assertNotIn(word, code)
