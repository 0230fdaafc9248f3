from . import controllers
from . import models
from . import wizard


def uninstall_hook(env):
    """Leave Odoo's own records as they were found."""
    env['mail.template']._remove_ecrm_size_from_confirmation()
