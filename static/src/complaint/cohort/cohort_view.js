import { registry } from "@web/core/registry";
import { CohortController } from "./cohort_controller";
import { CohortModel } from "./cohort_model";

export class CohortArchParser {
    parse(arch) {
        return {
            title: arch.getAttribute("string"),
            date: arch.getAttribute("date"),
            age: arch.getAttribute("age"),
            part: arch.getAttribute("part"),
            whole: arch.getAttribute("whole"),
            // Groups that the whole does not know: each is set against all of it
            shared: (arch.getAttribute("shared") || "").split(",").map((name) => name.trim()),
        };
    }
}

export const cohortView = {
    type: "ecrm_cohort",
    ArchParser: CohortArchParser,
    Controller: CohortController,
    Model: CohortModel,
    searchMenuTypes: ["filter", "groupBy", "favorite"],

    props: (genericProps, view) => {
        const { arch, fields, resModel, state } = genericProps;
        return {
            ...genericProps,
            Model: view.Model,
            modelParams: {
                metaData: { ...new view.ArchParser().parse(arch), fields, resModel },
                isAddedUp: state ? state.isAddedUp : true,
            },
        };
    },
};

registry.category("views").add("ecrm_cohort", cohortView);
