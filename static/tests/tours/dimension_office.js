import { inputFiles } from "@web/../tests/utils";
import { registry } from "@web/core/registry";
import configurator from "@sale/js/tours/product_configurator_tour_utils";

// Walks of a salesperson and of an owner through the back office; tests/dimension/test_dimension_office.py starts them.

const CANVAS = "Tableau M054 of tests";

const save = () => [
    { content: "Save", trigger: ".o_form_button_save", run: "click" },
    { content: "Saved", trigger: ".o_form_saved" },
];

/** Choose a finish in the dialog of options. */
const finish = (value) => ({
    content: `Choose ${value}`,
    trigger: `${configurator.productSelector(CANVAS)} li:contains(${value}) input`,
    run: "click",
});

const lineShows = (text) => ({
    content: `The line shows ${text}`,
    trigger: `.o_field_widget[name=order_line] .o_data_row:first-child:contains(${text})`,
});

/** Open the dialog of options again, by the pencil of the line that is being edited. */
const configureAgain = () => [
    { content: "Edit the line", trigger: ".o_data_row:first-child td[name=product_uom_qty]", run: "click" },
    { content: "Its options", trigger: ".o_selected_row [name=product_template_id] button.fa-pencil", run: "click" },
    { content: "The dialog knows the size", trigger: ".o_sale_product_configurator_dialog:contains(40 x 50 cm x 3 panels)" },
];

