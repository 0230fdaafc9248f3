import secrets

from odoo import Command, api, models
from odoo.fields import Domain

CARD_WORDS = (
    'email', 'phone', 'street', 'street2', 'zip', 'city', 'comment', 'function', 'website', 'vat', 'company_name', 'ref',
)  # fmt: skip
ROW_WORDS = ('name', 'phone', 'other_phones', 'email', 'address', 'hint')
PAYER_WORDS = (
    'partner_name', 'partner_email', 'partner_address', 'partner_zip', 'partner_city', 'partner_phone',
)  # fmt: skip


class EcrmPersonErase(models.AbstractModel):
    """Forget a person: words, names and addresses go, numbers and amounts stay."""

    _inherit = 'ecrm.person'

    @api.model
    def _erase(self, found):
        """Erase what :meth:`_find` found, and write down that it was done, without saying whom.

        :param found: dict of recordsets
        :return: dict of key to number of records, those with none left out
        """
        counts = {key: len(records) for key, records in found.items() if records}
        self.sudo().with_context(active_test=False)._erase_all(found)
        return counts

    def _erase_all(self, found):
        for key in ('submission', 'lead', 'event', 'feedback', 'partner'):
            self._erase_thread(found[key])
        found['order']._ecrm_erase()
        for key in ('mail', 'sms', 'block', 'phone_block', 'contact', 'visit'):
            found[key].exists().unlink()
        found['submission']._ecrm_erase()
        found['lead'].exists()._ecrm_erase()
        found['event'].with_context(dont_notify=True).write(
            {
                'name': self.env._("Erased"),
                'description': False,
                'location': False,
                'partner_ids': [Command.unlink(card.id) for card in found['partner']],
            }
        )
        found['complaint']._anonymise()
        found['feedback']._ecrm_erase()
        found['consent'].with_context(ecrm_erasure=True).write(
            {'identity': 'erased', 'partner_id': False, 'page': False}
        )
        found['trace'].write({'email': False, 'sms_number': False, 'failure_reason': False})
        self._erase_rows(found['import'])
        found['payment'].write(dict.fromkeys(PAYER_WORDS, False))
        self._erase_messages(found['message'].exists())
        self._erase_cards(found['partner'])
        # Notices on their way to open screens hold names and words, and Odoo keeps them for a day; a
        # screen that misses one catches up when it loads again
        self.env['bus.bus'].search(Domain.TRUE).unlink()

    def _erase_thread(self, records):
        """Delete all letters of records, with the notices of our people that `message_ids` leaves out."""
        letters = self.env['mail.message'].search(
            [('model', '=', records._name), ('res_id', 'in', records.ids)]
        )
        self.env['mail.mail'].search([('mail_message_id', 'in', letters.ids)]).unlink()
        letters.exists().unlink()

    def _erase_rows(self, rows):
        """Empty imported rows; the sheet they came in is not kept either once it is imported."""
        rows.write({**dict.fromkeys(ROW_WORDS, False), 'cells': [], 'doubts': {}})
        reports = [('res_model', '=', 'ecrm.import'), ('res_id', 'in', rows.import_id.ids)]
        self.env['ir.attachment'].search(reports).unlink()
        sheets = rows.import_id.filtered(lambda sheet: sheet.state in ('done', 'undone'))
        sheets.write({'file': False, 'pasted': False})

    def _erase_messages(self, messages):
        """Delete letters; of a published review its stars stay."""
        reviews = messages.filtered('rating_ids')
        reviews.rating_ids.write({'feedback': False})
        reviews.write({'body': '', 'email_from': False})
        (messages - reviews).unlink()

    def _erase_cards(self, cards):
        """Empty cards, close the customer's login and put them away."""
        if not cards:
            return
        self._erase_logins(cards.user_ids)
        cards.activity_ids.unlink()
        cards.message_ids.unlink()
        cards.message_follower_ids.unlink()
        self.env['mail.followers'].search([('partner_id', 'in', cards.ids)]).unlink()
        self.env['mail.notification'].search([('res_partner_id', 'in', cards.ids)]).unlink()
        # Only a login that is still open keeps a card from being put away
        cards.with_context(active_test=True, tracking_disable=True).write(
            {
                'name': self.env._("Erased customer"),
                'category_id': [Command.clear()],
                'image_1920': False,
                'active': False,
                **dict.fromkeys(CARD_WORDS, False),
            }
        )

    def _erase_logins(self, users):
        for user in users:
            user.write(
                {
                    'active': False,
                    'login': f'erased-{user.id}',
                    'password': secrets.token_urlsafe(24),
                    'signature': False,
                }
            )
        self.env['res.users.apikeys'].search([('user_id', 'in', users.ids)])._remove()
        self.env['res.device.log'].search([('user_id', 'in', users.ids)]).unlink()
