"""A pytest plug-in: every WARNING and worse of a run goes to the file $ECRM_TEST_LOG, in Odoo's format, with the test it came from.

pytest-odoo neither opens Odoo's log file nor lets its loggers speak, so nothing would be kept otherwise. A worker of pytest-xdist
writes a file of its own beside it, named after the worker.
"""

import configparser
import logging
import os
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest_odoo

current = 'collection'


class Format(logging.Formatter):
    def format(self, record):
        record.test = current
        return super().format(record)


def pytest_configure():
    path = Path(os.environ['ECRM_TEST_LOG'])
    if worker := os.environ.get('PYTEST_XDIST_WORKER'):
        path = path.with_stem(f'{path.stem}-{worker}')
        copy_files(worker)
    path.write_text("The warnings of a run of the tests, and nothing else:\n", encoding='utf-8')
    handler = logging.FileHandler(path, encoding='utf-8')
    handler.setLevel(logging.WARNING)
    handler.setFormatter(
        Format('%(asctime)s %(process)d %(levelname)s %(test)s %(name)s: %(message)s')
    )
    logging.getLogger().addHandler(handler)


def copy_files(worker):
    """Give the worker's database stored files of its own.

    pytest-odoo lets all workers share those of the first database: what one of them no longer needs, Odoo's own
    cleaning then takes away from the other, and a server that a test starts looks under its database's name.
    """
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(os.environ['ODOO_RC'])
    options = settings['options']
    store = Path(options['data_dir'], 'filestore')
    own = store / f'{options["db_name"]}-{worker}'
    shutil.rmtree(own, ignore_errors=True)
    if (store / options['db_name']).is_dir():
        shutil.copytree(store / options['db_name'], own, copy_function=os.link)
    pytest_odoo._shared_filestore = lambda *_names: nullcontext()


def pytest_collection_finish():
    # pytest-odoo silences the server's own loggers
    logging.getLogger('odoo').setLevel(logging.WARNING)


def pytest_runtest_logstart(nodeid):
    global current  # noqa: PLW0603 a plug-in is a module
    current = nodeid.split('/')[-1].replace(' ', '_')
