from odoo import api, fields, models

from ...tools.price import PriceError

SIZE_FIELDS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')


class SaleOrderLine(models.Model):
    """Why a size costs what it costs, on the order form."""

    _inherit = 'sale.order.line'

    ecrm_breakdown = fields.Json(compute='_compute_ecrm_breakdown')
    ecrm_manual_price = fields.Boolean(
        compute='_compute_ecrm_manual_price', help="The price of this size was typed by hand."
    )

    # === COMPUTE METHODS === #

    @api.depends(
        *SIZE_FIELDS,
        'product_id',
        'product_no_variant_attribute_value_ids',
        'price_unit',
        'currency_id',
    )
    @api.depends_context('lang')
    def _compute_ecrm_breakdown(self):
        for line in self:
            line.ecrm_breakdown = line._prepare_ecrm_breakdown()

    @api.depends('price_unit', 'technical_price_unit', 'ecrm_width_mm')
    def _compute_ecrm_manual_price(self):
        for line in self:
            currency = line.currency_id or line.env.company.currency_id
            differs = currency.compare_amounts(line.technical_price_unit, line.price_unit)
            line.ecrm_manual_price = bool(line.ecrm_width_mm and differs)

    # === ACTIONS === #

    def action_ecrm_recompute_price(self):
        """Put the price of the size back where one was typed by hand."""
        lines = self.filtered(lambda line: line.ecrm_width_mm and not line.qty_invoiced)
        lines.check_access('write')
        lines.with_context(force_price_recomputation=True)._compute_price_unit()

    # === BUSINESS METHODS === #

    def _prepare_ecrm_breakdown(self):
        """The steps of the size's price in the profile's currency, before pricelist and tax.

        :return: ``{'label', 'rows', 'total', 'problem'}`` of texts, or False without a size
        :rtype: dict | bool
        """
        self.ensure_one()
        profile, size = self._get_ecrm_profile(), self._get_ecrm_size()
        if not profile or not size or self.display_type:
            return False
        breakdown = {
            'label': self._ecrm_label(size, profile.unit),
            'rows': [],
            'total': '',
            'problem': '',
        }
        values = (
            self.product_id.product_template_attribute_value_ids
            | self.product_no_variant_attribute_value_ids
        )
        try:
            price = profile._compute_size_price(size, values._get_ecrm_options())
        except PriceError as error:
            return dict(breakdown, problem=profile._explain_refusal(error, size))
        breakdown['rows'] = [
            {'label': row['label'], 'text': row['text']} for row in profile._explain_price(price)
        ]
        breakdown['total'] = profile.currency_id.format(float(price.amount))
        return breakdown
