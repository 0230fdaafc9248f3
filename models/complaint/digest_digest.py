from datetime import datetime

from odoo import fields, models
from odoo.exceptions import AccessError

from ...tools import transition


class DigestDigest(models.Model):
    _inherit = 'digest.digest'

    kpi_ecrm_complaint_new = fields.Boolean("New Complaints")
    kpi_ecrm_complaint_new_value = fields.Integer(compute='_compute_kpi_ecrm_complaint_new_value')
    kpi_ecrm_complaint_solved = fields.Boolean("Complaints Solved")
    kpi_ecrm_complaint_solved_value = fields.Integer(
        compute='_compute_kpi_ecrm_complaint_solved_value'
    )
    kpi_ecrm_complaint_late = fields.Boolean("Open Complaints Too Late")
    kpi_ecrm_complaint_late_value = fields.Integer(compute='_compute_kpi_ecrm_complaint_late_value')

    def _ecrm_check_complaint_access(self):
        """Leave the figures out of the mail of a user who may not read them."""
        if not self.env.user.has_group('ecrm.group_complaint_agent'):
            raise AccessError(self.env._("You do not handle complaints."))

    def _compute_kpi_ecrm_complaint_new_value(self):
        self._ecrm_check_complaint_access()
        self._calculate_company_based_kpi(
            'ecrm.complaint',
            'kpi_ecrm_complaint_new_value',
            date_field='received_at',
            additional_domain=[('kind', '!=', transition.SPAM)],
        )

    def _compute_kpi_ecrm_complaint_solved_value(self):
        self._ecrm_check_complaint_access()
        self._calculate_company_based_kpi(
            'ecrm.complaint', 'kpi_ecrm_complaint_solved_value', date_field='resolved_at'
        )

    def _compute_kpi_ecrm_complaint_late_value(self):
        self._ecrm_check_complaint_access()
        # What is late now is late however long ago it came: no column of the mail may hide it
        ever = self.with_context(start_datetime=datetime(2000, 1, 1))
        ever._calculate_company_based_kpi(
            'ecrm.complaint',
            'kpi_ecrm_complaint_late_value',
            date_field='received_at',
            additional_domain=[('sla_state', '=', 'failed'), ('kind', 'in', transition.ACTIVE)],
        )

    def _compute_kpis_actions(self, company, user):
        # EXTENDS digest
        result = super()._compute_kpis_actions(company, user)
        menu = self.env.ref('ecrm.menu_ecrm_complaints').id
        for name in ('new', 'solved'):
            result[f'kpi_ecrm_complaint_{name}'] = f'ecrm.action_ecrm_complaint?menu_id={menu}'
        result['kpi_ecrm_complaint_late'] = f'ecrm.action_ecrm_complaint_today?menu_id={menu}'
        return result
