import { Component, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { useModel } from "@web/model/model";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { useSetupAction } from "@web/search/action_hook";
import { ActionHelper } from "@web/views/action_helper";
import { standardViewProps } from "@web/views/standard_view_props";
import { LAST_MONTH } from "./cohort_model";
import { mayOpenComplaints, openComplaints } from "./open_complaints";

export class CohortController extends Component {
    static template = "ecrm.CohortView";
    static components = { ActionHelper, CogMenu, Layout, SearchBar };
    static props = { ...standardViewProps, Model: Function, modelParams: Object };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.model = useState(useModel(this.props.Model, this.props.modelParams));
        this.searchBarToggler = useSearchBarToggler();
        useSetupAction({ getLocalState: () => ({ isAddedUp: this.model.isAddedUp }) });
    }

    get canOpen() {
        return mayOpenComplaints(this.model.metaData.fields);
    }

    heading(column) {
        if (!column) {
            return _t("Same month");
        }
        const count = column === LAST_MONTH && this.model.hasMore ? `${column}+` : column;
        return _t("+%s mo.", count);
    }

    number(value) {
        return formatFloat(value, { digits: [16, 0] });
    }

    rate(value) {
        return value === null ? "" : formatFloat(value, { digits: [16, 1] });
    }

    /** How strong a cell is coloured: its share of the highest rate shown. */
    heat(value) {
        const highest = this.model.highest;
        return `--o-ecrm-heat: ${highest ? Math.round((60 * (value || 0)) / highest) : 0}%`;
    }

    explain(row, column) {
        return _t("%(founded)s of %(delivered)s delivered", {
            founded: this.number(this.model.count(row, column)),
            delivered: this.number(row.whole),
        });
    }

    open(section, row, column) {
        const { age, part, resModel } = this.model.metaData;
        const isLast = column === this.model.columns.length - 1 && column === LAST_MONTH;
        const months = [];
        if (!isLast || !this.model.isAddedUp) {
            const operator = this.model.isAddedUp ? "<=" : isLast ? ">=" : "=";
            months.push([age, operator, column]);
        }
        const domain = Domain.and([row.domain, section.domain || [], months, [[part, ">", 0]]]).toList();
        const title = [section.title, row.label, this.heading(column)].filter(Boolean).join(" · ");
        return openComplaints({ orm: this.orm, action: this.action }, resModel, domain, title);
    }
}
