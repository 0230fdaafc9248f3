from odoo import api, fields, models
from odoo.tools import SQL

from . import customer_indicator_sql as queries

KEPT = 12
"""Companions kept for each product."""
TOO_MANY = 100
"""Who bought more products than this is a reseller: he tells nothing about taste."""


class EcrmProductPair(models.Model):
    """Two products bought by the same customers, at once or one after the other.

    The score is the cosine of their buyers: n(both) / sqrt(n(one) n(other)), so a best seller does
    not go with everything.
    """

    _name = 'ecrm.product.pair'
    _description = "Bought Together"
    _order = 'score DESC, id'
    _rec_name = 'other_id'
    _log_access = False

    company_id = fields.Many2one('res.company', required=True, readonly=True, ondelete='cascade')
    product_id = fields.Many2one(
        'product.template', required=True, readonly=True, ondelete='cascade', index=True
    )
    other_id = fields.Many2one(
        'product.template', string="Goes With", required=True, readonly=True, ondelete='cascade'
    )
    customer_count = fields.Integer("Customers of Both", readonly=True)
    score = fields.Float(readonly=True, aggregator='avg')

    _pair_uniq = models.Constraint(
        'UNIQUE(company_id, product_id, other_id)', "A pair of products is counted once."
    )

    # === BUSINESS METHODS === #

    @api.model
    def _rebuild(self):
        """Count all pairs anew; rows that stay the same are not written."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH card AS (%(cards)s), %(orders)s,
                bought AS (
                    SELECT DISTINCT net_order.company_id, net_order.customer_id,
                           product.product_tmpl_id AS product_id
                      FROM net_order
                      JOIN sale_order_line line ON line.order_id = net_order.id
                      JOIN product_product product ON product.id = line.product_id
                      JOIN product_template template ON template.id = product.product_tmpl_id
                     WHERE line.is_delivery IS NOT TRUE AND line.product_uom_qty > 0
                       AND template.active AND template.sale_ok
                ), reader AS (
                    SELECT company_id, customer_id FROM bought
                  GROUP BY company_id, customer_id
                    HAVING COUNT(*) BETWEEN 2 AND %(many)s
                ), buyers AS (
                    SELECT company_id, product_id, COUNT(*) AS customers FROM bought
                  GROUP BY company_id, product_id
                ), pair AS (
                    SELECT one.company_id, one.product_id, other.product_id AS other_id,
                           COUNT(*) AS customers
                      FROM reader
                      JOIN bought one USING (company_id, customer_id)
                      JOIN bought other USING (company_id, customer_id)
                     WHERE one.product_id != other.product_id
                  GROUP BY one.company_id, one.product_id, other.product_id
                    HAVING COUNT(*) > 1
                ), ranked AS (
                    SELECT pair.*, scored.score, ROW_NUMBER() OVER (
                               PARTITION BY pair.company_id, pair.product_id
                                   ORDER BY scored.score DESC, pair.other_id
                           ) AS rank
                      FROM pair
                      JOIN buyers one ON one.company_id = pair.company_id
                                     AND one.product_id = pair.product_id
                      JOIN buyers other ON other.company_id = pair.company_id
                                       AND other.product_id = pair.other_id
                CROSS JOIN LATERAL (
                           SELECT pair.customers / SQRT(one.customers * other.customers) AS score
                           ) scored
                ), wanted AS (
                    SELECT * FROM ranked WHERE rank <= %(kept)s
                ), gone AS (
                    DELETE FROM ecrm_product_pair kept
                     WHERE NOT EXISTS (
                           SELECT FROM wanted
                            WHERE wanted.company_id = kept.company_id
                              AND wanted.product_id = kept.product_id
                              AND wanted.other_id = kept.other_id
                     )
                )
                INSERT INTO ecrm_product_pair AS kept
                            (company_id, product_id, other_id, customer_count, score)
                SELECT company_id, product_id, other_id, customers, score FROM wanted
                    ON CONFLICT (company_id, product_id, other_id) DO UPDATE
                   SET customer_count = EXCLUDED.customer_count, score = EXCLUDED.score
                 WHERE (kept.customer_count, kept.score)
                       IS DISTINCT FROM (EXCLUDED.customer_count, EXCLUDED.score)
                """,
                cards=queries.cards(),
                orders=queries.net_orders(),
                many=TOO_MANY,
                kept=KEPT,
            )
        )
        self.invalidate_model()

    @api.model
    def _companions(self, products, partner, company, limit=4):
        """What goes with some products, best first, without what the customer owns.

        :param products: ``product.template`` in the cart, the order, or bought
        :param partner: the customer, may be empty for a visitor
        :return: ``product.template`` recordset of at most ``limit``
        """
        if not products:
            return products
        self.env['product.template'].flush_model(['active', 'sale_ok'])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pair.other_id
                  FROM ecrm_product_pair pair
                  JOIN product_template template ON template.id = pair.other_id
                 WHERE pair.company_id = %s AND pair.product_id = ANY(%s)
                   AND pair.other_id != ALL(%s) AND template.active AND template.sale_ok
              GROUP BY pair.other_id
              ORDER BY SUM(pair.score) DESC, pair.other_id
                 LIMIT %s
                """,
                company.id,
                products.ids,
                [*products.ids, *self._owned_ids(partner, company)],
                limit,
            )
        )
        return self.env['product.template'].browse(row[0] for row in rows)

    @api.model
    def _owned_ids(self, partner, company):
        """Ids of the product templates the customer has in confirmed orders."""
        if not partner:
            return []
        links = self.env['ecrm.customer.link']
        customer = links._of_cards(partner.ids).get(partner.id)
        lines_sudo = self.env['sale.order.line'].sudo()
        groups = lines_sudo._read_group(
            [
                ('order_partner_id.commercial_partner_id', 'in', links._cards_of(customer)),
                ('state', '=', 'sale'),
                ('company_id', '=', company.id),
                ('product_id', '!=', False),
            ],
            ['product_id'],
        )
        return [product.product_tmpl_id.id for (product,) in groups]

    @api.model
    def _cron_rebuild(self):
        """Nightly."""
        self._rebuild()
