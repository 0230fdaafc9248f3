from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import escape_psql

from ...tools import payload as payload_tools
from ...tools.dimension import SizeError, parse_size

MAX_QUANTITY = 1000


class EcrmSubmission(models.Model):
    _name = 'ecrm.submission'
    _inherit = ['ecrm.submission', 'ecrm.sized.mixin']

    product_id = fields.Many2one('product.product', "Article", readonly=True)
    quantity = fields.Integer(readonly=True, default=1)
    currency_id = fields.Many2one(related='company_id.currency_id')
    price_hint = fields.Monetary(
        readonly=True, help="Price of the size at the catalogue, before pricelists and taxes."
    )
    order_id = fields.Many2one('sale.order', "Quotation", readonly=True, ondelete='set null')

    # === ACTIONS === #

    def action_create_quotation(self):
        """Make a draft quotation of a quote request, in the salesperson's own name.

        :return: the action that opens it; the one made before when there is one.
        """
        self.ensure_one()
        self.check_access('read')
        if not self.order_id:
            self.sudo().order_id = self._create_quotation()
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'sale.order',
            'res_id': self.order_id.id,
            'view_mode': 'form',
        }

    # === BUSINESS METHODS === #

    def _process(self):
        # EXTENDS ecrm: the size and its price stand on the row before the lead is made of it
        self._read_quote()
        return super()._process()

    def _read_quote(self):
        """Find the article and the size that were asked for; what cannot be read stays text."""
        values = {'quantity': self._read_quantity()}
        product = self._find_product()
        if product:
            values['product_id'] = product.id
        template = product.product_tmpl_id
        try:
            size = parse_size(self.size_text or '', template.ecrm_size_profile_id.unit or 'cm')
        except SizeError:
            size = None
        values.update(self._prepare_ecrm_size_values(size))
        values['price_hint'] = self._find_price_hint(template, size)
        self.write(values)

    def _read_quantity(self):
        text = payload_tools.clean_line((self.payload or {}).get('quantity'), 6)
        return min(max(int(text), 1), MAX_QUANTITY) if text.isdecimal() else 1

    def _find_product(self):
        """Return the article a text names by its reference or its exact name."""
        products = self.env['product.product'].sudo()
        text = self.product_text
        if not text:
            return products
        domain = [
            ('sale_ok', '=', True),
            ('company_id', 'in', [False, self.company_id.id]),
        ]
        for name in ('default_code', 'name'):
            found = products.search([(name, '=ilike', escape_psql(text)), *domain], limit=2)
            if len(found.product_tmpl_id) == 1:
                return found[:1]
        return products

    @api.model
    def _find_price_hint(self, template, size):
        """Return the catalogue's price of a size, zero when it has none."""
        if not template.ecrm_size_profile_id:
            return template.list_price
        if not size:
            return 0.0
        values = self.env['product.template.attribute.value']
        try:
            return template._get_ecrm_price(size, values, currency=self.env.company.currency_id)
        except UserError:
            return 0.0

    def _create_quotation(self):
        if not self.lead_id:
            raise UserError(self.env._("There is no lead to quote: process the submission first."))
        if not self.lead_id.partner_id and self.candidate_ids:
            raise UserError(
                self.env._(
                    "Perhaps this is a customer you know: link the submission to one of those "
                    "suggested, or set the customer on the lead."
                )
            )
        self.lead_id._handle_partner_assignment(create_missing=True)
        context = self.lead_id._prepare_opportunity_quotation_context()
        return self.env['sale.order'].with_context(**context).create(self._prepare_order_values())

    def _prepare_order_values(self):
        """Return the values of the quotation, beside the defaults the lead gives."""
        lines = []
        if self.product_id:
            line = {'product_id': self.product_id.id, 'product_uom_qty': self.quantity}
            if self.product_id.ecrm_size_profile_id and self.ecrm_width_mm:
                line['ecrm_size_input'] = self.size_text
            lines.append(fields.Command.create(line))
        if self.message:
            lines.append(fields.Command.create({'display_type': 'line_note', 'name': self.message}))
        return {'partner_id': self.lead_id.partner_id.id, 'order_line': lines}
