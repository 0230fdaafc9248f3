from odoo import api, models

from ...tools.mail_headers import classify


class MailThread(models.AbstractModel):
    _inherit = 'mail.thread'

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS mail
        # The raw headers are at hand here only; later there is but a dictionary without them.
        if any(route[0] == 'ecrm.complaint' for route in routes or ()):
            verdict = classify(
                message.items(),
                sender=message_dict.get('email_from') or '',
                subject=message_dict.get('subject') or '',
            )
            complaints = self.env['ecrm.complaint'].with_context(ecrm_mail_kind=verdict.kind)
            routes = [
                complaints._redirect_route(route) if route[0] == 'ecrm.complaint' else route
                for route in routes
            ]
            return super(
                MailThread, self.with_context(ecrm_mail_kind=verdict.kind)
            )._message_route_process(message, message_dict, routes)
        return super()._message_route_process(message, message_dict, routes)
