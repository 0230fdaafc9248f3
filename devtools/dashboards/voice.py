"""Intake and sources: forms, what they became, what each source brings, what customers answer."""

from board import Dashboard

FORMS, MENU = 'ecrm.submission', 'ecrm.menu_ecrm_submission'
FEEDBACK, FEEDBACK_MENU = 'ecrm.feedback', 'ecrm.menu_ecrm_loyalty_feedback'
SOURCES, SOURCE_MENU = 'ecrm.report.source', 'ecrm.menu_ecrm_loyalty_source'
ANSWERED = [['state', '=', 'answered']]
BROUGHT = ['net_revenue', 'order_id', 'average_basket', 'new_customer_id', 'abandonment']
HEADERS = ['Net sales', 'Orders', 'Average basket', 'New customers', 'Carts abandoned (%)']


def _cards(board):
    date = 'create_date!'
    received = board.pivot('Forms', FORMS, ['__count'], date=date)
    before = board.pivot('Forms, period before', FORMS, ['__count'], date=date, offset=-1)
    answers = board.pivot(
        'Feedback', FEEDBACK, ['score', '__count'], domain=ANSWERED, date='answer_date!'
    )
    board.card(
        'Forms received',
        f'=PIVOT.VALUE({received},"__count")',
        f'=PIVOT.VALUE({before},"__count")',
        menu=MENU,
    )
    board.card('Feedback answers', f'=PIVOT.VALUE({answers},"__count")', menu=FEEDBACK_MENU)
    board.card('Average score of 10', f'=PIVOT.VALUE({answers},"score")', menu=FEEDBACK_MENU)


def write():
    board = Dashboard()
    _cards(board)
    date = 'create_date!'
    origins = board.pivot('Forms by source', FORMS, ['__count'], ['source_id'], date=date)
    states = board.pivot('Forms by state', FORMS, ['__count'], ['state'], date=date)
    sources = board.pivot('Sales by source', SOURCES, BROUGHT, ['source_id'], date='date')
    campaigns = board.pivot('Sales by campaign', SOURCES, BROUGHT, ['campaign_id'], date='date')
    groups = board.pivot(
        'Feedback by group',
        FEEDBACK,
        ['__count', 'score'],
        ['group'],
        domain=ANSWERED,
        date='answer_date!',
    )
    board.title('A7', 'Forms by source', MENU)
    board.table('A8', origins, 6, ['Source', 'Forms'])
    board.title('D7', 'What became of forms', MENU)
    board.table('D8', states, 6, ['State', 'Forms'])
    board.title('A16', 'What each source brings', SOURCE_MENU)
    board.table('A17', sources, 8, ['Source', *HEADERS])
    board.title('A27', 'What each campaign brings', SOURCE_MENU)
    board.table('A28', campaigns, 8, ['Campaign', *HEADERS])
    board.title('A38', 'Feedback after the sale', FEEDBACK_MENU)
    board.table('A39', groups, 4, ['Group', 'Answers', 'Score'])
    board.write('voice', lines=45, widths=[220, 130, 110, 180, 150, 200])
