from odoo.tests import BaseCase, tagged

from ...tools import mail_text


@tagged('post_install', '-at_install')
class TestMailText(BaseCase):
    def test_quoted_history_is_cut_in_three_languages(self):
        for mark in (
            "On Mon, Mar 2, 2026 at 2:00 PM Shop <a@example.com> wrote:",
            "Le lun. 2 mars 2026 à 14:00, Boutique <a@example.com> a écrit :",
            "Le lun. 2 mars 2026 à 14:00, Boutique <a@example.com>\na écrit :",
            "في الاثنين، 2 مارس 2026 في 2:00 م كتب متجر <a@example.com>:",
            "-----Original Message-----",
            "-----Message d'origine-----",
            "De : Boutique <a@example.com>\nEnvoyé : lundi 2 mars\nObjet : x",
            "From: Shop <a@example.com>\nSent: Monday\nSubject: x",
        ):
            text = f"My own words\nin two lines\n\n{mark}\n\n> old\nold"
            self.assertEqual(mail_text.own_words(text), "My own words\nin two lines", mark)

    def test_words_that_look_like_marks_are_kept(self):
        for text in (
            "De : c'est tout ce que j'ai à dire",
            "On Monday I wrote: nothing happened. And now?",
            "Le livreur a écrit : absent",
            "> only a quotation",
        ):
            self.assertEqual(mail_text.own_words(text), text)

    def test_nothing_is_nothing(self):
        for text in ('', None, '   '):
            self.assertEqual(mail_text.own_words(text), '')
            self.assertIsNone(mail_text.forwarded(text))
            self.assertEqual(mail_text.language(text), '')
            self.assertEqual(mail_text.references_in(text), [])

    def test_forward_gives_who_wrote_and_what(self):
        text = (
            "FYI\n\n---------- Forwarded message ---------\n{}: Amine B <Amine@Example.com>\n"
            "Date: Tue\nSubject: T\nTo: <shop@example.com>\n\n\nIt is broken.\n\nAmine"
        )
        for word in ("From", "De ", "من"):
            found = mail_text.forwarded(text.format(word))
            self.assertEqual(found.email, 'amine@example.com', word)
            self.assertEqual(found.sender, "Amine B <Amine@Example.com>")
            self.assertEqual(found.text, "It is broken.\n\nAmine")

    def test_subjects_of_forwards_are_known(self):
        for subject in ("Fwd: x", "FW: x", "Tr : x", "TR: x", "Fwd : x", "إعادة توجيه: x"):
            self.assertTrue(mail_text.is_forward(subject), subject)
        for subject in ("Re: x", "Travaux : x", "", None):
            self.assertFalse(mail_text.is_forward(subject), subject)

    def test_language_is_told_by_letters_and_small_words(self):
        for text, code in (
            ("اللوحة مكسورة، order S00042", 'ar'),
            ("Le cadre est cassé", 'fr'),
            ("The frame is broken", 'en'),
            ("S00042", ''),
            ("Canvas", ''),
        ):
            self.assertEqual(mail_text.language(text), code, text)

    def test_numbers_are_found_and_other_figures_are_not(self):
        self.assertEqual(
            mail_text.references_in("Re: [rec/2026/00042] REC/2026/00042, XREC/2026/1"),
            ['REC/2026/00042'],
        )
        text = "commande s00042, le 02/03/2026, tel 0550123456, CMD-2026-7, A4"
        self.assertEqual(mail_text.order_names_in(text), ['S00042', 'CMD-2026-7'])
        self.assertEqual(len(mail_text.order_names_in(' '.join(f'S{n:05}' for n in range(50)))), 10)
