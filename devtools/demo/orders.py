"""demo/order_demo.xml: sixty customers, their orders of two years, and what became of these."""

import random

from .people import invent

# Sizes people buy: width, height in centimetres, panels, how often
SIZES = [
    (50, 50, 1, 20), (30, 60, 1, 16), (60, 90, 1, 16), (50, 100, 1, 9), (80, 120, 1, 7), (40, 50, 3, 8), (40, 60, 1, 9), (50, 70, 1, 10), (70, 100, 1, 5), (30, 40, 3, 3),
]  # fmt: skip
BEST = {
    'M054': 9,
    'M244': 8,
    'M376': 6,
    'M104': 7,
    'M266': 6,
    'M371': 5,
    'M361': 4,
    'M072': 4,
    'M211': 5,
}
# Where an order comes from: source, through the site?, how often
ORIGINS = [
    ("utm.utm_source_facebook", True, 22), ("demo_source_instagram", True, 24), ("", True, 26), ("demo_source_whatsapp", False, 14), ("utm.utm_source_facebook", False, 8),
    ("utm.utm_source_newsletter", True, 4), ("", False, 6),
]  # fmt: skip

HISTORY = """
    <!-- Drafts become what they became: confirmed on their day, delivered some days later, paid by an invoice -->
    <record id="demo_action_history" model="ir.actions.server">
        <field name="name">DecoSpace: two years go by</field>
        <field name="model_id" ref="sale.model_sale_order"/>
        <field name="state">code</field>
        <field name="code">
now = datetime.datetime.now()
days = {order.id: order.date_order for order in records}
records.action_confirm()
for order in records:
    order.write({'date_order': days[order.id]})

delivered = records.filtered(lambda order: (now - days[order.id]).days > 3)
for move in delivered.picking_ids.move_ids:
    move.write({'quantity': move.product_uom_qty, 'picked': True})
delivered.picking_ids._action_done()
for order in delivered:
    done = days[order.id] + datetime.timedelta(days=3, hours=order.id % 7)
    order.picking_ids.write({'date_done': done, 'scheduled_date': done})

invoices = delivered.filtered(lambda order: (now - days[order.id]).days > 6 and order.id % 5 > 2)._create_invoices(grouped=True)
for invoice in invoices:
    order = invoice.invoice_line_ids.sale_line_ids.order_id
    invoice.write({'invoice_date': (days[order.id] + datetime.timedelta(days=4)).date()})
invoices.action_post()

# Reports of carts count from the day a cart was opened
env.flush_all()
env.cr.execute("UPDATE sale_order SET create_date = date_order WHERE company_id = %s", [records.company_id.id])
env.invalidate_all()
        </field>
    </record>
    <function model="ir.actions.server" name="run" context="{'active_model': 'sale.order', 'active_ids': ORDERS}">
        <value eval="[ref('demo_action_history')]"/>
    </function>
    <delete model="ir.actions.server" id="demo_action_history"/>
"""


def _customer(number, person):
    state = f'<field name="state_id" model="res.country.state" search="[(\'country_id.code\', \'=\', \'DZ\'), (\'code\', \'=\', \'{person["code"]}\')]"/>'
    company = '<field name="is_company" eval="True"/>' if person['company'] else ''
    slug = f'client{number:02d}'
    return (
        f'    <record id="demo_partner_{number:02d}" model="res.partner">\n'
        f'        <field name="name">{person["name"]}</field>{company}\n'
        f'        <field name="phone">{person["phone"]}</field>\n'
        f'        <field name="email">{slug}@client.example</field>\n'
        f'        <field name="street">{person["street"]}</field>\n'
        f'        <field name="city">{person["city"]}</field>{state}\n'
        '        <field name="country_id" ref="base.dz"/>\n'
        '        <field name="company_id" ref="demo_company"/>\n'
        f'        <field name="lang">{"ar_001" if number % 5 == 0 else "fr_FR"}</field>\n'
        f'        <field name="user_id" ref="{"demo_user_sales2" if number % 3 == 0 else "demo_user_sales"}"/>\n'
        '    </record>\n'
    )


def _line(ref, size, quantity):
    width, height, panels = size
    return (
        f"Command.create({{'product_id': ref('demo_variant_{ref.lower()}'), 'product_uom_qty': {quantity}, "
        f"'ecrm_width_mm': {width * 10}, 'ecrm_height_mm': {height * 10}, 'ecrm_panels': {panels}}})"
    )


