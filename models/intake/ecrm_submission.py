import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...tools import payload as payload_tools

_lt = LazyTranslate(__name__)

REASONS = {
    'trap': _lt("The field that no person sees was filled in: a robot."),
    'staff': _lt("Set aside by staff."),
    'captcha': _lt("The captcha failed or was not available: look before you call."),
    'no_contact': _lt("Neither a phone number nor an e-mail address can be read."),
    'key_reused': _lt("The sender used the key of another submission for this content."),
    'failed': _lt("Every attempt failed. Put right the cause, then process it again."),
    'missing': _lt("The signature was missing."),
    'malformed': _lt("The signature could not be read."),
    'stale': _lt("The time of the signature was too far from now."),
    'mismatch': _lt("The signature was made with another secret."),
    'secret': _lt("The secret of the source cannot be used."),
}
KINDS = [
    ('contact', "Contact request"),
    ('callback', "Call-back"),
    ('quote', "Quote request"),
    ('newsletter', "Newsletter"),
    ('cart', "Abandoned cart"),
    ('phone', "Phone call"),
    ('message', "Message"),
    ('ad', "Advertisement form"),
    ('order', "Order elsewhere"),
    ('import', "Imported row"),
]


class EcrmSubmission(models.Model):
    _name = 'ecrm.submission'
    _description = "Form Submission"
    _inherit = ['mail.thread', 'mail.activity.mixin']
    _order = 'id desc'
    _mail_post_access = 'read'
    _rec_names_search = ['contact_name', 'email', 'phone', 'public_id']

    # What arrived
    public_id = fields.Char(
        "Reference",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: str(uuid.uuid4()),
    )
    source_id = fields.Many2one('ecrm.source', required=True, readonly=True, ondelete='restrict')
    company_id = fields.Many2one('res.company', required=True, readonly=True, index=True)
    website_id = fields.Many2one('website', readonly=True, ondelete='set null')
    kind = fields.Selection(KINDS, required=True, readonly=True)
    payload = fields.Json(readonly=True)
    payload_hash = fields.Char(readonly=True)
    payload_text = fields.Text("As it arrived", compute='_compute_payload_text')
    idempotency_key = fields.Char(required=True, readonly=True)
    attachment_ids = fields.Many2many('ir.attachment', string="Files", readonly=True)
    captcha = fields.Selection(
        [('passed', "Passed"), ('failed', "Failed"), ('unavailable', "Not available")],
        readonly=True,
    )
    ip_hash = fields.Char("Address (hashed)", readonly=True, groups='base.group_system')
    page = fields.Char(readonly=True)
    touches = fields.Json("Visits", readonly=True)

    # What was understood
    contact_name = fields.Char("Name", readonly=True)
    company_name = fields.Char("Company name", readonly=True)
    email = fields.Char(readonly=True, index='btree_not_null')
    phone = fields.Char(readonly=True, index='btree_not_null')
    phone_raw = fields.Char("Phone as written", readonly=True)
    other_phones = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    message = fields.Text(readonly=True)
    size_text = fields.Char("Size as written", readonly=True)
    product_text = fields.Char("Article as written", readonly=True)
    call_time = fields.Char("Wants to be called", readonly=True)
    lang = fields.Char("Language", readonly=True)
    wilaya_code = fields.Char("Wilaya", readonly=True)
    address = fields.Char(readonly=True)
    flags = fields.Char("Codes of Remarks", readonly=True)
    ignored = fields.Char("Unknown fields", readonly=True)

    # What became of it
    state = fields.Selection(
        [
            ('new', "Waiting"),
            # What asks for somebody first: the columns of the kanban stand in this order
            ('review', "To review"),
            ('dead', "Not processed"),
            ('refused', "Refused"),
            ('processed', "Processed"),
            ('spam', "Unwanted"),
        ],
        required=True,
        readonly=True,
        default='new',
        group_expand='_group_expand_state',
    )
    reason = fields.Char(readonly=True)
    reason_text = fields.Char("Why", compute='_compute_reason_text')
    match = fields.Selection(
        [
            ('identity', "Known identity"),
            ('phone', "Same phone"),
            ('email', "Same e-mail"),
            ('conflict', "Known, but other details: not linked"),
            ('several', "Several customers: not linked"),
            ('none', "Nobody known"),
            ('manual', "Linked by staff"),
        ],
        readonly=True,
    )
    partner_id = fields.Many2one('res.partner', "Customer", readonly=True, index='btree_not_null')
    candidate_ids = fields.Many2many('res.partner', string="Perhaps", readonly=True)
    lead_id = fields.Many2one(
        'crm.lead', readonly=True, index='btree_not_null', ondelete='set null'
    )
    is_appended = fields.Boolean("Added to an open lead", readonly=True)
    user_id = fields.Many2one(
        'res.users', "Salesperson", readonly=True, index='btree_not_null', ondelete='set null'
    )
    processed_date = fields.Datetime(readonly=True)
    attempts = fields.Integer(readonly=True)
    next_attempt = fields.Datetime(readonly=True, default=fields.Datetime.now)
    attempt_ids = fields.One2many('ecrm.submission.attempt', 'submission_id')

    _key_uniq = models.UniqueIndex('(source_id, idempotency_key)')
    _public_id_uniq = models.UniqueIndex('(public_id)')
    _waiting_idx = models.Index("(next_attempt, id) WHERE state = 'new'")
    _source_date_idx = models.Index('(source_id, create_date)')
    _rate_idx = models.Index('(source_id, ip_hash, create_date) WHERE ip_hash IS NOT NULL')

    # === COMPUTE METHODS === #

    @api.model
    def _group_expand_state(self, states, _domain):
        """Put the columns that there are in the order of work; their own would be the alphabet's."""
        return [state for state, _label in self._fields['state'].selection if state in states]

    @api.depends('contact_name', 'email', 'phone', 'kind')
    @api.depends_context('lang')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for submission in self:
            who = submission.contact_name or submission.phone or submission.email
            label = labels.get(submission.kind, '')
            title = self.env._("%(kind)s: %(person)s", kind=label, person=who) if who else label
            submission.display_name = title

    @api.depends('payload')
    def _compute_payload_text(self):
        for submission in self:
            lines = (submission.payload or {}).items()
            submission.payload_text = '\n'.join(
                f'{key}: {value if isinstance(value, str) else payload_tools.canonical(value)}'
                for key, value in lines
            )

    @api.depends('reason')
    def _compute_reason_text(self):
        for submission in self:
            known = REASONS.get(submission.reason)
            submission.reason_text = self.env._(known) if known else submission.reason

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waiting(self):
        if any(submission.state == 'new' for submission in self):
            raise UserError(
                self.env._("A submission that waits to be processed cannot be deleted.")
            )

    # === BUSINESS METHODS === #

    @api.model
    def _gc_retention_domain(self, source):
        limit = fields.Datetime.now() - timedelta(days=source.retention_days)
        return [
            ('source_id', '=', source.id),
            ('state', 'in', ('processed', 'spam', 'refused')),
            ('create_date', '<', limit),
        ]

    @api.autovacuum
    def _gc_expired(self):
        """Remove what has been kept long enough; each source says how long."""
        for source in (
            self.env['ecrm.source']
            .with_context(active_test=False)
            .search([('retention_days', '>', 0)])
        ):
            self.search(self._gc_retention_domain(source), limit=10000).unlink()
