import { registry } from "@web/core/registry";

// The walk of tests/test_thread.py on the demo shop. No step reads a translated word: it passes in any language.

/** A photo as a telephone's camera gives it, drawn by the browser itself. */
async function takePhoto() {
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 48;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#c7533d";
    pen.fillRect(0, 0, 64, 48);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
    return new File([blob], "photo.jpg", { type: "image/jpeg" });
}

registry.category("web_tour.tours").add("ecrm_thread_order_form", {
    steps: () => [
        { content: "Add a line", trigger: ".o_field_x2many_list_row_add button, .o_field_x2many_list_row_add a", run: "click" },
        { content: "A model", trigger: ".o_selected_row [name=product_template_id] input", run: "edit M054" },
        { content: "A model", trigger: ".o-autocomplete--dropdown-item:contains(M054)", run: "click" },
        { content: "Its size, in one field", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit 40/50*3 && press Tab" },
        { content: "The price follows", trigger: ".o_data_row [name=price_subtotal]:contains(200,00)" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Saved", trigger: ".o_form_saved" },
    ],
});

registry.category("web_tour.tours").add("ecrm_thread_complain", {
    steps: () => [
        { content: "From the page of the order", trigger: "a.o_ecrm_complain", run: "click", expectUnloadPage: true },
        { content: "Which product", trigger: ".o_ecrm_complaint_form .o_ecrm_choice:has(input[name^=line_]:checked)" },
        { content: "What is wrong", trigger: ".o_ecrm_complaint_form label[for^=cause_]:first", run: "click" },
        { content: "Tell about it", trigger: "textarea[name=text]", run: "edit Des lignes blanches sur le bord" },
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
        { content: "See it", trigger: ".o_ecrm_preview img" },
        { content: "Wish", trigger: "label[for=wish_remake]", run: "click" },
        { content: "Send", trigger: ".o_ecrm_complaint_form button[type=submit]", run: "click", expectUnloadPage: true },
        { content: "A reference at once", trigger: ".o_ecrm_reference:contains(REC/)" },
        { content: "The photo stands in the conversation", trigger: ".o_ecrm_from_customer img.o_ecrm_photo" },
    ],
});

registry.category("web_tour.tours").add("ecrm_thread_answer", {
    steps: () => [
        { content: "The card shows order and size", trigger: ".o_kanban_record:contains(50 x 50):contains(Lina Benali):first", run: "click" },
        { content: "What the customer wrote", trigger: ".o-mail-Message:contains(Des lignes blanches)" },
        { content: "Answer", trigger: "button.o-mail-Chatter-sendMessage", run: "click" },
        { content: "Answer", trigger: ".o-mail-Composer-input", run: "edit Nous le refaisons pour vous" },
        { content: "Send", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { content: "Sent", trigger: ".o-mail-Message:contains(Nous le refaisons)" },
        { content: "Note for colleagues", trigger: "button.o-mail-Chatter-logNote", run: "click" },
        { content: "Note for colleagues", trigger: ".o-mail-Composer-input", run: "edit Rouleau mal rincé" },
        { content: "Write it down", trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { content: "Written", trigger: ".o-mail-Message:contains(Rouleau mal)" },
        { content: "Resolve", trigger: "button[name=action_resolve]", run: "click" },
        { content: "Resolved", trigger: ".o_form_view:not(:has(button[name=action_resolve]))" },
    ],
});

registry.category("web_tour.tours").add("ecrm_thread_read_answer", {
    steps: () => [
        { content: "The newest complaint", trigger: ".list-group-item[href^='/my/complaints/']:first, .list-group-item[href*='/my/complaints/']:first", run: "click", expectUnloadPage: true },
        { content: "The answer", trigger: ".o_ecrm_from_staff:contains(Nous le refaisons)" },
        { content: "No internal note", trigger: "#discussion:not(:contains(Rouleau mal))" },
        { content: "And may rate it", trigger: "form#rate" },
    ],
});

registry.category("web_tour.tours").add("ecrm_thread_card", {
    steps: () => [
        { content: "The customer's tab", trigger: ".o_form_view .o_notebook_headers a[name=ecrm_loyalty]", run: "click" },
        { content: "His segment", trigger: ".o_ecrm_segment" },
        { content: "His rhythm", trigger: ".o_ecrm_rhythm .o_ecrm_rhythm_bar" },
        { content: "The buttons that do not fit", trigger: ".o-form-buttonbox .o_button_more", run: "click" },
        { content: "His complaints", trigger: ".dropdown-menu button[name=action_ecrm_view_complaints], .o-form-buttonbox button[name=action_ecrm_view_complaints]" },
    ],
});
