from odoo import fields, models
from odoo.tools import SQL


class EcrmReportCart(models.Model):
    _inherit = 'ecrm.report.cart'

    age_days = fields.Float("Days Since", readonly=True, aggregator='avg')
    age = fields.Selection(
        [
            ('1', "Less than a day"),
            ('2', "1 to 3 days"),
            ('3', "3 to 7 days"),
            ('4', "1 to 4 weeks"),
            ('5', "Older"),
        ],
        readonly=True,
    )
    reason = fields.Selection(
        selection=lambda self: self._get_reasons(),
        string="Reason Given",
        readonly=True,
    )
    reached_by = fields.Selection(
        [('phone', "Phone"), ('email', "E-mail"), ('none', "Nothing known")],
        "Can Be Reached By",
        readonly=True,
    )
    is_reminded = fields.Boolean("Reminder Sent", readonly=True)
    lead_id = fields.Many2one('crm.lead', readonly=True)
    user_id = fields.Many2one('res.users', "Salesperson", readonly=True)

    def _get_reasons(self):
        return (
            self.env['sale.order']._fields['ecrm_abandon_reason']._description_selection(self.env)
        )

    @property
    def _table_query(self):
        # EXTENDS ecrm: how long ago, why, and what has been done about it
        return SQL(
            """
            SELECT cart.*, since.days AS age_days,
                   CASE WHEN since.days < 1 THEN '1' WHEN since.days < 3 THEN '2'
                        WHEN since.days < 7 THEN '3' WHEN since.days < 28 THEN '4' ELSE '5'
                    END AS age,
                   sale.ecrm_abandon_reason AS reason,
                   CASE WHEN cart.partner_id IS NULL THEN 'none'
                        WHEN buyer.phone != '' THEN 'phone' WHEN buyer.email != '' THEN 'email'
                        ELSE 'none'
                    END AS reached_by,
                   sale.ecrm_reminded_date IS NOT NULL AS is_reminded,
                   sale.opportunity_id AS lead_id,
                   coalesce(lead.user_id, sale.user_id) AS user_id
              FROM (%(carts)s) cart
              JOIN sale_order sale ON sale.id = cart.order_id
         LEFT JOIN res_partner buyer ON buyer.id = cart.partner_id
         LEFT JOIN crm_lead lead ON lead.id = sale.opportunity_id
        CROSS JOIN LATERAL (
                   SELECT extract(epoch FROM %(now)s - sale.date_order) / 86400 AS days
                   ) since
            """,
            carts=super()._table_query,
            now=fields.Datetime.now(),
        )
