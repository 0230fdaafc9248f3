from odoo import fields, models


class ProductPricelistItem(models.Model):
    _inherit = 'product.pricelist.item'

    ecrm_fixed_per = fields.Selection(
        [('piece', "per piece"), ('area', "per m²")],
        string="Fixed price is",
        default='piece',
        required=True,
        help="For products sold by size: the fixed price of one set whatever its size, or of one billed m².",
    )

    ecrm_minimum_in = fields.Selection(
        [('piece', "pieces"), ('area', "m²")],
        string="Minimum counts",
        default='piece',
        required=True,
        help="For products sold by size: the minimum quantity counts sets, or the billed m² of all sets of the line.",
    )

    def _is_applicable_for(self, product, qty_in_product_uom):
        # EXTENDS product: a minimum may count billed square metres
        if self.ecrm_minimum_in == 'area' and (size := self._get_ecrm_size(product)) is not None:
            qty_in_product_uom *= self._get_ecrm_template(product)._get_ecrm_billed_area(size)
        return super()._is_applicable_for(product, qty_in_product_uom)

    def _compute_price(self, product, quantity, uom, date, currency=None, **kwargs):
        # EXTENDS product: rules act on the size price; a unit price is rounded before it is multiplied,
        # else 12.974 x 3 shows 12.97 and totals 38.92
        price = super()._compute_price(product, quantity, uom, date, currency, **kwargs)
        size = self._get_ecrm_size(product)
        if self.compute_price == 'fixed' and self.ecrm_fixed_per == 'area':
            template = self._get_ecrm_template(product)
            # Where no size was chosen yet, a tile says "from"
            least = size or template.sudo().ecrm_size_profile_id._get_from_size()
            price *= template._get_ecrm_billed_area(least) if least else 1
        if size is None:
            return price
        return (currency or self.currency_id or self.env.company.currency_id).round(price)

    def _compute_price_before_discount(self, *args, **kwargs):
        # EXTENDS product
        price = super()._compute_price_before_discount(*args, **kwargs)
        product = kwargs.get('product') or args[0]
        if self._get_ecrm_size(product) is None:
            return price
        currency = kwargs.get('currency') or (args[4] if len(args) > 4 else None)
        return (currency or self.currency_id or self.env.company.currency_id).round(price)

    def _get_ecrm_template(self, product):
        return product if product._name == 'product.template' else product.product_tmpl_id

    def _get_ecrm_size(self, product):
        if not product.env.context.get('ecrm_sizes'):
            return None
        return self._get_ecrm_template(product)._get_ecrm_context_size()
