import { registry } from "@web/core/registry";

/** Two clicks: the button of the segment, and the template; then only the words are missing. */
registry.category("web_tour.tours").add("ecrm_loyalty_mail_segment", {
    steps: () => [
        {
            content: "How many they are, what they are worth, how they moved",
            trigger:
                ".o_kanban_record:contains(Tour Segment):contains(5):has(.fa-arrow-up):has(.fa-arrow-down)",
        },
        {
            content: "Mail them",
            trigger: ".o_kanban_record:contains(Tour Segment) button[name=action_mail]:contains(Mail)",
            run: "click",
        },
        {
            content: "A mailing to customers' cards, by the segment's filter",
            trigger:
                ".o_form_view:has(.o_field_widget[name=mailing_model_id])",
        },
        {
            trigger: ".o_field_widget[name=mailing_filter_id] input:value(Segment Tour Segment)",
        },
        {
            content: "Its subject",
            trigger: ".o_field_widget[name=subject] input, .o_field_widget[name=subject] textarea",
            run: "edit News of the tour",
        },
        { content: "Keep it", trigger: ".o_form_button_save:enabled", run: "click" },
        { content: "It is kept", trigger: ".o_form_readonly, .o_form_saved" },
    ],
});

registry.category("web_tour.tours").add("ecrm_loyalty_segment_list", {
    steps: () => [
        { content: "To the list", trigger: ".o_switch_view.o_list", run: "click" },
        {
            content: "Counts, value and movement stand there too",
            trigger:
                ".o_list_view:has(th[data-name=customer_count]):has(th[data-name=net_revenue]):has(th[data-name=entered_count]):has(th[data-name=left_count])",
        },
        {
            content: "And the mail",
            trigger: ".o_data_row:contains(Tour Segment) button[name=action_mail]",
        },
        {
            content: "Their customers",
            trigger: ".o_data_row:contains(Tour Segment) button[name=action_open_customers]",
            run: "click",
        },
        { trigger: ".o_kanban_record:contains(Tour Willing), .o_data_row:contains(Tour Willing)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_loyalty_segment_sales", {
    steps: () => [
        { content: "A salesperson reads what a segment means", trigger: ".o_kanban_record:contains(Tour Segment)" },
        {
            content: "Neither totals nor mailings are there for him",
            trigger: ".o_kanban_view:not(:has(button[name=action_mail])):not(:has([name=net_revenue]))",
        },
    ],
});
