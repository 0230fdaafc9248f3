// Parts of an answer as elements. Whatever a text holds, it stays text.

/** One step of the price with its amount. */
export function breakdownItem({ label, text }) {
    const item = document.createElement("li");
    const [name, amount] = [document.createElement("span"), document.createElement("bdi")];
    name.textContent = label;
    amount.textContent = text;
    item.append(name, amount);
    return item;
}

/** A size to take instead of one that is off the step. */
export function offerButton({ code, text }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "o_ecrm_size_offer btn btn-sm btn-outline-primary";
    button.dataset.code = code;
    button.textContent = text;
    return button;
}
