from odoo import api, fields, models
from odoo.tools import SQL, format_date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

LISTED = 6
MATCHES = {
    'identity': _lt("The cart is of %(name)s, customer since %(date)s."),
    'phone': _lt("Same phone number, %(phone)s, as %(name)s, customer since %(date)s."),
    'email': _lt("Same e-mail address, %(email)s, as %(name)s, customer since %(date)s."),
    'other_email': _lt(
        "Same phone number, %(phone)s, as %(name)s, customer since %(date)s, but another e-mail "
        "address, %(email)s: not linked. Look, then link or leave it."
    ),
    'other_phone': _lt(
        "Same e-mail address, %(email)s, as %(name)s, customer since %(date)s, but another phone "
        "number, %(phone)s: not linked. Look, then link or leave it."
    ),
    'several': _lt(
        "%(count)s customers have this phone number or e-mail address: %(names)s. Nobody was "
        "linked: choose the right one."
    ),
    'none': _lt("No customer has this phone number or e-mail address."),
    'manual': _lt("A colleague linked it to %(name)s, customer since %(date)s."),
}
REMARKS = {
    'phone_unreadable': _lt("The phone number cannot be read: it is kept as written."),
    'phone_several': _lt("Several phone numbers were given: the first is used."),
    'phone_partial': _lt("A second phone number cannot be read."),
    'phone_repaired': _lt("The phone number was put right: a spreadsheet had changed it."),
    'phone_annotated': _lt("Words stood beside the phone number."),
    'phone_foreign': _lt("The phone number is of another country."),
    'email_dropped': _lt("The e-mail address cannot be used and was dropped."),
}


class EcrmSubmission(models.Model):
    _inherit = 'ecrm.submission'

    match_text = fields.Char("Why this customer", compute='_compute_match_text')
    remarks = fields.Char(compute='_compute_remarks')

    # === COMPUTE METHODS === #

    @api.depends('match', 'partner_id', 'candidate_ids', 'phone', 'email')
    @api.depends_context('lang')
    def _compute_match_text(self):
        for row in self:
            row.match_text = row._explain_match()

    @api.depends('flags')
    @api.depends_context('lang')
    def _compute_remarks(self):
        for row in self:
            known = (REMARKS.get(flag) for flag in (row.flags or '').split())
            row.remarks = ' '.join(self.env._(remark) for remark in known if remark)

    def _explain_match(self):
        """Return a sentence that says why the sender is taken for this customer, or for nobody."""
        row = self.sudo()
        partner = row.partner_id or row.candidate_ids[:1]
        code = row.match
        if code == 'conflict':
            same_phone = row.phone and partner.phone_sanitized == row.phone
            code = 'other_email' if same_phone else 'other_phone'
        sentence = MATCHES.get(code)
        if not sentence or (code not in ('none', 'several') and not partner):
            return False
        # A lazy sentence takes no figures when it is translated
        words = self.env._(sentence)
        since = partner.ecrm_first_order_date or partner.create_date
        return words % {
            'phone': row.phone or row.phone_raw or '', 'email': row.email or '',
            'name': partner.display_name, 'date': format_date(self.env, since),
            'count': len(row.candidate_ids),
            'names': ', '.join(row.candidate_ids.mapped('display_name')),
        }  # fmt: skip

    # === ACTIONS === #

    def action_open_link(self):
        """Ask which customer this is."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Link to a Customer"),
            'res_model': 'ecrm.submission.link',
            'views': [(False, 'form')],
            'target': 'new',
            'context': {'default_submission_id': self.id},
        }

    # === BUSINESS METHODS === #

    def _match_partner(self):
        """Find the customer by phone, then by e-mail; never by name, cookie or address.

        Linking a lead to a partner writes the lead's phone and e-mail on the partner, so a
        public form may only be linked when it says nothing new: else the customer is suggested.
        """
        partners = self._find_partners()
        values = {'partner_id': False, 'candidate_ids': [fields.Command.set(partners.ids)]}
        if not partners:
            values['match'] = 'none'
        elif len(partners) > 1:
            values['match'] = 'several'
        elif self._says_nothing_new(partners):
            by_phone = self.phone and partners.phone_sanitized == self.phone
            values.update(
                partner_id=partners.id,
                match='phone' if by_phone else 'email',
                candidate_ids=[fields.Command.clear()],
            )
        else:
            values['match'] = 'conflict'
        self.write(values)

    def _find_partners(self):
        """Return the customers with this phone, else those with this e-mail."""
        partners = self.env['res.partner'].sudo()
        query = self._prepare_match_query()
        if not query:
            return partners.browse()
        partners.flush_model(['active', 'company_id', 'phone_sanitized', 'email_normalized'])
        found = self.env.execute_query(query)
        first = min((rank for rank, _partner_id in found), default=0)
        return partners.browse(sorted(key for rank, key in found if rank == first))

    def _prepare_match_query(self):
        """Return one statement for both identifiers, each by its own index; ``None`` without any.

        A search of the ORM for each costs more in preparing it than in looking up.
        """
        looks = [
            SQL(
                "(SELECT %s, id FROM res_partner WHERE %s = %s AND active "
                "AND (company_id IS NULL OR company_id = %s) LIMIT %s)",
                rank, SQL.identifier(name), value, self.company_id.id, LISTED,
            )
            for rank, (name, value) in enumerate(
                (('phone_sanitized', self.phone), ('email_normalized', self.email))
            )
            if value
        ]  # fmt: skip
        return SQL(" UNION ALL ").join(looks) if looks else None

    def _says_nothing_new(self, partner):
        """Tell whether each identifier given is the partner's own."""
        return (not self.email or self.email == partner.email_normalized) and (
            not self.phone or self.phone == partner.phone_sanitized
        )
