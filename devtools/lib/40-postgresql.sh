# A private PostgreSQL cluster on a Unix socket, or the server that the user names.

PG_HOME=$CACHE/postgresql

find_postgresql() {
  local dir
  if have initdb && have pg_ctl; then dirname "$(readlink -f "$(command -v initdb)")"; return; fi
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin "$CACHE"/postgresql-server/usr/lib/postgresql/*/bin | sort -Vr); do
    [ -x "$dir/initdb" ] && { printf %s "$dir"; return; }
  done
  return 1
}

build_postgresql_server() { unpack_with_needs "$1" postgresql; }

# As root the server runs as another user, as PostgreSQL demands
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    local user=postgres
    getent passwd postgres >/dev/null || user=nobody
    setpriv --reuid="$(id -u $user)" --regid="$(id -g $user)" --clear-groups env HOME="$PG_HOME" "$@"
  else
    "$@"
  fi
}

build_cluster() {
  local dir=$1
  mkdir "$dir/data"
  if [ "$(id -u)" = 0 ]; then
    chmod 755 "$CACHE" "$dir"
    chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$dir" "$dir/data"
  fi
  chmod 700 "$dir/data"
  as_postgres "$PG_BIN/initdb" -D "$dir/data" -U odoo --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
  # A development cluster: it may lose its last second, and it is quick
  cat >>"$dir/data/postgresql.conf" <<EOF
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_connections = 200
max_wal_size = 4GB
jit = off
EOF
}

start_cluster() {
  local socket=$PG_HOME/run
  [ ${#socket} -lt 90 ] || socket=/tmp/ecrm-$(printf %s "$PG_HOME" | hash_of)
  export PGHOST=$socket PGPORT=5432 PGUSER=odoo
  if "$PG_BIN/pg_isready" -q 2>/dev/null; then return; fi
  mkdir -p "$socket"
  if [ "$(id -u)" = 0 ]; then chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$socket"; fi
  chmod 700 "$socket"
  step "PostgreSQL is starting" as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -w -t 60 -l "$PG_HOME/server.log" -o "-k $socket -p 5432" start
}

setup_postgresql() {
  if [ -n "${DATABASE_URL:-}" ]; then
    eval "$("$VENV/bin/python" - <<'EOF'
import os, shlex
from urllib.parse import unquote, urlsplit
url = urlsplit(os.environ["DATABASE_URL"])
pairs = {"PGHOST": url.hostname, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
for name, value in pairs.items():
    if value:
        print(f"export {name}={shlex.quote(unquote(str(value)))}")
EOF
)"
  fi
  if ! PG_BIN=$(find_postgresql); then
    once postgresql-server 1 "PostgreSQL from the distribution's packages" build_postgresql_server
    PG_BIN=$(find_postgresql) || die "PostgreSQL's programs are not there." "Install them (Debian: postgresql) or set PGHOST."
    LD_LIBRARY_PATH=$(prefix_libraries "$CACHE/postgresql-server")
    export LD_LIBRARY_PATH
  fi
  export PATH=$PATH:$PG_BIN
  if [ -n "${PGHOST:-}" ]; then
    "$PG_BIN/pg_isready" -q || die "No PostgreSQL answers at PGHOST=$PGHOST port ${PGPORT:-5432}." "Start it, or unset PGHOST to use a private one."
    return
  fi
  once postgresql "$("$PG_BIN/postgres" --version | awk '{print int($3)}')" "A private PostgreSQL cluster" build_cluster
  start_cluster
}

sql() { psql -qXAt -v ON_ERROR_STOP=1 -d "$1" -c "$2"; }
has_db() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }
drop_db() { sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)"; rm -rf "$CACHE/data/filestore/$1"; }

# copy_db FROM TO: with its filestore, whose files never change once written. File by file: PostgreSQL 15 to 17 copy a
# sequence block by block together with the 32 numbers logged ahead for the original, so the copy's next numbers are
# in no log, and a server that was killed gives them out again.
copy_db() {
  drop_db "$2"
  if [ "$(sql postgres "SELECT current_setting('server_version_num')::int >= 150000")" = t ]; then
    sql postgres "CREATE DATABASE \"$2\" TEMPLATE \"$1\" STRATEGY file_copy"
  else
    createdb -T "$1" "$2"
  fi
  [ ! -d "$CACHE/data/filestore/$1" ] || cp -al "$CACHE/data/filestore/$1" "$CACHE/data/filestore/$2"
}

rename_db() {
  drop_db "$2"
  sql postgres "ALTER DATABASE \"$1\" RENAME TO \"$2\""
  [ ! -d "$CACHE/data/filestore/$1" ] || mv "$CACHE/data/filestore/$1" "$CACHE/data/filestore/$2"
}
