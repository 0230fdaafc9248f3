import { patch } from "@web/core/utils/patch";
import { WebsiteSale } from "@website_sale/interactions/website_sale";

const getBlock = (el) => el?.querySelector(".o_ecrm_size");

patch(WebsiteSale.prototype, {
    _getOptionalCombinationInfoParam(product) {
        const params = super._getOptionalCombinationInfoParam(...arguments);
        const block = getBlock(product);
        return block ? { ...params, ecrm_size: block.dataset.size } : params;
    },

    async _getCombinationInfo(ev) {
        try {
            return await super._getCombinationInfo(...arguments);
        } catch (error) {
            getBlock(ev.target.closest(".js_product"))?.dispatchEvent(new CustomEvent("ecrm_size_failed"));
            throw error;
        }
    },

    _onChangeCombination(ev, parent, combination) {
        const block = getBlock(parent);
        const answer = combination.ecrm_size;
        if (!block || !answer) {
            return super._onChangeCombination(...arguments);
        }
        if (typeof answer.asked === "string" && answer.asked !== block.dataset.size) {
            return; // Late: another size is being asked for
        }
        if (answer.error) {
            // The last good price stays
            Object.assign(combination, this.ecrmLastPrice);
        } else {
            const { price, list_price, has_discounted_price } = combination;
            this.ecrmLastPrice = { price, list_price, has_discounted_price };
        }
        super._onChangeCombination(ev, parent, combination);
        block.dispatchEvent(new CustomEvent("ecrm_size_answer", { detail: answer }));
    },

    /** Nothing is bought at a price that is not shown yet, nor at a size that is refused. */
    async onClickAdd(ev) {
        const button = ev.currentTarget;
        const form = button.closest(".js_product");
        const block = getBlock(form);
        if (block && form.classList.contains("o_ecrm_waiting")) {
            block.addEventListener("ecrm_size_settled", () => button.click(), { once: true });
            return;
        }
        if (block?.dataset.problem) {
            const field = block.querySelector(".is-invalid") || block.querySelector("input, .o_ecrm_size_tile");
            field?.focus();
            return;
        }
        return super.onClickAdd(...arguments);
    },

    _updateRootProduct(form) {
        super._updateRootProduct(...arguments);
        const block = getBlock(form);
        if (block?.dataset.size) {
            this.rootProduct.ecrm_size = block.dataset.size;
        }
    },
});
