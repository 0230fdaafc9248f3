from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import hmac


class EcrmErasure(models.Model):
    """That somebody was erased, when and by whom; of whom only a digest that nobody can turn back.

    The digest is keyed with the database's own secret: a telephone number alone would be guessed.
    """

    _name = 'ecrm.erasure'
    _description = "Erasure of a Person"
    _order = 'id desc'
    _rec_name = 'create_date'

    digest = fields.Char("Fingerprint", readonly=True, index=True)
    kind = fields.Selection(
        [('email', "By e-mail"), ('phone', "By telephone"), ('card', "By card")],
        required=True,
        readonly=True,
    )
    count = fields.Integer("Records", readonly=True)
    detail = fields.Json(readonly=True)
    detail_text = fields.Text("What Was Erased", compute='_compute_detail_text')

    # === COMPUTE METHODS === #

    @api.depends('detail')
    @api.depends_context('lang')
    def _compute_detail_text(self):
        labels = self.env['ecrm.person']._labels()
        for erasure in self:
            erasure.detail_text = '\n'.join(
                f'{labels[key][0]}: {number}'
                for key, number in (erasure.detail or {}).items()
                if key in labels
            )

    # === CRUD METHODS === #

    def write(self, vals):
        if vals:
            raise UserError(self.env._("The record of an erasure is never changed."))
        return super().write(vals)

    # === BUSINESS METHODS === #

    @api.model
    def _get_digest(self, identity):
        return hmac(self.env(su=True), 'ecrm.erasure', identity)

    @api.model
    def _record(self, kind, identities, counts):
        """Write down an erasure, once for each thing the person was known by.

        :param kind: a value of the field
        :param identities: normalised e-mails and numbers in E.164
        :param counts: dict from ``ecrm.person._erase``
        """
        digests = [self._get_digest(identity) for identity in sorted(identities)] or [False]
        return self.sudo().create(
            [
                {'digest': digest, 'kind': kind, 'count': sum(counts.values()), 'detail': counts}
                for digest in digests
            ]
        )
