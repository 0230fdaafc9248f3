from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.controllers.variant import WebsiteSaleVariantController


class DimensionVariant(WebsiteSaleVariantController):
    @route()
    def get_combination_info_website(
        self, product_template_id, product_id, combination, add_qty, uom_id=None, **kwargs
    ):
        # EXTENDS website_sale: price the size that is shown; a readonly route, nothing may be written
        asked = kwargs.pop('ecrm_size', None)
        problem = self._set_ecrm_size(product_template_id, asked)
        info = super().get_combination_info_website(
            product_template_id, product_id, combination, add_qty, uom_id=uom_id, **kwargs
        )
        if problem:
            info['ecrm_size'] = problem
        if 'ecrm_size' in info:
            info['ecrm_size']['asked'] = asked
        return info

    def _set_ecrm_size(self, product_template_id, text):
        """Put the size into the context of the request.

        :return: why the size is refused, or None
        :rtype: dict | None
        """
        template = request.env['product.template'].browse(
            product_template_id and int(product_template_id)
        )
        profile = template.sudo().ecrm_size_profile_id
        if text is None or not profile:
            return None
        try:
            size = profile._read_size(text)
        except UserError as error:
            return {'error': str(error), 'quote': getattr(error, 'ecrm_quote', False)}
        request.update_context(**template._get_ecrm_context(size))
        return None


class DimensionShop(WebsiteSale):
    def _prepare_product_values(self, product, category, **kwargs):
        # EXTENDS website_sale: open the page at the size of the link, else at the preset chosen first
        if not product.sudo().ecrm_size_profile_id:
            return super()._prepare_product_values(product, category, **kwargs)
        size, error = product._read_ecrm_page_size(
            kwargs.get('w'), kwargs.get('h'), kwargs.get('n')
        )
        request.update_context(**product._get_ecrm_context(size))
        sized_product = product.with_context(**request.env.context)
        values = super()._prepare_product_values(sized_product, category, **kwargs)
        values['size_block'] = product._prepare_ecrm_size_block(size, error)
        return values
