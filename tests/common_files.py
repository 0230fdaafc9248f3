"""Files that somebody with bad intentions, or with a telephone that tells too much, may send."""

import io
import struct
import zipfile

from PIL import Image, PngImagePlugin

PLACE = (b'36.7538', b'+36.7538+003.0588', b'36,45.123N', b'taken at home')
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="36,45.123N" '
    b'note="36.7538"/><exif:GPSLatitude>36,45.123N</exif:GPSLatitude></x:xmpmeta>'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PROGRAM = b'MZ\x90\x00' + bytes(60) + b'This program cannot be run in DOS mode.'


def gps_block(order='<'):
    """A TIFF block whose GPS directory holds a latitude.

    :return: the block, and the bytes of the latitude
    """
    latitude = struct.pack(f'{order}6I', 36, 1, 45, 1, 123456, 1000)
    first = struct.pack(f'{order}HHHIII', 1, 0x8825, 4, 1, 26, 0)
    gps = struct.pack(f'{order}HHHIII', 1, 2, 5, 3, 44, 0)
    start = (b'II*\x00' if order == '<' else b'MM\x00*') + struct.pack(f'{order}I', 8)
    return start + first + gps + latitude, latitude


def box(kind, content):
    return struct.pack('>I', len(content) + 8) + kind + content


def heic(prefix=b'Exif\x00\x00', order='<', xmp=True):
    """The boxes of a HEIC file with the place in Exif and in XMP."""
    block, latitude = gps_block(order)
    inside = prefix + block + (XMP if xmp else b'')
    return box(b'ftyp', b'heic\x00\x00\x00\x00mif1heic') + box(b'mdat', inside), latitude


def film(*inside):
    """The boxes of an MP4 file."""
    content = b''.join(inside)
    return box(b'ftyp', b'mp42\x00\x00\x00\x00isommp42') + box(b'moov', box(b'udta', content))


def film_with_places():
    """A film that tells where it was taken in each of the ways that telephones use."""
    return film(
        box(b'\xa9xyz', b'\x00\x12\x15\xc7+36.7538+003.0588/'),
        box(b'loci', bytes(6) + b'home\x00\x00' + struct.pack('>3i', 3 << 16, 36 << 16, 0)),
        box(b'meta', b'com.apple.quicktime.location.ISO6709\x00+3645.22+00303.52+024.1CRSWGS_84/'),
        box(b'uuid', bytes(16) + XMP),
    )


def film_with_journey():
    """A film of an action camera: one of its tracks tells each second where it was."""
    return film(box(b'stsd', bytes(8) + box(b'gpmd', bytes(6) + b'\x00\x01' + bytes(4))))


def photo_with_place(kind='JPEG'):
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[2], place[4] = (36.0, 45.0, 12.3), (3.0, 3.0, 31.7)
    options = {}
    if kind == 'PNG':
        options['pnginfo'] = PngImagePlugin.PngInfo()
        options['pnginfo'].add_text('Comment', 'taken at home')
    else:
        options['xmp'] = XMP
    target = io.BytesIO()
    Image.new('RGB', (64, 48), (120, 60, 30)).save(target, kind, exif=exif, **options)
    return target.getvalue()


def polyglot():
    """A photo that is an archive and a page with a script as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, 'w') as file:
        file.writestr('run.js', 'alert(1)')
    return photo_with_place() + b'<html><script>alert(1)</script></html>' + archive.getvalue()
