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
