from odoo import api, models
from odoo.tools import SQL, format_date

SHOWN = ('newsletter', 'sms')


class ResPartner(models.Model):
    """The register of consents speaks on the card, and in who is left out of mailings."""

    _inherit = 'res.partner'

    # === BUSINESS METHODS === #

    @api.model
    def _ecrm_unwilling(self, company, purpose):
        # EXTENDS the loyalty room: the last word of the register counts, and a mail that asks to
        # confirm is no consent yet
        self.env['ecrm.consent'].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT last.identity
                  FROM (
                       SELECT DISTINCT ON (identity) identity, status
                         FROM ecrm_consent
                        WHERE company_id = %s AND purpose = %s
                     ORDER BY identity, id DESC
                       ) last
                 WHERE last.status != 'given'
                """,
                company.id,
                purpose,
            )
        )
        return super()._ecrm_unwilling(company, purpose) | {row[0] for row in rows}

    def _ecrm_contact_sentences(self):
        # EXTENDS the loyalty room
        sentences = super()._ecrm_contact_sentences()
        last = {}
        for consent_sudo in self._ecrm_get_consents():
            if consent_sudo.company_id == self.env.company and consent_sudo.purpose in SHOWN:
                last.setdefault(consent_sudo.purpose, consent_sudo)
        if not last:
            return [*sentences, self.env._("No consent to offers is recorded.")]
        labels = dict(self.env['ecrm.consent']._fields['purpose']._description_selection(self.env))
        states = dict(self.env['ecrm.consent']._fields['status']._description_selection(self.env))
        return [
            *sentences,
            *(
                self.env._(
                    "%(purpose)s: %(status)s on %(date)s.",
                    purpose=labels[purpose],
                    status=states[last[purpose].status].lower(),
                    date=format_date(self.env, last[purpose].create_date),
                )
                for purpose in SHOWN
                if purpose in last
            ),
        ]
