import { expect, mockDate, test } from "@odoo/hoot";
import { queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";

class Complaint extends models.Model {
    deadline = fields.Datetime();

    _records = [
        { id: 1, deadline: "2026-03-02 09:20:00" },
        { id: 2, deadline: "2026-03-02 12:00:00" },
        { id: 3, deadline: "2026-03-05 12:00:00" },
        { id: 4, deadline: "2026-03-02 08:15:00" },
        { id: 5, deadline: false },
    ];
}
defineMailModels();
defineModels([Complaint]);

const mount = () =>
    mountView({
        type: "list",
        resModel: "complaint",
        arch: `<list><field name="deadline" widget="ecrm_deadline"/></list>`,
    });

test.tags("desktop");
test("a deadline is the time that is left, or by how much it is late", async () => {
    mockDate("2026-03-02 09:00:00", 0);
    await mount();
    expect(queryAllTexts(".o_data_cell")).toEqual(["20 min", "3 h", "3 d", "45 min late", ""]);
});

test.tags("desktop");
test("what is late stands out, what is due within four hours warns", async () => {
    mockDate("2026-03-02 09:00:00", 0);
    await mount();
    const classes = queryAllAttributes(".o_data_cell .badge", "class").map((text) => text.replace("badge ", ""));
    expect(classes).toEqual(["text-bg-warning", "text-bg-warning", "text-bg-light border", "text-bg-danger"]);
});
