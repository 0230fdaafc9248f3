import { registry } from "@web/core/registry";
import { act, click, leave, see, type } from "./dimension_steps";

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
    click("Add it", "#add_to_cart:not(.disabled)"),
    see(`${quantity} in the cart`, `.my_cart_quantity:contains(${quantity})`),
];

registry.category("web_tour.tours").add("ecrm_dimension_shop", {
    steps: () => [
        see("The page is alive", "body[is-ready=true] .o_ecrm_size_tile.active[data-code='50x50']"),
        click("Another tile", ".o_ecrm_size_tile[data-code='50x100']"),
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
        click("Back to 50 x 50", ".o_ecrm_size_tile[data-code='50x50']"),
        amount(".product_price .oe_currency_value", 3400),
        ...addToCart(1),
        act("A triptych, in one go", "[name=ecrm_size_text]", "edit 40/50*3"),
        amount(".product_price .oe_currency_value", 9200),
        see("The fields follow", "[name=ecrm_panels]:value(3)"),
        see("Three panels are drawn", ".o_ecrm_room"),
        ...addToCart(2),
        act("Too high", "[name=ecrm_height]", "edit 500"),
        see("The bound is named", ".o_ecrm_size_error:contains(200)"),
        see("Nothing can be added, and it says why", ".js_product.o_ecrm_refused:has(#add_to_cart.disabled)"),
        see("Nothing can be added, and it says why", ".o_ecrm_size_reason:contains(200)"),
        amount(".product_price .oe_currency_value", 9200),
        act("By the fields", "[name=ecrm_width]", "edit 50"),
        act("By the fields", "[name=ecrm_height]", "edit 50"),
        act("By the fields", "[name=ecrm_panels]", "edit 1"),
        amount(".product_price .oe_currency_value", 3400),
        ...addToCart(3),
        act("In inches", "[name=ecrm_unit]", "select in"),
        act("In inches", "[name=ecrm_width]", "edit 16"),
        act("In inches", "[name=ecrm_height]", "edit 20"),
        see("Off the step: the nearest size is named in inches", ".o_ecrm_size_error:contains(08)"),
        click("One click takes it", ".o_ecrm_size_offer[data-code='40.5x51']"),
        see("Nothing is left to refuse", ".o_ecrm_size:has(.o_ecrm_size_error.d-none):not(:has(.o_ecrm_size_offer)) [name=ecrm_height]:value(20.08)"),
        act("In centimetres again", "[name=ecrm_unit]", "select cm"),
        act("In centimetres again", "[name=ecrm_size_text]", "edit 50/50"),
        amount(".product_price .oe_currency_value", 3400),
        click("Unequal panels", "[name=ecrm_unequal]"),
        see("Three rows to start from", ".o_ecrm_size_row:nth-child(3)"),
        act("A taller middle", ".o_ecrm_size_row:nth-child(2) [data-side='1']", "edit 80"),
        see("It is drawn and priced", ".o_ecrm_size_label:contains(50 x 80)"),
        see("The address follows", "[name=ecrm_size_text]:value(50x50+50x80+50x50)"),
        click("Back to a tile", ".o_ecrm_size_tile[data-code='50x50']"),
        amount(".product_price .oe_currency_value", 3400),
        click("Keep the proportions", "[name=ecrm_ratio]"),
        act("Wider", "[name=ecrm_width]", "edit 60"),
        see("The height follows", "[name=ecrm_height]:value(60)"),
        leave("To the cart", "a[href$='/shop/cart']"),
        see("One line of two", "#cart_products .o_cart_product:contains(50 x 50) input.js_quantity:value(2)"),
        see("One triptych", "#cart_products .o_cart_product:contains(40 x 50) input.js_quantity:value(1)"),
        leave("Check out", "a[href*='/shop/checkout']"),
        see("The summary says the size", ".o_ecrm_line_size:contains(40 x 50)"),
        act("Name", "form.address_autoformat input[name=name]", "edit Amina Test"),
        act("Mail", "form.address_autoformat input[name=email]", "edit amina@example.com"),
        act("Phone", "form.address_autoformat input[name=phone]", "edit 0661000000"),
        act("Street", "form.address_autoformat input[name=street]", "edit 1 rue Didouche"),
        act("City", "form.address_autoformat input[name=city]", "edit Alger"),
        act("Postal code", "form.address_autoformat input[name=zip]", "edit 16000"),
        {
            content: "Country",
            trigger: "#o_country_id",
            run() {
                this.anchor.value = [...this.anchor.options].find((option) => option.getAttribute("code") === "DZ").value;
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        leave("On", "a[name='website_sale_main_button']"),
        amount("tr[name='o_order_delivery'] .oe_currency_value", 400),
        amount("tr[name='o_order_total'] .oe_currency_value", 16400),
        leave("To payment", "a[href*='/shop/payment']"),
        leave("Pay on delivery", "button[name='o_payment_submit_button']:not(:disabled)"),
        see("Confirmed, with its sizes", "[name=order_confirmation]"),
        see("Confirmed, with its sizes", ".o_ecrm_line_size:contains(40 x 50)"),
    ],
});

/** Nothing of the page may stand beyond the edge of the phone. */
const fits = (content) => ({
    content,
    trigger: "body",
    run() {
        const { scrollWidth } = document.documentElement;
        if (scrollWidth > window.innerWidth) {
            throw new Error(`${content}: ${scrollWidth} wide on ${window.innerWidth}`);
        }
    },
});

const DIALOG = ".o_sale_product_configurator_dialog";

registry.category("web_tour.tours").add("ecrm_dimension_phone", {
    steps: () => [
        see("From right to left", "#wrapwrap.o_rtl"),
        see("The room hangs between the fields and the price", "body[is-ready=true] .o_ecrm_size_place .o_ecrm_room"),
        fits("The page"),
        click("A tile", ".o_ecrm_size_tile[data-code='50x100']"),
        amount(".product_price .oe_currency_value", 5200),
        act("With the keyboard of an Arab", "[name=ecrm_size_text]", "edit ٤٠/٥٠*٣"),
        amount(".product_price .oe_currency_value", 9200),
        see("The fields follow", "[name=ecrm_panels]:value(3)"),
        see("The other finish says what it costs", ".js_product .o_ecrm_extra:contains(م²)"),
        click("The other finish", ".js_product .js_attribute_value:contains(Gloss) input"),
        amount(".product_price .oe_currency_value", 9920),
        amount(".o_ecrm_size_tile[data-code='50x100'] .o_ecrm_size_tile_price", 5800),
        fits("Three panels"),
        click("Add it", "#add_to_cart:not(.disabled)"),
        see("The dialog knows the size", `${DIALOG} [name=o_sale_product_configurator_name]:contains(40 × 50)`),
        amount(`${DIALOG} [name=sale_product_configurator_formatted_price]`, 9920),
        click("And a hook", `${DIALOG} tr:contains(Hook of tests) td.o_sale_product_configurator_price button`),
        see("The hook has no size", `${DIALOG} table:not(.o_sale_product_configurator_table_optional) tr:contains(Hook of tests):not(:contains(40 × 50))`),
        leave("To the cart", `${DIALOG} button[name=website_sale_product_configurator_checkout_button]`),
        see("It stands there at its size", "#cart_products .o_cart_product:contains(40 × 50)"),
        fits("The cart"),
        click("Another size", ".o_ecrm_cart_size summary"),
        act("Off the step", ".o_ecrm_cart_size [name=size]", "edit 16x20in"),
        click("Off the step", ".o_ecrm_cart_size form button"),
        see("It says why", ".o_ecrm_cart_size:has(.is-invalid) .o_ecrm_cart_size_error:contains(20.08)"),
        see("And offers two", ".o_ecrm_cart_size .o_ecrm_size_offer[data-code='41x51']"),
        leave("One click takes it", ".o_ecrm_cart_size .o_ecrm_size_offer[data-code='40.5x51']"),
        see("The line has it", "#cart_products .o_cart_product:contains(40.5 × 51)"),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_staff", {
    steps: () => [
        click("Add a line", ".o_field_x2many_list_row_add > a, .o_field_x2many_list_row_add button"),
        act("The canvas", ".o_selected_row [name=product_template_id] input", "edit Tableau M054 of tests"),
        click("The canvas", ".o-autocomplete--dropdown-item:contains(Tableau M054 of tests)"),
        type("The size, in one field", ".o_selected_row [name=ecrm_size_input] input", "40/50*3"),
        see("The price follows", ".o_data_row [name=price_subtotal]:contains(200)"),
        click("Save", ".o_form_button_save"),
        see("Saved", ".o_form_saved"),
        see("The text says it", ".o_data_row [name=ecrm_size_input]:contains(40x50x3)"),
    ],
});
