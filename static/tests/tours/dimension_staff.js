import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("ecrm_dimension_configurator", {
    steps: () => [
        { content: "The line", trigger: ".o_data_row [name=product_template_id]", run: "click" },
        { content: "Its options", trigger: "[name=product_template_id] button.fa-pencil", run: "click" },
        { content: "The size is told", trigger: ".o_dialog .product_name_description:contains(40 x 50)" },
        { content: "The price is that of the size", trigger: ".o_dialog [name=price]:contains(/9.?200/)" },
        { content: "Another finish", trigger: ".o_dialog label:contains(Gloss)", run: "click" },
        { content: "Still its price", trigger: ".o_dialog [name=price]:contains(/9.?200/)" },
        { content: "Confirm", trigger: ".o_dialog button:contains(Confirm)", run: "click" },
        { content: "Closed", trigger: "body:not(:has(.o_dialog))" },
        ...stepUtils.saveForm(),
    ],
});
