import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_complaint_agent_answers", {
    steps: () => [
        {
            content: "See size and order on the card",
            trigger: ".o_kanban_record:contains(REC/) .badge",
        },
        {
            content: "Open it",
            trigger: ".o_kanban_record:contains(REC/)",
            run: "click",
        },
        { content: "Read what happened", trigger: ".o-mail-Message:contains(White lines)" },
        { content: "Answer", trigger: "button.o-mail-Chatter-sendMessage", run: "click" },
        {
            content: "Write",
            trigger: ".o-mail-Composer-input",
            run: "edit We print it again for you",
        },
        {
            content: "Send",
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        { trigger: ".o-mail-Message:contains(We print it again for you)" },
        { content: "Note", trigger: "button.o-mail-Chatter-logNote", run: "click" },
        { trigger: ".o-mail-Composer-input", run: "edit Careless again" },
        { trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { trigger: ".o-mail-Message:contains(Careless again)" },
        { content: "Resolve", trigger: "button[name=action_resolve]", run: "click" },
        {
            content: "It is resolved",
            trigger: "button[name=action_close]",
        },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_agent_offers_voucher", {
    steps: () => [
        {
            content: "See the customer's file",
            trigger: ".o_ecrm_customer_file:contains(Ecrm Portal)",
        },
        {
            content: "Offer a voucher and say so in one step",
            trigger: "button[name=action_offer_voucher]",
            run: "click",
        },
        {
            content: "The reply is written",
            trigger: ".modal .odoo-editor-editable:contains(a voucher for your next order)",
        },
        {
            content: "What it is worth",
            trigger: ".modal div[name=amount] input",
            run: "edit 1500",
        },
        { content: "Send", trigger: ".modal button[name=action_send]", run: "click" },
        { content: "The code is in the thread", trigger: ".o-mail-Message:contains(Your code)" },
        { content: "It is resolved", trigger: "button[name=action_close]" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_agent_splits", {
    steps: () => [
        { trigger: "button[name=action_open_split]", run: "click" },
        {
            content: "Name the other thing",
            trigger: ".modal div[name=name] input",
            run: "edit The second parcel",
        },
        {
            content: "Choose its message",
            trigger: ".modal .o_data_row:contains(parcel is late) .o_field_boolean_toggle input",
            run: "click",
        },
        { content: "Split", trigger: ".modal button[name=action_split]", run: "click" },
        {
            content: "The new one stands open with its message",
            trigger: "body:not(:has(.modal)) .o_form_view:has([name=split_from_id]) div[name=name] input:value(The second parcel)",
        },
        { trigger: "body:not(:has(.modal)) .o-mail-Message:contains(parcel is late)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_agent_takes_a_call", {
    steps: () => [
        { content: "The telephone rings", trigger: ".o_list_button_add, .o-kanban-button-new", run: "click" },
        {
            content: "Look for the order before anything is typed",
            trigger: ".o_form_view button[name=action_open_find]",
            run: "click",
        },
        {
            content: "Its number as the customer says it",
            trigger: ".modal div[name=query] input",
            run: "edit 98765",
        },
        { trigger: ".modal button[name=action_find]", run: "click" },
        {
            content: "Say how many are wrong",
            trigger: ".modal .o_data_row:contains(S98765) td[name=quantity]",
            run: "click",
        },
        { trigger: ".modal .o_data_row td[name=quantity] input", run: "edit 2" },
        { trigger: ".modal button[name=action_take]", run: "click" },
        {
            content: "Order and customer stand there, in words: he may not open orders",
            trigger: "body:not(:has(.modal)) .o_form_view div[name=order_id]:contains(S98765):not(:has(a, input))",
        },
        { trigger: ".o_field_widget[name=partner_id] input:value(Ecrm Portal)" },
        { content: "Its products", trigger: "a[name=products]", run: "click" },
        { trigger: "div[name=line_ids] .o_data_row:contains(Canvas of the bay)" },
        {
            content: "No line is added from orders he may not look through",
            trigger: "div[name=line_ids]:not(:has(.o_field_x2many_list_row_add))",
        },
    ],
});
