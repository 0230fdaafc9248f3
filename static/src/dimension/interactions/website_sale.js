import { patch } from "@web/core/utils/patch";
import { ProductConfiguratorDialog } from "@sale/js/product_configurator_dialog/product_configurator_dialog";
import { WebsiteSale } from "@website_sale/interactions/website_sale";

const getBlock = (el) => el.querySelector(".o_ecrm_size");

patch(WebsiteSale.prototype, {
    _getOptionalCombinationInfoParam(product) {
        const params = super._getOptionalCombinationInfoParam(...arguments);
        const block = getBlock(product);
        return block ? { ...params, ecrm_size: block.dataset.size } : params;
    },

    _onChangeCombination(ev, parent, combination) {
        const block = getBlock(parent);
        if (!block || !combination.ecrm_size) {
            return super._onChangeCombination(...arguments);
        }
        if (combination.ecrm_size.error) {
            // The last good price stays
            Object.assign(combination, this.ecrmLastPrice);
        } else {
            const { price, list_price, has_discounted_price } = combination;
            this.ecrmLastPrice = { price, list_price, has_discounted_price };
        }
        super._onChangeCombination(ev, parent, combination);
        block.dispatchEvent(new CustomEvent("ecrm_size_answer", { detail: combination.ecrm_size }));
    },

    async onClickAdd(ev) {
        const form = ev.currentTarget.closest(".js_product");
        const block = form && getBlock(form);
        if (block?.dataset.problem) {
            block.querySelector("[name=ecrm_size_text]")?.focus();
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

// The dialog of optional products is given whatever the page knows of the main product, and refuses unknown keys
ProductConfiguratorDialog.props = {
    ...ProductConfiguratorDialog.props,
    ecrm_size: { type: String, optional: true },
};
