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
