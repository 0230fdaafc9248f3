import { patch } from "@web/core/utils/patch";
import {
    FormOptionPlugin,
    SetLabelTextAction,
} from "@website/builder/plugins/form/form_option_plugin";

// What a field keeps when the editor writes it anew: its templates do not know of these
const KEPT = ["accept", "autocomplete", "dir", "inputmode", "max", "maxlength", "min"];
// What the shop reads by its name, which Odoo takes from the label
const READ = ["call_time", "photo", "product", "quantity", "size", "wilaya"];

const FIELD = ".s_website_form_field";
const INPUT = ".s_website_form_input";

function isOurs(el) {
    return !!el.closest("form")?.querySelector("input[name=ecrm_kind]");
}

/**
 * Notes what a field of our forms has, and gives a function that puts it back after the field was written
 * anew, as happens when a block is dropped or an option is chosen.
 */
function note(fieldEl) {
    const inputEl = fieldEl.querySelector(INPUT);
    const labelEl = fieldEl.querySelector(".s_website_form_label");
    return () => {
        const newInputEl = fieldEl.querySelector(INPUT);
        if (!inputEl || !newInputEl || newInputEl.type !== inputEl.type) {
            return;
        }
        for (const name of KEPT.filter((name) => inputEl.hasAttribute(name))) {
            newInputEl.setAttribute(name, inputEl.getAttribute(name));
        }
        newInputEl.classList.add(...inputEl.classList);
        const newLabelEl = fieldEl.querySelector(":scope > .s_website_form_label");
        if (newLabelEl && labelEl && !labelEl.style.width) {
            newLabelEl.classList.add("form-label");
            newLabelEl.style.removeProperty("width");
        }
    };
}

patch(FormOptionPlugin.prototype, {
    async rerenderFieldsInElement(rootEl) {
        const fieldEls = rootEl.matches(FIELD) ? [rootEl] : [...rootEl.querySelectorAll(FIELD)];
        const putBack = fieldEls.filter(isOurs).map(note);
        await super.rerenderFieldsInElement(...arguments);
        putBack.forEach((fieldPutBack) => fieldPutBack());
    },

    replaceField(oldFieldEl) {
        const putBack = isOurs(oldFieldEl) ? note(oldFieldEl) : () => {};
        super.replaceField(...arguments);
        putBack();
    },
});

patch(SetLabelTextAction.prototype, {
    async apply({ editingElement: fieldEl }) {
        const isRead = isOurs(fieldEl) && READ.includes(fieldEl.querySelector(INPUT)?.name);
        if (!isRead) {
            return super.apply(...arguments);
        }
        // Odoo leaves the names of the model's own fields alone
        fieldEl.classList.remove("s_website_form_custom");
        try {
            return await super.apply(...arguments);
        } finally {
            fieldEl.classList.add("s_website_form_custom");
        }
    },
});
