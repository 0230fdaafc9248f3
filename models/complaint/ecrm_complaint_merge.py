from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import transition


class EcrmComplaint(models.Model):
    """Two complaints about one thing: found, merged, and never a reply lost."""

    _inherit = 'ecrm.complaint'

    _DUPLICATE_DAYS = 30

    merged_into_id = fields.Many2one(
        comodel_name='ecrm.complaint',
        string="Merged into",
        readonly=True,
        copy=False,
        index='btree_not_null',
    )
    merged_ids = fields.One2many('ecrm.complaint', 'merged_into_id', string="Merged Complaints")
    duplicate_ids = fields.Many2many(
        comodel_name='ecrm.complaint',
        string="Possible Duplicates",
        compute='_compute_duplicate_ids',
        groups='ecrm.group_complaint_agent',
    )

    @api.depends('partner_id', 'order_id', 'email_normalized', 'kind')
    def _compute_duplicate_ids(self):
        for complaint in self:
            origin = complaint._origin
            domain = [
                ('id', '!=', origin.id),
                ('kind', 'in', transition.ACTIVE),
                ('company_id', '=', complaint.company_id.id),
                (
                    'received_at',
                    '>=',
                    (complaint.received_at or fields.Datetime.now())
                    - timedelta(days=self._DUPLICATE_DAYS),
                ),
            ]
            if complaint.kind in transition.OVER:
                complaint.duplicate_ids = False
            elif complaint.order_id:
                complaint.duplicate_ids = self.search(
                    [*domain, ('order_id', '=', complaint.order_id.id)], limit=5
                )
            elif complaint.email_normalized:
                complaint.duplicate_ids = self.search(
                    [*domain, ('email_normalized', '=', complaint.email_normalized)], limit=5
                )
            else:
                complaint.duplicate_ids = False

    def _follow_merges(self):
        # OVERRIDES the mail part
        """The complaint at the end of the chain of merges; in a cycle, where one stands."""
        self.ensure_one()
        seen, current = self, self
        while current.merged_into_id:
            current = current.merged_into_id
            if current in seen:
                return self
            seen |= current
        return current

    def _merge_into(self, target):
        """Move words, files, lines and activities to another complaint, and leave a redirect.

        :param target: ecrm.complaint that stays
        :raises UserError: when customers or companies differ, or nothing is left to merge
        """
        target = target._follow_merges()
        sources = self - target
        if not sources:
            raise UserError(self.env._("Choose at least one other complaint to merge."))
        sources._check_mergeable(target)
        for source in sources.sudo():
            for message in source.message_ids:
                message.res_id = target.id
            self.env['ir.attachment'].sudo().search(
                [('res_model', '=', self._name), ('res_id', '=', source.id)]
            ).write({'res_id': target.id})
            source.activity_ids.write({'res_id': target.id})
            known = target.sudo().line_ids.sale_line_id
            if source.order_id == target.order_id:
                source.line_ids.filtered(
                    lambda line, known=known: line.sale_line_id not in known
                ).write({'complaint_id': target.id})
            target.sudo().message_subscribe(source.message_partner_ids.ids)
            (source | target).invalidate_recordset(['activity_ids', 'message_ids'])
            source.merged_into_id = target
            if source.kind in transition.ACTIVE:
                source._move_to(transition.CANCELLED)
            source._message_log(body=self.env._("Merged into %s", target._get_html_link()))
            target.sudo()._message_log(
                body=self.env._("%s was merged here", source._get_html_link())
            )

    def _check_mergeable(self, target):
        for source in self.sudo():
            if source.company_id != target.company_id:
                raise UserError(self.env._("Complaints of two companies cannot be merged."))
            if source.remedy_ids.filtered(lambda remedy: remedy.state in ('approved', 'done')):
                raise UserError(
                    self.env._(
                        "%(reference)s has approved remedies: merge the other one into it.",
                        reference=source.reference,
                    )
                )
            customers = source.commercial_partner_id | target.sudo().commercial_partner_id
            if len(customers) > 1:
                raise UserError(
                    self.env._("Complaints of two customers cannot be merged: one would read both.")
                )

    def action_open_merge(self):
        """Choose which complaint stays."""
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint_merge')
        action['context'] = {
            'default_complaint_ids': (self | self.duplicate_ids).ids,
            'default_target_id': self[:1].id,
        }
        return action
