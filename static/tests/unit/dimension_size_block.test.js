import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryOne } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("ecrm.size_block");
describe.current.tags("interaction_dev");

const PAGE = `
    <div id="product_detail_main">
    <form class="js_product">
        <ul data-attribute-exclusions="{}"></ul>
        <fieldset class="o_ecrm_size" data-size="50x50" data-unit="cm" data-failed="No line.">
            <button type="button" class="o_ecrm_size_share" data-done="Copied"><span>Share</span></button>
            <button type="button" class="o_ecrm_size_tile active" data-code="50x50"></button>
            <button type="button" class="o_ecrm_size_tile" data-code="30x60"></button>
            <select name="ecrm_unit"><option value="cm" selected="1">cm</option><option value="in">in</option></select>
            <div class="o_ecrm_size_equal"><input name="ecrm_width" value="50"/><input name="ecrm_height" value="50"/></div>
            <div class="o_ecrm_size_layout d-none">
                <ol class="o_ecrm_size_rows"></ol>
                <button type="button" class="o_ecrm_size_row_add" data-most="4"></button>
                <template><li class="o_ecrm_size_row"><span class="o_ecrm_size_row_number"></span><input data-side="0"/><input data-side="1"/><button class="o_ecrm_size_row_remove"></button></li></template>
            </div>
            <input name="ecrm_panels" value="1" data-most="4"/>
            <input type="checkbox" name="ecrm_ratio"/>
            <input type="checkbox" name="ecrm_unequal"/>
            <input name="ecrm_size_text" value="50x50"/>
            <p class="o_ecrm_size_error d-none"></p>
            <figure class="o_ecrm_size_figure"><div class="o_ecrm_size_drawing"></div><span class="o_ecrm_size_gap"></span></figure>
            <p><bdi class="o_ecrm_size_label"></bdi><bdi class="o_ecrm_size_price"></bdi></p>
            <span class="o_ecrm_size_promise"></span><span class="o_ecrm_size_per_area"></span><span class="o_ecrm_size_billed"></span>
            <p class="o_ecrm_size_hint"></p>
            <details class="o_ecrm_size_why d-none"><ul class="o_ecrm_size_breakdown"></ul></details>
            <p class="o_ecrm_size_status"></p>
        </fieldset>
        <a class="o_ecrm_size_quote" href="/quote?product=M054"></a>
        <a id="add_to_cart"></a>
        <p class="o_ecrm_size_reason"></p>
    </form>
    </div>`;

const ANSWER = {
    code: "30x60", label: "30 x 60 cm", width_mm: 300, height_mm: 600, panels: 1, layout_mm: [], link: { w: "30", h: "60", n: 1 },
    price: "3,000 DA", per_area: "", promise: "", billed: "", hint: "", breakdown: [], drawing: "",
}; // prettier-ignore

