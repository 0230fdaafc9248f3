"""Files that a customer sends: what they are by their own bytes, and without the place they show.

The name and the announced type are never believed. Pictures are decoded and written anew, so
nothing hidden behind the pixels survives; formats that Pillow cannot write (HEIC, MP4) keep their
bytes with the coordinates blanked in place.
"""

import contextlib
import io
import re
import struct
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MEBIBYTE = 1024 * 1024
MAX_PIXELS = 80_000_000
MAX_SIDE = 2560

TYPES = {
    'jpg': 'image/jpeg',
    'png': 'image/png',
    'webp': 'image/webp',
    'heic': 'image/heic',
    'pdf': 'application/pdf',
    'mp4': 'video/mp4',
}
_HEIF_BRANDS = (b'heic', b'heix', b'heim', b'heis', b'hevc', b'hevx', b'mif1', b'msf1')
_MP4_BRANDS = (b'isom', b'iso2', b'iso4', b'iso5', b'iso6', b'mp41', b'mp42', b'avc1', b'M4V ',
               b'MSNV', b'3gp4', b'3gp5', b'3gp6', b'qt  ')  # fmt: skip
_PIL_FORMATS = {'jpg': 'JPEG', 'png': 'PNG', 'webp': 'WEBP'}
_ISO6709 = re.compile(rb'[+-]\d{2}(?:\.\d+)?[+-]\d{3}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?/')
_GPS_TAG = 0x8825
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


class MediaError(ValueError):
    """A file is refused: ``empty``, ``too_large``, ``too_many``, ``not_allowed`` or ``broken``."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Media:
    """A file fit to keep.

    :param name: cleaned name with the extension of what the file is
    :param data: bytes without the place they were taken at
    """

    name: str
    mimetype: str
    data: bytes


def sniff(data):
    """Name the kind of a file by its first bytes: a key of TYPES, or None."""
    if data[:3] == b'\xff\xd8\xff':
        return 'jpg'
    if data[:8] == b'\x89PNG\r\n\x1a\n':
        return 'png'
    if data[:4] == b'RIFF' and data[8:12] == b'WEBP':
        return 'webp'
    if data[:5] == b'%PDF-':
        return 'pdf'
    if data[4:8] == b'ftyp':
        if data[8:12] in _HEIF_BRANDS:
            return 'heic'
        if data[8:12] in _MP4_BRANDS:
            return 'mp4'
    return None


def accept(name, data, limit=8 * MEBIBYTE):
    """Take a file from outside or refuse it.

    :param name: name as sent
    :param data: bytes
    :param limit: greatest size in bytes
    :return: Media
    :raises MediaError: see the class
    """
    if not data:
        raise MediaError('empty', name=name)
    if len(data) > limit:
        raise MediaError('too_large', name=name, limit=limit // MEBIBYTE)
    kind = sniff(data)
    if kind is None:
        raise MediaError('not_allowed', name=name, allowed=', '.join(TYPES))
    if kind in _PIL_FORMATS:
        data = _redraw(name, data, kind)
    elif kind == 'heic':
        data = blank_gps(data)
    elif kind == 'mp4':
        data = _ISO6709.sub(lambda match: re.sub(rb'\d', b'0', match[0]), data)
    return Media(clean_name(name, kind), TYPES[kind], data)


def clean_name(name, kind):
    """Keep a readable name without folders or control characters, with the true extension."""
    base = re.split(r'[\\/]', name or '')[-1]
    stem = re.sub(r'[\x00-\x1f\x7f"<>|*?:]', '', base.rsplit('.', 1)[0]).strip(' .')
    return f'{stem[:80] or "file"}.{kind}'


def _redraw(name, data, kind):
    """Decode a picture and write it upright, without metadata, at a size fit for a screen."""
    try:
        with Image.open(io.BytesIO(data), formats=[_PIL_FORMATS[kind]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise MediaError('too_large', name=name, limit=MAX_PIXELS // 1_000_000)
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            if kind == 'jpg' and upright.mode not in ('RGB', 'L'):
                upright = upright.convert('RGB')
            target = io.BytesIO()
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == 'P':
                clean.putpalette(upright.getpalette())
            clean.paste(upright)
            clean.save(target, _PIL_FORMATS[kind], quality=88)
            return target.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise MediaError('broken', name=name) from error


def blank_gps(data):
    """Zero the coordinates of every Exif block inside, keeping the length of the file."""
    result = bytearray(data)
    for match in re.finditer(rb'Exif\x00\x00(?=II\*\x00|MM\x00\*)', data):
        with contextlib.suppress(struct.error):  # a directory that points outside the file
            _blank_block(result, match.end())
    return bytes(result)


def _blank_block(data, base):
    order = '<' if data[base : base + 2] == b'II' else '>'

    def entries(offset):
        (count,) = struct.unpack_from(f'{order}H', data, base + offset)
        for index in range(min(count, 512)):
            place = base + offset + 2 + index * 12
            yield place, *struct.unpack_from(f'{order}HHII', data, place)

    (first,) = struct.unpack_from(f'{order}I', data, base + 4)
    for place, tag, _kind, _count, value in list(entries(first)):
        if tag != _GPS_TAG:
            continue
        for inner, _tag, kind, count, where in list(entries(value)):
            size = _TIFF_SIZES.get(kind, 1) * count
            if size > 4:
                end = min(base + where + size, len(data))
                data[base + where : end] = bytes(max(end - base - where, 0))
            data[inner : inner + 12] = bytes(12)
        data[place + 8 : place + 12] = bytes(4)
