from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields, http
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, HttpCase, tagged
from odoo.tools import mute_logger

from ...tools import media
from .common_complaint import ComplaintCommon


@tagged('post_install', '-at_install')
class TestComplaintRules(ComplaintCommon, HttpCase):
    """Small promises that stand in no other place."""

    def test_causes_have_two_levels_and_no_third(self):
        family = self.cause.parent_id
        self.assertTrue(family)
        self.assertFalse(family.parent_id)
        with self.assertRaisesRegex(ValidationError, "third level"):
            self.env['ecrm.complaint.cause'].create({'name': "Stripes", 'parent_id': self.cause.id})
        with self.assertRaisesRegex(ValidationError, "third level"):
            family.parent_id = self.env.ref('ecrm.complaint_cause_delivery')

    def test_every_cause_a_customer_chooses_says_who_answers_for_it_and_has_a_family(self):
        for cause in self.env['ecrm.complaint.cause']._offered_to_customers(self.company):
            self.assertTrue(cause.parent_id, cause.name)
            self.assertTrue(cause.area, cause.name)

    def test_name_order_and_fold_of_a_stage_mean_nothing(self):
        stages = self.env['ecrm.complaint.stage'].search([])
        for stage, place in zip(stages, range(len(stages), 0, -1), strict=True):
            stage.write({'name': f"Step {place}", 'sequence': place, 'fold': not stage.fold})
        complaint = self._new_complaint(
            stage_id=self.env['ecrm.complaint.stage']._first_of_kind('new').id
        )
        self.assertTrue(complaint.resolution_due)
        self._answer(complaint)
        self.assertEqual(complaint.kind, 'open')
        complaint.action_wait_customer()
        self.assertFalse(complaint.resolution_due)
        complaint._post_from_customer("Here", [])
        complaint.action_resolve()
        self.assertTrue(complaint.resolved_at)
        complaint._rate_from_customer(5)
        self.assertEqual(complaint._reply_from_customer("Again", []), complaint)
        self.assertEqual((complaint.kind, complaint.reopen_count), ('open', 1))
        self.assertEqual(complaint._customer_status(), complaint.stage_id.customer_label)

    def test_a_stage_is_not_given_to_a_complaint_past_the_table_of_moves(self):
        complaint = self._new_complaint()
        closed = self.env['ecrm.complaint.stage']._first_of_kind('closed')
        with self.assertRaises(UserError):
            complaint.with_user(self.user_agent).stage_id = closed

    def test_working_week_is_shipped_from_sunday_to_thursday_in_algiers(self):
        calendar = self.env.ref('ecrm.calendar_complaint')
        self.assertEqual(calendar.tz, 'Africa/Algiers')
        days = set(calendar.attendance_ids.mapped('dayofweek'))
        self.assertEqual(days, {'6', '0', '1', '2', '3'})

    def test_no_form_of_the_website_builder_writes_a_complaint(self):
        models = self.env['ir.model'].search([('model', 'like', 'ecrm.complaint%')])
        self.assertFalse(any(models.mapped('website_form_access')))
        before = self.env['ecrm.complaint'].search_count([])
        self.authenticate(None, None)
        answer = self.opener.post(
            f'{self.base_url()}/website/form/ecrm.complaint',
            data={'name': "x", 'csrf_token': http.Request.csrf_token(self)},
            timeout=30,
        )
        self.assertIn("error", answer.text)
        self.assertEqual(self.env['ecrm.complaint'].search_count([]), before)

    @mute_logger('odoo.http')
    def test_who_fails_the_captcha_makes_no_complaint(self):
        before = self.env['ecrm.complaint'].search_count([])
        self.authenticate(None, None)
        asked = []

        def refuse(_self, action):
            asked.append(action)
            raise UserError("A robot")  # pylint: disable=translation-required

        with patch.object(self.env.registry['ir.http'], '_verify_request_recaptcha_token', refuse):
            answer = self.opener.post(
                f'{self.base_url()}/complaint/send',
                data={
                    'name': "Amine",
                    'email': 'amine@example.com',
                    'text': "Torn",
                    'cause_id': self.cause.id,
                    'csrf_token': http.Request.csrf_token(self),
                },
                timeout=30,
            )
        self.assertEqual(asked, ['ecrm_complaint'])
        self.assertGreaterEqual(answer.status_code, 400)
        self.assertEqual(self.env['ecrm.complaint'].search_count([]), before)

    def test_agent_writes_down_a_telephone_call_with_its_order_and_lines(self):
        self.user_agent.group_ids |= self.env.ref('sales_team.group_sale_salesman_all_leads')
        form = Form(self.env['ecrm.complaint'].with_user(self.user_agent))
        form.name = "He calls about lines on the print"
        form.order_id = self.order
        self.assertEqual(form.partner_id, self.partner)
        form.cause_id = self.cause
        with form.line_ids.new() as line:
            line.sale_line_id = self.line
            line.quantity = 2
        complaint = form.save()
        self.assertEqual((complaint.channel, complaint.kind), ('staff', 'new'))
        self.assertRegex(complaint.reference, r'^REC/\d{4}/\d{5}$')
        self.assertEqual(complaint.line_ids.sale_line_id, self.line)
        self.assertTrue(complaint.response_due)
        found = self.env['sale.order'].with_user(self.user_agent).name_search(self.order.name)
        self.assertIn(self.order.id, [order_id for order_id, _name in found])

    def test_bounds_of_a_new_shop_are_those_that_were_promised(self):
        shop = self.env['res.company'].create({'name': "A new shop"})
        promised = {
            'ecrm_complaint_hourly': 5,
            'ecrm_complaint_daily': 3,
            'ecrm_complaint_file_mb': 8,
            'ecrm_complaint_ack_limit': 10,
            'ecrm_complaint_ack_hours': 3,
            'ecrm_complaint_return_days': 4,
            'ecrm_complaint_refund_days': 15,
        }
        self.assertEqual({name: shop[name] for name in promised}, promised)
        self.assertEqual(self.env['ecrm.complaint']._MAX_FILES, 5)
        self.assertEqual(set(media.TYPES), {'jpg', 'png', 'webp', 'heic', 'pdf', 'mp4'})

    def test_administrator_opens_and_saves_every_form_of_the_configuration(self):
        for model, values in (
            ('ecrm.complaint.team', {'name': "Evening"}),
            ('ecrm.complaint.cause', {'name': "Smell", 'parent_id': self.cause.parent_id}),
            ('ecrm.complaint.sla', {'name': "Quick", 'resolution_hours': 3}),
            ('ecrm.complaint.stage', {'name': "At the framer's", 'kind': 'waiting_internal'}),
            ('ecrm.complaint.action', {'name': "Dry for longer", 'cause_id': self.cause}),
        ):
            form = Form(self.env[model].with_user(self.user_manager))
            for name, value in values.items():
                setattr(form, name, value)
            self.assertTrue(form.save(), model)

    def test_page_of_a_forgotten_complaint_opens_whole(self):
        line = Command.create({'sale_line_id': self.line.id, 'quantity': 1})
        complaint = self._new_complaint(line_ids=[line])
        remedy = self.env['ecrm.complaint.remedy'].create(
            {'complaint_id': complaint.id, 'kind': 'remake'}
        )
        remedy.action_do()
        complaint.action_resolve()
        complaint.action_close()
        complaint.with_user(self.user_manager).action_anonymise()
        self.env.invalidate_all()
        form = Form(complaint.with_user(self.user_manager))
        self.assertFalse(form.partner_id)
        self.assertEqual((len(form.line_ids), len(form.remedy_ids)), (1, 1))

    def test_card_of_a_customer_says_what_is_open_the_last_and_the_founded_of_a_year(self):
        now = fields.Datetime.now()
        self._new_complaint(founded='yes', received_at=now - timedelta(days=400))
        self._new_complaint(founded='yes', received_at=now - timedelta(days=40)).action_resolve()
        self._new_complaint(received_at=now)
        self._new_complaint(founded='yes').action_spam()
        self.env.flush_all()
        said = ' '.join(self.partner.with_user(self.user_marketing)._ecrm_voice_sentences())
        self.assertIn("Complaints: 3, of which open: 2", said)
        self.assertIn("founded in 12 months: 1.", said)
        self.assertIn(str(now.year), said)
