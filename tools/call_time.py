"""Read when somebody wants to be called, as people write it.

« demain matin », ``tomorrow at 3 pm``, ``entre 10h et 12h``, « غدا مساء », an ISO time: French,
English and Arabic. What is not understood is no wish: the call is made as soon as possible, and
the salesperson reads the text as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .phone import latin_digits
from .wilaya import fold

MOST_DAYS = 30
"""A day further off is a slip of the keyboard: the call is not put off until then."""
LATE = timedelta(minutes=15)
"""So long after an hour that was named without a day, the next day's hour is meant."""

MORNING, NOON, AFTERNOON, EVENING = (8, 12), (12, 14), (13, 17), (17, 21)
PARTS = (
    (AFTERNOON, ('apres midi', 'afternoon', 'aprem', 'بعد الظهر', 'بعد الزوال')),
    (EVENING, ('soir', 'soiree', 'evening', 'tonight', 'مساء', 'المساء', 'العشية')),
    (MORNING, ('matin', 'matinee', 'morning', 'صباح', 'صباحا', 'الصباح')),
    (NOON, ('midi', 'noon', 'lunch', 'الظهر', 'ظهرا')),
)
DAYS = (
    (2, ('apres demain', 'day after tomorrow', 'بعد غد', 'بعد غدا')),
    (1, ('demain', 'tomorrow', 'غدا', 'غد', 'غدوة', 'بكرة')),
    (0, ('aujourd hui', 'today', 'tonight', 'ce soir', 'ce matin', 'cet apres midi', 'اليوم')),
)
WEEKDAYS = (
    ('lundi', 'monday', 'الاثنين'),
    ('mardi', 'tuesday', 'الثلاثاء'),
    ('mercredi', 'wednesday', 'الاربعاء'),
    ('jeudi', 'thursday', 'الخميس'),
    ('vendredi', 'friday', 'الجمعة'),
    ('samedi', 'saturday', 'السبت'),
    ('dimanche', 'sunday', 'الاحد'),
)
MONTHS = (
    ('janvier', 'january', 'جانفي', 'يناير'), ('fevrier', 'february', 'فيفري', 'فبراير'),
    ('mars', 'march', 'مارس'), ('avril', 'april', 'افريل', 'ابريل'), ('mai', 'may', 'ماي', 'مايو'),
    ('juin', 'june', 'جوان', 'يونيو'), ('juillet', 'july', 'جويلية', 'يوليو'),
    ('aout', 'august', 'اوت', 'اغسطس'), ('septembre', 'september', 'سبتمبر'),
    ('octobre', 'october', 'اكتوبر'), ('novembre', 'november', 'نوفمبر'),
    ('decembre', 'december', 'ديسمبر'),
)  # fmt: skip

EXCEPT = frozenset(map(fold, ('pas', 'not', 'sauf', 'except', 'ليس', 'ماعدا')))
"""Who says when not to call is read by a person."""
_MONTH_OF = {fold(word): number for number, words in enumerate(MONTHS, 1) for word in words}
_ISO = re.compile(
    r'\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?'
)
_DATE = re.compile(r'\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?\b')
_DAY_OF_MONTH = re.compile(r'\b(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]{3,})')
_TO = r'\s*(?:-|–|a|à|to|et|and|و|الى|إلى)\s*'
_RANGE = re.compile(rf'(?<![:h\d])(\d{{1,2}}){_TO}(?=\d{{1,2}}\s*(?:h|:|am|pm))')
_BARE_RANGE = re.compile(
    rf'\b(?:de|entre|from|between|من|بين)\s+(\d{{1,2}}){_TO}(\d{{1,2}})\b(?!\s*[:h])'
)
_CLOCK = re.compile(
    r'(?:(?P<word>\bat|à|\bvers|\bapres|\baprès|\bafter|\bavant|\bbefore|\bfrom|\bالساعة|\bقبل|\bبعد|\bمن)\s+)?'
    r'\b(?P<hour>\d{1,2})\s*(?:(?P<sign>heures?|h|:)(?:\s?(?P<minute>[0-5]\d)\b)?)?\s*(?P<half>am|pm)?\b'
)
_UNTIL = ('avant', 'before', 'قبل')


@dataclass(frozen=True)
class Wish:
    """When to call, as naive local times: from ``start`` on, at best before ``end``.

    For an hour alone (« à 14h ») both are the same.
    """

    start: datetime
    end: datetime


