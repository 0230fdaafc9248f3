"""A pytest plug-in: every WARNING and worse of a run goes to the file $ECRM_TEST_LOG, in Odoo's format, with the test it came from.

pytest-odoo neither opens Odoo's log file nor lets its loggers speak, so nothing would be kept otherwise.
"""

import logging
import os
from pathlib import Path

current = 'collection'


class Format(logging.Formatter):
    def format(self, record):
        record.test = current
        return super().format(record)


def pytest_configure():
    path = Path(os.environ['ECRM_TEST_LOG'])
    path.write_text("The warnings of a run of the tests, and nothing else:\n", encoding='utf-8')
    handler = logging.FileHandler(path, encoding='utf-8')
    handler.setLevel(logging.WARNING)
    handler.setFormatter(
        Format('%(asctime)s %(process)d %(levelname)s %(test)s %(name)s: %(message)s')
    )
    logging.getLogger().addHandler(handler)


def pytest_collection_finish():
    # pytest-odoo silences the server's own loggers
    logging.getLogger('odoo').setLevel(logging.WARNING)


def pytest_runtest_logstart(nodeid):
    global current  # noqa: PLW0603 a plug-in is a module
    current = nodeid.split('/')[-1].replace(' ', '_')
