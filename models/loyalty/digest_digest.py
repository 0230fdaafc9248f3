from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    """The shop's key figures in the digest mail."""

    _inherit = 'digest.digest'

    kpi_ecrm_net_sales = fields.Boolean("Net Sales")
    kpi_ecrm_net_sales_value = fields.Monetary(compute='_compute_kpi_ecrm_net_sales_value')
    kpi_ecrm_new_customers = fields.Boolean("New Customers")
    kpi_ecrm_new_customers_value = fields.Integer(compute='_compute_kpi_ecrm_new_customers_value')
    kpi_ecrm_abandoned_carts = fields.Boolean("Abandoned Carts")
    kpi_ecrm_abandoned_carts_value = fields.Integer(
        compute='_compute_kpi_ecrm_abandoned_carts_value'
    )

    # === COMPUTE METHODS === #

    def _ecrm_check_marketing_access(self):
        """Leave the shop's totals out of the mail of a user who may not read them."""
        if not self.env.user.has_group('ecrm.group_marketing'):
            raise AccessError(self.env._("The shop's totals are for marketing."))

    def _compute_kpi_ecrm_net_sales_value(self):
        self._ecrm_check_marketing_access()
        self._calculate_company_based_kpi(
            'ecrm.report.sale',
            'kpi_ecrm_net_sales_value',
            date_field='date',
            sum_field='net_revenue',
        )

    def _compute_kpi_ecrm_new_customers_value(self):
        self._ecrm_check_marketing_access()
        self._calculate_company_based_kpi(
            'ecrm.customer.indicator',
            'kpi_ecrm_new_customers_value',
            date_field='first_order_date',
        )

    def _compute_kpi_ecrm_abandoned_carts_value(self):
        self._ecrm_check_marketing_access()
        self._calculate_company_based_kpi(
            'ecrm.report.cart',
            'kpi_ecrm_abandoned_carts_value',
            date_field='date',
            additional_domain=[('outcome', '!=', 'confirmed')],
        )

    def _compute_kpis_actions(self, company, user):
        # EXTENDS digest
        result = super()._compute_kpis_actions(company, user)
        menu = self.env.ref('ecrm.menu_ecrm_root').id
        result['kpi_ecrm_net_sales'] = f'ecrm.action_ecrm_report_sale?menu_id={menu}'
        result['kpi_ecrm_new_customers'] = f'ecrm.action_ecrm_customers?menu_id={menu}'
        result['kpi_ecrm_abandoned_carts'] = f'ecrm.action_ecrm_report_cart?menu_id={menu}'
        return result
