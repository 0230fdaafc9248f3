from odoo import models


class EcrmCustomerSegment(models.Model):
    """A segment is mailed in two clicks: the button opens a mailing that already knows to whom."""

    _inherit = 'ecrm.customer.segment'

    # === ACTIONS === #

    def action_mail(self):
        """A new mailing, or text message by context, to the segment's customers."""
        self.ensure_one()
        saved = self._mailing_filter(self.env.company)
        action = self.env['ir.actions.act_window']._for_xml_id(
            'mass_mailing.mailing_mailing_action_mail'
        )
        return action | {
            'views': [(False, 'form')],
            'view_mode': 'form',
            'context': {
                'default_mailing_type': self.env.context.get('ecrm_mailing_type', 'mail'),
                'default_mailing_model_id': saved.mailing_model_id.id,
                'default_mailing_filter_id': saved.id,
                'default_mailing_domain': saved.mailing_domain,
                'default_user_id': self.env.uid,
            },
        }

    # === BUSINESS METHODS === #

    def _mailing_filter(self, company):
        """The saved filter of the segment in a company, made or brought up to date.

        The company stands in the domain: mailings are sent by a cron that has another one.
        """
        self.ensure_one()
        model = self.env['ir.model']._get('res.partner')
        rows = [('company_id', '=', company.id), ('segment_id', '=', self.id)]
        domain = str([('ecrm_indicator_ids', 'any', rows)])
        filters = self.env['mailing.filter']
        saved = filters.search(
            [('mailing_model_id', '=', model.id), ('mailing_domain', '=', domain)], limit=1
        )
        return saved or filters.create(
            {
                'name': self.env._(
                    "Segment %(segment)s of %(company)s", segment=self.name, company=company.name
                ),
                'mailing_model_id': model.id,
                'mailing_domain': domain,
            }
        )
