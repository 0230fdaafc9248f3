import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_complaint_board_of_a_guest", {
    steps: () => [
        { content: "The board names who has no card", trigger: ".o_kanban_record:contains(Amine of Oran)" },
        { content: "And who has one", trigger: ".o_kanban_record:contains(Ecrm Portal)" },
        { content: "The list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "It names him too", trigger: ".o_data_row:contains(Amine of Oran)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_agent_on_a_phone", {
    steps: () => [
        { content: "Today's first", trigger: ".o_kanban_record:contains(Amine of Oran)", run: "click" },
        { content: "Answer", trigger: "button[name=action_open_reply]", run: "click" },
        { content: "Write", trigger: ".modal .odoo-editor-editable", run: "editor We look at it today" },
        { content: "Send", trigger: ".modal button[name=action_send]", run: "click" },
        { content: "It stands in the thread", trigger: "body:not(:has(.modal)) .o-mail-Message:contains(We look at it today)" },
    ],
});
