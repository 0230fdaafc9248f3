import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_complaint_lesson", {
    steps: () => [
        {
            content: "The cohorts are a table of months",
            trigger: ".o_ecrm_cohort tbody th",
        },
        {
            content: "Count each month for itself",
            trigger: ".o_ecrm_cohort button:contains(Month by month)",
            run: "click",
        },
        {
            content: "Go from a figure to its complaints",
            trigger: ".o_ecrm_cohort .o_ecrm_cohort_cell button:contains(25)",
            run: "click",
        },
        {
            content: "They are the complaints behind it",
            trigger: ".o_list_view .o_data_row:contains(Lines on the print)",
        },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_top_causes", {
    steps: () => [
        {
            content: "The cause stands with what is done about it",
            trigger: ".o_data_row:contains(Dry for twelve hours) .o_ecrm_corrective_actions .badge",
        },
        {
            content: "Open what is done",
            trigger: ".o_data_row:contains(Dry for twelve hours) .o_data_cell[name=cause_id]",
            run: "click",
        },
        {
            content: "Its actions are listed",
            trigger: ".o_list_view .o_data_row:contains(Dry for twelve hours) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "Its effect is shown",
            trigger: ".o_form_view .o_field_widget[name=rate_after]",
        },
    ],
});
