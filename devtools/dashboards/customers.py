"""The customers as they stand today: segments, cohorts, repurchase, value, churn."""

from board import Dashboard

ROWS = 'ecrm.customer.indicator'
BUYERS = [['order_count', '>', 0]]
LIST = 'ecrm.menu_ecrm_loyalty_indicator'
COHORT = 'ecrm.menu_ecrm_loyalty_cohort'
FIT = 'ecrm.menu_ecrm_loyalty_fit'


def _cards(board):
    everybody = board.pivot(
        'Customers', ROWS, ['__count', 'net_revenue', 'predicted_value'], domain=BUYERS
    )
    again = board.pivot('Came back', ROWS, ['__count'], domain=[['order_count', '>', 1]])
    prospects = board.pivot('Prospects', ROWS, ['__count'], domain=[['order_count', '=', 0]])
    board.card('Customers', f'=PIVOT.VALUE({everybody},"__count")', menu=LIST)
    board.card('Came back (%)', f'=IFERROR(100*PIVOT.VALUE({again},"__count")/B2,0)', menu=COHORT)
    board.card(
        'Revenue per customer',
        f'=IFERROR(PIVOT.VALUE({everybody},"net_revenue")/B2,0)',
        menu=LIST,
    )
    value = f'PIVOT.VALUE({everybody},"predicted_value")'
    board.card('Predicted value', f'=IF({value}=0,"-",{value})', menu=FIT)
    board.card('Prospects', f'=PIVOT.VALUE({prospects},"__count")', menu=LIST)


def _churn(board):
    """The bands are read from the settings, not stored: a pivot each."""
    board.title('A28', 'Churn risk', FIT)
    headers = ('Risk', 'Customers', 'Revenue', 'Predicted value')
    for column, header in zip('ABCD', headers, strict=True):
        board.cells[f'{column}29'] = f'=_t("{header}")'
    board.styles['A29:D29'] = 2
    measures = ('__count', 'net_revenue', 'predicted_value')
    for line, (band, label) in enumerate((('high', 'High'), ('medium', 'Medium'), ('low', 'Low'))):
        pivot = board.pivot(f'Risk {band}', ROWS, measures, domain=[['churn_band', '=', band]])
        board.cells[f'A{30 + line}'] = f'=_t("{label}")'
        for column, measure in zip('BCD', measures, strict=True):
            board.cells[f'{column}{30 + line}'] = f'=PIVOT.VALUE({pivot},"{measure}")'


def write():
    board = Dashboard(has_period=False)
    _cards(board)
    segments = board.pivot(
        'Segments', ROWS, ['__count', 'net_revenue', 'average_basket'], ['segment_id']
    )
    cohorts = board.pivot(
        'Cohorts',
        'ecrm.report.cohort',
        ['customer_count'],
        ['cohort_date:month'],
        columns=['month_label'],
        domain=[['month_offset', '<', 7]],
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
        menu=LIST,
    )
    _churn(board)
    board.title('A35', 'Customers by month of first order, and active k months later', COHORT)
    board.table('A36', cohorts, 24, ['First order', *map(str, range(7))])
    board.write('customers', lines=64, widths=[220, 100, 130, 130, 105, 105, 105, 105])
