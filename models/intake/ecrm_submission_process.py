import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ...tools import payload as payload_tools

_logger = logging.getLogger(__name__)

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""Waits between attempts, those of Standard Webhooks; after the last one a person is asked."""


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    # === CRON === #

    @api.model
    def _cron_process(self, batch_size=200):
        """Process what waits, a row a transaction; any number of servers share the work."""
        domain = [('state', '=', 'new'), ('next_attempt', '<=', fields.Datetime.now())]
        cron = self.env['ir.cron']
        waiting = self.search(domain, order='id', limit=batch_size).ids
        cron._commit_progress(remaining=self.search_count(domain))
        for submission_id in waiting:
            self.browse(submission_id)._process_locked()
            if not cron._commit_progress(1):
                break
        if waiting:
            self._trigger_outbox()

    @api.model
    def _cron_watch_sources(self):
        """Ask somebody to look at each source that fell silent, once."""
        sources = self.env['ecrm.source'].search([('silent_hours', '>', 0)])
        for source in sources.filtered('is_silent'):
            # Told already, and nothing has come since: who closed the activity has read it.
            told = source.silence_told_date
            if told and told >= (source.last_date or source.create_date):
                continue
            source.silence_told_date = fields.Datetime.now()
            user = self._get_alarm_user(source)
            told_source = source.with_context(lang=user.lang)
            told_source.activity_schedule(
                'mail.mail_activity_data_todo',
                user_id=user.id,
                summary=told_source.env._(
                    "Nothing has arrived from %(name)s.", name=told_source.name
                ),
            )

    # === ACTIONS === #
    # Nobody writes a submission: who may read it may decide what becomes of it, by these.

    def action_process_again(self):
        """Process now what failed, was refused, or waits for review."""
        self.check_access('read')
        for submission in self.filtered(lambda record: record.state != 'processed'):
            submission_sudo = submission.sudo()
            submission_sudo._read_refused_body()
            submission_sudo.write(
                {
                    'state': 'new',
                    'attempts': 0,
                    'next_attempt': fields.Datetime.now(),
                    'reason': False,
                }
            )
            submission_sudo.activity_unlink(['mail.mail_activity_data_todo'])
            submission_sudo._process_locked()
        self._trigger_outbox()

    def action_view_lead(self):
        self.ensure_one()
        return self.lead_id.redirect_lead_opportunity_view()

    def action_mark_spam(self):
        """Set aside what is no request; the lead it made is archived, not deleted."""
        self.check_access('read')
        for submission_sudo in self.sudo():
            lead = submission_sudo.lead_id
            submission_sudo.write({'state': 'spam', 'reason': 'staff'})
            submission_sudo._message_log(body=self.env._("Marked as spam."))
            if lead and not submission_sudo.is_appended and not lead.order_ids:
                submission_sudo._cancel_call()
                lead.action_archive()

    def action_link_partner(self, partner_id):
        """Link one submission and its lead to a customer, without changing the customer.

        :param int partner_id: id of a ``res.partner`` the user may read.
        """
        self.ensure_one()
        self.check_access('read')
        partner = self.env['res.partner'].browse(partner_id).exists()
        if not partner:
            raise UserError(self.env._("This customer does not exist any more."))
        partner.check_access('read')
        submission_sudo = self.sudo()
        submission_sudo.write({'partner_id': partner.id, 'match': 'manual'})
        if submission_sudo.lead_id:
            submission_sudo.lead_id._ecrm_link_partner(partner.sudo())

    # === BUSINESS METHODS === #

    def _process_locked(self):
        """Process one waiting row unless another server holds it.

        :return: whether it was processed now.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint(), mute_logger('odoo.sql_db'):
                locked = self.try_lock_for_update()
        except OperationalError:
            # Another server committed it between our snapshot and our lock.
            return False
        if not locked or self.state != 'new':
            return False
        try:
            # Mails go out by the outbox: a slow mail server must not hold up the rows behind this one.
            row = self.with_company(self.company_id).with_context(mail_notify_force_send=False)
            with self.env.cr.savepoint():
                row._settle_lang()
                row._process()
        except Exception as error:  # one bad row must not stop the ones behind it
            self._register_failure(error)
            return False
        self.env['ecrm.submission.attempt'].create({'submission_id': self.id, 'is_success': True})
        return True

    @api.model
    def _trigger_outbox(self):
        """Have the mails of what was processed sent now rather than within the hour."""
        self.env.ref('mail.ir_cron_mail_scheduler_action').sudo()._trigger()

    def _register_failure(self, error):
        """Note why an attempt failed and when the next one is due; after the last, ask somebody."""
        self.env.invalidate_all(flush=False)
        text = payload_tools.clean_text(f'{type(error).__name__}: {error}', 2000)
        _logger.info("submission %s could not be processed: %s", self.id, text)
        attempts = self.attempts + 1
        values = {'attempts': attempts}
        if attempts <= len(DELAYS):
            values['next_attempt'] = fields.Datetime.now() + DELAYS[attempts - 1]
            self._trigger_processing(values['next_attempt'])
        else:
            values.update(state='dead', reason='failed')
        self.write(values)
        self.env['ecrm.submission.attempt'].create(
            {'submission_id': self.id, 'error': text, 'next_attempt': values.get('next_attempt')}
        )
        if self.state == 'dead':
            user = self._get_alarm_user(self.source_id)
            self.activity_schedule(
                'mail.mail_activity_data_todo',
                user_id=user.id,
                summary=self._for_reader(user).env._(
                    "This submission could not be processed. Put right the cause, "
                    "then process it again."
                ),
            )

    def _read_refused_body(self):
        """Turn the kept copy of a refused post into its payload, when a person vouches for it.

        :raise UserError: when the copy is not whole.
        """
        body = (self.payload or {}).get('refused_body')
        if self.state != 'refused' or body is None:
            return
        try:
            payload = payload_tools.parse_json(body.encode())
        except payload_tools.PayloadError as error:
            raise UserError(
                self.env._(
                    "The copy that was kept of this post is not whole: ask the sender to send it "
                    "again."
                )
            ) from error
        self.write(
            {
                'payload': payload,
                'payload_hash': payload_tools.digest(payload),
                **self._read_payload(self.source_id, payload),
            }
        )

    @api.model
    def _get_alarm_user(self, source):
        """Return who is asked when something of a source goes wrong."""
        managers = self.env.ref('ecrm.group_manager').sudo().all_user_ids
        company = source.company_id or self.env.company
        candidates = managers.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )
        humans = candidates - self.env.ref('base.user_root')
        return source.fallback_user_id or humans[:1] or self.env.ref('base.user_admin')
