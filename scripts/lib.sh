# What scripts/run and scripts/test share: each step says what it does, does it only when something changed,
# and says plainly what is wrong when it fails. Sourced by them; needs nothing but bash and coreutils.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly LOG=instance/setup.log
readonly OLDEST_PYTHON=3.11
venv_python=.venv/bin/python
child=

say() { printf '%s\n' "$*"; }
fail() { # CODE LINE...
  local code=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$code"
}

# Ctrl-C or kill while a step runs: the step goes too, and nothing half done is taken for done.
interrupted() {
  trap - INT TERM
  if [[ -n $child ]]; then
    kill "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  printf '\nInterrupted; the next start goes on from here.\n' >&2
  exit 130
}
trap interrupted INT TERM

# step WHAT HINT COMMAND... : one line for people, the command's own words in the log.
step() {
  local what=$1 hint=$2 code=0 began=$SECONDS
  shift 2
  mkdir -p "${LOG%/*}"
  printf '\n== %s: %s\n' "$what" "$*" >>"$LOG"
  [[ -t 1 ]] || say "$what …"
  "$@" >>"$LOG" 2>&1 </dev/null &
  child=$!
  while [[ -t 1 ]] && kill -0 "$child" 2>/dev/null; do
    printf '\r%s … %d s ' "$what" $((SECONDS - began))
    sleep 0.5
  done
  wait "$child" || code=$?
  child=
  [[ -t 1 ]] && printf '\r%s: %s, %d s\n' "$what" "$([[ $code == 0 ]] && echo done || echo FAILED)" $((SECONDS - began))
  [[ $code == 0 ]] && return
  tail -n 12 "$LOG" | sed 's/^/  | /' >&2
  fail 1 "Set-up failed: $what (exit code $code)." "The whole output: $PWD/$LOG" "What to try: $hint"
}

# same STAMP FILE... : whether the step that wrote STAMP saw these very files.
same() {
  local stamp=$1
  shift
  [[ -f $stamp ]] && [[ "$(cat -- "$@")" == "$(<"$stamp")" ]]
}

is_new_enough() { "$1" -c "import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON/./, }))" 2>/dev/null; }

# Sets `python` to the first Python that is new enough.
find_python() {
  local name version too_old=()
  for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
    command -v "$name" >/dev/null || continue
    if is_new_enough "$name"; then
      python=$name
      return
    fi
    version=$("$name" --version 2>&1) || version="a program that does not run"
    too_old+=("  $(command -v "$name") is ${version:0:60}")
  done
  if ((${#too_old[@]})); then
    fail 1 "Incident Atlas needs Python $OLDEST_PYTHON or newer. This machine has:" "${too_old[@]}" \
      "Install a newer one, or name it:  PYTHON=/path/to/python3 ./scripts/run"
  fi
  fail 1 "Incident Atlas needs Python $OLDEST_PYTHON or newer, and no python3 is on the PATH." \
    "Install it (Debian, Ubuntu: apt install python3 python3-venv), or name it:  PYTHON=/path/to/python3 ./scripts/run"
}

make_venv() {
  [[ -x $venv_python ]] && is_new_enough "$venv_python" && return
  local python
  find_python
  # What is there does not run: made by a Python that is gone, or left half done.
  rm -rf .venv
  step "Making the virtual environment with $("$python" --version 2>&1)" \
    "Debian and Ubuntu keep a part of Python apart: apt install python3-venv. Is the disk full?" \
    "$python" -m venv .venv
}

# install requirements|requirements-dev|requirements-node WHAT
install() {
  local stamp=.venv/.installed-$1.txt
  same "$stamp" "$1.txt" && return
  rm -f "$stamp"
  # A set-up that was stopped at the wrong moment leaves a virtual environment without pip.
  "$venv_python" -m pip --version >/dev/null 2>&1 || step "Adding pip to the virtual environment" \
    "Remove .venv and start again." "$venv_python" -m ensurepip
  # --no-compile: Python compiles what it imports, which is a tenth of what is installed.
  step "Installing $2" \
    "Is the package index reachable (network, proxy, PIP_INDEX_URL)? Is there 1 GB of disk? Then start again." \
    "$venv_python" -m pip install --require-hashes --no-compile --disable-pip-version-check --no-input -r "$1.txt"
  cp "$1.txt" "$stamp"
}

# Lock files of version 3 need npm 7.
has_npm() {
  local version
  version=$(npm --version 2>/dev/null) && [[ ${version%%.*} =~ ^[0-9]+$ ]] && ((${version%%.*} >= 7))
}

front_end() {
  same webapp/static/vendor/.made-from package-lock.json webapp/maps/assets.py && return
  if ! has_npm; then
    install requirements-node "Node.js with npm, since there is none on this machine"
    PATH=$PWD/.venv/bin:$PATH
    # The wheel's Node.js knows only its own list of certificate authorities; behind an organisation's
    # own one it takes those that this machine trusts.
    export NODE_USE_SYSTEM_CA=1
  fi
  step "Fetching the map's libraries for the browser" \
    "Is the npm registry reachable (network, proxy, npm_config_registry)? Then start again." \
    npm ci --ignore-scripts --prefer-offline --no-audit --no-fund
  step "Copying them to webapp/static/vendor" "Can this folder be written to? Is the disk full?" \
    env PYTHONPATH=. "$venv_python" -P webapp/maps/assets.py
}

catalogues() {
  local po
  for po in webapp/translations/*/LC_MESSAGES/*.po; do
    [[ -f $po && ! ${po%.po}.mo -nt $po ]] || continue
    step "Compiling the translation ${po#webapp/translations/}" "Correct the line that the log names." \
      .venv/bin/pybabel compile --input-file "$po" --output-file "${po%.po}.mo" --locale "$(basename "${po%/LC_MESSAGES/*}")"
  done
}

# What the commands need that serve nothing.
set_up_python() {
  make_venv
  install requirements "the pinned requirements (the first time takes a minute or two)"
}

set_up() {
  set_up_python
  front_end
  catalogues
}
