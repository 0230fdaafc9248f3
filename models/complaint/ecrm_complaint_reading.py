from odoo import api, models


class EcrmComplaint(models.Model):
    """What views and a new complaint read of other records: the columns that they show or need."""

    _name = 'ecrm.complaint'
    _inherit = ['ecrm.complaint', 'ecrm.complaint.names']

    _NAMED = {
        'company_id': ('name', 'currency_id'),
        'team_id': ('name',),
        'user_id': ('partner_id',),
        'stage_id': ('name', 'sequence', 'fold'),
        'partner_id': (),
        'order_id': ('name', 'amount_total', 'currency_id'),
    }
    # Of the company: where answers go, whose hours count, and how long goods may be sent back
    _COMPANY = (
        'name',
        'partner_id',
        'currency_id',
        'alias_domain_id',
        'resource_calendar_id',
        'ecrm_complaint_return_days',
    )

    @api.model
    def _read_group(self, domain, groupby=(), *args, **kwargs):
        # EXTENDS base
        # To order a few stages Odoo joins them to every complaint: counted by an index, they are ordered afterwards
        if (
            tuple(groupby) != ('stage_id',)
            or args
            or kwargs.get('order') != 'stage_id'
            or kwargs.get('limit')
            or kwargs.get('offset')
        ):
            return super()._read_group(domain, groupby, *args, **kwargs)
        rows = super()._read_group(domain, groupby, **{**kwargs, 'order': None})
        return sorted(rows, key=lambda row: (row[0].sequence, row[0].id))

    @api.model
    def _fetch_new(self, vals_list):
        """Read what a new complaint needs of its customer, its writer and its company, and no more of their columns."""
        writer_sudo = self.env.user.sudo()
        writer_sudo.fetch(['active', 'partner_id', 'share'])
        customers_sudo = (
            self.env['res.partner']
            .sudo()
            .browse(vals['partner_id'] for vals in vals_list if vals.get('partner_id'))
        )
        (customers_sudo | writer_sudo.partner_id).fetch(self._CARD)
        companies_sudo = (
            self.env['res.company'].sudo().browse({vals['company_id'] for vals in vals_list})
        )
        companies_sudo.fetch(self._COMPANY)
