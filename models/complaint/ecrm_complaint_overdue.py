from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import transition


class EcrmComplaint(models.Model):
    """What the deadline cron writes: set by set, so that a storm of late complaints passes in seconds."""

    _inherit = 'ecrm.complaint'

    _OVERDUE_FIELDS = ('response_failed', 'resolution_failed', 'warned', 'sla_state', 'escalated')

    @api.model
    def _cron_check_deadlines(self, batch_size=10000):
        """Flag what is overdue or soon will be, and tell the leader once."""
        self.env.flush_all()
        done = batch_size
        while done >= batch_size:
            done = self._flag_overdue(batch_size)
            if done and not self.env['ir.cron']._commit_progress(done):
                return

    def _flag_overdue(self, limit):
        """Set the flags whose moment has come; a flag that stands stays. Who leads the team is told.

        :return: how many complaints changed
        """
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE ecrm_complaint c
                   SET response_failed = late.response, resolution_failed = late.resolution,
                       warned = late.warning, sla_state = late.state,
                       escalated = late.state = 'failed' OR c.escalated IS TRUE,
                       write_date = %(now)s, write_uid = %(uid)s
                  FROM (%(late)s) late
                 WHERE c.id = late.id
             RETURNING c.id, CASE WHEN late.state = 'failed' AND late.is_news THEN c.team_id END
                """,
                late=self._select_overdue(limit),
                now=fields.Datetime.now(),
                uid=self.env.uid,
            )
        )
        self.invalidate_model(self._OVERDUE_FIELDS)
        by_team = {}
        for complaint_id, team_id in rows:
            by_team.setdefault(team_id, []).append(complaint_id)
        for team_sudo in self.env['ecrm.complaint.team'].sudo().browse(filter(None, by_team)):
            if team_sudo.user_id:
                self.browse(by_team[team_sudo.id])._schedule_overdue(team_sudo.user_id)
        return len(rows)

    def _select_overdue(self, limit):
        """What the clock has overtaken since the last run, with the flags that follow.

        The state is the one of ``_compute_sla_state``.
        """
        return SQL(
            """
            SELECT id, response, resolution, warning, escalated IS NOT TRUE AS is_news,
                   CASE WHEN sla_id IS NULL THEN 'none'
                        WHEN response OR resolution THEN 'failed'
                        WHEN resolved_at IS NOT NULL THEN 'met'
                        WHEN warning THEN 'warning'
                        ELSE 'ok' END AS state
              FROM (
                   SELECT id, sla_id, resolved_at, escalated,
                          response_failed IS TRUE OR (response_due < %(now)s
                              AND first_response_at IS NULL) IS TRUE AS response,
                          resolution_failed IS TRUE OR (resolution_due < %(now)s
                              AND resolved_at IS NULL) IS TRUE AS resolution,
                          warned IS TRUE OR (warn_at <= %(now)s) IS TRUE AS warning
                     FROM ecrm_complaint
                    WHERE active IS TRUE AND kind = ANY(%(active)s)
                      AND ((response_failed IS NOT TRUE AND first_response_at IS NULL
                            AND response_due < %(now)s)
                        OR (resolution_failed IS NOT TRUE AND resolved_at IS NULL
                            AND resolution_due < %(now)s)
                        OR (warned IS NOT TRUE AND warn_at <= %(now)s)
                        OR (escalated IS NOT TRUE AND sla_state = 'failed'))
                 ORDER BY id
                    LIMIT %(limit)s
                      FOR NO KEY UPDATE SKIP LOCKED
                   ) flagged
            """,
            now=fields.Datetime.now(),
            active=list(transition.ACTIVE),
            limit=limit,
        )

    def _schedule_overdue(self, leader):
        """Write an activity for each of many complaints at once, and ring the leader's bell once.

        An activity each by mail would be a storm: the bell and the list are enough, and the leader
        follows no complaint that he does not take.
        """
        activities = self.env['mail.activity'].sudo()
        activities.flush_model()
        now = fields.Datetime.now()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO mail_activity (res_model_id, res_model, res_id, res_name,
                       activity_type_id, summary, date_deadline, user_id, user_tz, automated,
                       active, create_uid, create_date, write_uid, write_date)
                SELECT %(model_id)s, %(model)s, c.id,
                       concat_ws(' ', NULLIF(c.reference, ''), c.name), %(type)s, %(summary)s,
                       %(today)s, %(user)s, %(tz)s, TRUE, TRUE, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM ecrm_complaint c
                 WHERE c.id = ANY(%(ids)s)
             RETURNING id
                """,
                model_id=self.env['ir.model']._get_id(self._name),
                model=self._name,
                type=self.env.ref('mail.mail_activity_data_todo').id,
                summary=self._for_reader(leader).env._("The deadline of this complaint has passed"),
                today=fields.Date.context_today(leader),
                user=leader.id,
                tz=leader.tz or None,
                uid=self.env.uid,
                now=now,
                ids=self.ids,
            )
        )
        activities.invalidate_model()
        self.invalidate_model(['activity_ids'])
        leader._bus_send(
            'mail.activity/updated', {'activity_created': True, 'count_diff': len(self)}
        )
