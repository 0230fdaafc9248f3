# Databases: a template of the dependencies, the addon installed on it with and without demo data, and copies of these.

depends() { "$VENV/bin/python" -c 'import ast, sys; print(",".join(ast.literal_eval(open(sys.argv[1]).read())["depends"]))' "$REPO/__manifest__.py"; }

# What an installed addon is made of; tests and translations of tests change nothing in a database
addon_key() {
  ( cd "$REPO" && find . \( -name .git -o -name __pycache__ -o -path ./tests -o -path ./devtools -o -path ./benchmarks -o -path ./static/tests \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum; printf %s "$TEMPLATE" ) | hash_of
}

install_options() { printf '%s\n' --stop-after-init --no-http --max-cron-threads=0 --log-level=info; }

build_template() {
  drop_db ecrm_building
  createdb ecrm_building
  # shellcheck disable=SC2046
  odoo -c "$ODOO_RC" -d ecrm_building --db-filter='.*' -i "$(depends),$TEMPLATE_EXTRA" --load-language="$LANGUAGES" --without-demo=True $(install_options)
  [ "$(sql ecrm_building "SELECT count(*) FROM ir_module_module WHERE name = ANY(string_to_array('$(depends)', ',')) AND state <> 'installed'")" = 0 ] || { say "Some dependencies are not installed."; return 1; }
  # The demo data of this addon alone may come on top: its dependencies count as having had theirs
  sql ecrm_building "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
  rename_db ecrm_building "$TEMPLATE"
}

setup_template() {
  TEMPLATE=ecrm_template_$(printf %s "$(depends) $TEMPLATE_EXTRA $LANGUAGES $ODOO_KEY" | hash_of)
  write_config
  has_db "$TEMPLATE" || step "Odoo's own modules, once for all" build_template
}

# install_addon DB demo|bare
install_addon() {
  local demo=--with-demo
  [ "$2" = demo ] || demo=--without-demo=True
  copy_db "$TEMPLATE" "$1"
  [ "$2" = demo ] || sql "$1" "UPDATE ir_module_module SET demo = false"
  # shellcheck disable=SC2046
  odoo -c "$ODOO_RC" -d "$1" --db-filter='.*' -i ecrm $demo $(install_options)
  [ "$(sql "$1" "SELECT state FROM ir_module_module WHERE name = 'ecrm'")" = installed ]
}

warm_assets() {
  odoo shell -c "$ODOO_RC" -d "$1" --db-filter='.*' --no-http --log-level=warn <"$REPO/devtools/warm_assets.py"
}

# The addon on its dependencies, with demo data (…_base) or as a shop installs it (…_bare); kept while the addon is the same
build_installed() {
  local name=$1 kind=$2 began=$SECONDS
  install_addon "$name" "$kind"
  say "installed in $((SECONDS - began)) s"
  [ "$kind" = bare ] || [ "${ECRM_WARM:-1}" = 0 ] || warm_assets "$name"
  sql "$name" "COMMENT ON DATABASE \"$name\" IS '$(addon_key)'"
}

setup_installed() {
  local kind=$1 name=${DB}_$1
  if has_db "$name" && [ "$(sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$name'")" = "$(addon_key)" ]; then return; fi
  case $kind in
    demo) step "The addon with its demo shop" build_installed "$name" demo ;;
    bare) step "The addon as a shop installs it" build_installed "$name" bare ;;
  esac
}

# Databases of checkouts that are gone
drop_orphans() {
  local place
  for place in "$CACHE"/checkouts/*/; do
    [ -e "$place/addons/ecrm/__manifest__.py" ] && continue
    sql postgres "SELECT datname FROM pg_database WHERE datname LIKE 'ecrm_$(basename "$place")%'" | while read -r name; do drop_db "$name"; done
    rm -rf "$place"
  done
}

setup_all() {
  lock_setup
  setup_odoo
  setup_programs
  setup_postgresql
  drop_orphans
  setup_template
  unlock_setup
}
