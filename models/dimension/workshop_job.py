import base64
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.dimension import Size
from ...tools.drawing import draw_cutting

#: What the workshop itself may write
WORKSHOP_FIELDS = {'state', 'note', 'user_id', 'sequence'}
#: Numbers of Odoo's palette: red, then blue, yellow, violet and green
CALENDAR_LATE = 1
CALENDAR_COLORS = {'to_print': 4, 'printed': 3, 'mounted': 5, 'packed': 10}


class EcrmWorkshopJob(models.Model):
    """One made-to-measure line of a confirmed order, as the workshop sees it: no price, no customer."""

    _name = 'ecrm.workshop.job'
    _inherit = ['ecrm.sized.mixin', 'mail.thread']
    _description = "Workshop job"
    _order = 'due_date, sequence, id'
    _rec_names_search = ['order_name', 'product_id.name', 'product_id.default_code']

    sale_line_id = fields.Many2one(
        'sale.order.line',
        required=True,
        ondelete='cascade',
        index=True,
        groups='sales_team.group_sale_salesman',
    )
    order_name = fields.Char(related='sale_line_id.order_id.name', store=True, string="Order")
    company_id = fields.Many2one(related='sale_line_id.company_id', store=True)
    product_id = fields.Many2one(related='sale_line_id.product_id', store=True)
    image_128 = fields.Image(related='product_id.image_128')
    quantity = fields.Float(related='sale_line_id.product_uom_qty', store=True, string="Sets")
    ecrm_width_mm = fields.Float(related='sale_line_id.ecrm_width_mm', store=True)
    ecrm_height_mm = fields.Float(related='sale_line_id.ecrm_height_mm', store=True)
    ecrm_panels = fields.Integer(related='sale_line_id.ecrm_panels', store=True)
    ecrm_layout = fields.Char(related='sale_line_id.ecrm_layout', store=True)
    due_date = fields.Date(related='sale_line_id.ecrm_promised_date', store=True, string="Promised")
    area = fields.Float(compute='_compute_area', store=True, digits=(8, 3), string="m²")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one('res.users', string="Made by", tracking=True)
    note = fields.Text()
    state = fields.Selection(
        [('to_print', "To print"), ('printed', "Printed"), ('mounted', "Mounted"), ('packed', "Packed")],
        default='to_print', required=True, tracking=True, index=True, group_expand=True, copy=False,
    )  # fmt: skip
    done_date = fields.Date(string="Packed on", readonly=True, copy=False)
    delay_days = fields.Integer(
        compute='_compute_delay_days', store=True, string="Days late", aggregator='avg',
        help="Days between the promised day and the packed one; negative: before it.",
    )  # fmt: skip
    is_late = fields.Boolean(string="Late", compute='_compute_is_late', search='_search_is_late')
    calendar_color = fields.Integer(compute='_compute_is_late')

    _line_uniq = models.Constraint('UNIQUE(sale_line_id)', "An order line has one workshop job.")

    # === COMPUTE METHODS === #

    @api.depends('order_name', 'product_id', 'ecrm_size_label', 'is_late')
    @api.depends_context('ecrm_mark_late', 'lang')
    def _compute_display_name(self):
        mark = self.env.context.get('ecrm_mark_late')
        for job in self:
            name = self.env._(
                "%(size)s, %(order)s: %(product)s",
                order=job.order_name, product=job.product_id.display_name, size=job.ecrm_size_label,
            )  # fmt: skip
            # A colour alone would say nothing to who cannot tell it from the others
            job.display_name = (
                self.env._("LATE %(job)s", job=name) if mark and job.is_late else name
            )

    @api.depends('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout', 'quantity')
    def _compute_area(self):
        for job in self:
            size = job._get_ecrm_size()
            area = sum(width * height for width, height in size.sides) if size else 0
            job.area = float(area) / 1_000_000 * job.quantity

    @api.depends('due_date', 'done_date')
    def _compute_delay_days(self):
        for job in self:
            both = job.due_date and job.done_date
            job.delay_days = (job.done_date - job.due_date).days if both else 0

    @api.depends('due_date', 'state')
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for job in self:
            job.is_late = bool(job.due_date) and job.state != 'packed' and job.due_date < today
            job.calendar_color = CALENDAR_LATE if job.is_late else CALENDAR_COLORS[job.state]

    def _search_is_late(self, operator, value):
        if operator != 'in':
            return NotImplemented
        return Domain('state', '!=', 'packed') & Domain(
            'due_date', '<', fields.Date.context_today(self)
        )

    # === CRUD METHODS === #

    def write(self, vals):
        if (
            not self.env.su
            and not self.env.user.has_group('ecrm.group_manager')
            and vals.keys() - WORKSHOP_FIELDS
        ):
            raise AccessError(
                self.env._(
                    "The workshop changes the state, the note and who makes it, nothing else."
                )
            )
        if 'state' in vals:
            done = vals['state'] == 'packed'
            vals = dict(vals, done_date=fields.Date.context_today(self) if done else False)
        return super().write(vals)

    # === ACTIONS === #

    def action_next_state(self):
        """Move on to the next state, each job from its own."""
        states = [value for value, _label in self._fields['state'].selection]
        for state, jobs in self.grouped('state').items():
            position = states.index(state)
            if position + 1 < len(states):
                jobs.state = states[position + 1]

    # === BUSINESS METHODS === #

    @api.model
    def _create_from_lines(self, lines):
        """Create the job of every line, each field once: an order of hundreds is confirmed while somebody waits.

        :param lines: `sale.order.line` without a job
        :rtype: ecrm.workshop.job
        """
        vals_list = [line._prepare_ecrm_job_values() for line in lines]
        jobs = self.create(vals_list)
        for name in vals_list[0] if vals_list else ():
            field = self._fields[name]
            if field.store and field.compute:
                # Its value was given: it is not read a second time from the line
                self.env.remove_to_compute(field, jobs)
        return jobs

    def _get_ecrm_size_unit(self):
        # EXTENDS ecrm
        return self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id.unit or 'cm'

    def _get_cutting_sides(self):
        """What to cut for each panel, wrap included.

        :return: one ``(visible size, cutting size)`` a panel, as texts
        :rtype: list
        """
        self.ensure_one()
        profile = self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id
        wrap, unit = 2 * profile._get_rules().wrap, profile.unit or 'cm'
        return [
            (
                self._ecrm_label(Size(width, height), unit),
                self._ecrm_label(Size(width + wrap, height + wrap), unit),
            )
            for width, height in self._get_ecrm_size().sides
        ]

    def _get_cutting_counts(self):
        """The pieces of one set, equal ones counted together.

        :return: pairs of a cutting size as text and how many of it
        :rtype: list
        """
        return list(Counter(cut for _visible, cut in self._get_cutting_sides()).items())

    def _get_cutting_drawing(self):
        """SVG of the panels with their cutting outlines, for the sheet."""
        self.ensure_one()
        rules = self.product_id.product_tmpl_id.sudo().ecrm_size_profile_id._get_rules()
        labels = [visible for visible, _cut in self._get_cutting_sides()]
        return draw_cutting(self._get_ecrm_size(), float(rules.wrap), labels)

    def _get_cutting_drawing_base64(self):
        """The drawing as wkhtmltopdf prints it: an image, base64."""
        svg = self._get_cutting_drawing().replace(
            '<svg ', '<svg xmlns="http://www.w3.org/2000/svg" width="900" ', 1
        )
        return base64.b64encode(svg.encode()).decode()
