import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { markup } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, mockService, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Rate extends models.Model {
    _name = "rate";

    date = fields.Date();
    age = fields.Integer();
    founded = fields.Float();
    delivered = fields.Float();
    complaint_id = fields.Many2one({ relation: "rate" });
    area = fields.Selection({
        selection: [
            ["print", "Printing"],
            ["delivery", "Delivery"],
        ],
    });
}
defineMailModels();
defineModels([Rate]);

const JANUARY = ["2026-01-01", "January 2026"];
const FEBRUARY = ["2026-02-01", "February 2026"];
const MARCH = ["2026-03-01", "March 2026"];
const ARCH = `<ecrm_cohort string="Founded" date="date" age="age" part="founded" whole="delivered" shared="area"/>`;

const months = [
    [JANUARY, 8],
    [FEBRUARY, 2],
    [MARCH, 10],
].map(([month, delivered]) => ({
    "date:month": month,
    "founded:sum": 0,
    "delivered:sum": delivered,
    __extra_domain: [["date", ">=", month[0]]],
}));
const cell = (month, age, founded, more = {}) => ({
    "date:month": month,
    age,
    "founded:sum": founded,
    "delivered:sum": 0,
    __extra_domain: [],
    ...more,
});
const CELLS = [cell(JANUARY, 0, 1), cell(JANUARY, 2, 2), cell(FEBRUARY, 1, 1)];

async function mount(answers, options = {}) {
    mockDate("2026-03-15 12:00:00");
    const asked = [];
    onRpc("formatted_read_grouping_sets", ({ kwargs }) => {
        asked.push(kwargs.grouping_sets);
        return answers;
    });
    await mountView({ type: "ecrm_cohort", resModel: "rate", arch: ARCH, ...options });
    return asked;
}

const row = (index) => queryAllTexts(`.o_ecrm_cohort tbody tr:eq(${index}) td`);

test("rates add up from month to month, and months that have not come are empty", async () => {
    const asked = await mount([months, CELLS]);
    expect(asked).toEqual([[["date:month"], ["date:month", "age"]]]);
    expect(row(0)).toEqual(["8", "3", "12.5", "12.5", "37.5"]);
    expect(row(1)).toEqual(["2", "1", "0.0", "50.0", ""]);
    expect(row(2)).toEqual(["10", "0", "0.0", "", ""]);
});

test("the last row is a ratio of sums over the months that are old enough", async () => {
    await mount([months, CELLS]);
    // 1 of 20; 2 of the 10 of January and February; 3 of the 8 of January
    expect(queryAllTexts(".o_ecrm_cohort tfoot td")).toEqual(["20", "4", "5.0", "20.0", "37.5"]);
});

test("month by month shows what each month brought", async () => {
    await mount([months, CELLS]);
    await click(".o_ecrm_cohort button:contains(Month by month)");
    await animationFrame();
    expect(row(0)).toEqual(["8", "3", "12.5", "0.0", "25.0"]);
    expect(queryAllTexts(".o_ecrm_cohort tfoot td").slice(2)).toEqual(["5.0", "10.0", "25.0"]);
});

test("complaints after the twelfth month share the last column", async () => {
    await mount([months, [cell(JANUARY, 12, 1), cell(JANUARY, 15, 1)]]);
    expect(".o_ecrm_cohort thead th:last").toHaveText("+12+ mo.");
    expect(".o_ecrm_cohort thead th").toHaveCount(3 + 13);
});

test("each group of complaints is set against all goods of the month", async () => {
    const groupCells = [
        cell(JANUARY, 0, 1, { area: "print" }),
        cell(JANUARY, 2, 2, { area: "delivery" }),
        cell(FEBRUARY, 1, 1, { area: "delivery" }),
    ];
    const [sets] = await mount([months, CELLS, [], groupCells], { groupBy: ["area"] });
    expect(sets.slice(2)).toEqual([
        ["area", "date:month"],
        ["area", "date:month", "age"],
    ]);
    expect(queryAllTexts(".o_ecrm_cohort h3")).toEqual(["Delivery", "Printing"]);
    expect(row(0)).toEqual(["8", "2", "0.0", "0.0", "25.0"]);
});

test("a cell opens the complaints behind it", async () => {
    mockService("action", {
        doAction(action) {
            expect.step([action.res_model, action.domain]);
        },
    });
    onRpc("formatted_read_group", ({ kwargs }) => {
        expect.step(kwargs.domain.filter((term) => term[0] === "age" || term[0] === "founded"));
        return [{ complaint_id: [7, "REC/7"], __extra_domain: [] }];
    });
    await mount([months, CELLS]);
    await click(".o_ecrm_cohort tbody tr:eq(0) button:eq(2)");
    await animationFrame();
    expect.verifySteps([
        [
            ["age", "<=", 2],
            ["founded", ">", 0],
        ],
        ["ecrm.complaint", [["id", "in", [7]]]],
    ]);
});

test("nothing delivered is said in words", async () => {
    await mount([[], []], { noContentHelp: markup("<p>Nothing was delivered</p>") });
    expect(".o_ecrm_cohort table").toHaveCount(0);
    expect(".o_view_nocontent").toHaveText("Nothing was delivered");
});
