from odoo import api, fields, models

from ...tools.dimension import SizeError, parse_size
from ...tools.price import PriceError


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
        """
        pricelist = self.env['product.pricelist']
        if isinstance(pricelist_id, int) and not isinstance(pricelist_id, bool):
            pricelist = pricelist.search([('id', '=', pricelist_id)])
        templates = self._find_templates(requests)
        rules = {}
        return [
            self._quote_one(request, templates.get(request.get('product')), pricelist, rules)
            for request in requests
        ]

    @api.model
    def _find_templates(self, requests):
        """Products by what they were called in the requests: one search, whatever the number.

        :rtype: dict
        """
        asked = {
            value
            for value in (request.get('product') for request in requests)
            if isinstance(value, int | str)
        }
        names = [value for value in asked if isinstance(value, str) and value.strip()]
        ids = [value for value in asked if isinstance(value, int) and not isinstance(value, bool)]
        found = {
            template.id: template
            for template in self.env['product.template'].search([('id', 'in', ids)])
        }
        variants = self.env['product.product'].search([('default_code', 'in', names)])
        found.update({variant.default_code: variant.product_tmpl_id for variant in variants})
        return found

    @api.model
    def _quote_one(self, request, template, pricelist, rules):
        sized = self.env['ecrm.sized.mixin']
        profile = template.sudo().ecrm_size_profile_id if template else None
        if not profile:
            return {'error': self.env._("No product sold by size bears this reference.")}
        quantity = request.get('quantity', 1)
        if (
            isinstance(quantity, bool)
            or not isinstance(quantity, int)
            or not 0 < quantity <= 100_000
        ):
            return {'error': self.env._("The quantity is a whole number above zero.")}
        try:
            size = parse_size(request.get('size'), profile.unit)
            answer = profile._compute_size_price(size)
        except (SizeError, PriceError) as error:
            return {
                'error': sized._ecrm_explain(error, profile.unit),
                'quote': getattr(error, 'quote', False),
            }
        price, currency = self._get_price(
            template, size, answer, quantity=quantity, pricelist=pricelist, rules=rules
        )
        result = {
            'size': profile._get_size_text(size),
            'width_mm': float(size.width_mm),
            'height_mm': float(size.height_mm),
            'panels': size.panels,
            'price': price,
            'total': currency.round(price * quantity),
            'currency': currency.name,
        }
        if request.get('breakdown'):
            result['label'] = sized._ecrm_label(size, profile.unit)
            result['promised'] = str(profile._get_promised_date(size, quantity))
            result['breakdown'] = [
                {'label': row['label'], 'amount': row['amount']}
                for row in profile._explain_price(answer)
            ]
        return result

    @api.model
    def _get_price(self, template, size, answer, *, quantity, pricelist, rules):
        """The unit price by the pricelist, and its currency; rule and rates are looked up once a quantity."""
        key = (template.id, quantity)
        if key not in rules:
            rules[key] = self._find_rule(template, quantity, pricelist)
        rule, currency, rates = rules[key]
        if not rule:
            # As the order line does it: first to the product's currency, rounded, then to the one shown
            price = template.currency_id.round(float(answer.amount) * rates[0])
            return currency.round(price * rates[1]), currency
        product = template.with_context(**template._get_ecrm_context(size))
        price = rule._compute_price(
            product, quantity, template.uom_id, fields.Date.today(), currency
        )
        return price, currency

    @api.model
    def _find_rule(self, template, quantity, pricelist):
        """The pricelist's rule for a product, the currency shown, and the rates towards it.

        :rtype: tuple
        """
        rule_id = pricelist._get_product_rule(template, quantity=quantity, uom=template.uom_id)
        currency = pricelist.currency_id or template.currency_id
        own, today = template.sudo().ecrm_size_profile_id.currency_id, fields.Date.today()
        rates = [
            source._get_conversion_rate(source, target, self.env.company, today)
            if source != target
            else 1.0
            for source, target in ((own, template.currency_id), (template.currency_id, currency))
        ]
        return self.env['product.pricelist.item'].browse(rule_id), currency, rates
