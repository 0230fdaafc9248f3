from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.controllers.product_configurator import (
    WebsiteSaleProductConfiguratorController,
)
from odoo.addons.website_sale.controllers.variant import WebsiteSaleVariantController

from ..tools.payload import scrub


def set_ecrm_size(product_template_id, text):
    """Put a size into the context of the request; no other product is priced at it.

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
        return {
            'error': str(error),
            'quote': getattr(error, 'ecrm_quote', False),
            'field': getattr(error, 'ecrm_field', ''),
            'offers': getattr(error, 'ecrm_offers', []),
        }
    request.update_context(**template._get_ecrm_context(size))
    return None


class DimensionVariant(WebsiteSaleVariantController):
    @route()
    def get_combination_info_website(
        self, product_template_id, product_id, combination, add_qty, uom_id=None, **kwargs
    ):
        # EXTENDS website_sale: price the size that is shown; a readonly route, nothing may be written
        asked = scrub(kwargs.pop('ecrm_size', None))
        problem = set_ecrm_size(product_template_id, asked)
        info = super().get_combination_info_website(
            product_template_id, product_id, combination, add_qty, uom_id=uom_id, **kwargs
        )
        if problem:
            info['ecrm_size'] = problem
        if 'ecrm_size' in info:
            info['ecrm_size']['asked'] = asked
        if 'ecrm_size' in info and not problem and combination:
            # Without options the tiles cost what the page opened with
            template = request.env['product.template'].browse(int(product_template_id))
            variant = template.env['product.product'].browse(info['product_id'])
            values = template.env['product.template.attribute.value'].browse(combination)
            info['ecrm_size']['tiles'] = template._get_ecrm_tile_texts(variant or template, values)
        return info


class DimensionConfigurator(WebsiteSaleProductConfiguratorController):
    """The dialog of options and optional products prices the main product at the size of its page or order line."""

    @route()
    def website_sale_product_configurator_get_values(self, *args, **kwargs):
        # EXTENDS website_sale
        self._take_ecrm_size(kwargs)
        return super().website_sale_product_configurator_get_values(*args, **kwargs)

    @route()
    def website_sale_product_configurator_update_combination(self, *args, **kwargs):
        # EXTENDS website_sale
        self._take_ecrm_size(kwargs)
        return super().website_sale_product_configurator_update_combination(*args, **kwargs)

    @route()
    def website_sale_product_configurator_get_optional_products(self, *args, **kwargs):
        # EXTENDS website_sale
        self._take_ecrm_size(kwargs)
        return super().website_sale_product_configurator_get_optional_products(*args, **kwargs)

    @route()
    def sale_product_configurator_get_values(self, *args, **kwargs):
        # EXTENDS sale: the dialog of an order line
        self._take_ecrm_size(kwargs)
        return super().sale_product_configurator_get_values(*args, **kwargs)

    @route()
    def sale_product_configurator_update_combination(self, *args, **kwargs):
        # EXTENDS sale
        self._take_ecrm_size(kwargs)
        return super().sale_product_configurator_update_combination(*args, **kwargs)

    @route()
    def sale_product_configurator_get_optional_products(self, *args, **kwargs):
        # EXTENDS sale
        self._take_ecrm_size(kwargs)
        return super().sale_product_configurator_get_optional_products(*args, **kwargs)

    def _get_basic_product_information(self, product_or_template, *args, **kwargs):
        # EXTENDS sale: the size stands under the name of the product that is priced at it
        product_or_template = self._size_ecrm_unsized_product(product_or_template)
        info = super()._get_basic_product_information(product_or_template, *args, **kwargs)
        template = product_or_template
        if template._name == 'product.product':
            template = template.product_tmpl_id
        if size := template._get_ecrm_context_size():
            unit = template.sudo().ecrm_size_profile_id.unit
            label = request.env['ecrm.sized.mixin']._ecrm_label(size, unit)
            text = request.env._("Size: %(size)s", size=label)
            info['description_sale'] = "\n".join(filter(None, (text, info['description_sale'])))
        return info

    def _get_product_information(self, product_template, combination, currency, *args, **kwargs):
        # EXTENDS sale: an option that costs so much a square metre says so
        info = super()._get_product_information(
            product_template, combination, currency, *args, **kwargs
        )
        offered = request.env['product.template.attribute.value']
        for line in info['attribute_lines']:
            for value in line['attribute_values']:
                text = offered.browse(value['id'])._get_ecrm_extra_text(
                    value['price_extra'], currency
                )
                if text:
                    value['ecrm_extra'] = text
        return info

    def _take_ecrm_size(self, params):
        text = params.pop('ecrm_size', None)
        template_id = params.pop('ecrm_size_template_id', None)
        # A size that is refused has no price: the dialog shows the least one, and the cart refuses the size
        if isinstance(template_id, int) and text is not None:
            set_ecrm_size(template_id, text)
            request.ecrm_main_template_id = template_id

    def _size_ecrm_unsized_product(self, product_or_template):
        """In the shop's dialog, a product without a size of its own is priced at the one in which the cart takes it."""
        is_product = product_or_template._name == 'product.product'
        template = product_or_template.product_tmpl_id if is_product else product_or_template
        main_id = getattr(request, 'ecrm_main_template_id', None)
        profile = template.sudo().ecrm_size_profile_id
        is_sized = template.id == main_id or template._get_ecrm_context_size()
        if not request.is_frontend or not profile or is_sized:
            return product_or_template
        product_id = product_or_template.id if is_product else None
        size = request.env['sale.order']._get_ecrm_unasked_size(product_id, profile)
        return product_or_template.with_context(**template._get_ecrm_context(size))


class DimensionShop(WebsiteSale):
    def _prepare_product_values(self, product, category, **kwargs):
        # EXTENDS website_sale: open the page at the size of the link, else at the preset chosen first
        if not product.sudo().ecrm_size_profile_id:
            return super()._prepare_product_values(product, category, **kwargs)
        size, error = product._read_ecrm_page_size(
            kwargs.get('w'), kwargs.get('h'), kwargs.get('n'), kwargs.get('size')
        )
        sized_product = product.with_context(**product._get_ecrm_context(size))
        request.ecrm_page_rules = {}
        try:
            values = super()._prepare_product_values(sized_product, category, **kwargs)
            variant = product.env['product.product'].browse(values['product_variant'].id)
            values['size_block'] = product._prepare_ecrm_size_block(variant or product, size, error)
        finally:
            del request.ecrm_page_rules
        return values
