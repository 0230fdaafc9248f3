from datetime import timedelta

from odoo import api, fields, models

BATCH = 10000
VISIT_WORDS = ('ecrm_landing_page', 'ecrm_referrer', 'ecrm_first_touch', 'ecrm_last_touch')


class EcrmSubmission(models.Model):
    """What is forgotten by itself, besides what each source says: the company sets the days."""

    _inherit = 'ecrm.submission'

    @api.model
    def _companies_that_forget(self, setting):
        """Give each company with the moment before which it forgets something.

        :param str setting: name of a field of res.company, in days; 0 keeps for ever
        :return: list of ``(company, naive UTC datetime)``
        """
        now = fields.Datetime.now()
        companies = (
            self.env['res.company'].with_context(active_test=False).search([(setting, '>', 0)])
        )
        return [(company, now - timedelta(days=company[setting])) for company in companies]

    @api.autovacuum
    def _gc_unanswered(self):
        """Remove what waited for a person, or could not be processed, for longer than allowed."""
        for company, limit in self._companies_that_forget('ecrm_intake_review_days'):
            self.search(
                [
                    ('company_id', '=', company.id),
                    ('state', 'in', ('review', 'dead')),
                    ('create_date', '<', limit),
                ],
                limit=BATCH,
            ).unlink()

    @api.autovacuum
    def _gc_attempts(self):
        """Remove the errors of old attempts, which quote what was sent."""
        for company, limit in self._companies_that_forget('ecrm_intake_attempt_days'):
            self.env['ecrm.submission.attempt'].search(
                [
                    ('submission_id.company_id', '=', company.id),
                    ('submission_id.state', '!=', 'new'),
                    ('create_date', '<', limit),
                ],
                limit=BATCH,
            ).unlink()

    @api.autovacuum
    def _gc_visits(self):
        """Forget by which pages and advertisements somebody came; the source of a lead stays."""
        for company, limit in self._companies_that_forget('ecrm_intake_visit_days'):
            old = [('company_id', '=', company.id), ('create_date', '<', limit)]
            rows = self.search(
                [*old, '|', ('touches', '!=', False), ('page', '!=', False)], limit=BATCH
            )
            rows.write({'touches': False, 'page': False, 'ip_hash': False})
            leads = self.env['crm.lead'].with_context(active_test=False, tracking_disable=True)
            visited = ['|'] * (len(VISIT_WORDS) - 1) + [(name, '!=', False) for name in VISIT_WORDS]
            leads.search([*old, *visited], limit=BATCH).write(dict.fromkeys(VISIT_WORDS, False))
