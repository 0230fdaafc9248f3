from datetime import timedelta

from odoo import fields, models

MINUTE = timedelta(minutes=1)
SOURCE_TIMES = 10
SIGNED_TIMES = 300


class EcrmSource(models.Model):
    _inherit = 'ecrm.source'

    # === BUSINESS METHODS === #

    def _is_over_rate(self, ip_hash=''):
        """Tell whether this minute's share of an address, or of the whole source, is used up.

        What is stored at this very moment is not seen: an address is counted again when its row is
        stored (:meth:`~.EcrmSubmission._insert_numbered`), a source may take what is under way on top.
        Signed sources have only a hard cap: their senders do not come back.
        """
        self.ensure_one()
        domain = [('source_id', '=', self.id), ('create_date', '>', fields.Datetime.now() - MINUTE)]
        submissions = self.env['ecrm.submission'].sudo()
        if self._counts_addresses(ip_hash):
            mine = submissions.search_count(
                [*domain, ('ip_hash', '=', ip_hash)], limit=self.rate_limit
            )
            if mine >= self.rate_limit:
                return True
        hard_cap = self.rate_limit * (SIGNED_TIMES if self.kind == 'signed' else SOURCE_TIMES)
        return submissions.search_count(domain, limit=hard_cap) >= hard_cap

    def _counts_addresses(self, ip_hash):
        """Tell whether each address has a share of its own: a signer's server is one for all its visitors."""
        return bool(ip_hash) and self.kind != 'signed'
