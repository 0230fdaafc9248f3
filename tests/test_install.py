from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install')
class TestInstall(TransactionCase):
    def test_every_role_is_offered_on_the_user_form(self):
        category = self.env.ref('ecrm.module_category_ecrm')
        privileges = self.env['res.groups.privilege'].search([('category_id', '=', category.id)])
        self.assertEqual(privileges.mapped('name'), ['e-CRM', 'Workshop', 'Complaints'])

    def test_a_salesperson_is_a_user_of_the_ecrm(self):
        self.assertIn(
            self.env.ref('ecrm.group_user'),
            self.env.ref('sales_team.group_sale_salesman').all_implied_ids,
        )
