import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, MockServer, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Sheet extends models.Model {
    state = fields.Selection({
        selection: [
            ["importing", "Importing"],
            ["done", "Imported"],
            ["undoing", "Being undone"],
        ],
    });
    progress = fields.Float();

    _records = [
        { id: 1, state: "importing", progress: 10 },
        { id: 2, state: "done", progress: 100 },
        { id: 3, state: "undoing", progress: 20 },
    ];
}
defineMailModels();
defineModels([Sheet]);

const shown = () => queryAllTexts(".o_progressbar_value").map((text) => text.replace(/\s/g, ""));
const mount = (resId) =>
    mountView({
        type: "form",
        resModel: "sheet",
        resId,
        arch: `<form>
            <field name="state"/>
            <field name="progress" widget="ecrm_import_progress"/>
        </form>`,
    });

test.tags("desktop");
test("the bar moves by itself while a sheet comes in, and stops when it is in", async () => {
    onRpc("web_read", () => {
        expect.step("read");
    });
    await mount(1);
    expect.verifySteps(["read"]);
    expect(shown()).toEqual(["10%"]);
    MockServer.env["sheet"].write([1], { progress: 60 });
    await advanceTime(2100);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect(shown()).toEqual(["60%"]);
    MockServer.env["sheet"].write([1], { state: "done", progress: 100 });
    await advanceTime(2100);
    await animationFrame();
    expect.verifySteps(["read"]);
    await advanceTime(10000);
    expect.verifySteps([]);
});

test.tags("desktop");
test("a sheet that is in is not asked about", async () => {
    onRpc("web_read", () => {
        expect.step("read");
    });
    await mount(2);
    await advanceTime(10000);
    expect.verifySteps(["read"]);
});

test.tags("desktop");
test("the bar moves while an import is taken back too", async () => {
    onRpc("web_read", () => {
        expect.step("read");
    });
    await mount(3);
    expect.verifySteps(["read"]);
    MockServer.env["sheet"].write([3], { progress: 80 });
    await advanceTime(2100);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect(shown()).toEqual(["80%"]);
});
