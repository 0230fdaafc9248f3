from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import frozendict, ormcache

from ...tools.dimension import Size, SizeError, parse_size, size_code
from ...tools.drawing import place_panels
from ...tools.print_boxes import split_boxes
from ...tools.size import format_number


class EcrmSizedMixin(models.AbstractModel):
    """A record that bears a size: width and height in millimetres, panels, and the text of both.

    A zero width means: no size. Unequal panels stand in `ecrm_layout`, the largest one in width and height.
    """

    _name = 'ecrm.sized.mixin'
    _description = "Record with a size"

    ecrm_width_mm = fields.Float(string="Width (mm)", digits=(8, 1))
    ecrm_height_mm = fields.Float(string="Height (mm)", digits=(8, 1))
    ecrm_panels = fields.Integer(string="Panels")
    ecrm_layout = fields.Char(
        string="Panel layout",
        help="Sizes of unequal panels in millimetres, for example 300x600+400x800.",
    )
    ecrm_size_label = fields.Char(string="Size", compute='_compute_ecrm_size_label')

    # === COMPUTE METHODS === #

    @api.depends('ecrm_width_mm', 'ecrm_height_mm', 'ecrm_panels', 'ecrm_layout')
    @api.depends_context('lang')
    def _compute_ecrm_size_label(self):
        for record in self:
            size = record._get_ecrm_size()
            label = size and self._ecrm_label(size, record._get_ecrm_size_unit())
            record.ecrm_size_label = label or False

    # === BUSINESS METHODS === #

    def _get_ecrm_size_unit(self):
        """Unit the size is shown in.

        Overridden by the records that know their product.

        :return: a key of ``tools.size.UNITS``
        :rtype: str
        """
        return 'cm'

    def _get_ecrm_size(self):
        """The size as the pure functions take it.

        :rtype: Size | None
        """
        self.ensure_one()
        return self._make_ecrm_size(
            self.ecrm_width_mm, self.ecrm_height_mm, self.ecrm_panels, self.ecrm_layout
        )

    @api.model
    def _make_ecrm_size(self, width_mm, height_mm, panels, layout):
        """A size from the values of its fields.

        :rtype: Size | None
        """
        if not width_mm or not height_mm:
            return None
        parts = parse_size(layout, 'mm').layout if layout else ()
        width, height = (Decimal(f'{side:.1f}') for side in (width_mm, height_mm))
        return Size(width, height, panels or 1, '', parts)

    @api.model
    def _prepare_ecrm_size_values(self, size):
        """Values of the structured fields.

        :param Size size: or None for no size
        :rtype: dict
        """
        return {
            'ecrm_width_mm': float(size.width_mm) if size else 0.0,
            'ecrm_height_mm': float(size.height_mm) if size else 0.0,
            'ecrm_panels': size.panels if size else 0,
            'ecrm_layout': size_code(size, 'mm').replace('mm', '')
            if size and size.layout
            else False,
        }

    @api.model
    @ormcache('size.key', 'unit', 'self.env.lang')
    def _ecrm_label(self, size, unit='cm'):
        """A size as a sentence for people, in the language of the environment.

        A shop sells few sizes, and each is shown on many pages and papers: it is put in words once.

        :rtype: str
        """
        names = self._get_ecrm_unit_names()
        if size.layout:
            return self.env._(
                "%(sizes)s %(unit)s",
                sizes=" + ".join(
                    f"{self._ecrm_number(w, unit)} x {self._ecrm_number(h, unit)}"
                    for w, h in size.layout
                ),
                unit=names[unit],
            )
        values = {
            'width': self._ecrm_number(size.width_mm, unit),
            'height': self._ecrm_number(size.height_mm, unit),
            'unit': names[unit],
        }
        if size.panels > 1:
            return self.env._(
                "%(width)s x %(height)s %(unit)s x %(panels)s panels", panels=size.panels, **values
            )
        return self.env._("%(width)s x %(height)s %(unit)s", **values)

    @api.model
    def _ecrm_panel_label(self, size, unit='cm'):
        """The first line of a tile: one panel's size where all are equal, else how much wall the set takes.

        :rtype: str
        """
        if not size.layout:
            return self._ecrm_label(Size(size.width_mm, size.height_mm), unit)
        width, height, _panels = place_panels(size)
        return self._ecrm_label(Size(Decimal(str(width)), Decimal(str(height))), unit)

    @api.model
    def _get_ecrm_print_lines(self, text):
        """A text of several lines as boxes, for a reader who writes from right to left.

        :return: the words of each line; nothing for other readers, whose text prints well as it is
        :rtype: list[tuple[tuple[tools.print_boxes.Box]]]
        """
        lang = self.env['res.lang']._get_data(code=self.env.lang or 'en_US')
        if lang.direction != 'rtl':
            return []
        return self._split_ecrm_lines(text)

    @api.model
    def _split_ecrm_lines(self, text):
        """A text of several lines as boxes, whoever reads it; lines without a word are left out.

        :rtype: list[tuple[tuple[tools.print_boxes.Box]]]
        """
        return [words for line in str(text or '').splitlines() if (words := split_boxes(line))]

    @api.model
    @ormcache('self.env.lang')
    def _get_ecrm_unit_names(self):
        """Units as they are written in the reader's language.

        :rtype: dict[str, str]
        """
        return frozendict(
            {
                'mm': self.env._("mm"),
                'cm': self.env._("cm"),
                # Odoo exports no term of one letter
                'm': self.env._("%(length)s m", length='').strip(),
                'in': self.env._("in"),
                'ft': self.env._("ft"),
            }
        )

    @api.model
    def _ecrm_number(self, length, unit='cm'):
        """A length in a unit with the decimal mark of the reader's language."""
        lang = self.env['res.lang']._get_data(code=self.env.lang or 'en_US')
        return format_number(length, unit, lang.decimal_point or '.')

    @api.model
    def _ecrm_explain(self, error, unit='cm'):
        """The sentence a person reads when a size is refused.

        :param error: SizeError or PriceError
        :param str unit: unit lengths are written in
        :rtype: str
        """
        values = error.values
        if isinstance(error, SizeError):
            return self._ecrm_explain_text(error, unit)
        name = self._get_ecrm_unit_names()[unit]
        bound, value = values.get('bound'), values.get('value')
        if error.code in {'area_min', 'area_max', 'ratio_max'}:
            figures = {
                'bound': self._ecrm_figure(bound),
                'value': self._ecrm_figure(value),
                'unit': name,
            }
        elif error.code == 'panels_max':
            figures = {'bound': bound, 'value': value, 'unit': name}
        else:
            figures = {
                name: self._ecrm_number(length, unit)
                for name, length in values.items()
                if length is not None
            } | {'unit': name}
        return self._get_ecrm_bound_sentences()[error.code](figures)

    @api.model
    def _ecrm_figure(self, number):
        """A ratio or an area, two decimals at most."""
        text = f'{number:.2f}'.rstrip('0').rstrip('.')
        lang = self.env['res.lang']._get_data(code=self.env.lang or 'en_US')
        return text.replace('.', lang.decimal_point or '.')

    @api.model
    def _get_ecrm_bound_sentences(self):
        return {
            'width_min': lambda f: self.env._(
                "The width must be at least %(bound)s %(unit)s.", **f
            ),
            'width_max': lambda f: self.env._("The width must be at most %(bound)s %(unit)s.", **f),
            'height_min': lambda f: self.env._(
                "The height must be at least %(bound)s %(unit)s.", **f
            ),
            'height_max': lambda f: self.env._(
                "The height must be at most %(bound)s %(unit)s.", **f
            ),
            'step': lambda f: self.env._(
                "Width and height go in steps of %(bound)s %(unit)s.", **f
            ),
            'area_min': lambda f: self.env._("A panel must have at least %(bound)s m².", **f),
            'area_max': lambda f: self.env._("A panel can have at most %(bound)s m².", **f),
            'perimeter_max': lambda f: self.env._(
                "The outline of a panel can be at most %(bound)s %(unit)s.", **f
            ),
            'ratio_max': lambda f: self.env._(
                "The long side can be at most %(bound)s times the short side.", **f
            ),
            'panels_max': lambda f: self.env._("At most %(bound)s panels can be made.", **f),
            'roll_width': lambda f: self.env._(
                "The shorter side can be at most %(bound)s %(unit)s with its wrap.", **f
            ),
            'grid_outside': lambda f: self.env._(
                "There is no price for %(width)s x %(height)s %(unit)s.", **f
            ),
            'grid_empty': lambda f: self.env._(
                "%(width)s x %(height)s %(unit)s cannot be made.", **f
            ),
            'presets_only': lambda f: self.env._("Choose one of the sizes offered."),
        }

    @api.model
    def _ecrm_explain_text(self, error, unit):
        example = self.env._("Write for example 40x50, 40/50*3 or 1m20 x 80.")
        if error.code == 'empty':
            return self.env._("Type a size. %(example)s", example=example)
        if error.code == 'panels':
            return self.env._(
                "The number of panels goes from 1 to %(maximum)s.",
                maximum=error.values.get('maximum'),
            )
        if error.code == 'not_positive':
            return self.env._(
                "Width and height must be more than zero. %(example)s", example=example
            )
        if error.code == 'too_big':
            return self.env._(
                "This size is beyond what can be measured. %(example)s", example=example
            )
        if error.code in {'ambiguous', 'ambiguous_number'}:
            return self.env._("This size can be read in two ways. %(example)s", example=example)
        if error.code == 'missing_side':
            return self.env._("A size needs a width and a height. %(example)s", example=example)
        return self.env._("This size cannot be read. %(example)s", example=example)
