"""Write the spreadsheets of the dashboards: data/loyalty/files/*_dashboard.json.

Community has no spreadsheet editor; this is where a figure is added. Run it from the repository's
root: python devtools/dashboards.py
"""

import json
from pathlib import Path

TARGET = Path('data/loyalty/files')
PERIOD = 'period'
CARD = {'width': 238, 'height': 104}
CARDS = 4
INK = '#434343'


class Dashboard:
    """One spreadsheet: scorecards on top, then blocks of charts and tables."""

    def __init__(self, has_period=True):
        self.has_period = has_period
        self.pivots, self.cells, self.data, self.figures = {}, {}, {}, []
        self.styles, self.tables, self.rows, self.formats = {}, [], {}, {}
        self.cards = 0

    def _matching(self, chain, offset=0):
        if not (self.has_period and chain):
            return {}
        kind = 'datetime' if chain.endswith('!') else 'date'
        return {PERIOD: {'chain': chain.rstrip('!'), 'type': kind, 'offset': offset}}

    def pivot(self, name, model, measures, rows=(), *, columns=(), domain=(), date=None, offset=0):
        """Add a pivot; ``date`` is the chain of the period filter, with ! for a datetime."""
        key = str(len(self.pivots) + 1)
        first = measures[0]
        self.pivots[key] = {
            'type': 'ODOO',
            'fieldMatching': self._matching(date, offset),
            'context': {},
            'domain': list(domain),
            'id': key,
            'formulaId': key,
            'measures': [{'id': m, 'fieldName': m} for m in measures],
            'model': model,
            'name': name,
            'sortedColumn': {'measure': first, 'order': 'desc', 'domain': []} if rows else None,
            'columns': [{'fieldName': column} for column in columns],
            'rows': [_dimension(row) for row in rows],
        }
        return key

    def card(self, title, formula, previous=None, *, is_good=True):
        """A scorecard of a formula, against the period before where there is one."""
        self.cards += 1
        line = self.cards + 1
        self.data |= {f'A{line}': f'=_t("{title}")', f'B{line}': formula}
        self.data[f'D{line}'] = f'=IFERROR(FORMAT.LARGE.NUMBER(B{line}),"-")'
        figure = {
            'title': {'text': title, 'bold': True, 'color': INK},
            'type': 'scorecard',
            'background': '#EFF6FF' if is_good else '#FFF7ED',
            'keyValue': f'Data!D{line}',
            'baselineMode': 'percentage',
            'baselineColorUp': '#00A04A' if is_good else '#DC6965',
            'baselineColorDown': '#DC6965' if is_good else '#00A04A',
            'humanize': False,
        }
        if previous:
            self.data |= {
                f'C{line}': previous,
                f'E{line}': f'=IFERROR(FORMAT.LARGE.NUMBER(C{line}),"-")',
            }
            figure |= {'baseline': f'Data!E{line}', 'baselineDescr': {'text': 'since last period'}}
        place = {
            'x': ((self.cards - 1) % CARDS) * (CARD['width'] + 10),
            'y': 9 + (self.cards - 1) // CARDS * 114,
        }
        self._figure(f'card{self.cards}', figure, place, CARD)

    def chart(self, kind, model, group_by, measure, *, place, size, domain=(), date=None):
        """An Odoo chart: ``line``, ``bar`` or ``pie``."""
        self._figure(
            f'chart{len(self.figures)}',
            {
                'title': {'text': ''},
                'background': '#FFFFFF',
                'legendPosition': 'top' if kind == 'pie' or len(group_by) > 1 else 'none',
                'metaData': {
                    'groupBy': group_by,
                    'measure': measure,
                    'order': None,
                    'resModel': model,
                    'mode': kind,
                },
                'searchParams': {
                    'comparison': None,
                    'context': {},
                    'domain': list(domain),
                    'groupBy': group_by,
                    'orderBy': [],
                },
                'type': f'odoo_{kind}',
                'dataSets': [{}],
                'verticalAxisPosition': 'left',
                'stacked': len(group_by) > 1,
                'fieldMatching': self._matching(date),
            },
            place,
            size,
        )

    def title(self, cell, text, xml_id=None):
        """A heading, a link to the action behind the figures where there is one."""
        self.cells[cell] = (
            f'[{text}](odoo://ir_menu_xml_id/{xml_id})' if xml_id else f'=_t("{text}")'
        )
        self.styles[cell] = 1

    def table(self, cell, pivot, lines, width):
        """The first lines of a pivot as a table."""
        column, row = cell[0], int(cell[1:])
        last = chr(ord(column) + width - 1)
        self.cells[cell] = f'=PIVOT({pivot}, {lines}, FALSE, FALSE)'
        self.styles[f'{column}{row}:{last}{row}'] = 2
        self.tables.append(
            {
                'range': f'{column}{row}:{last}{row + lines}',
                'type': 'static',
                'config': {
                    'hasFilters': False,
                    'totalRow': False,
                    'firstColumn': False,
                    'lastColumn': False,
                    'numberOfHeaders': 1,
                    'bandedRows': True,
                    'bandedColumns': False,
                    'automaticAutofill': True,
                    'styleId': 'None',
                },
            }
        )

    def _figure(self, key, data, place, size):
        self.figures.append(
            {
                'id': key,
                **size,
                'tag': 'chart',
                'data': {**data, 'chartId': key},
                'offset': place,
                'col': 0,
                'row': 0,
            }
        )

    def write(self, name, *, lines, widths):
        """Write the file; ``lines`` and ``widths`` are the sheet's size and columns in pixels."""
        filters = [
            {'id': PERIOD, 'type': 'date', 'label': 'Period', 'defaultValue': 'last_90_days'}
        ]
        content = {
            'version': '18.5.10',
            'sheets': [
                _sheet('sheet1', 'Dashboard', lines, len(widths))
                | {
                    'cols': {str(i): {'size': size} for i, size in enumerate(widths)},
                    'rows': self.rows,
                    'cells': self.cells,
                    'styles': self.styles,
                    'tables': self.tables,
                    'figures': self.figures,
                },
                _sheet('data', 'Data', 40, 8) | {'cells': self.data},
            ],
            'styles': {
                '1': {'fontSize': 16, 'bold': True},
                '2': {'textColor': INK, 'bold': True, 'fontSize': 11},
            },
            'formats': {},
            'borders': {},
            'revisionId': 'START_REVISION',
            'uniqueFigureIds': True,
            'settings': {
                'locale': {
                    'name': 'English (US)',
                    'code': 'en_US',
                    'thousandsSeparator': ',',
                    'decimalSeparator': '.',
                    'dateFormat': 'mm/dd/yyyy',
                    'timeFormat': 'hh:mm:ss',
                    'formulaArgSeparator': ',',
                    'weekStart': 7,
                }
            },
            'pivots': self.pivots,
            'pivotNextId': len(self.pivots) + 1,
            'customTableStyles': {},
            'globalFilters': filters if self.has_period else [],
            'lists': {},
            'listNextId': 1,
            'chartOdooMenusReferences': {},
        }
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (TARGET / f'{name}_dashboard.json').write_text(text + '\n', encoding='utf-8')


