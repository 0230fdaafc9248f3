from odoo import fields, models


class LoyaltyCard(models.Model):
    _inherit = 'loyalty.card'

    ecrm_remedy_ids = fields.One2many(
        comodel_name='ecrm.complaint.remedy',
        inverse_name='card_id',
        string="Remedies",
        groups='ecrm.group_complaint_agent',
    )

    def _ecrm_is_foreign_to(self, partner):
        """Tell whether the card was given to somebody else to make a complaint good.

        :param partner: res.partner who uses the code
        """
        card_sudo = self.sudo()
        return bool(
            card_sudo.ecrm_remedy_ids
            and card_sudo.partner_id.commercial_partner_id != partner.commercial_partner_id
        )
