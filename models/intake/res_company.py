from odoo import api, models
from odoo.exceptions import ValidationError

MOST_DAYS = 3650
DAYS = ('ecrm_intake_review_days', 'ecrm_intake_attempt_days', 'ecrm_intake_visit_days')


class ResCompany(models.Model):
    _inherit = 'res.company'

    @api.constrains(*DAYS)
    def _check_ecrm_intake_days(self):
        for company in self:
            for name in DAYS:
                if not 0 <= company[name] <= MOST_DAYS:
                    raise ValidationError(
                        self.env._(
                            "“%(setting)s” takes a number from %(least)s to %(most)s, not %(value)s.",
                            setting=self._fields[name]._description_string(self.env),
                            least=0,
                            most=MOST_DAYS,
                            value=company[name],
                        )
                    )
