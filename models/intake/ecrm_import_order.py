from odoo import models
from odoo.tools import SQL

SIZE_COLUMNS = ('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')
OWN_OF_ORDER = {
    'name': SQL("v.name"),
    'partner_id': SQL("v.partner"),
    'partner_invoice_id': SQL("v.partner"),
    'partner_shipping_id': SQL("v.partner"),
    'date_order': SQL("v.date_order"),
    'amount_untaxed': SQL("v.amount"),
    'amount_total': SQL("v.amount"),
    'margin': SQL("v.amount - coalesce(l.purchase_price, 0) * l.product_uom_qty"),
    'margin_percent': SQL("1 - coalesce(l.purchase_price, 0) * l.product_uom_qty / v.amount"),
}
OWN_OF_LINE = {
    'order_id': SQL("v.copy"),
    'order_partner_id': SQL("v.partner"),
    'product_id': SQL("v.product"),
    'name': SQL("v.text"),
    'price_unit': SQL("v.price"),
    'technical_price_unit': SQL(
        "CASE WHEN l.technical_price_unit = l.price_unit THEN v.price ELSE l.technical_price_unit END"
    ),
    'price_subtotal': SQL("v.amount"),
    'price_total': SQL("v.amount"),
    'price_reduce_taxexcl': SQL("v.amount / l.product_uom_qty"),
    'price_reduce_taxinc': SQL("v.amount / l.product_uom_qty"),
    'untaxed_amount_to_invoice': SQL(
        "CASE WHEN l.untaxed_amount_to_invoice = 0 THEN 0 ELSE v.amount END"
    ),
    'margin': OWN_OF_ORDER['margin'],
    'margin_percent': OWN_OF_ORDER['margin_percent'],
    'ecrm_width_mm': SQL("v.width"),
    'ecrm_height_mm': SQL("v.height"),
    'ecrm_panels': SQL("v.panels"),
    'ecrm_layout': SQL("v.layout"),
}


