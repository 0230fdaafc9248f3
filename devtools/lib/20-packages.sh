# Debian packages unpacked in a private prefix: no root needed, nothing added to the system.
# The mirror's address is the one that the system itself is configured with.

os_release() { ( . /etc/os-release; printf %s "${!1:-}" ); }

# "base-uri suite" of the system's own archives, read without any list being there
system_archives() {
  apt-get --print-uris -o Dir::State::Lists="$CACHE/none" update 2>/dev/null |
    sed -n "s/^'\([^']*\)\/dists\/\([^']*\)\/InRelease'.*/\1 \2/p" | sort -u
}

# source_lines KIND: own = the system's suites, dev = the distribution's development suite (Debian sid, Ubuntu devel)
source_lines() {
  local codename id key='' components=main develop=sid uri suite
  codename=$(os_release VERSION_CODENAME)
  id=$(os_release ID)
  [ "$id" = ubuntu ] && components='main universe' develop=devel
  [ -f "/usr/share/keyrings/$id-archive-keyring.gpg" ] && key="[signed-by=/usr/share/keyrings/$id-archive-keyring.gpg] "
  if [ "$1" = dev ] && [ -n "${ECRM_DEBIAN_MIRROR:-}" ]; then
    [ -f /usr/share/keyrings/debian-archive-keyring.gpg ] && key='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] '
    printf 'deb %s%s sid main\n' "$key" "$ECRM_DEBIAN_MIRROR"
    return
  fi
  system_archives | while read -r uri suite; do
    case $1:$suite in
      own:"$codename"|own:"$codename"-updates|own:"$codename"-security) printf 'deb %s%s %s %s\n' "$key" "$uri" "$suite" "$components" ;;
      dev:"$codename") printf 'deb %s%s %s %s\n' "$key" "$uri" "$develop" "$components" ;;
    esac
  done
}

# apt_in KIND command...: apt with a private state
apt_in() {
  local kind=$1 tool=$2 home=$CACHE/apt/$1
  shift 2
  "$tool" -qq -o Dir::State::Lists="$home/lists" -o Dir::Etc::SourceList="$home/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::Etc::Preferences=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
    -o Dir::Cache::archives="$home/archives" -o Dir::Cache::pkgcache="$home/pkgcache.bin" -o Dir::Cache::srcpkgcache="$home/srcpkgcache.bin" \
    -o Acquire::Languages=none -o Acquire::Retries=3 -o APT::Sandbox::User= -o Debug::NoLocking=1 "$@"
}

apt_update() {
  local home=$CACHE/apt/$1
  [ -n "$(find "$home/fresh" -mmin -600 2>/dev/null)" ] && return
  have apt-get || { say "apt-get is not here: this script takes Odoo and PostgreSQL from Debian packages. Set ODOO_HOME and PGHOST instead."; return 1; }
  mkdir -p "$home/lists/partial" "$home/archives/partial"
  source_lines "$1" >"$home/sources.list"
  [ -s "$home/sources.list" ] || { say "The system's apt sources name no archive of its own release."; return 1; }
  apt_in "$1" apt-get -o APT::Update::Error-Mode=any update || { say "The package lists could not be fetched: is there a network?"; return 1; }
  touch "$home/fresh"
}

# unpack KIND DIR packages...: these packages alone, without their dependencies
unpack() {
  local kind=$1 dir=$2 debs
  shift 2
  apt_update "$kind"
  mkdir -p "$dir"
  debs=$(mktemp -d "$dir/.debs.XXXXXX")
  ( cd "$debs" && apt_in "$kind" apt-get download "$@" )
  for deb in "$debs"/*.deb; do dpkg -x "$deb" "$dir"; done
  rm -rf "$debs"
}

# unpack_with_needs DIR packages...: and whatever of their dependencies the system lacks
unpack_with_needs() {
  local dir=$1 names
  shift
  apt_update own
  names=$(apt_in own apt-get -s install --no-install-recommends "$@" | awk '$1 == "Inst" {print $2}')
  # shellcheck disable=SC2086
  unpack own "$dir" $names
}

prefix_libraries() {
  local arch
  arch=$(dpkg-architecture -qDEB_HOST_MULTIARCH 2>/dev/null || gcc -print-multiarch 2>/dev/null || printf '%s-linux-gnu' "$(uname -m)")
  printf '%s/usr/lib/%s:%s/lib/%s:%s/usr/lib/%s/pulseaudio' "$1" "$arch" "$1" "$arch" "$1" "$arch"
}

# A command of the prefix, with the libraries beside it
wrapper() {
  local name=$1 prefix=$2 binary=$3
  shift 3
  cat >"$CACHE/bin/$name" <<EOF
#!/bin/sh
LD_LIBRARY_PATH=$(prefix_libraries "$prefix")\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH $*
exec $binary "\$@"
EOF
  chmod +x "$CACHE/bin/$name"
}
