import { registry } from "@web/core/registry";

const fits = {
    content: "Nothing is wider than the phone",
    trigger: "body[is-ready=true] .o_ecrm_feedback",
    run: () => {
        const width = document.querySelector(".o_ecrm_feedback").scrollWidth;
        if (width > window.innerWidth) {
            throw new Error(`The page is ${width} wide, the phone ${window.innerWidth}`);
        }
    },
};

const answer = (score, words) => [
    fits,
    { content: "Eleven scores", trigger: ".o_ecrm_feedback label[for=score_0] ~ label[for=score_10]" },
    { content: "A score", trigger: `.o_ecrm_feedback label[for=score_${score}]`, run: "click" },
    { trigger: `.o_ecrm_feedback fieldset:has(#score_${score}:checked)` },
    { content: "A word", trigger: "#feedback_comment", run: `edit ${words}` },
    {
        content: "Send",
        trigger: ".o_ecrm_feedback button[type=submit]",
        run: "click",
        expectUnloadPage: true,
    },
    fits,
];

registry.category("web_tour.tours").add("ecrm_loyalty_feedback_high", {
    steps: () => [
        ...answer(10, "Lovely canvas"),
        { content: "Thanked and asked to tell others", trigger: ".o_ecrm_feedback h2:contains(Thank you)" },
        {
            content: "Review it",
            trigger: ".o_ecrm_feedback a[href*='#o_product_page_reviews']",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Where reviews are written", trigger: "body[is-ready=true] #o_product_page_reviews" },
    ],
});

registry.category("web_tour.tours").add("ecrm_loyalty_feedback_low", {
    steps: () => [
        ...answer(2, "Torn at a corner"),
        {
            content: "Sorry, and no review asked for",
            trigger: ".o_ecrm_feedback:contains(We will get back to you):not(:has(a[href*='reviews']))",
        },
        {
            content: "Again by the same link",
            trigger: "body",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        {
            content: "A second answer is not asked for",
            trigger: "body[is-ready=true] .o_ecrm_feedback:contains(Thank you):not(:has(form))",
        },
    ],
});
