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
