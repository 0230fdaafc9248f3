import { patch } from "@web/core/utils/patch";
import { Form } from "@website/snippets/s_website_form/form";

patch(Form.prototype, {
    /**
     * Marks the fields that the shop refused: Odoo looks them up by the ids of their labels, while the
     * server names them as they are sent.
     */
    checkErrorFields(errorFields) {
        const valid = super.checkErrorFields(errorFields);
        for (const name of Object.keys(errorFields)) {
            const wanted = name === "files" ? "[type=file]" : `[name="${CSS.escape(name)}"]`;
            const input = this.el.querySelector(`.s_website_form_input${wanted}`);
            input?.classList.add("is-invalid");
            input?.closest(".s_website_form_field")?.classList.add("o_has_error");
        }
        return valid && !Object.keys(errorFields).length;
    },
});
