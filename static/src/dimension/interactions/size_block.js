import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * The size fields of a product page. They hold one text, the size asked for, in `data-size`; the shop's own price request
 * carries it and its answer comes back by the event `ecrm_size_answer`.
 */
export class SizeBlock extends Interaction {
    static selector = ".o_ecrm_size";
    dynamicContent = {
        _root: { "t-on-ecrm_size_answer": this.onAnswer },
        ".o_ecrm_size_tile": { "t-on-click.prevent": this.onClickTile, "t-on-keydown": this.onKeydownTile },
        "[name=ecrm_width], [name=ecrm_height], [name=ecrm_panels]": { "t-on-input": this.onInputSides },
        "[name=ecrm_size_text]": { "t-on-input": this.onInputText },
        ".o_ecrm_size_share": { "t-on-click.prevent": this.onClickShare },
        "[name=ecrm_ratio]": { "t-on-change": this.onChangeRatio },
        ".o_ecrm_size_swap": { "t-on-click.prevent": this.onClickSwap },
    };

    setup() {
        this.askSoon = this.debounced(this.ask, 250);
    }

    start() {
        if (this.el.dataset.size) {
            this.ask();
        }
    }

    field(name) {
        return this.el.querySelector(`[name=${name}]`);
    }

    /** The product form's own attribute list starts the price request. */
    ask() {
        this.product?.querySelector("ul[data-attribute-exclusions]")?.dispatchEvent(new Event("change"));
    }

    get product() {
        return this.el.closest(".js_product");
    }

    // === EVENTS === //

    onClickTile(ev) {
        const { code, width, height, panels } = ev.currentTarget.dataset;
        this.fill({ width, height, panels });
        this.change(code, { now: true });
        if (this.field("ecrm_size_text")) {
            this.field("ecrm_size_text").value = code;
        }
    }

    /** Arrows walk along the tiles, as in any group of radio buttons. */
    onKeydownTile(ev) {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[ev.key];
        if (!step) {
            return;
        }
        ev.preventDefault();
        const tiles = [...this.el.querySelectorAll(".o_ecrm_size_tile")];
        const rtl = getComputedStyle(this.el).direction === "rtl" && ev.key.match(/Left|Right/);
        const next = tiles.at((tiles.indexOf(ev.currentTarget) + (rtl ? -step : step)) % tiles.length);
        next.focus();
        next.click();
    }

    onChangeRatio(ev) {
        const [width, height] = this.sides;
        this.ratio = ev.currentTarget.checked && width && height ? width / height : 0;
    }

    /** The fields as numbers, NaN when they hold anything else. */
    get sides() {
        return ["ecrm_width", "ecrm_height"].map((name) => Number(this.field(name).value.trim().replace(",", ".")));
    }

    keepRatio(changed) {
        const [width, height] = this.sides;
        const steps = (length) => String(Math.round(length * 2) / 2);
        if (changed === "ecrm_width" && width) {
            this.field("ecrm_height").value = steps(width / this.ratio);
        } else if (changed === "ecrm_height" && height) {
            this.field("ecrm_width").value = steps(height * this.ratio);
        }
    }

    /** The address of the page at this size; the phone's own share sheet where there is one. */
    async onClickShare(ev) {
        const button = ev.currentTarget;
        const url = new URL(window.location.origin + window.location.pathname);
        const values = { w: "ecrm_width", h: "ecrm_height", n: "ecrm_panels" };
        const tile = this.el.querySelector(".o_ecrm_size_tile.active");
        for (const [key, name] of Object.entries(values)) {
            // Without fields, the chosen tile knows its size
            const value = this.field(name)?.value || tile?.dataset[name.replace("ecrm_", "")];
            if (value) {
                url.searchParams.set(key, value);
            }
        }
        if (navigator.share) {
            await this.waitFor(navigator.share({ title: document.title, url: url.href }).catch(() => {}));
        } else {
            await this.waitFor(navigator.clipboard.writeText(url.href));
            button.querySelector("span").textContent = button.dataset.done;
        }
    }

