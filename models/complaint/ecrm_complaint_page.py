from odoo import api, fields, models
from odoo.tools import format_date

from ...tools import transition


class EcrmComplaint(models.Model):
    """What the customer's page says of a complaint: past steps, the next one and its day, remedies."""

    _inherit = 'ecrm.complaint'

    # What the customer's list says of a complaint
    _LISTED = (
        'reference',
        'name',
        'kind',
        'stage_id',
        'cause_id',
        'order_id',
        'team_id',
        'company_id',
        'received_at',
        'first_response_at',
        'response_due',
        'resolution_due',
    )

    def _timezone_name(self):
        """Time zone in which the customer reads the times of his page: the shop's."""
        self.ensure_one()
        return self.team_id._timezone(self.company_id).zone

    # === LIST === #

    @api.model
    def _read_customer_page(self, domain, page, step):
        """A page of the customer's list, the newest first, with the columns that it shows and no others.

        :param domain: Domain of what he may see
        :param page: number from 1; beyond the last it is the last
        :param step: complaints on a page
        :return: ``(count, complaints)`` of all pages and of this one
        """
        total = self.search_count(domain) if page > 1 else None
        page = min(page, -(-total // step)) if total else 1
        complaints = self.search_fetch(
            domain, self._LISTED, order='id desc', limit=step, offset=(page - 1) * step
        )
        if total is None:  # a first page that is not full holds all there is
            total = len(complaints) if len(complaints) < step else self.search_count(domain)
        complaints.order_id.fetch(['name'])
        complaints.team_id.fetch(['calendar_id'])
        calendars = complaints.team_id.calendar_id
        companies = complaints.filtered(lambda each: not each.team_id.calendar_id).company_id
        companies.fetch(['resource_calendar_id'])
        (calendars | companies.resource_calendar_id).fetch(['tz'])
        return total, complaints

    def _received_day(self):
        """Day on which it reached the shop, as the reader's language writes it."""
        self.ensure_one()
        return format_date(self.env, self.team_id._local_date(self.company_id, self.received_at))

    # === STEPS === #

    def _customer_timeline(self):
        """Steps of the complaint in plain words.

        :return: list of dicts with ``label``, ``date`` (or False), ``state`` (``done``, ``now`` or
            ``next``) and, on the step that comes now, ``promise`` (datetime) or ``late`` (bool)
        """
        self.ensure_one()
        steps = [(self.env._("We received your complaint"), self.received_at)]
        if self.first_response_at or self.kind not in transition.OVER:
            steps.append((self.env._("We answer you"), self.first_response_at))
        if self.kind in transition.DEAD:
            steps.append((self.env._("It was withdrawn"), self.closed_at))
        else:
            steps += self._customer_solution_steps()
        current = next((index for index, step in enumerate(steps) if not step[1]), None)
        result = []
        for index, (label, date) in enumerate(steps):
            state = 'done' if date else ('now' if index == current else 'next')
            result.append({'label': label, 'date': date, 'state': state})
        if current is not None:
            result[current].update(self._customer_promise())
        return result

    def _customer_solution_steps(self):
        """Steps from the answer to the end: what we wait for, what was promised, the solution."""
        steps = []
        if self.kind == transition.WAITING_CUSTOMER:
            steps.append((self.env._("You answer our question"), False))
        promised = self.remedy_ids.filtered(lambda each: each.state in ('approved', 'done'))
        steps += [(remedy._customer_label(), remedy.done_at) for remedy in promised]
        # What is done comes before what is still awaited
        steps.sort(key=lambda step: (not step[1], step[1] or False))
        solved = self.resolved_at if self.kind in transition.DONE else False
        steps.append((self.env._("Your complaint is solved"), solved))
        closed = self.closed_at if self.kind == transition.CLOSED else False
        steps.append((self.env._("The complaint is closed"), closed))
        return steps

    def _customer_promise(self):
        """When the next step is promised.

        :return: dict with ``promise``, a datetime to come, or ``late`` when it has passed; empty
            where it is the customer's turn or nothing was promised
        """
        self.ensure_one()
        if self.kind in transition.OVER or self.kind in transition.PAUSED:
            return {}
        due = self.resolution_due if self.first_response_at else self.response_due
        if not due:
            return {}
        return {'promise': due} if due > fields.Datetime.now() else {'late': True}

    def _customer_next(self):
        """The next step in one sentence, for the top of the page and the list.

        :return: text; empty when nothing is to come
        """
        self.ensure_one()
        if self.kind == transition.WAITING_CUSTOMER:
            return self.env._("It is your turn: answer our last message.")
        if self.kind == transition.RESOLVED:
            return self.env._("Is it solved for you? Close it, or open it again.")
        if self.kind in transition.OVER:
            return ''
        promise = self._customer_promise()
        if promise.get('late'):
            return self.env._("We are late, and we are sorry. Yours is among the first we handle.")
        if not promise:
            return self.env._("A person of our team is working on it.")
        local = self.team_id._local_date(self.company_id, promise['promise'])
        day = format_date(self.env, local, date_format='EEEE d MMMM')
        if not self.first_response_at:
            return self.env._("A person of our team answers you by %(day)s.", day=day)
        return self.env._("You have a solution by %(day)s.", day=day)

    # === REMEDIES === #

    def _customer_remedies(self):
        """What the customer gets, or has got.

        :return: list of dicts with ``kind``, ``label``, ``detail`` (text, may be empty), ``code``
            (of a voucher, else empty) and ``done``
        """
        self.ensure_one()
        return [
            {
                'kind': remedy.kind,
                'label': remedy._customer_label(),
                'detail': remedy._customer_detail(),
                'code': remedy.card_id.code or '',
                'done': remedy.state == 'done',
            }
            for remedy in self.remedy_ids.filtered(lambda each: each.state in ('approved', 'done'))
        ]
