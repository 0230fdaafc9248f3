from odoo.tools import file_open, mute_logger

from odoo.addons.mail.tests.common import MailCommon

from .common_complaint import ComplaintCommon


class MailFileCommon(ComplaintCommon, MailCommon):
    """Raw mails of tests/data/mails, handed to Odoo's own gateway.

    Words in braces stand for what a test gives: ``{sender}``, ``{to}``, ``{id}``, ``{refs}``, ``{subject}`` …
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_gateway()
        cls.company.alias_domain_id = cls.mail_alias_domain
        cls.team.write({'alias_name': 'plainte', 'alias_domain_id': cls.mail_alias_domain.id})
        cls.address = f'plainte@{cls.mail_alias_domain.name}'
        cls.number = 0
        for code in ('fr_FR', 'ar_001'):
            cls.env['res.lang']._activate_lang(code)

    def _deliver(self, name, sender='amine@example.com', answered=None, **values):
        """Hand a mail to the gateway.

        :param name: stem of the file
        :param answered: mail.message that it answers
        :return: complaints made by it
        """
        values = {
            'sender': sender,
            'to': self.address,
            'id': f'file-{self._next_number()}',
            'name': "Agent",
            'customer': self.partner.email,
            'refs': answered.message_id if answered else '<nothing@known.example>',
            'subject': (answered.subject if answered else '') or "Votre message",
            'order': self.order.name,
            'bounce': self.mail_alias_domain.bounce_email,
            'catchall': self.mail_alias_domain.catchall_email,
            **values,
        }
        with file_open(f'ecrm/tests/data/mails/{name}.eml', 'rb') as file:
            raw = file.read()
        for key, value in values.items():
            raw = raw.replace(b'{%s}' % key.encode(), value.encode())
        return self._receive(raw)

    def _next_number(self):
        """Tell one mail from the next."""
        type(self).number += 1
        return self.number

    def _receive(self, raw):
        """Hand the bytes of a mail to the gateway.

        :return: complaints made by it
        """
        before = self.env['ecrm.complaint'].search([])
        with self.mock_mail_gateway(), mute_logger('odoo.addons.mail.models.mail_thread'):
            self.env['mail.thread'].message_process(None, raw)
        return self.env['ecrm.complaint'].search([]) - before

    def _acknowledgements(self, complaint):
        return complaint.message_ids.filtered(lambda each: each.message_type == 'auto_comment')
