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
from email import encoders

# Odoo keeps Pillow from loading its readers by itself: the one of WebP is named here
from PIL import Image, ImageOps, UnidentifiedImageError, WebPImagePlugin

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
_PIL_FORMATS = {'jpg': 'JPEG', 'png': 'PNG', 'webp': WebPImagePlugin.WebPImageFile.format}
_ISO6709 = re.compile(
    rb'[+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?(?:CRS[\w_]+)?/'
)
_XMP = re.compile(rb'<x:xmpmeta\b.*?</x:xmpmeta>|<rdf:RDF\b.*?</rdf:RDF>', re.DOTALL)
_TIFF = re.compile(rb'II\*\x00|MM\x00\*')
# Sample entries of the tracks in which action cameras and Google's keep where they were
_TELEMETRY = tuple(name + bytes(7) + b'\x01' for name in (b'gpmd', b'camm'))
_PROGRAM_STARTS = (
    b'MZ',
    b'\x7fELF',
    b'#!',
    b'\xca\xfe\xba\xbe',
    b'\xcf\xfa\xed\xfe',
    b'\xce\xfa\xed\xfe',
)
_PROGRAMS = (
    'exe com scr bat cmd pif msi msp cpl jar js jse vbs vbe wsf wsh hta ps1 lnk reg dll apk sh'
)
_PROGRAM_SUFFIXES = frozenset(_PROGRAMS.split())
_GPS_TAG = 0x8825
_TIFF_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


class MediaError(ValueError):
    """A file is refused: ``empty``, ``too_large``, ``too_many``, ``not_allowed``, ``located``, ``broken``."""

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
    elif kind in ('heic', 'mp4'):
        data = blank_place(name, data)
    return Media(clean_name(name, kind), TYPES[kind], data)


def keep(name, data):
    """Take a file of a mail, whatever it is, without the place and unless it runs.

    :return: bytes; a picture that cannot be decoded keeps its own with the coordinates blanked
    :raises MediaError: ``not_allowed`` for a program, ``located`` for a film with a journey in it
    """
    suffix = (name or '').rsplit('.', 1)[-1].strip().lower()
    if data.startswith(_PROGRAM_STARTS) or suffix in _PROGRAM_SUFFIXES:
        raise MediaError('not_allowed', name=name, allowed=', '.join(TYPES))
    if sniff(data) in (None, 'pdf'):
        return data
    try:
        return accept(name, data, limit=len(data)).data
    except MediaError:
        return blank_place(name, data)


def scrub_mail(mail):
    """Take the place out of the pictures of a mail that is kept as a file, and leave programs out.

    :param mail: email.message.EmailMessage, changed in place
    :return: the same
    """
    for part in mail.walk():
        if part.is_multipart() or part.get_content_maintype() == 'text':
            continue
        data = part.get_payload(decode=True) or b''
        try:
            clean = keep(part.get_filename(), data)
        except MediaError:
            clean = b''
        if clean != data:
            del part['Content-Transfer-Encoding']
            part.set_payload(clean)
            encoders.encode_base64(part)
    return mail


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


def blank_place(name, data):
    """Blank in place what tells where a picture or a film was taken, keeping the length of the file.

    Coordinates of every Exif block, whole XMP packets, the ISO 6709 texts and the ``loci`` boxes of
    films. Telemetry tracks of action cameras are not read: films that hold one are refused.

    :raises MediaError: ``located``
    """
    if any(track in data for track in _TELEMETRY):
        raise MediaError('located', name=name)
    data = _XMP.sub(lambda match: b' ' * len(match[0]), data)
    data = _ISO6709.sub(lambda match: re.sub(rb'\d', b'0', match[0]), data)
    result = bytearray(data)
    for match in _TIFF.finditer(data):
        with contextlib.suppress(struct.error):  # a directory that points outside the file
            _blank_block(result, match.start())
    for match in re.finditer(rb'loci\x00\x00\x00\x00', data):
        (size,) = struct.unpack_from('>I', data, max(match.start() - 4, 0))
        if 8 < size < 1024:
            end = min(match.start() - 4 + size, len(data))
            result[match.end() : end] = bytes(max(end - match.end(), 0))
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
