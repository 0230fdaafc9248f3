import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from odoo import SUPERUSER_ID, api
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .common_intake_live import LiveCase

LIMIT = 5
AT_ONCE = 12
ADDRESS = '192.0.2.7'
KEY = 'ecrm_rate'


@tagged('post_install', '-at_install')
class TestIntakeRate(LiveCase, BaseCase):
    """Posts of one moment, each in a transaction of its own that has looked before any other has stored."""

    def setUp(self):
        super().setUp()
        self._with_env(self._prepare)
        self.addCleanup(self._with_env, self._remove)
        self.looked = threading.Barrier(AT_ONCE, timeout=60)

    @staticmethod
    def _prepare(env):
        env['ecrm.source'].create({
            'name': "Rate", 'kind': 'browser', 'public_key': KEY, 'rate_limit': LIMIT,
            'allowed_origins': 'https://shop.example.com',
        })  # fmt: skip

    @classmethod
    def _remove(cls, env):
        source = cls._find(env)
        source.submission_ids.write({'state': 'spam'})
        source.submission_ids.unlink()
        source.unlink()

    @staticmethod
    def _find(env):
        return env['ecrm.source'].search([('public_key', '=', KEY)])

    @classmethod
    def _count(cls):
        return cls._with_env(lambda env: len(cls._find(env).submission_ids))

    def _post(self, env, number, ip=ADDRESS, key=''):
        payload = {'phone': f'05512345{number:02}', 'message': f"Post {number}"}
        return env['ecrm.submission']._store(
            self._find(env), 'contact', payload, ip=ip, idempotency_key=key, is_limited=True
        )[1]

    def _post_with_others(self, number, **kwargs):
        """Post when every other one has looked; return whether the look allowed it, and the outcome."""

        def work(env):
            source, submissions = self._find(env), env['ecrm.submission']
            is_over = source._is_over_rate(submissions._hash_ip(kwargs.get('ip', ADDRESS)))
            self.looked.wait()
            return is_over, self._post(env, number, **kwargs)

        return self._with_env(work)

    def _post_at_once(self, posts):
        # Numbers that are taken are no errors; threads that mute a log at one moment undo each other
        with mute_logger('odoo.sql_db'), ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda post: self._post_with_others(**post), posts))
        self.assertFalse(any(is_over for is_over, _outcome in answers))
        return sorted(outcome for _is_over, outcome in answers)

    def test_posts_of_one_moment_are_stored_up_to_the_limit_and_not_one_more(self):
        posts = [{'number': number} for number in range(AT_ONCE)]
        stored = ['new'] * LIMIT + ['over'] * (AT_ONCE - LIMIT)
        self.assertEqual(self._post_at_once(posts), stored)
        self.assertEqual(self._count(), LIMIT)

        # The minute after, as many again: numbers go on, and those of before are out of the count
        def grow_old(env):
            env.cr.execute(
                "UPDATE ecrm_submission SET create_date = create_date - %s WHERE source_id = %s",
                [timedelta(seconds=61), self._find(env).id],
            )

        self._with_env(grow_old)
        posts = [{'number': AT_ONCE + number} for number in range(AT_ONCE)]
        self.assertEqual(self._post_at_once(posts), stored)
        self.assertEqual(self._count(), 2 * LIMIT)

    def test_addresses_do_not_take_each_others_share(self):
        posts = [
            {'number': number, 'ip': f'192.0.2.{number // LIMIT}'} for number in range(AT_ONCE)
        ]
        self.assertEqual(self._post_at_once(posts), ['new'] * AT_ONCE)

    def test_a_post_that_is_not_stored_after_all_gives_its_place_back(self):
        self._with_env(lambda env: [self._post(env, number) for number in range(LIMIT - 1)])
        waiting, outcomes = threading.Event(), []

        def wait_for_the_place(env):
            self._find(env)._is_over_rate()
            waiting.set()
            outcomes.append(self._post(env, 21))

        with db_connect(get_db_name()).cursor() as cr:
            self.assertEqual(self._post(api.Environment(cr, SUPERUSER_ID, {}), 20), 'new')
            second = threading.Thread(target=self._with_env, args=[wait_for_the_place])
            second.start()
            self.assertTrue(waiting.wait(60))
            second.join(0.5)
            self.assertFalse(
                outcomes, "The place is taken as long as the first may still be stored."
            )
            cr.rollback()
            second.join(60)
        self.assertEqual(outcomes, ['new'])
        self.assertEqual(self._with_env(lambda env: self._post(env, 22)), 'over')