registry.category("web_tour.tours").add("ecrm_dimension_configure", {
    steps: () => [
        { content: "Add a line", trigger: ".o_field_x2many_list_row_add button, .o_field_x2many_list_row_add a", run: "click" },
        { content: "The canvas", trigger: ".o_selected_row [name=product_template_id] input", run: `edit ${CANVAS}` },
        { content: "The canvas", trigger: `.o-autocomplete--dropdown-item:contains(${CANVAS})`, run: "click" },
        finish("Gloss"),
        configurator.assertProductPrice(CANVAS, "3,500"),
        configurator.addOptionalProduct("Hook of tests"),
        ...configurator.saveConfigurator(),
        { content: "Gloss it is, and the line waits for its size", trigger: ".o_selected_row textarea:value(/Gloss/)" },
        { content: "Its size", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit 40/50*3 && press Tab" },
        lineShows("9,700"),
        ...save(),
        lineShows("Gloss"),
        ...configureAgain(),
        { content: "Gloss is chosen", trigger: `${configurator.productSelector(CANVAS)} li:contains(Gloss) input:checked` },
        configurator.assertProductPrice(CANVAS, "9,700"),
        finish("Matt"),
        configurator.assertProductPrice(CANVAS, "9,200"),
        ...configurator.saveConfigurator(),
        lineShows("Matt"),
        lineShows("9,200"),
        ...configureAgain(),
        { content: "Matt is chosen, and nothing else", trigger: `${configurator.productSelector(CANVAS)} li:contains(Matt) input:checked` },
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
        { content: "The size has its price", trigger: ".o_ecrm_breakdown_button .fa-info-circle" },
        { content: "Why this price", trigger: ".o_ecrm_breakdown_button", run: "click" },
        { content: "Each step", trigger: ".o_ecrm_breakdown:contains(50 x 50 cm):contains(3,400):not(:has(button))" },
        { content: "Close it", trigger: "a[name=order_lines]", run: "click" },
        { content: "A price by hand", trigger: ".o_data_row td[name=price_unit]", run: "click" },
        { content: "A price by hand", trigger: ".o_selected_row [name=price_unit] input", run: "edit 3000 && press Tab" },
        { content: "The line warns", trigger: ".o_ecrm_breakdown_button .fa-exclamation-triangle" },
        ...save(),
        { content: "Another size keeps it", trigger: ".o_data_row td[name=ecrm_size_input]", run: "click" },
        { content: "Another size keeps it", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit 50/100 && press Tab" },
        { content: "Still by hand", trigger: ".o_data_row td[name=price_subtotal]:contains(3,000)" },
        ...save(),
        { content: "The line is read again", trigger: "[name=order_line]:not(:has(.o_selected_row)) .o_ecrm_breakdown_button .fa-exclamation-triangle" },
        { content: "Why this price", trigger: ".o_ecrm_breakdown_button", run: "click" },
        { content: "It says so", trigger: ".o_ecrm_breakdown:contains(typed by hand)" },
        { content: "Back to the computed price", trigger: ".o_ecrm_breakdown button", run: "click" },
        { content: "It is back", trigger: ".o_data_row td[name=price_subtotal]:contains(5,200)" },
        { content: "No warning is left", trigger: ".o_ecrm_breakdown_button .fa-info-circle" },
        { content: "A size that cannot be read", trigger: ".o_data_row td[name=ecrm_size_input]", run: "click" },
        { content: "A size that cannot be read", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit huge && press Tab" },
        { content: "It is said, with an example", trigger: ".o_notification:contains(40/50*3)" },
        { content: "What was typed stays to be mended", trigger: ".o_selected_row [name=ecrm_size_input] input:value(huge)" },
        { content: "A size that can", trigger: ".o_selected_row [name=ecrm_size_input] input", run: "edit 60/90 && press Tab" },
        { content: "Priced", trigger: ".o_data_row td[name=price_subtotal]:contains(4,900)" },
        ...save(),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_phone_order", {
    steps: () => [
        { content: "The card says the size", trigger: ".o_field_widget[name=order_line] .o_kanban_record:contains(50 x 50 cm)", run: "click" },
        { content: "One size field, under its label", trigger: ".modal label:contains(Size)" },
        { content: "Another size", trigger: ".modal [name=ecrm_size_input] input", run: "edit 40/50*3 && press Tab" },
        { content: "The price follows", trigger: ".modal [name=price_unit] input:value(9,200.00)" },
        { content: "Why", trigger: ".modal .o_ecrm_breakdown_button", run: "click" },
        { content: "Why", trigger: ".o_ecrm_breakdown:contains(40 x 50 cm x 3 panels)" },
        { content: "A price by hand", trigger: ".modal [name=price_unit] input", run: "edit 8000 && press Tab" },
        { content: "It warns", trigger: ".modal .o_ecrm_breakdown_button .fa-exclamation-triangle" },
        { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
        { content: "The card warns", trigger: "body:not(:has(.modal)) .o_kanban_record:contains(40 x 50 cm x 3 panels) .fa-exclamation-triangle" },
        ...save(),
        { content: "Open it again", trigger: ".o_field_widget[name=order_line] .o_kanban_record:contains(40 x 50 cm)", run: "click" },
        { content: "Why", trigger: ".modal .o_ecrm_breakdown_button", run: "click" },
        { content: "Back to the computed price", trigger: ".o_ecrm_breakdown button", run: "click" },
        { content: "The card shows it", trigger: "body:not(:has(.modal)) .o_kanban_record:contains(9,200):not(:has(.fa-exclamation-triangle))" },
    ],
});

const openImport = () => [
    { content: "Its prices", trigger: ".o_notebook_headers a[name=price]", run: "click" },
    { content: "Bring a table", trigger: "button:contains(Import or paste)", run: "click" },
    { content: "The wizard", trigger: ".modal .o_field_widget[name=file]" },
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
    { content: "It is taken", trigger: `.modal .o_field_widget[name=file] input:value(${name})` },
];

const another = () => ({ content: "Take it away", trigger: ".modal .o_field_widget[name=file] .o_clear_file_button", run: "click" });

registry.category("web_tour.tours").add("ecrm_dimension_grid", {
    steps: () => [
        ...openImport(),
        ...choose("words.csv", ";40;60\n50;cheap;4000\n"),
        { content: "The cell is named", trigger: ".modal .alert-danger:contains(Row 2, column 2):contains(cheap)" },
        { content: "Nothing can be written", trigger: ".modal footer:not(:has(button[name=action_import]))" },
        another(),
        ...choose("broken.xlsx", "PK\u0003\u0004 no workbook"),
        { content: "It cannot be opened", trigger: ".modal .alert-danger:contains(cannot be opened)" },
        another(),
        ...choose("prices.csv", ";40;60\n50;3100;4000\n90;4000;\n"),
        { content: "What changes is counted", trigger: ".modal:contains(2 prices change)" },
        { content: "From, to", trigger: ".modal [name=preview] tr:contains(40 x 50 cm):contains(3,000):contains(3,100)" },
        { content: "A size that is no longer made", trigger: ".modal [name=preview] tr:contains(60 x 90 cm):contains(not made)" },
        { content: "Not yet", trigger: ".modal footer button[special=cancel]", run: "click" },
        { content: "Nothing has changed", trigger: "body:not(:has(.modal)) [name=grid_table] tr:contains(3,000)" },
        ...openImport(),
        ...choose("prices.csv", ";40;60\n50;3100;4000\n90;4000;\n"),
        { content: "Write them", trigger: ".modal footer button[name=action_import]", run: "click" },
        { content: "The table has them", trigger: "body:not(:has(.modal)) [name=grid_table] tr:contains(3,100)" },
        ...openImport(),
        ...choose("supplier.xlsx", "/ecrm_tour/supplier.xlsx", { fetched: true }),
        { content: "What changes", trigger: ".modal [name=preview] tr:contains(40 x 50 cm):contains(3,100):contains(3,333)" },
        { content: "Write them", trigger: ".modal footer button[name=action_import]", run: "click" },
        { content: "The table has them", trigger: "body:not(:has(.modal)) [name=grid_table] tr:contains(3,333)" },
        { content: "Try a size", trigger: "[name=try_size] input", run: "edit 40x50 && press Tab" },
        { content: "It costs what the table says", trigger: "[name=try_result]:contains(3,333)" },
        ...save(),
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_assign", {
    steps: () => [
        { content: "As a list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "As a list", trigger: ".o_list_view .o_data_row" },
        { content: "Look for them", trigger: ".o_searchview_input", run: "edit Poster of tests" },
        { content: "By their names", trigger: ".o_searchview_autocomplete:contains(Poster of tests)" },
        { content: "Look for them", trigger: ".o_searchview_input", run: "press Enter" },
        { content: "Both are found", trigger: ".o_list_view:not(:has(.o_data_row:eq(2))) .o_data_row:eq(1):contains(Poster of tests)" },
        { content: "Take both", trigger: ".o_list_view thead .o_list_record_selector input", run: "click" },
        { content: "What to do", trigger: ".o_control_panel .o_cp_action_menus .dropdown-toggle:contains(Actions)", run: "click" },
        { content: "Give them sizes", trigger: ".o-dropdown--menu .o_menu_item:contains(Assign a size profile)", run: "click" },
        { content: "Both stand there", trigger: ".modal [name=product_tmpl_ids] .o_tag:eq(1)" },
        { content: "Which profile", trigger: ".modal [name=profile_id] input", run: "edit Test canvas" },
        { content: "Which profile", trigger: ".o-autocomplete--dropdown-item:contains(Test canvas)", run: "click" },
        { content: "Assign", trigger: ".modal button[name=action_assign]", run: "click" },
        { content: "The list shows it", trigger: "body:not(:has(.modal)) .o_data_row:eq(1) [name=ecrm_size_profile_id]:contains(Test canvas)" },
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_workshop", {
    steps: () => [
        { content: "What is late says so", trigger: ".o_kanban_record:contains(40 x 50 cm x 3 panels) .badge:contains(Late)" },
        { content: "What is not, does not", trigger: ".o_kanban_record:contains(50 x 50 cm):not(:has(.badge))" },
        { content: "Two sets of it", trigger: ".o_kanban_record:contains(50 x 50 cm):contains(× 2)" },
        { content: "As a calendar", trigger: ".o_switch_view.o_calendar", run: "click" },
        { content: "As a calendar", trigger: ".o_calendar_view .fc-daygrid-day" },
        { content: "As a list", trigger: ".o_switch_view.o_list", run: "click" },
        { content: "The promised day decides the order", trigger: ".o_data_row:first-child.text-danger:contains(40 x 50 cm x 3 panels)" },
        { content: "Printed", trigger: ".o_data_row:first-child button[name=action_next_state]", run: "click" },
        { content: "Printed", trigger: ".o_data_row:first-child [name=state]:contains(Printed)" },
        { content: "Open it", trigger: ".o_data_row:first-child td[name=product_id]", run: "click" },
        { content: "Late", trigger: ".o_form_view .badge:contains(Late)" },
        { content: "A word to the next", trigger: ".o_form_view [name=note] textarea", run: "edit Black edges" },
        { content: "Mounted", trigger: "button[name=action_next_state]", run: "click" },
        { content: "Mounted", trigger: ".o_statusbar_status .o_arrow_button_current:contains(Mounted)" },
        { content: "Packed", trigger: "button[name=action_next_state]", run: "click" },
        { content: "Late no more, two days after the promised one", trigger: ".o_form_view:not(:has(.badge:contains(Late))) [name=delay_days]:contains(2)" },
        { content: "Nothing comes after it", trigger: ".o_form_view:not(:has(button[name=action_next_state]))" },
    ],
});

registry.category("web_tour.tours").add("ecrm_dimension_phone_preset", {
    steps: () => [
        { content: "A card a size, with its price", trigger: "[name=preset_ids] .o_kanban_record:contains(40 x 50 cm x 3 panels):contains(9,200)" },
        { content: "One more", trigger: "[name=preset_ids] .o-kanban-button-new", run: "click" },
        { content: "Its size", trigger: ".modal [name=ecrm_size_input] input", run: "edit 70/100 && press Tab" },
        { content: "It is read", trigger: ".modal [name=ecrm_size_label]:contains(70 x 100 cm)" },
        { content: "Its price", trigger: ".modal [name=price] input", run: "edit 6500 && press Tab" },
        { content: "Keep it", trigger: ".modal .o_form_button_save", run: "click" },
        { content: "Its card", trigger: "body:not(:has(.modal)) [name=preset_ids] .o_kanban_record:contains(70 x 100 cm):contains(6,500)" },
        ...save(),
    ],
});
