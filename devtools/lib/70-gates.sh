# What `./dev test` refuses.

# run_pytest DB [pytest arguments]
run_pytest() {
  local name=$1 args=() arg
  shift
  for arg in "$@"; do
    case $arg in tests/*|tests) arg=$PLACE/addons/ecrm/$arg ;; esac
    args+=("$arg")
  done
  case "${args[*]}" in *"$PLACE/addons/ecrm/tests"*) ;; *) args+=("$PLACE/addons/ecrm/tests") ;; esac
  write_config "$name"
  rm -f "$LOGS"/odoo-test*.log
  ( cd "$PLACE" && ECRM_TEST_LOG=$LOGS/odoo-test.log PYTHONPATH=$PYTHONPATH:$REPO/devtools "$VENV/bin/python" -m pytest --odoo-http \
      --rootdir="$PLACE/addons" -p no:cacheprovider -p pytest_log -o addopts= -rs "${args[@]}" )
}

gate_lint() {
  ( cd "$REPO"
    step "lint: ruff" "$VENV/bin/ruff" check --no-cache .
    step "lint: ruff format" "$VENV/bin/ruff" format --no-cache --check .
    step "lint: pylint-odoo" lint_pylint
    step "lint: words of older Odoo versions, house rules" "$VENV/bin/python" devtools/house.py "$REPO"
  )
}

# Off, each with its reason (here, since a configuration file cannot except from a whole plug-in):
# missing-readme: README.md is Markdown, the addon's page in Odoo is static/description/index.html
# consider-merging-classes-inherited: a room extends a model in a class of its own, as core's mail/*/discuss does
# missing-return: a compute that extends core's calls super() and returns nothing, as core's do
lint_pylint() {
  ( cd "$PLACE/addons" && "$VENV/bin/python" -m pylint --rcfile="$REPO/pylintrc" --disable=missing-readme,consider-merging-classes-inherited,missing-return ecrm )
}

# Install without demo data, upgrade, uninstall: nothing of ours may be left
check_lifecycle() {
  local name=${DB}_life
  setup_installed_quiet bare
  "$VENV/bin/python" "$REPO/devtools/log_gate.py" "$LOGS/the-addon-as-a-shop-installs-it.log"
  copy_db "${DB}_bare" "$name"
  # shellcheck disable=SC2046
  odoo -c "$ODOO_RC" -d "$name" --db-filter='.*' -u ecrm $(install_options) 2>&1 | tee "$LOGS/upgrade.log"
  "$VENV/bin/python" "$REPO/devtools/log_gate.py" "$LOGS/upgrade.log"
  odoo module uninstall -c "$ODOO_RC" -d "$name" ecrm 2>&1 | tee "$LOGS/uninstall.log"
  "$VENV/bin/python" "$REPO/devtools/log_gate.py" "$LOGS/uninstall.log"
  "$VENV/bin/python" "$REPO/devtools/leftovers.py" "$TEMPLATE" "$name"
  drop_db "$name"
}

setup_installed_quiet() {
  local name=${DB}_$1
  build_installed "$name" "$1" >"$LOGS/the-addon-as-a-shop-installs-it.log" 2>&1
}

check_demo() {
  [ "$(sql "${DB}_demo" "SELECT demo FROM ir_module_module WHERE name = 'ecrm'")" = t ] || { say "The demo data did not load."; return 1; }
  [ "$(sql "${DB}_demo" "SELECT count(*) FROM ir_demo_failure" 2>/dev/null || echo 0)" = 0 ] || { say "A demo file failed."; return 1; }
  "$VENV/bin/python" "$REPO/devtools/log_gate.py" "$LOGS/the-addon-with-its-demo-shop.log"
}

check_translations() {
  odoo i18n export -c "$ODOO_RC" -d "${DB}_demo" -l pot -o "$PLACE/ecrm.pot" ecrm
  "$VENV/bin/python" "$REPO/devtools/i18n.py" check "$REPO/i18n" "$PLACE/ecrm.pot"
}

check_counts() {
  local theirs ours
  theirs=$(odoo shell -c "$ODOO_RC" -d "${DB}_demo" --db-filter='.*' --no-http --log-level=error <"$REPO/devtools/count_tests.py" | sed -n 's/^tests: //p')
  ours=$( cd "$PLACE" && "$VENV/bin/python" -m pytest --rootdir="$PLACE/addons" -p no:cacheprovider --collect-only -q "$PLACE/addons/ecrm/tests" | grep -c '::')
  say "odoo --test-tags /ecrm: $theirs tests, pytest: $ours"
  [ "$theirs" = "$ours" ]
}

# One for each processor, up to four: each holds an Odoo, and a browser beside
workers() { local n; n=$(nproc 2>/dev/null || echo 2); echo $((n < 2 ? 2 : n > 4 ? 4 : n)); }

LIFECYCLE=
run_gates() {
  local status=0
  gate_lint
  setup_installed demo
  # On the second core while the browser tests run
  ( check_lifecycle ) >"$LOGS/lifecycle.log" 2>&1 & LIFECYCLE=$!
  trap 'kill "$LIFECYCLE" 2>/dev/null || true' EXIT
  write_config "${DB}_test"
  step "the demo shop loaded, without a warning" check_demo
  step "translations in fr and ar are complete" check_translations
  step "both runners find the same tests" check_counts
  copy_db "${DB}_demo" "${DB}_test"
  # A copy of the database for each worker (pytest-odoo makes it), a class of tests whole in one of them
  run_pytest "${DB}_test" -q -n "${ECRM_WORKERS:-$(workers)}" --dist loadscope --no-loadscope-reorder --junitxml="$LOGS/junit.xml" || status=$?
  [ "$status" = 0 ] || die "Tests failed." "The server's log: $LOGS/odoo-test.log"
  step "no test was skipped" "$VENV/bin/python" "$REPO/devtools/junit_gate.py" "$LOGS/junit.xml"
  [ -s "$LOGS/odoo-test.log" ] || die "The run left no log: the gate would see nothing." "$LOGS/odoo-test.log"
  step "no warning of ours in the log" "$VENV/bin/python" "$REPO/devtools/log_gate.py" "$LOGS"/odoo-test*.log
  step "install, upgrade, uninstall leave nothing behind" wait_lifecycle "$LIFECYCLE"
  say "All is well: $((SECONDS - STARTED)) s"
}

wait_lifecycle() { while kill -0 "$1" 2>/dev/null; do sleep 1; done; tail -n 40 "$LOGS/lifecycle.log"; grep -q '^lifecycle: clean$' "$LOGS/lifecycle.log"; }