class Story:
    """What is drawn by lot while the orders are told."""

    def __init__(self, models):
        self.rnd = random.Random('DecoSpace')
        self.refs = [row[0] for row in models]
        self.weights = [BEST.get(ref, 1) for ref in self.refs]
        self.count = 0

    def lines(self, many):
        """Give the lines of an order: always a size, seldom two of the same."""
        chosen = []
        while len(chosen) < many:
            ref = self.rnd.choices(self.refs, self.weights)[0]
            if ref not in chosen:
                chosen.append(ref)
        sizes = [self.rnd.choices(SIZES, [s[3] for s in SIZES])[0][:3] for _ref in chosen]
        return [
            _line(ref, size, 2 if self.rnd.random() < 0.08 else 1)
            for ref, size in zip(chosen, sizes, strict=True)
        ]

    def order(self, partner, age, lines, cart=False):
        """Give the record of an order made `age` days ago; a `cart` was left on the site."""
        self.count += 1
        rnd, name = self.rnd, f'demo_order_{self.count:04d}'
        source, site, _weight = rnd.choices(ORIGINS, [o[2] for o in ORIGINS])[0]
        site = site or cart
        fields = [
            f'<field name="partner_id" {partner}/>',
            f'<field name="date_order" eval="DateTime.now() - relativedelta(days={age}, hours={rnd.randrange(1, 9)}, minutes={rnd.randrange(60)})"/>',
            '<field name="company_id" ref="demo_company"/>',
            '<field name="pricelist_id" ref="demo_pricelist"/>',
            '<field name="team_id" ref="demo_team"/>',
            f'<field name="user_id" ref="{rnd.choice(["demo_user_sales", "demo_user_sales", "demo_user_sales2"])}"/>',
        ]
        if site:
            fields.append('<field name="website_id" ref="demo_website"/>')
            fields.append('<field name="medium_id" ref="utm.utm_medium_website"/>')
        if source:
            fields.append(f'<field name="source_id" ref="{source}"/>')
        if 20 < age < 60 or 380 < age < 420:
            campaign = 'demo_campaign_return' if age < 60 else 'demo_campaign_ramadan'
            fields.append(f'<field name="campaign_id" ref="{campaign}"/>')
        if not cart:
            fields.append('<field name="carrier_id" ref="demo_carrier"/>')
            lines = [
                *lines,
                "Command.create({'product_id': ref('demo_delivery_product'), 'is_delivery': True, 'sequence': 100})",
            ]
        glue = ',\n            '
        fields.append(f'<field name="order_line" eval="[\n            {glue.join(lines)}]"/>')
        body = '\n        '.join(fields)
        return f'    <record id="{name}" model="sale.order">\n        {body}\n    </record>\n'


def build(models):
    """Give the XML text of the customers, orders and carts."""
    story = Story(models)
    people = invent(story.rnd)
    # The order that a visitor of the shop would recognise, then the portal customer's own
    portal = 'model="res.users" eval="obj(ref(\'demo_user_portal\')).partner_id.id"'
    told = [(1, portal, 12, [_line('M054', (50, 50, 1), 1)])]
    told += [(0, portal, age, story.lines(many)) for age, many in ((2, 1), (95, 2), (260, 1))]
    for number, person in enumerate(people, 1):
        rich = 2 if person['habit'] in ('champion', 'cannot lose') or person['company'] else 1
        told += [
            (
                0,
                f'ref="demo_partner_{number:02d}"',
                age,
                story.lines(story.rnd.choice([1, 1, rich, rich + 1])),
            )
            for age in person['ages']
        ]
    orders = [story.order(*row[1:]) for row in told]
    confirmed = ', '.join(f"ref('demo_order_{k + 1:04d}')" for k in range(len(orders)))
    curious = [number for number, person in enumerate(people, 1) if not person['ages']]
    carts = [
        story.order(
            f'ref="demo_partner_{curious.pop() if curious else story.rnd.randrange(1, 60):02d}"',
            age,
            story.lines(story.rnd.choice([1, 1, 2])),
            cart=True,
        )
        for age in (1, 1, 2, 3, 5, 6, 9, 13, 20, 31, 45, 70)
    ]
    variants = [
        f"{{'xml_id': 'ecrm.demo_variant_{row[0].lower()}', 'noupdate': True, 'record': obj(ref('demo_product_{row[0].lower()}')).product_variant_id}}"
        for row in models
    ]
    glue = ',\n            '
    return ''.join(
        [
            '<odoo noupdate="1" context="{\'tracking_disable\': True, \'mail_create_nosubscribe\': True, \'mail_create_nolog\': True, \'allowed_company_ids\': [ref(\'demo_company\')]}">\n\n',
            '    <function model="ir.model.data" name="_update_xmlids">\n        <value model="product.template" eval="[\n            ',
            glue.join(variants),
            ']"/>\n    </function>\n\n',
            *[_customer(number, person) for number, person in enumerate(people, 1)],
            '\n',
            *orders,
            '\n    <!-- Carts left on the site -->\n',
            *carts,
            HISTORY.replace('ORDERS', f'[{confirmed}]'),
            '\n</odoo>\n',
        ]
    )
