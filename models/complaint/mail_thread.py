from email.message import EmailMessage

from odoo import api, models

from ...tools.mail_headers import classify, readable_charset


class MailThread(models.AbstractModel):
    _inherit = 'mail.thread'

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
