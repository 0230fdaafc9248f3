import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { breakdownItem, offerButton } from "./size_answer";
import { SizeFields } from "./size_fields";
import { SizeTiles } from "./size_tiles";

/** Where the page has two columns: Bootstrap's breakpoint of the product page. */
const WIDE = "(min-width: 992px)";

/**
 * The size block of a product page. It holds one text, the size asked for, in `data-size`; the shop's own price request
 * carries it and its answer comes back by the event `ecrm_size_answer`.
 */
export class SizeBlock extends Interaction {
    static selector = ".o_ecrm_size";
    dynamicContent = {
        _root: { "t-on-ecrm_size_answer": this.onAnswer, "t-on-ecrm_size_failed": this.onFailed },
        ".o_ecrm_size_tile": { "t-on-click.prevent": this.onClickTile, "t-on-keydown": this.onKeydownTile },
        "[name=ecrm_width], [name=ecrm_height], [name=ecrm_panels]": { "t-on-input": this.onInputSides },
        "[name=ecrm_size_text]": { "t-on-input": this.onInputText, "t-on-blur": this.onLeave },
        "[name=ecrm_ratio]": { "t-on-change": this.onChangeRatio },
        "[name=ecrm_unequal]": { "t-on-change": this.onChangeUnequal },
        "[name=ecrm_unit]": { "t-on-change": this.onChangeUnit },
        ".o_ecrm_size_rows": { "t-on-input": this.onInputRows, "t-on-click": this.onClickRows },
        ".o_ecrm_size_row_add": { "t-on-click.prevent": this.onClickAddRow },
        ".o_ecrm_size_step": { "t-on-click.prevent": this.onClickStep },
        ".o_ecrm_size_swap": { "t-on-click.prevent": this.onClickSwap },
        ".o_ecrm_size_offers": { "t-on-click": this.onClickOffer },
        ".o_ecrm_size_share": { "t-on-click.prevent": this.onClickShare },
    };

    setup() {
        this.fields = new SizeFields(this.el);
        this.tiles = new SizeTiles(this.el);
        this.askSoon = this.debounced(this.ask, 250);
        // A refused size of a link is said until another one is typed
        this.refused = this.find("error").textContent.trim();
    }

    start() {
        this.placeFigure();
        this.addListener(window.matchMedia(WIDE), "change", this.placeFigure);
        // Nothing is asked: the server has drawn its answer, and the shop's own script asks once for stock and variant
    }

    /** The room is drawn once: it hangs under the pictures where there is room, else between the fields and the price. */
    placeFigure() {
        const main = this.el.closest("#product_detail_main");
        const place = window.matchMedia(WIDE).matches ? main?.querySelector(".o_ecrm_size_place_wide") : this.find("place");
        const figure = main?.querySelector(".o_ecrm_size_figure");
        if (figure && place && figure.parentElement !== place) {
            place.append(figure);
        }
    }

    find(name) {
        return this.el.querySelector(`.o_ecrm_size_${name}`);
    }

    get product() {
        return this.el.closest(".js_product");
    }

    /** The product form's own attribute list starts the price request. */
    ask() {
        this.product?.querySelector("ul[data-attribute-exclusions]")?.dispatchEvent(new Event("change"));
    }

    /** Another size is wanted: what is shown is greyed until its answer comes. */
    change(text, { now = false } = {}) {
        this.el.dataset.size = text;
        this.refused = "";
        this.moved = true;
        this.tiles.mark(text);
        this.product.classList.add("o_ecrm_waiting");
        if (now) {
            this.ask();
        } else {
            this.askSoon();
        }
    }

    changeByFields(options) {
        const text = this.fields.read();
        this.fields.put(this.fields.field("size_text"), text);
        this.change(text, options);
    }

    // === EVENTS === //

    onClickTile(ev) {
        const { code } = ev.currentTarget.dataset;
        this.fields.show(false);
        this.fields.put(this.fields.field("size_text"), code);
        this.change(code, { now: true });
    }

    /** A size beside the one that is off the step: it is taken as if it had been typed. */
    onClickOffer(ev) {
        const code = ev.target.closest("[data-code]")?.dataset.code;
        if (code) {
            this.fields.put(this.fields.field("size_text"), code);
            // The button goes with the error; the keyboard stays beside it
            this.find("answer").focus();
            this.change(code, { now: true });
        }
    }

    onKeydownTile(ev) {
        const next = this.tiles.find(ev.currentTarget, ev.key);
        if (next) {
            ev.preventDefault();
            next.focus();
            next.click();
        }
    }

    onInputSides(ev) {
        if (this.fields.ratio) {
            this.fields.follow(ev.currentTarget.name);
        }
        this.changeByFields();
    }

    onInputText(ev) {
        const text = ev.currentTarget.value.trim();
        if (!text.includes("+")) {
            this.fields.show(false);
        }
        this.change(text);
    }

    /** Left alone, the text says the size as it was read. */
    onLeave() {
        const waiting = this.product.classList.contains("o_ecrm_waiting");
        if (this.answer && !waiting && !this.el.dataset.problem) {
            // The text alone: what is clicked next, such as the box of unequal panels, is left as it was clicked
            this.waitForTimeout(() => this.fields.put(this.fields.field("size_text"), this.answer.code), 0);
        }
    }

    onInputRows() {
        this.changeByFields();
    }

    onClickRows(ev) {
        const button = ev.target.closest(".o_ecrm_size_row_remove");
        if (button) {
            ev.preventDefault();
            this.fields.removeRow(button.closest(".o_ecrm_size_row"));
            this.changeByFields({ now: true });
        }
    }

