from odoo import api, models


class EcrmComplaintKept(models.AbstractModel):
    """Settings that the registry keeps (``ormcache``), for every complaint asks for them: a change is seen at once."""

    _name = 'ecrm.complaint.kept'
    _description = "Complaint Settings Kept in Memory"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _update_field_translations(self, *args, **kwargs):
        # EXTENDS base
        self.env.registry.clear_cache()
        return super()._update_field_translations(*args, **kwargs)
