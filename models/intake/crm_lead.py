from odoo import api, fields, models


class CrmLead(models.Model):
    _inherit = 'crm.lead'

    ecrm_submission_ids = fields.One2many('ecrm.submission', 'lead_id', "Submissions")
    ecrm_submission_count = fields.Integer(
        "Number of submissions", compute='_compute_ecrm_submission_count'
    )
    ecrm_source_id = fields.Many2one(
        'ecrm.source', "Form source", index='btree_not_null', ondelete='set null', readonly=True
    )
    ecrm_landing_page = fields.Char("Landing page", readonly=True)
    ecrm_referrer = fields.Char("Referrer", readonly=True)
    ecrm_first_touch = fields.Char("First visit", readonly=True)
    ecrm_last_touch = fields.Char("Last visit", readonly=True)

    # Round robin asks for each member's last lead.
    _ecrm_turn_idx = models.Index('(user_id, team_id, id) WHERE user_id IS NOT NULL')

    # === COMPUTE METHODS === #

    @api.depends('ecrm_submission_ids')
    def _compute_ecrm_submission_count(self):
        counts = dict(
            self.env['ecrm.submission']._read_group(
                [('lead_id', 'in', self.ids)], ['lead_id'], ['__count']
            )
        )
        for lead in self:
            lead.ecrm_submission_count = counts.get(lead, 0)

    # === ACTIONS === #

    def action_view_ecrm_submissions(self):
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_submission')
        return dict(action, domain=[('lead_id', 'in', self.ids)], context={})

    # === BUSINESS METHODS === #

    def _ecrm_link_partner(self, partner):
        """Link the lead to a customer and leave the customer's card as it is.

        Writing a lead's partner pushes the lead's own phone and e-mail to the partner. What
        differs moves to the notes first, so that nothing a person typed is lost either.
        """
        self.ensure_one()
        kept = [
            value
            for value, known in ((self.phone, partner.phone), (self.email_from, partner.email))
            if value and value != known
        ]
        if kept:
            self._message_log(
                body=self.env._("Given in the form: %(details)s", details=', '.join(kept))
            )
        self.write({'partner_id': partner.id, 'phone': partner.phone, 'email_from': partner.email})

    def _merge_get_fields(self):
        # EXTENDS crm: where a lead came from survives a merge
        return [
            *super()._merge_get_fields(),
            'ecrm_source_id',
            'ecrm_landing_page',
            'ecrm_referrer',
            'ecrm_first_touch',
            'ecrm_last_touch',
        ]

    def _merge_dependences(self, opportunities):
        # EXTENDS crm: submissions follow their lead
        result = super()._merge_dependences(opportunities)
        opportunities.sudo().ecrm_submission_ids.write({'lead_id': self.id})
        return result

    def _ecrm_erase(self):
        """Forget the persons behind these leads, with their calls and letters; the leads are counted on."""
        leads = self.with_context(tracking_disable=True)
        # First alone: a lead writes its phone and e-mail through to its customer
        leads.write({'partner_id': False})
        leads.write(
            {
                'name': self.env._("Erased"),
                **dict.fromkeys(
                    (
                        'contact_name', 'partner_name', 'phone', 'email_from', 'email_cc', 'description', 'street', 'street2',
                        'zip', 'city', 'website', 'function', 'ecrm_landing_page', 'ecrm_referrer', 'ecrm_first_touch',
                        'ecrm_last_touch',
                    ),
                    False,
                ),
            }
        )  # fmt: skip
        leads.activity_ids.unlink()
        leads.message_ids.unlink()
        # Pictures of a room, sent with the form and copied here
        self.env['ir.attachment'].search(
            [('res_model', '=', self._name), ('res_id', 'in', leads.ids)]
        ).unlink()
