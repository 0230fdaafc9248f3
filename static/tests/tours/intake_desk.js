import { registry } from "@web/core/registry";

const state = (name) => ({ content: name, trigger: `.o_arrow_button_current:contains(${name})` });
const press = (name) => ({
    content: name,
    trigger: `.o_statusbar_buttons button[name=${name}]`,
    run: "click",
});
const open = (person) => ({
    content: `Open ${person}`,
    trigger: `.o_kanban_record:contains(${person})`,
    run: "click",
});
const back = () => [
    { content: "Back", trigger: ".o_breadcrumb a:contains(Submissions)", run: "click" },
    { content: "The board again", trigger: ".o_kanban_view .o_kanban_group" },
];
const tab = (name) => ({ content: name, trigger: `.o_notebook a[name=${name}]`, run: "click" });

// A salesperson's morning: what failed is tried again, what is unwanted set aside, who is known linked
registry.category("web_tour.tours").add("ecrm_intake_desk", {
    steps: () => [
        {
            content: "Who waits for an answer stands out",
            trigger: ".o_data_row.fw-bold:contains(Desk Known)",
        },
        { content: "The board", trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            content: "What asks for somebody stands before what is done",
            trigger:
                ".o_kanban_group:contains(Desk Failing) + .o_kanban_group:contains(Desk Odd) + .o_kanban_group:contains(Desk Dead) + .o_kanban_group:contains(Desk Known)",
        },
        {
            content: "The card says what went wrong",
            trigger: ".o_kanban_record:contains(Desk Failing):contains(The till is shut)",
        },
        open("Desk Failing"),
        {
            content: "When it is tried again, and why it failed",
            trigger: ".o_ecrm_failing:contains(next attempt):contains(The till is shut)",
        },
        tab("attempts"),
        {
            content: "The attempt with its error and the next one",
            trigger:
                "[name=attempt_ids] .o_data_row:has([name=next_attempt]:contains(/[0-9]/)) [name=error]:contains(The till is shut)",
        },
        press("action_process_again"),
        state("Processed"),
        { content: "No longer said", trigger: ".o_form_view:not(:has(.o_ecrm_failing))" },
        {
            content: "One attempt more",
            trigger: "[name=attempt_ids] .o_data_row:has(input:checked) ~ .o_data_row",
        },
        ...back(),
        open("Desk Dead"),
        { content: "Why", trigger: ".alert-warning:contains(Every attempt failed):contains(The till is shut)" },
        press("action_process_again"),
        state("Processed"),
        press("action_mark_spam"),
        state("Unwanted"),
        { content: "It says who set it aside", trigger: ".alert-warning:contains(Set aside by staff)" },
        press("action_process_again"),
        state("Processed"),
        ...back(),
        open("Desk Known"),
        {
            content: "Why nobody was linked",
            trigger: "[name=match_text]:contains(another e-mail address):contains(Amina Kaci)",
        },
        tab("payload"),
        {
            content: "As it arrived",
            trigger: "[name=payload_text]:contains(other@example.com):contains(desk_extra: 7)",
        },
        { content: "What was not understood", trigger: "[name=ignored]:contains(desk_extra)" },
        {
            content: "Link the suggested one",
            trigger:
                "[name=candidate_ids] .o_data_row:contains(Amina Kaci) button[name=action_ecrm_link_submission]",
            run: "click",
        },
        { content: "Linked", trigger: "[name=partner_id]:contains(Amina Kaci)" },
        { content: "A colleague did", trigger: "[name=match_text]:contains(A colleague linked it)" },
        { content: "To the lead", trigger: "button[name=action_view_lead]", run: "click" },
        tab("ecrm_origin"),
        { content: "Source", trigger: "[name=ecrm_source_id]:contains(Intake Source)" },
        { content: "First visit", trigger: "[name=ecrm_first_touch]:contains(facebook)" },
        { content: "Last visit", trigger: "[name=ecrm_last_touch]:contains(leaflet)" },
        { content: "Consent", trigger: "[name=ecrm_consent_text]:contains(Newsletter by e-mail: Given)" },
        { content: "How soon", trigger: "[name=ecrm_contact_hours]:contains(02:00)" },
    ],
});

// The administrator's: a dead letter and a source that fell silent
registry.category("web_tour.tours").add("ecrm_intake_alarms", {
    steps: () => [
        {
            content: "Silent, in the list",
            trigger: ".o_data_row:contains(Desk Silent) [name=health] .badge:contains(Silent)",
        },
        {
            content: "What could not be processed, too",
            trigger: ".o_data_row:contains(Desk Broken) [name=health] .badge:contains(Not processed)",
        },
        { content: "As cards", trigger: ".o_switch_view.o_kanban", run: "click" },
        {
            content: "Silent, on its card",
            trigger: ".o_kanban_record:contains(Desk Silent):contains(Last arrival) .badge:contains(Silent)",
            run: "click",
        },
        { content: "And its form", trigger: ".alert-warning:contains(longer than expected)" },
        { content: "Somebody is asked", trigger: ".o-mail-Activity:contains(Nothing has arrived)" },
        { content: "Back", trigger: ".o_breadcrumb a:contains(Form Sources)", run: "click" },
        { content: "The other", trigger: ".o_kanban_record:contains(Desk Broken)", run: "click" },
        { content: "Its form says so", trigger: ".alert-danger:contains(could not be processed)" },
        { content: "Its submissions", trigger: "button[name=action_view_submissions]", run: "click" },
        {
            content: "The dead one",
            trigger: ".o_data_row:contains(Desk Dead) .o_data_cell[name=contact_name]",
            run: "click",
        },
        {
            content: "The administrator is asked to put it right",
            trigger: ".o-mail-Activity:contains(could not be processed)",
        },
    ],
});
