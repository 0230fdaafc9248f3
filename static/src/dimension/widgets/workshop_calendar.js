import { registry } from "@web/core/registry";
import { calendarView } from "@web/views/calendar/calendar_view";

// Odoo's calendar by another name: a view's type is the only class that its style can be tied to
registry.category("views").add("ecrm_workshop_calendar", calendarView);
