"""What `./dev shot` photographs: a name, an address, who looks at it, in which language, how wide the screen is."""

from typing import NamedTuple

DESKTOP, PHONE = 1300, 390
PREFIXES = {'fr_FR': '', 'ar_001': '/ar', 'en_US': '/en'}


class Shot(NamedTuple):
    """A picture. `login` None is a visitor; `script` is run on the page before; `whole` keeps its full height."""

    name: str
    url: str
    login: str | None = None
    lang: str = 'fr_FR'
    width: int = DESKTOP
    script: str = ''
    whole: bool = True


def _shop(name, url, login=None, *, script='', langs=('fr_FR', 'ar_001'), widths=(DESKTOP, PHONE)):
    """Give the pictures of a page of the site, in every language and width."""
    shots = []
    for lang in langs:
        for width in widths:
            place = f"{name}-{lang[:2]}{'-phone' if width == PHONE else ''}"
            path = PREFIXES[lang] + (url if url != '/' or lang == 'fr_FR' else '')
            shots.append(Shot(place, path, login, lang, width, script))
    return shots


def _staff(name, url, login, *, phone=False, arabic=False, script=''):
    """Give the pictures of a screen of the staff, as high as the window."""
    shots = [Shot(f'staff-{name}', url, login, script=script, whole=False)]
    if phone:
        shots.append(
            Shot(f'staff-{name}-phone', url, login, width=PHONE, script=script, whole=False)
        )
    if arabic:
        shots.append(Shot(f'staff-{name}-ar', url, login, 'ar_001', script=script, whole=False))
    return shots


OPEN_M054 = """location.href = document.querySelector('.oe_product a[href*="m054"]').href"""
FILL_CART = """(async () => {
    const link = document.querySelector('.oe_product a[href*="m054"]').href;
    const frame = document.createElement('iframe');
    frame.style = 'width: 1200px; height: 900px';
    frame.src = link;
    document.body.append(frame);
    const until = async (found) => { for (let i = 0; i < 80 && !found(); i++) await new Promise((done) => setTimeout(done, 250)); };
    await until(() => frame.contentDocument && frame.contentDocument.querySelector('#add_to_cart') && frame.contentWindow.odoo);
    await new Promise((done) => setTimeout(done, 2500));
    frame.contentDocument.querySelector('#add_to_cart').click();
    await new Promise((done) => setTimeout(done, 2500));
    location.href = link.replace(/\\/shop\\/.*/, '/shop/cart');
})()"""
FIRST_ROW = "document.querySelector('.o_data_row .o_data_cell:nth-child(2), .o_kanban_record:not(.o_kanban_ghost)').click()"

CALENDAR = "document.querySelector('.o_switch_view.o_calendar').click()"
# A profile with a size being tried
TRY_SIZE = f"""(async () => {{
    {FIRST_ROW};
    const field = () => document.querySelector('[name=try_size] input');
    for (let i = 0; i < 80 && !field(); i++) await new Promise((done) => setTimeout(done, 250));
    field().value = '60/90*2';
    field().dispatchEvent(new Event('input', {{bubbles: true}}));
    field().dispatchEvent(new Event('change', {{bubbles: true}}));
    await new Promise((done) => setTimeout(done, 1500));
}})()"""

OPEN_LOYALTY = f"""(async () => {{
    {FIRST_ROW};
    for (let i = 0; i < 80 && !document.querySelector('a[name=ecrm_loyalty]'); i++) await new Promise((done) => setTimeout(done, 250));
    document.querySelector('a[name=ecrm_loyalty]').click();
}})()"""

# The n-th dashboard of the addon, whatever its number in this database
OPEN_BOARD = """(async () => {
    const call = async (model, method, args, kwargs) => (await (await fetch('/web/dataset/call_kw', {method: 'POST',
        headers: {'Content-Type': 'application/json'}, body: JSON.stringify({jsonrpc: '2.0', method: 'call',
        params: {model, method, args, kwargs}})})).json()).result;
    const boards = await call('spreadsheet.dashboard', 'search_read', [[['dashboard_group_id.name', '=', 'e-CRM']], ['name']], {order: 'sequence'});
    location.href = `/odoo/dashboards?dashboard_id=${boards[%s].id}`;
})()"""

# From the list of orders to the complaint form of the first, and from complaints to one in a state
COMPLAIN = """(async () => {
    const page = await (await fetch(document.querySelector('a[href*="/my/orders/"]:not([href*="page"])').href)).text();
    location.href = new DOMParser().parseFromString(page, 'text/html').querySelector('.o_ecrm_complain').getAttribute('href');
})()"""
FOLLOW = """(() => { (document.querySelector('.list-group-item:has(.o_ecrm_kind_%s)') || document.querySelector('.list-group-item')).click(); })()"""


