from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ...tools import legacy
from ...tools.phone import normalise

_lt = LazyTranslate(__name__)

REASONS = {
    'phone': _lt("The phone number is missing or cannot be read."),
    'size': _lt("The size is missing, cannot be read, or can be read in two ways."),
    'price': _lt("The price is missing or far from the others."),
    'name': _lt("The name is no name."),
    'model': _lt("The reference is no reference."),
    'date': _lt("The date cannot be read."),
    'future': _lt("The date is after today."),
    'quantity': _lt("The quantity cannot be read."),
    'customer': _lt("Several customers have this phone number."),
    'empty': _lt("There is no order in this row."),
}

DOUBTED = {
    'phone': 'phone',
    'size': 'size_text',
    'price': 'price',
    'name': 'name',
    'model': 'model',
    'date': 'day',
    'future': 'day',
    'quantity': 'quantity',
}


class EcrmImportRow(models.Model):
    _name = 'ecrm.import.row'
    _description = "Row of an Old Customer Sheet"
    _inherit = ['ecrm.sized.mixin']
    _order = 'line, id'
    _rec_name = 'line'

    import_id = fields.Many2one('ecrm.import', required=True, ondelete='cascade', index=True)
    line = fields.Integer(readonly=True)
    cells = fields.Json(readonly=True)
    raw = fields.Char("As it stood", compute='_compute_texts')
    key = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ('ok', "Ready"),
            ('fixed', "Ready, cleaned"),
            ('review', "To review"),
            ('reject', "Left out"),
            ('known', "Imported before"),
            ('done', "Imported"),
        ],
        required=True, readonly=True,
    )  # fmt: skip
    reasons = fields.Char(readonly=True)
    reason_text = fields.Char("Why", compute='_compute_texts')
    hint = fields.Char("Might mean", readonly=True)
    doubts = fields.Json(readonly=True)
    name = fields.Char("Customer's name")
    phone = fields.Char()
    other_phones = fields.Char(readonly=True)
    email = fields.Char()
    model = fields.Char("Article's reference")
    size_text = fields.Char("Size as typed", help="Type here a size such as 40x50*3.")
    price = fields.Float(digits='Product Price')
    quantity = fields.Integer(default=1)
    wilaya_code = fields.Char("Wilaya")
    address = fields.Char()
    day = fields.Date("Date")
    partner_id = fields.Many2one(
        'res.partner', "Customer", readonly=True, ondelete='set null', index='btree_not_null'
    )
    order_id = fields.Many2one(
        'sale.order', readonly=True, ondelete='set null', index='btree_not_null'
    )
    made_partner = fields.Boolean(readonly=True)
    stamp = fields.Datetime(readonly=True)

    _key_idx = models.Index("(key) WHERE state = 'done'")
    _state_idx = models.Index('(import_id, state)')

    # === COMPUTE METHODS === #

    @api.depends('cells', 'reasons')
    def _compute_texts(self):
        for row in self:
            row.raw = ' | '.join(row.cells or ())
            codes = (row.reasons or '').split()
            row.reason_text = ' '.join(self.env._(REASONS[code]) for code in codes)

    # === ACTIONS === #

    def action_check(self):
        """Take a row as a person has put it right; what he left as it was stays to review."""
        self._check()

    def action_take_as_is(self):
        """Take a row whose doubt a person does not share, such as a high price; what cannot be read stays."""
        self._check(is_sure=True)

    def _check(self, is_sure=False):
        self.check_access('write')
        for row in self.filtered(lambda row: row.state in ('review', 'reject')):
            reasons = [] if is_sure else row._get_unchanged()
            phone = normalise(row.phone, row.import_id.country_id.code or 'DZ')
            size, _cleaned = legacy.read_size(row.size_text or '')
            for reason, is_bad in (
                ('phone', not phone.readable), ('size', not size), ('price', row.price <= 0),
                ('name', row.name and legacy.read_name(row.name) is None),
                ('quantity', row.quantity <= 0), ('future', self._is_ahead(row.day)),
            ):  # fmt: skip
                if is_bad and reason not in reasons:
                    reasons.append(reason)
            row.write(
                {
                    'phone': phone.e164 or row.phone,
                    'reasons': ' '.join(reasons),
                    'hint': row.hint if reasons else False,
                    'state': 'review' if reasons else 'fixed',
                    **self._prepare_ecrm_size_values(size),
                }
            )

    def _get_unchanged(self):
        """Return the reasons whose field still holds what was doubtful when the sheet was read."""
        doubts = self.doubts or {}
        return [
            reason
            for reason in (self.reasons or '').split()
            if reason in doubts and (self[DOUBTED[reason]] or False) == doubts[reason]
        ]

    def action_leave_out(self):
        self.check_access('write')
        self.filtered(lambda row: row.state != 'done').write({'state': 'reject'})

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_row_values(self, row, cells, columns):
        """Return the values of a :class:`tools.legacy.Row`.

        What cannot be read stands as it was typed, for a person to put right.
        """
        reasons, ahead = list(row.reasons), self._is_ahead(row.day)
        if ahead:
            reasons.append('future')
        values = {
            'state': 'review' if ahead and row.state != 'reject' else row.state,
            'reasons': ' '.join(reasons),
            'hint': ', '.join(row.hints),
            'name': row.name,
            'phone': row.phone or legacy.get_cell(cells, columns['phone']),
            'other_phones': ', '.join(row.other_phones),
            'email': row.email,
            'model': row.model,
            'size_text': row.size.text if row.size else legacy.get_cell(cells, columns['size']),
            'price': float(row.price or 0),
            'quantity': row.quantity,
            'wilaya_code': row.wilaya,
            'address': row.address,
            'day': row.day,
            **self._prepare_ecrm_size_values(row.size),
        }
        values['doubts'] = {
            reason: values[DOUBTED[reason]] or False for reason in reasons if reason in DOUBTED
        }
        return values

    @api.model
    def _is_ahead(self, day):
        return bool(day) and day > fields.Date.context_today(self)

    def _import(self):
        """Create the customers and orders of these rows, a statement of each for all of them."""
        partners = self._get_partners()
        several = self.filtered(lambda row: len(partners.get(row.phone, ())) > 1)
        several.write({'state': 'review', 'reasons': 'customer'})
        rows = self - several
        if not rows:
            return
        products = rows._get_products()
        orders = rows._make_orders(partners, products)
        for row, order in zip(rows, orders, strict=True):
            row.write({
                'state': 'done', 'order_id': order.id, 'partner_id': order.partner_id.id,
                'stamp': self.env.cr.now(),
            })  # fmt: skip

    def _get_partners(self):
        """Return the customers by phone, new ones created: the longest spelling is the name."""
        partner_model = self.env['res.partner'].with_context(tracking_disable=True)
        found = partner_model.search(
            [
                ('phone_sanitized', 'in', self.mapped('phone')),
                ('company_id', 'in', [False, self.env.company.id]),
            ]
        )
        partners = dict(found.grouped('phone_sanitized'))
        new = self.filtered(lambda row: row.phone not in partners).grouped('phone')
        # Of the whole sheet, not of this batch: the longest spelling may stand at its end.
        names = dict(self._read_group(
            [('import_id', '=', self.import_id.id), ('phone', 'in', list(new))],
            ['phone'], ['name:array_agg'],
        ))  # fmt: skip
        states = self.env['res.country.state'].search([('country_id.code', '=', 'DZ')])
        states = {state.code: state for state in states}
        created = partner_model.create(
            [
                rows._prepare_partner_values(names[phone], states.get(rows[0].wilaya_code))
                for phone, rows in new.items()
            ]
        )
        for (phone, rows), partner in zip(new.items(), created, strict=True):
            partners[phone] = partner
            rows.made_partner = True
        return partners

    def _prepare_partner_values(self, names, state):
        """Return the values of the one customer of these rows."""
        name, others = legacy.longest(names)
        numbers = {
            number for row in self for number in (row.other_phones or '').split(', ') if number
        }
        return {
            'name': name or self[0].phone,
            'phone': self[0].phone,
            'email': next(filter(None, self.mapped('email')), False),
            'street': False if state else self[0].address,
            'city': self[0].address if state else False,
            'state_id': state.id if state else False,
            'country_id': state.country_id.id if state else self.import_id.country_id.id,
            'comment': ', '.join((*others, *sorted(numbers))) or False,
        }  # fmt: skip

    def _get_products(self):
        """Return the articles by reference; those the catalogue lacks are made unpublished."""
        references = {reference or '' for reference in self.mapped('model')}
        found = self.env['product.product'].search(
            [
                ('default_code', 'in', list(references)),
                ('company_id', 'in', [False, self.env.company.id]),
            ]
        )
        products = {product.default_code: product for product in reversed(found)}
        # What a sheet without references sold is one article, so that it is counted as sold.
        if nameless := self.import_id.product_ids.filtered(
            lambda template: not template.default_code
        ):
            products[''] = nameless[0].product_variant_id
        missing = sorted(references - products.keys())
        profile = self.import_id.profile_id
        if missing:
            templates = self.env['product.template'].with_context(tracking_disable=True).create([
                {
                    'name': reference or self.env._("Article of an old sheet"),
                    'default_code': reference, 'type': 'consu',
                    'company_id': self.env.company.id, 'is_published': False,
                    'ecrm_size_profile_id': profile.id,
                } for reference in missing
            ])  # fmt: skip
            self.import_id.product_ids += templates
            products.update(
                {template.default_code or '': template.product_variant_id for template in templates}
            )
        return products

    def _prepare_order_values(self, partner, product):
        """Return the values of the order of one row, at the price of the sheet, without tax."""
        line = {
            'product_id': product.id,
            'product_uom_qty': self.quantity,
            'price_unit': self.price,
            # The sheet says what was paid: today's discounts and taxes are none of its business.
            'discount': 0.0,
            'tax_ids': [fields.Command.clear()],
        }
        if product.ecrm_size_profile_id:
            line.update(
                {
                    name: self[name]
                    for name in ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')
                }
            )
        else:
            line['name'] = f'{product.display_name} {self.ecrm_size_label or ""}'.strip()
        return {
            # A name of its own: numbers of the past do not use up the numbers of today.
            'name': f'OLD{self.import_id.id}/{self.line:05}',
            'partner_id': partner.id,
            'company_id': self.env.company.id,
            'date_order': fields.Datetime.to_datetime(self.day or self.import_id.order_date),
            'origin': self.import_id.name,
            'fiscal_position_id': False,
            'user_id': partner.user_id.id,
            'order_line': [fields.Command.create(line)],
        }
