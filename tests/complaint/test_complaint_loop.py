from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_mail import MailFileCommon

ROBOT = 'robot@example.com'


@tagged('post_install', '-at_install')
class TestComplaintLoop(MailFileCommon):
    """A machine that answers each of our mails, without any mark of a machine and without references."""

    def _exchange(self, subject, sender=ROBOT, rounds=40):
        """Let the machine answer until nothing is sent to it any more.

        :param subject: callable that gives the subject of its answer to a mail.mail of ours
        :return: complaints made, mails that we sent to it
        """
        made, sent = self.env['ecrm.complaint'], []
        answers = [self.env['mail.mail']]
        for _round in range(rounds):
            if not answers:
                return made, sent
            made |= self._deliver('auto_bare', sender=sender, subject=subject(answers.pop()))
            answers += self._mails_to_outsiders()
            sent += [mail.subject for mail in self._mails_to_outsiders()]
        self.fail(f"still talking after {rounds} rounds: {sent[-3:]}")

    def _mails_to_outsiders(self):
        staff = self.env['res.users'].search([('share', '=', False)]).partner_id
        return self._new_mails.filtered(lambda mail: mail.email_to or mail.recipient_ids - staff)

    def _set_threshold(self):
        params = self.env['ir.config_parameter']
        params.set_param('mail.gateway.loop.threshold', 5)
        params.set_param('mail.gateway.loop.minutes', 30)

    def test_machine_that_keeps_nothing_gets_five_answers_one_notice_and_silence(self):
        self._set_threshold()
        made, sent = self._exchange(lambda mail: "We have received your message")
        self.assertEqual((len(made), len(sent)), (5, 6))
        self.assertEqual(len(self._sent_acknowledgements(made)), 5)

    def test_notice_of_a_loop_is_sent_once_to_each_sender_however_he_writes_his_address(self):
        self._set_threshold()
        self._exchange(lambda mail: "Received")
        for sender in (ROBOT, 'Robot@Example.com'):
            self.assertFalse(self._deliver('auto_bare', sender=sender, subject="Received"))
            self.assertFalse(self._new_mails, sender)
        made, sent = self._exchange(lambda mail: "Received", sender='other@example.com')
        self.assertEqual((len(made), len(sent)), (5, 6))

    def test_as_odoo_is_shipped_the_limit_of_acknowledgements_ends_it(self):
        self.company.write({'ecrm_complaint_ack_limit': 10, 'ecrm_complaint_ack_hours': 3})
        made, sent = self._exchange(lambda mail: "We have received your message")
        self.assertEqual((len(made), len(sent)), (11, 10))
        self.assertEqual(len(self._sent_acknowledgements(made)), 10)

    def test_machine_that_keeps_the_number_in_the_subject_makes_one_complaint(self):
        made, sent = self._exchange(lambda mail: f"Re: {mail.subject or 'Broken'}")
        self.assertEqual((len(made), len(sent)), (1, 1))
        made.action_resolve()
        told = self._acknowledgements(made).sorted('id')[-1]
        subject = f"Re: {told.subject or made.reference}"
        self.assertIn(made.reference, subject)
        again, sent = self._exchange(lambda mail: subject)
        self.assertFalse(again)
        self.assertEqual((made.kind, len(sent)), ('open', 0))

    def test_machine_that_names_a_complaint_closed_long_ago_stops_as_well(self):
        self._set_threshold()
        old = self._new_complaint(partner_id=False, order_id=False, email_from=ROBOT)
        old.action_resolve()
        old.action_close()
        days = old.company_id.ecrm_complaint_reopen_days
        old.closed_at = fields.Datetime.now() - timedelta(days=days + 1)
        made, sent = self._exchange(lambda mail: f"Re: {old.reference}")
        self.assertEqual((len(made), len(sent)), (4, 5), "the first one was made a moment ago too")
        self.assertEqual(made.parent_id, old)

    def test_notices_of_other_mails_are_not_counted(self):
        # Written to the catch-all address alone: Odoo's own notice, as often as it is written
        for _twice in range(2):
            self._deliver('auto_bare', to=self.mail_alias_domain.catchall_email, subject="Hello")
            self.assertEqual(len(self._mails), 1)

    def _sent_acknowledgements(self, complaints):
        return complaints.message_ids.filtered(lambda each: each.message_type == 'auto_comment')
