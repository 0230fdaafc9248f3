from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EcrmComplaintCalendarPeriod(models.Model):
    _name = 'ecrm.complaint.calendar.period'
    _description = "Period with Other Working Hours"
    _order = 'date_from'

    name = fields.Char(required=True, translate=True, help="Ramadan, for instance.")
    team_id = fields.Many2one(
        comodel_name='ecrm.complaint.team', required=True, ondelete='cascade', index=True
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    calendar_id = fields.Many2one('resource.calendar', string="Working Hours", required=True)

    @api.constrains('date_from', 'date_to', 'team_id')
    def _check_dates(self):
        for period in self:
            if period.date_to < period.date_from:
                raise ValidationError(
                    self.env._("“%(period)s” ends before it begins.", period=period.name)
                )
            overlap = period.team_id.period_ids.filtered(
                lambda other, period=period: (
                    other != period
                    and other.date_from <= period.date_to
                    and period.date_from <= other.date_to
                )
            )
            if overlap:
                raise ValidationError(
                    self.env._(
                        "“%(period)s” and “%(other)s” share days.",
                        period=period.name,
                        other=overlap[0].name,
                    )
                )
