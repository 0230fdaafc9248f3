import { registry } from "@web/core/registry";

const number = (text) => Number(text.replace(/[^0-9,.]/g, "").replace(/[.,](\d\d)$/, "|$1").replace(/[.,]/g, "").replace("|", "."));

/** Wait for an amount, whatever the thousands separator of the page's language. */
function amount(selector, expected) {
    return {
        content: `${selector} shows ${expected}`,
        trigger: selector,
        async run({ waitUntil }) {
            await waitUntil(() => number(document.querySelector(selector)?.textContent || "") === expected, {
                timeout: 10000,
                message: () => `${selector}: ${document.querySelector(selector)?.textContent}, expected ${expected}`,
            });
        },
    };
}

const addToCart = (quantity) => [
    { content: "Add it", trigger: "#add_to_cart:not(.disabled)", run: "click" },
    { content: `${quantity} in the cart`, trigger: `.my_cart_quantity:contains(${quantity})` },
];

registry.category("web_tour.tours").add("ecrm_dimension_shop", {
    steps: () => [
        { content: "The page is alive", trigger: "body[is-ready=true] .o_ecrm_size_tile.active[data-code='50x50']" },
        { content: "Another tile", trigger: ".o_ecrm_size_tile[data-code='50x100']", run: "click" },
        amount(".product_price .oe_currency_value", 5200),
        {
            content: "One question when the page opened, as for any product, and one for the tile",
            trigger: ".o_ecrm_size_tile.active[data-code='50x100']",
            run() {
                const asked = performance.getEntriesByType("resource").filter(({ name }) => name.includes("get_combination_info"));
                if (asked.length !== 2) {
                    throw new Error(`${asked.length} price requests`);
                }
            },
        },
        { content: "Back to 50 x 50", trigger: ".o_ecrm_size_tile[data-code='50x50']", run: "click" },
        amount(".product_price .oe_currency_value", 3400),
        ...addToCart(1),
        { content: "A triptych, in one go", trigger: "[name=ecrm_size_text]", run: "edit 40/50*3" },
        amount(".product_price .oe_currency_value", 9200),
        { content: "The fields follow", trigger: "[name=ecrm_panels]:value(3)" },
        { content: "Three panels are drawn", trigger: ".o_ecrm_room" },
        ...addToCart(2),
        { content: "Too high", trigger: "[name=ecrm_height]", run: "edit 500" },
        { content: "The bound is named", trigger: ".o_ecrm_size_error:contains(200)" },
        { content: "Nothing can be added, and it says why", trigger: ".js_product.o_ecrm_refused:has(#add_to_cart.disabled)" },
        { content: "Nothing can be added, and it says why", trigger: ".o_ecrm_size_reason:contains(200)" },
        amount(".product_price .oe_currency_value", 9200),
        { content: "By the fields", trigger: "[name=ecrm_width]", run: "edit 50" },
        { content: "By the fields", trigger: "[name=ecrm_height]", run: "edit 50" },
        { content: "By the fields", trigger: "[name=ecrm_panels]", run: "edit 1" },
        amount(".product_price .oe_currency_value", 3400),
        ...addToCart(3),
        { content: "Unequal panels", trigger: "[name=ecrm_unequal]", run: "click" },
        { content: "Three rows to start from", trigger: ".o_ecrm_size_row:nth-child(3)" },
        { content: "A taller middle", trigger: ".o_ecrm_size_row:nth-child(2) [data-side='1']", run: "edit 80" },
        { content: "It is drawn and priced", trigger: ".o_ecrm_size_label:contains(50 x 80)" },
        { content: "The address follows", trigger: "[name=ecrm_size_text]:value(50x50+50x80+50x50)" },
        { content: "Back to a tile", trigger: ".o_ecrm_size_tile[data-code='50x50']", run: "click" },
        amount(".product_price .oe_currency_value", 3400),
        { content: "Keep the proportions", trigger: "[name=ecrm_ratio]", run: "click" },
        { content: "Wider", trigger: "[name=ecrm_width]", run: "edit 60" },
        { content: "The height follows", trigger: "[name=ecrm_height]:value(60)" },
        { content: "To the cart", trigger: "a[href$='/shop/cart']", run: "click", expectUnloadPage: true },
        { content: "One line of two", trigger: "#cart_products .o_cart_product:contains(50 x 50) input.js_quantity:value(2)" },
        { content: "One triptych", trigger: "#cart_products .o_cart_product:contains(40 x 50) input.js_quantity:value(1)" },
        { content: "Check out", trigger: "a[href*='/shop/checkout']", run: "click", expectUnloadPage: true },
        { content: "The summary says the size", trigger: ".o_ecrm_line_size:contains(40 x 50)" },
        { content: "Name", trigger: "form.address_autoformat input[name=name]", run: "edit Amina Test" },
        { content: "Mail", trigger: "form.address_autoformat input[name=email]", run: "edit amina@example.com" },
        { content: "Phone", trigger: "form.address_autoformat input[name=phone]", run: "edit 0661000000" },
        { content: "Street", trigger: "form.address_autoformat input[name=street]", run: "edit 1 rue Didouche" },
        { content: "City", trigger: "form.address_autoformat input[name=city]", run: "edit Alger" },
        { content: "Postal code", trigger: "form.address_autoformat input[name=zip]", run: "edit 16000" },
        {
            content: "Country",
            trigger: "#o_country_id",
            run() {
                this.anchor.value = [...this.anchor.options].find((option) => option.getAttribute("code") === "DZ").value;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { content: "On", trigger: "a[name='website_sale_main_button']", run: "click", expectUnloadPage: true },
        amount("tr[name='o_order_delivery'] .oe_currency_value", 400),
        amount("tr[name='o_order_total'] .oe_currency_value", 16400),
        { content: "To payment", trigger: "a[href*='/shop/payment']", run: "click", expectUnloadPage: true },
        { content: "Pay on delivery", trigger: "button[name='o_payment_submit_button']:not(:disabled)", run: "click", expectUnloadPage: true },
        { content: "Confirmed, with its sizes", trigger: "[name=order_confirmation]" },
        { content: "Confirmed, with its sizes", trigger: ".o_ecrm_line_size:contains(40 x 50)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_staff", {
    steps: () => [
        { content: "Add a line", trigger: ".o_field_x2many_list_row_add > a, .o_field_x2many_list_row_add button", run: "click" },
        { content: "The canvas", trigger: ".o_selected_row [name=product_template_id] input", run: "edit Tableau M054 of tests" },
        { content: "The canvas", trigger: ".o-autocomplete--dropdown-item:contains(Tableau M054 of tests)", run: "click" },
        { content: "The size, in one field", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit 40/50*3 && press Tab" },
        { content: "The price follows", trigger: ".o_data_row [name=price_subtotal]:contains(200)" },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        { content: "Saved", trigger: ".o_form_saved" },
        { content: "The text says it", trigger: ".o_data_row [name=ecrm_size_input]:contains(40x50x3)" },
    ],
});
