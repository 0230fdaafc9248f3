from odoo import SUPERUSER_ID, models

CONTACTS = ('phonecall', 'meeting')


class MailActivity(models.Model):
    _inherit = 'mail.activity'

    def _action_done(self, feedback=False, attachment_ids=None):
        # EXTENDS mail: the first call, letter or meeting of a person is the first contact
        if self.env.uid != SUPERUSER_ID and self.env.user._is_internal():
            contacts = self.filtered(lambda activity: activity._ecrm_is_contact())
            self.env['crm.lead'].browse(contacts.mapped('res_id'))._ecrm_note_contact()
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)

    def _ecrm_is_contact(self):
        """Tell whether the customer of a lead hears from us by doing this: a reminder is no contact."""
        self.ensure_one()
        kind = self.activity_type_id
        letter = self.env.ref('mail.mail_activity_data_email', raise_if_not_found=False)
        return self.res_model == 'crm.lead' and (kind.category in CONTACTS or kind == letter)
