import { clickOnSave, registerWebsitePreviewTour } from "@website/js/tours/tour_utils";

// A shop's editor changes a word of the call-back page
registerWebsitePreviewTour("ecrm_intake_editor", { url: "/callback", edition: true }, () => [
    {
        content: "Choose the title",
        trigger: ":iframe #wrap h1",
        run: "editor We ring you back",
    },
    {
        content: "Another sentence to agree to",
        trigger: ":iframe #ecrm_callback_form .o_ecrm_consent",
        run: "editor We ring you once and forget your number.",
    },
    {
        content: "Choose the form",
        trigger: ":iframe #ecrm_callback_form .s_website_form_label_content",
        run: "click",
    },
    { content: "Its options are there", trigger: ".o-snippets-tabs, .o_customize_tab" },
    ...clickOnSave(),
    { content: "It is saved", trigger: ":iframe h1:contains(We ring you back)" },
]);
