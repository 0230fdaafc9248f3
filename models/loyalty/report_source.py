from odoo import api, fields, models
from odoo.tools import SQL

from .report_sale import NETWORK_OF_SOURCE, NETWORKS


class EcrmReportSource(models.Model):
    """What each source brings: net sales by line beside the carts by line, of any product.

    A row is of one side or the other; figures are distinct counts and quotients of sums, so they
    hold for any grouping.
    """

    _name = 'ecrm.report.source'
    _description = "Sales by Source"
    _auto = False
    _order = 'date DESC, id DESC'
    _rec_name = 'product_tmpl_id'

    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    website_id = fields.Many2one('website', readonly=True)
    date = fields.Date(readonly=True, help="Of the order, or of the cart's creation.")
    product_tmpl_id = fields.Many2one('product.template', string="Product", readonly=True)
    source_id = fields.Many2one('utm.source', readonly=True)
    medium_id = fields.Many2one('utm.medium', readonly=True)
    campaign_id = fields.Many2one('utm.campaign', readonly=True)
    network = fields.Selection(NETWORKS, string="Social Network", readonly=True)
    net_revenue = fields.Monetary("Net Sales", readonly=True)
    order_id = fields.Many2one(
        'sale.order', string="Orders", readonly=True, aggregator='count_distinct'
    )
    average_basket = fields.Float(
        readonly=True, aggregator='avg', help="Net sales divided by orders."
    )
    new_customer_id = fields.Many2one(
        'res.partner', string="New Customers", readonly=True, aggregator='count_distinct'
    )
    cart_id = fields.Many2one(
        'sale.order', string="Carts", readonly=True, aggregator='count_distinct'
    )
    abandoned_cart_id = fields.Many2one(
        'sale.order', string="Abandoned Carts", readonly=True, aggregator='count_distinct'
    )
    abandonment = fields.Float(
        "Abandonment (%)", readonly=True, aggregator='avg', help="Abandoned carts in 100 carts."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT sold.id * 2 AS id, sold.company_id, sold.website_id, sold.date,
                   sold.product_tmpl_id, sold.source_id, sold.medium_id, sold.campaign_id,
                   sold.network, sold.net_revenue, sold.order_id,
                   NULL::numeric AS average_basket, sold.new_customer_id,
                   NULL::int AS cart_id, NULL::int AS abandoned_cart_id, NULL::numeric AS abandonment
              FROM (%(sales)s) sold
         UNION ALL
            SELECT line.id * 2 + 1, cart.company_id, cart.website_id,
                   (cart.date AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(company.ecrm_loyalty_tz, 'UTC'))::date,
                   product.product_tmpl_id, cart.source_id, cart.medium_id, cart.campaign_id,
                   %(network)s, 0, NULL, NULL, NULL,
                   cart.order_id, CASE WHEN cart.outcome != 'confirmed' THEN cart.order_id END, NULL
              FROM (%(carts)s) cart
              JOIN res_company company ON company.id = cart.company_id
              JOIN sale_order_line line
                ON line.order_id = cart.order_id AND line.display_type IS NULL
         LEFT JOIN product_product product ON product.id = line.product_id
         LEFT JOIN utm_source source ON source.id = cart.source_id
            """,
            sales=self.env['ecrm.report.sale']._table_query,
            carts=self.env['ecrm.report.cart']._table_query,
            network=NETWORK_OF_SOURCE,
        )

    # === BUSINESS METHODS === #

    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS base: quotients of the group's sums, not averages of rows
        quotients = {
            'average_basket:avg': ('SUM', 'net_revenue', 'order_id', 1),
            'abandonment:avg': ('COUNT', 'abandoned_cart_id', 'cart_id', 100.0),
        }
        if aggregate_spec not in quotients:
            return super()._read_group_select(aggregate_spec, query)
        function, over, under, factor = quotients[aggregate_spec]
        over = self._field_to_sql(self._table, over, query)
        return SQL(
            "%s * %s / NULLIF(COUNT(DISTINCT %s), 0)",
            factor,
            SQL("SUM(%s)", over) if function == 'SUM' else SQL("COUNT(DISTINCT %s)", over),
            self._field_to_sql(self._table, under, query),
        )

    # === ACTIONS === #

    @api.readonly
    def action_open_order(self):
        """The order or cart behind the row."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'sale.order',
            'res_id': (self.order_id or self.cart_id).id,
            'views': [(False, 'form')],
        }
