import { registry } from "@web/core/registry";

const openRemedies = () => [{ content: "The remedies", trigger: ".o_notebook_headers a[name=remedies]", run: "click" }];
const DO = "div[name=remedy_ids] .o_data_row:contains(Credit note) button[name=action_do]";

registry.category("web_tour.tours").add("ecrm_complaint_agent_asks_refund", {
    steps: () => [
        ...openRemedies(),
        { content: "Another one", trigger: "div[name=remedy_ids] .o_field_x2many_list_row_add a", run: "click" },
        { content: "Its kind", trigger: ".o_selected_row div[name=kind] input", run: "click" },
        { content: "Money back", trigger: ".o_select_menu_item:contains(Credit note)", run: "click" },
        { content: "What it is worth stands there", trigger: ".o_selected_row [name=amount]:contains(6,800)" },
        { content: "Keep it", trigger: ".o_form_button_save", run: "click" },
        { content: "It is kept", trigger: ".o_form_saved" },
        { content: "Do it", trigger: DO, run: "click" },
        { content: "It is above the limit", trigger: ".o_error_dialog:contains(You can approve up to)" },
        { content: "Understood", trigger: ".o_error_dialog .modal-footer button", run: "click" },
        { content: "It waits for who may", trigger: "div[name=remedy_ids] .o_data_row:contains(Credit note):contains(Requested)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_manager_refunds", {
    steps: () => [
        ...openRemedies(),
        { content: "Do it", trigger: DO, run: "click" },
        { content: "It is done", trigger: "div[name=remedy_ids] .o_data_row:contains(Credit note):contains(Done)" },
        { content: "Open the document", trigger: "div[name=remedy_ids] button[name=action_open_document]", run: "click" },
        { content: "A draft credit note of these goods", trigger: ".o_form_view:has(button[name=action_post]) .o_data_row:contains(Canvas of the bay)" },
    ],
});
