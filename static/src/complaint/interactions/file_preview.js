import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * Shows the photos chosen from the telephone before they are sent, and keeps a second press of the
 * button from sending them twice. The form works without it.
 */
export class ComplaintForm extends Interaction {
    static selector = ".o_ecrm_complaint_form";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onFilesChange },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.urls = [];
        this.registerCleanup(() => this.forget());
    }

    forget() {
        this.urls.forEach((url) => URL.revokeObjectURL(url));
        this.urls = [];
    }

    onFilesChange(ev) {
        const preview = this.el.querySelector(".o_ecrm_preview");
        this.forget();
        preview.replaceChildren();
        for (const file of ev.target.files) {
            const item = document.createElement(file.type.startsWith("image/") ? "img" : "span");
            if (item.tagName === "IMG") {
                const url = URL.createObjectURL(file);
                this.urls.push(url);
                item.src = url;
                item.alt = file.name;
                item.className = "o_ecrm_photo rounded border";
            } else {
                item.textContent = file.name;
                item.className = "badge text-bg-light border align-self-center";
            }
            preview.append(item);
        }
    }

    onSubmit() {
        const button = this.el.querySelector("button[type=submit]");
        // After the browser has taken the form: a disabled button would not be part of it
        this.waitForTimeout(() => {
            button.disabled = true;
            button.querySelector(".o_ecrm_sending")?.classList.remove("d-none");
        }, 0);
    }
}

registry.category("public.interactions").add("ecrm.complaint_form", ComplaintForm);
