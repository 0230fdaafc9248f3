from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext


class EcrmComplaint(models.Model):
    """Two things told in one complaint become two, each with its own answer and its own end."""

    _inherit = 'ecrm.complaint'

    split_from_id = fields.Many2one(
        comodel_name='ecrm.complaint',
        string="Split from",
        readonly=True,
        copy=False,
        index='btree_not_null',
    )

    def _customer_comments(self):
        """Messages that can go to a complaint of their own: what the customer wrote, or read."""
        return self._customer_messages().filtered(
            lambda message: message.message_type in ('comment', 'email')
        )

    def _split_off(self, messages, name, cause=None):
        """Take messages, with their files, to a new complaint of the same customer.

        Mails that quote one of them land on the new complaint, since the message stands there.

        :param messages: mail.message of this complaint
        :param name: subject of the new one
        :param cause: ecrm.complaint.cause, empty: not known yet
        :return: the new ecrm.complaint
        :raises UserError: when a message is not this complaint's, or none would be left
        """
        self.ensure_one()
        self.check_access('write')
        movable = self._customer_comments()
        if not messages:
            raise UserError(self.env._("Choose the messages that are about something else."))
        if messages - movable:
            raise UserError(self.env._("Only messages of this complaint can be split off."))
        if not movable - messages:
            raise UserError(
                self.env._("One message must stay. Change the subject instead of splitting.")
            )
        messages_sudo = messages.sudo().sorted('id')
        split_sudo = (
            self.sudo()
            .with_context(mail_create_nolog=True)
            .create(self._prepare_split_values(messages_sudo, name, cause))
        )
        for message in messages_sudo:
            outside = message.parent_id not in messages_sudo
            message.write({'res_id': split_sudo.id, **({'parent_id': False} if outside else {})})
        messages_sudo.attachment_ids.filtered(
            lambda file: file.res_model == self._name and file.res_id == self.id
        ).write({'res_id': split_sudo.id})
        (self | split_sudo).invalidate_recordset(['message_ids'])
        author = self.env.user.partner_id.id
        self.sudo()._message_log(
            body=self.env._("Split off: %s", split_sudo._get_html_link()), author_id=author
        )
        split_sudo._message_log(
            body=self.env._("Split from %s", self._get_html_link()), author_id=author
        )
        split_sudo._acknowledge()
        return split_sudo.with_env(self.env)

    def _prepare_split_values(self, messages_sudo, name, cause):
        """Values of the complaint that messages are taken to: its clock runs since the first."""
        return {
            'split_from_id': self.id,
            'name': name,
            'cause_id': cause.id if cause else False,
            'description': html2plaintext(messages_sudo[0].body or '').strip(),
            'received_at': messages_sudo[0].date,
            'customer_wrote_at': messages_sudo[-1].date,
            'channel': self.channel,
            'company_id': self.company_id.id,
            'team_id': self.team_id.id,
            'user_id': self.user_id.id,
            'order_id': self.order_id.id,
            'partner_id': self.partner_id.id,
            'partner_name': self.partner_name,
            'partner_phone': self.partner_phone,
            'email_from': self.email_from,
            'lang': self.lang,
        }
