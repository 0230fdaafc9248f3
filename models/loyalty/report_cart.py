from odoo import fields, models
from odoo.tools import SQL


class EcrmReportCart(models.Model):
    """Website carts with something in them, older than the website's delay.

    Abandonment is 1 - confirmed / created, by date of creation (of the order where it was taken over
    from another system later). Where it was left is read from
    what the visitor had filled in: his name, his delivery, a payment tried.
    """

    _name = 'ecrm.report.cart'
    _description = "Carts"
    _auto = False
    _order = 'date DESC, id DESC'
    _rec_name = 'order_id'

    order_id = fields.Many2one('sale.order', readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    website_id = fields.Many2one('website', readonly=True)
    partner_id = fields.Many2one('res.partner', string="Customer", readonly=True)
    source_id = fields.Many2one('utm.source', readonly=True)
    medium_id = fields.Many2one('utm.medium', readonly=True)
    campaign_id = fields.Many2one('utm.campaign', readonly=True)
    date = fields.Datetime("Created", readonly=True)
    amount = fields.Monetary("Untaxed Amount", readonly=True)
    cart_count = fields.Integer("Carts", readonly=True)
    confirmed_count = fields.Integer("Confirmed", readonly=True)
    abandoned_count = fields.Integer("Abandoned", readonly=True)
    abandonment = fields.Float("Abandonment (%)", readonly=True, aggregator='avg')
    abandoned_amount = fields.Monetary("Amount Left Behind", readonly=True)
    outcome = fields.Selection(
        [
            ('confirmed', "Confirmed"),
            ('anonymous', "Left before giving a name"),
            ('delivery', "Left before choosing a delivery"),
            ('payment', "Left before paying"),
            ('refused', "Payment failed or was refused"),
            ('cancelled', "Cancelled"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT sale.id, sale.id AS order_id, sale.company_id, sale.website_id,
                   CASE WHEN sale.partner_id != login.partner_id THEN sale.partner_id END AS partner_id,
                   sale.source_id, sale.medium_id, sale.campaign_id, created.date,
                   sale.amount_untaxed / rate.value AS amount,
                   1 AS cart_count,
                   (sale.state = 'sale')::int AS confirmed_count,
                   (sale.state != 'sale')::int AS abandoned_count,
                   100.0 * (sale.state != 'sale')::int AS abandonment,
                   CASE WHEN sale.state != 'sale' THEN sale.amount_untaxed / rate.value ELSE 0 END
                       AS abandoned_amount,
                   CASE WHEN sale.state = 'sale' THEN 'confirmed'
                        WHEN sale.state = 'cancel' THEN 'cancelled'
                        WHEN sale.partner_id = login.partner_id THEN 'anonymous'
                        WHEN EXISTS (
                             SELECT FROM sale_order_transaction_rel link
                               JOIN payment_transaction payment ON payment.id = link.transaction_id
                              WHERE link.sale_order_id = sale.id
                                AND payment.state IN ('error', 'cancel')
                             ) THEN 'refused'
                        WHEN sale.carrier_id IS NULL THEN 'delivery'
                        ELSE 'payment'
                    END AS outcome
              FROM sale_order sale
              JOIN website ON website.id = sale.website_id
              JOIN res_users login ON login.id = website.user_id
        CROSS JOIN LATERAL (SELECT LEAST(sale.create_date, sale.date_order) AS date) created
        CROSS JOIN LATERAL (SELECT COALESCE(NULLIF(sale.currency_rate, 0), 1) AS value) rate
             WHERE EXISTS (
                   SELECT FROM sale_order_line line
                    WHERE line.order_id = sale.id AND line.display_type IS NULL
                   )
               AND (sale.state = 'sale' OR created.date
                    < %(now)s - website.cart_abandoned_delay * interval '1 hour')
            """,
            now=fields.Datetime.now(),
        )

    # === ACTIONS === #

    def action_open_order(self):
        """The cart behind the row."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'sale.order',
            'res_id': self.order_id.id,
            'views': [(False, 'form')],
        }
