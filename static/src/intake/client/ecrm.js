/* Sends the forms of any site to the shop. No dependency; one script, any number of forms:
 *
 *   <script defer src="https://shop.example.com/ecrm/static/src/intake/client/ecrm.js"></script>
 *   <form data-ecrm="https://shop.example.com/ecrm/intake/KEY" data-ecrm-kind="contact"> ... </form>
 *
 * A form is kept in this browser until the shop has answered for it, and sent again under the same
 * id, so that nothing is lost when a phone loses its network and nothing arrives twice.
 *
 * Within the form: <small data-ecrm-consent="1">sentence</small> says what the visitor agrees to; it is sent along
 * word for word, the attribute's value as its version.
 * On the form: data-ecrm-kind, data-ecrm-success and data-ecrm-later (sentences of your own).
 * Events on the form: ecrm:sent, ecrm:kept, ecrm:refused; their detail is the answer. A form that was kept and is
 * refused later gets back what was typed, after a reload too.
 * Where a visitor came from is remembered beyond the page only after ecrm.consent(true).
 */
(() => {
    "use strict";
    const QUEUE = "ecrm.queue";
    const TOUCH = "ecrm.touch";
    const WAITS = [2, 5, 15, 60, 300];
    const KEEP_DAYS = 7;
    const MAX_KEPT = 20;
    const TRAP = "ecrm_website_url";
    const GONE = [400, 403, 404, 411, 413, 415, 422];
    const PARAMETERS = [
        "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
        "gclid", "fbclid", "ctwa_clid",
    ];
    const TEXTS = {
        en: ["Thank you, we have received it.", "No network: it will be sent as soon as possible."],
        fr: ["Merci, nous l'avons bien reçu.", "Pas de réseau : l'envoi se fera dès que possible."],
        ar: ["شكرا، لقد استلمنا رسالتكم.", "لا توجد شبكة: سيتم الإرسال في أقرب وقت."],
    };
    const tokens = {};
    const forms = {};
    let memory = [];
    let timer = 0;
    let busy = false;
    let again = false;

    const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

    // === KEEPING === //

    /* Private windows have no storage: the page's own memory is better than nothing. */
    function read(name, fallback) {
        try {
            return JSON.parse(localStorage.getItem(name)) || fallback;
        } catch {
            return fallback;
        }
    }
    function write(name, value) {
        try {
            localStorage.setItem(name, JSON.stringify(value));
            return true;
        } catch {
            return false;
        }
    }
    function kept() {
        const oldest = Date.now() - KEEP_DAYS * 86400000;
        const stored = read(QUEUE, []).filter((post) => post && post.id && post.at > oldest);
        const ids = new Set(stored.map((post) => post.id));
        return [...stored, ...memory.filter((post) => !ids.has(post.id))];
    }
    function keep(post) {
        const posts = [...read(QUEUE, []).filter((other) => other.id !== post.id), post];
        // None is pushed out by another: what has no room stays in the page's own memory.
        if (posts.length > MAX_KEPT || !write(QUEUE, posts)) {
            memory = [...memory.filter((other) => other.id !== post.id), post];
        }
    }
    function forget(post) {
        write(QUEUE, read(QUEUE, []).filter((other) => other.id !== post.id));
        memory = memory.filter((other) => other.id !== post.id);
    }

    // === WHERE THE VISITOR CAME FROM === //

    function touches() {
        const touch = {};
        const query = new URLSearchParams(location.search);
        for (const name of PARAMETERS) {
            if (query.get(name)) {
                touch[name] = query.get(name).slice(0, 120);
            }
        }
        const referrer = document.referrer.split("?")[0];
        if (referrer && !referrer.startsWith(location.origin)) {
            touch.referrer = referrer.slice(0, 120);
        }
        const known = read(TOUCH, {});
        if (Object.keys(touch).length || !known.first) {
            touch.landing_page = location.pathname.slice(0, 120);
            return { first: known.first || touch, last: touch };
        }
        return known;
    }
    const arrival = touches();

    // === SENDING === //

    async function token(url) {
        const known = tokens[url];
        if (known && Date.now() - known.at < 14 * 60000) {
            return known;
        }
        const response = await fetch(`${url}/token`, { credentials: "omit" });
        if (!response.ok) {
            throw Object.assign(new Error("token"), { response });
        }
        tokens[url] = { ...(await response.json()), at: Date.now() };
        return tokens[url];
    }

    /* Posted as text/plain: a "simple" request, which old proxies do not break by a preflight. */
    async function send(post) {
        for (let turn = 0; turn < 3; turn++) {
            const { token: value, at } = await token(post.url);
            await wait(Math.max(0, 2.5 - (Date.now() - at) / 1000));
            const response = await fetch(post.url, {
                method: "POST",
                credentials: "omit",
                headers: { "Content-Type": "text/plain" },
                body: JSON.stringify({ ...post.body, token: value }),
            });
            if (response.status !== 401) {
                return response;
            }
            delete tokens[post.url];
        }
        throw new Error("token");
    }

    async function attempt(post) {
        let response;
        try {
            response = await send(post);
        } catch (error) {
            response = error.response;
        }
        const answer = response ? await response.json().catch(() => ({})) : {};
        if (response && response.ok) {
            forget(post);
            tell(post, "sent", answer);
        } else if (response && answer.error && GONE.includes(response.status)) {
            // The shop's own refusal; a proxy's or an empty server's 404 says nothing of the post.
            forget(post);
            tell(post, "refused", answer);
        } else {
            keep({ ...post, tries: (post.tries || 0) + 1 });
            tell(post, "kept", answer);
        }
    }

    async function flush() {
        clearTimeout(timer);
        if (busy) {
            again = true;
            return;
        }
        busy = true;
        try {
            do {
                again = false;
                for (const post of kept()) {
                    await attempt(post);
                }
            } while (again);
        } finally {
            busy = false;
        }
        const left = kept();
        if (left.length) {
            const tries = Math.min(...left.map((post) => post.tries || 1));
            timer = setTimeout(flush, WAITS[Math.min(tries, WAITS.length) - 1] * 1000);
        }
    }

    // === FORMS === //

    function typed(form) {
        const values = {};
        const consent = form.querySelector("[data-ecrm-consent]");
        if (consent) {
            values.consent_text = consent.textContent.trim();
            values.consent_version = consent.dataset.ecrmConsent;
        }
        for (const [name, value] of new FormData(form)) {
            if (typeof value === "string" && (value || name !== TRAP)) {
                values[name] = name in values ? `${values[name]}, ${value}` : value;
            }
        }
        return values;
    }

    /* Put back what was typed, where nothing else has been typed since. */
    function refill(form, post) {
        for (const control of form.elements) {
            const value = post.body[control.name];
            if (control.type === "checkbox" || control.type === "radio") {
                const chosen = typeof value === "string" && value.split(", ").includes(control.value);
                control.checked = control.checked || chosen;
            } else if (typeof value === "string" && !control.value && control.type !== "file") {
                control.value = value;
            }
        }
    }

    /* The form a post came from; after a reload, one that posts the same kind to the same shop. */
    function formOf(post) {
        return (
            forms[post.id] ||
            [...document.querySelectorAll("form[data-ecrm]")].find(
                (form) =>
                    form.dataset.ecrm === post.url &&
                    (form.dataset.ecrmKind || undefined) === post.body.kind
            )
        );
    }

    function tell(post, what, answer) {
        const form = what === "refused" ? formOf(post) : forms[post.id];
        if (!form) {
            return;
        }
        if (what === "refused") {
            refill(form, post);
        }
        const texts = TEXTS[(document.documentElement.lang || "en").slice(0, 2)] || TEXTS.en;
        const output = form.querySelector("output");
        if (output) {
            output.textContent = {
                sent: form.dataset.ecrmSuccess || texts[0],
                kept: form.dataset.ecrmLater || texts[1],
                refused: answer.message || answer.error || "",
            }[what];
        }
        form.dataset.ecrmState = what;
        if (what !== "refused" && form.dataset.ecrmReset !== post.id) {
            form.dataset.ecrmReset = post.id;
            form.reset();
        }
        if (what !== "kept") {
            delete forms[post.id];
        }
        form.dispatchEvent(new CustomEvent(`ecrm:${what}`, { bubbles: true, detail: answer }));
    }

    function identifier() {
        if (crypto.randomUUID) {
            return crypto.randomUUID();
        }
        return [...crypto.getRandomValues(new Uint8Array(16))]
            .map((byte) => byte.toString(16).padStart(2, "0"))
            .join("");
    }

    /* Keep `values` and send them; `form` hears what becomes of them. */
    function submit(url, values, form) {
        const id = identifier();
        const body = {
            page: location.href.slice(0, 500),
            lang: document.documentElement.lang || navigator.language,
            attribution: arrival,
            ...values,
            submission_id: id,
        };
        if (form) {
            forms[id] = form;
        }
        keep({ id, url, body, at: Date.now() });
        flush();
        return id;
    }

    function enhance(form) {
        if (form.ecrm) {
            return;
        }
        form.ecrm = true;
        const url = form.dataset.ecrm;
        const trap = document.createElement("input");
        Object.assign(trap, { name: TRAP, tabIndex: -1, autocomplete: "off" });
        trap.setAttribute("aria-hidden", "true");
        trap.style.cssText = "position:absolute;inset-inline-start:-9999px;width:1px;height:1px";
        form.append(trap);
        form.addEventListener("focusin", () => token(url).catch(() => {}), { once: true });
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            submit(url, { kind: form.dataset.ecrmKind, ...typed(form) }, form);
        });
    }

    window.ecrm = {
        submit,
        enhance,
        flush,
        kept,
        consent: (given) => (given ? write(TOUCH, arrival) : localStorage.removeItem(TOUCH)),
    };
    const start = () => {
        document.querySelectorAll("form[data-ecrm]").forEach(enhance);
        flush();
    };
    window.addEventListener("online", flush);
    document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
