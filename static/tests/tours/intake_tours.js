import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_intake_contact", {
    steps: () => [
        {
            content: "Give a name",
            trigger: "#contactus_form input[name=contact_name]",
            run: "edit Samia Tour",
        },
        {
            content: "Give a phone number",
            trigger: "#contactus_form input[name=phone]",
            run: "edit 0551 23 45 67",
        },
        {
            content: "Write something",
            trigger: "#contactus_form textarea[name=description]",
            run: "edit Bonjour, quelle taille pour un salon ?",
        },
        { content: "Send", trigger: "#contactus_form .s_website_form_send", run: "click" },
        { content: "It has arrived", trigger: ".s_website_form_end_message:not(.d-none) h2" },
    ],
});

registry.category("web_tour.tours").add("ecrm_intake_callback", {
    steps: () => [
        {
            content: "Give a name",
            trigger: "#ecrm_callback_form input[name=contact_name]",
            run: "edit Karim Tour",
        },
        {
            content: "A number nobody can call",
            trigger: "#ecrm_callback_form input[name=phone]",
            run: "edit 66335",
        },
        { content: "Send", trigger: "#ecrm_callback_form .s_website_form_send", run: "click" },
        {
            content: "The form says what is wrong and keeps what was typed",
            trigger: "#s_website_form_result.text-danger, #s_website_form_result:not(:empty)",
        },
        {
            content: "At its field too",
            trigger: "#ecrm_callback_form .o_has_error input[name=phone].is-invalid",
        },
        {
            content: "Put it right",
            trigger: "#ecrm_callback_form input[name=phone]",
            run: "edit 0663 35 25 99",
        },
        {
            content: "The name is still there",
            trigger: "#ecrm_callback_form input[name=contact_name]:value(Karim Tour)",
        },
        { content: "Send again", trigger: "#ecrm_callback_form .s_website_form_send", run: "click" },
        { content: "It has arrived", trigger: ".s_website_form_end_message:not(.d-none) h2" },
    ],
});

registry.category("web_tour.tours").add("ecrm_intake_staff", {
    steps: () => [
        {
            content: "Open the submission",
            trigger: ".o_data_row:contains(Staff Tour) .o_data_cell[name=contact_name]",
            run: "click",
        },
        { content: "It was processed", trigger: ".o_arrow_button_current:contains(/./)" },
        { content: "Go to its lead", trigger: "button[name=action_view_lead]", run: "click" },
        { content: "The lead knows its submissions", trigger: "button[name=action_view_ecrm_submissions]" },
        { content: "And a call is to be made", trigger: ".o-mail-Activity:contains(+213551234567)" },
    ],
});

function assertNothingRan() {
    if (window.ecrmTaken) {
        throw new Error("What a stranger sent ran as a script.");
    }
}

registry.category("web_tour.tours").add("ecrm_intake_script", {
    steps: () => [
        {
            content: "The submission shows it as text",
            trigger: ".o_field_widget[name=message]:contains(<script>)",
            run: assertNothingRan,
        },
        { content: "As it arrived too", trigger: ".o_field_widget[name=payload_text]:contains(onerror)" },
        { content: "Go to its lead", trigger: "button[name=action_view_lead]", run: "click" },
        {
            content: "The lead too",
            trigger: ".o_field_widget[name=description]:contains(<script>)",
            run: assertNothingRan,
        },
        { content: "And its activity", trigger: ".o-mail-Activity:contains(onerror)", run: assertNothingRan },
    ],
});