    onClickAddRow() {
        this.fields.addRow();
        this.changeByFields({ now: true });
    }

    onClickStep(ev) {
        this.fields.step(Number(ev.currentTarget.dataset.step));
        this.changeByFields();
    }

    onClickSwap() {
        this.fields.swap();
        this.changeByFields({ now: true });
    }

    onChangeRatio(ev) {
        this.fields.keepRatio(ev.currentTarget.checked);
    }

    onChangeUnequal(ev) {
        this.fields.toggleUnequal(ev.currentTarget.checked);
        this.changeByFields({ now: true });
    }

    onChangeUnit(ev) {
        this.fields.changeUnit(ev.currentTarget.value);
    }

    /** The phone's own share sheet where there is one, else the clipboard. */
    async onClickShare(ev) {
        const button = ev.currentTarget;
        const url = this.address(window.location.origin + window.location.pathname).href;
        if (navigator.share) {
            await this.waitFor(navigator.share({ title: document.title, url }).catch(() => {}));
        } else if (navigator.clipboard) {
            await this.waitFor(navigator.clipboard.writeText(url));
            button.querySelector("span").textContent = button.dataset.done;
            this.find("status").textContent = button.dataset.done;
        } else {
            window.prompt(button.textContent.trim(), url); // An unsafe address has no clipboard
        }
    }

    /** An address with the size in it, which the server opens at that size. */
    address(base) {
        const url = new URL(base);
        for (const key of ["w", "h", "n", "size"]) {
            url.searchParams.delete(key);
        }
        for (const [key, value] of Object.entries(this.answer?.link || {})) {
            url.searchParams.set(key, value);
        }
        return url;
    }

    // === ANSWERS === //

    onAnswer(ev) {
        const answer = ev.detail;
        if (typeof answer.asked === "string" && answer.asked !== this.el.dataset.size) {
            return; // Late: another size is being asked for
        }
        this.settle(answer.error || "", answer);
        if (answer.error) {
            return;
        }
        this.answer = answer;
        this.fields.write(answer);
        this.tiles.mark(answer.code);
        for (const name of ["label", "price", "per_area", "promise", "billed", "hint"]) {
            this.find(name).textContent = answer[name];
        }
        this.find("status").textContent = [answer.label, answer.price, answer.promise].join(". ");
        this.showBreakdown(answer.breakdown);
        this.tiles.showPrices(answer.tiles);
        this.showDrawing(answer);
        if (this.moved) {
            history.replaceState(history.state, "", this.address(window.location.href));
        }
    }

    /** The line is down: the last good price stays grey and nothing can be bought at it. */
    onFailed() {
        this.settle(this.el.dataset.failed, {});
    }

    settle(problem, { quote = false, asked = "", field = "", offers = [] }) {
        this.product.classList.remove("o_ecrm_waiting");
        this.product.classList.toggle("o_ecrm_refused", Boolean(problem));
        this.product.classList.toggle("o_ecrm_over", Boolean(problem && quote));
        this.el.dataset.problem = problem;
        this.showError(problem, field);
        this.find("offers").replaceChildren(...(problem ? offers.map(offerButton) : []));
        const link = this.product.querySelector(".o_ecrm_size_quote");
        if (quote && link) {
            const url = new URL(link.href);
            url.searchParams.set("size", asked);
            link.href = url.href;
        }
        this.el.dispatchEvent(new CustomEvent("ecrm_size_settled"));
    }

    // === DISPLAY === //

    /** Beside the fields, on the field that is wrong, and as the reason beside the button that is off. */
    showError(problem, field) {
        const said = problem || this.refused;
        this.find("error").textContent = said;
        this.find("error").classList.toggle("d-none", !said);
        for (const name of ["width", "height", "panels", "size_text"]) {
            const input = this.fields.field(name);
            const wrong = Boolean(problem) && (!["width", "height", "panels"].includes(field) || field === name);
            input?.classList.toggle("is-invalid", wrong);
            input?.setAttribute("aria-invalid", wrong ? "true" : "false");
        }
        const reason = this.product.querySelector(".o_ecrm_size_reason");
        if (reason) {
            reason.textContent = problem;
        }
        for (const button of this.product.querySelectorAll("#add_to_cart, .o_we_buy_now")) {
            button.classList.toggle("disabled", Boolean(problem) || this.product.classList.contains("css_not_available"));
            button.setAttribute("aria-disabled", problem ? "true" : "false");
            button.setAttribute("aria-describedby", problem ? "o_ecrm_size_reason" : "");
            button.title = problem;
        }
    }

    showBreakdown(rows) {
        this.find("why").classList.toggle("d-none", rows.length < 2);
        this.find("breakdown").replaceChildren(...rows.map(breakdownItem));
    }

    /** The picture is drawn by the server: the page that opens and the answers show the same one. */
    showDrawing({ drawing, panels }) {
        const figure = this.el.closest("#product_detail_main")?.querySelector(".o_ecrm_size_figure");
        if (figure) {
            const svg = new DOMParser().parseFromString(drawing, "text/html").querySelector("svg");
            figure.querySelector(".o_ecrm_size_drawing").replaceChildren(...(svg ? [svg] : []));
            figure.querySelector(".o_ecrm_size_gap").classList.toggle("d-none", panels < 2);
        }
    }
}

registry.category("public.interactions").add("ecrm.size_block", SizeBlock);
