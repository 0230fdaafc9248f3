import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryOne } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("ecrm.size_block");
describe.current.tags("interaction_dev");

const PAGE = `
    <section id="product_detail_main"><form class="js_product">
        <ul data-attribute-exclusions="{}"></ul>
        <fieldset class="o_ecrm_size" data-size="50x50" data-unit="cm" data-failed="No line.">
            <button type="button" class="o_ecrm_size_tile active" data-code="50x50"></button>
            <button type="button" class="o_ecrm_size_tile" data-code="30x60"></button>
            <input name="ecrm_width" value="50"/><input name="ecrm_height" value="50"/>
            <input name="ecrm_panels" value="1" data-most="5"/>
            <input type="checkbox" name="ecrm_ratio"/>
            <input name="ecrm_size_text" value="50x50"/>
            <p class="o_ecrm_size_error d-none"></p>
            <figure class="o_ecrm_size_figure"><div class="o_ecrm_size_drawing"></div><span class="o_ecrm_size_gap"></span></figure>
            <bdi class="o_ecrm_size_label"></bdi><bdi class="o_ecrm_size_price"></bdi>
            <span class="o_ecrm_size_per_area"></span><span class="o_ecrm_size_promise"></span>
            <span class="o_ecrm_size_billed"></span><p class="o_ecrm_size_hint"></p>
            <details class="o_ecrm_size_why"><ul class="o_ecrm_size_breakdown"></ul></details>
            <p class="o_ecrm_size_status"></p>
        </fieldset>
        <a class="o_ecrm_size_quote" href="/quote?product=M054"></a>
        <a id="add_to_cart"></a><p class="o_ecrm_size_reason"></p>
    </form></section>`;

const ANSWER = {
    code: "30x60", label: "30 x 60 cm", price: "3 000 DA", width_mm: 300, height_mm: 600, panels: 1, layout_mm: [],
    link: { w: "30", h: "60", n: 1 }, error: "", quote: false,
    per_area: "", promise: "", billed: "", hint: "", breakdown: [], drawing: "",
}; // prettier-ignore

/** The page with its block; `asked` counts the price requests. */
async function start() {
    const asked = [];
    await startInteractions(PAGE);
    // What the opened page asks by itself is not counted
    queryOne("ul[data-attribute-exclusions]").addEventListener("change", () =>
        asked.push(queryOne(".o_ecrm_size").dataset.size)
    );
    return asked;
}

function answer(values) {
    queryOne(".o_ecrm_size").dispatchEvent(new CustomEvent("ecrm_size_answer", { detail: { ...ANSWER, ...values } }));
}

test("typing asks once, when the shopper pauses", async () => {
    const asked = await start();
    await click("[name=ecrm_size_text]");
    await edit("40/50*3");
    expect(asked).toEqual([]);
    expect(".js_product").toHaveClass("o_ecrm_waiting");
    await advanceTime(400);
    expect(asked).toEqual(["40/50*3"]);
});

test("a tile asks at once, and its answer fills the fields", async () => {
    const asked = await start();
    await click(".o_ecrm_size_tile[data-code='30x60']");
    expect(asked).toEqual(["30x60"]);
    answer({ asked: "30x60" });
    expect("[name=ecrm_height]").toHaveValue("60");
    expect("[name=ecrm_size_text]").toHaveValue("30x60");
    expect(".o_ecrm_size_label").toHaveText("30 x 60 cm");
    expect(".js_product").not.toHaveClass("o_ecrm_waiting");
});

test("a refused size names its reason and closes the cart button until the next good one", async () => {
    await start();
    answer({ asked: "50x50", error: "The width must be at most 120 cm.", field: "width" });
    expect(".o_ecrm_size_error").toHaveText("The width must be at most 120 cm.");
    expect("[name=ecrm_width]").toHaveClass("is-invalid");
    expect("[name=ecrm_height]").not.toHaveClass("is-invalid");
    expect("#add_to_cart").toHaveClass("disabled");
    expect(".o_ecrm_size_reason").toHaveText("The width must be at most 120 cm.");
    answer({ asked: "50x50" });
    expect("#add_to_cart").not.toHaveClass("disabled");
    expect(".o_ecrm_size_error").toHaveClass("d-none");
});

test("too large for the page is a quote request with the size, instead of the cart", async () => {
    await start();
    answer({ asked: "300x100", error: "The width must be at most 120 cm.", quote: true });
    expect(".js_product").toHaveClass("o_ecrm_over");
    expect(".o_ecrm_size_quote").toHaveAttribute("href", /size=300x100/);
});

test("without a line nothing can be bought at the last price", async () => {
    await start();
    queryOne(".o_ecrm_size").dispatchEvent(new CustomEvent("ecrm_size_failed"));
    expect(".o_ecrm_size_error").toHaveText("No line.");
    expect("#add_to_cart").toHaveClass("disabled");
});

test("the proportions are kept while the width is typed", async () => {
    await start();
    answer({ asked: "50x50" });
    await click("[name=ecrm_ratio]");
    await click("[name=ecrm_width]");
    await edit("45");
    expect("[name=ecrm_height]").toHaveValue("90");
});

test("digits of an Arabic keyboard are read as digits", async () => {
    const asked = await start();
    await click("[name=ecrm_width]");
    await edit("٤٥");
    await advanceTime(400);
    expect(asked).toEqual(["45x50"]);
});

test("labels of the answer are text, whatever they hold", async () => {
    await start();
    answer({ asked: "50x50", label: "<img src=x onerror=alert(1)>", breakdown: [{ label: "<b>1</b>", text: "1" }, { label: "2", text: "2" }] });
    expect(".o_ecrm_size img, .o_ecrm_size b").toHaveCount(0);
});
