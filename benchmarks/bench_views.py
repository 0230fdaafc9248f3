"""What the web client asks for when it opens a view: the fields of its architecture, and what their widgets add."""

import ast
import contextlib

from lxml import etree

ACTIVITY = (
    'activity_exception_decoration', 'activity_exception_icon', 'activity_state', 'activity_summary',
    'activity_type_icon', 'activity_type_id',
)  # fmt: skip
# Fields that widgets of Odoo read besides their own
DEPENDENCIES = {
    'kanban_activity': ACTIVITY,
    'list_activity': ACTIVITY,
    'statusbar_duration': ('duration_tracking',),
}


def read_specification(model, kind):
    """Return the specification of ``web_read`` of the model's view, and its progress bar if any.

    :param model: recordset of the reading user
    :param kind: ``kanban``, ``list`` or ``form``
    """
    arch = etree.fromstring(model.get_view(view_type=kind)['arch'])
    bar = arch.find('progressbar')
    result = _specification(model, arch)
    if bar is None:
        return result, None
    result.setdefault(bar.get('field'), {})
    return result, {'field': bar.get('field'), 'colors': _colors(bar)}


def _colors(bar):
    return {part.split('"')[1]: part.split('"')[3] for part in bar.get('colors').split(',')}


def _specification(model, arch):
    result = {}
    for node in arch.iter('field'):
        if any(parent.tag == 'field' for parent in _between(node, arch)):
            continue  # of a list inside the form
        name = node.get('name')
        result[name] = {**result.get(name, {}), **_one(model, node)}
        for extra in DEPENDENCIES.get(node.get('widget'), ()):
            result.setdefault(extra, _plain(model, extra))
    return result


def _between(node, arch):
    for parent in node.iterancestors():
        if parent is arch:
            return
        yield parent


def _plain(model, name):
    if model._fields[name].type == 'many2one':
        return {'fields': {'display_name': {}}}
    return {}


def _one(model, node):
    field = model._fields[node.get('name')]
    if field.type not in ('one2many', 'many2many'):
        hidden = {node.get('invisible'), node.get('column_invisible')} & {'1', 'True'}
        if field.type == 'many2one' and hidden:
            return {'fields': {}}  # nobody sees its name, so the web client asks for the id alone
        result = _plain(model, field.name)
        with contextlib.suppress(ValueError):  # a context that names other fields stays out
            result['context'] = ast.literal_eval(node.get('context', 'none'))
        return result if result.get('fields') else {}
    inside = next((child for child in node if child.tag in ('list', 'kanban')), None)
    if inside is not None:
        return {'fields': _specification(model.env[field.comodel_name], inside), 'limit': 40}
    if node.get('widget') == 'many2many_tags':
        return {'fields': {'display_name': {}}}
    return {}
