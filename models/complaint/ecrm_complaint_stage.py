from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache

from ...tools import transition


class EcrmComplaintStage(models.Model):
    _name = 'ecrm.complaint.stage'
    _description = "Complaint Stage"
    _inherit = ['ecrm.complaint.kept']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        selection=[
            ('new', "New"),
            ('open', "Open"),
            ('waiting_customer', "Waiting on the customer"),
            ('waiting_internal', "Waiting internally"),
            ('resolved', "Resolved"),
            ('closed', "Closed"),
            ('cancelled', "Cancelled"),
            ('spam', "Spam"),
        ],
        required=True,
        default='open',
        help="What the stage means. Deadlines, reopening, the satisfaction survey, the portal and "
        "the reports read this, never the name.",
    )
    fold = fields.Boolean(string="Folded in Kanban")
    customer_label = fields.Char(
        string="Words for the Customer",
        translate=True,
        help="What the customer reads in his portal. Empty: the name of the stage.",
    )
    team_ids = fields.Many2many(
        comodel_name='ecrm.complaint.team',
        relation='ecrm_complaint_team_stage_rel',
        column1='stage_id',
        column2='team_id',
        string="Teams",
        help="Leave empty to use the stage in every team.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_of_kind(self):
        others = self.search([('id', 'not in', self.ids)])
        left = set(others.mapped('kind'))
        for stage in self:
            if stage.kind not in left:
                raise UserError(
                    self.env._(
                        "%(stage)s is the last stage of its kind: complaints could no longer reach it.",
                        stage=stage.name,
                    )
                )

    @api.model
    def _first_of_kind(self, kind, team=None):
        """Find the stage that stands for a kind.

        :param kind: one of tools.transition.KINDS
        :param team: ecrm.complaint.team or None
        :return: one stage, the team's own before a shared one
        :raises UserError: when the shop has removed every stage of the kind
        """
        stages = self.search([('kind', '=', kind)])
        if team:
            stages = stages.filtered(lambda s: not s.team_ids or team in s.team_ids)
            stages = stages.filtered(lambda s: team in s.team_ids) or stages
        if not stages:
            labels = dict(self._fields['kind']._description_selection(self.env))
            raise UserError(
                self.env._("No complaint stage of the kind “%(kind)s” is left.", kind=labels[kind])
            )
        return stages[0]

    @api.model
    @ormcache('lang')
    def _get_customer_labels(self, lang):
        """Words in which a customer reads the stages: each of his complaints shows one of a handful.

        :rtype: dict[int, str]
        """
        stages = self.with_context(active_test=False, lang=lang).sudo()
        stages = stages.search_fetch([('id', '!=', False)], ['name', 'customer_label'])
        return {stage.id: stage.customer_label or stage.name for stage in stages}

    def _is_over(self):
        return self.kind in transition.OVER
