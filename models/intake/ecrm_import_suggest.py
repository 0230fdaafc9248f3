from odoo import models

from ...tools.namesake import Namesakes

PROPOSED = 3


class EcrmImport(models.Model):
    _inherit = 'ecrm.import'

    # === ACTIONS === #

    def action_read(self):
        # EXTENDS ecrm: who a row might be is proposed beside what its cells might mean
        result = super().action_read()
        self._propose_customers()
        return result

    # === BUSINESS METHODS === #

    def _propose_customers(self):
        """Name the customers that a row's name is like; a name alone links nobody.

        Where the number cannot be read, rows of the same sheet are proposed too. They are told by
        their lines: a number beside another person's row would outlive an erasure.
        """
        rows = self.row_ids.filtered('name')
        if not rows:
            return
        customers = rows._find_namesakes(self.company_id)
        lost = rows.filtered(lambda row: 'phone' in (row.reasons or '').split())
        neighbours = Namesakes((row.name, row.line) for row in rows - lost if lost)
        for row in rows:
            alike = self.env['res.partner'].union(*customers.find(row.name))
            if alike and row.phone not in alike.mapped('phone_sanitized'):
                row.candidate_ids = alike[:PROPOSED]
            lines = neighbours.find(row.name)[:PROPOSED] if row in lost else ()
            if lines:
                same = self.env._("as in line %(lines)s", lines=', '.join(map(str, lines)))
                row.hint = ', '.join(filter(None, (row.hint, same)))
