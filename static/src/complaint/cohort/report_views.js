import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { GraphRenderer } from "@web/views/graph/graph_renderer";
import { graphView } from "@web/views/graph/graph_view";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";
import { mayOpenComplaints, openComplaints } from "./open_complaints";

/** A pivot or graph of the complaint analysis that leads to the complaints, not to rows of the report. */
const leadsToComplaints = (Renderer) =>
    class extends Renderer {
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
    };

export const ComplaintPivotRenderer = leadsToComplaints(PivotRenderer);
export const ComplaintGraphRenderer = leadsToComplaints(GraphRenderer);

registry.category("views").add("ecrm_complaint_pivot", { ...pivotView, Renderer: ComplaintPivotRenderer });
registry.category("views").add("ecrm_complaint_graph", { ...graphView, Renderer: ComplaintGraphRenderer });
