"""The 58 wilayas of Algeria and the ways customers write them.

Odoo ships no Algerian states. A text is matched by its folded form (no accents, case,
hyphens or Arabic spelling variants) against the official names in French and Arabic, common
other spellings, and a few communes that customers write in place of their wilaya.
"""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Wilaya:
    """``code`` is the two-digit official number, ``aliases`` further spellings."""

    code: str
    name: str
    arabic: str
    aliases: tuple[str, ...] = ()


_ROWS = """
01|Adrar|أدرار|
02|Chlef|الشلف|el asnam, ech cheliff
03|Laghouat|الأغواط|
04|Oum El Bouaghi|أم البواقي|oeb, ain beida, ain mlila
05|Batna|باتنة|barika
06|Béjaïa|بجاية|bgayet, bougie, bejaya, akbou
07|Biskra|بسكرة|
08|Béchar|بشار|
09|Blida|البليدة|boufarik, beni mered, ouled yaich
10|Bouira|البويرة|tubirett
11|Tamanrasset|تمنراست|tamanghasset, tam
12|Tébessa|تبسة|
13|Tlemcen|تلمسان|tilimsen, maghnia
14|Tiaret|تيارت|tahert
15|Tizi Ouzou|تيزي وزو|tizi, tizi wezzu
16|Alger|الجزائر|algiers, dzayer, el djazair, الجزائر العاصمة, baba hassen, baba hssen, bab ezzouar, bab el oued, hydra, kouba, birkhadem, bir mourad rais, dely brahim, cheraga, draria, el harrach, hussein dey, rouiba, zeralda, ain benian, ouled fayet, bordj el kiffan, dar el beida, reghaia, staoueli, el biar, ben aknoun
17|Djelfa|الجلفة|
18|Jijel|جيجل|
19|Sétif|سطيف|stif, el eulma
20|Saïda|سعيدة|
21|Skikda|سكيكدة|
22|Sidi Bel Abbès|سيدي بلعباس|sba, bel abbes
23|Annaba|عنابة|bone
24|Guelma|قالمة|
25|Constantine|قسنطينة|qacentina, ksantina, el khroub, ali mendjeli
26|Médéa|المدية|lemdia
27|Mostaganem|مستغانم|mosta
28|M'Sila|المسيلة|msila, bou saada
29|Mascara|معسكر|
30|Ouargla|ورقلة|hassi messaoud
31|Oran|وهران|wahran, wahrane, ouahran, bir el djir, es senia, ain el turk
32|El Bayadh|البيض|bayadh
33|Illizi|إليزي|
34|Bordj Bou Arréridj|برج بوعريريج|bba, bordj
35|Boumerdès|بومرداس|boumerdas, boudouaou
36|El Tarf|الطارف|tarf, taref
37|Tindouf|تندوف|
38|Tissemsilt|تيسمسيلت|
39|El Oued|الوادي|oued souf, souf
40|Khenchela|خنشلة|
41|Souk Ahras|سوق أهراس|
42|Tipaza|تيبازة|tipasa, kolea, cherchell, bou ismail
43|Mila|ميلة|
44|Aïn Defla|عين الدفلى|khemis miliana
45|Naâma|النعامة|
46|Aïn Témouchent|عين تموشنت|temouchent
47|Ghardaïa|غرداية|tagherdayt
48|Relizane|غليزان|ighil izane
49|Timimoun|تيميمون|
50|Bordj Badji Mokhtar|برج باجي مختار|bbm
51|Ouled Djellal|أولاد جلال|
52|Béni Abbès|بني عباس|
53|In Salah|عين صالح|ain salah
54|In Guezzam|عين قزام|ain guezzam
55|Touggourt|تقرت|tougourt
56|Djanet|جانت|
57|El M'Ghair|المغير|el meghaier
58|El Meniaa|المنيعة|el menia, el golea
"""

WILAYAS = tuple(
    Wilaya(code, name, arabic, tuple(part.strip() for part in aliases.split(',') if part.strip()))
    for code, name, arabic, aliases in (row.split('|') for row in _ROWS.strip().splitlines())
)

_ARABIC_FOLD = str.maketrans({'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ى': 'ي', 'ة': 'ه', 'ـ': ''})
_LEADING_WORD = re.compile(r'^(?:wilaya(?: (?:de|d|of))?|w|ولايه)\s+')


def fold(text: str) -> str:
    """Return ``text`` without accents, case, punctuation and Arabic spelling variants."""
    # The Arabic letters that carry a hamza decompose as well: fold them before the accents go.
    text = text.translate(_ARABIC_FOLD)
    decomposed = unicodedata.normalize('NFKD', text.casefold())
    letters = ''.join(char for char in decomposed if not unicodedata.combining(char))
    return ' '.join(re.sub(r'[\W_]+', ' ', letters).split())


_BY_FOLDED = {}
for _wilaya in WILAYAS:
    for _name in (_wilaya.name, _wilaya.arabic, *_wilaya.aliases):
        _folded = fold(_name)
        _BY_FOLDED.setdefault(_folded, _wilaya)
        _BY_FOLDED.setdefault(_folded.replace(' ', ''), _wilaya)
    _BY_FOLDED[_wilaya.code] = _wilaya


def find(text) -> Wilaya | None:
    """Return the wilaya a text names, ``None`` when it names none for certain.

    Understood: names and aliases in any case or spelling, the official number, "16 - Alger",
    "wilaya d'Alger", and an address whose last part between commas is a wilaya.
    """
    folded = fold(str(text or ''))[:200]
    if not folded:
        return None
    parts = [fold(part) for part in re.split(r'[,،;/\n]', str(text))[::-1]]
    # A number is a wilaya's only when it stands alone: 30/60 is a size, no place.
    for candidate in (folded, *(part for part in parts if not part.isdigit())):
        stripped = _LEADING_WORD.sub('', candidate)
        numbered = re.sub(r'^\d{1,2} | \d{1,2}$', '', stripped)
        for form in (candidate, stripped, numbered, numbered.replace(' ', '')):
            key = form.zfill(2) if form.isdigit() and len(form) < 3 else form
            if key in _BY_FOLDED:
                return _BY_FOLDED[key]
    return None
