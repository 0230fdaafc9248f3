"""Complaints: how many, still open, by stage and cause; how many of a hundred goods, and why."""

from board import PERIOD, Dashboard

MODEL, MENU = 'ecrm.complaint', 'ecrm.menu_ecrm_complaint_all'
REPORT, ANALYSIS = 'ecrm.complaint.report', 'ecrm.menu_ecrm_report_complaint'
OPEN = ['new', 'open', 'waiting_customer', 'waiting_internal']


def write():
    board = Dashboard()
    received, filed = {PERIOD: 'received_at!'}, {PERIOD: 'date'}
    now = board.pivot('Complaints', MODEL, ['__count'], by=received)
    then = board.pivot('Complaints, period before', MODEL, ['__count'], by=received, offset=-1)
    still = board.pivot('Open complaints', MODEL, ['__count'], domain=[['kind', 'in', OPEN]])
    rated = board.pivot('Rated', MODEL, ['score'], domain=[['score', '>', 0]], by=received)
    stages = board.pivot('By stage', MODEL, ['__count'], ['stage_id'], by=received)
    causes = board.pivot('By cause', MODEL, ['__count'], ['cause_id'], by=received)
    rate = board.pivot('Founded per 100', REPORT, ['rate'], by=filed)
    rate_then = board.pivot('Founded per 100, period before', REPORT, ['rate'], by=filed, offset=-1)
    why = board.pivot(
        'Founded per 100 by cause',
        REPORT,
        ['rate'],
        ['cause_id'],
        domain=[['cause_id', '!=', False]],
        by=filed,
    )
    models = board.pivot(
        'Founded per 100 by model', REPORT, ['rate'], ['product_tmpl_id'], by=filed
    )
    board.card(
        'Complaints',
        f'=PIVOT.VALUE({now},"__count")',
        f'=PIVOT.VALUE({then},"__count")',
        is_good=False,
        menu=MENU,
    )
    board.card('Open complaints', f'=PIVOT.VALUE({still},"__count")', is_good=False, menu=MENU)
    board.card('Satisfaction of 5', f'=PIVOT.VALUE({rated},"score")', menu=MENU)
    board.card(
        'Founded per 100 delivered',
        f'=PIVOT.VALUE({rate},"rate")',
        f'=PIVOT.VALUE({rate_then},"rate")',
        is_good=False,
        menu=ANALYSIS,
    )
    board.title('A7', 'Complaints by month', MENU)
    board.chart(
        'bar',
        MODEL,
        ['received_at:month', 'kind'],
        '__count',
        place={'x': 0, 'y': 180},
        size={'width': 982, 'height': 260},
        by=received,
        menu=MENU,
    )
    board.title('A21', 'Complaints by stage', MENU)
    board.table('A22', stages, 8, ['Stage', 'Complaints'])
    board.title('D21', 'Complaints by cause', MENU)
    board.table('D22', causes, 8, ['Cause', 'Complaints'])
    board.title('A32', 'Founded per 100 delivered, by cause', 'ecrm.menu_ecrm_report_causes')
    board.table('A33', why, 8, ['Cause', 'Per 100'])
    board.title('D32', 'Founded per 100 delivered, by model', ANALYSIS)
    board.table('D33', models, 8, ['Model', 'Per 100'])
    board.write('complaints', lines=45, widths=[330, 130, 70, 330, 130])
