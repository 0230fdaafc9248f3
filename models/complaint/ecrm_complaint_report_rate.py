from odoo import api, models
from odoo.fields import Domain


class EcrmComplaintReport(models.Model):
    """Rates by cause, area, channel, team and age.

    A delivery has no cause: complaints grouped or filtered by what only complaints know are set
    against all goods delivered of the same months, products and sizes. So the rates of the causes
    add up to the rate of the whole, and each is a ratio of sums. By the day a complaint came there is
    no rate: the goods of no time belong to that day.
    """

    _inherit = 'ecrm.complaint.report'

    # What a delivery knows of itself; all other columns are the complaint's
    _DELIVERY_FIELDS = frozenset(('date', 'company_id', 'product_id', 'product_tmpl_id', 'size'))
    # What no goods can be set against
    _WITHOUT_RATE = frozenset(('received',))
    _SET_AGAINST = frozenset(('rate:avg', 'delivered:sum'))

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        # EXTENDS base
        if not self._needs_goods(domain, groupby, aggregates):
            return super()._read_group(domain, groupby, aggregates, *args, **kwargs)
        asked = [*aggregates, 'founded:sum']
        rows = super()._read_group(
            self._only_complaints(domain, groupby), groupby, asked, *args, **kwargs
        )
        return self._set_against_goods(domain, groupby, aggregates, rows)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        # EXTENDS base
        by_goods, by_complaints = [], []
        for index, groupby in enumerate(grouping_sets):
            needs = self._needs_goods(domain, groupby, aggregates)
            (by_complaints if needs else by_goods).append(index)
        result = [[] for _groupby in grouping_sets]
        if by_goods:
            sets = [grouping_sets[index] for index in by_goods]
            known = self._order_of(order, sets)
            for index, rows in zip(
                by_goods,
                super()._read_grouping_sets(domain, sets, aggregates, known),
                strict=True,
            ):
                result[index] = rows
        for index in by_complaints:
            groupby = grouping_sets[index]
            [rows] = super()._read_grouping_sets(
                self._only_complaints(domain, groupby),
                [groupby],
                [*aggregates, 'founded:sum'],
                self._order_of(order, [groupby]),
            )
            result[index] = self._set_against_goods(domain, groupby, aggregates, rows)
        return result

    # === HELPERS === #

    @api.model
    def _is_of_delivery(self, spec):
        """Whether a delivery knows the field of a group or a condition."""
        return spec.partition(':')[0].partition('.')[0] in self._DELIVERY_FIELDS

    @api.model
    def _needs_goods(self, domain, groupby, aggregates):
        """Whether the goods must be read apart: the complaints are narrowed by what goods do not know."""
        if self._SET_AGAINST.isdisjoint(aggregates):
            return False
        conditions = Domain(domain).iter_conditions()
        return not (
            all(map(self._is_of_delivery, groupby))
            and all(self._is_of_delivery(condition.field_expr) for condition in conditions)
        )

    @api.model
    def _only_complaints(self, domain, groupby):
        """Leave the deliveries out where they would stand in a group of their own, named «None»."""
        if all(map(self._is_of_delivery, groupby)):
            return domain
        return Domain(domain) & Domain('id', '>', 0)

    @api.model
    def _order_of(self, order, grouping_sets):
        """The part of an order that these groups know."""
        known = {spec for groupby in grouping_sets for spec in groupby}
        parts = [part.strip() for part in (order or '').split(',')]
        return ', '.join(part for part in parts if part.split(' ')[0] in known) or None

    @api.model
    def _set_against_goods(self, domain, groupby, aggregates, rows):
        """Put the goods delivered, and the rates that follow, in the rows of complaints.

        :param rows: tuples of groups, ``aggregates`` and the founded quantity
        :return: tuples of groups and ``aggregates``
        """
        conditions = (condition.field_expr for condition in Domain(domain).iter_conditions())
        names = {spec.partition(':')[0] for spec in (*groupby, *conditions)}
        keep = [index for index, spec in enumerate(groupby) if self._is_of_delivery(spec)]
        goods = (
            Domain(domain)
            .optimize(self)
            .map_conditions(
                lambda condition: (
                    condition if self._is_of_delivery(condition.field_expr) else Domain.TRUE
                )
            )
        )
        specs = [groupby[index] for index in keep]
        delivered = {}
        if self._WITHOUT_RATE.isdisjoint(names):
            # Core's own reading: ours would ask for the goods again
            rows_of_goods = super()._read_group(goods, specs, ['delivered:sum'])  # pylint: disable=super-method-mismatch
            for *keys, quantity in rows_of_goods:
                delivered[tuple(keys)] = quantity or 0.0
        result = []
        for row in rows:
            quantity = delivered.get(tuple(row[index] for index in keep), 0.0)
            values = {
                'delivered:sum': quantity,
                'rate:avg': 100 * (row[-1] or 0.0) / quantity if quantity else None,
            }
            figures = zip(aggregates, row[len(groupby) : -1], strict=True)
            result.append(
                (*row[: len(groupby)], *(values.get(spec, figure) for spec, figure in figures))
            )
        return result
