import { patch } from "@web/core/utils/patch";
import { BadgeExtraPrice } from "@sale/js/badge_extra_price/badge_extra_price";
import { ProductTemplateAttributeLine } from "@sale/js/product_template_attribute_line/product_template_attribute_line";

// Both refuse unknown keys. The text says what an extra price counts: a square metre, a panel, a percentage
const values = ProductTemplateAttributeLine.props.attribute_values;
ProductTemplateAttributeLine.props = {
    ...ProductTemplateAttributeLine.props,
    attribute_values: {
        ...values,
        element: {
            ...values.element,
            shape: { ...values.element.shape, ecrm_extra: { type: String, optional: true } },
        },
    },
};
BadgeExtraPrice.props = {
    ...BadgeExtraPrice.props,
    ecrmText: { type: String, optional: true },
};

patch(BadgeExtraPrice.prototype, {
    getFormattedPrice() {
        return this.props.ecrmText || super.getFormattedPrice();
    },
});

patch(ProductTemplateAttributeLine.prototype, {
    getPTAVSelectName(ptav) {
        if (!ptav.ecrm_extra) {
            return super.getPTAVSelectName(ptav);
        }
        return `${ptav.name} (${ptav.price_extra > 0 ? "+" : "-"} ${ptav.ecrm_extra})`;
    },
});