class EcrmImportRow(models.Model):
    """Orders of an old sheet: twenty thousand that differ in customer, day, article, size and price only.

    One of each sort is made by Odoo and is the pattern of the others, which the database copies: what any
    addon puts in a column of an order it puts in the pattern. What may differ between two rows stands in the
    key of the sort, in the columns above, or is computed afterwards.
    """

    _inherit = 'ecrm.import.row'

    # === BUSINESS METHODS === #

    def _make_orders(self, partners, products):
        """Return the confirmed orders of these rows, one each and in their order.

        :param partners: dict of phone to ``res.partner``
        :param products: dict of reference to ``product.product``
        """
        sorts = self.grouped(self._get_sort_key(partners, products))
        firsts = self.browse().concat(*(rows[0] for rows in sorts.values()))
        patterns = self.env['sale.order'].with_context(
            tracking_disable=True, skip_procurement=True, mail_create_nosubscribe=True
        )
        patterns = patterns.create(
            [
                row._prepare_order_values(partners[row.phone], products[row.model or ''])
                for row in firsts
            ]
        )
        # Not confirmed by the button: that would mail customers and plan deliveries of the past.
        patterns.write({'state': 'sale', 'locked': True})
        self.env.flush_all()
        made = dict(zip(firsts.ids, patterns, strict=True))
        pattern_of = {
            row.id: made[rows[0].id] for rows in sorts.values() for row in rows if row not in firsts
        }
        if pattern_of:
            made.update(self._copy_orders(pattern_of, partners, products))
        return self.env['sale.order'].concat(*(made[row.id] for row in self))

    def _get_sort_key(self, partners, products):
        """Return a function of a row to what its order depends on beyond the columns that are its own.

        Customers and articles that this import made and nobody has changed are all alike; another one is a sort
        of its own, since his price list, language or salesperson may be.
        """
        record = self.import_id
        stamps = {
            row.partner_id.id: row.stamp
            for row in self.search([('import_id', '=', record.id), ('made_partner', '=', True)])
        } | {partners[row.phone].id: None for row in self if row.made_partner}
        alike = {
            partner.id
            for partner in self.env['res.partner'].union(*partners.values())
            if partner.id in stamps
            and partner.write_date <= (stamps[partner.id] or partner.create_date)
        }
        articles = record.product_ids.product_variant_ids.filtered(
            lambda product: product.product_tmpl_id.write_date <= product.create_date
        )
        foreign = self.env.company.currency_id != self.env.ref('base.DZD')

        def sort(row):
            partner, product = partners[row.phone], products[row.model or '']
            return (
                '' if partner.id in alike else partner.id,
                '' if product in articles else product.id,
                product.standard_price and [row[name] for name in SIZE_COLUMNS].__repr__(),
                row.quantity,
                foreign and row.day,
            )

        return sort

    def _copy_orders(self, pattern_of, partners, products):
        """Copy the patterns for the other rows by one statement for orders and one for lines.

        :param pattern_of: dict of row id to the order to copy
        :return: dict of row id to ``sale.order``
        """
        rows = self.filtered(lambda row: row.id in pattern_of)
        values = []
        for row in rows:
            product = products[row.model or '']
            order = row._prepare_order_values(partners[row.phone], product)
            line = order['order_line'][0][2]
            amount = pattern_of[row.id].currency_id.round(line['price_unit'] * row.quantity)
            values.append(
                (row.id, pattern_of[row.id].id, order['name'], order['partner_id'], order['date_order'],
                 line['price_unit'], amount, product.id, line.get('name') or product.display_name,
                 *(line.get(name) or None for name in SIZE_COLUMNS))
            )  # fmt: skip
        columns = list(zip(*values, strict=True))
        source = SQL(
            """unnest(%s::int[], %s::int[], %s::varchar[], %s::int[], %s::timestamp[], %s::numeric[],
                      %s::numeric[], %s::int[], %s::text[], %s::numeric[], %s::numeric[], %s::int[], %s::varchar[])
               v(row, pattern, name, partner, date_order, price, amount, product, text, width, height, panels, layout)
               JOIN sale_order_line l ON l.order_id = v.pattern""",
            *map(list, columns),
        )
        orders = self._insert_copies('sale.order', OWN_OF_ORDER, SQL(
            "%s JOIN sale_order o ON o.id = v.pattern", source,
        ), SQL("o"), SQL("name"))  # fmt: skip
        copies = {name: order_id for order_id, name in orders}
        source = SQL(
            "(SELECT v.*, copy FROM %s JOIN unnest(%s::varchar[], %s::int[]) c(name, copy) USING (name)) v "
            "JOIN sale_order_line l ON l.order_id = v.pattern",
            SQL(source.code.split('JOIN')[0], *source.params),
            list(copies),
            list(copies.values()),
        )
        lines = self._insert_copies(
            'sale.order.line', OWN_OF_LINE, source, SQL("l"), SQL("order_id")
        )
        self._compute_copies([order_id for order_id, _name in orders], [line[0] for line in lines])
        order_model = self.env['sale.order']
        return {value[0]: order_model.browse(copies[value[2]]) for value in values}

    def _insert_copies(self, model, own, source, alias, returned):
        """Insert a copy of each pattern in ``source``; return the ids with one more column."""
        columns = [
            field.name
            for field in self.env[model]._fields.values()
            if field.store and field.column_type and field.name not in ('id', 'access_token')
        ]
        return self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM %s RETURNING id, %s",
                SQL.identifier(self.env[model]._table),
                SQL(", ").join(map(SQL.identifier, columns)),
                SQL(", ").join(
                    own.get(name) or SQL("%s.%s", alias, SQL.identifier(name)) for name in columns
                ),
                source,
                returned,
            )
        )

    def _compute_copies(self, order_ids, line_ids):
        """Compute what depends on the article and the size, and tell who counts on orders."""
        self.env.invalidate_all(flush=False)
        orders = self.env['sale.order'].browse(order_ids)
        lines = self.env['sale.order.line'].browse(line_ids)
        for records, names in (
            (lines, ('ecrm_area', 'ecrm_promised_date')),
            (lines.filtered('ecrm_is_sized'), ('name',)),
            (orders, ('shipping_weight',)),
        ):
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
        orders._ecrm_mark_customers()
        self.env.flush_all()
