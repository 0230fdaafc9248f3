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
        product = env['product.product'].create({'name': "Canvas of the instant"})
        order = env['sale.order'].create(
            {
                'partner_id': agent.partner_id.id,
                'order_line': [Command.create({'product_id': product.id, 'product_uom_qty': 2})],
            }
        )
        complaint, other = env['ecrm.complaint'].create(
            [{'name': name, 'user_id': agent.id, 'order_id': order.id} for name in ("One", "Other")]
        )
        env['ecrm.complaint.line'].create(
            [
                {
                    'complaint_id': record.id,
                    'sale_line_id': order.order_line.id,
                    'cause_id': env.ref('ecrm.complaint_cause_late').id,
                    'quantity': 1,
                }
                for record in (complaint, other)
            ]
        )
        remedies = env['ecrm.complaint.remedy'].create(
            [
                {'complaint_id': record.id, 'kind': 'coupon', 'amount': limit * 0.6}
                for record in (complaint, complaint, other)
            ]
        )
        self.agent_id, self.remedy_ids = agent.id, remedies.ids
        made = (complaint | other, order, product, product.product_tmpl_id, agent, agent.partner_id)
        self.addCleanup(self._forget, [(records._name, records.ids) for records in made])
        env.cr.commit()

    def _forget(self, made):
        env = self._begin()
        for model, ids in made:
            env[model].browse(ids).exists().unlink()
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

    def test_another_complaint_about_the_same_line_waits_until_the_first_is_made_good(self):
        first, other = self._remedy(0), self._remedy(2)
        self.assertNotEqual(first.complaint_id, other.complaint_id)
        lines = other.sudo().complaint_id.line_ids.sale_line_id
        self.assertEqual(
            lines,
            other.env['sale.order.line'].browse(
                first.sudo().complaint_id.line_ids.sale_line_id.ids
            ),
        )
        free = "SELECT id FROM sale_order_line WHERE id IN %s FOR UPDATE SKIP LOCKED"
        first.action_approve()
        other.env.cr.execute(free, [tuple(lines.ids)])
        self.assertTrue(other.env.cr.fetchall(), "an approval holds no line")
        other.env.cr.rollback()
        first.action_do()
        first.env.flush_all()
        other.env.cr.execute(free, [tuple(lines.ids)])
        self.assertFalse(other.env.cr.fetchall(), "the line is held until it is made good")
