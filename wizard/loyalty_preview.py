from itertools import pairwise

from odoo import Command, api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.ecrm.tools import rfm

BANDS = ('low', 'medium', 'high')
COMPANY_FIELDS = (
    'horizon_days',
    'churn_medium',
    'churn_high',
    'frequency_rule',
    'frequency_bounds',
)


class EcrmLoyaltyPreview(models.TransientModel):
    """Change horizon, churn bands, frequency thresholds and segment table, and see who moves where before saving.

    Always about the current company; the segment table alone is shared by all of them.
    """

    _name = 'ecrm.loyalty.preview'
    _description = "Preview of Segments and Churn Bands"

    horizon_days = fields.Integer(
        "Horizon (days)", required=True, default=lambda self: self.env.company.ecrm_horizon_days
    )
    churn_medium = fields.Float(
        "Medium Risk From", required=True, default=lambda self: self.env.company.ecrm_churn_medium
    )
    churn_high = fields.Float(
        "High Risk From", required=True, default=lambda self: self.env.company.ecrm_churn_high
    )
    frequency_rule = fields.Selection(
        lambda self: self._frequency_rules(),
        "Frequency Score",
        required=True,
        default=lambda self: self.env.company.ecrm_frequency_rule,
    )
    frequency_bounds = fields.Char(
        "Orders for Scores 2 to 5", default=lambda self: self.env.company.ecrm_frequency_bounds
    )
    threshold_note = fields.Char(compute='_compute_threshold_note')
    row_ids = fields.One2many(
        'ecrm.loyalty.preview.row',
        'preview_id',
        string="Segment Table",
        default=lambda self: self._default_row_ids(),
    )
    has_model = fields.Boolean(compute='_compute_band_moves')
    band_moves = fields.Html(compute='_compute_band_moves', sanitize=False)
    segment_moves = fields.Html(compute='_compute_segment_moves', sanitize=False)

    # === DEFAULT METHODS === #

    def _frequency_rules(self):
        """The company's choices, in the language of who looks."""
        field = self.env['res.company']._fields['ecrm_frequency_rule']
        return field._description_selection(self.env)

    def _default_row_ids(self):
        names = self._bound_names()
        segments = self.env['ecrm.customer.segment'].search([('is_prospect', '=', False)])
        return [
            Command.create({'segment_id': row.pop('id'), 'sequence': place, **row})
            for place, row in enumerate(segments.read(names))
        ]

    # === COMPUTE METHODS === #

    @api.depends('horizon_days', 'churn_medium', 'churn_high')
    def _compute_band_moves(self):
        field = self.env['ecrm.customer.indicator']._fields['churn_band']
        names = dict(field._description_selection(self.env))
        for preview in self:
            fit = self.env['ecrm.customer.fit']._last_good(self.env.company)
            preview.has_model = bool(fit)
            moves = preview._count_band_moves(fit) if fit and preview._is_in_bounds() else []
            preview.band_moves = preview._render(
                [(names[old], names[new], customers) for old, new, customers in moves],
                [names[band] for band in BANDS],
            )

    @api.depends('frequency_rule', 'frequency_bounds')
    @api.depends_context('lang')
    def _compute_threshold_note(self):
        threshold = self.env['ecrm.customer.threshold']._current(self.env.company)
        now = threshold._spans('frequency')
        for preview in self:
            bounds = preview._frequency_bounds()
            if not bounds:
                preview.threshold_note = self.env._(
                    "Type four growing numbers of orders such as 2, 3, 4, 6."
                )
                continue
            ends = pairwise([None, *bounds, None])
            preview.threshold_note = self.env._(
                "Orders that make the scores 1 to 5: %(new)s. In force since %(date)s: %(now)s.",
                new=" | ".join(threshold._span('frequency', *span) for span in ends),
                now=" | ".join(now),
                date=format_date(self.env, threshold.date),
            )

    @api.depends(
        'frequency_rule',
        'frequency_bounds',
        'row_ids.sequence',
        *(f'row_ids.{s}_{end}' for s in 'rfm' for end in ('min', 'max')),
    )
    def _compute_segment_moves(self):
        for preview in self:
            segments = preview.row_ids.segment_id
            names = {segment.id: segment.name for segment in segments}
            preview.segment_moves = preview._render(
                [
                    (names.get(old, self.env._("None")), names.get(new, self.env._("None")), count)
                    for (old, new), count in preview._count_segment_moves().items()
                ],
                list(names.values()),
            )

    # === ACTIONS === #

    def action_apply(self):
        """Save what was previewed; the nightly work sorts the customers anew at once."""
        self.ensure_one()
        self.check_access('write')
        company = self.env.company.sudo()
        company.write({f'ecrm_{name}': self[name] for name in COMPANY_FIELDS})
        for row in self.row_ids:
            row.segment_id.with_context(ecrm_table_pending=True).write(
                {name: row[name] for name in ('sequence', *self._bound_names())}
            )
        self.env['ecrm.customer.segment'].with_context(ecrm_table_pending=False)._check_covered()
        self.env.ref('ecrm.ir_cron_loyalty_nightly').sudo()._trigger()
        return {
            'type': 'ir.actions.client',
            'tag': 'display_notification',
            'params': {
                'type': 'success',
                'message': self.env._("Saved. The customers are sorted anew within minutes."),
                'next': {'type': 'ir.actions.act_window_close'},
            },
        }

    # === BUSINESS METHODS === #

    @api.model
    def _bound_names(self):
        return [f'{scale}_{end}' for scale in 'rfm' for end in ('min', 'max')]

    def _is_in_bounds(self):
        """Whether the company would take the figures; half-typed ones show no effect."""
        return 7 <= self.horizon_days <= 1095 and 0 < self.churn_medium < self.churn_high < 1

    def _frequency_bounds(self):
        """The frequency thresholds that saving would bring; empty while they are half typed."""
        return self.env['ecrm.customer.threshold']._frequency_bounds(
            self.env.company, self.frequency_rule, self.frequency_bounds
        )

    def _current_bounds(self):
        """Those that the customers were scored with."""
        return self.env['ecrm.customer.threshold']._current(self.env.company)._bounds()['frequency']

    def _count_band_moves(self, fit):
        """Rows (old band, new band, customers), by the closed form of P(order within horizon)."""
        company = self.env.company
        chance = SQL("p_order")
        if self.horizon_days != fit.horizon or fit.horizon != company.ecrm_horizon_days:
            now = SQL(
                "%s + (GREATEST(%s, last_order_date) - first_order_date) / 7.0",
                fit.alpha,
                company._ecrm_today(),
            )
            chance = SQL(
                "p_alive * (1 - power((%(now)s) / (%(now)s + %(span)s), %(r)s + purchase_days - 1))",
                now=now,
                span=self.horizon_days / 7,
                r=fit.r,
            )
        return self.env.execute_query(
            SQL(
                """
                SELECT %s, %s, COUNT(*)
                  FROM ecrm_customer_indicator
                 WHERE company_id = %s AND order_count > 0 AND expected_spend > 0
              GROUP BY 1, 2
                """,
                self._band(SQL("p_order"), company.ecrm_churn_medium, company.ecrm_churn_high),
                self._band(chance, self.churn_medium, self.churn_high),
                company.id,
            )
        )

    @api.model
    def _band(self, chance, medium, high):
        return SQL(
            "CASE WHEN 1 - %(chance)s >= %(high)s THEN 'high'"
            " WHEN 1 - %(chance)s >= %(medium)s THEN 'medium' ELSE 'low' END",
            chance=chance,
            medium=medium,
            high=high,
        )

    def _count_segment_moves(self):
        """Counter of (old segment id, new segment id) by the scores the customers have."""
        table = [row._as_row() for row in self.row_ids.sorted('sequence')]
        company, frequency = self.env.company, SQL("f_score")
        bounds = self._frequency_bounds()
        if bounds and bounds != self._current_bounds():
            frequency = SQL("1 + width_bucket(order_count::float8, %s::float8[])", list(bounds))
        moves = {}
        for old, count, *scores in self.env.execute_query(
            SQL(
                """
                SELECT segment_id, COUNT(*), r_score, %s AS frequency, m_score
                  FROM ecrm_customer_indicator
                 WHERE company_id = %s AND order_count > 0 AND r_score > 0
              GROUP BY segment_id, r_score, frequency, m_score
                """,
                frequency,
                company.id,
            )
        ):
            new = rfm.segment(rfm.Scores(*scores), table)
            key = (old, new.name if new else None)
            moves[key] = moves.get(key, 0) + count
        return moves

    def _render(self, moves, names):
        """The table of before and after, and the sentence of who moves where.

        :param moves: list of (name before, name after, customers)
        :param names: the names in the order of the table
        """
        names = list(dict.fromkeys([*names, *(name for move in moves for name in move[:2])]))
        totals = [
            {
                'name': name,
                'before': sum(count for old, _new, count in moves if old == name),
                'after': sum(count for _old, new, count in moves if new == name),
            }
            for name in names
        ]
        moved = sorted((m for m in moves if m[0] != m[1]), key=lambda move: -move[2])
        return self.env['ir.qweb']._render(
            'ecrm.loyalty_preview_moves', {'totals': totals, 'moved': moved}
        )
