import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_intake_newsletter", {
    steps: () => [
        {
            content: "No address",
            trigger: "#ecrm_newsletter_form input[name=email_from]",
            run: "edit nobody",
        },
        { content: "Send", trigger: "#ecrm_newsletter_form .s_website_form_send", run: "click" },
        {
            content: "The field says so and keeps what was typed",
            trigger: "#ecrm_newsletter_form .o_has_error input[name=email_from]:value(nobody)",
        },
        {
            content: "Put it right",
            trigger: "#ecrm_newsletter_form input[name=email_from]",
            run: "edit lina@example.com",
        },
        { content: "Send again", trigger: "#ecrm_newsletter_form .s_website_form_send", run: "click" },
        {
            content: "The mailbox is the next step",
            trigger: ".s_website_form_end_message:not(.d-none) h2",
        },
    ],
});

registry.category("web_tour.tours").add("ecrm_intake_quote", {
    steps: () => [
        {
            content: "The picture that was looked at is there",
            trigger: "#ecrm_quote_form input[name=product]:value(M054)",
        },
        {
            content: "A name alone",
            trigger: "#ecrm_quote_form input[name=contact_name]",
            run: "edit Lina Devis",
        },
        { content: "A size", trigger: "#ecrm_quote_form input[name=size]", run: "edit 1m20 x 80" },
        { content: "Send", trigger: "#ecrm_quote_form .s_website_form_send", run: "click" },
        {
            content: "The phone is asked for, at its field, and the size is still there",
            trigger:
                "#ecrm_quote_form:has(.o_has_error input[name=phone]) input[name=size]:value(1m20 x 80)",
        },
        { content: "Give it", trigger: "#ecrm_quote_form input[name=phone]", run: "edit 0551234599" },
        { content: "Send again", trigger: "#ecrm_quote_form .s_website_form_send", run: "click" },
        { content: "It has arrived", trigger: ".s_website_form_end_message:not(.d-none) h2" },
    ],
});
