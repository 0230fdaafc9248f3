import { registry } from "@web/core/registry";

/** The number that a total shows, whatever the thousands separator of the page's language. */
const shown = (element) => Number((element?.textContent || "").replace(/[^0-9,.]/g, "").replace(/[.,]\d\d$/, "").replace(/[.,]/g, ""));

const TOTAL = "tr[name=o_order_total] .oe_currency_value";

function total(expected) {
    return {
        content: `The order costs ${expected}`,
        trigger: TOTAL,
        async run({ waitUntil }) {
            await waitUntil(() => shown(document.querySelector(TOTAL)) === expected, {
                timeout: 10000,
                message: () => `${document.querySelector(TOTAL)?.textContent} instead of ${expected}`,
            });
        },
    };
}

/** Put the product of the page in the cart, and type there the code that the address of the page carries. */
const typeTheCode = () => [
    { content: "The page is alive", trigger: "body[is-ready=true] #add_to_cart" },
    {
        content: "Keep the code that was sent",
        trigger: "body",
        run: () => sessionStorage.setItem("ecrm_voucher", new URL(location.href).searchParams.get("voucher")),
    },
    { content: "Add it", trigger: "#add_to_cart:not(.disabled)", run: "click" },
    { content: "One in the cart", trigger: ".my_cart_quantity:contains(1)" },
    { content: "To the cart", trigger: "a[href$='/shop/cart']", run: "click", expectUnloadPage: true },
    total(3400),
    {
        content: "Type the code",
        trigger: "form[name=coupon_code] input[name=promo]",
        run({ edit }) {
            return edit(sessionStorage.getItem("ecrm_voucher"));
        },
    },
    { content: "Apply it", trigger: "form[name=coupon_code] button[type=submit]", run: "click", expectUnloadPage: true },
];

registry.category("web_tour.tours").add("ecrm_complaint_voucher_own", {
    steps: () => [
        ...typeTheCode(),
        { content: "It is taken", trigger: ".alert-success" },
        { content: "It stands in the cart", trigger: "#cart_products .o_cart_product:contains(/voucher/i)" },
        total(1900),
        { content: "Nothing was refused", trigger: "body:not(:has(.oe_website_sale_gift_card .alert-danger))" },
    ],
});

registry.category("web_tour.tours").add("ecrm_complaint_voucher_foreign", {
    steps: () => [
        ...typeTheCode(),
        { content: "It says why", trigger: ".oe_website_sale_gift_card .alert-danger:contains(personal)" },
        total(3400),
    ],
});
