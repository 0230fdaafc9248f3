from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import transition


class EcrmComplaint(models.Model):
    """How the customer was served, asked after each resolution, from 1 to 5."""

    _inherit = 'ecrm.complaint'

    _RATING_DAYS = 14
    _LOW_SCORE = 2
    _REMINDER_DAYS = 3

    last_resolved_at = fields.Datetime(string="Last Resolution", readonly=True, copy=False)
    surveyed = fields.Boolean(
        string="Asked for a Rating",
        readonly=True,
        copy=False,
        help="The customer could rate at least one resolution: the base of the response rate.",
    )
    reminded_at = fields.Datetime(string="Reminded", readonly=True, copy=False)
    auto_closed = fields.Boolean(string="Closed for Silence", readonly=True, copy=False)
    score = fields.Integer(
        string="Satisfaction",
        readonly=True,
        copy=False,
        aggregator='avg',
        help="1 to 5, of the last rated resolution; 0 when not rated.",
    )
    score_comment = fields.Text(string="Customer's Remark", readonly=True, copy=False)

    def _after_transition(self, before):
        # EXTENDS the flow: tell the customer that it is solved, and ask how it went
        result = super()._after_transition(before)
        if self.kind == transition.RESOLVED and before != transition.RESOLVED:
            self.sudo().write({'last_resolved_at': fields.Datetime.now(), 'auto_closed': False})
            if self._can_rate():
                self.sudo().surveyed = True
                if not self.env.context.get('ecrm_silent'):
                    self.sudo()._post_template('ecrm.mail_template_complaint_resolved')
        elif self.kind in transition.ACTIVE and self.auto_closed:
            self.sudo().auto_closed = False
        return result

    def _can_rate(self):
        """Tell whether the customer may rate the last resolution now.

        Never what was spam, cancelled, merged or closed for silence, and no later than 14 days.
        """
        self.ensure_one()
        return bool(
            self.kind in transition.DONE
            and not self.auto_closed
            and not self.merged_into_id
            and self.last_resolved_at
            and fields.Datetime.now() <= self.last_resolved_at + timedelta(days=self._RATING_DAYS)
        )

    def _rate_from_customer(self, score, comment=''):
        """Record a rating of the last resolution; a second one replaces it.

        :param score: int from 1 to 5
        :param comment: text
        :raises UserError: when it cannot be rated, or the score is out of bounds
        """
        self.ensure_one()
        if not self._can_rate():
            raise UserError(self.env._("This complaint cannot be rated any more."))
        if score not in range(1, 6):
            raise UserError(self.env._("Choose from 1 to 5."))
        comment = (comment or '').strip()[:2000]
        values = {
            'rating': score,
            'feedback': comment,
            'consumed': True,
            'rated_on': fields.Datetime.now(),
        }
        rating = self._rating_of_last_resolution()
        if rating:
            rating.write(values)
        else:
            self.env['rating.rating'].sudo().create(
                {
                    **values,
                    'res_model_id': self.env['ir.model']._get_id(self._name),
                    'res_id': self.id,
                    'partner_id': self.partner_id.id,
                    'rated_partner_id': self.user_id.partner_id.id,
                }
            )
        self.write({'score': score, 'score_comment': comment})
        if score <= self._LOW_SCORE and not rating:
            self._follow_low_score(score)

    def _rating_of_last_resolution(self):
        return (
            self.env['rating.rating']
            .sudo()
            .search(
                [
                    ('res_model', '=', self._name),
                    ('res_id', '=', self.id),
                    ('consumed', '=', True),
                    ('rated_on', '>=', self.last_resolved_at),
                ],
                limit=1,
            )
        )

    def _follow_low_score(self, score):
        user = self.user_id or self.team_id.user_id
        if user:
            self.activity_schedule(
                'mail.mail_activity_data_call',
                user_id=user.id,
                summary=self._for_reader(user).env._(
                    "Rated %(score)s of 5: call the customer", score=score
                ),
            )

    # === SILENCE === #

    @api.model
    def _cron_close_silent(self, batch_size=100):
        """Remind customers we wait for, then close: counted in working days from our last words."""
        now = fields.Datetime.now()
        waiting = self.search(
            [('kind', '=', transition.WAITING_CUSTOMER), ('staff_wrote_at', '!=', False)],
            order='staff_wrote_at',
        )
        for complaint in waiting:
            days = complaint.company_id.ecrm_complaint_silence_days
            if not days or complaint.staff_wrote_at + timedelta(days=days / 2) > now:
                continue
            # The customer may have answered since the list was read: each is looked at anew
            complaint.invalidate_recordset()
            if not complaint.try_lock_for_update() or not complaint._is_silent():
                continue
            passed = complaint._working_days_since(complaint.staff_wrote_at, now)
            if complaint._was_reminded_in_time(now) and passed >= days:
                complaint.auto_closed = True
                complaint._move_to(transition.CLOSED)
            elif not complaint.reminded_at and passed >= max(days - self._REMINDER_DAYS, 1):
                complaint.reminded_at = now
                complaint._post_template('ecrm.mail_template_complaint_reminder')
            else:
                continue
            if not self.env['ir.cron']._commit_progress(1):
                return

    def _is_silent(self):
        """Tell whether we wait for the customer and he has not written since our last words."""
        self.ensure_one()
        answered = self.customer_wrote_at and self.customer_wrote_at > self.staff_wrote_at
        return self.kind == transition.WAITING_CUSTOMER and not answered

    def _was_reminded_in_time(self, now):
        """Tell whether the reminder left the customer his days, however late it was sent."""
        self.ensure_one()
        return bool(
            self.reminded_at and self.reminded_at + timedelta(days=self._REMINDER_DAYS) <= now
        )

    def _working_days_since(self, start, stop):
        """Whole working days between two moments: days with working hours, the first left out."""
        intervals = self.team_id._work_intervals(self.company_id, start, stop)
        return len({low.date() for low, _high in intervals} - {start.date()})

    def _on_staff_message(self):
        # EXTENDS the mail part: new words of ours start the count, and the reminder, anew
        result = super()._on_staff_message()
        if self.reminded_at:
            self.reminded_at = False
        return result
