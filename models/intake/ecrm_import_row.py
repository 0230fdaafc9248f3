from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...tools import legacy
from ...tools.dimension import SizeError, parse_size
from ...tools.phone import normalise

_lt = LazyTranslate(__name__)

REASONS = {
    'phone': _lt("The phone number is missing or cannot be read."),
    'size': _lt("The size is missing, cannot be read, or can be read in two ways."),
    'price': _lt("The price is missing or far from the others."),
    'name': _lt("The name is no name."),
    'model': _lt("The reference is no reference."),
    'date': _lt("The date cannot be read."),
    'quantity': _lt("The quantity cannot be read."),
    'customer': _lt("Several customers have this phone number."),
    'empty': _lt("There is no order in this row."),
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
    partner_id = fields.Many2one('res.partner', "Customer", readonly=True, ondelete='set null')
    order_id = fields.Many2one('sale.order', readonly=True, ondelete='set null')
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
        """Take a row as a person has put it right; what still cannot be read stays to review."""
        self.check_access('write')
        for row in self.filtered(lambda row: row.state in ('review', 'reject')):
            reasons = []
            phone = normalise(row.phone, row.import_id.country_id.code or 'DZ')
            if not phone.readable:
                reasons.append('phone')
            try:
                size = parse_size(row.size_text or '')
            except SizeError:
                size = None
                reasons.append('size')
            if row.price <= 0:
                reasons.append('price')
            if row.name and legacy.read_name(row.name) is None:
                reasons.append('name')
            row.write(
                {
                    'phone': phone.e164 or row.phone,
                    'reasons': ' '.join(reasons),
                    'state': 'review' if reasons else 'fixed',
                    **self._prepare_ecrm_size_values(size),
                }
            )

    def action_leave_out(self):
        self.check_access('write')
        self.filtered(lambda row: row.state != 'done').write({'state': 'reject'})

    # === BUSINESS METHODS === #

    @api.model
    def _prepare_row_values(self, row):
        """Return the values of a :class:`tools.legacy.Row`."""
        return {
            'state': row.state,
            'reasons': ' '.join(row.reasons),
            'name': row.name,
            'phone': row.phone,
            'other_phones': ', '.join(row.other_phones),
            'email': row.email,
            'model': row.model,
            'size_text': row.size.text if row.size else '',
            'price': float(row.price or 0),
            'quantity': row.quantity,
            'wilaya_code': row.wilaya,
            'address': row.address,
            'day': row.day,
            **self._prepare_ecrm_size_values(row.size),
        }

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

    def _undo(self):
        """Remove the orders, then the customers, that nobody has edited or used since."""
        rows = self.filtered(lambda row: row.state == 'done')
        untouched = rows.filtered(lambda row: row.order_id and row._is_untouched(row.order_id))
        orders = untouched.order_id.filtered(
            lambda order: not order.invoice_ids and not order.picking_ids
        )
        gone = untouched.filtered(lambda row: row.order_id in orders)
        partners = gone.filtered(
            lambda row: row.made_partner and row._is_untouched(row.partner_id)
        ).partner_id
        orders.with_context(tracking_disable=True).write({'locked': False, 'state': 'cancel'})
        orders.unlink()
        gone.write({'state': 'fixed', 'made_partner': False, 'stamp': False})
        used = self.env['sale.order'].search([('partner_id', 'in', partners.ids)]).partner_id
        used += self.env['crm.lead'].search([('partner_id', 'in', partners.ids)]).partner_id
        for partner in partners - used:
            self._remove_partner(partner)

    def _remove_partner(self, partner):
        """Remove a customer unless something else holds on to him."""
        try:
            with self.env.cr.savepoint():
                partner.unlink()
        except UserError:
            partner.comment = self.env._("Kept when the import was undone: he is in use.")

    def _is_untouched(self, record):
        return bool(record.write_date and record.write_date <= self.stamp)
