from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import transition


class EcrmComplaint(models.Model):
    """Moves of a complaint from kind to kind, and what they leave behind."""

    _inherit = 'ecrm.complaint'

    first_response_at = fields.Datetime(
        string="First Response",
        readonly=True,
        copy=False,
        help="First message of a person of ours that the customer could read.",
    )
    resolved_at = fields.Datetime(
        string="First Resolution", readonly=True, copy=False, help="Kept when it is reopened."
    )
    closed_at = fields.Datetime(string="Last Closing", readonly=True, copy=False)
    customer_wrote_at = fields.Datetime(string="Customer Wrote", readonly=True, copy=False)
    staff_wrote_at = fields.Datetime(string="We Wrote", readonly=True, copy=False)
    reopen_count = fields.Integer(string="Reopened", readonly=True, copy=False)

    # === TRANSITIONS === #

    def _check_transition(self, target, actor='staff'):
        """Refuse a move that the table of transitions does not hold.

        :param target: kind to reach
        :param actor: ``staff`` or ``customer``
        :raises UserError: naming both kinds
        """
        kind_field = self.env['ecrm.complaint.stage']._fields['kind']
        labels = dict(kind_field._description_selection(self.env))
        for complaint in self:
            if not transition.allowed(complaint.kind, target, actor):
                raise UserError(
                    self.env._(
                        "Complaint %(reference)s cannot go from “%(before)s” to “%(after)s”.",
                        reference=complaint.reference,
                        before=labels.get(complaint.kind, complaint.kind),
                        after=labels.get(target, target),
                    )
                )

    def _move_to(self, kind, actor='staff'):
        """Take complaints to the stage that stands for a kind.

        :param kind: one of tools.transition.KINDS
        :param actor: ``staff`` or ``customer``
        :raises UserError: when the move is not allowed to the actor
        """
        self._check_transition(kind, actor)
        for complaint in self.filtered(lambda c: c.kind != kind):
            complaint.stage_id = self.env['ecrm.complaint.stage']._first_of_kind(
                kind, complaint.team_id
            )

    def _after_transition(self, before):
        """Stamp what a move means; called once a complaint after each change of stage.

        :param before: kind it came from
        """
        self.ensure_one()
        if self.kind == before:
            return
        now = fields.Datetime.now()
        values = {}
        if self.kind in transition.DONE and not self.resolved_at:
            values['resolved_at'] = now
        if self.kind == transition.CLOSED or (
            self.kind in transition.OVER and before not in transition.OVER
        ):
            values['closed_at'] = now
        if self.kind in transition.DONE and not self.founded:
            values['founded'] = self.cause_id.founded_default
        if before in transition.DONE and self.kind in transition.ACTIVE:
            values['reopen_count'] = self.reopen_count + 1
        if values:
            self.sudo().write(values)

    def _after_create(self):
        """Start the clock, give an agent, and tell the leader of those that find none."""
        self._start_clock()
        # Who sees only his own keeps the call that he noted: given to another it would be out of his sight at once
        keeps = not self.env.su and not self.env.user.has_group('ecrm.group_complaint_all')
        for complaint in self:
            if complaint.user_id or not complaint.team_id or complaint.kind in transition.OVER:
                continue
            team_sudo = complaint.team_id.sudo()
            agent = self.env.user if keeps else team_sudo._pick_agent(complaint.order_id.sudo())
            if agent:
                complaint.user_id = agent
            elif team_sudo.user_id:
                complaint.sudo().activity_schedule(
                    'mail.mail_activity_data_todo',
                    user_id=team_sudo.user_id.id,
                    summary=complaint._for_reader(team_sudo.user_id).env._(
                        "A complaint has no agent"
                    ),
                )

    # === ACTIONS === #

    def action_take(self):
        """Give the complaints to the reader and begin to handle them."""
        self.write({'user_id': self.env.uid})
        self.filtered(lambda c: c.kind == transition.NEW)._move_to(transition.OPEN)

    def action_wait_customer(self):
        """Wait for the customer: the resolution clock stops."""
        self._move_to(transition.WAITING_CUSTOMER)

    def action_resolve(self):
        """Mark as resolved."""
        self._move_to(transition.RESOLVED)

    def action_close(self):
        """Close what is resolved or waits on the customer."""
        self._move_to(transition.CLOSED)

    def action_reopen(self):
        """Open again what was resolved, closed, cancelled or taken for spam."""
        self._move_to(transition.OPEN)

    def action_cancel(self):
        """Cancel: withdrawn or made by mistake."""
        self._move_to(transition.CANCELLED)

    def action_spam(self):
        """Mark as spam: no answer, no survey, not counted."""
        self._move_to(transition.SPAM)
