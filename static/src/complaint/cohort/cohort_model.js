import { deserializeDate } from "@web/core/l10n/dates";
import { KeepLast } from "@web/core/utils/concurrency";
import { Model } from "@web/model/model";

const { DateTime } = luxon;

/** Later months share the last column. */
export const LAST_MONTH = 12;

/** Months between two first days of a month. */
function monthsBetween(from, to) {
    return (to.year - from.year) * 12 + to.month - from.month;
}

/**
 * A cohort table: what happened to the orders of a month, by the months that passed until then. All figures are counts
 * from the server; each rate is a ratio of sums.
 */
export class CohortModel extends Model {
    setup({ metaData, isAddedUp = true }) {
        this.metaData = metaData;
        this.isAddedUp = isAddedUp;
        this.keepLast = new KeepLast();
        this.sections = [];
        this.columns = [];
    }

    async load(searchParams) {
        this.searchParams = searchParams;
        const { date, age, part, whole } = this.metaData;
        const month = `${date}:month`;
        const group = (searchParams.groupBy || []).find((spec) => spec.split(":")[0] !== date);
        const sets = [[month], [month, age], ...(group ? [[group, month], [group, month, age]] : [])];
        const results = await this.keepLast.add(
            this.orm.formattedReadGroupingSets(
                this.metaData.resModel,
                searchParams.domain,
                sets,
                [`${part}:sum`, `${whole}:sum`],
                { context: searchParams.context }
            )
        );
        this.build(results, group);
        this.notify();
    }

    hasData() {
        return this.sections.some((section) => section.rows.length);
    }

    setAddedUp(isAddedUp) {
        this.isAddedUp = isAddedUp;
        this.notify();
    }

    // What the answers mean

    build([months, cells, groupMonths, groupCells], group) {
        const { age, shared } = this.metaData;
        const ages = cells.map((cell) => cell[age]).filter((value) => value !== false);
        const last = Math.min(Math.max(0, ...ages), LAST_MONTH);
        this.columns = Array.from({ length: last + 1 }, (_item, index) => index);
        this.hasMore = ages.some((value) => value > LAST_MONTH);
        if (!group) {
            this.sections = [this.section({ key: "all", title: null }, months, cells)];
            return;
        }
        const isShared = shared.includes(group.split(":")[0]);
        const heads = new Map();
        for (const row of [...groupMonths, ...groupCells]) {
            const key = JSON.stringify(row[group]);
            // Goods that no complaint was about belong to no cause, area or channel
            if (!heads.has(key) && !(isShared && row[group] === false)) {
                heads.set(key, this.head(key, group, row[group]));
            }
        }
        this.sections = [...heads.values()].map((head) => {
            const isMine = (row) => JSON.stringify(row[group]) === head.key;
            const own = groupCells.filter(isMine);
            const rows = isShared ? months : groupMonths.filter(isMine);
            return this.section(head, rows, own);
        });
        this.sections.sort((one, other) => other.total.part - one.total.part);
    }

    head(key, spec, value) {
        const [name] = spec.split(":");
        const isPair = Array.isArray(value);
        const domain = [[name, "=", isPair ? value[0] : value]];
        let title = isPair ? value[1] : value === false ? null : String(value);
        if (this.metaData.fields[name].type === "selection") {
            title = (this.metaData.fields[name].selection.find(([item]) => item === value) || [])[1];
        }
        return { key, domain, title: title || null };
    }

    section(head, months, cells) {
        const { date, age, part, whole } = this.metaData;
        const month = `${date}:month`;
        const now = DateTime.now();
        const rows = months
            .filter((row) => row[month])
            .map((row) => {
                const [start, label] = row[month];
                const reached = monthsBetween(deserializeDate(start), now);
                const counts = this.columns.map(() => 0);
                for (const cell of cells) {
                    if (cell[month] && cell[month][0] === start && cell[age] !== false) {
                        counts[Math.min(cell[age], this.columns.length - 1)] += cell[`${part}:sum`] || 0;
                    }
                }
                return {
                    start,
                    label,
                    domain: row.__domain,
                    whole: row[`${whole}:sum`] || 0,
                    part: counts.reduce((sum, count) => sum + count, 0),
                    counts,
                    reached,
                };
            });
        const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
        return { ...head, rows, total: { whole: sum("whole"), part: sum("part") } };
    }

    // What is shown

    /** Count up to, or in, a month after the order; null while the month has not begun. */
    count(row, column) {
        if (column > row.reached) {
            return null;
        }
        const counts = this.isAddedUp ? row.counts.slice(0, column + 1) : [row.counts[column]];
        return counts.reduce((sum, count) => sum + count, 0);
    }

    rate(part, whole) {
        return whole && part !== null ? (100 * part) / whole : null;
    }

    /** The same over all months that are old enough: their counts over their goods. */
    footer(section, column) {
        const old = section.rows.filter((row) => column <= row.reached);
        const part = old.reduce((sum, row) => sum + this.count(row, column), 0);
        return this.rate(old.length ? part : null, old.reduce((sum, row) => sum + row.whole, 0));
    }

    get highest() {
        const rates = this.sections.flatMap(({ rows }) =>
            rows.flatMap((row) => this.columns.map((column) => this.rate(this.count(row, column), row.whole) || 0))
        );
        return Math.max(0, ...rates);
    }
}
