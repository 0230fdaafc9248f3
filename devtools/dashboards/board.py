"""What the spreadsheets of the dashboards are made of: scorecards, charts, headings, tables."""

import json
from pathlib import Path

TARGET = Path('data/loyalty/files')
PERIOD, FIRST_ORDER, PRODUCT = 'period', 'first_order', 'product'
FILTERS = {
    PERIOD: {'type': 'date', 'label': 'Period', 'defaultValue': 'last_90_days'},
    FIRST_ORDER: {'type': 'date', 'label': 'First order'},
    PRODUCT: {
        'type': 'relation',
        'label': 'Product',
        'modelName': 'product.template',
        'defaultValueDisplayNames': [],
    },
}
"""What the reader may narrow; a dashboard has the filters that its figures name."""
CARD = {'width': 238, 'height': 104}
CARDS = 4
INK = '#434343'


class Dashboard:
    """One spreadsheet: scorecards on top, then blocks of charts and tables."""

    def __init__(self):
        self.filters = set()
        self.pivots, self.cells, self.data, self.figures = {}, {}, {}, []
        self.styles, self.tables, self.rows, self.formats = {}, [], {}, {}
        self.cards = 0
        self.menus = {}

    def _matching(self, chains, offset=0):
        """By filter, the field it narrows; a ! says that it is a datetime."""
        self.filters |= chains.keys()
        matching = {}
        for key, chain in chains.items():
            if FILTERS[key]['type'] == 'relation':
                matching[key] = {'chain': chain, 'type': 'many2one'}
            else:
                kind = 'datetime' if chain.endswith('!') else 'date'
                shift = offset if key == PERIOD else 0
                matching[key] = {'chain': chain.rstrip('!'), 'type': kind, 'offset': shift}
        return matching

    def pivot(self, name, model, measures, rows=(), *, columns=(), domain=(), by=None, offset=0):
        """Add a pivot.

        :param by: mapping of filter to the field it narrows, with ! for a datetime
        :param offset: periods back, of the filter of the period
        """
        key = str(len(self.pivots) + 1)
        first = measures[0]
        self.pivots[key] = {
            'type': 'ODOO',
            'fieldMatching': self._matching(by or {}, offset),
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

    def card(self, title, formula, previous=None, *, is_good=True, menu=None):
        """A scorecard of a formula, against the period before where it had something.

        :param menu: what a click opens
        """
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
                f'E{line}': f'=IF(IFERROR(C{line}=0,TRUE),"",FORMAT.LARGE.NUMBER(C{line}))',
            }
            figure |= {'baseline': f'Data!E{line}', 'baselineDescr': {'text': 'vs before'}}
        place = {
            'x': ((self.cards - 1) % CARDS) * (CARD['width'] + 10),
            'y': 9 + (self.cards - 1) // CARDS * 114,
        }
        self._figure(f'card{self.cards}', figure, place, CARD, menu)

    def chart(self, kind, model, group_by, measure, *, place, size, domain=(), by=None, menu=None):
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
                'fieldMatching': self._matching(by or {}),
            },
            place,
            size,
            menu,
        )

    def title(self, cell, text, xml_id=None):
        """A heading, a link to the action behind the figures where there is one."""
        self.cells[cell] = (
            f'[{text}](odoo://ir_menu_xml_id/{xml_id})' if xml_id else f'=_t("{text}")'
        )
        self.styles[cell] = 1

    def table(self, cell, pivot, lines, headers):
        """The first lines of a pivot as a table under translated headers, one a column."""
        column, row = cell[0], int(cell[1:])
        width = len(headers)
        last = chr(ord(column) + width - 1)
        for offset, header in enumerate(headers):
            text = header if header.isdigit() else f'=_t("{header}")'
            self.cells[f'{chr(ord(column) + offset)}{row}'] = text
        # The formula is the pivot alone: a click opens the records of such a cell, and of no other
        self.cells[f'{column}{row + 1}'] = f'=PIVOT({pivot}, {lines}, FALSE, FALSE, {width}, FALSE)'
        self.styles[f'{column}{row}'] = 2
        self.styles[f'{chr(ord(column) + 1)}{row}:{last}{row}'] = 3
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

    def _figure(self, key, data, place, size, menu=None):
        if menu:
            self.menus[key] = menu
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
        filters = [{'id': key, **FILTERS[key]} for key in FILTERS if key in self.filters]
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
                '3': {'textColor': INK, 'bold': True, 'fontSize': 11, 'align': 'right'},
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
            'globalFilters': filters,
            'lists': {},
            'listNextId': 1,
            'chartOdooMenusReferences': self.menus,
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
