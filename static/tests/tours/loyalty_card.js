import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_loyalty_card", {
    steps: () => [
        {
            content: "Customers stand by segment",
            trigger: ".o_kanban_view .o_kanban_group:contains(Loyal) .o_kanban_record:contains(Tour Champion), .o_kanban_view .o_kanban_group:contains(Champions) .o_kanban_record:contains(Tour Champion)",
        },
        {
            content: "One segment only",
            trigger: ".o_search_panel .o_search_panel_category_value:contains(Champions) header",
            run: "click",
        },
        {
            content: "The others are gone",
            trigger: ".o_kanban_view:not(:has(.o_kanban_record:contains(Tour Other)))",
        },
        {
            content: "Open the customer's card",
            trigger: ".o_kanban_record:contains(Tour Champion)",
            run: "click",
        },
        {
            content: "To his loyalty",
            trigger: ".o_form_view .o_notebook_headers a[name=ecrm_loyalty]",
            run: "click",
        },
        {
            content: "The segment is named and the rhythm drawn",
            trigger: ".o_ecrm_segment:contains(Champions)",
        },
        {
            trigger: ".o_ecrm_rhythm .o_ecrm_rhythm_bar",
        },
    ],
});
