import logging

from odoo import api, models
from odoo.tools import email_normalize

from ...tools import mail_headers, mail_text, media, transition

_logger = logging.getLogger(__name__)


class EcrmComplaint(models.Model):
    """Where a mail goes: to a complaint, to a new one, or nowhere."""

    _inherit = 'ecrm.complaint'

    # === ROUTING === #

    @api.model
    def _complaint_routes(self, routes, verdict, msg_dict):
        """Send each mail where it belongs, and let machines start nothing.

        :param routes: tuples ``(model, thread_id, custom_values, user_id, alias)``
        :param verdict: tools.mail_headers.Verdict
        :param msg_dict: the parsed mail; gets ``is_internal`` where nobody outside may read it
        :return: list of tuples of the same shape, those to drop left out
        """
        complaints = self.with_context(ecrm_mail_kind=verdict.kind)
        result = []
        for route in routes:
            if route[0] != self._name:
                result.append(route)
                continue
            redirected = complaints._redirect_route(route, msg_dict)
            if self._is_mail_to_drop(redirected, verdict):
                _logger.info(
                    "Ignored mail %s: %s (%s)", msg_dict['message_id'], verdict.kind, verdict.reason
                )
                continue
            result.append(redirected)
        return result

    @api.model
    def _is_mail_to_drop(self, route, verdict):
        """Delivery reports, and automatic answers to nothing we know of, are no complaints.

        What a machine sends of itself, as the form of another site does, still is one.
        """
        complaint = self.sudo().browse(route[1] or 0).exists()
        if verdict.kind == mail_headers.BOUNCE:
            complaint._note_undelivered()
            return True
        return (
            verdict.kind == mail_headers.AUTO_REPLY
            and verdict.reason != mail_headers.GENERATED
            and not complaint
        )

    @api.model
    def _redirect_route(self, route, msg_dict):
        """Send a mail for an old complaint where it belongs now.

        A complaint closed for too long is not opened again: the mail makes a new one, linked to it.

        :param route: ``(model, thread_id, custom_values, user_id, alias)``
        :param msg_dict: the parsed mail
        :return: tuple of the same shape
        """
        model, thread_id, custom_values, user_id, alias = route
        complaint = self.sudo().browse(thread_id or 0).exists()
        if not complaint:
            complaint = self._find_by_subject(msg_dict, custom_values)
        if not complaint:
            return route
        complaint = complaint._follow_merges()
        if (
            self._is_human_mail()
            and complaint.stage_id._is_over()
            and not complaint._can_reopen()
            and not self._staff_of_mail(msg_dict)
        ):
            values = complaint._prepare_follow_up_values('email')
            if not complaint._is_address_of_customer(msg_dict.get('email_from')):
                # Whoever else quotes it opens a complaint of his own, about what he wrote himself
                for name in ('partner_id', 'order_id', 'name', 'cause_id', 'lang'):
                    del values[name]
            return (model, 0, values, user_id, alias)
        return (model, complaint.id, custom_values, user_id, alias)

    @api.model
    def _find_by_subject(self, msg_dict, custom_values):
        """The complaint whose reference a subject names, for those who take part in it.

        Many programs lose the headers of a reply. A reference can be guessed: so it is followed only
        for the customer's own address, and what our people write that way stays an internal note.

        :return: sudoed complaint, possibly empty
        """
        references = mail_text.references_in(msg_dict.get('subject'))
        if not references:
            return self.sudo().browse()
        team = self.env['ecrm.complaint.team'].sudo().browse((custom_values or {}).get('team_id'))
        found = self.sudo().search([('reference', 'in', references)], order='id')
        if team.company_id:
            found = found.filtered(lambda complaint: complaint.company_id == team.company_id)
        staff = self._staff_of_mail(msg_dict)
        for complaint in found:
            if staff and complaint.with_user(staff).sudo(False).has_access('write'):
                msg_dict['is_internal'] = True
                return complaint
            if complaint._is_address_of_customer(msg_dict.get('email_from')):
                return complaint
        return self.sudo().browse()

    @api.model
    def _staff_of_mail(self, msg_dict):
        """The person of ours whose address a mail comes from, if any."""
        user = self.env['mail.thread']._mail_find_user_for_gateway(msg_dict.get('email_from') or '')
        return user.filtered(lambda each: not each.share)

    def _is_address_of_customer(self, email):
        """Tell whether an address is one the complaint's customer writes from."""
        self.ensure_one()
        normalized = email_normalize(email, strict=False)
        people = self.partner_id | self.order_id.partner_id | self.order_id.partner_invoice_id
        if self.company_id.ecrm_complaint_share_colleagues:
            people |= self.commercial_partner_id.child_ids
        return bool(normalized) and normalized in {
            self.email_normalized,
            *people.mapped('email_normalized'),
        }

    # === WHAT DID NOT ARRIVE === #

    def _message_receive_bounce(self, email, partner):
        # EXTENDS mail
        super()._message_receive_bounce(email, partner)
        self.sudo()._note_undelivered(email)

    def _note_undelivered(self, email=None):
        """Tell the agent that the customer did not get our message, once a complaint.

        :param email: address that failed; of anyone but the customer it is noted only
        """
        for complaint in self:
            failed = email_normalize(email or '', strict=False) or complaint.email_normalized
            complaint._message_log(
                body=self.env._(
                    "Our message to %(email)s could not be delivered.", email=failed or '?'
                )
            )
            user = complaint.user_id or complaint.team_id.user_id
            summary = complaint._for_reader(user).env._(
                "Our message did not arrive: call the customer"
            )
            if (
                not user
                or complaint.kind in transition.DEAD
                or failed != complaint.email_normalized
                or summary in complaint.activity_ids.mapped('summary')
            ):
                continue
            complaint.activity_schedule(
                'mail.mail_activity_data_call', user_id=user.id, summary=summary
            )

    # === FILES === #

    @api.model
    def _clean_mail_files(self, msg_dict):
        """Take the place out of the pictures of a mail, and leave its programs out.

        :param msg_dict: the parsed mail; its ``attachments`` are replaced
        :return: names of the files left out
        """
        cleaned, refused = [], []
        for name, content, *rest in msg_dict.get('attachments') or []:
            data = content.encode() if isinstance(content, str) else content
            if isinstance(data, bytes):
                try:
                    clean = media.keep(name, data)
                except media.MediaError:
                    refused.append(name)
                    continue
                if clean != data:
                    cleaned.append((name, clean, *rest))
                    continue
            cleaned.append((name, content, *rest))
        msg_dict['attachments'] = cleaned
        return refused

    def _note_refused_files(self, names):
        if names:
            self.sudo()._message_log(
                body=self.env._(
                    "Files that run as programs or tell a journey were not kept: %(names)s.",
                    names=', '.join(names),
                )
            )
