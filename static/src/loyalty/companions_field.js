import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What goes well with an order: one click adds it, at the size of the line before. */
export class CompanionsField extends Component {
    static template = "ecrm.CompanionsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
    }

    get products() {
        return this.props.record.data[this.props.name].records.map((record) => ({
            id: record.resId,
            name: record.data.display_name,
            title: _t("Add %s to the order", record.data.display_name),
        }));
    }

    async add(product) {
        const { record } = this.props;
        // What was typed before the click is kept, and a form that cannot be saved says why
        if (this.isBusy || !(await record.save())) {
            return;
        }
        this.isBusy = true;
        try {
            await this.orm.call(record.resModel, "action_ecrm_add_companion", [
                [record.resId],
                product.id,
            ]);
            await record.load();
        } finally {
            this.isBusy = false;
        }
    }
}

registry.category("fields").add("ecrm_companions", {
    component: CompanionsField,
    displayName: _t("What goes well with it"),
    supportedTypes: ["many2many"],
    relatedFields: [{ name: "display_name", type: "char" }],
});
