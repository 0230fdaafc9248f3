from odoo import fields, models


class MailActivity(models.Model):
    _inherit = 'mail.activity'

    def _action_done(self, feedback=False, attachment_ids=None):
        # EXTENDS mail: the first thing done on a lead is the first contact
        lead_ids = self.filtered(lambda activity: activity.res_model == 'crm.lead').mapped('res_id')
        rows = (
            self.env['ecrm.submission']
            .sudo()
            .search([('lead_id', 'in', lead_ids), ('first_contact_date', '=', False)])
        )
        rows.write({'first_contact_date': fields.Datetime.now()})
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
