from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EcrmComplaintSla(models.Model):
    _name = 'ecrm.complaint.sla'
    _description = "Complaint Deadline Policy"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The first policy that fits is used.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', index=True)
    team_ids = fields.Many2many('ecrm.complaint.team', string="Teams", help="Empty: all.")
    priority = fields.Selection(
        selection=[('0', "Normal"), ('1', "High"), ('2', "Urgent")], help="Empty: all."
    )
    cause_ids = fields.Many2many(
        'ecrm.complaint.cause', string="Causes", help="With the causes below them. Empty: all."
    )
    response_hours = fields.Float(
        string="First Response Within",
        help="Working hours until a person of ours has answered. 0: no promise.",
    )
    resolution_hours = fields.Float(
        string="Resolution Within",
        help="Working hours until it is resolved, waiting for the customer not counted. "
        "0: no promise.",
    )

    @api.constrains('response_hours', 'resolution_hours')
    def _check_hours(self):
        for policy in self:
            for hours in (policy.response_hours, policy.resolution_hours):
                if not 0 <= hours <= 2000:
                    raise ValidationError(
                        self.env._("A deadline lies between 0 and 2000 working hours.")
                    )

    def _fits(self, complaint):
        """Tell whether the policy applies to a complaint."""
        self.ensure_one()
        path = {int(part) for part in (complaint.cause_id.parent_path or '').split('/') if part}
        return (
            (not self.company_id or self.company_id == complaint.company_id)
            and (not self.team_ids or complaint.team_id in self.team_ids)
            and (not self.priority or self.priority == complaint.priority)
            and (not self.cause_ids or bool(path & set(self.cause_ids.ids)))
        )
