import { registry } from "@web/core/registry";
import {
    clickOnSave,
    goBackToBlocks,
    insertSnippet,
    registerWebsitePreviewTour,
} from "@website/js/tours/tour_utils";

const drop = (kind) => insertSnippet({ id: `s_ecrm_${kind}`, name: kind, groupName: "Contact & Forms" });

registerWebsitePreviewTour("ecrm_intake_block_edit", { url: "/block-test", edition: true }, () => [
    ...drop("contact"),
    { content: "It is there", trigger: ":iframe #wrap .s_ecrm_contact form" },
    goBackToBlocks(),
    ...drop("quote"),
    { content: "It is there", trigger: ":iframe #wrap .s_ecrm_quote form" },
    goBackToBlocks(),
    ...drop("callback"),
    { content: "It is there", trigger: ":iframe #wrap .s_ecrm_callback form" },
    goBackToBlocks(),
    ...drop("newsletter"),
    { content: "It is there", trigger: ":iframe #wrap .s_ecrm_newsletter form" },
    ...clickOnSave(),
]);

registry.category("web_tour.tours").add("ecrm_intake_block_visit", {
    steps: () => [
        {
            content: "Give a name",
            trigger: ".s_ecrm_quote input[name=contact_name]",
            run: "edit Lina Bloc",
        },
        { content: "A number", trigger: ".s_ecrm_quote input[name=phone]", run: "edit 0551 23 45 88" },
        { content: "A size", trigger: ".s_ecrm_quote input[name=size]", run: "edit 40/50*3" },
        { content: "Send", trigger: ".s_ecrm_quote .s_website_form_send", run: "click" },
        { content: "It has arrived", trigger: ".s_ecrm_quote .s_website_form_end_message:not(.d-none)" },
    ],
});
