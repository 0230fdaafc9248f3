from odoo.tests import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user


class EcrmCommon(TransactionCase):
    """A company with one user of each role, independent of any demo data.

    Attributes set: ``company``, ``user_sales``, ``user_marketing``, ``user_manager``, ``user_workshop``,
    ``user_agent``, ``user_portal``, ``user_internal``, ``partner`` (the portal user's customer) and ``website``,
    Odoo's own, which browsers reach.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context=dict(cls.env.context, tracking_disable=True, no_reset_password=True)
        )
        cls.company = cls.env.ref('base.main_company')
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))
        cls.website = cls._serve_website(cls.env.ref('website.default_website'))
        cls.user_internal = cls._new_user('ecrm_internal', 'base.group_user')
        cls.user_sales = cls._new_user('ecrm_sales', 'sales_team.group_sale_salesman')
        cls.user_marketing = cls._new_user('ecrm_marketing', 'ecrm.group_marketing')
        cls.user_manager = cls._new_user(
            'ecrm_manager', 'sales_team.group_sale_manager,ecrm.group_complaint_manager'
        )
        cls.user_workshop = cls._new_user('ecrm_workshop', 'ecrm.group_workshop')
        cls.user_agent = cls._new_user('ecrm_agent', 'ecrm.group_complaint_agent')
        cls.user_portal = cls._new_user('ecrm_portal', 'base.group_portal')
        cls.partner = cls.user_portal.partner_id

    @classmethod
    def _serve_website(cls, website):
        """Let ``website`` be the one that browsers and requests of the tests reach, in English by default.

        A database with the demo shop answers at the same address in French otherwise.
        """
        cls.env['res.lang']._activate_lang('en_US')
        english = cls.env.ref('base.lang_en')
        website.write(
            {'language_ids': [(4, english.id)], 'default_lang_id': english.id, 'sequence': -100}
        )
        cls.env.registry.clear_cache()
        return website

    @classmethod
    def _new_user(cls, login, groups):
        return mail_new_test_user(
            cls.env,
            login=login,
            password=login,
            name=login.replace('_', ' ').title(),
            email=f'{login}@example.com',
            groups=groups,
            company_id=cls.company.id,
        )
