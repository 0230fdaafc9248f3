import logging

from psycopg2 import OperationalError

from odoo import fields, models

from ...tools.payload import clean_text

_logger = logging.getLogger(__name__)


class EcrmImport(models.Model):
    _inherit = 'ecrm.import'

    problem = fields.Char("Why it stopped", readonly=True, copy=False)

    # === ACTIONS === #

    def action_read(self):
        # EXTENDS ecrm: what stopped it before is said no more
        self.problem = False
        return super().action_read()

    def action_import(self):
        # EXTENDS ecrm: the same
        self.problem = False
        return super().action_import()

    # === BUSINESS METHODS === #

    def _run_step(self, step, limit):
        """Run a batch of the scheduled action; one that fails stops its sheet, not the others.

        A scheduled action that raises day after day is switched off by Odoo, and every sheet with it.

        :param str step: name of the method that works on a batch.
        :param int limit: rows of a batch.
        :return: how many rows it did; none where it stopped.
        """
        try:
            with self.env.cr.savepoint():
                return getattr(self, step)(limit)
        except OperationalError:  # another server is at these rows: the whole is tried again
            raise
        except Exception as error:
            _logger.exception("sheet %s has stopped", self.id)
            self._stop(error)
            return 0

    def _stop(self, error):
        """Leave the sheet as far as it came, and tell who began it why it goes no further."""
        self.env.invalidate_all(flush=False)
        problem = clean_text(str(error), 500) or type(error).__name__
        self.write({'state': 'done' if self.done_count else 'read', 'problem': problem})
        self.create_uid._bus_send('simple_notification', {
            'type': 'danger', 'sticky': True, 'message': problem,
            'title': self.env._("%(name)s has stopped", name=self.name),
        })  # fmt: skip
