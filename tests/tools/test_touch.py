from odoo.tests import BaseCase, tagged

from ...tools import touch


@tagged('post_install', '-at_install')
class TestTouch(BaseCase):
    def test_an_arrival_is_read_and_a_click_within_the_site_is_none(self):
        params = {'utm_source': 'fb', 'gclid': 'x' * 500, 'other': 'y', 'utm_term': ' '}
        found = touch.read_touch(params, 'https://a.dz/p?secret=1', '/shop', 'shop.dz')
        self.assertEqual(
            found,
            {
                'utm_source': 'fb',
                'gclid': 'x' * 120,
                'referrer': 'https://a.dz/p',
                'landing_page': '/shop',
            },
        )
        self.assertEqual(touch.read_touch({}, 'https://shop.dz/x', '/shop', 'shop.dz'), {})
        self.assertEqual(touch.read_touch({}, 'http://[broken', '/shop', 'shop.dz'), {})

    def test_five_utm_fields_and_three_click_ids_are_read(self):
        names = [f'utm_{name}' for name in ('source', 'medium', 'campaign', 'content', 'term')]
        params = {name: name.upper() for name in (*names, 'gclid', 'fbclid', 'ctwa_clid')}
        found = touch.read_touch(params, '', '/shop', 'shop.dz')
        self.assertEqual(found, {**params, 'landing_page': '/shop'})
        self.assertEqual(touch.unpack(touch.pack(found, {}))['first'], found)

    def test_a_cookie_goes_there_and_back(self):
        first, last = {'utm_source': 'é'}, {'landing_page': '/b'}
        self.assertEqual(touch.unpack(touch.pack(first, last)), {'first': first, 'last': last})
        self.assertEqual(touch.unpack(touch.pack(first, first)), {'first': first})
        self.assertEqual(touch.pack({'utm_source': 'x' * 9000}, {}), '')

    def test_a_hostile_cookie_is_empty(self):
        for cookie in (None, '', 'x', 'x' * 9000, 'eyJmaXJzdCI6IFsxXX0', '\udc80'):
            self.assertEqual(touch.unpack(cookie), {})
        self.assertEqual(
            touch.clean({'first': {'utm_source': 5, 'x': 'y', 'gclid': 'a\x00\ud83d'}, 'z': 1}),
            {'first': {'gclid': 'a\ufffd'}},
        )
