from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.http import request, route

from odoo.addons.website_sale.controllers.cart import Cart
from odoo.addons.website_sale.controllers.reorder import CustomerPortal
from odoo.addons.website_sale_wishlist.controllers.main import WebsiteSaleWishlist


class DimensionCart(Cart):
    @route(
        '/shop/cart/ecrm_size',
        type='jsonrpc',
        auth='public',
        methods=['POST'],
        website=True,
        sitemap=False,
    )
    def change_cart_size(self, line_id, size, **_kwargs):
        """Give a line of the visitor's own cart another size.

        :param int line_id:
        :param str size: as typed
        :return: ``{'cart_quantity': int}``, or ``{'error': str, 'offers': [{'code': str, 'text': str}]}`` with the
            nearest sizes where the one asked for is off the step
        :rtype: dict
        """
        cart_sudo = request.cart
        if not cart_sudo or not isinstance(line_id, int):
            return {
                'error': request.env._("This product is no longer in your cart."),
                'offers': [],
            }
        try:
            cart_sudo._change_ecrm_cart_size(line_id, size)
        except UserError as error:
            return {'error': str(error), 'offers': getattr(error, 'ecrm_offers', [])}
        return {'cart_quantity': cart_sudo.cart_quantity}

    def _prepare_order_history(self):
        # EXTENDS website_sale: core drops duplicates by product; two sizes are two articles
        values = super()._prepare_order_history()
        groups = {group['label']: group['lines'] for group in values['order_history']}
        groups = {
            label: lines.filtered(lambda line: not line.ecrm_width_mm)
            for label, lines in groups.items()
        }
        for line in self._get_ecrm_history_lines():
            label = self._get_ecrm_history_label(line)
            groups[label] = groups.get(label, line.browse()) | line
        values['order_history'] = [
            {'label': label, 'lines': lines} for label, lines in groups.items() if lines
        ]
        return values

    def _get_ecrm_history_lines(self):
        """Sized lines of the visitor's last orders: each size once, none that is in the cart or sold no more."""
        lines_sudo = (
            request.env['sale.order']
            .sudo()
            .search(
                [
                    ('partner_id', '=', request.env.user.partner_id.id),
                    ('state', '=', 'sale'),
                    ('website_id', '=', request.website.id),
                ],
                order='date_order desc',
                limit=10,
            )
            .order_line.filtered(
                lambda line: line.ecrm_width_mm and line._is_sellable() and line._has_ecrm_price()
            )
        )
        cart_lines = request.cart.order_line if request.cart else lines_sudo.browse()
        seen = {(line.product_id.id, line._get_ecrm_size_code()) for line in cart_lines}
        chosen = lines_sudo.browse()
        for line_sudo in lines_sudo:
            key = (line_sudo.product_id.id, line_sudo._get_ecrm_size_code())
            if key not in seen:
                seen.add(key)
                chosen |= line_sudo
        return chosen

    def _get_ecrm_history_label(self, line):
        days = (fields.Date.today() - line.order_id.date_order.date()).days
        if days == 0:
            return request.env._("Today")
        if days == 1:
            return request.env._("Yesterday")
        return request.env._("%s days ago", days)


class DimensionReorder(CustomerPortal):
    @route()
    def my_orders_reorder(self, order_id, access_token=None):
        # EXTENDS website_sale: core adds products without their sizes
        try:
            order_sudo = self._document_check_access(
                'sale.order', order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return request.redirect('/my')
        allowed = order_sudo.order_line.filtered(
            lambda line: line.with_user(request.env.user).sudo()._is_reorder_allowed()
        )
        sized = allowed.filtered('ecrm_width_mm')
        if not sized:
            return super().my_orders_reorder(order_id, access_token=access_token)
        values = {'tracking_info': []}
        if allowed - sized:
            request.update_context(ecrm_reorder_unsized=True)
            values = super().my_orders_reorder(order_id, access_token=access_token)
        cart_sudo = request.cart or request.website._create_cart()
        added, warnings = self._reorder_ecrm_lines(cart_sudo, sized)
        if warnings and not added and allowed == sized:
            raise ValidationError('\n'.join(warnings))
        cart_sudo._verify_cart_after_update()
        if warnings:
            cart_sudo.shop_warning = '\n'.join(warnings)
        values['tracking_info'] += Cart()._get_tracking_information(cart_sudo, added)
        values['cart_quantity'] = cart_sudo.cart_quantity
        return values

    def _reorder_ecrm_lines(self, cart_sudo, lines):
        """Add lines with their sizes, at today's price.

        :return: ids of the cart's lines, and why others could not be added
        :rtype: tuple[list, list]
        """
        added, warnings = [], []
        for line in lines:
            line_id, warning = self._reorder_ecrm_line(cart_sudo, line)
            if warning:
                warnings.append(warning)
            else:
                added.append(line_id)
        return added, warnings

    def _reorder_ecrm_line(self, cart_sudo, line):
        try:
            with request.env.cr.savepoint():
                answer = cart_sudo.with_context(skip_cart_verification=True)._cart_add(
                    product_id=line.product_id.id,
                    quantity=line.product_uom_qty,
                    uom_id=line.product_uom_id.id,
                    no_variant_attribute_value_ids=line.product_no_variant_attribute_value_ids.ids,
                    ecrm_size=line._get_ecrm_size_code(),
                )
        except UserError as error:
            return None, f'{line.name_short}: {error}'
        return answer['line_id'], ''


class DimensionWishlist(WebsiteSaleWishlist):
    @route(
        '/shop/wishlist/ecrm_size',
        type='jsonrpc',
        auth='public',
        methods=['POST'],
        website=True,
        sitemap=False,
    )
    def keep_wished_size(self, product_id, size, **_kwargs):
        """Keep the size chosen on the page with a product of the visitor's own wishlist.

        :rtype: bool
        :return: whether there was such a wish and the size is sold
        """
        wish = (
            request.env['product.wishlist']
            .current()
            .filtered(lambda wish: wish.product_id.id == product_id)[:1]
        )
        profile = wish.sudo().product_id.ecrm_size_profile_id
        if not profile or not (sold := profile._find_size(size)):
            return False
        wish.sudo().ecrm_size_code = profile._get_size_text(sold)
        return True
