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

        :param list requests: dicts with ``product`` (reference or template id), ``size``, ``quantity``, ``breakdown``
        :param int pricelist_id: the company's own prices by default
        :return: one dict a request, in order: ``price`` and so on, or ``error``
        :rtype: list[dict]
        :raises UserError: no such price list for this user and company
        """
        pricelist = self._find_pricelist(pricelist_id)
        templates = self._find_templates(requests)
        desks = {
            template: self._open_desk(template, pricelist)
            for template in set(templates.values())
            if template.sudo().ecrm_size_profile_id
        }
        return [
            self._quote_one(request, desks.get(templates.get(self._get_key(request))))
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
    def _find_templates(self, requests):
        """Products by what they were called in the requests: one search, whatever the number.

        :rtype: dict
        """
        asked = {self._get_key(request) for request in requests} - {''}
        names = [value for value in asked if isinstance(value, str)]
        ids = [value for value in asked if isinstance(value, int)]
        found = {
            template.id: template
            for template in self.env['product.template'].search([('id', 'in', ids)])
        }
        variants = self.env['product.product'].search([('default_code', 'in', names)])
        found.update({variant.default_code: variant.product_tmpl_id for variant in variants})
        return found

    @api.model
    def _open_desk(self, template, pricelist):
        """Look up once what every quote of a product needs.

        :rtype: dict
        """
        profile = template.sudo().ecrm_size_profile_id
        return {
            'template': template,
            'profile': profile,
            'unit': profile.unit,
            'rules': profile._get_rules(),
            'pricelist': pricelist,
            'rule_by_size': bool(pricelist) and pricelist._has_ecrm_area_minimum(),
            'rules_found': {},
            'setup': self._get_setup(profile.setup_product_id, pricelist),
        }

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
        try:
            size = parse_size(request.get('size'), desk['unit'])
            answer = compute_price(desk['rules'], size)
        except (SizeError, PriceError) as error:
            return {
                'error': self.env['ecrm.sized.mixin']._ecrm_explain(error, desk['unit']),
                'quote': getattr(error, 'quote', False),
            }
        price, currency, name = self._get_price(desk, size, answer, quantity)
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
    def _get_price(self, desk, size, answer, quantity):
        """The unit price by the pricelist, its currency and that one's name; rule and rates are looked up once a quantity."""
        template = desk['template']
        key = (quantity, size.key) if desk['rule_by_size'] else quantity
        if key not in desk['rules_found']:
            product = template.with_context(**template._get_ecrm_context(size))
            found = self._find_rule(product, quantity, desk['pricelist'])
            desk['rules_found'][key] = (*found, found[1].name)
        rule, currency, steps, name = desk['rules_found'][key]
        if not rule:
            # As the order line does it: first to the product's currency, rounded, then to the one shown
            price = float(answer.amount)
            for target, rate in steps:
                price = target.round(price * rate)
            return price, currency, name
        product = template.with_context(**template._get_ecrm_context(size))
        price = rule._compute_price(
            product, quantity, template.uom_id, fields.Date.today(), currency
        )
        return price, currency, name

    @api.model
    def _find_rule(self, template, quantity, pricelist):
        """The pricelist's rule for a product, the currency shown, and the steps from one currency to the next.

        :rtype: tuple
        """
        rule_id = pricelist._get_product_rule(template, quantity=quantity, uom=template.uom_id)
        currency = pricelist.currency_id or template.currency_id
        own, today = template.sudo().ecrm_size_profile_id.currency_id, fields.Date.today()
        steps = [
            (target, source._get_conversion_rate(source, target, self.env.company, today))
            for source, target in ((own, template.currency_id), (template.currency_id, currency))
            if source != target
        ]
        return self.env['product.pricelist.item'].browse(rule_id), currency, steps
