from odoo import models


class EcrmFeedback(models.Model):
    _inherit = 'ecrm.feedback'

    # === BUSINESS METHODS === #

    def _follow_complaint(self):
        """Open a complaint with an unhappy customer's words; without words there is only a call."""
        if not self.comment:
            return self._follow_call()
        lang = self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        values = {
            # The customer reads it on the page of his complaint
            'name': self.with_context(lang=lang).env._(
                "Gave %(score)s out of 10", score=self.score
            ),
            'description': self.comment,
            'order_id': self.order_id.id,
            'partner_id': self.partner_id.id,
            'company_id': self.company_id.id,
            'channel': 'order',
            'lang': self.partner_id.lang,
        }
        return self.env['ecrm.complaint']._create_from_customer(values, [])
