"""The shop: net sales, orders, basket, products, sizes, carts and why they are left."""

from board import PERIOD, PRODUCT, Dashboard

SALES, CARTS = 'ecrm.report.sale', 'ecrm.report.cart'
SOURCE = 'ecrm.menu_ecrm_loyalty_source'
BEST = 'ecrm.menu_ecrm_loyalty_product'
CART = 'ecrm.menu_ecrm_loyalty_cart'
FULL = {'width': 985, 'height': 300}
GOODS = [['is_delivery', '=', False]]
SOLD, CREATED = {PERIOD: 'date', PRODUCT: 'product_tmpl_id'}, {PERIOD: 'date!'}


def _cards(board):
    measures = ['net_revenue', 'order_id', 'quantity', 'new_customer_id']
    now = board.pivot('Sales', SALES, measures, by=SOLD)
    then = board.pivot('Sales, period before', SALES, measures, by=SOLD, offset=-1)
    carts = ['abandonment', 'cart_count', 'abandoned_amount']
    left = board.pivot('Carts', CARTS, carts, by=CREATED)
    left_then = board.pivot('Carts, period before', CARTS, carts, by=CREATED, offset=-1)
    for title, measure in (
        ('Net sales', 'net_revenue'),
        ('Orders', 'order_id'),
        ('Items sold', 'quantity'),
        ('New customers', 'new_customer_id'),
    ):
        board.card(
            title,
            f'=PIVOT.VALUE({now},"{measure}")',
            f'=PIVOT.VALUE({then},"{measure}")',
            menu=BEST if measure == 'quantity' else SOURCE,
        )
    board.card('Average basket', '=IFERROR(B2/B3,"-")', '=IFERROR(C2/C3,0)', menu=SOURCE)
    for title, measure, is_good in (
        ('Carts abandoned (%)', 'abandonment', False),
        ('Carts', 'cart_count', True),
        ('Left in carts', 'abandoned_amount', False),
    ):
        board.card(
            title,
            f'=PIVOT.VALUE({left},"{measure}")',
            f'=PIVOT.VALUE({left_then},"{measure}")',
            is_good=is_good,
            menu=CART,
        )


def _tables(board):
    best = board.pivot(
        'Best products',
        SALES,
        ['net_revenue', 'quantity'],
        ['product_tmpl_id'],
        domain=GOODS,
        by=SOLD,
    )
    sizes = board.pivot(
        'Sizes',
        SALES,
        ['quantity', 'net_revenue'],
        ['size'],
        domain=[['size', '!=', False]],
        by=SOLD,
    )
    networks = board.pivot(
        'Social networks',
        SALES,
        ['net_revenue', 'order_id', 'new_customer_id'],
        ['network'],
        by=SOLD,
    )
    outcomes = board.pivot(
        'Outcome of carts', CARTS, ['cart_count', 'abandoned_amount'], ['outcome'], by=CREATED
    )
    reasons = board.pivot(
        'Reasons given',
        CARTS,
        ['cart_count', 'abandoned_amount'],
        ['reason'],
        domain=[['reason', '!=', False]],
        by=CREATED,
    )
    board.title('A28', 'Best products', BEST)
    board.table('A29', best, 10, ['Product', 'Net sales', 'Items sold'])
    board.title('E28', 'Sizes sold', BEST)
    board.table('E29', sizes, 10, ['Size', 'Items sold', 'Net sales'])
    board.title('A42', 'Sales by social network', SOURCE)
    board.table('A43', networks, 8, ['Social network', 'Net sales', 'Orders', 'New customers'])
    board.title('E42', 'What became of carts', CART)
    board.table('E43', outcomes, 8, ['Outcome', 'Carts', 'Amount'])
    board.title('A54', 'Why carts were left, as customers said', CART)
    board.table('A55', reasons, 8, ['Reason given', 'Carts', 'Amount'])


def write():
    board = Dashboard()
    _cards(board)
    board.title('A12', 'Net sales by month', SOURCE)
    board.chart(
        'bar',
        SALES,
        ['date:month', 'network'],
        'net_revenue',
        place={'x': 0, 'y': 290},
        size=FULL,
        by=SOLD,
        menu=SOURCE,
    )
    _tables(board)
    board.title('A66', 'Social networks in the sales of each product', BEST)
    board.chart(
        'bar',
        SALES,
        ['product_tmpl_id', 'network'],
        'net_revenue',
        place={'x': 0, 'y': 1562},
        size=FULL,
        domain=GOODS,
        by=SOLD,
        menu=BEST,
    )
    board.write('shop', lines=84, widths=[245, 110, 125, 130, 212, 125, 115])
