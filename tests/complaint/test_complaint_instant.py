from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, api
from odoo.exceptions import AccessError
from odoo.service.model import retrying
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged('post_install', '-at_install')
class TestComplaintInstant(BaseCase):
    """Two requests at the same instant, in transactions of their own as a server has them."""

    def _begin(self, user_id=SUPERUSER_ID):
        cr = db_connect(get_db_name()).cursor()
        self.addCleanup(cr.close)
        return api.Environment(cr, user_id, {})

    def setUp(self):
        super().setUp()
        env = self._begin()
        agent = env['res.users'].create(
            {
                'name': "Agent of the instant",
                'login': 'ecrm_instant_agent',
                'group_ids': [
                    Command.set(
                        [
                            env.ref('base.group_user').id,
                            env.ref('ecrm.group_complaint_agent').id,
                        ]
                    )
                ],
            }
        )
        limit = env.company.ecrm_complaint_agent_limit
        self.assertGreater(limit, 0)
        complaint = env['ecrm.complaint'].create({'name': "Two at once", 'user_id': agent.id})
        remedies = env['ecrm.complaint.remedy'].create(
            [{'complaint_id': complaint.id, 'kind': 'coupon', 'amount': limit * 0.6}] * 2
        )
        self.agent_id, self.remedy_ids = agent.id, remedies.ids
        self.addCleanup(self._forget, complaint.id, agent.id, agent.partner_id.id)
        env.cr.commit()

    def _forget(self, complaint_id, user_id, partner_id):
        env = self._begin()
        env['ecrm.complaint'].browse(complaint_id).unlink()
        env['res.users'].browse(user_id).unlink()
        env['res.partner'].browse(partner_id).unlink()
        env.cr.commit()

    def _remedy(self, place):
        return self._begin(self.agent_id)['ecrm.complaint.remedy'].browse(self.remedy_ids[place])

    @mute_logger('odoo.sql_db')
    def test_two_remedies_granted_at_the_same_instant_keep_within_the_limit_together(self):
        first, second = self._remedy(0), self._remedy(1)
        # Each sees the complaint as it stood before the other was granted
        self.assertEqual(first.state, 'requested')
        self.assertEqual(second._granted_before(), 0)
        first.action_approve()
        first.env.cr.commit()
        with patch('odoo.service.model.time.sleep'), self.assertRaisesRegex(AccessError, "already"):
            retrying(second.action_approve, second.env)
        second.env.cr.rollback()
        second.env.invalidate_all()
        self.assertEqual(second.state, 'requested')

    def test_who_comes_second_waits_for_the_first(self):
        first, second = self._remedy(0), self._remedy(1)
        first.action_approve()
        first.env.flush_all()
        second.env.cr.execute(
            "SELECT 1 FROM ecrm_complaint WHERE id = %s FOR UPDATE SKIP LOCKED",
            [second.complaint_id.id],
        )
        self.assertFalse(second.env.cr.fetchall(), "the complaint is held until the first is done")
