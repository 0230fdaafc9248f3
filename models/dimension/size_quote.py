from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.dimension import SizeError, parse_size, size_code
from ...tools.payload import clean_line
from ...tools.price import PriceError, compute_price


class EcrmSizeQuote(models.AbstractModel):
    """Prices of sizes in batch, for phone, chat and the API: what the cart would charge, without tax."""

    _name = 'ecrm.size.quote'
    _description = "Quote of sizes"

    @api.model
    def _quote(self, requests, pricelist_id=None):
        """Price a batch; one bad request spoils no other.

        :param list requests: dicts with ``product`` (reference or template id), ``size``, ``quantity``, ``options``,
            ``breakdown``
        :param int pricelist_id: the company's own prices by default
        :return: one dict a request, in order: ``price`` and so on, or ``error``
        :rtype: list[dict]
        :raises UserError: no such price list for this user and company
        """
        pricelist = self._find_pricelist(pricelist_id)
        products = self._find_products(requests)
        desks = {
            product: self._open_desk(product, pricelist)
            for product in dict.fromkeys(products.values())
            if self._get_template(product).sudo().ecrm_size_profile_id
        }
        return [
            self._quote_one(request, desks.get(products.get(self._get_key(request))))
            for request in requests
        ]

    @api.model
    def _find_pricelist(self, pricelist_id):
        """Price list of an id; none where none is asked for."""
        pricelist = self.env['product.pricelist']
        if pricelist_id is None:
            return pricelist
        if isinstance(pricelist_id, int) and not isinstance(pricelist_id, bool):
            pricelist = pricelist.search([('id', '=', pricelist_id)])
        if not pricelist:
            raise UserError(self.env._("There is no such price list."))
        return pricelist

    @api.model
    def _get_key(self, request):
        """What a product is called in a request: an id or a reference, ``''`` for what can be neither."""
        product = request.get('product')
        if isinstance(product, int) and not isinstance(product, bool):
            return product
        return clean_line(product, 64) if isinstance(product, str) else ''

    @api.model
    def _find_products(self, requests):
        """Products by what they were called in the requests: one search, whatever the number.

        :return: a variant for a reference, a template for the id of one with several variants
        :rtype: dict
        """
        asked = {self._get_key(request) for request in requests} - {''}
        names = [value for value in asked if isinstance(value, str)]
        ids = [value for value in asked if isinstance(value, int)]
        templates = self.env['product.template'].search([('id', 'in', ids)])
        found = {
            template.id: template.product_variant_ids
            if len(template.product_variant_ids) == 1
            else template
            for template in templates
        }
        variants = self.env['product.product'].search([('default_code', 'in', names)])
        found.update({variant.default_code: variant for variant in variants})
        return found

    @api.model
    def _get_template(self, product):
        return product if product._name == 'product.template' else product.product_tmpl_id

    @api.model
    def _open_desk(self, product, pricelist):
        """Look up once what every quote of a product needs.

        :rtype: dict
        """
        template = self._get_template(product)
        profile = template.sudo().ecrm_size_profile_id
        offered = template.sudo().attribute_line_ids.product_template_value_ids
        own = offered.browse()
        if product != template:
            own = product.sudo().product_template_attribute_value_ids
        return {
            'product': product,
            'template': template,
            'profile': profile,
            'unit': profile.unit,
            'rules': profile._get_rules(),
            'pricelist': pricelist,
            'rule_by_size': bool(pricelist) and pricelist._has_ecrm_area_minimum(),
            'rules_found': {},
            'setup': self._get_setup(profile.setup_product_id, pricelist),
            'offered': self._name_options(offered),
            'own': own,
            'chosen': {},
        }

    @api.model
    def _name_options(self, values):
        """Attribute values by their ids, and by their names where these are not shared.

        :rtype: dict
        """
        names = Counter(values.mapped('name'))
        found = {value.name: value for value in values if names[value.name] == 1}
        return found | {value.id: value for value in values}

    @api.model
    def _choose_options(self, desk, asked):
        """The attribute values of the variant and of the request; one of the request takes the place of the variant's.

        :param asked: ids and names as they came
        :return: what is priced, with its values in the context, and their extra prices; None when they cannot be chosen
            together
        :rtype: tuple | None
        """
        if not isinstance(asked, list) or any(
            isinstance(key, bool) or not isinstance(key, int | str) for key in asked
        ):
            return None
        key = tuple(asked)
        if key not in desk['chosen']:
            values = [desk['offered'].get(option) for option in asked]
            if None in values:
                return None
            chosen = desk['own'].browse().union(*values)
            lines = [
                value.attribute_line_id
                for value in chosen
                if value.attribute_id.display_type != 'multi'
            ]
            if len(lines) != len(set(lines)):
                return None
            kept = desk['own'].filtered(
                lambda value: value.attribute_line_id not in chosen.attribute_line_id
            )
            # The values of a variant come with it
            product = desk['product' if kept == desk['own'] else 'template']
            values = kept | chosen
            if values:
                product = product.with_context(ecrm_option_ids=values._ids)
            desk['chosen'][key] = (product, values._get_ecrm_options())
        return desk['chosen'][key]

    @api.model
    def _get_setup(self, product, pricelist):
        """What an order with this product is charged once, beside its sizes.

        :rtype: dict
        """
        if not product:
            return {}
        currency = pricelist.currency_id or self.env.company.currency_id
        price = pricelist._get_product_price(product, 1.0, currency=currency)
        return {'setup': {'label': product.display_name, 'price': price, 'currency': currency.name}}

    @api.model
    def _quote_one(self, request, desk):
        if not desk:
            return {'error': self.env._("No product sold by size bears this reference.")}
        quantity = request.get('quantity', 1)
        if (
            isinstance(quantity, bool)
            or not isinstance(quantity, int)
            or not 0 < quantity <= 100_000
        ):
            return {'error': self.env._("The quantity is a whole number above zero.")}
        chosen = self._choose_options(desk, request.get('options', []))
        if chosen is None:
            return {
                'error': self.env._(
                    "“options” lists options of this product, by id or by name, one of each kind."
                )
            }
        size = None
        try:
            size = parse_size(request.get('size'), desk['unit'])
            answer = compute_price(desk['rules'], size, chosen[1])
        except (SizeError, PriceError) as error:
            return self._refuse(desk['profile'], error, size)
        price, currency, name = self._get_price(desk, chosen[0], size, answer, quantity)
        result = {
            'size': size_code(size, desk['unit']),
            'width_mm': float(size.width_mm),
            'height_mm': float(size.height_mm),
            'panels': size.panels,
            'price': price,
            'total': price if quantity == 1 else currency.round(price * quantity),
            'currency': name,
        }
        result |= desk['setup']
        if request.get('breakdown'):
            result |= self._explain(desk['profile'], size, answer, quantity)
        return result

    @api.model
    def _refuse(self, profile, error, size):
        nearest = profile._get_nearest_sizes(error, size)
        return {
            'error': profile._explain_refusal(error, size),
            'quote': getattr(error, 'quote', False),
            **({'nearest': [profile._get_size_text(near) for near in nearest]} if nearest else {}),
        }

    @api.model
    def _explain(self, profile, size, answer, quantity):
        return {
            'label': self.env['ecrm.sized.mixin']._ecrm_label(size, profile.unit),
            'promised': str(profile._get_promised_date(size, quantity)),
            'breakdown': [
                {'label': row['label'], 'amount': row['amount']}
                for row in profile._explain_price(answer)
            ],
        }

    @api.model
    def _get_price(self, desk, product, size, answer, quantity):
        """The unit price by the pricelist, its currency and that one's name; rule and rates are looked up once a quantity."""
        template = desk['template']
        key = (quantity, size.key) if desk['rule_by_size'] else quantity
        if key not in desk['rules_found']:
            sized = product.with_context(**template._get_ecrm_context(size))
            found = self._find_rule(sized, template, quantity, desk['pricelist'])
            desk['rules_found'][key] = (*found, found[1].name)
        rule, currency, steps, name = desk['rules_found'][key]
        if not rule:
            # As the order line does it: first to the product's currency, rounded, then to the one shown
            price = float(answer.amount)
            for target, rate in steps:
                price = target.round(price * rate)
            return price, currency, name
        sized = product.with_context(**template._get_ecrm_context(size))
        price = rule._compute_price(sized, quantity, template.uom_id, fields.Date.today(), currency)
        return price, currency, name

    @api.model
    def _find_rule(self, product, template, quantity, pricelist):
        """The pricelist's rule for a product, the currency shown, and the steps from one currency to the next.

        :rtype: tuple
        """
        rule_id = pricelist._get_product_rule(product, quantity=quantity, uom=template.uom_id)
        currency = pricelist.currency_id or template.currency_id
        own, today = template.sudo().ecrm_size_profile_id.currency_id, fields.Date.today()
        steps = [
            (target, source._get_conversion_rate(source, target, self.env.company, today))
            for source, target in ((own, template.currency_id), (template.currency_id, currency))
            if source != target
        ]
        return self.env['product.pricelist.item'].browse(rule_id), currency, steps
