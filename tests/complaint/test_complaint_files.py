from odoo.tests import tagged

from ...tools import media
from .. import common_files as files
from .common_complaint import photo
from .common_form import ComplaintFormCommon


@tagged('post_install', '-at_install')
class TestComplaintFiles(ComplaintFormCommon):
    """What files the customer's desk takes, and how they come back."""

    def test_thirty_megabytes_are_refused_and_nothing_typed_is_lost(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        film = files.film(bytes(30 * media.MEBIBYTE))
        for url, form in self._forms():
            answer = self._post(url, form, [('long.mp4', film)])
            self.assertEqual(answer.status_code, 200, url)
            self.assertIn("long.mp4” is too large: a file may have 8 MB at most", answer.text, url)
            self.assertIn(form['text'], answer.text, url)
        self.assertEqual(self._state(), before)

    def test_a_file_is_read_no_further_than_its_bound(self):
        class Endless:
            taken = 0

            def _take(self, size):
                Endless.taken += size
                return bytes(size)

            read = _take

        errors = {}
        self.env['ecrm.complaint']._accept_files([('a.mp4', Endless())], errors)
        self.assertIn('8 MB', errors['files'])
        self.assertEqual(Endless.taken, 8 * media.MEBIBYTE + 1)

    def test_files_that_are_not_what_they_say_are_refused_by_each_form(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        before = self._state()
        refused = (
            ('drawing.svg', files.SVG, "cannot be sent"),
            ('drawing.jpg', files.SVG, "cannot be sent"),
            ('photo.jpg', files.PROGRAM, "cannot be sent"),
            ('page.png', b'<html><script>alert(1)</script></html>', "cannot be sent"),
            ('run.sh', b'#!/bin/sh\nrm -r /', "cannot be sent"),
            ('half.jpg', photo()[:80], "cannot be read"),
            ('empty.jpg', b'', "cannot be read"),
            ('ride.mp4', files.film_with_journey(), "the places you went to"),
        )
        for url, form in self._forms():
            for name, content, message in refused:
                answer = self._post(url, form, [('good.jpg', photo()), (name, content)])
                self.assertEqual(answer.status_code, 200, (url, name))
                self.assertIn(message, answer.text, (url, name))
                self.assertIn(form['text'], answer.text, (url, name))
        self.assertEqual(self._state(), before)

    def test_place_is_gone_from_every_file_that_is_taken(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        heic, latitude = files.heic()
        taken = (
            ('a.jpg', files.photo_with_place()),
            ('a.png', files.photo_with_place('PNG')),
            ('a.webp', files.photo_with_place('WEBP')),
            ('a.heic', heic),
            ('a.mp4', files.film_with_places()),
        )
        self.assertEqual(self._post('/my/complaints/{id}/reply', {}, taken).status_code, 303)
        message = self.complaint._customer_messages().sorted('id')[-1]
        self.assertEqual(len(message.attachment_ids), len(taken))
        for attachment in message.attachment_ids:
            answer = self.url_open(f'/my/complaints/{self.complaint.id}/file/{attachment.id}')
            self.assertEqual(answer.status_code, 200)
            for place in (*files.PLACE, latitude, b'+3645.22'):
                self.assertNotIn(place, answer.content, attachment.name)

    def test_file_of_two_kinds_comes_back_as_a_picture_only(self):
        self.authenticate('ecrm_portal', 'ecrm_portal')
        pages = (
            ('a.jpg', files.polyglot()),
            ('b.pdf', b'%PDF-1.4\n<html><script>alert(1)</script></html>\n%%EOF'),
        )
        self._post('/my/complaints/{id}/reply', {}, pages)
        message = self.complaint._customer_messages().sorted('id')[-1]
        for attachment in message.attachment_ids:
            answer = self.url_open(f'/my/complaints/{self.complaint.id}/file/{attachment.id}')
            self.assertEqual(answer.headers['X-Content-Type-Options'], 'nosniff')
            if attachment.name == 'a.jpg':
                self.assertEqual(answer.headers['Content-Type'], 'image/jpeg')
                for part in (b'<script>', b'PK\x03\x04'):
                    self.assertNotIn(part, answer.content)
            else:
                self.assertEqual(answer.headers['Content-Type'], 'application/pdf')
                self.assertIn('attachment', answer.headers['Content-Disposition'])
