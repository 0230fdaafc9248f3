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
        :return: set of normalised e-mails of who opted out of a list without being on another, of
            who said no in a register of consents, and of who got enough mailings lately
        """
        company = self._ecrm_mailing_company(mailing)
        return (
            self._ecrm_opted_out()
            | self._ecrm_unwilling(company, 'newsletter')
            | self._ecrm_mailed_enough(mailing, 'email')
        )

    @api.model
    def _mailing_get_opt_out_list_sms(self, mailing):
        """Ids of the cards left out of a text message: who said no, and the same cap."""
        company = self._ecrm_mailing_company(mailing)
        numbers = self._ecrm_unwilling(company, 'sms')
        numbers |= self._ecrm_mailed_enough(mailing, 'sms_number')
        return self.search([('phone_sanitized', 'in', list(numbers))]).ids if numbers else []

    @api.model
    def _ecrm_mailing_company(self, mailing):
        """The company in whose name a mailing is sent: its responsible's."""
        return mailing.user_id.company_id or self.env.company

    @api.model
    def _ecrm_unwilling(self, company, purpose):
        """Who said no to a purpose; a room that keeps consents extends it.

        :param company: the company that asks
        :param purpose: 'newsletter' or 'sms'
        :return: set of normalised e-mails, or of E.164 numbers for 'sms'
        """
        return set()

    @api.model
    def _ecrm_opted_out(self):
        """Normalised e-mails of who left every mailing list he was on."""
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
        return {row[0] for row in rows}

    @api.model
    def _ecrm_mailed_enough(self, mailing, column):
        """Addresses that reached the company's cap in its number of days, this mailing left out.

        Mails of automations count as mailings do.
        """
        company = self._ecrm_mailing_company(mailing)
        if not company.ecrm_mail_cap:
            return set()
        self.env.flush_all()
        since = fields.Datetime.now() - timedelta(days=company.ecrm_mail_cap_days)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT got.address
                  FROM (
                       SELECT trace.%(column)s AS address, trace.mass_mailing_id AS number,
                              'mailing' AS kind
                         FROM mailing_trace trace
                        WHERE trace.sent_datetime > %(since)s
                          AND trace.trace_status != ALL(%(lost)s)
                          AND trace.is_test_trace IS NOT TRUE
                          AND trace.mass_mailing_id != %(mailing)s
                    UNION ALL
                       SELECT card.email_normalized, run.id, 'automation'
                         FROM ecrm_segment_automation_run run
                         JOIN ecrm_segment_automation automation ON automation.id = run.automation_id
                         JOIN res_partner card ON card.id = run.partner_id
                        WHERE %(is_mail)s AND run.date > %(since)s AND run.state = 'done'
                          AND run.is_held_out IS NOT TRUE
                          AND automation.action IN ('mail', 'coupon')
                       ) got
                 WHERE got.address IS NOT NULL
              GROUP BY got.address
                HAVING COUNT(DISTINCT (got.kind, got.number)) >= %(cap)s
                """,
                column=SQL.identifier(column),
                since=since,
                lost=list(NOT_RECEIVED),
                mailing=mailing.id or 0,
                is_mail=column == 'email',
                cap=company.ecrm_mail_cap,
            )
        )
        return {row[0] for row in rows}
