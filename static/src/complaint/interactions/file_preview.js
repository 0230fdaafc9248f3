import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

// A photo of a telephone is ten times larger than what shows a fault; slow networks thank for less
const LONGEST_SIDE = 2048;
const SHRINK_ABOVE = 1024 * 1024;

/**
 * Collects photos from the camera and from the gallery, one after the other, shows them with a way
 * to take each back, makes large ones smaller before they are sent, and keeps a second press of the
 * button from sending them twice. The form works without it.
 */
export class ComplaintForm extends Interaction {
    static selector = ".o_ecrm_complaint_form";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.onFilesChange },
        ".o_ecrm_preview": { "t-on-click": this.onPreviewClick },
        _root: { "t-on-submit": this.onSubmit },
    };

    setup() {
        this.files = [];
        this.urls = new Map();
        this.registerCleanup(() => this.urls.forEach((url) => URL.revokeObjectURL(url)));
    }

    /** The input that carries all files when the form is sent; the camera's only brings one in. */
    get carrier() {
        return this.el.querySelector("input[type=file][multiple]");
    }

    async onFilesChange(ev) {
        const input = ev.currentTarget;
        const chosen = [...input.files];
        const isKnown = (file) =>
            this.files.some((known) => known.origin === `${file.name}/${file.size}/${file.lastModified}`);
        const fresh = chosen.filter((file) => !isKnown(file));
        const smaller = await this.waitFor(Promise.all(fresh.map((file) => this.shrink(file))));
        smaller.forEach((file, index) => {
            const { name, size, lastModified } = fresh[index];
            this.files.push({ file, origin: `${name}/${size}/${lastModified}` });
        });
        if (input !== this.carrier) {
            input.value = "";
        }
        this.carry();
    }

    /** Give a picture with fewer pixels, or the file itself where that is not possible or needless. */
    async shrink(file) {
        if (!/^image\/(jpeg|webp)$/.test(file.type) || file.size <= SHRINK_ABOVE) {
            return file;
        }
        try {
            const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
            const ratio = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
            const canvas = document.createElement("canvas");
            canvas.width = Math.round(bitmap.width * ratio);
            canvas.height = Math.round(bitmap.height * ratio);
            canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
            bitmap.close();
            const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
            if (!blob || blob.size >= file.size) {
                return file;
            }
            const name = file.name.replace(/\.\w+$/, "") + ".jpg";
            return new File([blob], name, { type: "image/jpeg" });
        } catch {
            return file; // a picture that the browser cannot read is the server's to judge
        }
    }

    /** Put the files collected into the form and show them. */
    carry() {
        const transfer = new DataTransfer();
        // A film of thirty megabytes is told here: sending it over a slow network would be for nothing
        this.files.filter(({ file }) => !this.isTooLarge(file)).forEach(({ file }) => transfer.items.add(file));
        this.carrier.files = transfer.files;
        const items = this.files.map(({ file }, index) => this.makeItem(file, index));
        this.el.querySelector(".o_ecrm_preview").replaceChildren(...items);
        this.checkMost();
    }

    isTooLarge(file) {
        const most = Number(this.el.querySelector(".o_ecrm_files").dataset.mb);
        return most > 0 && file.size > most * 1024 * 1024;
    }

    makeItem(file, index) {
        const item = document.createElement("div");
        item.className = "o_ecrm_chosen position-relative";
        if (file.type.startsWith("image/")) {
            if (!this.urls.has(file)) {
                this.urls.set(file, URL.createObjectURL(file));
            }
            const picture = document.createElement("img");
            picture.src = this.urls.get(file);
            picture.alt = file.name;
            picture.className = "o_ecrm_photo rounded border";
            item.append(picture);
        } else {
            const name = document.createElement("span");
            name.textContent = file.name;
            name.className = "badge text-bg-light border align-self-center";
            item.append(name);
        }
        if (this.isTooLarge(file)) {
            const note = document.createElement("div");
            note.textContent = this.el.querySelector(".o_ecrm_files").dataset.large;
            note.className = "o_ecrm_large small text-danger";
            item.append(note);
        }
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "o_ecrm_remove btn btn-dark rounded-circle";
        remove.dataset.index = index;
        remove.setAttribute("aria-label", this.el.querySelector(".o_ecrm_files").dataset.remove);
        remove.textContent = "×";
        item.append(remove);
        return item;
    }

    /** Say at once that there are too many, before anything is sent. */
    checkMost() {
        const zone = this.el.querySelector(".o_ecrm_files");
        const most = Number(zone.dataset.most);
        zone.classList.toggle("o_ecrm_too_many", this.files.length > most);
    }

    onPreviewClick(ev) {
        const remove = ev.target.closest(".o_ecrm_remove");
        if (remove) {
            this.files.splice(Number(remove.dataset.index), 1);
            this.carry();
        }
    }

    onSubmit() {
        const button = this.el.querySelector("button[type=submit]");
        // After the browser has taken the form: a disabled button would not be part of it
        this.waitForTimeout(() => {
            button.disabled = true;
            button.querySelector(".o_ecrm_sending")?.classList.remove("d-none");
        }, 0);
    }
}

registry.category("public.interactions").add("ecrm.complaint_form", ComplaintForm);
