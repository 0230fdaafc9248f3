from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import hmac


class EcrmComplaintHit(models.Model):
    """What a visitor sent lately, without who he is: addresses are kept as a keyed digest, for a day."""

    _name = 'ecrm.complaint.hit'
    _description = "Complaint Form Limiter"

    key = fields.Char(required=True, index=True)

    @api.model
    def _allow(self, scope, value, limit, hours):
        """Count one more use, unless the limit is reached.

        :param scope: what is counted, ``ip`` or ``email``
        :param value: address; empty is always allowed
        :param limit: uses in the time; 0 or less is no limit
        :param hours: length of the time
        :return: bool
        """
        if not value or limit <= 0:
            return True
        key = hmac(self.env(su=True), 'ecrm-complaint-hit', f'{scope}:{value.lower()}')
        since = fields.Datetime.now() - timedelta(hours=hours)
        if (
            self.sudo().search_count([('key', '=', key), ('create_date', '>=', since)], limit=limit)
            >= limit
        ):
            return False
        self.sudo().create({'key': key})
        return True

    @api.autovacuum
    def _gc_hits(self):
        self.search([('create_date', '<', fields.Datetime.now() - timedelta(days=2))]).unlink()
