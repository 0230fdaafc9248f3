from . import controllers
from . import models
from . import wizard


def post_init_hook(env):
    """Keep what the shop had made its own before."""
    env['website']._ecrm_keep_contact_pages()


def uninstall_hook(env):
    """Leave Odoo's own records as they were found."""
    env['mail.template']._remove_ecrm_size_from_confirmation()
    # Modules of Odoo name the fields that their mixins give our models, and would keep the names
    env['ir.model.data'].search(
        [
            ('module', '!=', 'ecrm'),
            '|',
            ('name', '=like', r'selection\_\_ecrm\_%'),
            ('name', '=like', r'model\_inherit\_\_ecrm\_%'),
        ]
    ).unlink()
    # What came by a source keeps it from being deleted; both go, and the table that asks goes last
    env.cr.execute(
        'ALTER TABLE ecrm_submission DROP CONSTRAINT IF EXISTS ecrm_submission_source_id_fkey'
    )
