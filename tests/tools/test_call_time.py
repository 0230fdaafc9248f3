from datetime import datetime, timedelta, timezone

from odoo.tests import BaseCase, tagged

from ...tools.call_time import MOST_DAYS, read_wish

# A Thursday, ten o'clock in Algiers
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=timezone(timedelta(hours=1)))


@tagged('post_install', '-at_install')
class TestCallTime(BaseCase):
    def _read(self, text, now=NOW):
        wish = read_wish(text, now)
        return wish and tuple(moment.strftime('%d/%m %H:%M') for moment in (wish.start, wish.end))

    def _check(self, *rows):
        for text, start, end in rows:
            with self.subTest(text=text):
                self.assertEqual(self._read(text), (start, end))

    def test_parts_of_the_day_in_three_languages(self):
        for words, start, end in (
            (("In the morning", "le matin", "صباحًا", "Dans la MATINÉE"), '08:00', '12:00'),
            (("midi", "at noon", "الظهر"), '12:00', '14:00'),
            (("In the afternoon", "L'après-midi", "l’aprem", "بعد الظهر"), '13:00', '17:00'),
            (("In the evening", "ce soir", "مساء", "en soirée"), '17:00', '21:00'),
        ):
            self._check(*((text, f'05/03 {start}', f'05/03 {end}') for text in words))

    def test_days_in_three_languages(self):
        for words, day, after in (
            (("today", "aujourd'hui", "اليوم"), '05/03', '06/03'),
            (("tomorrow", "demain", "غدًا"), '06/03', '07/03'),
            (("après-demain", "the day after tomorrow", "بعد غد"), '07/03', '08/03'),
            (("dimanche", "on Sunday", "يوم الأحد"), '08/03', '09/03'),
            (("9/3", "09/03/2026", "09-03-26", "2026-03-09", "9 mars", "9 مارس", "the 9th of March"), '09/03', '10/03'),
        ):  # fmt: skip
            self._check(*((text, f'{day} 00:00', f'{after} 00:00') for text in words))

    def test_hours_as_people_write_them(self):
        for text in ("à 14h30", "14:30", "14 h 30", "١٤:٣٠", "2h30 de l'après-midi", "at 2:30 pm",
                     "الساعة 14:30"):  # fmt: skip
            self._check((text, '05/03 14:30', '05/03 14:30'))
        self._check(
            ("demain à 9h", '06/03 09:00', '06/03 09:00'),
            ("lundi 9h", '09/03 09:00', '09/03 09:00'),
            ("غدا الساعة ٣ مساء", '06/03 15:00', '06/03 15:00'),
            ("1er avril 16h", '01/04 16:00', '01/04 16:00'),
            ("2026-03-09T14:30", '09/03 14:30', '09/03 14:30'),
            ("2026-03-09 à 11h", '09/03 11:00', '09/03 11:00'),
            ("12 am", '06/03 00:00', '06/03 00:00'),
        )

    def test_from_and_until(self):
        self._check(
            ("entre 10h et 12h", '05/03 10:00', '05/03 12:00'),
            ("de 10 à 12 demain", '06/03 10:00', '06/03 12:00'),
            ("14h30-16h", '05/03 14:30', '05/03 16:00'),
            ("from 10 to 12:30", '05/03 10:00', '05/03 12:30'),
            ("between 2 and 4 pm", '05/03 14:00', '05/03 16:00'),
            ("من 10 إلى 12", '05/03 10:00', '05/03 12:00'),
            ("avant 12h", '05/03 00:00', '05/03 12:00'),
            ("après 17h", '05/03 17:00', '05/03 17:00'),
        )

    def test_an_hour_that_is_past_comes_round_again(self):
        self._check(
            ("à 8h", '06/03 08:00', '06/03 08:00'),
            ("9h50", '05/03 09:50', '05/03 09:50'),
            ("jeudi 9h", '12/03 09:00', '12/03 09:00'),
        )
        self.assertEqual(
            self._read("le matin", NOW.replace(hour=15)), ('06/03 08:00', '06/03 12:00')
        )

    def test_a_time_of_another_zone_is_read_in_the_shops(self):
        self._check(
            ("2026-03-09T14:30:00Z", '09/03 15:30', '09/03 15:30'),
            ("2026-03-09T14:30:00.250+03:00", '09/03 12:30', '09/03 12:30'),
        )

    def test_what_is_no_wish_is_none(self):
        for text in (
            "As soon as possible", "Dès que possible", "في أقرب وقت", "n'importe quand", "", "   ", None, 5, ["14h"],
            "0551234567", "40/50", "50x50", "10", "24h", "2026-13-45", "31/02", "x" * 5000, "5 canvases",
        ):  # fmt: skip
            with self.subTest(text=text):
                self.assertIsNone(self._read(text))

    def test_when_not_to_call_is_left_to_a_person(self):
        for text in ("pas avant 17h", "not in the morning", "sauf le matin", "ليس صباحا"):
            self.assertIsNone(self._read(text), text)

    def test_the_past_and_the_far_future_do_not_hold_up_a_call(self):
        for text in (
            "2026-03-04",
            "aujourd'hui à 8h",
            "2026-03-05T08:00",
            "01/01/2020",
            "2099-01-01",
        ):
            self.assertIsNone(self._read(text), text)
        edge = NOW.replace(tzinfo=None) + timedelta(days=MOST_DAYS)
        self.assertTrue(self._read(edge.isoformat()))
        self.assertFalse(self._read((edge + timedelta(minutes=1)).isoformat()))
