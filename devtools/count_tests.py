"""How many tests `odoo --test-tags /ecrm` would run on an installed database. Fed to `odoo shell`."""

from odoo.tests.loader import get_module_test_cases, get_test_modules
from odoo.tests.tag_selector import TagsSelector

chosen = [TagsSelector('post_install'), TagsSelector('/ecrm')]
count = sum(
    all(tags.check(case) for tags in chosen)
    for module in get_test_modules('ecrm')
    for case in get_module_test_cases(module)
)
print(f'tests: {count}')
