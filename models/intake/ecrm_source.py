import re
import secrets
import time
from base64 import b64encode
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import hash_sign, verify_hash_signed

TOKEN_SCOPE = 'ecrm.intake'
TOKEN_MIN_AGE = 2
ORIGIN = re.compile(r'^https?://[a-z0-9.-]+(:\d{1,5})?$')


class EcrmSource(models.Model):
    _name = 'ecrm.source'
    _description = "Form Source"
    _inherit = ['mail.thread', 'mail.activity.mixin']
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ('site', "This website"),
            ('browser', "Another site, in the visitor's browser"),
            ('signed', "Another server, signed"),
            ('staff', "Typed by staff"),
            ('import', "Imported file"),
        ],
        required=True,
        default='browser',
        help="A browser cannot keep a secret: it gets a public key and a short-lived token. "
        "A server signs each post with a secret.",
    )
    company_id = fields.Many2one(
        'res.company', help="Empty: the company of the website it arrives by."
    )
    website_id = fields.Many2one('website', ondelete='cascade')

    # Who may post
    public_key = fields.Char(
        required=True, copy=False, readonly=True, default=lambda self: self._default_public_key()
    )
    signature_profile = fields.Selection(
        [
            ('standard', "Standard Webhooks"),
            ('hub', "X-Hub-Signature-256 (Meta, GitHub)"),
            ('base64', "Base64 HMAC (WooCommerce)"),
        ],
        default='standard',
    )
    secret = fields.Char(
        copy=False, groups='base.group_system', default=lambda self: self._default_secret()
    )
    previous_secret = fields.Char(
        copy=False,
        groups='base.group_system',
        help="Still accepted, so that the sender can change over without losing a post.",
    )
    allowed_origins = fields.Text(help="One a line, such as https://www.example.com.")
    token_minutes = fields.Integer(
        default=120, help="How long a page may stay open before it is sent."
    )
    rate_limit = fields.Integer(
        "Posts a minute",
        default=20,
        help="From one address. A source as a whole takes ten times as many.",
    )
    max_kilobytes = fields.Integer("Size limit (kB)", default=64)
    answer_200 = fields.Boolean(help="For senders that take 202 for a failure.")

    # What becomes of it
    default_kind = fields.Selection(
        selection=lambda self: (
            self.env['ecrm.submission']._fields['kind']._description_selection(self.env)
        ),
        required=True,
        default='contact',
    )
    country_id = fields.Many2one(
        'res.country', "Country of phones", default=lambda self: self.env.ref('base.dz')
    )
    team_id = fields.Many2one('crm.team', check_company=True)
    user_id = fields.Many2one('res.users', "Salesperson", domain=[('share', '=', False)])
    fallback_user_id = fields.Many2one(
        'res.users',
        "Fallback",
        domain=[('share', '=', False)],
        help="Gets what no team member can take, and the alarms of this source.",
    )
    callback_minutes = fields.Integer(
        "Call within (minutes)",
        default=30,
        help="Within opening hours; then somebody else is asked.",
    )
    calendar_id = fields.Many2one(
        'resource.calendar', "Opening hours", check_company=True, help="Empty: the company's own."
    )
    confirm_mail = fields.Boolean("Confirm by e-mail", default=True)
    confirm_sms = fields.Boolean("Confirm by SMS")
    medium_id = fields.Many2one('utm.medium', ondelete='set null')
    utm_source_id = fields.Many2one('utm.source', "Marketing source", ondelete='set null')
    field_map = fields.Text(
        "Field names", help="One a line: the other site's name = ours, such as your-name = name."
    )
    retention_days = fields.Integer(
        default=730,
        help="Processed and unwanted submissions are removed after this time; the "
        "lead stays. Zero keeps them.",
    )
    silent_hours = fields.Integer(
        "Silent after (hours)", help="Warn when nothing has arrived for so long. Zero never warns."
    )
    silence_told_date = fields.Datetime("Silence told", readonly=True, copy=False)

    # Figures
    submission_ids = fields.One2many('ecrm.submission', 'source_id')
    submission_count = fields.Integer(compute='_compute_figures')
    refused_count = fields.Integer("Refused", compute='_compute_figures')
    dead_count = fields.Integer("Not processed", compute='_compute_figures')
    last_date = fields.Datetime("Last arrival", compute='_compute_figures')
    is_silent = fields.Boolean("Silent", compute='_compute_figures')

    _public_key_uniq = models.UniqueIndex('(public_key)', "This key belongs to another source.")
    _limits_positive = models.Constraint(
        'CHECK(rate_limit > 0 AND callback_minutes > 0 AND max_kilobytes BETWEEN 1 AND 1024 AND token_minutes BETWEEN 15 '
        'AND 1440 AND retention_days >= 0 AND silent_hours >= 0)',
        "Limits are positive: 1 to 1024 kB, a token of 15 to 1440 minutes.",
    )

    # === DEFAULTS === #

    @api.model
    def _default_public_key(self):
        return 'ecrm_' + secrets.token_urlsafe(18)

    @api.model
    def _default_secret(self):
        return 'whsec_' + b64encode(secrets.token_bytes(24)).decode()

    # === COMPUTE METHODS === #

    def _compute_figures(self):
        rows = (
            self.env['ecrm.submission']
            .sudo()
            ._read_group(
                [('source_id', 'in', self.ids)],
                ['source_id', 'state'],
                ['__count', 'create_date:max'],
            )
        )
        counts = {(source, state): count for source, state, count, last in rows}
        now = fields.Datetime.now()
        for source in self:
            mine = [row for row in rows if row[0] == source]
            source.submission_count = sum(row[2] for row in mine)
            source.refused_count = counts.get((source, 'refused'), 0)
            source.dead_count = counts.get((source, 'dead'), 0)
            source.last_date = max((row[3] for row in mine), default=False)
            since = source.last_date or source.create_date
            source.is_silent = bool(
                source.silent_hours and since and since < now - timedelta(hours=source.silent_hours)
            )

    # === CONSTRAINTS === #

    @api.constrains('allowed_origins')
    def _check_allowed_origins(self):
        for source in self:
            for origin in source._get_origins():
                if not ORIGIN.match(origin):
                    raise ValidationError(
                        self.env._(
                            "%(origin)s is no origin. Write the scheme and the host only, such as "
                            "https://www.example.com.",
                            origin=origin,
                        )
                    )

    @api.constrains('field_map')
    def _check_field_map(self):
        known = self.env['ecrm.submission']._get_known_fields()
        for source in self:
            for name in source._get_field_map().values():
                if name not in known:
                    raise ValidationError(
                        self.env._(
                            "%(name)s is none of the names that are read: %(known)s.",
                            name=name,
                            known=', '.join(sorted(known)),
                        )
                    )

    # === ACTIONS === #

    def action_rotate_secret(self):
        """Make a new secret and keep accepting the one before it."""
        self.check_access('write')
        for source in self:
            source.previous_secret = source.secret
            source.secret = self._default_secret()

    def action_view_submissions(self):
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_submission')
        return dict(action, domain=[('source_id', '=', self.id)], context={})

    # === BUSINESS METHODS === #

    def _get_origins(self):
        """Return the allowed origins as a list of ``scheme://host[:port]``, lower case."""
        lines = (self.allowed_origins or '').splitlines()
        return [line.strip().rstrip('/').lower() for line in lines if line.strip()]

    def _get_field_map(self):
        """Return the other site's field names as a dict to ours."""
        pairs = (line.partition('=') for line in (self.field_map or '').splitlines())
        return {
            theirs.strip(): ours.strip() for theirs, sep, ours in pairs if sep and theirs.strip()
        }

    def _get_secrets(self):
        """Return the live secrets, newest first."""
        source_sudo = self.sudo()
        return [secret for secret in (source_sudo.secret, source_sudo.previous_secret) if secret]

    def _mint_token(self, origin):
        """Return a token for one page of ``origin``; it says when it was made."""
        return hash_sign(
            self.sudo().env,
            TOKEN_SCOPE,
            [self.id, origin, int(time.time())],
            expiration=timedelta(minutes=self.token_minutes),
        )

    def _check_token(self, token, origin):
        """Return ``''`` for a good token, else ``token`` or ``token_early``.

        A person needs more than two seconds to fill in a form; a robot does not.
        """
        try:
            values = verify_hash_signed(self.sudo().env, TOKEN_SCOPE, token)
        except (ValueError, TypeError, AttributeError, IndexError):
            return 'token'
        if not values or values[:2] != [self.id, origin]:
            return 'token'
        age = time.time() - values[2]
        return 'token_early' if age < TOKEN_MIN_AGE else ''

    @api.model
    def _get_site_source(self, website):
        """Return the source of a website's own forms: its own, else the common one."""
        sources = self.sudo().search(
            [
                ('kind', '=', 'site'),
                ('website_id', 'in', [False, website.id]),
                ('company_id', 'in', [False, website.company_id.id]),
            ]
        )
        return (sources.filtered('website_id') or sources)[:1] or self.sudo().create(
            {'name': website.name, 'kind': 'site', 'website_id': website.id}
        )

    @api.model
    def _get_staff_source(self, company):
        """Return the source of what staff type in themselves: the company's own, else the common one."""
        sources = self.sudo().search(
            [('kind', '=', 'staff'), ('company_id', 'in', [False, company.id])]
        )
        return (sources.filtered('company_id') or sources)[:1] or self.sudo().create(
            {'name': self.env._("Typed by staff"), 'kind': 'staff', 'default_kind': 'phone'}
        )
