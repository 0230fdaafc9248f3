import { expect, test } from "@odoo/hoot";
import { queryAll, queryFirst } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Customer extends models.Model {
    rhythm = fields.Json();

    _records = [
        {
            id: 1,
            rhythm: [
                { month: "2026-01-01", orders: 2, revenue: 9000 },
                { month: "2026-02-01", orders: 0, revenue: 0 },
                { month: "2026-03-01", orders: 1, revenue: 4500 },
            ],
        },
        { id: 2, rhythm: false },
    ];
}
defineMailModels();
defineModels([Customer]);

const mount = (resId) =>
    mountView({
        type: "form",
        resModel: "customer",
        resId,
        arch: `<form><field name="rhythm" widget="ecrm_rhythm" readonly="1"/></form>`,
    });

test("the best month is the highest bar and the others are drawn to its scale", async () => {
    await mount(1);
    const [best, , half] = queryAll(".o_ecrm_rhythm rect").map((bar) => Number(bar.getAttribute("height")));
    expect(half).toBe(best / 2);
});

test("a month without orders is a trace, not a bar", async () => {
    await mount(1);
    expect(".o_ecrm_rhythm_bar").toHaveCount(2);
    expect(".o_ecrm_rhythm_rest").toHaveCount(1);
    expect(queryFirst(".o_ecrm_rhythm_rest title").textContent).toBe("2026-02: 0 orders");
});

test("a customer without orders has no picture", async () => {
    await mount(2);
    expect("svg.o_ecrm_rhythm").toHaveCount(0);
});
