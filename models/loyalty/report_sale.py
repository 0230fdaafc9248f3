from odoo import fields, models
from odoo.tools import SQL

from . import customer_indicator_sql as queries

NETWORKS = [
    ('facebook', "Facebook"),
    ('instagram', "Instagram"),
    ('whatsapp', "WhatsApp"),
    ('tiktok', "TikTok"),
    ('youtube', "YouTube"),
    ('other', "Other sources"),
    ('unknown', "Unknown"),
]

NETWORK_OF_SOURCE = SQL(
    """
    CASE WHEN source.name IS NULL THEN 'unknown'
         WHEN source.name ~* 'facebook|^fb' THEN 'facebook'
         WHEN source.name ~* 'instagram|^ig$' THEN 'instagram'
         WHEN source.name ~* 'whats ?app' THEN 'whatsapp'
         WHEN source.name ~* 'tik ?tok' THEN 'tiktok'
         WHEN source.name ~* 'you ?tube' THEN 'youtube'
         ELSE 'other' END
    """
)
"""The network of ``source``, an ``utm_source``."""


class EcrmReportSale(models.Model):
    """Net sales by line: product, size, source and network, of the orders that count.

    Orders and customers are counted by distinct records, so they hold for any grouping.
    """

    _name = 'ecrm.report.sale'
    _description = "Net Sales"
    _auto = False
    _order = 'date DESC, id DESC'
    _rec_name = 'order_id'

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    date = fields.Date(readonly=True)
    order_id = fields.Many2one(
        'sale.order', string="Orders", readonly=True, aggregator='count_distinct'
    )
    customer_id = fields.Many2one(
        'res.partner', string="Customers", readonly=True, aggregator='count_distinct'
    )
    new_customer_id = fields.Many2one(
        'res.partner', string="New Customers", readonly=True, aggregator='count_distinct'
    )
    product_id = fields.Many2one('product.product', readonly=True)
    product_tmpl_id = fields.Many2one('product.template', string="Product Model", readonly=True)
    categ_id = fields.Many2one('product.category', string="Category", readonly=True)
    is_delivery = fields.Boolean("Delivery", readonly=True)
    size = fields.Char(readonly=True)
    source_id = fields.Many2one('utm.source', readonly=True)
    medium_id = fields.Many2one('utm.medium', readonly=True)
    campaign_id = fields.Many2one('utm.campaign', readonly=True)
    network = fields.Selection(NETWORKS, readonly=True)
    website_id = fields.Many2one('website', readonly=True)
    user_id = fields.Many2one('res.users', string="Salesperson", readonly=True)
    quantity = fields.Float("Items Sold", readonly=True)
    net_revenue = fields.Monetary("Net Sales", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            WITH card AS (%(cards)s), %(orders)s,
            line_refund AS (
                SELECT link.order_line_id, SUM(link.balance / link.shares) AS amount
                  FROM (
                       SELECT rel.order_line_id, item.balance,
                              COUNT(*) OVER (PARTITION BY item.id) AS shares
                         FROM account_move move
                         JOIN account_move_line item ON item.move_id = move.id
                         JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = item.id
                        WHERE move.move_type = 'out_refund' AND move.state = 'posted'
                       ) link
              GROUP BY link.order_line_id
            ), ranked AS (
                SELECT net_order.*, ROW_NUMBER() OVER (
                           PARTITION BY company_id, customer_id ORDER BY day, id
                       ) AS rank
                  FROM net_order
            )
            SELECT line.id, ranked.company_id, ranked.day AS date, sale.id AS order_id,
                   ranked.customer_id,
                   CASE WHEN ranked.rank = 1 THEN ranked.customer_id END AS new_customer_id,
                   line.product_id, product.product_tmpl_id, template.categ_id,
                   CASE WHEN line.ecrm_width_mm > 0 THEN
                        TRIM_SCALE((line.ecrm_width_mm / 10)::numeric)::text || ' x '
                        || TRIM_SCALE((line.ecrm_height_mm / 10)::numeric)::text
                        || CASE WHEN line.ecrm_panels > 1 THEN ' x ' || line.ecrm_panels ELSE '' END
                   END AS size,
                   sale.source_id, sale.medium_id, sale.campaign_id, sale.website_id, sale.user_id,
                   %(network)s AS network,
                   CASE WHEN line.is_delivery THEN 0 ELSE line.product_uom_qty END AS quantity,
                   COALESCE(line.is_delivery, FALSE) AS is_delivery,
                   line.price_subtotal / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                       - COALESCE(line_refund.amount, 0) AS net_revenue
              FROM ranked
              JOIN sale_order sale ON sale.id = ranked.id
              JOIN sale_order_line line ON line.order_id = sale.id AND line.display_type IS NULL
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN utm_source source ON source.id = sale.source_id
         LEFT JOIN line_refund ON line_refund.order_line_id = line.id
             WHERE ranked.company_id = ANY(%(companies)s)
            """,
            cards=queries.cards(),
            orders=queries.net_orders(),
            companies=self.env.companies.ids,
            network=NETWORK_OF_SOURCE,
        )

    # === ACTIONS === #

    def action_open_order(self):
        """The order behind the line."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'sale.order',
            'res_id': self.order_id.id,
            'views': [(False, 'form')],
        }
