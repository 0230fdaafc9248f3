from odoo import fields, models


class ResPartner(models.Model):
    _inherit = 'res.partner'

    ecrm_submission_ids = fields.One2many('ecrm.submission', 'partner_id', "Submissions")
    ecrm_submission_count = fields.Integer(
        "Number of submissions", compute='_compute_ecrm_submission_count'
    )

    # Each submission looks its sender up by these, among all the customers there are.
    _ecrm_phone_idx = models.Index('(phone_sanitized) WHERE phone_sanitized IS NOT NULL')
    _ecrm_email_idx = models.Index('(email_normalized) WHERE email_normalized IS NOT NULL')

    # === COMPUTE METHODS === #

    def _compute_ecrm_submission_count(self):
        counts = {}
        if self.env['ecrm.submission'].has_access('read'):
            counts = dict(
                self.env['ecrm.submission']._read_group(
                    [('partner_id', 'in', self.ids)], ['partner_id'], ['__count']
                )
            )
        for partner in self:
            partner.ecrm_submission_count = counts.get(partner, 0)

    # === ACTIONS === #

    def action_ecrm_link_submission(self):
        """Link the submission named in the context to this customer: the button of a suggestion."""
        self.ensure_one()
        submission = self.env['ecrm.submission'].browse(self.env.context.get('ecrm_submission_id'))
        submission.exists().action_link_partner(self.id)

    def action_view_ecrm_submissions(self):
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_submission')
        return dict(action, domain=[('partner_id', 'in', self.ids)], context={})
