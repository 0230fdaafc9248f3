import { registry } from "@web/core/registry";

/** A picture of eight pixels, made by the browser itself as a telephone's camera would. */
async function takePhoto() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 8;
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
    return new File([blob], "fault.jpg", { type: "image/jpeg" });
}

registry.category("web_tour.tours").add("ecrm_complaint_customer_complains", {
    steps: () => [
        {
            content: "Open the form from the page of the order",
            trigger: "a.o_ecrm_complain",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Say what is wrong",
            trigger: "label:has(img[src*='cause/print.svg'])",
            run: "click",
        },
        {
            content: "Tell about it",
            trigger: "textarea[name=text]",
            run: "edit White lines across the bay",
        },
        {
            content: "Take a photo",
            trigger: "input[type=file]",
            async run() {
                const transfer = new DataTransfer();
                transfer.items.add(await takePhoto());
                this.anchor.files = transfer.files;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { content: "See the photo", trigger: ".o_ecrm_preview img[alt='fault.jpg']" },
        { content: "Wish", trigger: "label[for=wish_remake]", run: "click" },
        {
            content: "Send",
            trigger: ".o_ecrm_complaint_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Get a reference", trigger: ".o_ecrm_notice strong:contains(REC/)" },
        { content: "See the photo in the thread", trigger: ".o_ecrm_from_customer img.o_ecrm_photo" },
    ],
});

async function choose(form, selector, name, file = null) {
    const input = form.querySelector(selector);
    const transfer = new DataTransfer();
    file ||= await takePhoto();
    transfer.items.add(new File([file], name, { type: file.type, lastModified: 1 }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

function fits(element) {
    if (element.scrollWidth > element.clientWidth) {
        throw new Error(`${element.scrollWidth} pixels do not fit in ${element.clientWidth}`);
    }
}

registry.category("web_tour.tours").add("ecrm_complaint_rates_on_a_phone", {
    steps: () => [
        {
            content: "All five faces are seen",
            trigger: "#rate .card-body",
            run() {
                fits(this.anchor);
                fits(document.documentElement);
            },
        },
        { content: "The fourth", trigger: "#rate label[for=score_4]", run: "click" },
        { content: "A remark", trigger: "#rate_comment", run: "edit Quick and kind" },
        {
            content: "Send",
            trigger: "#rate button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is kept", trigger: "#rate:has(#score_4:checked)" },
        {
            content: "Open it again",
            trigger: "button[formaction$='/reopen']",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is handled again", trigger: ".o_ecrm_kind_open" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_guest_on_a_phone", {
    steps: () => [
        { content: "Name", trigger: "#complaint_name", run: "edit Amine" },
        { content: "Telephone", trigger: "#complaint_phone", run: "edit 0550 12 34 56" },
        {
            content: "Find what is wrong by its picture",
            trigger: "label:has(img[src*='cause/broken.svg'])",
            run: "click",
        },
        { content: "Tell", trigger: "#complaint_text", run: "edit The corner is torn" },
        {
            content: "Take a photo",
            trigger: ".o_ecrm_complaint_form",
            run() {
                return choose(this.anchor, "input[capture]", "corner.jpg");
            },
        },
        { trigger: ".o_ecrm_preview img[alt='corner.jpg']" },
        {
            content: "And one from the gallery: the first stays",
            trigger: ".o_ecrm_complaint_form",
            run() {
                return choose(this.anchor, "input[multiple]", "whole.jpg");
            },
        },
        { trigger: ".o_ecrm_preview:has(img[alt='corner.jpg']) img[alt='whole.jpg']" },
        {
            content: "Take the second back",
            trigger: ".o_ecrm_chosen:has(img[alt='whole.jpg']) .o_ecrm_remove",
            run: "click",
        },
        { trigger: ".o_ecrm_preview:not(:has(img[alt='whole.jpg']))" },
        {
            content: "A film that is too large",
            trigger: ".o_ecrm_complaint_form",
            run() {
                const film = new File([new ArrayBuffer(9 * 1024 * 1024)], "long.mp4", { type: "video/mp4" });
                return choose(this.anchor, "input[multiple]", "long.mp4", film);
            },
        },
        {
            content: "Is told before anything is sent, and is not among what is sent",
            trigger: ".o_ecrm_chosen:contains(long.mp4) .o_ecrm_large",
            run() {
                const { files } = document.querySelector("input[type=file][multiple]");
                if (files.length !== 1 || files[0].name !== "corner.jpg") {
                    throw new Error([...files].map((file) => file.name).join());
                }
            },
        },
        { content: "Wish", trigger: "label[for=wish_replacement]", run: "click" },
        {
            content: "Nothing is wider than the telephone",
            trigger: ".o_ecrm_complaint_form",
            run: () => fits(document.documentElement),
        },
        {
            content: "Send",
            trigger: ".o_ecrm_complaint_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "A reference", trigger: ".o_ecrm_reference:contains(REC/)" },
        {
            content: "Follow it without an account",
            trigger: "a.o_ecrm_follow",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "When one answers", trigger: ".o_ecrm_next:contains(answers you by)" },
        { content: "The step that comes", trigger: ".o_ecrm_timeline .o_ecrm_promise" },
        { content: "His photo", trigger: ".o_ecrm_from_customer img.o_ecrm_photo" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_customer_reads", {
    steps: () => [
        {
            content: "Open the complaint from the list",
            trigger: ".list-group-item:contains(REC/)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Read the answer",
            trigger: ".o_ecrm_from_staff:contains(We print it again for you)",
        },
        { content: "It is resolved", trigger: ".o_ecrm_kind_resolved" },
        {
            content: "Read no internal note",
            trigger: "#discussion:not(:contains(Careless again))",
        },
        {
            content: "Answer",
            trigger: "textarea[name=text]",
            run: "edit Thank you!",
        },
        {
            content: "Send",
            trigger: "#reply button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_ecrm_from_customer:contains(Thank you!)" },
    ],
});
