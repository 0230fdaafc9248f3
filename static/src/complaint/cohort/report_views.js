import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";
import { mayOpenComplaints, openComplaints } from "./open_complaints";

/** Pivot and graph of the complaint analysis lead to the complaints, not to rows of the report. */
export class ComplaintPivotRenderer extends PivotRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    openView(domain) {
        const { fields, resModel, title } = this.model.metaData;
        if (mayOpenComplaints(fields)) {
            openComplaints({ orm: this.orm, action: this.actionService }, resModel, domain, title);
        }
    }
}

export class ComplaintGraphRenderer extends GraphRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
    }

    openView(domain) {
        const { fields, resModel, title } = this.model.metaData;
        if (mayOpenComplaints(fields)) {
            openComplaints({ orm: this.orm, action: this.actionService }, resModel, domain, title);
        }
    }
}

registry.category("views").add("ecrm_complaint_pivot", { ...pivotView, Renderer: ComplaintPivotRenderer });
registry.category("views").add("ecrm_complaint_graph", { ...graphView, Renderer: ComplaintGraphRenderer });
