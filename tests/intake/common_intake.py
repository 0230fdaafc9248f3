from contextlib import contextmanager
from unittest.mock import Mock, patch

from odoo.tools import mute_logger

from ..common import EcrmCommon


class IntakeCommon(EcrmCommon):
    """A source of each class, a known customer and a team of one, beside EcrmCommon."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.algeria = cls.env.ref('base.dz')
        cls.team = cls.env['crm.team'].create(
            {
                'name': "Intake Team",
                'company_id': cls.company.id,
                'user_id': cls.user_manager.id,
                'member_ids': [(6, 0, cls.user_sales.ids)],
            }
        )
        cls.browser = cls._new_source(kind='browser', allowed_origins='https://shop.example.com')
        cls.signed = cls._new_source(kind='signed')
        cls.customer = cls.env['res.partner'].create(
            {
                'name': "Amina Kaci",
                'phone': '0663 35 25 42',
                'email': 'amina@example.com',
                'country_id': cls.algeria.id,
            }
        )

    @classmethod
    def _new_source(cls, **values):
        return cls.env['ecrm.source'].create(
            {
                'name': "Intake Source",
                'company_id': cls.company.id,
                'team_id': cls.team.id,
                'country_id': cls.algeria.id,
                **values,
            }
        )

    def _accept(self, source=None, kind='contact', **payload):
        return self.env['ecrm.submission']._accept(source or self.browser, kind, payload)

    def _process(self, *submissions):
        for submission in submissions:
            submission._process_locked()
        return submissions[0]

    @contextmanager
    def _captcha(self, answer):
        """Have Google answer for a captcha: ``answer`` is its JSON, or the exception of a network that fails."""
        self.env['ir.config_parameter'].set_param('recaptcha_private_key', 'x')
        self.env['ir.config_parameter'].set_param('recaptcha_min_score', '0.5')
        post = Mock(side_effect=answer) if isinstance(answer, Exception) else Mock()
        post.return_value.json.return_value = answer
        with (
            patch('odoo.addons.google_recaptcha.models.ir_http.requests.post', post),
            mute_logger('odoo.addons.google_recaptcha.models.ir_http'),
        ):
            yield
