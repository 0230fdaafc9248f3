from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.tools.intervals import Intervals

LOOK_AHEAD = timedelta(days=14)


class ResUsers(models.Model):
    _inherit = 'res.users'

    # === BUSINESS METHODS === #

    def _ecrm_find_free_slots(self, company, opening, start, length):
        """Return when each user is first free for ``length`` from ``start`` on.

        Free is: within the opening hours, within his own working hours, not absent, and without an
        appointment in his calendar that says busy.

        :param company: ``res.company`` whose working hours count, where a user works for several.
        :param opening: ``resource.calendar`` of the opening hours; empty for day and night.
        :param datetime start: naive, UTC.
        :param timedelta length: how long he has to be free.
        :return: dict of user to naive UTC datetime; who is never free within two weeks is missing.
        """
        begin = pytz.utc.localize(start)
        end = begin + LOOK_AHEAD
        whole = Intervals([(begin, end, self.env['resource.calendar'])])
        opened = self._ecrm_keep_times(
            opening._work_intervals_batch(begin, end)[False] if opening else whole
        )
        events = self.partner_id.sudo()._get_busy_calendar_events(begin, end)
        slots = {}
        for user in self:
            free = opened & self._ecrm_keep_times(user._ecrm_get_own_hours(company, begin, end))
            free -= user._ecrm_get_appointments(events.get(user.partner_id.id, ()))
            for first, last, _records in free:
                if last - first >= length:
                    slots[user] = first.astimezone(pytz.utc).replace(tzinfo=None)
                    break
        return slots

    def _ecrm_keep_times(self, intervals):
        """Return the intervals without the records they came from, which are of several models."""
        nothing = self.env['resource.calendar']
        return Intervals([(first, last, nothing) for first, last, _records in intervals])

    def _ecrm_get_own_hours(self, company, begin, end):
        """Return when a user works, by the resource he is in this company: always, if he is none."""
        resources = self.sudo().resource_ids.filtered('active')
        resource = (resources.filtered(lambda one: one.company_id == company) or resources)[:1]
        if not resource:
            return [(begin, end, resource)]
        calendar = resource.calendar_id
        if calendar:
            return calendar._work_intervals_batch(begin, end, resources=resource)[resource.id]
        absences = calendar._leave_intervals_batch(begin, end, resources=resource)[resource.id]
        whole = Intervals([(begin, end, self.env['resource.calendar.leaves'])])
        return whole - absences

    def _ecrm_get_appointments(self, events):
        """Return the times of those events that the user has not declined; a day's event takes the day."""
        nothing = self.env['resource.calendar']
        zone = pytz.timezone(self.tz or 'UTC')
        busy = []
        for event in events:
            attendee = event.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == self.partner_id
            )
            if attendee[:1].state == 'declined':
                continue
            if event.allday:
                days = event.start_date, event.stop_date + timedelta(days=1)
                first, last = (zone.localize(datetime.combine(day, time())) for day in days)
            else:
                first, last = pytz.utc.localize(event.start), pytz.utc.localize(event.stop)
            busy.append((first, last, nothing))
        return Intervals(busy)
