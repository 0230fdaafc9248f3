from odoo import api, fields, models
from odoo.exceptions import UserError

from .ecrm_import import AT_ONCE


class EcrmImport(models.Model):
    _inherit = 'ecrm.import'

    undo_total = fields.Integer("Steps of the undoing", readonly=True)
    undo_left = fields.Integer("Steps still to undo", readonly=True)

    # === COMPUTE METHODS === #

    @api.depends('undo_total', 'undo_left')
    def _compute_counts(self):
        # EXTENDS ecrm: the bar shows how far the undoing is
        super()._compute_counts()
        for record in self.filtered(lambda record: record.state == 'undoing'):
            total = record.undo_total or 1
            record.progress = 100.0 * (total - record.undo_left) / total

    # === ACTIONS === #

    def action_undo(self):
        """Remove what this import made and nobody has touched since; large sheets go on by themselves."""
        self.ensure_one()
        self.check_access('write')
        if self.state not in ('importing', 'done'):
            raise UserError(self.env._("There is nothing to undo."))
        steps = self._count_undo_steps()
        self.write({'state': 'undoing', 'undo_total': steps, 'undo_left': steps})
        if self.done_count > AT_ONCE:
            self.env.ref('ecrm.ir_cron_import').sudo()._trigger()
            return
        while self.state == 'undoing':
            self.sudo()._undo_batch(AT_ONCE)

    # === BUSINESS METHODS === #

    def _count_left(self):
        # EXTENDS ecrm: orders first, then their customers
        return max(self.undo_left, 1) if self.state == 'undoing' else super()._count_left()

    def _get_undo_domains(self):
        """Return which rows have an order to look at, and which a customer, once the orders are gone."""
        return (
            [('import_id', '=', self.id), ('state', '=', 'done'), ('stamp', '!=', False)],
            [('import_id', '=', self.id), ('made_partner', '=', True), ('stamp', '!=', False),
             ('partner_id', '!=', False)],
        )  # fmt: skip

    def _count_undo_steps(self):
        rows = self.env['ecrm.import.row']
        return sum(rows.search_count(domain) for domain in self._get_undo_domains())

    def _undo_batch(self, limit):
        """Take back up to ``limit`` rows; return how many.

        A customer is looked at when no order of the sheet is left to hold on to him: his orders may be
        rows far apart.
        """
        rows = self.env['ecrm.import.row'].with_company(self.company_id)
        with_order, with_customer = self._get_undo_domains()
        if found := rows.search(with_order, limit=limit, order='line'):
            found._undo_orders()
        elif found := rows.search(with_customer, limit=limit, order='line'):
            found._undo_partners()
        self.undo_left = self._count_undo_steps()
        if not found:
            self._remove_articles()
            self.state = 'undone'
            self._tell_end()
        return len(found)

    def _remove_articles(self):
        """Remove the articles that were made for the sheet and that nothing else has sold."""
        templates = self.sudo().product_ids.exists()
        used = self.env['sale.order.line'].sudo().search(
            [('product_id.product_tmpl_id', 'in', templates.ids)]
        )  # fmt: skip
        (templates - used.product_id.product_tmpl_id).unlink()
