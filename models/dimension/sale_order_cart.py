from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.dimension import Size


class SaleOrder(models.Model):
    """The cart tells two sizes of a product apart."""

    _inherit = 'sale.order'

    def _cart_add(self, product_id, quantity=1.0, *, uom_id=None, **kwargs):
        # EXTENDS website_sale: the size comes from a browser; it is read and checked here, once
        kwargs['ecrm_size'] = self._read_ecrm_cart_size(product_id, kwargs)
        kwargs.pop('ecrm_linked_size', None)
        return super()._cart_add(product_id, quantity, uom_id=uom_id, **kwargs)

    def _read_ecrm_cart_size(self, product_id, values):
        """Read the size of a product being added.

        A linked product is sent the main product's values: it has its own key, else its own default size.

        :param dict values: ``ecrm_size`` as text, ``ecrm_linked_size``, ``linked_line_id``
        :rtype: Size | None
        :raises UserError: the size is not sold, or the product needs one
        """
        profile = (
            self.env['product.product']
            .browse(product_id)
            .sudo()
            .product_tmpl_id.ecrm_size_profile_id
        )
        if not profile:
            return None
        value = (
            values.get('ecrm_linked_size')
            if values.get('linked_line_id')
            else values.get('ecrm_size')
        )
        if isinstance(value, Size):
            return value
        if value is not None:
            return profile._read_size(value)
        size = self._get_ecrm_unasked_size(product_id, profile)
        if not size:
            raise UserError(self.env._("Choose a size first."))
        return size

    def _cart_find_product_line(
        self,
        product_id,
        uom_id,
        linked_line_id=False,
        no_variant_attribute_value_ids=None,
        **kwargs,
    ):
        # EXTENDS website_sale: two sizes of one product are two lines
        lines = super()._cart_find_product_line(
            product_id, uom_id, linked_line_id, no_variant_attribute_value_ids, **kwargs
        )
        size = kwargs.get('ecrm_size')
        size = size if isinstance(size, Size) else None
        return lines.filtered(
            lambda line: line._get_ecrm_profile()._is_same_size(line._get_ecrm_size(), size)
        )

    def _prepare_order_line_values(self, product_id, quantity, uom_id, **kwargs):
        # EXTENDS website_sale
        values = super()._prepare_order_line_values(product_id, quantity, uom_id, **kwargs)
        if isinstance(kwargs.get('ecrm_size'), Size):
            values.update(
                self.env['ecrm.sized.mixin']._prepare_ecrm_size_values(kwargs['ecrm_size'])
            )
        return values

    @api.model
    def _get_ecrm_unasked_size(self, product_id, profile):
        """Size in which the cart takes a product that is added without one.

        :rtype: Size | None
        """
        return self._get_ecrm_wished_size(product_id, profile) or profile._get_default_size()

    @api.model
    def _get_ecrm_wished_size(self, product_id, profile):
        """Size the visitor put on his wishlist for a product: the list's cart button sends none.

        :rtype: Size | None
        """
        if not request:
            return None
        wishes = self.env['product.wishlist'].current().filtered('ecrm_size_code')
        wish = wishes.filtered(lambda wish: wish.product_id.id == product_id)[:1]
        return profile._find_size(wish.ecrm_size_code) if wish else None

    def _change_ecrm_cart_size(self, line_id, text):
        """Give a cart line another size; where the cart has that size already, both lines become one.

        :param int line_id: line of this cart
        :param str text: the size as typed
        :return: the line that bears the size now
        :rtype: sale.order.line
        :raises UserError: the size is not sold, or the line is not in the cart
        """
        self.ensure_one()
        line = self.order_line.filtered(lambda line: line.id == line_id)
        profile = line._get_ecrm_profile() if line else None
        if not profile or self.state != 'draft':
            raise UserError(self.env._("This product is no longer in your cart."))
        size = profile._read_size(text)
        twin = self._cart_find_product_line(
            line.product_id.id,
            uom_id=line.product_uom_id.id,
            linked_line_id=line.linked_line_id.id,
            no_variant_attribute_value_ids=line.product_no_variant_attribute_value_ids.ids,
            ecrm_size=size,
        )[:1]
        if twin and twin != line:
            self._cart_update_line_quantity(twin.id, twin.product_uom_qty + line.product_uom_qty)
            line.unlink()
            line = twin
        else:
            line.write(self.env['ecrm.sized.mixin']._prepare_ecrm_size_values(size))
        self._verify_cart_after_update()
        return line

    def _cart_accessories(self):
        # EXTENDS website_sale: what is sold by size is suggested too, with the way to its page
        suggested = super(SaleOrder, self.with_context(ecrm_suggested=True))._cart_accessories()
        return [self.env['product.product'].browse(product.id) for product in suggested]

    def _is_cart_ready(self):
        # EXTENDS website_sale: a size that is sold no more must be changed first
        ready = super()._is_cart_ready()
        return ready and not any(
            line.ecrm_size_problem for line in self.order_line if line.ecrm_is_sized
        )
