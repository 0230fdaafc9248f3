from odoo import api, fields, models
from odoo.tools import SQL


class EcrmComplaintReport(models.Model):
    """Founded complaints against deliveries, and how fast they were handled.

    Definitions. ``delivered``: quantity delivered of orders of the period, by order date. ``founded``:
    quantity of founded complaints about these orders, so that the rate compares a month's complaints
    with the very goods of that month. ``rate`` = 100 * founded / delivered. The times are of the
    FIRST response and resolution, in working hours, as median and 90th percentile; how fast we were
    in a month is asked by ``received``, the day a complaint came, which goods have not. Spam,
    cancelled and merged complaints do not count. No person stands in this report.
    """

    _name = 'ecrm.complaint.report'
    _description = "Complaint Analysis"
    _auto = False
    _order = 'date desc'

    date = fields.Date(string="Order Date", readonly=True)
    received = fields.Date(string="Received On", readonly=True)
    company_id = fields.Many2one('res.company', readonly=True)
    product_id = fields.Many2one('product.product', readonly=True)
    product_tmpl_id = fields.Many2one('product.template', string="Model", readonly=True)
    size = fields.Char(string="Size (mm)", readonly=True)
    channel = fields.Selection(
        selection=lambda self: (
            self.env['ecrm.complaint']._fields['channel']._description_selection(self.env)
        ),
        readonly=True,
    )
    cause_id = fields.Many2one('ecrm.complaint.cause', readonly=True)
    family_id = fields.Many2one('ecrm.complaint.cause', string="Family of Causes", readonly=True)
    area = fields.Selection(
        selection=lambda self: (
            self.env['ecrm.complaint.cause']._fields['area']._description_selection(self.env)
        ),
        string="Responsible Area",
        readonly=True,
    )
    team_id = fields.Many2one('ecrm.complaint.team', readonly=True)
    age = fields.Integer(
        string="Months until the Complaint",
        readonly=True,
        aggregator=None,
        help="Months from the month of the order to the month in which the complaint arrived.",
    )
    # The way from a figure to its complaints, for those who may read complaints
    complaint_id = fields.Many2one(
        'ecrm.complaint', readonly=True, groups='ecrm.group_complaint_agent'
    )
    delivered = fields.Float(readonly=True)
    complaints = fields.Integer(readonly=True)
    founded = fields.Float(string="Founded Quantity", readonly=True)
    # No row has these: they are figures of a group, so that reading a row must not ask for them
    rate = fields.Float(
        string="Founded per 100 Delivered", readonly=True, aggregator='avg', prefetch=False
    )
    response_median = fields.Float(
        string="First Response, median (h)", readonly=True, aggregator='avg', prefetch=False
    )
    response_p90 = fields.Float(
        string="First Response, 90 % (h)", readonly=True, aggregator='avg', prefetch=False
    )
    net_median = fields.Float(
        string="Resolution net, median (h)", readonly=True, aggregator='avg', prefetch=False
    )
    net_p90 = fields.Float(
        string="Resolution net, 90 % (h)", readonly=True, aggregator='avg', prefetch=False
    )
    gross_median = fields.Float(
        string="Resolution gross, median (h)", readonly=True, aggregator='avg', prefetch=False
    )
    gross_p90 = fields.Float(
        string="Resolution gross, 90 % (h)", readonly=True, aggregator='avg', prefetch=False
    )
    reopened = fields.Integer(readonly=True)
    reopen_rate = fields.Float(
        string="Reopened (%)", readonly=True, aggregator='avg', prefetch=False
    )
    surveyed = fields.Integer(string="Asked for a Rating", readonly=True)
    rated = fields.Integer(readonly=True)
    satisfaction = fields.Float(readonly=True, aggregator='avg', prefetch=False)
    csat = fields.Float(
        string="Satisfied (%)",
        readonly=True,
        aggregator='avg',
        prefetch=False,
        help="Ratings of 4 and 5 in 100 ratings.",
    )
    survey_rate = fields.Float(string="Rated (%)", readonly=True, aggregator='avg', prefetch=False)
    quality_cost = fields.Float(
        string="Cost of Non-Quality",
        readonly=True,
        groups='ecrm.group_complaint_all,ecrm.group_marketing',
        help="What remedies cost. It tells margins, so an agent who sees only his own complaints does not see it.",
    )

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._select_delivered(), self._select_complaints())

    def _select_delivered(self):
        return SQL(
            """
            SELECT -l.id AS id, o.date_order::date AS date, NULL::date AS received,
                   l.company_id, l.product_id, p.product_tmpl_id, %s AS size, NULL AS channel, NULL::int AS cause_id,
                   NULL::int AS family_id, NULL AS area, NULL::int AS team_id,
                   NULL::int AS age, NULL::int AS complaint_id,
                   l.qty_delivered AS delivered, 0 AS complaints, 0 AS founded,
                   NULL::float AS response_hours, NULL::float AS net_hours,
                   NULL::float AS gross_hours, 0 AS reopened, 0 AS surveyed, 0 AS rated,
                   NULL::int AS score, 0 AS resolved, 0 AS quality_cost
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id
              JOIN product_product p ON p.id = l.product_id
              JOIN product_template t ON t.id = p.product_tmpl_id AND t.type = 'consu'
             WHERE l.qty_delivered > 0
            """,
            self._size('l'),
        )

    def _select_complaints(self):
        return SQL(
            """
            SELECT c.id * 1000::bigint + COALESCE(n.rank, 0) AS id,
                   COALESCE(c.order_date, c.received_at::date) AS date,
                   c.received_at::date AS received, c.company_id, n.product_id, p.product_tmpl_id,
                   n.size, c.channel, n.cause_id, k.parent_id AS family_id, k.area, c.team_id,
                   GREATEST(0, (EXTRACT(YEAR FROM c.received_at) * 12
                       + EXTRACT(MONTH FROM c.received_at)
                       - EXTRACT(YEAR FROM COALESCE(c.order_date, c.received_at)) * 12
                       - EXTRACT(MONTH FROM COALESCE(c.order_date, c.received_at))))::int AS age,
                   c.id AS complaint_id, 0 AS delivered,
                   n.first AS complaints,
                   CASE WHEN c.founded = 'yes' THEN n.quantity ELSE 0 END AS founded,
                   CASE WHEN n.first = 1 AND c.first_response_at IS NOT NULL
                        THEN c.response_hours END AS response_hours,
                   CASE WHEN n.first = 1 AND c.resolved_at IS NOT NULL
                        THEN c.resolution_net_hours END AS net_hours,
                   CASE WHEN n.first = 1 AND c.resolved_at IS NOT NULL
                        THEN c.resolution_gross_hours END AS gross_hours,
                   n.first * (c.reopen_count > 0)::int AS reopened,
                   n.first * COALESCE(c.surveyed, FALSE)::int AS surveyed,
                   n.first * (COALESCE(c.score, 0) > 0)::int AS rated,
                   CASE WHEN n.first = 1 THEN NULLIF(c.score, 0) END AS score,
                   n.first * (c.resolved_at IS NOT NULL)::int AS resolved,
                   n.first * COALESCE(c.quality_cost, 0) AS quality_cost
              FROM ecrm_complaint c
              CROSS JOIN LATERAL (
                   SELECT l.product_id, l.quantity, COALESCE(l.cause_id, c.cause_id) AS cause_id,
                          %s AS size, ROW_NUMBER() OVER w AS rank,
                          (ROW_NUMBER() OVER w = 1)::int AS first
                     FROM ecrm_complaint_line l
                    WHERE l.complaint_id = c.id
                   WINDOW w AS (ORDER BY l.id)
                   UNION ALL
                   SELECT NULL, 1, c.cause_id, NULL, 1, 1
                    WHERE NOT EXISTS (
                          SELECT FROM ecrm_complaint_line l WHERE l.complaint_id = c.id)
                   ) n
         LEFT JOIN product_product p ON p.id = n.product_id
         LEFT JOIN ecrm_complaint_cause k ON k.id = n.cause_id
             WHERE c.kind NOT IN ('spam', 'cancelled') AND c.merged_into_id IS NULL
            """,
            self._size('l'),
        )

    def _size(self, alias):
        """The size of an order's or a complaint's line as text that no language changes."""
        fields_sql = [
            SQL.identifier(alias, name)
            for name in ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels')
        ]
        width, height, panels = fields_sql
        return SQL(
            "CASE WHEN %s > 0 THEN ROUND(%s)::text || ' x ' || ROUND(%s)::text || "
            "CASE WHEN %s > 1 THEN ' x ' || %s::text ELSE '' END END",
            width, width, height, panels, panels,
        )  # fmt: skip

    # Figures that no sum or average of rows can give: their SQL over a group
    _FORMULAS = {
        'rate': "100.0 * SUM({founded}) / NULLIF(SUM({delivered}), 0)",
        'reopen_rate': "100.0 * SUM({reopened}) / NULLIF(SUM({resolved}), 0)",
        'survey_rate': "100.0 * SUM({rated}) / NULLIF(SUM({surveyed}), 0)",
        'satisfaction': "AVG({score})",
        'csat': "100.0 * COUNT(*) FILTER (WHERE {score} >= 4) / NULLIF(COUNT({score}), 0)",
        'response_median': "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY {response_hours})",
        'response_p90': "PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY {response_hours})",
        'net_median': "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY {net_hours})",
        'net_p90': "PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY {net_hours})",
        'gross_median': "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY {gross_hours})",
        'gross_p90': "PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY {gross_hours})",
    }

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        # EXTENDS base
        name = aggregate_spec.partition(':')[0]
        if name not in self._FORMULAS:
            return super()._read_group_select(aggregate_spec, query)
        template = self._FORMULAS[name]
        columns = [part.partition('}')[0] for part in template.split('{')[1:]]
        code = template
        for column in columns:
            code = code.replace(f'{{{column}}}', '%s', 1)
        return SQL(code, *(SQL.identifier(self._table, column) for column in columns))

    # === ACTIONS === #

    def action_open_complaint(self):
        """The complaint behind the row, for who may read complaints; nothing behind goods delivered."""
        self.ensure_one()
        self.env['ecrm.complaint'].check_access('read')
        if not self.complaint_id:
            return False
        return {
            'type': 'ir.actions.act_window',
            'res_model': 'ecrm.complaint',
            'res_id': self.complaint_id.id,
            'views': [(False, 'form')],
        }
