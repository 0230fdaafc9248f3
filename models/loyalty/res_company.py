import re
from itertools import pairwise

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get
from odoo.addons.ecrm.tools import rfm


class ResCompany(models.Model):
    _inherit = 'res.company'

    ecrm_loyalty_tz = fields.Selection(
        _tz_get,
        string="Time Zone of Sales",
        default=lambda self: self.env.user.tz or 'UTC',
        help="An order's day, and therefore its month and cohort, is taken in this time zone.",
    )
    ecrm_frequency_rule = fields.Selection(
        [('absolute', "By number of orders"), ('quintile', "By quintiles of the customers")],
        default='absolute',
        required=True,
    )
    ecrm_frequency_bounds = fields.Char(
        "Frequency Thresholds",
        default=', '.join(map(str, rfm.FREQUENCY_THRESHOLDS)),
        help="Orders from which the frequency score is 2, 3, 4 and 5.",
    )

    # === CONSTRAINT METHODS === #

    @api.constrains('ecrm_frequency_bounds')
    def _check_ecrm_frequency_bounds(self):
        for company in self:
            bounds = company._ecrm_frequency_bounds()
            if len(bounds) != 4 or any(low >= high for low, high in pairwise(bounds)):
                raise ValidationError(
                    self.env._(
                        "Frequency thresholds are four growing numbers of orders such as 2, 3, 4, 6; "
                        "“%(text)s” is not.",
                        text=company.ecrm_frequency_bounds or '',
                    )
                )

    # === BUSINESS METHODS === #

    def _ecrm_today(self):
        """Today's date in the company's time zone of sales."""
        self.ensure_one()
        now = pytz.utc.localize(fields.Datetime.now())
        return now.astimezone(pytz.timezone(self.ecrm_loyalty_tz or 'UTC')).date()

    def _ecrm_frequency_bounds(self):
        """The four absolute bounds of the frequency score, as floats."""
        self.ensure_one()
        return tuple(map(float, re.findall(r'\d+', self.ecrm_frequency_bounds or '')))
