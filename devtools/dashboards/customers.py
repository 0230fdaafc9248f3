"""The customers: who ordered in a period; segments, cohorts, repurchase, value and churn as they
stand today, of everybody or of those whose first order was within some months.
"""

from board import FIRST_ORDER, PERIOD, Dashboard

ROWS, SALES = 'ecrm.customer.indicator', 'ecrm.report.sale'
BUYERS = [['order_count', '>', 0]]
LIST = 'ecrm.menu_ecrm_loyalty_indicator'
COHORT = 'ecrm.menu_ecrm_loyalty_cohort'
SOURCE = 'ecrm.menu_ecrm_loyalty_source'
FIT = 'ecrm.menu_ecrm_loyalty_fit'
FIRST = {FIRST_ORDER: 'first_order_date'}
SOLD = ['net_revenue', 'customer_id', 'new_customer_id']


def _period_cards(board):
    """What happened in the period, beside the period before."""
    now = board.pivot('Sales', SALES, SOLD, by={PERIOD: 'date'})
    then = board.pivot('Sales, period before', SALES, SOLD, by={PERIOD: 'date'}, offset=-1)
    board.card(
        'Net sales',
        f'=PIVOT.VALUE({now},"net_revenue")',
        f'=PIVOT.VALUE({then},"net_revenue")',
        menu=SOURCE,
    )
    board.card(
        'Customers who ordered',
        f'=PIVOT.VALUE({now},"customer_id")',
        f'=PIVOT.VALUE({then},"customer_id")',
        menu=SOURCE,
    )
    new = f'100*PIVOT.VALUE({now},"new_customer_id")'
    board.card('First-time buyers (%)', f'=IFERROR({new}/B3,"-")', menu=SOURCE)
    prospects = board.pivot('Prospects', ROWS, ['__count'], domain=[['order_count', '=', 0]])
    board.card('Prospects', f'=PIVOT.VALUE({prospects},"__count")', menu=LIST)


def _first_order_cards(board):
    """What became of the customers, by when they came."""
    everybody = board.pivot(
        'Customers', ROWS, ['__count', 'net_revenue', 'predicted_value'], domain=BUYERS, by=FIRST
    )
    again = board.pivot('Came back', ROWS, ['__count'], domain=[['order_count', '>', 1]], by=FIRST)
    board.card('Customers', f'=PIVOT.VALUE({everybody},"__count")', menu=LIST)
    board.card('Came back (%)', f'=IFERROR(100*PIVOT.VALUE({again},"__count")/B6,"-")', menu=COHORT)
    revenue = f'PIVOT.VALUE({everybody},"net_revenue")'
    board.card('Revenue per customer', f'=IFERROR({revenue}/B6,"-")', menu=LIST)
    value = _known(f'PIVOT.VALUE({everybody},"predicted_value")')
    board.card('Predicted value', f'={value}', menu=LIST)


def _known(value):
    """A formula that says "-" where nothing was predicted, which is not 0."""
    return f'IFERROR(IF(OR({value}="",{value}=0),"-",{value}),"-")'


def _churn(board):
    """The bands are read from the settings, not stored: a pivot each."""
    board.title('A28', 'Churn risk', FIT)
    headers = ('Risk', 'Customers', 'Revenue', 'Predicted value')
    for column, header in zip('ABCD', headers, strict=True):
        board.cells[f'{column}29'] = f'=_t("{header}")'
    board.styles |= {'A29': 2, 'B29:D29': 3}
    measures = ('__count', 'net_revenue', 'predicted_value')
    for line, (band, label) in enumerate((('high', 'High'), ('medium', 'Medium'), ('low', 'Low'))):
        pivot = board.pivot(
            f'Risk {band}', ROWS, measures, domain=[['churn_band', '=', band]], by=FIRST
        )
        board.cells[f'A{30 + line}'] = f'=_t("{label}")'
        for column, measure in zip('BCD', measures, strict=True):
            value = f'PIVOT.VALUE({pivot},"{measure}")'
            if measure == 'predicted_value':
                value = _known(value)
            board.cells[f'{column}{30 + line}'] = f'={value}'


def write():
    board = Dashboard()
    _period_cards(board)
    _first_order_cards(board)
    measures = ['__count', 'net_revenue', 'average_basket']
    segments = board.pivot('Segments', ROWS, measures, ['segment_id'], by=FIRST)
    cohorts = board.pivot(
        'Cohorts',
        'ecrm.report.cohort',
        ['customer_count'],
        ['cohort_date:month'],
        columns=['month_label'],
        domain=[['month_offset', '<', 7]],
        by={FIRST_ORDER: 'cohort_date'},
    )
    board.pivots[cohorts]['sortedColumn'] = None
    board.pivots[cohorts]['rows'][0]['order'] = 'desc'
    board.title('A12', 'Segments', LIST)
    board.table('A13', segments, 12, ['Segment', 'Customers', 'Revenue', 'Average basket'])
    board.chart(
        'pie',
        ROWS,
        ['segment_id'],
        '__count',
        place={'x': 640, 'y': 265},
        size={'width': 400, 'height': 320},
        domain=BUYERS,
        by=FIRST,
        menu=LIST,
    )
    _churn(board)
    board.title('A35', 'Customers by month of first order, and active k months later', COHORT)
    board.table('A36', cohorts, 24, ['First order', *map(str, range(7))])
    board.write('customers', lines=64, widths=[200, 100, 160, 130, 105, 105, 105, 105])
