import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryOne } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { setupInteractionWhiteList, startInteractions } from "@web/../tests/public/helpers";

setupInteractionWhiteList("ecrm.size_block");
describe.current.tags("interaction_dev");

const PAGE = `
    <form class="js_product">
        <ul data-attribute-exclusions="{}"></ul>
        <fieldset class="o_ecrm_size" data-size="50x50">
            <button type="button" class="o_ecrm_size_tile active" data-code="50x50" data-width="50" data-height="50" data-panels="1"></button>
            <button type="button" class="o_ecrm_size_tile" data-code="30x60" data-width="30" data-height="60" data-panels="1"></button>
            <input name="ecrm_width" value="50"/><input name="ecrm_height" value="50"/><input name="ecrm_panels" value="1"/>
            <input type="checkbox" name="ecrm_ratio"/>
            <input name="ecrm_size_text" value="50x50"/>
            <p class="o_ecrm_size_error d-none"></p>
            <a class="o_ecrm_size_quote d-none" href="/quote?product=M054"></a>
            <div class="o_ecrm_size_answer">
                <div class="o_ecrm_size_drawing"></div>
                <p class="o_ecrm_size_label"><bdi></bdi></p>
                <p class="o_ecrm_size_per_area"></p><ul class="o_ecrm_size_breakdown"></ul>
                <p class="o_ecrm_size_promise"></p><p class="o_ecrm_size_billed"></p><p class="o_ecrm_size_hint"></p>
            </div>
        </fieldset>
        <a id="add_to_cart"></a>
    </form>`;

const ANSWER = {
    code: "30x60", label: "30 x 60 cm", width: "30", height: "60", panels: "1", error: "", quote: false,
    per_area: "", promise: "", billed: "", hint: "", breakdown: [], drawing: "",
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
    answer({ asked: "50x50", error: "The width must be at most 120 cm." });
    expect(".o_ecrm_size_error").toHaveText("The width must be at most 120 cm.");
    expect("#add_to_cart").toHaveClass("disabled");
    expect("#add_to_cart").toHaveAttribute("title", "The width must be at most 120 cm.");
    answer({ asked: "50x50" });
    expect("#add_to_cart").not.toHaveClass("disabled");
    expect(".o_ecrm_size_error").toHaveClass("d-none");
});

test("the proportions are kept while the width is typed", async () => {
    await start();
    await click(".o_ecrm_size_tile[data-code='30x60']");
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
