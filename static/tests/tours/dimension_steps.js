// What the steps of the size tours do, in one word each.

/** Wait until it is there. */
export const see = (content, trigger) => ({ content, trigger });

/** Do what a tour's `run` says. */
export const act = (content, trigger, run) => ({ content, trigger, run });

export const click = (content, trigger) => act(content, trigger, "click");

/** Type into a field of the back office and leave it. */
export const type = (content, trigger, text) => act(content, trigger, `edit ${text} && press Tab`);

/** Click what leads to another page. */
export const leave = (content, trigger) => ({ ...click(content, trigger), expectUnloadPage: true });
