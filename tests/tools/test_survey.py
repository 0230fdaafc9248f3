from odoo.tests import BaseCase, tagged

from odoo.addons.ecrm.tools import survey


@tagged('post_install', '-at_install')
class TestSurvey(BaseCase):
    def test_half_promoters_and_a_sixth_detractors(self):
        found = survey.nps_from_counts(3, 2, 1)
        self.assertAlmostEqual(found.value, 33.3, places=1)
        self.assertAlmostEqual(found.variance, 5 / 9)
        self.assertEqual(found, survey.nps([10, 9, 9, 8, 7, 6]))

    def test_the_interval_holds_the_score_and_narrows(self):
        few, many = survey.nps_from_counts(3, 2, 1), survey.nps_from_counts(300, 200, 100)
        for found in (few, many):
            self.assertTrue(found.low < found.value < found.high)
        self.assertGreater(few.high - few.low, 5 * (many.high - many.low))

    def test_unanimous_answers_still_have_an_interval(self):
        found = survey.nps([10] * 5)
        self.assertEqual(found.value, 100)
        self.assertLess(found.low, 80)
        self.assertLessEqual(found.high, 100)

    def test_a_score_on_few_answers_is_not_shown(self):
        self.assertFalse(survey.nps([10] * 29).is_shown)
        self.assertTrue(survey.nps([10] * 30).is_shown)

    def test_answers_off_the_scale_are_refused(self):
        for answer in (-1, 11):
            with self.assertRaises(ValueError):
                survey.nps([9, answer])

    def test_no_answer_no_score(self):
        self.assertIsNone(survey.nps([]))
        self.assertIsNone(survey.csat({}))

    def test_share_of_fours_and_fives(self):
        self.assertAlmostEqual(survey.csat({5: 10, 4: 20, 3: 10, 2: 5, 1: 5}), 0.6)
