import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What is done about a cause: each action with its owner, its day and whether it helped. */
export class CorrectiveActions extends Component {
    static template = "ecrm.CorrectiveActions";
    static props = { ...standardFieldProps };

    get actions() {
        return this.props.record.data[this.props.name].records.map(({ resId, data }) => ({
            id: resId,
            name: data.name,
            owner: data.user_id ? data.user_id.display_name : "",
            day: this.day(data),
            effect: this.effect(data),
            color: data.effect < 0 ? "text-bg-success" : data.effect > 0 ? "text-bg-danger" : "text-bg-secondary",
        }));
    }

    day({ state, date_done, date_due }) {
        if (state === "done") {
            return _t("since %s", formatDate(date_done));
        }
        return date_due ? _t("due %s", formatDate(date_due)) : _t("planned");
    }

    effect({ is_measured, rate_before, rate_after }) {
        const digits = [16, 1];
        return is_measured
            ? _t("%(before)s → %(after)s", {
                  before: formatFloat(rate_before, { digits }),
                  after: formatFloat(rate_after, { digits }),
              })
            : "";
    }
}

registry.category("fields").add("ecrm_corrective_actions", {
    component: CorrectiveActions,
    displayName: _t("Corrective actions"),
    supportedTypes: ["many2many", "one2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "user_id", type: "many2one", relation: "res.users" },
        { name: "state", type: "selection", selection: [] },
        { name: "date_due", type: "date" },
        { name: "date_done", type: "date" },
        { name: "is_measured", type: "boolean" },
        { name: "rate_before", type: "float" },
        { name: "rate_after", type: "float" },
        { name: "effect", type: "float" },
    ],
});
