"""The catalogues: merge fresh terms into fr.po and ar.po, and refuse what is missing, fuzzy, stale or loses a placeholder.

i18n.py merge DIR            DIR/ecrm.pot into DIR/fr.po and DIR/ar.po
i18n.py check DIR FRESH.pot  the same terms as FRESH.pot, all translated
i18n.py missing DIR LANG     what LANG lacks, as JSON
i18n.py fill DIR LANG FILE   translations from a JSON object {source: translation}
"""

import json
import re
import sys
from pathlib import Path

import polib

LANGUAGES = ('fr', 'ar')
PLACEHOLDER = re.compile(r'%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}|\$\{.*?\}')


def load(path):
    return polib.pofile(str(path), wrapwidth=100)


def merge(folder):
    pot = load(folder / 'ecrm.pot')
    for language in LANGUAGES:
        path = folder / f'{language}.po'
        old = {entry.msgid: entry.msgstr for entry in load(path)} if path.exists() else {}
        po = polib.POFile(wrapwidth=100)
        po.metadata = {**pot.metadata, 'Language': language}
        for name in ('POT-Creation-Date', 'PO-Revision-Date', 'Last-Translator', 'Language-Team'):
            po.metadata.pop(name, None)
        for entry in pot:
            po.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=old.get(entry.msgid, ''),
                    occurrences=entry.occurrences,
                    comment=entry.comment,
                )
            )
        po.save(str(path))
        print(f'{language}: {len(po)} terms, {len(po.untranslated_entries())} to translate')


def check(folder, fresh):
    fresh_ids = {entry.msgid for entry in load(fresh)}
    problems = []
    if fresh_ids != {entry.msgid for entry in load(folder / 'ecrm.pot')}:
        problems.append('ecrm.pot is not up to date: ./dev i18n')
    for language in LANGUAGES:
        po = {entry.msgid: entry for entry in load(folder / f'{language}.po')}
        problems += [f'{language}: no entry for {msgid!r}' for msgid in sorted(fresh_ids - set(po))]
        problems += [f'{language}: stale entry {msgid!r}' for msgid in sorted(set(po) - fresh_ids)]
        for entry in po.values():
            if not entry.msgstr or 'fuzzy' in entry.flags:
                problems.append(f'{language}: not translated: {entry.msgid!r}')
            elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
                PLACEHOLDER.findall(entry.msgstr)
            ):
                problems.append(
                    f'{language}: placeholders differ: {entry.msgid!r} -> {entry.msgstr!r}'
                )
    print('\n'.join(problems) or f'{len(fresh_ids)} terms, complete')
    return bool(problems)


def missing(folder, language):
    print(
        json.dumps(
            [e.msgid for e in load(folder / f'{language}.po').untranslated_entries()],
            ensure_ascii=False,
            indent=0,
        )
    )


def fill(folder, language, source):
    texts = json.loads(Path(source).read_text(encoding='utf-8'))
    po = load(folder / f'{language}.po')
    for entry in po:
        if texts.get(entry.msgid):
            entry.msgstr = texts[entry.msgid]
    po.save()
    print(f'{language}: {len(po.untranslated_entries())} to translate')


if __name__ == '__main__':
    command, folder, *rest = sys.argv[1:]
    sys.exit(
        {'merge': merge, 'check': check, 'missing': missing, 'fill': fill}[command](
            Path(folder), *rest
        )
    )
