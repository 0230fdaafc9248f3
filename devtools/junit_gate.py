"""Fail when a test was skipped, and when none was run: a missing browser is a green skip otherwise."""

import sys
import xml.etree.ElementTree as ET


def main():
    suites = ET.parse(sys.argv[1]).getroot().iter('testsuite')
    tests = skipped = 0
    for suite in suites:
        tests += int(suite.get('tests'))
        skipped += int(suite.get('skipped'))
        for case in suite.iter('testcase'):
            if case.find('skipped') is not None:
                print(
                    'skipped:',
                    case.get('classname'),
                    case.get('name'),
                    case.find('skipped').get('message'),
                )
    print(f'{tests} tests, {skipped} skipped')
    return bool(skipped) or not tests


if __name__ == '__main__':
    sys.exit(main())
