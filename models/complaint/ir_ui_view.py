from odoo import fields, models

COHORT = 'ecrm_cohort'
REQUIRED = ('date', 'age', 'part', 'whole')
ALLOWED = {*REQUIRED, 'shared', 'string', 'class', 'js_class', '__validate__'}


class IrUiView(models.Model):
    """A view that Community lacks: rates by cohort, a month a row and the months after it in columns."""

    _inherit = 'ir.ui.view'

    type = fields.Selection(selection_add=[(COHORT, "Cohort")])

    def _get_view_info(self):
        # EXTENDS web
        return {COHORT: {'icon': 'fa fa-signal'}} | super()._get_view_info()

    def _validate_tag_ecrm_cohort(self, node, name_manager, node_info):
        """Refuse a cohort view whose columns the model does not have."""
        if not node_info['validate']:
            return
        for name in REQUIRED:
            if node.get(name) not in name_manager.model._fields:
                self._raise_view_error(
                    self.env._(
                        "A cohort view names the field of its “%(attribute)s”, but “%(field)s” is "
                        "not a field of %(model)s.",
                        attribute=name,
                        field=node.get(name) or '',
                        model=name_manager.model._name,
                    ),
                    node,
                )
        if unknown := set(node.attrib) - ALLOWED:
            self._raise_view_error(
                self.env._(
                    "A cohort view does not know: %(attributes)s.",
                    attributes=', '.join(sorted(unknown)),
                ),
                node,
            )
