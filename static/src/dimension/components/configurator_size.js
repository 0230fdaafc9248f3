import { patch } from "@web/core/utils/patch";
import { ProductConfiguratorDialog } from "@sale/js/product_configurator_dialog/product_configurator_dialog";

// Shop page and order line open this dialog with the size they know; it refuses unknown keys
ProductConfiguratorDialog.props = {
    ...ProductConfiguratorDialog.props,
    ecrm_size: { type: String, optional: true },
};

patch(ProductConfiguratorDialog.prototype, {
    /** The main product is priced at its size; the server gives it to no other product. */
    _getAdditionalRpcParams() {
        const params = super._getAdditionalRpcParams(...arguments);
        const { ecrm_size, productTemplateId } = this.props;
        return ecrm_size ? { ...params, ecrm_size, ecrm_size_template_id: productTemplateId } : params;
    },
});
