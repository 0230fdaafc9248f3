import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import configurator from "@sale/js/tours/product_configurator_tour_utils";
import { act, click, see, type } from "./dimension_steps";

// Walks of a salesperson and of an owner through the back office; tests/dimension/test_dimension_office.py starts them.

const CANVAS = "Tableau M054 of tests";

const save = () => [
    click("Save", ".o_form_button_save"),
    see("Saved", ".o_form_saved"),
];

/** Choose a finish in the dialog of options. */
const finish = (value) => click(`Choose ${value}`, `${configurator.productSelector(CANVAS)} li:contains(${value}) input`);

const lineShows = (text) => see(`The line shows ${text}`, `.o_field_widget[name=order_line] .o_data_row:first-child:contains(${text})`);

/** Open the dialog of options again, by the pencil of the line that is being edited. */
const configureAgain = () => [
    click("Edit the line", ".o_data_row:first-child td[name=product_uom_qty]"),
    click("Its options", ".o_selected_row [name=product_template_id] button.fa-pencil"),
    see("The dialog knows the size", ".o_sale_product_configurator_dialog:contains(40 x 50 cm x 3 panels)"),
];

registry.category("web_tour.tours").add("ecrm_dimension_configure", {
    steps: () => [
        click("Add a line", ".o_field_x2many_list_row_add button, .o_field_x2many_list_row_add a"),
        act("The canvas", ".o_selected_row [name=product_template_id] input", `edit ${CANVAS}`),
        click("The canvas", `.o-autocomplete--dropdown-item:contains(${CANVAS})`),
        see("Varnish says what it costs", `${configurator.productSelector(CANVAS)} li:contains(Varnish) .badge:contains(10%)`),
        finish("Gloss"),
        configurator.assertProductPrice(CANVAS, "3,500"),
        configurator.addOptionalProduct("Hook of tests"),
        ...configurator.saveConfigurator(),
        see("Gloss it is, and the line waits for its size", ".o_selected_row textarea:value(/Gloss/)"),
        type("Its size", ".o_selected_row [name=ecrm_size_input] input", "40/50*3"),
        lineShows("9,700"),
        ...save(),
        lineShows("Gloss"),
        ...configureAgain(),
        see("Gloss is chosen", `${configurator.productSelector(CANVAS)} li:contains(Gloss) input:checked`),
        configurator.assertProductPrice(CANVAS, "9,700"),
        finish("Matt"),
        configurator.assertProductPrice(CANVAS, "9,200"),
        ...configurator.saveConfigurator(),
        lineShows("Matt"),
        lineShows("9,200"),
        ...configureAgain(),
        see("Matt is chosen, and nothing else", `${configurator.productSelector(CANVAS)} li:contains(Matt) input:checked`),
        finish("Gloss"),
        ...configurator.saveConfigurator(),
        lineShows("Gloss"),
        lineShows("9,700"),
        lineShows("40x50x3"),
        ...save(),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_hand_price", {
    steps: () => [
        see("The size has its price", ".o_ecrm_breakdown_button .fa-info-circle"),
        click("Why this price", ".o_ecrm_breakdown_button"),
        see("Each step", ".o_ecrm_breakdown:contains(50 x 50 cm):contains(3,400):not(:has(button))"),
        click("Close it", "a[name=order_lines]"),
        click("A price by hand", ".o_data_row td[name=price_unit]"),
        type("A price by hand", ".o_selected_row [name=price_unit] input", "3000"),
        see("The line warns", ".o_ecrm_breakdown_button .fa-exclamation-triangle"),
        ...save(),
        click("Another size keeps it", ".o_data_row td[name=ecrm_size_input]"),
        type("Another size keeps it", ".o_selected_row [name=ecrm_size_input] input", "50/100"),
        see("Still by hand", ".o_data_row td[name=price_subtotal]:contains(3,000)"),
        ...save(),
        see("The line is read again", "[name=order_line]:not(:has(.o_selected_row)) .o_ecrm_breakdown_button .fa-exclamation-triangle"),
        click("Why this price", ".o_ecrm_breakdown_button"),
        see("It says so", ".o_ecrm_breakdown:contains(typed by hand)"),
        click("Back to the computed price", ".o_ecrm_breakdown button"),
        see("It is back", ".o_data_row td[name=price_subtotal]:contains(5,200)"),
        see("No warning is left", ".o_ecrm_breakdown_button .fa-info-circle"),
        click("A size that cannot be read", ".o_data_row td[name=ecrm_size_input]"),
        type("A size that cannot be read", ".o_selected_row [name=ecrm_size_input] input", "huge"),
        see("It is said, with an example", ".o_notification:contains(40/50*3)"),
        see("What was typed stays to be mended", ".o_selected_row [name=ecrm_size_input] input:value(huge)"),
        type("A size that can", ".o_selected_row [name=ecrm_size_input] input", "60/90"),
        see("Priced", ".o_data_row td[name=price_subtotal]:contains(4,900)"),
        ...save(),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_phone_order", {
    steps: () => [
        click("The card says the size", ".o_field_widget[name=order_line] .o_kanban_record:contains(50 x 50 cm)"),
        see("One size field, under its label", ".modal label:contains(Size)"),
        type("Another size", ".modal [name=ecrm_size_input] input", "40/50*3"),
        see("The price follows", ".modal [name=price_unit] input:value(9,200.00)"),
        click("Why", ".modal .o_ecrm_breakdown_button"),
        see("Why", ".o_ecrm_breakdown:contains(40 x 50 cm x 3 panels)"),
        type("A price by hand", ".modal [name=price_unit] input", "8000"),
        see("It warns", ".modal .o_ecrm_breakdown_button .fa-exclamation-triangle"),
        click("Keep it", ".modal .o_form_button_save"),
        see("The card warns", "body:not(:has(.modal)) .o_kanban_record:contains(40 x 50 cm x 3 panels) .fa-exclamation-triangle"),
        ...save(),
        click("Open it again", ".o_field_widget[name=order_line] .o_kanban_record:contains(40 x 50 cm)"),
        click("Why", ".modal .o_ecrm_breakdown_button"),
        click("Back to the computed price", ".o_ecrm_breakdown button"),
        see("The card shows it", "body:not(:has(.modal)) .o_kanban_record:contains(9,200):not(:has(.fa-exclamation-triangle))"),
    ],
});

const openImport = () => [
    click("Its prices", ".o_notebook_headers a[name=price]"),
    click("Bring a table", "button:contains(Import or paste)"),
    see("The wizard", ".modal .o_field_widget[name=file]"),
];

/** Choose a file in the wizard; `content` is its text, or the address it is fetched from. */
const choose = (name, content, { fetched = false } = {}) => [
    {
        content: `Choose ${name}`,
        trigger: ".modal .o_field_widget[name=file]",
        async run() {
            const part = fetched ? await (await fetch(content)).blob() : content;
            await inputFiles(".modal .o_field_widget[name=file] input[type=file]", [new File([part], name)]);
        },
    },
    see("It is taken", `.modal .o_field_widget[name=file] input:value(${name})`),
];

const another = () => click("Take it away", ".modal .o_field_widget[name=file] .o_clear_file_button");

registry.category("web_tour.tours").add("ecrm_dimension_grid", {
    steps: () => [
        ...openImport(),
        ...choose("words.csv", ";40;60\n50;cheap;4000\n"),
        see("The cell is named", ".modal .alert-danger:contains(Row 2, column 2):contains(cheap)"),
        see("Nothing can be written", ".modal footer:not(:has(button[name=action_import]))"),
        another(),
        ...choose("broken.xlsx", "PK\u0003\u0004 no workbook"),
        see("It cannot be opened", ".modal .alert-danger:contains(cannot be opened)"),
        another(),
        ...choose("prices.csv", ";40;60\n50;3100;4000\n90;4000;\n"),
        see("What changes is counted", ".modal:contains(2 prices change)"),
        see("From, to", ".modal [name=preview] tr:contains(40 x 50 cm):contains(3,000):contains(3,100)"),
        see("A size that is no longer made", ".modal [name=preview] tr:contains(60 x 90 cm):contains(not made)"),
        click("Not yet", ".modal footer button[special=cancel]"),
        see("Nothing has changed", "body:not(:has(.modal)) [name=grid_table] tr:contains(3,000)"),
        ...openImport(),
        ...choose("prices.csv", ";40;60\n50;3100;4000\n90;4000;\n"),
        click("Write them", ".modal footer button[name=action_import]"),
        see("The table has them", "body:not(:has(.modal)) [name=grid_table] tr:contains(3,100)"),
        ...openImport(),
        ...choose("supplier.xlsx", "/ecrm_tour/supplier.xlsx", { fetched: true }),
        see("What changes", ".modal [name=preview] tr:contains(40 x 50 cm):contains(3,100):contains(3,333)"),
        click("Write them", ".modal footer button[name=action_import]"),
        see("The table has them", "body:not(:has(.modal)) [name=grid_table] tr:contains(3,333)"),
        type("Try a size", "[name=try_size] input", "40x50"),
        see("It costs what the table says", "[name=try_result]:contains(3,333)"),
        ...save(),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_assign", {
    steps: () => [
        click("As a list", ".o_switch_view.o_list"),
        see("As a list", ".o_list_view .o_data_row"),
        act("Look for them", ".o_searchview_input", "edit Poster of tests"),
        see("By their names", ".o_searchview_autocomplete:contains(Poster of tests)"),
        act("Look for them", ".o_searchview_input", "press Enter"),
        see("Both are found", ".o_list_view:not(:has(.o_data_row:eq(2))) .o_data_row:eq(1):contains(Poster of tests)"),
        click("Take both", ".o_list_view thead .o_list_record_selector input"),
        click("What to do", ".o_control_panel .o_cp_action_menus .dropdown-toggle:contains(Actions)"),
        click("Give them sizes", ".o-dropdown--menu .o_menu_item:contains(Assign a size profile)"),
        see("Both stand there", ".modal [name=product_tmpl_ids] .o_tag:eq(1)"),
        act("Which profile", ".modal [name=profile_id] input", "edit Test canvas"),
        click("Which profile", ".o-autocomplete--dropdown-item:contains(Test canvas)"),
        click("Assign", ".modal button[name=action_assign]"),
        see("The list shows it", "body:not(:has(.modal)) .o_data_row:eq(1) [name=ecrm_size_profile_id]:contains(Test canvas)"),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_workshop", {
    steps: () => [
        see("What is late says so", ".o_kanban_record:contains(40 x 50 cm x 3 panels) .badge:contains(Late)"),
        see("What is not, does not", ".o_kanban_record:contains(50 x 50 cm):not(:has(.badge))"),
        see("Two sets of it", ".o_kanban_record:contains(50 x 50 cm):contains(× 2)"),
        click("As a calendar", ".o_switch_view.o_calendar"),
        see("As a calendar", ".o_calendar_view .fc-daygrid-day"),
        click("As a list", ".o_switch_view.o_list"),
        see("The promised day decides the order", ".o_data_row:first-child.text-danger:contains(40 x 50 cm x 3 panels)"),
        click("Printed", ".o_data_row:first-child button[name=action_next_state]"),
        see("Printed", ".o_data_row:first-child [name=state]:contains(Printed)"),
        click("Open it", ".o_data_row:first-child td[name=product_id]"),
        see("Late", ".o_form_view .badge:contains(Late)"),
        act("A word to the next", ".o_form_view [name=note] textarea", "edit Black edges"),
        click("Mounted", "button[name=action_next_state]"),
        see("Mounted", ".o_statusbar_status .o_arrow_button_current:contains(Mounted)"),
        click("Packed", "button[name=action_next_state]"),
        see("Late no more, two days after the promised one", ".o_form_view:not(:has(.badge:contains(Late))) [name=delay_days]:contains(2)"),
        see("Nothing comes after it", ".o_form_view:not(:has(button[name=action_next_state]))"),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_phone_preset", {
    steps: () => [
        see("A card a size, with its price", "[name=preset_ids] .o_kanban_record:contains(40 x 50 cm x 3 panels):contains(9,200)"),
        click("One more", "[name=preset_ids] .o-kanban-button-new"),
        type("Its size", ".modal [name=ecrm_size_input] input", "70/100"),
        see("It is read", ".modal [name=ecrm_size_label]:contains(70 x 100 cm)"),
        type("Its price", ".modal [name=price] input", "6500"),
        click("Keep it", ".modal .o_form_button_save"),
        see("Its card", "body:not(:has(.modal)) [name=preset_ids] .o_kanban_record:contains(70 x 100 cm):contains(6,500)"),
        ...save(),
    ],
});
