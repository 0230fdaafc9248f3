from odoo import Command, models

#: What a person wrote or left behind; kind, source, state, dates and amounts stay for the statistics
PERSONAL = (
    'contact_name', 'company_name', 'email', 'phone', 'phone_raw', 'other_phones', 'subject', 'message', 'address',
    'ip_hash', 'touches', 'page', 'size_text', 'product_text', 'call_time', 'reason', 'flags', 'ignored', 'payload_hash',
)  # fmt: skip


class EcrmSubmissionErase(models.Model):
    _inherit = 'ecrm.submission'

    def _ecrm_erase(self):
        """Forget the persons behind these submissions; their number and kinds stay."""
        self.write(
            {
                **dict.fromkeys(PERSONAL, False),
                'payload': {},
                'candidate_ids': [Command.clear()],
            }
        )
        self.attempt_ids.write({'error': False})
        self.attachment_ids.unlink()
        self.activity_ids.unlink()
        self.message_ids.unlink()
