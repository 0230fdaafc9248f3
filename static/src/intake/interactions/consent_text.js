import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Sends along the sentence that stands beside a form, in the words and the language of the page: what a
 * person agreed to is kept as he read it, also after an editor has changed it.
 */
export class ConsentText extends Interaction {
    static selector = ".s_website_form form";

    start() {
        const place = this.el.querySelector(".o_ecrm_consent")
            ? this.el
            : this.el.closest(".o_ecrm_intake");
        const text = place?.querySelector(".o_ecrm_consent")?.innerText.trim();
        if (!text) {
            return;
        }
        let field = this.el.querySelector("input[name=consent_text]");
        if (!field) {
            field = document.createElement("input");
            Object.assign(field, { type: "hidden", name: "consent_text" });
            this.insert(field, this.el);
        }
        field.value = text;
    }
}

registry.category("public.interactions").add("ecrm.consent_text", ConsentText);
