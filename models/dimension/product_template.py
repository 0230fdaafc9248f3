from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import frozendict

from ...tools.price import PriceError, measure
from ...tools.size import UNITS


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    ecrm_size_profile_id = fields.Many2one(
        'ecrm.size.profile',
        string="Size profile",
        index='btree_not_null',
        ondelete='restrict',
        check_company=True,
        tracking=True,
        help="Sizes this product is made in, and their prices. Empty: sold as it is, at its list price.",
    )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._sync_ecrm_list_price()
        return templates

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() & {'ecrm_size_profile_id', 'list_price'} and not self.env.context.get(
            'ecrm_list_price_sync'
        ):
            self._sync_ecrm_list_price()
        return res

    # === ACTIONS === #

    def action_ecrm_assign_profile(self):
        """Open the wizard that gives a size profile to the products chosen in the list."""
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Assign a size profile"),
            'res_model': 'ecrm.size.profile.assign',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_product_tmpl_ids': self.ids},
        }

    # === BUSINESS METHODS === #

    def _sync_ecrm_list_price(self):
        """Keep the list price of sized products at their "from" price: the shop filters and sorts by that column."""
        for profile, templates in self.sudo().grouped('ecrm_size_profile_id').items():
            if not profile:
                continue
            for currency, same_currency in templates.grouped('currency_id').items():
                company = profile.company_id or self.env.company
                price = profile.currency_id._convert(
                    profile.from_price, currency, company, fields.Date.today()
                )
                stale = self.browse(
                    template.id
                    for template in same_currency
                    if currency.compare_amounts(template.list_price, price)
                )
                if stale:
                    stale.sudo().with_context(ecrm_list_price_sync=True).list_price = price

    def _get_ecrm_context(self, size):
        """Context that prices this template at a size, and no other product priced in the same environment.

        :param Size size: or None
        :rtype: dict
        """
        self.ensure_one()
        if not size or not self.sudo().ecrm_size_profile_id:
            return {}
        sizes = dict(self.env.context.get('ecrm_sizes') or {})
        return {'ecrm_sizes': frozendict({**sizes, self.id: size})}

    def _get_ecrm_context_size(self):
        """Size this template is priced at in the environment.

        :rtype: Size | None
        """
        self.ensure_one()
        return (self.env.context.get('ecrm_sizes') or {}).get(self.id)

    def _get_product_price_context(self, combination):
        # EXTENDS product: the values chosen, for the prices that depend on the size
        context = super()._get_product_price_context(combination)
        if combination and self.sudo().ecrm_size_profile_id:
            context['ecrm_option_ids'] = tuple(combination.ids)
        return context

    def _price_compute(self, price_type, uom=None, currency=None, company=None, date=False):
        # EXTENDS product
        prices = super()._price_compute(price_type, uom, currency, company, date)
        if price_type == 'list_price' and self.env.context.get('ecrm_sizes'):
            for template in self:
                if (size := template._get_ecrm_context_size()) is not None:
                    values = template._get_ecrm_context_values()
                    prices[template.id] = template._get_ecrm_price(
                        size, values, uom=uom, currency=currency, company=company, date=date
                    )
        return prices

    def _get_ecrm_context_values(self):
        return self._get_ecrm_own_values(self.env.context.get('ecrm_option_ids', ()))

    def _get_ecrm_own_values(self, option_ids):
        """Attribute values of this template among those that a request named.

        :rtype: product.template.attribute.value
        """
        values = self.env['product.template.attribute.value'].browse(option_ids)
        return values.filtered(lambda value: value.product_tmpl_id == self)

    def _get_ecrm_price(self, size, values, *, uom=None, currency=None, company=None, date=False):
        """Price of one set as `_price_compute` gives it: in `currency` or the product's own.

        :param Size size:
        :param values: `product.template.attribute.value` chosen, of this template
        :rtype: float
        :raises UserError: the size is not sold
        """
        self.ensure_one()
        company = company or self.env.company
        date = date or fields.Date.context_today(self)
        profile = self.sudo().ecrm_size_profile_id
        try:
            answer = profile._compute_size_price(size, values._get_ecrm_options())
        except PriceError as error:
            raise UserError(
                self.env['ecrm.sized.mixin']._ecrm_explain(error, profile._get_facts().unit)
            ) from error
        price = float(answer.amount)
        own = self.env['res.currency'].browse(profile._get_facts().currency_id)
        if own != self.currency_id:
            price = own._convert(price, self.currency_id, company, date)
        if uom:
            price = self.uom_id._compute_price(price, uom)
        if currency:
            price = self.currency_id._convert(price, currency, company, date)
        return price

    def _get_ecrm_billed_area(self, size):
        """Square metres charged for one set.

        :rtype: float
        """
        self.ensure_one()
        profile = self.sudo().ecrm_size_profile_id
        rules = profile._get_rules()
        unit = UNITS[rules.rate_unit]
        return float(measure(rules, size).area * unit * unit / 1_000_000)
