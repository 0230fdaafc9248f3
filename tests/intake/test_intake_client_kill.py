import json
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from odoo.tests import HttpCase, tagged

from .common_intake_live import START_SECONDS, Line, LiveCase
from .common_intake_site import SiteCase, Way

KEY = 'ecrm_client_kill'
PHONE, SAME_PHONE = '+213559990417', '+213559990419'
PROCESSED_SECONDS = 60


class DeadlyWay(Way):
    """The shop's server is killed after it has answered the first post, and nobody hears the answer.

    The second post finds nobody there; the third waits, as behind a balancer, until the server is back.
    """

    statuses = ()
    unheard = 0

    def _pass(self):
        if self.command != 'POST':
            self._answer(*self._ask_shop())
        elif not self.statuses:
            self._ask_and_remember()
            self.case.kill()
            self._hang_up()
        elif not self.unheard:
            type(self).unheard += 1
            self._hang_up()
        elif self.case.is_back.wait(START_SECONDS):
            self._answer(*self._ask_and_remember())

    do_GET = do_POST = do_OPTIONS = _pass

    def _ask_and_remember(self):
        answer = self._ask_shop()
        type(self).statuses += (answer[0],)
        return answer


@tagged('post_install', '-at_install')
class TestIntakeClientKill(SiteCase, LiveCase, HttpCase):
    """A server that really dies, a database that is really away, and what is stored after all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = Line()
        cls.addClassCleanup(shutil.rmtree, cls.line.folder)
        cls.addClassCleanup(cls.line.cut)
        cls.server = cls._start(host=cls.line.folder)

    def setUp(self):
        super().setUp()
        self._open_site(DeadlyWay, self.port, KEY)
        self.crons = self._with_env(self._prepare)
        self.addCleanup(self._with_env, self._remove)
        self.is_back = threading.Event()

    def _prepare(self, env):
        env['ecrm.source'].create({
            'name': "Killed", 'kind': 'browser', 'public_key': KEY, 'allowed_origins': self.site_url,
        })  # fmt: skip
        return self._leave_one_cron(env, 'ecrm.ir_cron_process_submissions')

    def _remove(self, env):
        rows = self._find(env, 'ecrm.submission', PHONE, SAME_PHONE)
        leads = self._find(env, 'crm.lead', PHONE, SAME_PHONE)
        env['calendar.event'].search([('opportunity_id', 'in', leads.ids)]).unlink()
        leads.unlink()
        rows.write({'state': 'spam'})
        rows.unlink()
        env['ecrm.source'].search([('public_key', '=', KEY)]).unlink()
        env['ir.cron'].browse(self.crons).active = True

    @staticmethod
    def _find(env, model, *phones):
        return env[model].with_context(active_test=False).search([('phone', 'in', phones)])

    def _state(self):
        """Return the states of what was stored, whether its leads are all there are, and their number."""

        def read(env):
            rows, leads = (self._find(env, name, PHONE) for name in ('ecrm.submission', 'crm.lead'))
            return rows.mapped('state'), rows.lead_id == leads, len(leads)

        return self._with_env(read)

    def kill(self):
        """End the server as a power cut does, look what it has stored, and start it again meanwhile."""
        self.server.kill()
        self.server.wait()
        self.stored = self._state()
        threading.Thread(target=self._restart, daemon=True).start()

    def _restart(self):
        self._start(host=self.line.folder, port=self.port, cron_threads=1)
        self.is_back.set()

    def _wait_until_processed(self):
        """A server that comes back looks by itself within a minute; it is told to look now."""
        deadline = time.monotonic() + PROCESSED_SECONDS
        while 'new' in self._state()[0] and time.monotonic() < deadline:
            self._with_env(lambda env: env['ecrm.submission']._trigger_processing())
            time.sleep(0.5)

    def test_a_lost_database_is_5xx_and_twenty_identical_posts_at_once_are_one_row(self):
        self.line.cut()
        for path in ('intake', 'hook'):
            self.assertEqual(self._post(f'/ecrm/{path}/any-source', {})[0], 503)
        self.line.mend()
        self.assertEqual(self._post('/ecrm/intake/any-source', {})[0], 404)

        form = {'contact_name': "Twenty", 'phone': SAME_PHONE, 'description': "Hello"}
        with ThreadPoolExecutor(20) as pool:
            answers = list(
                pool.map(lambda _turn: self._post('/website/form/crm.lead', form), range(20))
            )
        self.assertEqual({status for status, _body in answers}, {200})
        self.assertEqual(len({json.loads(body).get('id') for _status, body in answers}), 1, answers)
        rows = self._with_env(lambda env: len(self._find(env, 'ecrm.submission', SAME_PHONE)))
        self.assertEqual(rows, 1)

    def test_a_server_killed_before_its_answer_was_heard_and_restarted_has_one_lead(self):
        self._fill_in('if (!ecrm.kept().length) console.log("test successful");', phone=PHONE)
        # Stored and answered by the server that died; what the page sent again was the same to the next one
        self.assertEqual(self.stored, (['new'], True, 0))
        self.assertEqual((self.way.statuses, self.way.unheard), ((202, 200), 1))
        self._wait_until_processed()
        self.assertEqual(self._state(), (['processed'], True, 1))
