import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("ecrm_loyalty_add_companion", {
    steps: () => [
        { content: "What goes well with it", trigger: ".o_ecrm_add_companions button:contains(Tour Frame)" },
        {
            content: "What the customer has is not proposed",
            trigger: ".o_ecrm_add_companions:not(:contains(Tour Owned))",
        },
        {
            content: "Add it",
            trigger: ".o_ecrm_add_companions button:contains(Tour Frame)",
            run: "click",
        },
        {
            content: "It stands on the order at the size of the canvas",
            trigger: ".o_field_widget[name=order_line] .o_data_row:contains(Tour Frame):contains(30x60)",
        },
        {
            content: "And is no longer proposed",
            trigger: ".o_form_view:not(:has(.o_ecrm_add_companions button:contains(Tour Frame)))",
        },
    ],
});

registry.category("web_tour.tours").add("ecrm_loyalty_cart_companions", {
    steps: () => [
        { content: "The page is alive", trigger: "body[is-ready=true] #add_to_cart:not(.disabled)" },
        { content: "Into the cart", trigger: "#add_to_cart", run: "click" },
        { trigger: ".my_cart_quantity:contains(1)" },
        {
            content: "To the cart",
            trigger: "body",
            run: () => {
                window.location.href = "/shop/cart";
            },
            expectUnloadPage: true,
        },
        { content: "What goes with it, with a picture", trigger: "body[is-ready=true] .o_ecrm_companions a:contains(Tour Frame) img" },
        {
            content: "Look at it",
            trigger: ".o_ecrm_companions a:contains(Tour Frame)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Into the cart as well", trigger: "body[is-ready=true] h1:contains(Tour Frame)" },
    ],
});
