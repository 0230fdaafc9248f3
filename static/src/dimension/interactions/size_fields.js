/** Millimetres in one unit, exact by definition. */
const UNITS = { mm: 1, cm: 10, m: 1000, in: 25.4 };
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A text with the digits and the decimal mark that Number() reads; Arabic ones are typed on Arabic keyboards. */
export const plain = (text) =>
    text
        .replace(DIGITS, (digit) => String(digit.charCodeAt(0) % 16))
        .replace(/[,\u066b]/, ".")
        .trim();

/**
 * The fields of a size block: width, height and panels, a row for each unequal panel, and the text that holds all of it.
 * Only texts leave it; the server reads them. Lengths come back in millimetres and are written in the chosen unit.
 */
export class SizeFields {
    constructor(el) {
        this.el = el;
        this.ratio = 0;
        this.unit = el.dataset.unit;
    }

    field(name) {
        return this.el.querySelector(`[name=ecrm_${name}]`);
    }

    /** Whether fields are there at all: a profile may sell its presets only. */
    get custom() {
        return Boolean(this.field("width"));
    }

    get unequal() {
        return Boolean(this.field("unequal")?.checked);
    }

    get rows() {
        return [...this.el.querySelectorAll(".o_ecrm_size_row")];
    }

    // === READING === //

    /** What the fields say, as one text. */
    read() {
        const suffix = this.unit === this.el.dataset.unit ? "" : this.unit;
        const pair = (width, height) => `${plain(width)}x${plain(height)}${suffix}`;
        if (this.unequal) {
            return this.rows.map((row) => pair(...this.inputs(row).map((input) => input.value))).join("+");
        }
        const panels = plain(this.field("panels")?.value || "") || "1";
        const text = pair(this.field("width").value, this.field("height").value);
        return panels === "1" ? text : `${text}*${panels}`;
    }

    inputs(row) {
        return [...row.querySelectorAll("input")];
    }

    get sides() {
        return ["width", "height"].map((name) => Number(plain(this.field(name).value)));
    }

    // === WRITING === //

    /** Show a size of the server; the field a person is in stays as he typed it. */
    write({ width_mm, height_mm, panels, layout_mm, code }) {
        if (!this.custom) {
            return;
        }
        this.size = { width_mm, height_mm, panels, layout_mm };
        this.put(this.field("width"), this.length(width_mm));
        this.put(this.field("height"), this.length(height_mm));
        this.put(this.field("panels"), panels);
        this.put(this.field("size_text"), code);
        if (layout_mm.length) {
            this.writeRows(layout_mm);
        }
        // Panels of one size that were typed row by row stay rows
        this.show(layout_mm.length > 0 || (this.unequal && this.rows.length === panels));
    }

    put(field, value) {
        if (field && field !== document.activeElement) {
            field.value = value;
        }
    }

    /** The shortest number that the server reads back to the same tenth of a millimetre; inches have no exact one. */
    length(mm) {
        const unit = UNITS[this.unit];
        for (let digits = 0; digits < 4; digits++) {
            const number = Number((mm / unit).toFixed(digits));
            if (Math.abs(number * unit - mm) < 0.04) {
                return String(number);
            }
        }
        return String(Number((mm / unit).toFixed(4)));
    }

    /** Rows for unequal panels, or the three fields. */
    show(unequal) {
        const box = this.field("unequal");
        if (!box) {
            return;
        }
        box.checked = unequal;
        this.el.querySelector(".o_ecrm_size_layout").classList.toggle("d-none", !unequal);
        for (const part of this.el.querySelectorAll(".o_ecrm_size_equal")) {
            part.classList.toggle("o_ecrm_size_off", unequal);
        }
    }

    writeRows(layout) {
        const list = this.el.querySelector(".o_ecrm_size_rows");
        while (this.rows.length > layout.length) {
            list.lastElementChild.remove();
        }
        layout.forEach((sides, index) => {
            const row = this.rows[index] || this.newRow(list);
            this.inputs(row).forEach((input, side) => this.put(input, this.length(sides[side])));
        });
        this.number();
    }

    newRow(list) {
        list.append(this.el.querySelector(".o_ecrm_size_layout template").content.cloneNode(true));
        return list.lastElementChild;
    }

    number() {
        const { rows } = this;
        rows.forEach((row, index) => {
            row.querySelector(".o_ecrm_size_row_number").textContent = index + 1;
            row.querySelector(".o_ecrm_size_row_remove").disabled = rows.length < 3;
        });
        const add = this.el.querySelector(".o_ecrm_size_row_add");
        add.disabled = rows.length >= Number(add.dataset.most);
    }

    // === GESTURES === //

    /** From panels of one size to rows and back; a set starts as what it was, three panels where there was one. */
    toggleUnequal(unequal) {
        if (unequal && this.size) {
            const { width_mm, height_mm, panels, layout_mm } = this.size;
            const most = Number(this.el.querySelector(".o_ecrm_size_row_add").dataset.most);
            const count = panels > 1 ? panels : Math.min(3, most);
            this.writeRows(layout_mm.length ? layout_mm : Array(count).fill([width_mm, height_mm]));
        }
        this.show(unequal);
    }

    addRow() {
        const [width, height] = this.inputs(this.rows.at(-1)).map((input) => input.value);
        const row = this.newRow(this.el.querySelector(".o_ecrm_size_rows"));
        this.inputs(row).forEach((input, side) => (input.value = side ? height : width));
        this.number();
        this.inputs(row)[0].focus();
    }

    removeRow(row) {
        const next = row.previousElementSibling || row.nextElementSibling;
        row.remove();
        this.number();
        next.querySelector("input").focus();
    }

    swap() {
        const [width, height] = [this.field("width"), this.field("height")];
        [width.value, height.value] = [height.value, width.value];
        this.ratio = this.ratio && 1 / this.ratio;
    }

    step(step) {
        const field = this.field("panels");
        const panels = (parseInt(plain(field.value)) || 1) + step;
        field.value = Math.min(Math.max(panels, 1), Number(field.dataset.most));
    }

    keepRatio(on) {
        const [width, height] = this.sides;
        this.ratio = on && width && height ? width / height : 0;
    }

    /** The other side follows the one that was typed, in the steps that are sold; else by half centimetres or eighths of an inch. */
    follow(name) {
        const [width, height] = this.sides;
        const step = Number(this.field("width").dataset.step) || (this.unit === "in" ? 25.4 / 8 : 5);
        const stepped = (side) => this.length(Math.round((side * UNITS[this.unit]) / step) * step);
        if (name === "ecrm_width" && width) {
            this.field("height").value = stepped(width / this.ratio);
        } else if (name === "ecrm_height" && height) {
            this.field("width").value = stepped(height * this.ratio);
        }
    }

    /** The same lengths in another unit, from millimetres: nothing is rounded twice. */
    changeUnit(unit) {
        this.unit = unit;
        if (this.size) {
            this.write({ ...this.size, code: this.field("size_text").value });
        }
    }
}
