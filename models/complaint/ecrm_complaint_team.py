import ast
from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import legal, sla, transition


class EcrmComplaintTeam(models.Model):
    _name = 'ecrm.complaint.team'
    _description = "Complaint Team"
    _inherit = ['mail.alias.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name='res.company',
        index=True,
        help="Leave empty to serve every company.",
    )
    user_id = fields.Many2one(
        comodel_name='res.users',
        string="Leader",
        domain="[('share', '=', False)]",
        help="Told when a complaint finds no agent and when a deadline is missed.",
    )
    member_ids = fields.Many2many(
        comodel_name='res.users',
        relation='ecrm_complaint_team_member_rel',
        column1='team_id',
        column2='user_id',
        string="Agents",
        domain="[('share', '=', False)]",
    )
    alias_id = fields.Many2one(help="Mails sent to this address become complaints of the team.")
    assign_salesperson = fields.Boolean(
        string="Salesperson First",
        default=True,
        help="A complaint about an order goes to the salesperson of the order if he handles "
        "complaints. Otherwise to the agent with the fewest open complaints.",
    )
    calendar_id = fields.Many2one(
        comodel_name='resource.calendar',
        string="Working Hours",
        help="Deadlines count these hours only, without public holidays. Empty: the company's.",
    )
    period_ids = fields.One2many(
        comodel_name='ecrm.complaint.calendar.period',
        inverse_name='team_id',
        string="Periods with Other Hours",
    )
    open_count = fields.Integer(string="Open Complaints", compute='_compute_open_count')
    unassigned_count = fields.Integer(string="Unassigned", compute='_compute_open_count')

    # === COMPUTE METHODS === #

    def _compute_open_count(self):
        open_counts, unassigned_counts = {}, {}
        for team, user, count in self.env['ecrm.complaint']._read_group(
            [('team_id', 'in', self.ids), ('kind', 'in', transition.ACTIVE)],
            ['team_id', 'user_id'],
            ['__count'],
        ):
            open_counts[team] = open_counts.get(team, 0) + count
            if not user:
                unassigned_counts[team] = count
        for team in self:
            team.open_count = open_counts.get(team, 0)
            team.unassigned_count = unassigned_counts.get(team, 0)

    # === BUSINESS METHODS === #

    def _alias_get_creation_values(self):
        # EXTENDS mail
        values = super()._alias_get_creation_values()
        values['alias_model_id'] = self.env['ir.model']._get_id('ecrm.complaint')
        if self.id:
            defaults = ast.literal_eval(self.alias_defaults or '{}')
            values['alias_defaults'] = repr({**defaults, 'team_id': self.id, 'channel': 'email'})
        return values

    @api.model
    def _default_for(self, company):
        """The team that serves a company when nothing names one.

        :param company: res.company
        :return: ecrm.complaint.team, possibly empty
        """
        domain = Domain('company_id', 'in', [False, company.id])
        return self.search(domain, order='company_id, sequence, id', limit=1)

    def _pick_agent(self, order=None):
        """Choose who handles a new complaint: the order's salesperson, else the least busy agent.

        :param order: sale.order or None
        :return: res.users, empty when the team has nobody
        """
        self.ensure_one()
        seller = order.user_id if order else self.env['res.users']
        if (
            self.assign_salesperson
            and seller.active
            and seller._has_group('ecrm.group_complaint_agent')
        ):
            return seller
        members = self.member_ids.filtered('active')
        if not members:
            return members
        load = dict(
            self.env['ecrm.complaint']._read_group(
                [('user_id', 'in', members.ids), ('kind', 'in', transition.ACTIVE)],
                ['user_id'],
                ['__count'],
            )
        )
        return min(members, key=lambda user: (load.get(user, 0), user.id))

    def _work_intervals(self, company, start, stop):
        """Working time of the team, the periods with other hours and the leaves heeded.

        :param company: res.company whose hours count when the team has none
        :param start: naive UTC datetime
        :param stop: naive UTC datetime
        :return: list of naive UTC ``(start, stop)``, sorted
        """
        team_sudo = self.sudo()
        usual = team_sudo.calendar_id or company.sudo().resource_calendar_id
        if not usual:
            return [(start, stop)]
        timezone = pytz.timezone(usual.tz or 'UTC')
        series, cursor = [], start
        for period in team_sudo.period_ids.sorted('date_from'):
            opening, closing = (
                timezone.localize(datetime.combine(day, time.min)).astimezone(pytz.utc)
                for day in (period.date_from, period.date_to + timedelta(days=1))
            )
            low = max(opening.replace(tzinfo=None), start)
            high = min(closing.replace(tzinfo=None), stop)
            if low < high:
                series.append(self._calendar_intervals(usual, cursor, low))
                series.append(self._calendar_intervals(period.calendar_id, low, high))
                cursor = high
        series.append(self._calendar_intervals(usual, cursor, stop))
        return sla.merge(*series)

    @api.model
    def _calendar_intervals(self, calendar, start, stop):
        if stop <= start:
            return []
        utc = pytz.utc
        batch = calendar._work_intervals_batch(utc.localize(start), utc.localize(stop))
        return [
            (low.astimezone(utc).replace(tzinfo=None), high.astimezone(utc).replace(tzinfo=None))
            for low, high, _meta in batch[False]
        ]

    def _timezone(self, company):
        """Time zone of the team's hours.

        :param company: res.company whose hours count when the team has none
        :return: pytz time zone
        """
        calendar = self.sudo().calendar_id or company.sudo().resource_calendar_id
        return pytz.timezone(calendar.tz or 'UTC')

    def _local_date(self, company, moment):
        """Day of a naive UTC moment where the team works."""
        return pytz.utc.localize(moment).astimezone(self._timezone(company)).date()

    def _last_return_day(self, company, delivered_on):
        """Last working day in which goods may be sent back.

        :param company: res.company that sold
        :param delivered_on: date, or False when nothing was delivered
        :return: date, or False without a delivery or without a limit
        """
        days = company.sudo().ecrm_complaint_return_days
        if not delivered_on or days <= 0:
            return False
        timezone = self._timezone(company)
        start = timezone.localize(datetime.combine(delivered_on, time.min)).astimezone(pytz.utc)
        start = start.replace(tzinfo=None)
        # Two weeks mostly do; twice the days and three weeks hold any run of weekends and feasts
        for ahead in (days + 8, 2 * days + 21):
            intervals = self._work_intervals(company, start, start + timedelta(days=ahead))
            local = [
                tuple(pytz.utc.localize(moment).astimezone(timezone) for moment in interval)
                for interval in intervals
            ]
            if last := legal.last_working_day(delivered_on, legal.days_of(local), days):
                return last
        return False

    def action_view_complaints(self):
        """Open the team's complaints."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint')
        action['domain'] = [('team_id', '=', self.id)]
        action['context'] = {'default_team_id': self.id}
        return action
