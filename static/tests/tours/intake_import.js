import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_intake_import", {
    steps: () => [
        { content: "Begin", trigger: ".o_list_button_add", run: "click" },
        {
            content: "Choose the old sheet",
            trigger: ".o_field_widget[name=file]",
            async run() {
                const answer = await fetch("/ecrm_tour/legacy_sheet.csv");
                const sheet = new File([await answer.blob()], "legacy_sheet.csv", { type: "text/csv" });
                await inputFiles(".o_field_widget[name=file] input[type=file]", [sheet]);
            },
        },
        { content: "It is taken", trigger: ".o_field_widget[name=file] input:value(legacy_sheet.csv)" },
        {
            content: "Have it read",
            trigger: ".o_statusbar_buttons button[name=action_read]",
            run: "click",
        },
        {
            content: "Nothing has been created, and it is said what would be",
            trigger: ".alert-info [name=summary]:contains(/[0-9]{3}/)",
        },
        {
            content: "Doubtful rows say why",
            trigger: ".o_field_widget[name=review_row_ids] .o_data_row .o_data_cell[name=reason_text]:contains(/./)",
        },
        {
            content: "Look at every row",
            trigger: "button[name=action_view_rows]",
            run: "click",
        },
        { content: "Those to review come first", trigger: ".o_list_view .o_data_row .o_data_cell[name=hint]" },
        { content: "Back to the sheet", trigger: ".o_breadcrumb a:contains(legacy_sheet.csv)", run: "click" },
        {
            content: "Leave a doubtful row out",
            trigger: ".o_field_widget[name=review_row_ids] .o_data_row button[name=action_leave_out]",
            run: "click",
        },
        {
            content: "Import",
            trigger: ".o_statusbar_buttons button[name=action_import]",
            run: "click",
        },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "It is in",
            trigger: ".alert-success [name=summary]:contains(/[0-9]{3}/)",
            timeout: 60000,
        },
        {
            content: "Take it back",
            trigger: ".o_statusbar_buttons button[name=action_undo]",
            run: "click",
        },
        { content: "Sure", trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "It is undone",
            timeout: 60000,
            trigger: ".o_form_view:not(:has(button[name=action_undo])):not(:has(button[name=action_view_orders]))",
        },
    ],
});
