"""Rules of the house that no linter knows: words of older Odoo versions, files that shadow each other, rooms that import rooms."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOMS = {'dimension', 'complaint', 'loyalty', 'intake'}
PURE = {'odoo', 'psycopg2', 'requests', 'datetime.now'}

# What Odoo 14 to 18 wrote and 19.0 refuses, ignores or warns about
STALE = {
    'py': [
        r'_sql_constraints',
        r'^\s+_constraints\s*=',
        r'\bgroups_id\b',
        r'sale_get_order',
        r'_cart_update\(',
        r'get_current_pricelist',
        r'\bname_get\b',
        r'\b_name_search\b',
        r'\.read_group\(',
        r'self\._(cr|uid|context)\b',
        r'check_access_(rights|rule)',
        r'toggle_active',
        r'detailed_type',
        r'clear_caches',
        r'from odoo\.(osv|orm)',
        r'''type=['"]json['"]''',
        r'\.mobile\b',
        r'\bproduct_uom\b(?!_)',
        r'message_post_with_view',
        r'numbercall',
        r'doall',
    ],
    'xml': [
        r'<tree\b',
        r'\battrs=',
        r'\bstates=',
        r'kanban-box',
        r'oe_chatter',
        r'numbercall',
        r'doall',
        r't-raw=',
        r't-esc=',
        r'expand="[01]"',
        r'target="inline"',
        r'name="groups_id"',
        r'\bproduct_uom\b(?!_)',
        r'name="tax_id"',
        r'name="mobile"',
    ],
    'js': [r'publicWidget', r'web\.core', r'odoo\.define', r'rtl:ignore'],
}


def tracked(root):
    names = subprocess.run(
        ['git', 'ls-files', '-co', '--exclude-standard'],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [Path(name) for name in names if (root / name).is_file()]


def stale_words(root, path):
    if path.parts[0] == 'devtools':
        return
    for number, line in enumerate((root / path).read_text(encoding='utf-8').splitlines(), 1):
        for pattern in STALE[path.suffix[1:]]:
            if re.search(pattern, line):
                yield f'{path}:{number}: {pattern} is not Odoo 19'


def walls(root, path):
    """A room imports from tools/ and the ORM, never Python of another room; tools/ know nothing of Odoo."""
    text = (root / path).read_text(encoding='utf-8')
    room = next((part for part in path.with_suffix('').parts if part in ROOMS), None)
    for number, line in enumerate(text.splitlines(), 1):
        imported = re.match(r'\s*(?:from\s+(\S+)\s+import|import\s+(\S+))', line)
        if not imported or path.name == '__init__.py':
            continue
        name = imported[1] or imported[2]
        if path.parts[0] == 'tools' and (name.split('.')[0] in PURE):
            yield f'{path}:{number}: tools/ are pure Python, without {name}'
        others = set(name.split('.')) & (ROOMS - {room})
        if room and others and 'tools' not in name and path.parts[0] != 'tests':
            yield f'{path}:{number}: the room {room} imports Python of {others.pop()}'


def twins(paths):
    stems = Counter(p.stem for p in paths if p.parts[0] == 'tests' and p.name.startswith('test_'))
    for stem, count in stems.items():
        if count > 1:
            yield f'tests: {count} files named {stem}.py shadow each other and their tests vanish'


def collected(root, paths):
    """Every test file is imported by its package, else Odoo's own runner never sees it."""
    for path in paths:
        if path.parts[0] == 'tests' and path.name.startswith('test_') and path.suffix == '.py':
            init = (root / path.parent / '__init__.py').read_text(encoding='utf-8')
            if (
                not re.search(rf'^from \. import .*\b{path.stem}\b', init, re.M)
                and f'    {path.stem},' not in init
            ):
                yield f'{path} is not imported by {path.parent}/__init__.py'
            if path.parent != Path('tests'):
                top = (root / 'tests/__init__.py').read_text(encoding='utf-8')
                package = '.'.join(path.parent.parts[1:])
                if f'from .{package} import *' not in top:
                    yield f'tests/__init__.py does not import .{package}'


def main():
    root = Path(sys.argv[1])
    paths = tracked(root)
    problems = []
    for path in paths:
        if path.suffix[1:] in STALE and 'lib' not in path.parts:
            problems += stale_words(root, path)
        if path.suffix == '.py':
            problems += walls(root, path)
    problems += [*twins(paths), *collected(root, paths)]
    print('\n'.join(sorted(set(problems))) or 'clean')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
