import io

from PIL import Image

from odoo import Command

from ..common import EcrmCommon


def photo(kind='JPEG', size=(64, 48), **options):
    """Bytes of a small picture, as a telephone would send it."""
    target = io.BytesIO()
    Image.new('RGB', size, (120, 60, 30)).save(target, kind, **options)
    return target.getvalue()


class ComplaintCommon(EcrmCommon):
    """A team with one agent, two customers, and a delivered order of each.

    Attributes set besides those of EcrmCommon: ``team``, ``user_agent2``, ``product``, ``order``
    (5 ordered, 3 delivered, of ``partner``), ``line``, ``stranger`` and ``order_stranger``,
    ``cause`` (needs delivered goods) and ``cause_late`` (does not).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_agent2 = cls._new_user('ecrm_agent2', 'ecrm.group_complaint_agent')
        cls.user_all = cls._new_user('ecrm_all', 'ecrm.group_complaint_all')
        cls.user_production = cls._new_user('ecrm_production', 'ecrm.group_complaint_production')
        cls.user_portal2 = cls._new_user('ecrm_portal2', 'base.group_portal')
        cls.stranger = cls.user_portal2.partner_id
        cls.partner.lang = cls.stranger.lang = 'en_US'
        (cls.user_manager | cls.user_agent | cls.user_agent2).lang = 'en_US'
        cls.env['ecrm.complaint.team'].search([]).active = False
        cls.team = cls.env['ecrm.complaint.team'].create(
            {
                'name': "Care",
                'company_id': cls.company.id,
                'user_id': cls.user_manager.id,
                'member_ids': [Command.link(cls.user_agent.id)],
            }
        )
        cls.cause = cls.env.ref('ecrm.complaint_cause_print')
        cls.cause_late = cls.env.ref('ecrm.complaint_cause_late')
        cls.product = cls.env['product.product'].create(
            {
                'name': "Canvas of the bay",
                'type': 'consu',
                'list_price': 3400.0,
                'taxes_id': [Command.clear()],
                'invoice_policy': 'order',
            }
        )
        cls.order = cls._new_order(cls.partner, 5, delivered=3)
        cls.line = cls.order.order_line
        cls.order_stranger = cls._new_order(cls.stranger, 1, delivered=1)

    @classmethod
    def _new_calendar(cls, name, opening, closing):
        return cls.env['resource.calendar'].create(
            {
                'name': name,
                'tz': 'UTC',
                'company_id': False,
                'attendance_ids': [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                'name': str(day),
                                'dayofweek': str(day),
                                'hour_from': opening,
                                'hour_to': closing,
                                'day_period': 'morning',
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )

    @classmethod
    def _new_order(cls, partner, quantity, delivered=0, user=None, **values):
        order = cls.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'company_id': cls.company.id,
                'user_id': user.id if user else False,
                'order_line': [
                    Command.create({'product_id': cls.product.id, 'product_uom_qty': quantity})
                ],
                **values,
            }
        )
        order.action_confirm()
        if delivered:
            for move in order.picking_ids.move_ids:
                move.quantity = delivered
                move.picked = True
            order.picking_ids.with_context(
                skip_backorder=True, cancel_backorder=False, skip_sms=True
            ).button_validate()
        return order

    @classmethod
    def _new_complaint(cls, **values):
        return cls.env['ecrm.complaint'].create(
            {
                'name': "Lines on the print",
                'partner_id': cls.partner.id,
                'order_id': cls.order.id,
                'cause_id': cls.cause.id,
                'team_id': cls.team.id,
                'user_id': cls.user_agent.id,
                **values,
            }
        )

    def _answer(self, complaint, text="Hello", user=None, **values):
        """An agent writes what the customer can read."""
        return complaint.with_user(user or self.user_agent).message_post(
            body=text, message_type='comment', subtype_xmlid='mail.mt_comment', **values
        )

    def _note(self, complaint, text="Internal", **values):
        """An agent writes what the customer cannot read."""
        return complaint.with_user(self.user_agent).message_post(body=text, **values)
