from email.message import EmailMessage

from odoo import api, models
from odoo.tools import email_normalize

from ...tools.mail_headers import classify, readable_charset


class MailThread(models.AbstractModel):
    _inherit = 'mail.thread'

    _LOOP_NOTICE_HOURS = 24

    @api.model
    def message_parse(self, message, save_original=False):
        # EXTENDS mail
        # Core stops at a character set that Python does not know, and the mail is lost
        if isinstance(message, EmailMessage):
            for part in message.walk():
                charset = readable_charset(part)
                if charset:
                    part.set_param('charset', charset)
        return super().message_parse(message, save_original=save_original)

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS mail
        # The raw headers are at hand here only; later there is but a dictionary without them.
        if not any(route[0] == 'ecrm.complaint' for route in routes or ()):
            return super()._message_route_process(message, message_dict, routes)
        verdict = classify(
            message.items(),
            sender=message_dict.get('email_from') or '',
            subject=message_dict.get('subject') or '',
        )
        complaints = self.env['ecrm.complaint']
        routes = complaints._complaint_routes(routes, verdict, message_dict)
        threads = self.with_context(
            ecrm_mail_kind=verdict.kind,
            ecrm_attached_mail=complaints._unfold_attached_mails(message, message_dict),
        )
        return super(MailThread, threads)._message_route_process(message, message_dict, routes)

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        # EXTENDS mail
        threads = self
        if any(route[0] == 'ecrm.complaint' for route in routes or ()):
            threads = self.with_context(ecrm_notice_once=True)
        return super(MailThread, threads)._detect_loop_sender(message, message_dict, routes)

    @api.model
    def _routing_create_bounce_email(self, email_from, body_html, message, **mail_values):
        # EXTENDS mail
        # Core knows an answer to its notice by the references; a machine that drops them would get a
        # notice for each of its answers, without end
        hits = self.env['ecrm.complaint.hit']
        sender = email_normalize(email_from, strict=False) or email_from
        if not self.env.context.get('ecrm_notice_once') or hits._allow(
            'loop', sender, 1, self._LOOP_NOTICE_HOURS
        ):
            super()._routing_create_bounce_email(email_from, body_html, message, **mail_values)
