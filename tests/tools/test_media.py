import io
import struct

from PIL import Image, PngImagePlugin

from odoo.tests import BaseCase, tagged

from ...tools import media
from .. import common_files as files


def picture(kind='JPEG', size=(60, 40), **options):
    target = io.BytesIO()
    Image.new('RGB', size, (200, 30, 30)).save(target, kind, **options)
    return target.getvalue()


def heic_with_gps():
    """Box of a HEIC file, then an Exif block whose GPS directory holds a latitude."""
    rational = struct.pack('<6I', 36, 1, 45, 1, 123456, 1000)
    ifd0 = struct.pack('<HHHIII', 1, 0x8825, 4, 1, 26, 0)
    gps = struct.pack('<HHHIII', 1, 2, 5, 3, 44, 0)
    tiff = b'II*\x00' + struct.pack('<I', 8) + ifd0 + gps + rational
    return b'\x00\x00\x00\x18ftypheic' + bytes(12) + b'Exif\x00\x00' + tiff, rational


@tagged('post_install', '-at_install')
class TestMedia(BaseCase):
    def assertRefused(self, code, name, data, **options):
        with self.assertRaises(media.MediaError) as caught:
            media.accept(name, data, **options)
        self.assertEqual(caught.exception.code, code)

    def test_photo_loses_its_place_and_stands_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # turned by a quarter
        exif.get_ifd(0x8825)[2] = (36.0, 45.0, 12.0)
        kept = media.accept('IMG_1.JPG', picture(exif=exif))
        with Image.open(io.BytesIO(kept.data)) as image:
            self.assertEqual(image.size, (40, 60))
            self.assertFalse(image.getexif())
        self.assertEqual((kept.name, kept.mimetype), ('IMG_1.jpg', 'image/jpeg'))

    def test_png_text_is_dropped(self):
        notes = PngImagePlugin.PngInfo()
        notes.add_text('Comment', 'taken at home')
        data = picture('PNG', pnginfo=notes)
        self.assertIn(b'taken at home', data)
        self.assertNotIn(b'taken at home', media.accept('a.png', data).data)

    def test_large_photo_is_brought_to_screen_size(self):
        kept = media.accept('a.jpg', picture(size=(4000, 1000)))
        with Image.open(io.BytesIO(kept.data)) as image:
            self.assertEqual(image.size, (2560, 640))

    def test_heic_keeps_its_length_and_loses_its_place(self):
        data, rational = heic_with_gps()
        kept = media.accept('IMG_2.heic', data)
        self.assertEqual(len(kept.data), len(data))
        self.assertNotIn(rational, kept.data)
        self.assertEqual(kept.mimetype, 'image/heic')

    def test_video_loses_its_place(self):
        data = b'\x00\x00\x00\x18ftypmp42' + bytes(8) + b'\xa9xyz+36.7538+003.0588/' + bytes(8)
        kept = media.accept('v.mp4', data)
        self.assertIn(b'+00.0000+000.0000/', kept.data)
        self.assertEqual(len(kept.data), len(data))

    def test_heic_loses_its_place_with_any_start_of_exif_and_in_xmp(self):
        for prefix in (b'Exif\x00\x00', b'\x00\x00\x00\x00', b''):
            for order in '<>':
                data, latitude = files.heic(prefix, order)
                kept = media.accept('a.heic', data).data
                self.assertEqual(len(kept), len(data))
                for place in (latitude, *files.PLACE):
                    self.assertNotIn(place, kept, (prefix, order))

    def test_film_loses_each_of_the_places_that_telephones_write(self):
        data = files.film_with_places()
        kept = media.accept('a.mp4', data).data
        self.assertEqual(len(kept), len(data))
        for place in (
            b'+36.7538+003.0588',
            b'36,45.123N',
            b'+3645.22',
            struct.pack('>i', 36 << 16),
        ):
            self.assertIn(place, data)
            self.assertNotIn(place, kept, place)

    def test_film_with_a_journey_in_it_is_refused(self):
        self.assertRefused('located', 'ride.mp4', files.film_with_journey())

    def test_mail_keeps_what_it_brings_but_programs(self):
        text = b'a plain list'
        self.assertEqual(media.keep('list.txt', text), text)
        broken = b'\xff\xd8\xff\xe1' + b'Exif\x00\x00' + files.gps_block()[0]
        self.assertNotIn(files.gps_block()[1], media.keep('half.jpg', broken))
        for name, data in (
            ('a.jpg', files.PROGRAM),
            ('a.txt', b'\x7fELF' + bytes(9)),
            ('run', b'#!/bin/sh'),
            ('a.js', b'alert(1)'),
            ('invoice.pdf.EXE', b'x'),
        ):
            with self.assertRaises(media.MediaError, msg=name):
                media.keep(name, data)

    def test_executable_renamed_to_picture_is_refused(self):
        self.assertRefused('not_allowed', 'photo.jpg', b'MZ\x90\x00' + bytes(100))

    def test_drawing_with_a_script_is_refused(self):
        self.assertRefused('not_allowed', 'a.svg', b'<svg><script>alert(1)</script></svg>')

    def test_page_of_markup_is_refused(self):
        self.assertRefused('not_allowed', 'a.png', b'<html><body>hello</body></html>')

    def test_script_behind_a_picture_does_not_survive(self):
        kept = media.accept('a.jpg', picture() + b'<script>alert(1)</script>')
        self.assertNotIn(b'<script>', kept.data)

    def test_broken_picture_is_refused(self):
        self.assertRefused('broken', 'a.jpg', b'\xff\xd8\xff\xe0' + b'x' * 50)

    def test_empty_and_oversized_files_are_refused(self):
        self.assertRefused('empty', 'a.jpg', b'')
        self.assertRefused('too_large', 'a.jpg', picture(), limit=10)

    def test_name_keeps_no_folder_and_gets_the_true_extension(self):
        self.assertEqual(media.clean_name('../../etc/pass"wd.exe', 'jpg'), 'passwd.jpg')
        self.assertEqual(media.clean_name('صورة.png', 'png'), 'صورة.png')
        self.assertEqual(media.clean_name('', 'pdf'), 'file.pdf')
