from datetime import date
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.sql_db import Cursor
from odoo.tests import HttpCase, tagged
from odoo.tools import format_date

from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintQueries(ComplaintCommon, HttpCase):
    """What staff and customers wait for asks the database a known number of questions, however many complaints there are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agents = cls.env['ecrm.complaint'].with_user(cls.user_all)
        cls.complaints = cls.env['ecrm.complaint']
        for _number in range(6):
            cls.complaints |= cls._new_complaint(
                line_ids=[Command.create({'sale_line_id': cls.line.id, 'quantity': 1})]
            )
        cls.complaints[:3].write({'stage_id': cls.env.ref('ecrm.complaint_stage_open').id})
        cls.names = {'fields': {'display_name': {}}}
        cls.row = {
            'reference': {},
            'partner_name': {},
            'order_id': cls.names,
            'size_label': {},
            'cause_id': cls.names,
            'user_id': cls.names,
            'stage_id': cls.names,
        }

    def _count(self, function):
        """Statements of a call, the registry's caches warm and the records' cold."""
        counts = []
        for _turn in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            function()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        return counts[-1]

    def _assert_asks(self, count, function):
        """It asks no more than that, nothing read yet but what the registry keeps."""
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(count):
            function()

    def _read_form(self):
        line = {'sale_line_id': {**self.names, 'context': {'ecrm_in_order': True}}}
        line |= {'size_label': {}, 'claimable_quantity': {}, 'cause_id': self.names}
        self.complaints[0].with_user(self.user_all).web_read(
            {
                **self.row,
                'partner_id': self.names,
                'team_id': self.names,
                'sla_id': self.names,
                'line_ids': {'fields': line, 'limit': 40},
            }
        )

    def test_form_reads_each_linked_model_once(self):
        self._assert_asks(13, self._read_form)

    def test_list_asks_no_more_for_six_than_for_one(self):
        def read(limit):
            return lambda: self.agents.web_search_read(
                [('id', 'in', self.complaints.ids)], self.row, limit=limit
            )

        one, six = self._count(read(1)), self._count(read(6))
        self.assertLessEqual(six, one)
        self._assert_asks(8, read(6))

    def test_new_complaint_asks_for_its_customer_and_company_once(self):
        def create():
            self.agents.create(
                {'name': "Late", 'partner_id': self.partner.id, 'team_id': self.team.id,
                 'user_id': self.user_all.id}
            )  # fmt: skip

        self._assert_asks(23, create)

    def test_customers_page_is_counted_only_when_it_is_full(self):
        domain = [('partner_id', '=', self.partner.id)]

        def read(page, step):
            return lambda: self.complaints.browse()._read_customer_page(domain, page, step)

        all_of_them = self.complaints.search(domain, order='id desc')
        short, full = self._count(read(1, len(all_of_them) + 1)), self._count(read(1, 2))
        self.assertEqual(full, short + 1)
        self._assert_asks(5, read(1, len(all_of_them) + 1))
        for page, first in (
            (1, 0),
            (2, 2),
            (99, (len(all_of_them) - 1) // 2 * 2),
            (10**30, (len(all_of_them) - 1) // 2 * 2),
        ):
            total, shown = self.complaints.browse()._read_customer_page(domain, page, 2)
            self.assertEqual(total, len(all_of_them))
            self.assertEqual(shown, all_of_them[first : first + 2], page)

    def test_stages_of_the_board_stand_in_their_order(self):
        stages = self.env['ecrm.complaint.stage'].search([])
        stages[-1].sequence, stages[0].sequence = 0, 1000
        self.complaints[5].stage_id = stages[-1]
        groups = self.agents.web_read_group(
            [('id', 'in', self.complaints.ids)], ['stage_id'], ['__count']
        )['groups']
        shown = [group['stage_id'][0] for group in groups]
        self.assertEqual(shown, [stage.id for stage in stages.search([]) if stage.id in shown])
        counts = {group['stage_id'][0]: group['__count'] for group in groups}
        self.assertEqual(sum(counts.values()), 6)
        self.assertEqual(counts[self.env.ref('ecrm.complaint_stage_open').id], 3)
        backwards = self.agents.formatted_read_group(
            [('id', 'in', self.complaints.ids)], ['stage_id'], ['__count'], order='stage_id desc'
        )
        self.assertEqual(
            [group['stage_id'][0] for group in backwards],
            [stage for stage in reversed(shown) if counts[stage]],
        )

    def test_cards_are_counted_without_joining_their_stages(self):
        asked = []
        execute = Cursor.execute

        def listen(cursor, query, *args, **kwargs):
            asked.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(Cursor, 'execute', listen):
            self.agents.web_read_group([], ['stage_id'], ['__count'])
        counted = [query for query in asked if 'COUNT(*)' in query]
        self.assertEqual(len(counted), 1)
        self.assertNotIn('JOIN "ecrm_complaint_stage"', counted[0])

    def test_activities_of_a_board_are_those_of_its_cards(self):
        late, warned = self.complaints[1], self.complaints[4]
        danger = self.env['mail.activity.type'].create(
            {'name': "Call", 'icon': 'fa-bell', 'decoration_type': 'danger'}
        )
        yesterday = fields.Date.subtract(fields.Date.today(), days=2)
        late.activity_schedule(summary="Late", date_deadline=yesterday, user_id=self.user_all.id)
        warned.activity_schedule(activity_type_id=danger.id, user_id=self.user_all.id)
        names = [*self.complaints._ACTIVITY, 'name']
        mine = self.complaints.with_user(self.user_all)
        self.env.invalidate_all()
        rows = {row['id']: row for row in mine.read(names, load=None)}
        for complaint in mine:
            self.env.invalidate_all()
            expected = {
                name: complaint._fields[name].convert_to_read(complaint[name], complaint, False)
                for name in names
            }
            self.assertEqual(rows[complaint.id], {'id': complaint.id, **expected})
        self.assertEqual(rows[late.id]['activity_state'], 'overdue')
        self.assertEqual(rows[warned.id]['activity_exception_decoration'], 'danger')
        self.assertEqual(rows[self.complaints[0].id]['activity_ids'], [])
        # A new one shows at once, what is kept in memory of an empty card notwithstanding
        self.complaints[0].activity_schedule(summary="Soon", user_id=self.user_all.id)
        shown = mine[:1].web_read(
            {'activity_ids': {}, 'activity_type_id': self.names, 'activity_summary': {}}
        )
        self.assertEqual(shown[0]['activity_summary'], "Soon")
        self.assertEqual(
            shown[0]['activity_type_id']['id'], mine[0].activity_ids.activity_type_id.id
        )

    def test_activities_of_a_board_are_kept_from_who_may_not_read_it(self):
        for user in (self.user_portal2, self.env.ref('base.public_user')):
            with self.assertRaises(AccessError):
                self.complaints.with_user(user).read(['activity_ids', 'activity_state'])

    def test_changed_cause_and_renamed_policy_are_seen_at_once(self):
        complaint = self.complaints[0]
        self.assertEqual(complaint.line_ids.claimable_quantity, 3)
        self.cause.needs_delivery = False
        complaint.line_ids.invalidate_recordset(['claimable_quantity'])
        self.assertEqual(complaint.line_ids.claimable_quantity, 5)
        policy = complaint.sla_id
        self.assertEqual(policy.display_name, policy.name)
        policy.name = "Within a day"
        self.assertEqual(policy.display_name, "Within a day")
        self.assertEqual(policy.new({'name': "Soon"}).display_name, "Soon")
        self.assertEqual(complaint._customer_status(), complaint.stage_id.customer_label)
        complaint.stage_id.customer_label = "With our printer"
        self.assertEqual(complaint._customer_status(), "With our printer")
        complaint.stage_id.customer_label = False
        self.assertEqual(complaint._customer_status(), complaint.stage_id.name)

    def test_customers_list_takes_any_page_number(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for path in ('/my/complaints', '/my/complaints?page=x', '/my/complaints/page/99999999999'):
            response = self.url_open(path)
            self.assertEqual(response.status_code, 200, path)
            self.assertIn("Lines on the print", response.text, path)

    def test_links_of_the_customers_list_stay_in_the_language_of_its_page(self):
        french, english = self.env['res.lang']._activate_lang('fr_FR'), self.env.ref('base.lang_en')
        sites = self.env['website'].search([])
        languages = [Command.set((french | english).ids)]
        sites.write({'language_ids': languages, 'default_lang_id': french.id})
        self.authenticate('ecrm_portal', 'ecrm_portal')
        for language, prefix in (('en_US', '/en'), ('fr_FR', '')):
            self.opener.cookies['frontend_lang'] = language
            page = self.url_open(f'{prefix}/my/complaints').text
            for complaint in self.complaints:
                self.assertIn(f'href="{prefix}/my/complaints/{complaint.id}"', page)

    def test_customers_list_names_the_day_on_which_the_shop_received_it(self):
        complaint = self.complaints[0]
        self.team.calendar_id = self._new_calendar("Tokyo", 8, 16)
        self.team.calendar_id.tz = 'Asia/Tokyo'
        complaint.received_at = '2026-03-01 20:00:00'
        self.assertEqual(complaint._received_day(), format_date(self.env, date(2026, 3, 2)))
        self.team.calendar_id = False
        self.company.resource_calendar_id.tz = 'America/Lima'
        self.assertEqual(complaint._received_day(), format_date(self.env, date(2026, 3, 1)))
