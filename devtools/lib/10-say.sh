# What the user sees, and how a step is made once and whole.

STARTED=$SECONDS

say() { printf '%s\n' "$*"; }
HALF_MADE=
die() {
  [ -z "$HALF_MADE" ] || rm -rf "$HALF_MADE"
  printf '\n\033[31m✗ %s\033[0m\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# step "text" command args: shows the step, its time, and the end of its log when it fails
step() {
  local text=$1 log began=$SECONDS status=0 ticker
  shift
  mkdir -p "$LOGS"
  log=$LOGS/$(printf %s "$text" | tr -cs 'A-Za-z0-9' - | tr 'A-Z' 'a-z' | sed 's/^-//; s/-$//').log
  printf '  · %s ' "$text"
  ( while sleep 5; do printf '.'; done ) 9>&- & ticker=$!
  # In the background, because a command whose status is looked at runs without `set -e`
  ( set -euo pipefail; "$@" ) >"$log" 2>&1 </dev/null 9>&- &
  wait $! || status=$?
  kill "$ticker" 2>/dev/null; wait "$ticker" 2>/dev/null || true
  if [ "$status" = 0 ]; then
    printf '\033[32m✓\033[0m %s s\n' $((SECONDS - began))
  else
    printf '\033[31m✗\033[0m\n\n'
    tail -n 25 "$log" >&2
    die "«$text» failed." "The whole log: $log"
  fi
}

# once NAME KEY "text" builder: builds $CACHE/NAME by `builder <dir>` in a temporary place, moves it in when whole; a same KEY is kept
once() {
  local name=$1 key=$2 text=$3 builder=$4 target=$CACHE/$1 work=$CACHE/$1.part
  if [ -f "$target/.key" ] && [ "$(cat "$target/.key")" = "$key" ]; then return 0; fi
  rm -rf "$work"
  mkdir -p "$work"
  HALF_MADE=$work
  step "$text" "$builder" "$work"
  HALF_MADE=
  printf %s "$key" >"$work/.key"
  rm -rf "$target"
  mv "$work" "$target"
}

have() { command -v "$1" >/dev/null 2>&1; }
hash_of() { sha256sum | cut -c1-12; }

# One set-up at a time for all checkouts of this user; the lock goes with the process
lock_setup() {
  mkdir -p "$CACHE" "$PLACE/addons" "$LOGS" "$CACHE/bin" || die "Cannot write $CACHE." "Set ECRM_CACHE to a folder that you own."
  exec 9>"$CACHE/lock"
  if ! flock -n 9; then
    say "  · waiting for another set-up to finish"
    flock 9
  fi
  ln -sfn "$REPO" "$PLACE/addons/ecrm"
}
unlock_setup() { exec 9>&-; }
