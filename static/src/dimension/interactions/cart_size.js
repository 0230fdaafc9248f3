import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { redirect } from "@web/core/utils/urls";
import { offerButton } from "./size_answer";

/** Another size for a line of the cart; the server merges twins, so the page is read anew. */
export class CartSize extends Interaction {
    static selector = ".o_ecrm_cart_size";
    dynamicContent = {
        form: { "t-on-submit.prevent": this.locked(this.onSubmit) },
        ".o_ecrm_size_offers": { "t-on-click": this.locked(this.onClickOffer) },
    };

    get input() {
        return this.el.querySelector("[name=size]");
    }

    async onSubmit() {
        await this.change(this.input.value);
    }

    /** A size beside the one that is off the step: it is taken as if it had been typed. */
    async onClickOffer(ev) {
        const code = ev.target.closest("[data-code]")?.dataset.code;
        if (code) {
            this.input.value = code;
            await this.change(code);
        }
    }

    async change(size) {
        const line_id = parseInt(this.el.dataset.lineId);
        const { error, offers } = await this.waitFor(rpc("/shop/cart/ecrm_size", { line_id, size }));
        if (!error) {
            redirect("/shop/cart");
            return;
        }
        this.input.classList.add("is-invalid");
        this.input.setAttribute("aria-invalid", "true");
        this.el.querySelector(".o_ecrm_cart_size_error").textContent = error;
        this.el.querySelector(".o_ecrm_size_offers").replaceChildren(...offers.map(offerButton));
    }
}

registry.category("public.interactions").add("ecrm.cart_size", CartSize);
