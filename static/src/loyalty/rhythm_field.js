import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const BAR = 8;
const HEIGHT = 36;

/** Orders by month as small bars, oldest first: the rhythm of buying at a glance. */
export class RhythmField extends Component {
    static template = "ecrm.RhythmField";
    static props = { ...standardFieldProps };

    get months() {
        return this.props.record.data[this.props.name] || [];
    }

    get width() {
        return this.months.length * BAR;
    }

    get height() {
        return HEIGHT;
    }

    get bars() {
        const highest = Math.max(1, ...this.months.map((month) => month.revenue));
        return this.months.map((month, index) => {
            const height = month.orders ? Math.max(3, (HEIGHT * month.revenue) / highest) : 1;
            return {
                key: month.month,
                x: index * BAR,
                y: HEIGHT - height,
                width: BAR - 2,
                height,
                hasOrders: month.orders > 0,
                title: _t("%(month)s: %(orders)s orders", {
                    month: month.month.slice(0, 7),
                    orders: month.orders,
                }),
            };
        });
    }

    get label() {
        return _t("Net revenue by month over %s months", this.months.length);
    }
}

registry.category("fields").add("ecrm_rhythm", {
    component: RhythmField,
    displayName: _t("Rhythm of orders"),
    supportedTypes: ["json"],
});
