from odoo.tests import BaseCase, tagged

from ...tools import transition as kinds


@tagged('post_install', '-at_install')
class TestTransition(BaseCase):
    def test_staff_resolves_before_closing(self):
        self.assertTrue(kinds.allowed('open', 'resolved'))
        self.assertTrue(kinds.allowed('resolved', 'closed'))
        self.assertFalse(kinds.allowed('open', 'closed'))

    def test_waiting_on_the_customer_may_be_closed(self):
        self.assertTrue(kinds.allowed('waiting_customer', 'closed'))

    def test_customer_may_not_resolve_or_mark_as_spam(self):
        for target in ('resolved', 'spam', 'new', 'waiting_internal'):
            self.assertFalse(kinds.allowed('open', target, 'customer'), target)

    def test_customer_reopens_what_is_done_but_not_what_is_dead(self):
        self.assertTrue(kinds.allowed('resolved', 'open', 'customer'))
        self.assertTrue(kinds.allowed('closed', 'open', 'customer'))
        self.assertFalse(kinds.allowed('spam', 'open', 'customer'))
        self.assertFalse(kinds.allowed('cancelled', 'open', 'customer'))

    def test_every_kind_has_a_row_and_points_to_known_kinds(self):
        self.assertEqual(set(kinds.STAFF), set(kinds.KINDS))
        for table in kinds.TABLES.values():
            for targets in table.values():
                self.assertLessEqual(set(targets), set(kinds.KINDS))

    def test_unknown_kind_or_actor_is_refused(self):
        self.assertFalse(kinds.allowed('open', 'deleted'))
        self.assertFalse(kinds.allowed('open', 'resolved', 'robot'))
        self.assertFalse(kinds.allowed('nowhere', 'open'))

    def test_any_kind_may_be_the_first(self):
        self.assertTrue(kinds.allowed(None, 'open'))
