import { onWillUnmount, useEffect } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { ConnectionLostError } from "@web/core/network/rpc";
import { ProgressBarField, progressBarField } from "@web/views/fields/progress_bar/progress_bar_field";

export const EVERY = 2000;

const MOVING = ["importing", "undoing"];

/** A bar that moves by itself while a sheet comes in or is taken back, and leaves when it is done. */
export class ImportProgressField extends ProgressBarField {
    setup() {
        super.setup();
        this.gone = false;
        onWillUnmount(() => {
            this.gone = true;
        });
        useEffect(
            (state) => {
                if (!MOVING.includes(state)) {
                    return;
                }
                const timer = browser.setInterval(() => this.refresh(), EVERY);
                return () => browser.clearInterval(timer);
            },
            () => [this.props.record.data.state]
        );
    }

    async refresh() {
        // One question at a time, and none that would take away what a person types
        if (this.asking || this.gone || this.props.record.dirty) {
            return;
        }
        this.asking = true;
        try {
            await this.props.record.load();
        } catch (error) {
            // The import goes on without us; so does the next question
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        } finally {
            this.asking = false;
        }
    }
}

registry.category("fields").add("ecrm_import_progress", {
    ...progressBarField,
    component: ImportProgressField,
});
