from datetime import timedelta

from odoo import api, fields, models

from ...tools import sla, transition


class EcrmComplaint(models.Model):
    """Deadlines: promised at arrival, measured in working time, failed for good once missed.

    Measures, in hours of working time (``resource.calendar`` of the team, its leaves and periods):
    first response = arrival to the first public message of a person of ours; resolution net =
    arrival to the first resolution without the time spent waiting on the customer; gross = with it.
    """

    _inherit = 'ecrm.complaint'

    _WARN_SHARE = 0.8
    # With _PROTECTED: what the clock and the moves write, and a remote call does not
    _MEASURED = {
        'kind',
        'sla_id',
        'sla_state',
        'deadline',
        'response_due',
        'resolution_due',
        'clock_used',
        'clock_since',
        'warn_at',
        'warned',
        'escalated',
        'acknowledged_at',
        'customer_wrote_at',
        'staff_wrote_at',
        'reminded_at',
        'parent_id',
        'split_from_id',
    }

    received_at = fields.Datetime(
        string="Received", default=fields.Datetime.now, required=True, readonly=True, copy=False
    )
    sla_id = fields.Many2one('ecrm.complaint.sla', string="Policy", readonly=True, copy=False)
    response_target = fields.Integer(readonly=True, copy=False, help="Promised working seconds.")
    resolution_target = fields.Integer(readonly=True, copy=False, help="Promised working seconds.")
    clock_used = fields.Integer(
        readonly=True, copy=False, help="Working seconds of closed stretches."
    )
    clock_since = fields.Datetime(readonly=True, copy=False, help="Running since; empty: paused.")
    response_due = fields.Datetime(string="Answer Due", readonly=True, copy=False)
    resolution_due = fields.Datetime(readonly=True, copy=False)
    deadline = fields.Datetime(compute='_compute_deadline', store=True)
    warn_at = fields.Datetime(readonly=True, copy=False, index='btree_not_null')
    warned = fields.Boolean(readonly=True, copy=False)
    escalated = fields.Boolean(readonly=True, copy=False)
    response_failed = fields.Boolean(string="Answered Late", readonly=True, copy=False)
    resolution_failed = fields.Boolean(string="Resolved Late", readonly=True, copy=False)
    sla_state = fields.Selection(
        selection=[
            ('none', "No deadline"),
            ('ok', "In time"),
            ('warning', "Soon due"),
            ('failed', "Too late"),
            ('met', "Kept"),
        ],
        string="Deadline State",
        compute='_compute_sla_state',
        store=True,
    )
    response_hours = fields.Float(
        string="First Response (h)", readonly=True, copy=False, aggregator='avg'
    )
    resolution_net_hours = fields.Float(
        string="Resolution, net (h)", readonly=True, copy=False, aggregator='avg'
    )
    resolution_gross_hours = fields.Float(
        string="Resolution, gross (h)", readonly=True, copy=False, aggregator='avg'
    )

    # === COMPUTE METHODS === #

    @api.depends('response_due', 'resolution_due', 'first_response_at', 'kind')
    def _compute_deadline(self):
        for complaint in self:
            dates = []
            if complaint.kind not in transition.OVER:
                if not complaint.first_response_at:
                    dates.append(complaint.response_due)
                dates.append(complaint.resolution_due)
            complaint.deadline = min(filter(None, dates), default=False)

    @api.depends('response_failed', 'resolution_failed', 'warned', 'resolved_at', 'sla_id', 'kind')
    def _compute_sla_state(self):
        for complaint in self:
            if not complaint.sla_id or complaint.kind in transition.DEAD:
                complaint.sla_state = 'none'
            elif complaint.response_failed or complaint.resolution_failed:
                complaint.sla_state = 'failed'
            elif complaint.resolved_at:
                complaint.sla_state = 'met'
            else:
                complaint.sla_state = 'warning' if complaint.warned else 'ok'

    # === CLOCK === #

    def _clock(self):
        self.ensure_one()
        return sla.Clock(self.resolution_target, self.clock_used, self.clock_since or None)

    def _due(self, clock, known=None):
        """Moment a clock falls due, looking ever further ahead; False when it never does.

        :param known: dict of working hours already asked for, shared by clocks of one complaint
        """
        known = {} if known is None else known
        start = clock.since or fields.Datetime.now()
        for days in (8, 30, 90, 800):
            key = start, days
            if key not in known:
                known[key] = self.team_id._work_intervals(
                    self.company_id, start, start + timedelta(days=days)
                )
            try:
                return clock.due(known[key]) or False
            except sla.SlaError:
                continue
        return False

    def _elapsed(self, start, stop):
        """Working seconds between two moments, by the team's hours."""
        return sla.elapsed(self.team_id._work_intervals(self.company_id, start, stop), start, stop)

    def _apply_sla(self):
        """Copy the targets of the policy that fits, and compute the deadlines from them.

        Later changes of the policy do not reach the complaint; a change of its own team, priority
        or cause does.
        """
        policies = self.env['ecrm.complaint.sla']
        for complaint in self.sudo():
            if complaint.resolved_at or complaint.kind in transition.OVER:
                continue
            promise = policies._get_promise(complaint)
            complaint.write(
                {
                    'sla_id': promise and promise.policy_id,
                    'response_target': promise.response if promise else 0,
                    'resolution_target': promise.resolution if promise else 0,
                }
            )
            complaint._refresh_deadlines()

    def _refresh_deadlines(self):
        """Recompute the two deadlines and the moment of the warning."""
        self.ensure_one()
        known = {}
        response = sla.Clock(self.response_target, since=self.received_at)
        values = {
            'response_due': False if self.first_response_at else self._due(response, known),
            'resolution_due': self._due(self._clock(), known),
            'warn_at': False,
        }
        warnings = []
        if values['response_due']:
            early = round(self.response_target * self._WARN_SHARE)
            warnings.append(self._due(sla.Clock(early, since=self.received_at), known))
        if values['resolution_due']:
            early = round(self.resolution_target * self._WARN_SHARE)
            clock = sla.Clock(early, self.clock_used, self.clock_since)
            warnings.append(self._due(clock, known))
        if not self.warned:
            values['warn_at'] = min(filter(None, warnings), default=False)
        self.write(values)

    def _start_clock(self):
        """Set the clock of new complaints going."""
        for complaint in self.sudo():
            if complaint.kind not in transition.OVER:
                complaint.clock_since = complaint.received_at
        self._apply_sla()

    def _stamp_response(self, now):
        """Measure the first response; what was too late stays so."""
        self.ensure_one()
        self.write(
            {
                'first_response_at': now,
                'response_hours': self._elapsed(self.received_at, now) / 3600,
                'response_failed': self.response_failed
                or bool(self.response_due and now > self.response_due),
            }
        )
        self._refresh_deadlines()

    def _after_transition(self, before):
        # EXTENDS the flow: stop the clock where the customer is awaited or all is over
        now = fields.Datetime.now()
        first_time = not self.resolved_at
        due = self.resolution_due
        super()._after_transition(before)
        if self.kind == before:
            return
        record = self.sudo()
        stopped = self.kind in transition.PAUSED + transition.OVER
        clock = record._clock()
        if stopped and not clock.paused:
            intervals = record.team_id._work_intervals(record.company_id, clock.since, now)
            clock = clock.pause(intervals, now)
        elif not stopped:
            clock = clock.resume(now)
        record.write({'clock_used': clock.used, 'clock_since': clock.since or False})
        if record.resolved_at and first_time:
            late = bool(due and now > due) or bool(clock.target and clock.used > clock.target)
            record.write(
                {
                    'resolution_net_hours': clock.used / 3600,
                    'resolution_gross_hours': record._elapsed(record.received_at, now) / 3600,
                    'resolution_failed': record.resolution_failed or late,
                }
            )
        record._refresh_deadlines()
