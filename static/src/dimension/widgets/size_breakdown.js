import { Component } from "@odoo/owl";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

export class SizeBreakdownPopover extends Component {
    static template = "ecrm.SizeBreakdownPopover";
    static props = { record: Object, close: Function };

    setup() {
        this.orm = useService("orm");
    }

    get breakdown() {
        return this.props.record.data.ecrm_breakdown;
    }

    get canRecompute() {
        const { record } = this.props;
        return record.data.ecrm_manual_price && record.resId && !record.dirty;
    }

    async recompute() {
        const { record } = this.props;
        await this.orm.call("sale.order.line", "action_ecrm_recompute_price", [[record.resId]]);
        this.props.close();
        await record.model.root.load();
    }
}

/** A small button beside the size: the steps of its price, and a warning where a price was typed by hand. */
export class SizeBreakdown extends Component {
    static template = "ecrm.SizeBreakdown";
    static props = { ...standardWidgetProps };

    setup() {
        this.popover = usePopover(SizeBreakdownPopover, { position: "bottom" });
    }

    open(ev) {
        this.popover.open(ev.currentTarget, { record: this.props.record });
    }
}

registry.category("view_widgets").add("ecrm_size_breakdown", {
    component: SizeBreakdown,
    fieldDependencies: [
        { name: "ecrm_breakdown", type: "json" },
        { name: "ecrm_manual_price", type: "boolean" },
    ],
});
