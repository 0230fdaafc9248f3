from odoo import api, fields, models
from odoo.tools import SQL

GUEST_KEY_LIMIT = 200
"""An e-mail or phone on more cards than this is the shop's own or a filler, not a person."""


class EcrmCustomerLink(models.Model):
    """Guest card -> the customer he is. Each guest checkout makes a new card; without this table
    everybody would order once. Cards of one customer are not merged: nobody asked for it.

    A guest is an individual without login and without parent. Guests that share a normalised
    e-mail or an E.164 phone, directly or through others, are one customer; when exactly one
    company or user shares it too, the guests are him.
    """

    _name = 'ecrm.customer.link'
    _description = "Guest Card of a Customer"
    _log_access = False
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', string="Card", required=True, ondelete='cascade')
    customer_id = fields.Many2one('res.partner', required=True, ondelete='cascade', index=True)

    _partner_uniq = models.Constraint(
        'UNIQUE(partner_id)', "A card can only belong to one customer."
    )

    # === BUSINESS METHODS === #

    @api.model
    def _rebuild(self):
        """Group all guests anew."""
        self.env['res.partner'].flush_model()
        self._create_identities()
        self._spread_labels()
        self._store_labels(SQL("TRUE"))

    @api.model
    def _refresh(self, partner_ids):
        """Group the guests around some commercial partners anew.

        :param partner_ids: ids of commercial partners whose card changed
        :return: ids of every customer concerned, before and after
        """
        if not partner_ids:
            return []
        self.env['res.partner'].flush_model()
        scope = self._connected_ids(partner_ids)
        before = self._customer_ids(scope)
        self._create_identities(scope)
        self._spread_labels()
        self._store_labels(SQL("partner_id = ANY(%s)", scope))
        return sorted({*before, *self._customer_ids(scope), *scope})

    @api.model
    def _of_cards(self, card_ids):
        """Mapping of card id (any contact) to the id of the customer behind it."""
        if not card_ids:
            return {}
        self.env['res.partner'].flush_model(['commercial_partner_id'])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT card.id, COALESCE(link.customer_id, card.commercial_partner_id, card.id)
                      FROM res_partner card
                 LEFT JOIN ecrm_customer_link link ON link.partner_id = card.commercial_partner_id
                     WHERE card.id = ANY(%s)
                    """,
                    list(card_ids),
                )
            )
        )

    @api.model
    def _contacts_of(self, customer_ids):
        """Mapping of contact id to customer id: every contact behind some customers."""
        ids = list(customer_ids)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT contact.id, COALESCE(link.customer_id, contact.commercial_partner_id)
                  FROM res_partner contact
             LEFT JOIN ecrm_customer_link link ON link.partner_id = contact.commercial_partner_id
                 WHERE contact.commercial_partner_id = ANY(
                       ARRAY(
                            SELECT unnest(%(ids)s::int[])
                             UNION
                            SELECT partner_id FROM ecrm_customer_link WHERE customer_id = ANY(%(ids)s)
                       ))
                """,
                ids=ids,
            )
        )
        return dict(rows)

    @api.model
    def _cards_of(self, customer_id):
        """Ids of the commercial partners that are one customer, his own card first."""
        links_sudo = self.sudo().search([('customer_id', '=', customer_id)])
        return [customer_id, *links_sudo.partner_id.ids]

    @api.model
    def _customer_ids(self, partner_ids):
        """Ids of the customers that some commercial partners are."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT COALESCE(link.customer_id, card.id)
                  FROM unnest(%s) AS card(id)
             LEFT JOIN ecrm_customer_link link ON link.partner_id = card.id
                """,
                list(partner_ids),
            )
        )
        return [row[0] for row in rows]

    def _connected_ids(self, partner_ids):
        """The cards reached from some cards through links, e-mails and phones."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE reached(id) AS (
                    SELECT unnest(%(ids)s)
                     UNION
                    SELECT other.id
                      FROM reached
                      JOIN res_partner card ON card.id = reached.id
                      JOIN LATERAL (
                           (SELECT partner.id
                              FROM res_partner partner
                             WHERE partner.email_normalized = card.email_normalized
                             LIMIT %(limit)s)
                             UNION
                           (SELECT partner.id
                              FROM res_partner partner
                             WHERE partner.phone_sanitized = card.phone_sanitized
                             LIMIT %(limit)s)
                             UNION
                            SELECT link.partner_id
                              FROM ecrm_customer_link link
                             WHERE link.customer_id = card.id
                             UNION
                            SELECT link.customer_id
                              FROM ecrm_customer_link link
                             WHERE link.partner_id = card.id
                      ) other ON TRUE
                )
                SELECT id FROM reached
                """,
                ids=list(partner_ids),
                # One more than a person's key may have, so that a filler is known as one
                limit=GUEST_KEY_LIMIT + 1,
            )
        )
        return [row[0] for row in rows]

    def _create_identities(self, scope=None):
        """Fill a temporary table with the (card, key) pairs, and whether the card is a guest's."""
        self.env.cr.execute(
            SQL(
                """
                DROP TABLE IF EXISTS ecrm_identity;
                CREATE TEMPORARY TABLE ecrm_identity ON COMMIT DROP AS
                SELECT card.id AS partner_id, key.value AS key, card.id AS label,
                       NOT (COALESCE(card.is_company, FALSE) OR EXISTS (
                           SELECT FROM res_users login WHERE login.partner_id = card.id
                       )) AS is_guest
                  FROM res_partner card
            CROSS JOIN LATERAL (VALUES
                            (card.email_normalized || ' ' || COALESCE(card.company_id, 0)),
                            (card.phone_sanitized || ' ' || COALESCE(card.company_id, 0))
                       ) AS key(value)
                 WHERE card.commercial_partner_id = card.id
                   AND key.value IS NOT NULL
                   AND %s;
                CREATE INDEX ON ecrm_identity (key);
                DELETE FROM ecrm_identity
                 WHERE key IN (
                       SELECT key FROM ecrm_identity GROUP BY key HAVING COUNT(*) NOT BETWEEN 2 AND %s
                 );
                ANALYZE ecrm_identity;
                """,
                SQL("card.id = ANY(%s)", scope) if scope is not None else SQL("TRUE"),
                GUEST_KEY_LIMIT,
            )
        )

    def _spread_labels(self):
        """Give connected guests the lowest id among them: two or three rounds in practice."""
        while True:
            self.env.cr.execute(
                """
                WITH by_key AS (
                    SELECT key, MIN(label) AS label FROM ecrm_identity WHERE is_guest GROUP BY key
                ), by_partner AS (
                    SELECT identity.partner_id, MIN(by_key.label) AS label
                      FROM ecrm_identity identity
                      JOIN by_key USING (key)
                     WHERE identity.is_guest
                  GROUP BY identity.partner_id
                )
                UPDATE ecrm_identity identity
                   SET label = by_partner.label
                  FROM by_partner
                 WHERE identity.partner_id = by_partner.partner_id
                   AND identity.is_guest
                   AND identity.label > by_partner.label
                """
            )
            if not self.env.cr.rowcount:
                break

    def _store_labels(self, scope):
        """Write the links that changed, remove those that no longer hold."""
        self.env.cr.execute(
            SQL(
                """
                WITH known AS (
                    SELECT guest.label, MIN(owner.partner_id) AS customer_id
                      FROM ecrm_identity guest
                      JOIN ecrm_identity owner ON owner.key = guest.key AND NOT owner.is_guest
                     WHERE guest.is_guest
                  GROUP BY guest.label
                    HAVING COUNT(DISTINCT owner.partner_id) = 1
                ), wanted AS (
                    SELECT DISTINCT guest.partner_id,
                           COALESCE(known.customer_id, guest.label) AS customer_id
                      FROM ecrm_identity guest
                 LEFT JOIN known ON known.label = guest.label
                     WHERE guest.is_guest
                       AND guest.partner_id != COALESCE(known.customer_id, guest.label)
                ), gone AS (
                    DELETE FROM ecrm_customer_link
                     WHERE %s
                       AND partner_id NOT IN (SELECT partner_id FROM wanted)
                )
                INSERT INTO ecrm_customer_link AS link (partner_id, customer_id)
                SELECT partner_id, customer_id FROM wanted
                    ON CONFLICT (partner_id) DO UPDATE SET customer_id = EXCLUDED.customer_id
                 WHERE link.customer_id IS DISTINCT FROM EXCLUDED.customer_id
                """,
                scope,
            )
        )
        self.invalidate_model()
