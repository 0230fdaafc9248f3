import { describe, expect, test } from "@odoo/hoot";
import { click, edit, keyDown, queryOne, resize } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("ecrm.size_block");
describe.current.tags("interaction_dev");

const PAGE = `
    <div id="product_detail_main">
    <div class="o_ecrm_size_place_wide">
        <figure class="o_ecrm_size_figure"><div class="o_ecrm_size_drawing"></div><span class="o_ecrm_size_gap"></span></figure>
    </div>
    <form class="js_product">
        <ul data-attribute-exclusions="{}"></ul>
        <fieldset class="o_ecrm_size" data-size="50x50" data-unit="cm" data-failed="No line.">
            <button type="button" class="o_ecrm_size_share" data-done="Copied"><span>Share</span></button>
            <button type="button" class="o_ecrm_size_tile active" data-code="50x50"><bdi class="o_ecrm_size_tile_price">3,400 DA</bdi></button>
            <button type="button" class="o_ecrm_size_tile" data-code="30x60"><bdi class="o_ecrm_size_tile_price">3,000 DA</bdi></button>
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
            <div class="o_ecrm_size_offers"></div>
            <div class="o_ecrm_size_place"></div>
            <div class="o_ecrm_size_answer" tabindex="-1"></div>
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

test("a page that opens asks nothing: the server has drawn its answer", async () => {
    const asked = [];
    const count = (ev) => ev.target.matches?.("ul[data-attribute-exclusions]") && asked.push(ev.type);
    document.addEventListener("change", count, true);
    await start();
    await advanceTime(1000);
    document.removeEventListener("change", count, true);
    expect(asked).toEqual([]);
    expect(".js_product").not.toHaveClass("o_ecrm_waiting");
});

test("the tiles cost what the answer says they cost with the chosen options", async () => {
    await start();
    answer({ asked: "50x50", tiles: { "30x60": "3,300 DA" } });
    expect(".o_ecrm_size_tile[data-code='30x60']").toHaveText("3,300 DA");
    expect(".o_ecrm_size_tile[data-code='50x50']").toHaveText("3,400 DA");
    answer({ asked: "50x50", tiles: {} });
    expect(".o_ecrm_size_tile[data-code='30x60']").toHaveText("3,300 DA");
});

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

test("the side that follows takes a step that is sold", async () => {
    await start();
    queryOne("[name=ecrm_width]").dataset.step = "20";
    answer({ asked: "50x50" });
    await click("[name=ecrm_ratio]");
    await click("[name=ecrm_width]");
    await edit("45.5");
    expect("[name=ecrm_height]").toHaveValue("92");
});

test("in inches the side that follows goes by eighths", async () => {
    const asked = await start();
    answer({ asked: "50x50", width_mm: 254, height_mm: 508 });
    queryOne("[name=ecrm_unit]").value = "in";
    queryOne("[name=ecrm_unit]").dispatchEvent(new Event("change"));
    await click("[name=ecrm_ratio]");
    await click("[name=ecrm_width]");
    await edit("10.1");
    expect("[name=ecrm_height]").toHaveValue("20.25");
    await advanceTime(400);
    expect(asked.at(-1)).toBe("10.1x20.25in");
});

test("a size shown in inches is sent back as the same tenth of a millimetre", async () => {
    const asked = await start();
    answer({ asked: "50x50", width_mm: 500, height_mm: 409.6 });
    queryOne("[name=ecrm_unit]").value = "in";
    queryOne("[name=ecrm_unit]").dispatchEvent(new Event("change"));
    expect("[name=ecrm_width]").toHaveValue("19.685");
    expect("[name=ecrm_height]").toHaveValue("16.126");
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

test("the room is drawn once and goes where the page has room for it", async () => {
    await resize({ width: 1300 });
    await start();
    answer({ asked: "50x50", drawing: "<svg id='room'></svg>", panels: 3 });
    expect(".o_ecrm_size_place_wide #room").toHaveCount(1);
    await resize({ width: 390 });
    expect(".o_ecrm_size_place_wide #room").toHaveCount(0);
    expect(".o_ecrm_size_place #room").toHaveCount(1);
    answer({ asked: "50x50", drawing: "<svg id='other'></svg>" });
    expect(".o_ecrm_size_place #other").toHaveCount(1);
    await resize({ width: 1300 });
    expect(".o_ecrm_size_place_wide #other").toHaveCount(1);
});

test("arrows walk along the tiles as along radio buttons, and the focus goes with the choice", async () => {
    const asked = await start();
    queryOne(".o_ecrm_size_tile[data-code='50x50']").focus();
    await keyDown("ArrowRight");
    expect(asked).toEqual(["30x60"]);
    expect(".o_ecrm_size_tile[data-code='30x60']").toBeFocused();
    expect(".o_ecrm_size_tile[data-code='30x60']").toHaveAttribute("aria-checked", "true");
    expect(".o_ecrm_size_tile[data-code='30x60']").toHaveAttribute("tabindex", "0");
    expect(".o_ecrm_size_tile[data-code='50x50']").toHaveAttribute("aria-checked", "false");
    expect(".o_ecrm_size_tile[data-code='50x50']").toHaveAttribute("tabindex", "-1");
    answer({ asked: "30x60" });
    expect(".o_ecrm_size_tile[data-code='30x60']").toBeFocused();
    await keyDown("ArrowDown"); // past the last one: the first again
    expect(asked.at(-1)).toBe("50x50");
    await keyDown("End");
    expect(asked.at(-1)).toBe("30x60");
    await keyDown("Home");
    expect(".o_ecrm_size_tile[data-code='50x50']").toBeFocused();
});

test("from right to left the left arrow goes on", async () => {
    const asked = await start();
    queryOne(".o_ecrm_size").style.direction = "rtl";
    queryOne(".o_ecrm_size_tile[data-code='50x50']").focus();
    await keyDown("ArrowLeft");
    expect(asked).toEqual(["30x60"]);
});

test("a screen reader is told size, price and day once they are known", async () => {
    await start();
    answer({ asked: "50x50", promise: "Ready on Monday" });
    expect(".o_ecrm_size_status").toHaveText("30 x 60 cm. 3,000 DA. Ready on Monday");
});

test("the focus stays in the field while its price comes", async () => {
    await start();
    await click("[name=ecrm_width]");
    await edit("45");
    answer({ asked: "45x50", code: "45x50", width_mm: 450, height_mm: 500 });
    expect("[name=ecrm_width]").toBeFocused();
    expect("[name=ecrm_width]").toHaveValue("45");
});

test("the share sheet of a phone gets an address with the size in it", async () => {
    await start();
    answer({ asked: "50x50" });
    patchWithCleanup(navigator, { share: async ({ url }) => expect.step(new URL(url).search) });
    await click(".o_ecrm_size_share");
    expect.verifySteps(["?w=30&h=60&n=1"]);
});

test("without a share sheet the address is copied and the page says so", async () => {
    await start();
    answer({ asked: "50x50" });
    patchWithCleanup(navigator, { share: undefined });
    await click(".o_ecrm_size_share");
    await animationFrame();
    expect(new URL(await navigator.clipboard.readText()).search).toBe("?w=30&h=60&n=1");
    expect(".o_ecrm_size_share span").toHaveText("Copied");
    expect(".o_ecrm_size_status").toHaveText("Copied");
});

test("a size off the step offers its neighbours, and one click takes one of them", async () => {
    const asked = await start();
    const offers = [{ code: "40.5x51", text: "Take 40.5 x 51 cm" }, { code: "41x51", text: "Take 41 x 51 cm" }];
    queryOne(".o_ecrm_size").dataset.size = "16/20in";
    answer({ asked: "16/20in", error: "Steps of 0.5 cm.", offers });
    expect(".o_ecrm_size_offer").toHaveCount(2);
    expect(".o_ecrm_size_offer:first").toHaveText("Take 40.5 x 51 cm");
    await click(".o_ecrm_size_offer:first");
    expect(asked.at(-1)).toBe("40.5x51");
    expect("[name=ecrm_size_text]").toHaveValue("40.5x51");
    expect(".o_ecrm_size_answer").toBeFocused();
    answer({ asked: "40.5x51", code: "40.5x51" });
    expect(".o_ecrm_size_offer").toHaveCount(0);
    expect(".o_ecrm_size_error").not.toBeVisible();
});