def _dimension(row):
    field, _, granularity = row.partition(':')
    return {'fieldName': field, 'granularity': granularity} if granularity else {'fieldName': field}


def _sheet(key, name, rows, columns):
    return {
        'id': key,
        'name': name,
        'colNumber': columns,
        'rowNumber': rows,
        'rows': {},
        'cols': {},
        'merges': [],
        'cells': {},
        'styles': {},
        'formats': {},
        'borders': {},
        'conditionalFormats': [],
        'dataValidationRules': [],
        'figures': [],
        'tables': [],
        'areGridLinesVisible': True,
        'isVisible': True,
        'headerGroups': {'ROW': [], 'COL': []},
        'comments': {},
    }


SALES, CARTS = 'ecrm.report.sale', 'ecrm.report.cart'
FULL = {'width': 985, 'height': 300}
HALF = {'width': 485, 'height': 300}


def shop():
    board = Dashboard()
    measures = ['net_revenue', 'order_id', 'quantity', 'new_customer_id']
    now = board.pivot('Sales', SALES, measures, date='date')
    then = board.pivot('Sales, period before', SALES, measures, date='date', offset=-1)
    carts = ['abandonment', 'cart_count', 'abandoned_amount']
    left = board.pivot('Carts', CARTS, carts, date='date!')
    left_then = board.pivot('Carts, period before', CARTS, carts, date='date!', offset=-1)
    best = board.pivot(
        'Best products',
        SALES,
        ['net_revenue', 'quantity'],
        ['product_tmpl_id'],
        domain=[['is_delivery', '=', False]],
        date='date',
    )
    sizes = board.pivot(
        'Sizes',
        SALES,
        ['quantity', 'net_revenue'],
        ['size'],
        domain=[['size', '!=', False]],
        date='date',
    )
    networks = board.pivot(
        'Social networks',
        SALES,
        ['net_revenue', 'order_id', 'new_customer_id'],
        ['network'],
        date='date',
    )
    outcomes = board.pivot(
        'Outcome of carts', CARTS, ['cart_count', 'abandoned_amount'], ['outcome'], date='date!'
    )
    for title, measure in (
        ('Net sales', 'net_revenue'),
        ('Orders', 'order_id'),
        ('Items sold', 'quantity'),
        ('New customers', 'new_customer_id'),
    ):
        board.card(title, f'=PIVOT.VALUE({now},"{measure}")', f'=PIVOT.VALUE({then},"{measure}")')
    board.card('Average basket', '=IFERROR(B2/B3,0)', '=IFERROR(C2/C3,0)')
    board.card(
        'Carts abandoned (%)',
        f'=PIVOT.VALUE({left},"abandonment")',
        f'=PIVOT.VALUE({left_then},"abandonment")',
        is_good=False,
    )
    board.card(
        'Carts', f'=PIVOT.VALUE({left},"cart_count")', f'=PIVOT.VALUE({left_then},"cart_count")'
    )
    board.card(
        'Left in carts',
        f'=PIVOT.VALUE({left},"abandoned_amount")',
        f'=PIVOT.VALUE({left_then},"abandoned_amount")',
        is_good=False,
    )
    board.title('A12', 'Net sales by month', 'ecrm.menu_ecrm_loyalty_source')
    board.chart(
        'bar',
        SALES,
        ['date:month', 'network'],
        'net_revenue',
        place={'x': 0, 'y': 290},
        size=FULL,
        date='date',
    )
    board.title('A28', 'Best products', 'ecrm.menu_ecrm_loyalty_product')
    board.table('A29', best, 10, 3)
    board.title('E28', 'Sizes sold', 'ecrm.menu_ecrm_loyalty_product')
    board.table('E29', sizes, 10, 3)
    board.title('A41', 'Sales by social network', 'ecrm.menu_ecrm_loyalty_source')
    board.table('A42', networks, 8, 4)
    board.title('E41', 'What became of carts', 'ecrm.menu_ecrm_loyalty_cart')
    board.table('E42', outcomes, 8, 3)
    board.write('shop', lines=52, widths=[250, 105, 105, 105, 250, 105, 105])


