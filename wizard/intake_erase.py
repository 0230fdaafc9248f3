import base64
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_datetime


class EcrmErasePerson(models.TransientModel):
    """Ask whom to forget, show what is known of him, then forget him."""

    _name = 'ecrm.erase.person'
    _description = "Erase a Person"

    state = fields.Selection(
        [('ask', "Whom"), ('found', "What is known"), ('done', "Erased")],
        default='ask',
        required=True,
        readonly=True,
    )
    identity = fields.Char("E-mail or Phone", help="In any notation.")
    partner_id = fields.Many2one('res.partner', string="Customer")
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    found = fields.Html(compute='_compute_found', sanitize=False)
    count = fields.Integer("Number of Records", compute='_compute_found')
    counts = fields.Json(readonly=True)
    others = fields.Char(
        "Also Known As",
        compute='_compute_found',
        help="Addresses and numbers on what was found. They may be another person's: look, then erase them too.",
    )
    names = fields.Char(
        "Names on Its Cards", compute='_compute_found', help="All of them are emptied together."
    )
    file = fields.Binary(readonly=True, attachment=False)
    erased_before = fields.Char(compute='_compute_erased_before')

    # === COMPUTE METHODS === #

    @api.depends('state', 'email', 'phone', 'partner_id', 'counts')
    @api.depends_context('lang')
    def _compute_found(self):
        for wizard in self:
            counts, wizard.others, wizard.names = wizard.counts or {}, False, False
            if wizard.state == 'found':
                records = wizard._find()
                counts = {key: len(found) for key, found in records.items() if found}
                wizard.names = ', '.join(records['partner'].mapped('display_name')) or False
                wizard.others = ', '.join(sorted(wizard._get_others(records))) or False
            labels = self.env['ecrm.person']._labels()
            rows = [(*labels[key], number) for key, number in counts.items() if key in labels]
            wizard.count = sum(counts.values())
            wizard.found = (
                self.env['ir.qweb']._render('ecrm.erase_person_found', {'rows': rows})
                if rows
                else False
            )

    @api.depends('email', 'phone')
    @api.depends_context('lang', 'tz')
    def _compute_erased_before(self):
        erasures = self.env['ecrm.erasure']
        for wizard in self:
            known = wizard.email or wizard.phone
            last = known and erasures.sudo().search(
                [('digest', '=', erasures._get_digest(known))], limit=1
            )
            wizard.erased_before = format_datetime(self.env, last.create_date) if last else False

    # === ACTIONS === #

    def action_search(self):
        """Look for all that is known under an address, a number or a card."""
        self.ensure_one()
        self._check_manager()
        email = phone = ''
        if not self.partner_id:
            region = self.env.company.country_id.code or 'DZ'
            email, phone = self.env['ecrm.person']._read_identity(self.identity, region)
        # The shop's own cards and a colleague's are refused here, before anything is shown
        self.env['ecrm.person']._find(filter(None, [email]), filter(None, [phone]), self.partner_id)
        self.write({'email': email, 'phone': phone, 'state': 'found'})
        return self._reopen()

    def action_back(self):
        """Ask for another one."""
        self.ensure_one()
        self._check_manager()
        self._clear('ask')
        return self._reopen()

    def action_export(self):
        """Give what is known as the JSON file that the person asked for."""
        self.ensure_one()
        self._check_manager()
        if self.state != 'found':
            raise UserError(self.env._("Look first what is known of this person."))
        person, found = self.env['ecrm.person'], self._find()
        person._check_companies(found)
        text = json.dumps(person._export(found), ensure_ascii=False, indent=2, default=str)
        self.file = base64.b64encode(text.encode())
        return {
            'type': 'ir.actions.act_url',
            'target': 'download',
            'url': f'/web/content/{self._name}/{self.id}/file/personal-data.json?download=1',
        }

    def action_erase(self):
        """Erase it all; what is typed here is forgotten too."""
        self.ensure_one()
        self._check_manager()
        if self.state != 'found':
            raise UserError(self.env._("Look first what is known of this person."))
        person, found = self.env['ecrm.person'], self._find()
        person._check_may_erase(found)
        kind = 'card' if self.partner_id else 'email' if self.email else 'phone'
        identities = self._get_identities(found)
        counts = person._erase(found)
        self.env['ecrm.erasure']._record(kind, identities, counts)
        self._clear('done', counts)
        return self._reopen()

    # === BUSINESS METHODS === #

    def _check_manager(self):
        if not self.env.user.has_group('ecrm.group_manager'):
            raise AccessError(self.env._("Only an administrator of the e-CRM erases people."))
        self.partner_id.check_access('write')

    def _find(self):
        return self.env['ecrm.person']._find(
            filter(None, [self.email]), filter(None, [self.phone]), self.partner_id
        )

    def _get_identities(self, found):
        cards = found['partner']
        return {
            identity
            for identity in (
                self.email, self.phone,
                *cards.mapped('email_normalized'), *cards.mapped('phone_sanitized'),
            )
            if identity
        }  # fmt: skip

    def _get_others(self, found):
        """Addresses and numbers that stand on what was found and were not looked for."""
        near = found['submission'].mapped('email') + found['submission'].mapped('phone')
        near += found['lead'].mapped('email_normalized') + found['lead'].mapped('phone_sanitized')
        return set(filter(None, near)) - self._get_identities(found)

    def _clear(self, state, counts=None):
        self.write(
            {
                'state': state,
                'counts': counts or {},
                'identity': False,
                'email': False,
                'phone': False,
                'partner_id': False,
                'file': False,
            }
        )

    def _reopen(self):
        action = self.env['ir.actions.act_window']._for_xml_id('ecrm.action_ecrm_erase_person')
        return {**action, 'res_id': self.id}
