from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

NOT_RECEIVED = ('error', 'cancel', 'outgoing', 'bounce')


class ResPartner(models.Model):
    """Who must not get one more mailing: Odoo only asks mailing lists, not customers' cards."""

    _inherit = 'res.partner'

    @api.model
    def _mailing_get_opt_out_list(self, mailing):
        """Addresses left out of a mailing to customers.

        :param mailing: the ``mailing.mailing`` about to be sent
        :return: set of normalised e-mails of who opted out of a list without being on another, and
            of who got enough mailings lately
        """
        self.env['mailing.subscription'].flush_model(['contact_id', 'opt_out'])
        self.env['mailing.contact'].flush_model(['email_normalized'])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT contact.email_normalized
                  FROM mailing_subscription subscription
                  JOIN mailing_contact contact ON contact.id = subscription.contact_id
                 WHERE contact.email_normalized IS NOT NULL
              GROUP BY contact.email_normalized
                HAVING BOOL_AND(COALESCE(subscription.opt_out, FALSE))
                """
            )
        )
        return {row[0] for row in rows} | self._ecrm_mailed_enough(mailing, 'email')

    @api.model
    def _mailing_get_opt_out_list_sms(self, mailing):
        """Ids of the cards left out of a text message, by the same cap on frequency."""
        numbers = self._ecrm_mailed_enough(mailing, 'sms_number')
        return self.search([('phone_sanitized', 'in', list(numbers))]).ids if numbers else []

    @api.model
    def _ecrm_mailed_enough(self, mailing, column):
        """Addresses that reached the company's cap in its number of days, this mailing left out."""
        company = mailing.user_id.company_id or self.env.company
        if not company.ecrm_mail_cap:
            return set()
        self.env['mailing.trace'].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT trace.%(column)s
                  FROM mailing_trace trace
                 WHERE trace.%(column)s IS NOT NULL
                   AND trace.sent_datetime > %(since)s
                   AND trace.trace_status != ALL(%(lost)s)
                   AND trace.is_test_trace IS NOT TRUE
                   AND trace.mass_mailing_id != %(mailing)s
              GROUP BY trace.%(column)s
                HAVING COUNT(DISTINCT trace.mass_mailing_id) >= %(cap)s
                """,
                column=SQL.identifier(column),
                since=fields.Datetime.now() - timedelta(days=company.ecrm_mail_cap_days),
                lost=list(NOT_RECEIVED),
                mailing=mailing.id or 0,
                cap=company.ecrm_mail_cap,
            )
        )
        return {row[0] for row in rows}
