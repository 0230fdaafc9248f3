import json

from odoo.tools import SQL

from odoo.addons.ecrm.tests.loyalty.common_loyalty import LoyaltyCommon


class DashboardCommon(LoyaltyCommon):
    """Tables and charts of the dashboards, read as the client reads them, beside plain SQL."""

    def _content(self, name):
        return json.loads(self.env.ref(f'ecrm.spreadsheet_dashboard_{name}').spreadsheet_data)

    def _grouped(self, model, groups, measures, domain):
        """Mapping of the keys of a group to its figures, in the shop of the test."""
        model = self.env[model]
        aggregates = [
            '__count' if measure == '__count' else f'{measure}:{model._fields[measure].aggregator}'
            for measure in measures
        ]
        rows = model._read_group([*domain, ('company_id', '=', self.shop.id)], groups, aggregates)
        return self._table(rows, len(groups))

    def _table(self, rows, keys):
        """Rows of keys and figures as a mapping; ids for records, cents for figures."""
        return {
            tuple(self._plain(part) for part in row[:keys]): tuple(
                round(float(part or 0), 2) for part in row[keys:]
            )
            for row in rows
        }

    def _plain(self, part):
        if hasattr(part, 'ids'):
            return part.id or None
        return str(part) if hasattr(part, 'isoformat') else part or None

    def _pivot(self, dashboard, title, **chosen):
        """A pivot of a dashboard: its own rows, columns, measures and domain.

        :param chosen: by filter, the two dates or the record that the reader chose
        """
        pivot = next(p for p in self._content(dashboard)['pivots'].values() if p['name'] == title)
        groups = [
            part['fieldName'] + (f':{part["granularity"]}' if part.get('granularity') else '')
            for part in (*pivot['rows'], *pivot['columns'])
        ]
        measures = [part['fieldName'] for part in pivot['measures']]
        domain = list(pivot['domain'])
        for key, value in chosen.items():
            chain = pivot['fieldMatching'][key]['chain']
            if isinstance(value, tuple):
                domain += [(chain, '>=', value[0]), (chain, '<=', value[1])]
            else:
                domain.append((chain, 'in', value.ids))
        return self._grouped(pivot['model'], groups, measures, domain)

    def _chart(self, dashboard, model, groups):
        """A chart of a dashboard, by what it draws."""
        found = [
            figure['data']
            for figure in self._content(dashboard)['sheets'][0]['figures']
            if figure['data'].get('metaData', {}).get('resModel') == model
            and figure['data']['metaData']['groupBy'] == groups
        ]
        self.assertEqual(len(found), 1, groups)
        domain = found[0]['searchParams']['domain']
        return self._grouped(model, groups, [found[0]['metaData']['measure']], domain)

    def _sql(self, keys, query):
        rows = self.env.execute_query(SQL(query, company=self.shop.id))
        return self._table(rows, keys)
