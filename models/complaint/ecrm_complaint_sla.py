from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache


class Promise(NamedTuple):
    """A policy as complaints meet it: seconds of working time, and whom it is for (empty: all)."""

    policy_id: int
    response: int
    resolution: int
    company_id: int
    team_ids: frozenset
    priority: str
    cause_ids: frozenset


class EcrmComplaintSla(models.Model):
    _name = 'ecrm.complaint.sla'
    _description = "Complaint Deadline Policy"
    _inherit = ['ecrm.complaint.kept']
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

    @api.depends('name')
    @api.depends_context('lang')
    def _compute_display_name(self):
        names = self._get_names(self.env.lang or 'en_US')
        for policy in self:
            policy.display_name = names.get(policy.id) or policy.name

    # === BUSINESS METHODS === #

    @api.model
    @ormcache('lang')
    def _get_names(self, lang):
        """Names of all policies: every form of a complaint shows one of a few.

        :rtype: dict[int, str]
        """
        policies = self.with_context(active_test=False, lang=lang).sudo()
        return {policy.id: policy.name for policy in policies.search_fetch([], ['name'])}

    @api.model
    @ormcache()
    def _get_promises(self):
        """The policies in force, in their order.

        :rtype: tuple[Promise]
        """
        return tuple(
            Promise(
                policy.id,
                round(policy.response_hours * 3600),
                round(policy.resolution_hours * 3600),
                policy.company_id.id,
                frozenset(policy.team_ids.ids),
                policy.priority,
                frozenset(policy.cause_ids.ids),
            )
            for policy in self.sudo().search([('active', '=', True)])
        )

    @api.model
    def _get_promise(self, complaint):
        """What the first policy that fits promises a complaint.

        :return: Promise, or None where no policy fits
        """
        path = {int(part) for part in (complaint.cause_id.parent_path or '').split('/') if part}
        for promise in self._get_promises():
            if (
                promise.company_id in {False, complaint.company_id.id}
                and (not promise.team_ids or complaint.team_id.id in promise.team_ids)
                and promise.priority in {False, complaint.priority}
                and (not promise.cause_ids or path & promise.cause_ids)
            ):
                return promise
        return None
