"""Compare a database from which the addon was uninstalled with the template it was installed on: nothing may be left.

Usage: leftovers.py TEMPLATE DATABASE. Connects by the environment's PGHOST and friends.
"""

import sys

import psycopg2

# What an installation adds to Odoo's own bookkeeping; every row of these tables must be gone again
TABLES = {
    'ir_act_client': 'name::text',
    'ir_act_report_xml': 'report_name',
    'ir_act_server': 'name::text',
    'ir_act_window': 'res_model || name::text',
    'ir_asset': 'path',
    'ir_attachment': "name || coalesce(res_model, '')",
    'ir_config_parameter': 'key',
    'ir_cron': 'cron_name',
    'ir_default': 'json_value',
    'ir_filters': 'name',
    'ir_model': 'model',
    'ir_model_access': 'name',
    # Foreign keys are compared in the schema itself. Their rows here are not ours to remove: Odoo writes three of them
    # anew while it drops the fields, when it initialises an extended model for the last time
    "ir_model_constraint WHERE type <> 'f'": 'name',
    'ir_model_data': "module || '.' || name",
    'ir_model_fields': "model || '.' || name",
    'ir_model_fields_selection': "field_id || value",
    'ir_model_relation': 'name',
    'ir_rule': 'name',
    'ir_sequence': "name || coalesce(code, '')",
    'ir_ui_menu': 'name::text',
    'ir_ui_view': "name || coalesce(key, '') || md5(coalesce(arch_db::text, ''))",
    'mail_activity_type': 'name::text',
    'mail_alias': "coalesce(alias_name, '')",
    'mail_message_subtype': 'name::text',
    'mail_template': "(name->>'en_US') || md5(coalesce(subject->>'en_US', '') || coalesce(body_html::text, ''))",
    'res_country_state': 'name::text || country_id',
    'res_groups': 'name::text',
    'res_groups_implied_rel': "gid || ' ' || hid",
    'res_groups_privilege': 'name::text',
    'res_partner': "coalesce(name, '')",
    'res_users': 'login',
    'resource_calendar': 'name',
    'spreadsheet_dashboard': 'name::text',
    'utm_medium': 'name',
    'utm_source': 'name',
    'website_menu': "name::text || coalesce(url, '')",
    'website_page': "url",
}
SCHEMA = {
    'table': "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'S')",
    'index': "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i'",
    'column': "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'",
    'constraint': "SELECT conrelid::regclass || ': ' || conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't'",
    'function': "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    'trigger': "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
# Made by Odoo at any run, whatever is installed
GENERATED = ('/web/assets/', 'base_registry_signaling', 'orm_signaling')


def read(database):
    with psycopg2.connect(dbname=database) as connection, connection.cursor() as cursor:
        found = set()
        for kind, query in SCHEMA.items():
            cursor.execute(query)
            found |= {f'{kind} {row[0]}' for row in cursor.fetchall()}
        for table, label in TABLES.items():
            cursor.execute(f'SELECT ({label})::text FROM {table}')
            rows = sorted(str(row[0]) for row in cursor.fetchall())
            seen = {}
            for row in rows:
                seen[row] = seen.get(row, 0) + 1
                found.add(f'{table} {row} ({seen[row]})')
    return found


def main():
    before, after = read(sys.argv[1]), read(sys.argv[2])
    left = sorted(item for item in after - before if not any(word in item for word in GENERATED))
    lost = sorted(item for item in before - after if not any(word in item for word in GENERATED))
    for title, items in (('left behind', left), ('taken away', lost)):
        for item in items:
            print(f'{title}: {item}')
    if not left and not lost:
        print('lifecycle: clean')
    return bool(left or lost)


if __name__ == '__main__':
    sys.exit(main())
