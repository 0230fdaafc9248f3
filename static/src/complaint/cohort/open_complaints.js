import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";

/** More than this no list is read through; the filters of the list go on from there. */
const MOST = 5000;

/**
 * Whether the reader may go from a figure to its complaints. Marketing reads figures only.
 *
 * @param {Object} fields of the report
 */
export function mayOpenComplaints(fields) {
    return Boolean(fields.complaint_id);
}

/**
 * Open the complaints behind a figure of the report.
 *
 * @param {Object} services `{orm, action}`
 * @param {string} resModel the report
 * @param {Array} domain of the figure
 * @param {string} [title] what the figure is about
 */
export async function openComplaints({ orm, action }, resModel, domain, title) {
    const groups = await orm.formattedReadGroup(
        resModel,
        Domain.and([domain, [["complaint_id", "!=", false]]]).toList(),
        ["complaint_id"],
        [],
        { limit: MOST }
    );
    return action.doAction({
        type: "ir.actions.act_window",
        name: title || _t("Complaints"),
        res_model: "ecrm.complaint",
        views: [
            [false, "list"],
            [false, "kanban"],
            [false, "form"],
        ],
        domain: [["id", "in", groups.map((group) => group.complaint_id[0])]],
        context: { active_test: false },
    });
}
