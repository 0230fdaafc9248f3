from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = 'sale.order'

    ecrm_complaint_ids = fields.One2many(
        comodel_name='ecrm.complaint',
        inverse_name='order_id',
        string="Complaints",
        groups='ecrm.group_complaint_agent',
    )
    ecrm_complaint_count = fields.Integer(
        string="Complaint Count",
        compute='_compute_ecrm_complaint_count',
        groups='ecrm.group_complaint_agent',
    )

    def _compute_ecrm_complaint_count(self):
        counts = dict(
            self.env['ecrm.complaint']._read_group(
                [('order_id', 'in', self.ids)], ['order_id'], ['__count']
            )
        )
        for order in self:
            order.ecrm_complaint_count = counts.get(order._origin, 0)

    def action_ecrm_view_complaints(self):
        """Open the complaints about the order."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_complaint')
        action['domain'] = [('order_id', '=', self.id)]
        action['context'] = {'default_order_id': self.id, 'default_partner_id': self.partner_id.id}
        return action

    def _ecrm_complaint_lines(self):
        """Lines that a customer may complain about: goods, not sections, delivery or discounts."""
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.product_id.type == 'consu'
                and line.product_uom_qty > 0
            )
        )

    def _ecrm_delivered_on(self):
        """Day of the last delivery to the customer, where the team works; False before one."""
        self.ensure_one()
        moments = self.picking_ids.filtered(
            lambda picking: picking.state == 'done' and picking.location_dest_id.usage == 'customer'
        ).mapped('date_done')
        if not moments:
            return False
        team = self.env['ecrm.complaint.team'].sudo()._default_for(self.company_id)
        return team._local_date(self.company_id, max(moments))

    def _ecrm_today(self):
        """Today where the team works."""
        self.ensure_one()
        team = self.env['ecrm.complaint.team'].sudo()._default_for(self.company_id)
        return team._local_date(self.company_id, fields.Datetime.now())

    def _ecrm_return_until(self):
        """Last day on which the customer may send the goods back; False when there is none."""
        self.ensure_one()
        team = self.env['ecrm.complaint.team'].sudo()._default_for(self.company_id)
        return team._last_return_day(self.company_id, self._ecrm_delivered_on())

    def _try_apply_code(self, code):
        # EXTENDS sale_loyalty
        # Core never compares the customer of a card with the one who types its code
        card_sudo = self.env['loyalty.card'].sudo().search([('code', '=', code)], limit=1)
        if card_sudo._ecrm_is_foreign_to(self.partner_id):
            return {
                'error': self.env._(
                    "This voucher is personal. Sign in as the customer it was given to; without an "
                    "account, fill in your address first: your telephone or e-mail tells us that it "
                    "is you."
                ),
            }
        return super()._try_apply_code(code)

    def _update_programs_and_rewards(self):
        # EXTENDS sale_loyalty
        # An order that changed hands does not keep what was given to the customer before
        foreign = self.applied_coupon_ids.filtered(
            lambda card: card._ecrm_is_foreign_to(self.partner_id)
        )
        if foreign:
            self.order_line.filtered(lambda line: line.coupon_id in foreign).unlink()
            self.applied_coupon_ids -= foreign
        return super()._update_programs_and_rewards()
