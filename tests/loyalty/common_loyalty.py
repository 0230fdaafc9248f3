from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.ecrm.tests.common import EcrmCommon

NOW = datetime(2026, 3, 15, 12, 0)


class LoyaltyCommon(EcrmCommon):
    """Customers with orders in the past, in a company of their own.

    Attributes set: ``shop`` (a company in EUR), ``product`` and ``indicators`` (the model, in the
    shop's company). Every test decides what it freezes; ``NOW`` is what the helpers count from.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eur = cls.env.ref('base.EUR')
        cls.eur.active = True
        cls.shop = cls.env['res.company'].create(
            {'name': "Shop of the test", 'currency_id': cls.eur.id, 'ecrm_loyalty_tz': 'UTC'}
        )
        users = cls.env.user | cls.user_sales | cls.user_marketing | cls.user_manager
        users.company_ids |= cls.shop
        users.company_id = cls.shop
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.shop.ids))
        cls.product = cls.env['product.product'].create(
            {'name': "Canvas", 'type': 'service', 'list_price': 100, 'taxes_id': False}
        )
        cls.indicators = cls.env['ecrm.customer.indicator']

    @classmethod
    def _customer(cls, name, **values):
        return cls.env['res.partner'].create({'name': name, **values})

    @classmethod
    def _order(cls, partner, days_ago=0, amount=100, **values):
        """A confirmed order of one line, dated before ``NOW``."""
        order = cls.env['sale.order'].create(
            {
                'partner_id': partner.id,
                'order_line': [
                    Command.create(
                        {'product_id': cls.product.id, 'product_uom_qty': 1, 'tax_ids': False}
                    )
                ],
                **values,
            }
        )
        order.order_line.price_unit = amount
        order.action_confirm()
        order.date_order = NOW - timedelta(days=days_ago)
        return order

    @classmethod
    def _row(cls, partner, company=None):
        """The indicators of a customer after a refresh of everything."""
        cls.indicators._refresh_all()
        return cls.indicators.sudo().search(
            [('partner_id', '=', partner.id), ('company_id', '=', (company or cls.shop).id)]
        )
