# The commands.

cmd_setup() { setup_all; }

port_free() { ! "$VENV/bin/python" -c "import socket,sys; s=socket.socket(); s.settimeout(1); sys.exit(s.connect_ex(('127.0.0.1', int(sys.argv[1]))))" "$1"; }

cmd_run() {
  local port=${ECRM_PORT:-8069} shop=${DB}_shop key
  case $port in ''|*[!0-9]*) die "ECRM_PORT=$port is not a port number." ;; esac
  say "The shop is being made ready (everything is kept in $CACHE)"
  setup_all
  port_free "$port" || die "Port $port is taken by another program." "Stop it, or choose another: ECRM_PORT=8070 ./dev run"
  write_config "$shop"
  key=$(addon_key)
  if ! has_db "$shop"; then
    setup_installed demo
    step "A copy of the demo shop for you" copy_db "${DB}_demo" "$shop"
    sql "$shop" "COMMENT ON DATABASE \"$shop\" IS '$key'"
  elif [ "$(sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$shop'")" != "$key" ]; then
    # shellcheck disable=SC2046
    step "The shop is brought up to date" odoo -c "$ODOO_RC" -u ecrm $(install_options)
    sql "$shop" "COMMENT ON DATABASE \"$shop\" IS '$key'"
  fi
  # Printed documents fetch their style from here, whatever port the shop had before
  sql "$shop" "INSERT INTO ir_config_parameter (key, value) VALUES ('report.url', 'http://127.0.0.1:$port') ON CONFLICT (key) DO UPDATE SET value = excluded.value" >/dev/null
  mkdir -p "$LOGS"
  serve "$LOGS/server.log" "$port"
  cat <<EOF

  The shop           http://localhost:$port           (العربية /ar, English /en)
  Staff              http://localhost:$port/odoo
  Logins, password as the login:
    admin  manager   everything
    sales  sales2    salespeople
    marketing        segments, dashboards, mailings
    workshop         what is to be printed today
    portal           a customer, http://localhost:$port/my

  Ready in $((SECONDS - STARTED)) s. The log: $LOGS/server.log    Ctrl-C stops it.
EOF
  wait "$SERVER"
}

# serve LOG PORT: a server in the background that ends with this script
SERVER=
serve() {
  # Not by the function: its process would be the shell's, and the server outlives it
  "$VENV/bin/python" -m odoo -c "$ODOO_RC" --logfile="$1" 2>>"$1" & SERVER=$!
  trap stop_server EXIT
  trap 'exit 130' INT TERM
  step "The server answers" wait_for_server "$2" "$SERVER" "$1"
}

# Odoo takes its first signal as a wish, and can miss it in the middle of a job; the second one it obeys at once
stop_server() {
  [ -n "$SERVER" ] || return 0
  kill "$SERVER" 2>/dev/null || return 0
  for _ in $(seq 50); do kill -0 "$SERVER" 2>/dev/null || return 0; sleep 0.2; done
  kill "$SERVER" 2>/dev/null || true
  wait "$SERVER" 2>/dev/null || true
}

wait_for_server() {
  local port=$1 pid=$2 log=$3
  for _ in $(seq 240); do
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$log"; return 1; }
    if "$VENV/bin/python" -c "import urllib.request as r, sys; r.urlopen(sys.argv[1], timeout=60)" "http://127.0.0.1:$port/" 2>/dev/null; then return 0; fi
    sleep 0.5
  done
  tail -n 20 "$log"
  return 1
}

cmd_shell() { setup_all; write_config "${1:-${DB}_shop}"; odoo shell -c "$ODOO_RC" --no-http; }
cmd_psql() { setup_all; psql -d "${1:-${DB}_shop}"; }

# Forget this checkout's databases; --all: everything that was ever made
cmd_reset() {
  setup_all
  sql postgres "SELECT datname FROM pg_database WHERE datname LIKE '${DB}%'" | while read -r name; do drop_db "$name"; done
  if [ "${1:-}" = --all ]; then
    [ -z "${PG_BIN:-}" ] || [ ! -d "$PG_HOME/data" ] || as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m fast stop || true
    rm -rf "${CACHE:?}"
  fi
}

cmd_fmt() { setup_all; cd "$REPO" && "$VENV/bin/ruff" check --fix . && "$VENV/bin/ruff" format .; }
cmd_lint() { setup_all; gate_lint; }

cmd_test() {
  setup_all
  if [ "${1:-}" = --again ]; then
    shift
    setup_again
    run_pytest "${DB}_again" "$@"
  elif [ $# -gt 0 ]; then
    setup_installed demo
    copy_db "${DB}_demo" "${DB}_test"
    run_pytest "${DB}_test" "$@"
  else
    run_gates
  fi
}

# The database of `test --again`: upgraded after a change instead of built anew. Quick, but it keeps what an upgrade keeps.
setup_again() {
  local name=${DB}_again key
  key=$(addon_key)
  if ! has_db "$name"; then
    setup_installed demo
    step "A copy of the demo shop for repeated tests" copy_db "${DB}_demo" "$name"
  elif [ "$(sql postgres "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$name'")" != "$key" ]; then
    write_config "$name"
    # shellcheck disable=SC2046
    step "The addon is upgraded" odoo -c "$ODOO_RC" -u ecrm $(install_options)
  fi
  sql "$name" "COMMENT ON DATABASE \"$name\" IS '$key'"
}

cmd_bench() {
  local room=${1:-} script status=0
  setup_all
  setup_installed demo
  # The dependencies without the addon: what a benchmark compares it with
  export ECRM_TEMPLATE=$TEMPLATE
  for script in "$REPO"/benchmarks/"$room"*.py; do
    [ -f "$script" ] || die "No benchmark of «$room»." "There are: $(cd "$REPO/benchmarks" && ls 2>/dev/null | tr '\n' ' ')"
    case $(basename "$script") in bench_*) continue ;; esac
    [ -n "${ECRM_BENCH_KEEP:-}" ] && has_db "${DB}_bench" || copy_db "${DB}_demo" "${DB}_bench"
    write_config "${DB}_bench"
    "$VENV/bin/python" "$script" || status=1
  done
  return $status
}

cmd_shot() {
  local out=${1:-$PLACE/shots} shop=${DB}_shot port
  setup_all
  setup_installed demo
  copy_db "${DB}_demo" "$shop"
  port=$("$VENV/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  ECRM_PORT=$port write_config "$shop"
  serve "$LOGS/shot-server.log" "$port"
  "$VENV/bin/python" "$REPO/devtools/shot.py" "http://127.0.0.1:$port" "$out" "${@:2}"
  say "Pictures: $out"
}

cmd_i18n() {
  setup_all
  setup_installed demo
  step "Terms are gathered" odoo i18n export -c "$ODOO_RC" -d "${DB}_demo" -l pot -o "$REPO/i18n/ecrm.pot" ecrm
  "$VENV/bin/python" "$REPO/devtools/i18n.py" merge "$REPO/i18n"
}