    onInputSides(ev) {
        if (this.ratio && ev) {
            this.keepRatio(ev.currentTarget.name);
        }
        const width = this.field("ecrm_width").value.trim();
        const height = this.field("ecrm_height").value.trim();
        const panels = this.field("ecrm_panels")?.value.trim() || "1";
        const text = panels === "1" ? `${width}x${height}` : `${width}x${height}*${panels}`;
        this.field("ecrm_size_text").value = text;
        this.change(text);
    }

    onInputText(ev) {
        this.change(ev.currentTarget.value.trim());
    }

    onClickSwap() {
        const [width, height] = [this.field("ecrm_width"), this.field("ecrm_height")];
        [width.value, height.value] = [height.value, width.value];
        this.onInputSides();
    }

    onAnswer(ev) {
        const answer = ev.detail;
        if (answer.asked !== undefined && answer.asked !== this.el.dataset.size) {
            return; // A later question is on its way
        }
        this.product.classList.remove("o_ecrm_waiting");
        this.showError(answer.error || "");
        this.showQuote(answer.quote && answer.asked);
        if (answer.error) {
            return;
        }
        this.fill(answer);
        this.mark(answer.code);
        this.el.querySelector(".o_ecrm_size_label bdi").textContent = answer.label;
        for (const name of ["per_area", "promise", "billed", "hint"]) {
            this.el.querySelector(`.o_ecrm_size_${name}`).textContent = answer[name];
        }
        this.showBreakdown(answer.breakdown);
        this.showDrawing(answer.drawing);
    }

    // === DISPLAY === //

    change(text, { now = false } = {}) {
        this.el.dataset.size = text;
        this.mark(text);
        this.product.classList.add("o_ecrm_waiting");
        if (now) {
            this.ask();
        } else {
            this.askSoon();
        }
    }

    fill(values) {
        for (const name of ["width", "height", "panels"]) {
            const field = this.field(`ecrm_${name}`);
            if (field && field !== document.activeElement) {
                field.value = values[name];
            }
        }
    }

    mark(code) {
        for (const tile of this.el.querySelectorAll(".o_ecrm_size_tile")) {
            const chosen = tile.dataset.code === code;
            tile.classList.toggle("active", chosen);
            tile.setAttribute("aria-checked", chosen ? "true" : "false");
        }
    }

    showError(message) {
        const error = this.el.querySelector(".o_ecrm_size_error");
        error.textContent = message;
        error.classList.toggle("d-none", !message);
        this.el.dataset.problem = message;
        for (const button of this.product.querySelectorAll("#add_to_cart, .o_we_buy_now")) {
            button.classList.toggle("disabled", Boolean(message));
            button.setAttribute("aria-disabled", message ? "true" : "false");
            button.title = message;
        }
        this.el.querySelector(".o_ecrm_size_answer").classList.toggle("opacity-50", Boolean(message));
    }

    /** Too large for the page, not for the workshop: the form opens with the size. */
    showQuote(size) {
        const link = this.el.querySelector(".o_ecrm_size_quote");
        link.classList.toggle("d-none", !size);
        if (size) {
            const url = new URL(link.href);
            url.searchParams.set("size", size);
            link.href = url.href;
        }
    }

    showBreakdown(rows) {
        const list = this.el.querySelector(".o_ecrm_size_breakdown");
        list.replaceChildren();
        if (rows.length < 2) {
            return;
        }
        for (const row of rows) {
            const item = document.createElement("li");
            const amount = document.createElement("bdi");
            item.className = "d-flex justify-content-between gap-3";
            item.append(row.label, amount);
            amount.textContent = row.text;
            list.append(item);
        }
    }

    /** The picture is drawn by the server, which also draws it on the workshop's sheet. */
    showDrawing(svg) {
        const drawing = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
        this.el.querySelector(".o_ecrm_size_drawing").replaceChildren(...(drawing ? [drawing] : []));
    }
}

registry.category("public.interactions").add("ecrm.size_block", SizeBlock);
