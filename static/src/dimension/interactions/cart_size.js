import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";
import { redirect } from "@web/core/utils/urls";

/** Another size for a line of the cart; the server merges twins, so the page is read anew. */
export class CartSize extends Interaction {
    static selector = ".o_ecrm_cart_size";
    dynamicContent = { form: { "t-on-submit.prevent": this.locked(this.onSubmit) } };

    async onSubmit() {
        const answer = await this.waitFor(
            rpc("/shop/cart/ecrm_size", {
                line_id: parseInt(this.el.dataset.lineId),
                size: this.el.querySelector("[name=size]").value,
            })
        );
        if (answer.error) {
            this.el.querySelector(".o_ecrm_cart_size_error").textContent = answer.error;
            return;
        }
        redirect("/shop/cart");
    }
}

registry.category("public.interactions").add("ecrm.cart_size", CartSize);
