"""Intake and sources: forms, what they became, what each source brings, what customers answer."""

from board import PERIOD, PRODUCT, Dashboard

FORMS, MENU = 'ecrm.submission', 'ecrm.menu_ecrm_submission'
FEEDBACK, FEEDBACK_MENU = 'ecrm.feedback', 'ecrm.menu_ecrm_loyalty_feedback'
SOURCES, SOURCE_MENU = 'ecrm.report.source', 'ecrm.menu_ecrm_loyalty_source'
ANSWERED = [['state', '=', 'answered']]
BROUGHT = ['net_revenue', 'order_id', 'average_basket', 'new_customer_id', 'abandonment']
BY = {PERIOD: 'date', PRODUCT: 'product_tmpl_id'}
RECEIVED = {PERIOD: 'create_date!'}
HEADERS = ['Net sales', 'Orders', 'Average basket', 'New customers', 'Carts abandoned (%)']

GROUPS = (
    ('Sales by source', 'What each source brings', 'Source', 'source_id', 8),
    ('Sales by medium', 'What each medium brings', 'Marketing medium', 'medium_id', 6),
    ('Sales by campaign', 'What each campaign brings', 'Campaign', 'campaign_id', 8),
    ('Sales by network', 'What each social network brings', 'Social network', 'network', 7),
)
"""What brought the sales: name of the pivot, heading, header of the first column, field, lines."""


def _cards(board):
    received = board.pivot('Forms', FORMS, ['__count'], by=RECEIVED)
    before = board.pivot('Forms, period before', FORMS, ['__count'], by=RECEIVED, offset=-1)
    answers = board.pivot(
        'Feedback', FEEDBACK, ['score', '__count'], domain=ANSWERED, by={PERIOD: 'answer_date!'}
    )
    board.card(
        'Forms received',
        f'=PIVOT.VALUE({received},"__count")',
        f'=PIVOT.VALUE({before},"__count")',
        menu=MENU,
    )
    board.card('Feedback answers', f'=PIVOT.VALUE({answers},"__count")', menu=FEEDBACK_MENU)
    board.card(
        'Average score of 10', f'=IF(B3=0,"-",PIVOT.VALUE({answers},"score"))', menu=FEEDBACK_MENU
    )


def write():
    board = Dashboard()
    _cards(board)
    origins = board.pivot('Forms by source', FORMS, ['__count'], ['source_id'], by=RECEIVED)
    states = board.pivot('Forms by state', FORMS, ['__count'], ['state'], by=RECEIVED)
    groups = board.pivot(
        'Feedback by group',
        FEEDBACK,
        ['__count', 'score'],
        ['group'],
        domain=ANSWERED,
        by={PERIOD: 'answer_date!'},
    )
    board.title('A7', 'Forms by source', MENU)
    board.table('A8', origins, 6, ['Source', 'Forms'])
    board.title('D7', 'What became of forms', MENU)
    board.table('D8', states, 6, ['State', 'Forms'])
    line = 16
    for title, heading, header, field, lines in GROUPS:
        pivot = board.pivot(title, SOURCES, BROUGHT, [field], by=BY)
        board.title(f'A{line}', heading, SOURCE_MENU)
        board.table(f'A{line + 1}', pivot, lines, [header, *HEADERS])
        line += lines + 3
    board.title(f'A{line}', 'Feedback after the sale', FEEDBACK_MENU)
    board.table(f'A{line + 1}', groups, 4, ['Group', 'Answers', 'Score'])
    board.write('voice', lines=line + 8, widths=[220, 130, 110, 180, 150, 215])
