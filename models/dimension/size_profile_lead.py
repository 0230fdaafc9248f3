from datetime import timedelta

from odoo import fields, models

from ...tools.lead_time import working_days


class EcrmSizeProfileLead(models.Model):
    """When a size can be ready."""

    _inherit = 'ecrm.size.profile'

    lead_days = fields.Integer(
        string="Working days to make", default=3, help="From the order to the packed set."
    )
    daily_area = fields.Float(
        string="Square metres a day",
        digits=(8, 2),
        help="What the workshop makes of this in a day. Larger orders take a day more for each started one.",
    )

    _lead_positive = models.Constraint(
        'CHECK(lead_days >= 0 AND daily_area >= 0)', "Lead times cannot be negative."
    )

    def _get_promised_date(self, size, quantity=1, start=None):
        """Day on which sets of a size are ready, by the company's working calendar and its leaves.

        :param Size size:
        :param float quantity: sets
        :param datetime start: naive UTC, now by default
        :rtype: date
        """
        self.ensure_one()
        area = sum(width * height for width, height in size.sides) / 1_000_000
        facts = self._get_facts()
        days = working_days(facts.lead_days, area, quantity, facts.daily_area)
        start = start or fields.Datetime.now()
        company = self.env['res.company'].browse(facts.company_id or self.env.company.id)
        calendar = company.sudo().resource_calendar_id
        if not days:
            return start.date()
        if not calendar:
            return (start + timedelta(days=days)).date()
        return calendar._get_ecrm_ready_date(days, start.date())
