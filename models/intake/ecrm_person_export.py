import base64

from odoo import api, fields, models

FILE_BYTES = 20 * 2**20
"""Files beyond this total are named in the export and fetched from their pages."""
CARD = ('name', 'email', 'phone', 'street', 'street2', 'city', 'zip', 'lang')


class EcrmPersonExport(models.AbstractModel):
    """What a person may take along: his own words and dealings, no note of ours, nobody else."""

    _inherit = 'ecrm.person'

    @api.model
    def _find_own(self, partner):
        """Find what is tied to somebody's card, by the card alone.

        An e-mail or number that he typed on his card proves nothing: whoever types another
        person's must not read that person's forms.

        :param partner: res.partner of who is signed in
        :return: dict as of :meth:`_find`
        """
        everything = self.sudo().with_context(active_test=False)
        card = everything.env['res.partner'].browse(partner.id)
        return everything._gather_of(set(), set(), everything._with_addresses(card))

    @api.model
    def _export(self, found, file_bytes=FILE_BYTES):
        """Give what was found as plain values for JSON.

        :param found: dict of :meth:`_find` or :meth:`_find_own`
        :param int file_bytes: total of the files whose content is given
        :return: dict of lists by kind, each with days as text and files with their content
        """
        cards = found['partner']
        data = {
            'card': self._export_card(cards[:1]),
            'addresses': [self._export_card(card) for card in cards[1:]],
            'consents': [self._export_consent(consent) for consent in found['consent']],
            'forms': [self._export_form(row) for row in found['submission']],
            'leads': [self._export_lead(lead) for lead in found['lead']],
            'appointments': [
                {'start': self._text(event.start), 'stop': self._text(event.stop)}
                for event in found['event']
            ],
            'orders': [self._export_order(order) for order in found['order']],
            'complaints': found['complaint']._export_for_person(cards),
            'answers': [
                {'date': self._text(answer.answer_date), 'score': answer.score, 'comment': answer.comment or ''}
                for answer in found['feedback'] if answer.state == 'answered'
            ],
            'mailings': [
                {'date': self._text(trace.sent_datetime), 'to': trace.email or trace.sms_number or ''}
                for trace in found['trace']
            ],
        }  # fmt: skip
        return self._encode_files(data, file_bytes)

    def _export_card(self, card):
        return {name: card[name] or '' for name in CARD}

    def _export_consent(self, consent):
        return {
            'purpose': consent.purpose, 'status': consent.status, 'method': consent.method,
            'date': self._text(consent.create_date), 'text': consent.text or '',
            'version': consent.version or '', 'language': consent.lang or '', 'page': consent.page or '',
            'company': consent.company_id.name,
        }  # fmt: skip

    def _export_form(self, row):
        return {
            'kind': row.kind, 'date': self._text(row.create_date), 'content': row.payload or {},
            'page': row.page or '', 'visits': row.touches or {}, 'files': row.attachment_ids,
        }  # fmt: skip

    def _export_lead(self, lead):
        # The description is left out: salespeople note in it
        return {
            'date': self._text(lead.create_date), 'name': lead.contact_name or '',
            'email': lead.email_from or '', 'phone': lead.phone or '',
            'source': lead.source_id.name or '', 'medium': lead.medium_id.name or '',
            'campaign': lead.campaign_id.name or '', 'landing_page': lead.ecrm_landing_page or '',
            'referrer': lead.ecrm_referrer or '', 'first_visit': lead.ecrm_first_touch or '',
            'last_visit': lead.ecrm_last_touch or '',
        }  # fmt: skip

    def _export_order(self, order):
        return {
            'name': order.name, 'date': self._text(order.date_order), 'state': order.state,
            'total': order.amount_total, 'currency': order.currency_id.name,
            'lines': [
                {'article': line.name, 'size': line.ecrm_size_label or '', 'quantity': line.product_uom_qty}
                for line in order.order_line if not line.display_type
            ],
        }  # fmt: skip

    @api.model
    def _text(self, moment):
        return fields.Datetime.to_string(moment) if moment else ''

    def _encode_files(self, data, left):
        """Turn the files in a tree of values into names and contents, up to a total size."""

        def encode(value):
            nonlocal left
            if isinstance(value, dict):
                return {key: encode(item) for key, item in value.items()}
            if isinstance(value, list):
                return [encode(item) for item in value]
            if not isinstance(value, models.BaseModel):
                return value
            files = []
            for file in value:
                fits = file.file_size <= left
                left -= file.file_size if fits else 0
                files.append({
                    'name': file.name, 'type': file.mimetype or '', 'bytes': file.file_size,
                    'content': base64.b64encode(file.raw or b'').decode() if fits else None,
                })  # fmt: skip
            return files

        return encode(data)
