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
        card_sudo, partner_sudo = self.sudo(), partner.sudo()
        owner_sudo = card_sudo.partner_id
        if (
            not card_sudo.ecrm_remedy_ids
            or owner_sudo.commercial_partner_id == partner_sudo.commercial_partner_id
        ):
            return False
        if partner_sudo.is_public or partner_sudo.with_context(active_test=False).user_ids:
            return True
        # Who buys without an account gets a card of his own each time
        return not (owner_sudo._ecrm_reached_by() & partner_sudo._ecrm_reached_by())
