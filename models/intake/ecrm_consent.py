from odoo import api, fields, models
from odoo.exceptions import UserError


class EcrmConsent(models.Model):
    _name = 'ecrm.consent'
    _description = "Consent"
    _order = 'id desc'
    _rec_name = 'identity'

    company_id = fields.Many2one('res.company', required=True, index=True)
    partner_id = fields.Many2one(
        'res.partner', "Customer", index='btree_not_null', ondelete='set null'
    )
    identity = fields.Char(
        "E-mail or phone", required=True, index=True, help="In lower case, or in E.164."
    )
    purpose = fields.Selection(
        [('newsletter', "Newsletter by e-mail"), ('sms', "Offers by SMS"), ('contact', "Answer to a request")],
        required=True,
    )  # fmt: skip
    status = fields.Selection(
        [('asked', "Asked to confirm"), ('given', "Given"), ('withdrawn', "Withdrawn")],
        required=True,
    )
    method = fields.Selection(
        [
            ('form', "Form"),
            ('confirmed', "Confirmed by e-mail"),
            ('portal', "Customer's page"),
            ('staff', "Typed by staff"),
        ],
        required=True,
    )
    text = fields.Text("Text shown")
    version = fields.Char("Version of the text")
    lang = fields.Char("Language")
    page = fields.Char()
    submission_id = fields.Many2one('ecrm.submission', index='btree_not_null', ondelete='set null')

    _lookup_idx = models.Index('(identity, purpose, id)')

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        consents = super().create(vals_list)
        asked = consents.filtered(lambda consent: consent.purpose != 'contact')
        if asked:
            self.env['crm.lead']._ecrm_refresh_consent(asked.mapped('identity'))
        return consents

    def write(self, vals):
        # What was agreed to is not edited: another record says what changed. Only erasure blanks it.
        if vals.keys() - {'partner_id'} and not self.env.context.get('ecrm_erasure'):
            raise UserError(self.env._("A consent is never changed: record another one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A consent is never deleted: record a withdrawal."))

    # === BUSINESS METHODS === #

    @api.model
    def _get_status(self, company, identity, purpose):
        """Return the status an identity has for a purpose: the last word counts, ``False`` for none."""
        return self._get_last(company, identity, purpose).status

    @api.model
    def _get_last(self, company, identity, purpose):
        """Return the sudoed last record of an identity for a purpose, possibly empty."""
        return self.sudo().search(
            [
                ('company_id', '=', company.id),
                ('identity', '=', identity),
                ('purpose', '=', purpose),
            ],
            limit=1,
        )

    @api.model
    def _record(self, company, identity, purpose, status, method, **values):
        """Append a record; return it sudoed."""
        return self.sudo().create(
            {
                'company_id': company.id,
                'identity': identity,
                'purpose': purpose,
                'status': status,
                'method': method,
                **values,
            }
        )
