from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.dimension import SizeError, parse_size, size_code, to_mm, to_panels


class EcrmSizeInputMixin(models.AbstractModel):
    """A sized record whose size is typed as one text."""

    _name = 'ecrm.size.input.mixin'
    _inherit = 'ecrm.sized.mixin'
    _description = "Record with a typed size"

    ecrm_size_input = fields.Char(
        string="Typed size",
        compute='_compute_ecrm_size_input',
        inverse='_inverse_ecrm_size_input',
        help="Type the size in one go: 40x50, 40/50*3, 1m20 x 80, 16x20in.",
    )

    # === COMPUTE METHODS === #

    @api.depends('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')
    def _compute_ecrm_size_input(self):
        for record in self:
            size = record._get_ecrm_size()
            record.ecrm_size_input = (
                size_code(size, record._get_ecrm_size_unit()) if size else False
            )

    def _inverse_ecrm_size_input(self):
        for record in self:
            record.write(
                record._parse_ecrm_size_input(record.ecrm_size_input, record._get_ecrm_size_unit())
            )

    @api.onchange('ecrm_size_input')
    def _onchange_ecrm_size_input(self):
        unit = self._get_ecrm_size_unit()
        try:
            self.update(self._parse_ecrm_size_input(self.ecrm_size_input, unit))
        except UserError as error:
            # A raised error would wipe what was typed
            return {
                'warning': {
                    'title': self.env._("Size"),
                    'message': str(error),
                    'type': 'notification',
                }
            }
        return None

    # === CONSTRAINTS === #

    @api.constrains('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')
    def _check_ecrm_size(self):
        for record in self:
            if not any((record.ecrm_width_mm, record.ecrm_height_mm, record.ecrm_layout)):
                continue
            try:
                to_mm(record.ecrm_width_mm, 'mm')
                to_mm(record.ecrm_height_mm, 'mm')
                to_panels(record.ecrm_panels)
                if record.ecrm_layout:
                    parse_size(record.ecrm_layout, 'mm')
            except SizeError as error:
                raise ValidationError(
                    record._ecrm_explain(error, record._get_ecrm_size_unit())
                ) from error

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        """Read the typed size before the record exists, so that a price computed on creation knows it."""
        for vals in vals_list:
            if vals.get('ecrm_size_input'):
                unit = self.new(vals)._get_ecrm_size_unit()
                vals.update(self._parse_ecrm_size_input(vals.pop('ecrm_size_input'), unit))
        return super().create(vals_list)

    # === BUSINESS METHODS === #

    @api.model
    def _parse_ecrm_size_input(self, text, unit='cm'):
        """Read a typed size into field values.

        :rtype: dict
        :raises UserError: with an example of what can be read
        """
        if not text or not str(text).strip():
            return self._prepare_ecrm_size_values(None)
        try:
            return self._prepare_ecrm_size_values(parse_size(text, unit))
        except SizeError as error:
            raise UserError(self._ecrm_explain(error, unit)) from error
