from odoo import models


class ProductProduct(models.Model):
    _inherit = 'product.product'

    def _get_product_price_context(self, combination):
        # EXTENDS product: the values chosen that make no variant, for the prices that depend on the size
        context = super()._get_product_price_context(combination)
        if combination and self.product_tmpl_id.sudo().ecrm_size_profile_id:
            context['ecrm_option_ids'] = tuple(combination.ids)
        return context

    def _price_compute(self, price_type, uom=None, currency=None, company=None, date=False):
        # EXTENDS product
        prices = super()._price_compute(price_type, uom, currency, company, date)
        if price_type == 'list_price' and self.env.context.get('ecrm_sizes'):
            for product in self:
                template = product.product_tmpl_id
                if (size := template._get_ecrm_context_size()) is not None:
                    values = (
                        product.product_template_attribute_value_ids
                        | template._get_ecrm_context_values()
                    )
                    prices[product.id] = template._get_ecrm_price(
                        size, values, uom=uom, currency=currency, company=company, date=date
                    )
        return prices

    def _website_show_quick_add(self):
        # EXTENDS website_sale: a size is chosen on the page; snippets show variants
        by_size = self.product_tmpl_id.sudo().ecrm_size_profile_id
        if by_size and not self.env.context.get('ecrm_suggested'):
            return False
        return super()._website_show_quick_add()

    def _to_markup_data(self, website):
        # EXTENDS website_sale: a product sold by size has many prices; search engines are told the least one
        profile = self.product_tmpl_id.sudo().ecrm_size_profile_id
        if not profile:
            return super()._to_markup_data(website)
        data = super(ProductProduct, self.with_context(ecrm_sizes=None))._to_markup_data(website)
        data['offers'] = {
            '@type': 'AggregateOffer',
            'lowPrice': data['offers']['price'],
            'priceCurrency': data['offers']['priceCurrency'],
            'offerCount': max(1, len(profile._get_block()['tiles'])),
        }
        return data
