import { patch } from "@web/core/utils/patch";
import { rpc } from "@web/core/network/rpc";
import { AddProductToWishlistButton } from "@website_sale_wishlist/interactions/add_product_to_wishlist_button";
import { QuickReorder } from "@website_sale/interactions/quick_reorder";

patch(AddProductToWishlistButton.prototype, {
    async addProduct(ev) {
        const el = ev.currentTarget;
        const size = el.closest(".js_product")?.querySelector(".o_ecrm_size")?.dataset.size;
        await super.addProduct(...arguments);
        const productId = parseInt(el.dataset.productProductId);
        if (size && productId) {
            await this.waitFor(rpc("/shop/wishlist/ecrm_size", { product_id: productId, size }));
        }
    },
});

patch(QuickReorder.prototype, {
    async reorderProduct(ev) {
        const { ecrmSize } = ev.currentTarget.dataset;
        if (!ecrmSize) {
            return super.reorderProduct(...arguments);
        }
        const { productTemplateId, productId, quantity } = ev.currentTarget.dataset;
        await this.waitFor(
            rpc("/shop/cart/quick_add", {
                product_template_id: parseInt(productTemplateId),
                product_id: parseInt(productId),
                quantity: parseInt(quantity),
                ecrm_size: ecrmSize,
            })
        );
        window.location.reload();
    },
});
