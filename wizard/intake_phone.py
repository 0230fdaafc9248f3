from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import phone as phone_tools
from ..tools.payload import clean_email


class EcrmSubmissionPhone(models.TransientModel):
    """Type in who calls the shop: it comes in by the same door as a form, and nothing of it is lost."""

    _name = 'ecrm.submission.phone'
    _description = "Note a Phone Call"

    name = fields.Char()
    phone = fields.Char()
    email = fields.Char("E-mail")
    product_text = fields.Char("Article", help="Its reference or its name.")
    size_text = fields.Char("Size", help="As it is said, such as 40x50*3.")
    message = fields.Text("What it is about")
    is_kept = fields.Boolean("I take care of it", default=True)
    is_called_back = fields.Boolean("Has to be called back")
    call_time = fields.Char("When", help="As it is said, such as “tomorrow at 14:30”.")

    # === ACTIONS === #

    def action_note(self):
        """Store the call, make its lead now, and open it where the user may see it.

        :raise UserError: when neither the number nor the address can be read.
        """
        self.ensure_one()
        self.check_access('write')
        lead_sudo = self._submit().lead_id
        lead = lead_sudo.sudo(False)
        if lead and lead.has_access('read'):
            return lead.redirect_lead_opportunity_view()
        return {'type': 'ir.actions.act_window_close'}

    # === BUSINESS METHODS === #

    def _submit(self):
        """Bring the call in by the one door; pressed twice, it is the first one again.

        :return: the sudoed ``ecrm.submission``, processed.
        """
        company = self.env.company
        source_sudo = self.env['ecrm.source']._get_staff_source(company)
        self._check_reachable(source_sudo)
        submissions = self.env['ecrm.submission']
        submission_sudo = submissions._accept(
            source_sudo, 'callback' if self.is_called_back else 'phone', self._prepare_payload(),
            company=company, idempotency_key=f'typed:{self.env.uid}:{self.id}',
        )  # fmt: skip
        taker = self.env.uid if self.is_kept else False
        submission_sudo.with_context(ecrm_taker=taker)._process_locked()
        if not self.is_called_back:
            # He is on the line: nobody spoke with him sooner
            submission_sudo.lead_id._ecrm_note_contact()
        return submission_sudo

    def _prepare_payload(self):
        """Return what was typed under the names that forms use; what is empty is left out."""
        typed = {
            'name': self.name, 'phone': self.phone, 'email': self.email, 'message': self.message,
            'product': self.product_text, 'size': self.size_text,
            'call_time': self.is_called_back and self.call_time,
        }  # fmt: skip
        return {name: value for name, value in typed.items() if value}

    def _check_reachable(self, source):
        """Have what cannot be read put right while the person is still on the line."""
        phone = phone_tools.normalise(self.phone, source.country_id.code or 'DZ')
        if phone.raw and not phone.readable:
            raise UserError(
                self.env._(
                    "This phone number cannot be read. Write it like 0663 35 25 42, or with + and the "
                    "country."
                )
            )
        if self.email and not clean_email(self.email):
            raise UserError(self.env._("Write one e-mail address, such as name@example.com."))
        if not (phone.readable or self.email):
            raise UserError(
                self.env._("Leave a phone number or an e-mail address, so that we can answer.")
            )
