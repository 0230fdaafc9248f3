import { Component, markup, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The customer's file beside a complaint. It comes after the form: who opens a complaint reads the complaint first.
 */
export class CustomerFile extends Component {
    static template = "ecrm.CustomerFile";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ html: null });
        this.loaded = null;
        onWillStart(() => void this.load(this.props.record));
        onWillUpdateProps(({ record }) => void this.load(record));
    }

    /** Read the file again when another complaint, or another customer of it, is shown. */
    async load(record) {
        const { resModel, resId, data } = record;
        const wanted = `${resId}/${data.partner_id && data.partner_id.id}/${data.write_date || ""}`;
        if (!resId || wanted === this.loaded) {
            return;
        }
        this.loaded = wanted;
        const [values] = await this.orm.read(resModel, [resId], ["customer_file"]);
        if (wanted === this.loaded) {
            this.state.html = values.customer_file ? markup(values.customer_file) : null;
        }
    }
}

registry.category("view_widgets").add("ecrm_customer_file", {
    component: CustomerFile,
    fieldDependencies: [{ name: "partner_id", type: "many2one" }],
});
