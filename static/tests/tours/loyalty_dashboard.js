import { registry } from "@web/core/registry";

const CELL = ".o-dashboard-clickable-cell[title='See records']";

/** From a figure to the records it counts: a cell of a table, a scorecard, the pivot behind it. */
registry.category("web_tour.tours").add("ecrm_loyalty_drill_down", {
    steps: () => [
        { content: "The first source and how many forms it brought", trigger: `${CELL}:first`, run: "click" },
        {
            content: "Those forms, and neither another source's nor older ones",
            trigger: ".o_list_view .o_data_row:eq(1)",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:eq(2))):not(:contains(Another source))" },
        { content: "Back", trigger: ".breadcrumb-item a, .o_back_button", run: "click" },
        {
            content: "To the shop's dashboard",
            trigger: ".o_spreadsheet_dashboard_search_panel li:contains(Shop)",
            run: "click",
        },
        { content: "Its net sales", trigger: "canvas.o-scorecard[role=button]:eq(7)" },
        { trigger: "canvas.o-scorecard[role=button]:first", run: "click" },
        {
            content: "The pivot behind them, with their sum",
            trigger: ".o_pivot td.o_pivot_cell_value:contains(300.00)",
            run: "click",
        },
        {
            content: "The lines that make the sum",
            trigger: ".o_list_view .o_data_row:contains(120.00) .o_data_cell:first",
            run: "click",
        },
        {
            content: "And the order",
            trigger: ".o_form_view .o_field_widget[name=partner_id]:contains(Tour Buyer), .o_form_view .o_field_widget[name=partner_id] input:value(Tour Buyer)",
        },
    ],
});
