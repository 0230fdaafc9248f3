import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;
const STEPS = [
    [60, (count) => _t("%s min", count)],
    [24 * 60, (count) => _t("%s h", count), 60],
    [Infinity, (count) => _t("%s d", count), 24 * 60],
];

/** A deadline as the time that is left, or by how much it is late: what a list is sorted by. */
export class DeadlineField extends Component {
    static template = "ecrm.DeadlineField";
    static props = { ...standardFieldProps };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get minutes() {
        return Math.round(this.value.diff(DateTime.now(), "minutes").minutes);
    }

    get text() {
        const minutes = Math.abs(this.minutes);
        const [, format, unit = 1] = STEPS.find(([bound]) => minutes < bound);
        const amount = format(Math.floor(minutes / unit));
        return this.minutes < 0 ? _t("%s late", amount) : amount;
    }

    get color() {
        if (this.minutes < 0) {
            return "text-bg-danger";
        }
        return this.minutes < 4 * 60 ? "text-bg-warning" : "text-bg-light border";
    }

    get title() {
        return this.value.toLocaleString(DateTime.DATETIME_MED);
    }
}

registry.category("fields").add("ecrm_deadline", {
    component: DeadlineField,
    displayName: _t("Deadline"),
    supportedTypes: ["datetime"],
});
