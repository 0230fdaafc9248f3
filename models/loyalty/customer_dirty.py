from odoo import api, fields, models
from odoo.tools import SQL


class EcrmCustomerDirty(models.Model):
    """Cards touched since the last refresh.

    Append only and without a unique key on purpose: two transactions may touch one customer, and
    the row of the later one must survive the refresh that only saw the earlier one.
    """

    _name = 'ecrm.customer.dirty'
    _description = "Customer to Refresh"
    _log_access = False
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', required=True, ondelete='cascade', index=True)

    # === BUSINESS METHODS === #

    @api.model
    def _mark(self, partners):
        """Remember that the indicators of these cards may have changed.

        :param partners: ``res.partner`` recordset of any size; its commercial partners are marked
        """
        if partner_ids := partners.sudo().commercial_partner_id.ids:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO ecrm_customer_dirty (partner_id) SELECT unnest(%s)",
                    partner_ids,
                )
            )

    @api.model
    def _take(self, limit):
        """Take marked cards off the list; rows held by another worker are left to it.

        :param limit: number of rows at most
        :return: ids of the commercial partners, without duplicates
        """
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM ecrm_customer_dirty
                 WHERE id IN (
                       SELECT id FROM ecrm_customer_dirty ORDER BY id LIMIT %s
                          FOR UPDATE SKIP LOCKED
                 )
             RETURNING partner_id
                """,
                limit,
            )
        )
        return sorted({row[0] for row in rows})

    @api.model
    def _forget(self):
        """Empty the list before everybody is recomputed; marks not committed yet survive."""
        self.env.cr.execute("DELETE FROM ecrm_customer_dirty")
