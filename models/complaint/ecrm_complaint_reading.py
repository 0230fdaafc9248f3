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
    # What views show of activities, and what it is where there is none
    _ACTIVITY = {
        'activity_ids': list,
        'activity_exception_decoration': bool,
        'activity_exception_icon': bool,
        'activity_state': bool,
        'activity_summary': bool,
        'activity_type_icon': bool,
        'activity_type_id': bool,
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

    def _read_format(self, fnames, load='_classic_read'):
        # EXTENDS base
        # Of the cards of a board few have an activity: what is shown of it is empty on all others and need not be computed
        shown = [name for name in fnames if name in self._ACTIVITY]
        if 'activity_ids' not in shown or not all(self._ids):
            return super()._read_format(fnames, load=load)
        busy = self.browse({activity.res_id for activity in self.activity_ids})
        self._fields['activity_type_id']._update_cache(self - busy, None)
        rest = [name for name in fnames if name not in self._ACTIVITY]
        rows = super()._read_format(rest, load=load)
        found = {
            row['id']: row for row in super(EcrmComplaint, busy)._read_format(shown, load=load)
        }
        for row in rows:
            row.update(found.get(row['id']) or {name: self._ACTIVITY[name]() for name in shown})
        return rows

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        # EXTENDS base
        # To order a few stages Odoo joins them to every complaint: counted by an index, they are ordered afterwards
        if (
            tuple(groupby) != ('stage_id',)
            or args
            or kwargs.get('order') != 'stage_id'
            or kwargs.get('limit')
            or kwargs.get('offset')
        ):
            return super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        rows = super()._read_group(domain, groupby, aggregates, **{**kwargs, 'order': None})
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
