import { patch } from "@web/core/utils/patch";
import { SaleOrderLineProductField } from "@sale/js/sale_product_field";

patch(SaleOrderLineProductField.prototype, {
    /** The line's size goes along: the dialog shows what the line costs, not the least price. */
    _getAdditionalDialogProps() {
        const props = super._getAdditionalDialogProps(...arguments);
        const size = this.props.record.data.ecrm_size_input;
        return size ? { ...props, ecrm_size: size } : props;
    },

    /**
     * Odoo adds the other options to the list that it is given here: the line's own. Opened a second time
     * before the order is saved, the dialog would show, and keep, the option of before beside the new one.
     */
    _getVariantPtavIds() {
        return [...super._getVariantPtavIds(...arguments)];
    },
});