def read_wish(text, now) -> Wish | None:
    """Return what ``text`` wishes, seen from ``now``.

    :param text: as it was typed; anything else than text is no wish.
    :param datetime now: when it was sent, aware, in the zone of who reads the clock.
    :return: a :class:`Wish`, or ``None`` for no wish, one that is not understood, one that is past.
    """
    if not isinstance(text, str):
        return None
    text = latin_digits(text[:200]).strip()
    if not EXCEPT.isdisjoint(fold(text).split()):
        return None
    zone, now = now.tzinfo, now.replace(tzinfo=None)
    exact = _read_iso(text, zone)
    wish = exact or _read_words(text, now)
    if not wish or _is_past(wish, now) or wish.start > now + timedelta(days=MOST_DAYS):
        return None
    return wish


def _is_past(wish, now) -> bool:
    return max(wish.end, wish.start + LATE) <= now


def _read_words(text, now) -> Wish | None:
    day, is_weekday, rest = _read_day(text, now)
    hours = _read_hours(rest)
    if not day and not hours:
        return None
    wish = _combine(day or now.date(), hours)
    step = timedelta(days=7 if is_weekday else 0 if day else 1)
    return Wish(wish.start + step, wish.end + step) if _is_past(wish, now) else wish


def _read_iso(text, zone) -> Wish | None:
    """Return the moment of an ISO text, or its day from midnight to midnight."""
    match = _ISO.search(text)
    if not match:
        return None
    written = match.group().replace('Z', '+00:00')
    try:
        moment = datetime.fromisoformat(re.sub(r'\.\d+', '', written))
    except ValueError:
        return None
    if moment.tzinfo:
        moment = moment.astimezone(zone).replace(tzinfo=None)
    if len(written) == 10:
        hours = _read_hours(text.replace(match.group(), ' '))
        return _combine(moment.date(), hours)
    return Wish(moment, moment)


def _read_day(text, now) -> tuple[date | None, bool, str]:
    """Return the day a text names, whether it comes every week, and the text without its numbers."""
    for match in (*_DATE.finditer(text), *_DAY_OF_MONTH.finditer(text)):
        day = _make_date(match, now.date())
        if day:
            return day, False, text.replace(match.group(), ' ')
    folded = f' {fold(text)} '
    for ahead, words in DAYS:
        if any(f' {fold(word)} ' in folded for word in words):
            return now.date() + timedelta(days=ahead), False, text
    for number, words in enumerate(WEEKDAYS):
        if any(f' {fold(word)} ' in folded for word in words):
            return now.date() + timedelta(days=(number - now.weekday()) % 7), True, text
    return None, False, text


def _make_date(match, today) -> date | None:
    """Return the date of day, month and perhaps year; without a year the next one."""
    day, month, year = (*match.groups(), None)[:3]
    month = _MONTH_OF.get(fold(month), month)
    if not str(month).isdecimal():
        return None
    years = (2000 + int(year) % 100,) if year else (today.year, today.year + 1)
    for candidate in years:
        try:
            found = date(candidate, int(month), int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _read_hours(text) -> tuple[time, time] | None:
    """Return from when to when; twice the same for an hour alone."""
    folded = f' {fold(text)} '
    part = next(
        (hours for hours, words in PARTS if any(f' {fold(word)} ' in folded for word in words)),
        None,
    )
    spelled = unicodedata.normalize('NFC', text.casefold())
    spelled = _BARE_RANGE.sub(r'\1h, \2h', _RANGE.sub(r'\1h, ', spelled))
    if not part and re.search(r'\d\s*pm\b', spelled) and not re.search(r'\d\s*am\b', spelled):
        part = AFTERNOON
    clocks = [clock for match in _CLOCK.finditer(spelled) if (clock := _make_time(match, part))]
    if not clocks:
        return tuple(map(time, part)) if part else None
    word, first = clocks[0]
    if len(clocks) > 1 and clocks[1][1] > first:
        return first, clocks[1][1]
    return (time(), first) if word in _UNTIL else (first, first)


def _make_time(match, part) -> tuple[str, time] | None:
    """Return the word before an hour and the hour; ``None`` for a number that is no hour."""
    word, hour = match.group('word') or '', int(match.group('hour'))
    half = match.group('half')
    if not (word or match.group('sign') or half) or hour > 23:
        return None
    if hour < 12 and (half == 'pm' or (not half and part in (AFTERNOON, EVENING))):
        hour += 12
    return word, time(hour if half != 'am' or hour != 12 else 0, int(match.group('minute') or 0))


def _combine(day, hours) -> Wish:
    """Return the wish for a day, the whole of it without hours."""
    if not hours:
        midnight = datetime.combine(day, time())
        return Wish(midnight, midnight + timedelta(days=1))
    first, last = hours
    return Wish(datetime.combine(day, first), datetime.combine(day, last))