def customers():
    board = Dashboard(has_period=False)
    rows = 'ecrm.customer.indicator'
    buyers = [['order_count', '>', 0]]
    everybody = board.pivot(
        'Customers', rows, ['__count', 'net_revenue', 'predicted_value', 'p_order'], domain=buyers
    )
    again = board.pivot('Came back', rows, ['__count'], domain=[['order_count', '>', 1]])
    prospects = board.pivot('Prospects', rows, ['__count'], domain=[['order_count', '=', 0]])
    segments = board.pivot(
        'Segments', rows, ['__count', 'net_revenue', 'average_basket'], ['segment_id']
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
    board.card('Customers', f'=PIVOT.VALUE({everybody},"__count")')
    board.card('Came back (%)', f'=IFERROR(100*PIVOT.VALUE({again},"__count")/B2,0)')
    board.card('Revenue per customer', f'=IFERROR(PIVOT.VALUE({everybody},"net_revenue")/B2,0)')
    value = f'PIVOT.VALUE({everybody},"predicted_value")'
    board.card('Predicted value', f'=IF({value}=0,"-",{value})')
    board.card('Prospects', f'=PIVOT.VALUE({prospects},"__count")')
    board.title('A12', 'Segments', 'ecrm.menu_ecrm_loyalty_indicator')
    board.table('A13', segments, 12, 4)
    board.chart(
        'pie',
        rows,
        ['segment_id'],
        '__count',
        place={'x': 590, 'y': 265},
        size={'width': 400, 'height': 320},
        domain=buyers,
    )
    board.title(
        'A27',
        'Customers by month of first order, and active k months later',
        'ecrm.menu_ecrm_loyalty_cohort',
    )
    board.cells['A28'] = f'=PIVOT({cohorts}, 24, FALSE, TRUE, 8, FALSE)'
    board.write('customers', lines=55, widths=[250, 105, 105, 105, 105, 105, 105, 105])


OPEN = ['new', 'open', 'waiting_customer', 'waiting_internal']


def complaints():
    board = Dashboard()
    model, menu = 'ecrm.complaint', 'ecrm.menu_ecrm_complaint_all'
    now = board.pivot('Complaints', model, ['__count'], date='create_date!')
    then = board.pivot(
        'Complaints, period before', model, ['__count'], date='create_date!', offset=-1
    )
    still = board.pivot('Open complaints', model, ['__count'], domain=[['kind', 'in', OPEN]])
    stages = board.pivot('By stage', model, ['__count'], ['stage_id'], date='create_date!')
    causes = board.pivot('By cause', model, ['__count'], ['cause_id'], date='create_date!')
    board.card(
        'Complaints',
        f'=PIVOT.VALUE({now},"__count")',
        f'=PIVOT.VALUE({then},"__count")',
        is_good=False,
    )
    board.card('Open complaints', f'=PIVOT.VALUE({still},"__count")', is_good=False)
    board.title('A7', 'Complaints by month', menu)
    board.chart(
        'bar',
        model,
        ['create_date:month', 'kind'],
        '__count',
        place={'x': 0, 'y': 180},
        size={'width': 870, 'height': 260},
        date='create_date!',
    )
    board.title('A21', 'Complaints by stage', menu)
    board.table('A22', stages, 8, 2)
    board.title('D21', 'Complaints by cause', menu)
    board.table('D22', causes, 8, 2)
    board.write('complaints', lines=32, widths=[300, 110, 50, 300, 110])


def voice():
    board = Dashboard()
    forms, menu = 'ecrm.submission', 'ecrm.menu_ecrm_submission'
    received = board.pivot('Forms', forms, ['__count'], date='create_date!')
    before = board.pivot('Forms, period before', forms, ['__count'], date='create_date!', offset=-1)
    answered = [['state', '=', 'answered']]
    answers = board.pivot(
        'Feedback', 'ecrm.feedback', ['score', '__count'], domain=answered, date='answer_date!'
    )
    sources = board.pivot('Forms by source', forms, ['__count'], ['source_id'], date='create_date!')
    states = board.pivot('Forms by state', forms, ['__count'], ['state'], date='create_date!')
    groups = board.pivot(
        'Feedback by group',
        'ecrm.feedback',
        ['__count', 'score'],
        ['group'],
        domain=answered,
        date='answer_date!',
    )
    board.card(
        'Forms received', f'=PIVOT.VALUE({received},"__count")', f'=PIVOT.VALUE({before},"__count")'
    )
    board.card('Answers to feedback', f'=PIVOT.VALUE({answers},"__count")')
    board.card('Average score of 10', f'=PIVOT.VALUE({answers},"score")')
    board.title('A7', 'Forms by source', menu)
    board.table('A8', sources, 8, 2)
    board.title('D7', 'What became of forms', menu)
    board.table('D8', states, 8, 2)
    board.title('A18', 'Feedback after the sale', 'ecrm.menu_ecrm_loyalty_feedback')
    board.table('A19', groups, 4, 3)
    board.write('voice', lines=30, widths=[300, 110, 110, 300, 110])


if __name__ == '__main__':
    TARGET.mkdir(parents=True, exist_ok=True)
    shop()
    customers()
    complaints()
    voice()