def _then(button):
    """Open the first record and press one of its buttons, where needed in the menu that phones fold it into."""
    return f"""(async () => {{
        const until = async (find) => {{ let el; for (let i = 0; i < 80 && !(el = find()); i++) await new Promise((done) => setTimeout(done, 250)); return el; }};
        {FIRST_ROW};
        await until(() => document.querySelector('.o_form_view .o_statusbar_buttons'));
        const find = () => document.querySelector('button[name={button}]');
        if (!find()) [...document.querySelectorAll('.o_statusbar_buttons button')].at(-1).click();
        (await until(find)).click();
        await until(() => document.querySelector('.modal .o_form_view'));
    }})()"""


PAGES = [
    *_shop('home', '/'),
    *_shop('home', '/', langs=('en_US',), widths=(DESKTOP,)),
    *_shop('shop', '/shop'),
    *_shop('product', '/shop?search=M054', script=OPEN_M054),
    # The product's page is found by its search, then the cart is filled there
    *_shop('cart', '/shop?search=M054', script=FILL_CART),
    *_shop('contact', '/contactus'),
    *_shop('callback', '/callback'),
    *_shop('quote', '/quote'),
    *_shop('newsletter', '/newsletter'),
    *_shop('portal-orders', '/my/orders', 'portal'),
    *_shop('portal-complaints', '/my/complaints', 'portal'),
    *_shop('complaint-order', '/my/orders', 'portal', script=COMPLAIN),
    *_shop('complaint-form', '/complaint'),
    *_shop('my-data', '/my/data', 'portal'),
    *_shop('complaint-open', '/my/complaints', 'portal', script=FOLLOW % 'waiting_internal'),
    *_shop('complaint-rate', '/my/complaints', 'portal', script=FOLLOW % 'resolved'),
    *_staff('customers', '/odoo/ecrm-customers', 'marketing', arabic=True),
    *_staff('customer', '/odoo/ecrm-customers', 'marketing', script=OPEN_LOYALTY),
    *(
        shot
        for place, board in enumerate(('shop', 'customers', 'complaints', 'voice'))
        for shot in _staff(
            f'board-{board}',
            '/odoo/ecrm-feedback',
            'manager',
            phone=board == 'shop',
            arabic=board in ('shop', 'customers'),
            script=OPEN_BOARD % place,
        )
    ),
    *_staff('segments', '/odoo/ecrm-segments', 'marketing'),
    *_staff('prediction', '/odoo/ecrm-prediction', 'marketing'),
    *_staff('sources', '/odoo/ecrm-sources', 'marketing'),
    *_staff('cohorts', '/odoo/ecrm-cohorts', 'marketing'),
    *_staff('carts', '/odoo/ecrm-carts', 'marketing'),
    *_staff('complaints', '/odoo/complaints', 'sales', phone=True, arabic=True),
    *_staff('complaint', '/odoo/complaints', 'sales', phone=True, arabic=True, script=FIRST_ROW),
    *_staff('lesson-cohorts', '/odoo/complaint-cohorts', 'manager', phone=True, arabic=True),
    *_staff('lesson-causes', '/odoo/top-causes', 'manager', phone=True, arabic=True),
    *_staff('lesson-actions', '/odoo/corrective-actions', 'manager', script=FIRST_ROW),
    *_staff('lesson-analysis', '/odoo/complaint-analysis', 'manager'),
    *_staff('complaints-today', '/odoo/complaints-today', 'sales', phone=True),
    *_staff(
        'complaint-voucher',
        '/odoo/complaints',
        'sales',
        phone=True,
        script=_then('action_offer_voucher'),
    ),
    *_staff(
        'complaint-remake',
        '/odoo/complaints',
        'sales',
        phone=True,
        script=_then('action_offer_remake'),
    ),
    *_staff('submissions', '/odoo/submissions', 'sales', phone=True),
    *_staff('orders', '/odoo/orders', 'sales'),
    *_staff('order', '/odoo/orders', 'sales', phone=True, arabic=True, script=FIRST_ROW),
    *_staff('leads', '/odoo/crm', 'sales'),
    *_staff('workshop', '/odoo/workshop', 'workshop', phone=True, arabic=True),
    *_staff('workshop-calendar', '/odoo/workshop', 'workshop', script=CALENDAR),
    *_staff('size-profiles', '/odoo/size-profiles', 'manager'),
    *_staff(
        'size-profile', '/odoo/size-profiles', 'manager', phone=True, arabic=True, script=TRY_SIZE
    ),
]
