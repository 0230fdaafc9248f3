from collections import Counter

from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = 'res.partner'

    ecrm_complaint_count = fields.Integer(
        string="Complaints",
        compute='_compute_ecrm_complaint_count',
        groups='ecrm.group_complaint_agent',
    )

    def _compute_ecrm_complaint_count(self):
        # One query for the whole list: a contact counts his own, a company those of its contacts
        counts = Counter()
        domain = Domain('partner_id', 'in', self.ids) | Domain(
            'commercial_partner_id', 'in', self.ids
        )
        for partner, company, count in self.env['ecrm.complaint']._read_group(
            domain, ['partner_id', 'commercial_partner_id'], ['__count']
        ):
            for partner_id in {partner.id, company.id}:
                counts[partner_id] += count
        for partner in self:
            partner.ecrm_complaint_count = counts[partner._origin.id]

    def action_ecrm_view_complaints(self):
        """Open the complaints of the customer and his contacts."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint')
        action['domain'] = [('partner_id', 'child_of', self.id)]
        action['context'] = {'default_partner_id': self.id}
        return action
