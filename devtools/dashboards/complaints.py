"""Complaints: how many, still open, by stage and cause."""

from board import Dashboard

MODEL, MENU = 'ecrm.complaint', 'ecrm.menu_ecrm_complaint_all'
OPEN = ['new', 'open', 'waiting_customer', 'waiting_internal']


def write():
    board = Dashboard()
    date = 'create_date!'
    now = board.pivot('Complaints', MODEL, ['__count'], date=date)
    then = board.pivot('Complaints, period before', MODEL, ['__count'], date=date, offset=-1)
    still = board.pivot('Open complaints', MODEL, ['__count'], domain=[['kind', 'in', OPEN]])
    rated = board.pivot('Rated', MODEL, ['score'], domain=[['score', '>', 0]], date=date)
    stages = board.pivot('By stage', MODEL, ['__count'], ['stage_id'], date=date)
    causes = board.pivot('By cause', MODEL, ['__count'], ['cause_id'], date=date)
    board.card(
        'Complaints',
        f'=PIVOT.VALUE({now},"__count")',
        f'=PIVOT.VALUE({then},"__count")',
        is_good=False,
        menu=MENU,
    )
    board.card('Open complaints', f'=PIVOT.VALUE({still},"__count")', is_good=False, menu=MENU)
    board.card('Satisfaction of 5', f'=PIVOT.VALUE({rated},"score")', menu=MENU)
    board.title('A7', 'Complaints by month', MENU)
    board.chart(
        'bar',
        MODEL,
        ['create_date:month', 'kind'],
        '__count',
        place={'x': 0, 'y': 180},
        size={'width': 870, 'height': 260},
        date=date,
        menu=MENU,
    )
    board.title('A21', 'Complaints by stage', MENU)
    board.table('A22', stages, 8, ['Stage', 'Complaints'])
    board.title('D21', 'Complaints by cause', MENU)
    board.table('D22', causes, 8, ['Cause', 'Complaints'])
    board.write('complaints', lines=34, widths=[300, 110, 50, 300, 110])
