from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL, mute_logger

from .ecrm_source_rate import MINUTE


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    address_number = fields.Integer(
        "Number of its address",
        readonly=True,
        copy=False,
        groups='base.group_system',
        help="Counts what one address has sent to one source.",
    )

    _address_number_uniq = models.UniqueIndex(
        '(source_id, ip_hash, address_number) WHERE address_number > 0'
    )

    # === BUSINESS METHODS === #

    @api.model
    def _insert_numbered(self, source, values):
        """Insert a row within its address's share of the minute, however many arrive at one moment.

        Posts of one moment do not see each other. Each takes the next number of its address, the
        database gives a number once, and number ``n`` is stored a minute after ``n - rate_limit``
        at the earliest. Who finds his number taken tries the next one.

        :return: the row; none when its key is taken; ``None`` when the share is used up.
        """
        ip_hash, limit = values['ip_hash'], source.rate_limit
        last = number = self._read_last_number(source, ip_hash)
        while True:
            number += 1
            # A number that far ahead of what we see was given within this very moment
            if number - limit > last or self._is_recent(source, ip_hash, number - limit):
                return None
            try:
                return self._insert({**values, 'address_number': number})
            except UniqueViolation as error:
                if error.diag.constraint_name != 'ecrm_submission_address_number_uniq':
                    return self.sudo().browse()

    @api.model
    def _insert_once(self, values):
        """Insert a row unless its key is taken; never read before, the reader may be late."""
        try:
            return self._insert(values)
        except UniqueViolation:
            return self.sudo().browse()

    @api.model
    def _insert(self, values):
        # A number or key that is taken is no error of ours: the log stays quiet. The row is its own
        # history: no message is written while a stranger waits.
        with mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            created = self.sudo().with_context(tracking_disable=True).create(values)
        return self.sudo().browse(created.id)

    @api.model
    def _read_last_number(self, source, ip_hash):
        """Return the last number of an address that this transaction sees."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(MAX(address_number), 0) FROM ecrm_submission
                 WHERE source_id = %s AND ip_hash = %s AND address_number > 0
                """,
                source.id,
                ip_hash,
            )
        )
        return rows[0][0]

    @api.model
    def _is_recent(self, source, ip_hash, number):
        """Tell whether what an address sent under this number came within a minute before this transaction."""
        return number > 0 and bool(
            self.env.execute_query(
                SQL(
                    """
                    SELECT 1 FROM ecrm_submission
                     WHERE source_id = %s AND ip_hash = %s AND address_number = %s AND create_date > %s
                    """,
                    source.id,
                    ip_hash,
                    number,
                    self.env.cr.now() - MINUTE,
                )
            )
        )