/** The page with its block; `asked` counts the price requests. */
async function start() {
    const asked = [];
    await startInteractions(PAGE);
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

test("a tile asks at once and fills the fields", async () => {
    const asked = await start();
    await click(".o_ecrm_size_tile[data-code='30x60']");
    expect(asked).toEqual(["30x60"]);
    answer({ asked: "30x60" });
    expect("[name=ecrm_height]").toHaveValue("60");
    expect("[name=ecrm_size_text]").toHaveValue("30x60");
});

test("an answer to an earlier question is dropped", async () => {
    await start();
    await click(".o_ecrm_size_tile[data-code='30x60']");
    answer({ asked: "50x50", code: "50x50", label: "50 x 50 cm" });
    expect(".o_ecrm_size_label").toHaveText("");
    expect(".js_product").toHaveClass("o_ecrm_waiting");
    answer({ asked: "30x60" });
    expect(".o_ecrm_size_label").toHaveText("30 x 60 cm");
    expect(".js_product").not.toHaveClass("o_ecrm_waiting");
});

test("a refused size names its reason and closes the cart button until the next good one", async () => {
    await start();
    answer({ asked: "50x50", error: "The width must be at most 120 cm.", field: "width" });
    expect(".o_ecrm_size_error").toHaveText("The width must be at most 120 cm.");
    expect(".o_ecrm_size_reason").toHaveText("The width must be at most 120 cm.");
    expect("[name=ecrm_width]").toHaveClass("is-invalid");
    expect("[name=ecrm_height]").not.toHaveClass("is-invalid");
    expect("#add_to_cart").toHaveClass("disabled");
    expect("#add_to_cart").toHaveAttribute("title", "The width must be at most 120 cm.");
    answer({ asked: "50x50" });
    expect("#add_to_cart").not.toHaveClass("disabled");
    expect(".o_ecrm_size_error").toHaveClass("d-none");
});

test("the proportions are kept while the width is typed", async () => {
    await start();
    answer({ asked: "50x50" });
    await click("[name=ecrm_ratio]");
    await click("[name=ecrm_width]");
    await edit("45");
    expect("[name=ecrm_height]").toHaveValue("90");
});

test("labels of the answer are text, whatever they hold", async () => {
    await start();
    answer({ asked: "50x50", label: "<img src=x onerror=alert(1)>", breakdown: [{ label: "<b>1</b>", text: "1" }, { label: "2", text: "2" }] });
    expect(".o_ecrm_size img, .o_ecrm_size b").toHaveCount(0);
});

test("too large a size leads to a quote that carries it", async () => {
    await start();
    answer({ asked: "50x50", error: "Too large.", quote: true });
    expect(".js_product").toHaveClass("o_ecrm_over");
    expect(queryOne(".o_ecrm_size_quote").href).toInclude("size=50x50");
    answer({ asked: "50x50" });
    expect(".js_product").not.toHaveClass("o_ecrm_over");
});

test("unequal panels are typed in rows and asked as one text", async () => {
    const asked = await start();
    answer({ asked: "50x50" });
    await click("[name=ecrm_unequal]");
    expect(asked.at(-1)).toBe("30x60+30x60+30x60");
    await click(".o_ecrm_size_row:nth-child(2) [data-side='1']");
    await edit("80");
    await advanceTime(400);
    expect(asked.at(-1)).toBe("30x60+30x80+30x60");
    await click(".o_ecrm_size_row_add");
    expect(".o_ecrm_size_row").toHaveCount(4);
    await click(".o_ecrm_size_row:nth-child(4) .o_ecrm_size_row_remove");
    expect(asked.at(-1)).toBe("30x60+30x80+30x60");
    answer({ asked: "30x60+30x80+30x60", code: "30x60+30x80+30x60", layout_mm: [[300, 600], [300, 800], [300, 600]], panels: 3, link: {} });
    expect("[name=ecrm_unequal]").toBeChecked();
});

test("another unit shows the same length exactly and is sent with the text", async () => {
    const asked = await start();
    answer({ asked: "50x50", width_mm: 406.4, height_mm: 508 });
    queryOne("[name=ecrm_unit]").value = "in";
    queryOne("[name=ecrm_unit]").dispatchEvent(new Event("change"));
    expect("[name=ecrm_width]").toHaveValue("16");
    await click("[name=ecrm_height]");
    await edit("٢٤");
    await advanceTime(400);
    expect(asked.at(-1)).toBe("16x24in");
});

test("without a line the last good price stays grey and cannot be bought", async () => {
    await start();
    queryOne(".o_ecrm_size").dispatchEvent(new CustomEvent("ecrm_size_failed"));
    expect(".js_product").toHaveClass("o_ecrm_refused");
    expect("#add_to_cart").toHaveAttribute("title", "No line.");
});

test("digits of an Arabic keyboard are read as digits", async () => {
    const asked = await start();
    await click("[name=ecrm_width]");
    await edit("٤٥");
    await advanceTime(400);
    expect(asked).toEqual(["45x50"]);
});
