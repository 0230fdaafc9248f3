"""Fail on a WARNING, ERROR or CRITICAL line in a log of Odoo. What Odoo itself says about its own doings is listed, with the reason."""

import re
import sys
from pathlib import Path

LINE = re.compile(
    r'^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (WARNING|ERROR|CRITICAL) \S+ (\S+): (.*)$'
)

KNOWN = [
    # (logger, start of the message): why it is not ours
]


def main():
    bad = []
    for name in sys.argv[1:]:
        for line in Path(name).read_text(encoding='utf-8', errors='replace').splitlines():
            found = LINE.match(line)
            if found and not any(
                found[2] == logger and re.match(text, found[3]) for logger, text in KNOWN
            ):
                bad.append(line)
    print('\n'.join(bad) or 'no warning')
    return bool(bad)


if __name__ == '__main__':
    sys.exit(main())
