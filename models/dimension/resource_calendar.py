from datetime import datetime, time, timedelta

from odoo import models
from odoo.tools import ormcache


class ResourceCalendar(models.Model):
    _inherit = 'resource.calendar'

    @ormcache('self.id', 'days', 'start')
    def _get_ecrm_ready_date(self, days, start):
        """Last of some working days after a day, leaves left out; asked for on every product page.

        :param int days: working days, one or more
        :param date start: the day of the order, not worked on
        :rtype: date
        """
        self.ensure_one()
        tomorrow = datetime.combine(start + timedelta(days=1), time.min)
        planned = self.sudo().plan_days(days, tomorrow, compute_leaves=True)
        return planned.date() if planned else start + timedelta(days=days)

    def write(self, vals):
        res = super().write(vals)
        self.env.registry.clear_cache()
        return res
