from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize


class EcrmComplaint(models.Model):
    _name = 'ecrm.complaint'
    _description = "Complaint"
    _inherit = [
        'portal.mixin',
        'mail.thread.cc',
        'mail.activity.mixin',
        'rating.mixin',
        'mail.tracking.duration.mixin',
    ]
    _order = 'priority desc, id desc'
    _rec_names_search = ['reference', 'name', 'order_id.name']
    _primary_email = 'email_from'
    _mail_post_access = 'read'
    _track_duration_field = 'stage_id'

    # What decides which deadlines a complaint gets
    _SLA_FIELDS = {'team_id', 'priority', 'cause_id'}
    # Measures and references that no client writes: a breach stays a breach
    _PROTECTED = {
        'received_at',
        'response_failed',
        'resolution_failed',
        'response_target',
        'resolution_target',
        'response_hours',
        'resolution_net_hours',
        'resolution_gross_hours',
        'first_response_at',
        'resolved_at',
        'closed_at',
        'reopen_count',
        'has_remake',
        'score',
        'surveyed',
        'auto_closed',
        'merged_into_id',
        'anonymised_at',
        'access_token',
    }
    # Contact data is kept from the workshop, which reads the complaints it has to remake
    _CONTACT = 'ecrm.group_complaint_agent'

    reference = fields.Char(readonly=True, copy=False, default='', index='trigram')
    name = fields.Char(string="Subject", required=True, tracking=True)
    description = fields.Text(string="What Happened")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name='res.company',
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    currency_id = fields.Many2one(related='company_id.currency_id')
    team_id = fields.Many2one(
        comodel_name='ecrm.complaint.team',
        domain="[('company_id', 'in', [False, company_id])]",
        tracking=True,
        index=True,
        ondelete='restrict',
    )
    user_id = fields.Many2one(
        comodel_name='res.users',
        string="Agent",
        domain="[('share', '=', False)]",
        tracking=True,
        index=True,
    )
    channel = fields.Selection(
        selection=[
            ('order', "Order page"),
            ('portal', "Customer portal"),
            ('form', "Public form"),
            ('email', "E-mail"),
            ('staff', "Telephone or counter"),
        ],
        required=True,
        default='staff',
        readonly=True,
    )
    priority = fields.Selection(
        selection=[('0', "Normal"), ('1', "High"), ('2', "Urgent")],
        default='0',
        required=True,
        tracking=True,
    )
    stage_id = fields.Many2one(
        comodel_name='ecrm.complaint.stage',
        default=lambda self: self.env['ecrm.complaint.stage'].search_fetch(
            [], ['name', 'kind', 'sequence', 'fold'], limit=1
        ),
        domain="['|', ('team_ids', '=', False), ('team_ids', '=', team_id)]",
        group_expand='_read_group_stage_ids',
        required=True,
        copy=False,
        tracking=True,
        index=True,
        ondelete='restrict',
    )
    kind = fields.Selection(related='stage_id.kind', string="State", store=True, index=True)

    # Who complains
    partner_id = fields.Many2one(
        comodel_name='res.partner',
        string="Customer",
        tracking=True,
        index=True,
        groups=_CONTACT,
    )
    commercial_partner_id = fields.Many2one(
        related='partner_id.commercial_partner_id', store=True, index=True, groups=_CONTACT
    )
    partner_name = fields.Char(
        compute='_compute_contact', store=True, readonly=False, groups=_CONTACT
    )
    partner_phone = fields.Char(
        string="Phone", compute='_compute_contact', store=True, readonly=False, groups=_CONTACT
    )
    email_from = fields.Char(
        string="Email", compute='_compute_contact', store=True, readonly=False, groups=_CONTACT
    )
    email_normalized = fields.Char(
        compute='_compute_email_normalized', store=True, index=True, groups=_CONTACT
    )
    email_cc = fields.Char(groups=_CONTACT)
    lang = fields.Char(
        string="Language", help="Language the customer wrote in, when he has no card."
    )

    # What about
    line_ids = fields.One2many('ecrm.complaint.line', 'complaint_id', string="Products")
    product_id = fields.Many2one(
        comodel_name='product.product',
        compute='_compute_product_id',
        store=True,
        index='btree_not_null',
    )
    cause_id = fields.Many2one(
        comodel_name='ecrm.complaint.cause',
        tracking=True,
        index=True,
        ondelete='restrict',
    )
    area = fields.Selection(related='cause_id.area', string="Responsible Area", store=True)
    founded = fields.Selection(
        selection=[('yes', "Founded"), ('no', "Unfounded")],
        tracking=True,
        help="Empty until somebody has looked; at the resolution the cause proposes an answer.",
    )
    corrective_action = fields.Text(
        string="Lesson", help="What is changed so that it does not happen again."
    )
    corrective_action_id = fields.Many2one(
        comodel_name='ecrm.complaint.action',
        domain="[('company_id', '=', company_id)]",
        check_company=True,
        index='btree_not_null',
        copy=False,
        help="The action that is to keep this from happening again; its effect is measured.",
    )
    has_remake = fields.Boolean(string="To Make Again", readonly=True, copy=False)
    wish = fields.Selection(
        selection=[
            ('remake', "Made again"),
            ('replacement', "Another one"),
            ('refund', "Money back"),
            ('return', "Send it back"),
            ('coupon', "Voucher"),
            ('answer', "An explanation"),
        ],
        string="Customer's Wish",
        tracking=True,
    )

    _reference_uniq = models.UniqueIndex(
        "(reference, company_id) WHERE reference != ''",
        "Another complaint already bears this reference.",
    )
    # «active IS TRUE» is how Odoo writes it: PostgreSQL uses a partial index for its own words only
    _kanban_idx = models.Index("(stage_id, priority DESC, id DESC) WHERE active IS TRUE")
    _board_idx = models.Index("(company_id, stage_id, sla_state) WHERE active IS TRUE")
    _deadline_idx = models.Index("(deadline, priority DESC, id) WHERE active IS TRUE")

    # === COMPUTE METHODS === #

    @api.depends('partner_id')
    def _compute_contact(self):
        for complaint in self:
            partner = complaint.partner_id
            if partner:
                complaint.partner_name = partner.name
                complaint.partner_phone = partner.phone
                complaint.email_from = partner.email

    @api.depends('email_from')
    def _compute_email_normalized(self):
        for complaint in self:
            complaint.email_normalized = email_normalize(complaint.email_from, strict=False)

    @api.depends('line_ids.product_id')
    def _compute_product_id(self):
        for complaint in self:
            complaint.product_id = complaint.line_ids.product_id[:1]

    @api.depends('reference', 'name')
    def _compute_display_name(self):
        for complaint in self:
            parts = [complaint.reference, complaint.name]
            complaint.display_name = ' '.join(part for part in parts if part)

    def _compute_access_url(self):
        # EXTENDS portal
        super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f'/my/complaints/{complaint.id}'

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        team_id = self.env.context.get('default_team_id')
        if not team_id:
            return stages.search([('fold', '=', False)]) | stages
        return stages.search(['|', ('team_ids', '=', False), ('team_ids', '=', team_id)])

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_protected(vals)
            self._check_order_create(vals)
            self._complete_values(vals)
        self._fetch_new(vals_list)
        complaints = super().create(vals_list)
        if self.env.context.get('tracking_disable'):
            # Nobody is subscribed then, as in an import, but the customer has to get his answers
            for complaint in complaints.filtered('partner_id'):
                complaint._message_subscribe(partner_ids=complaint.partner_id.ids)
        complaints._after_create()
        return complaints

    @api.model
    def _complete_values(self, vals):
        """Fill in place what every new complaint has: reference, company, team."""
        order = self.env['sale.order'].sudo().browse(vals.get('order_id'))
        team = self.env['ecrm.complaint.team'].sudo().browse(vals.get('team_id'))
        company = order.company_id or team.company_id or self.env.company
        vals.setdefault('company_id', company.id)
        company = self.env['res.company'].browse(vals['company_id'])
        if order and not vals.get('partner_id'):
            vals['partner_id'] = order.partner_id.id
        if not vals.get('name') and vals.get('channel', 'staff') == 'staff':
            vals['name'] = self._subject_of_call(vals)
        if not vals.get('team_id'):
            vals['team_id'] = team._default_for(company).id
        # The reference is made here whatever the caller sends: it is a label, not a choice
        vals['reference'] = (
            self.env['ir.sequence'].sudo().with_company(company).next_by_code('ecrm.complaint')
        )

    def write(self, vals):
        if 'reference' in vals:
            raise UserError(self.env._("The reference of a complaint does not change."))
        self._check_protected(vals)
        self._check_order_write(vals)
        if 'stage_id' not in vals:
            result = super().write(vals)
            if self._SLA_FIELDS & set(vals):
                self._apply_sla()
            return result
        stage = self.env['ecrm.complaint.stage'].browse(vals['stage_id'])
        before = {complaint: complaint.kind for complaint in self}
        self._check_transition(stage.kind)
        result = super().write(vals)
        for complaint in self:
            complaint._after_transition(before[complaint])
        if self._SLA_FIELDS & set(vals):
            self._apply_sla()
        return result

    @api.model
    def _check_protected(self, vals):
        measured = (self._PROTECTED | self._MEASURED) & set(vals)
        if not self.env.su and (measured or vals.get('channel', 'staff') != 'staff'):
            raise AccessError(self.env._("The times of a complaint are measured, not written."))

    def copy_data(self, default=None):
        default = dict(default or {}, channel='staff')
        return super().copy_data(default)

    # === ACTIONS === #

    def action_preview(self):
        """Open the page that the customer sees."""
        self.ensure_one()
        return {'type': 'ir.actions.act_url', 'target': 'new', 'url': self.get_portal_url()}
