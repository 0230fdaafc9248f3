import { Component } from "@odoo/owl";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

export class SizeBreakdownPopover extends Component {
    static template = "ecrm.SizeBreakdownPopover";
    static props = { record: Object, close: Function, leave: Function };

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
        await this.props.leave();
        await record.model.root.load();
    }
}

/** A small button beside the size: the steps of its price, and a warning where a price was typed by hand. */
export class SizeBreakdown extends Component {
    static template = "ecrm.SizeBreakdown";
    static props = { ...standardWidgetProps, ownDialog: { type: Boolean, optional: true } };

    setup() {
        this.popover = usePopover(SizeBreakdownPopover, { position: "bottom" });
    }

    open(ev) {
        this.popover.open(ev.currentTarget, {
            record: this.props.record,
            // On a phone the line stands in a dialog of its own, which would keep the price of before
            leave: () => this.props.ownDialog && this.env.dialogData.dismiss(),
        });
    }
}

registry.category("view_widgets").add("ecrm_size_breakdown", {
    component: SizeBreakdown,
    extractProps: ({ options }) => ({ ownDialog: Boolean(options.own_dialog) }),
    fieldDependencies: [
        { name: "ecrm_breakdown", type: "json" },
        { name: "ecrm_manual_price", type: "boolean" },
    ],
});
