import contextlib

from odoo import models
from odoo.exceptions import MissingError


class EcrmComplaintNames(models.AbstractModel):
    """Of the hundred columns of a customer, a user or an order, a view of complaints reads those that make their names.

    Odoo would read each linked record whole, in one statement a model: most of the time of a form.
    """

    _name = 'ecrm.complaint.names'
    _description = "Names of Linked Records, Read Together"

    # Columns to read of the records that a field links to
    _NAMED = {}
    _CARD = (
        'name',
        'type',
        'is_company',
        'parent_id',
        'company_name',
        'commercial_company_name',
        'commercial_partner_id',
        'email',
        'phone',
    )

    def _read_format(self, fnames, load='_classic_read'):
        # EXTENDS base
        self._fetch_names(fnames)
        return super()._read_format(fnames, load=load)

    def _fetch_names(self, fnames):
        cards_sudo = self.env['res.partner'].sudo()
        # Whoever reads the record sees the names of what it links to; who may not read a field is refused by Odoo
        with contextlib.suppress(MissingError):
            for name in self._NAMED.keys() & set(fnames):
                linked_sudo = self.sudo()[name]
                if linked_sudo._name == 'res.partner':
                    cards_sudo |= linked_sudo
                    continue
                linked_sudo.fetch(self._NAMED[name])
                if linked_sudo._name == 'res.users':
                    cards_sudo |= linked_sudo.partner_id
            cards_sudo.fetch(self._CARD)
