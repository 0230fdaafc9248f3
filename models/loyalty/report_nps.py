from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.ecrm.tools import survey


class EcrmReportNps(models.Model):
    """The net promoter score of the last 30, 90 and 365 days, with what a small sample allows."""

    _name = 'ecrm.report.nps'
    _description = "Net Promoter Score"
    _auto = False
    _order = 'company_id, id'
    _rec_name = 'period'

    company_id = fields.Many2one('res.company', readonly=True)
    period = fields.Selection(
        [('30', "Last 30 days"), ('90', "Last 90 days"), ('365', "Last 12 months")], readonly=True
    )
    answer_count = fields.Integer("Answers", readonly=True)
    promoter_count = fields.Integer("Promoters", readonly=True)
    passive_count = fields.Integer("Passives", readonly=True)
    detractor_count = fields.Integer("Detractors", readonly=True)
    is_shown = fields.Boolean(compute='_compute_nps')
    nps = fields.Float("NPS", digits=(16, 1), compute='_compute_nps')
    low = fields.Float("Lower Bound", digits=(16, 1), compute='_compute_nps')
    high = fields.Float("Upper Bound", digits=(16, 1), compute='_compute_nps')
    message = fields.Char("Remark", compute='_compute_nps')

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT company.id * 8 + period.rank AS id, company.id AS company_id,
                   period.days::text AS period, COUNT(answer.id) AS answer_count,
                   COUNT(answer.id) FILTER (WHERE answer.group = 'promoter') AS promoter_count,
                   COUNT(answer.id) FILTER (WHERE answer.group = 'passive') AS passive_count,
                   COUNT(answer.id) FILTER (WHERE answer.group = 'detractor') AS detractor_count
              FROM res_company company
        CROSS JOIN (VALUES (1, 30), (2, 90), (3, 365)) AS period(rank, days)
         LEFT JOIN ecrm_feedback answer
                ON answer.company_id = company.id
               AND answer.state = 'answered'
               AND answer.answer_date > %s - period.days * interval '1 day'
             WHERE company.id = ANY(%s)
          GROUP BY company.id, period.rank, period.days
            """,
            fields.Datetime.now(),
            self.env.companies.ids,
        )

    # === COMPUTE METHODS === #

    @api.depends('promoter_count', 'passive_count', 'detractor_count')
    def _compute_nps(self):
        for row in self:
            found = survey.nps_from_counts(
                row.promoter_count, row.passive_count, row.detractor_count
            )
            row.is_shown = bool(found and found.is_shown)
            row.nps, row.low, row.high = (
                (found.value, found.low, found.high) if row.is_shown else (0, 0, 0)
            )
            row.message = not row.is_shown and self.env._(
                "Shown from %(needed)s answers on.", needed=survey.NPS_MINIMUM
            )
