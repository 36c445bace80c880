#!/bin/sh
# Make an environment and install the given lock files into it; does nothing when that has been done already.
# The environment is .venv, unless SETUP_VENV names another.
set -eu
cd "$(dirname "$0")/.."
venv=${SETUP_VENV:-.venv}

fail() { echo "$*" >&2; exit 1; }

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed, and none was found."
}

# Debian's python3 comes without what venv needs; as root it can be had, otherwise the sentence says how.
make_venv() {
    if "$1" -m venv "$venv" >/dev/null 2>&1; then return; fi
    rm -rf "$venv"
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
        if "$1" -m venv "$venv"; then return; fi
    fi
    fail "Python has no venv here. On Debian and Ubuntu: sudo apt install python3-venv, then run this again."
}

stamp="$venv/installed-$(cat "$@" | cksum | tr ' ' '-')"
[ -e "$stamp" ] && exit 0

if [ ! -x "$venv/bin/python" ]; then
    python=$(find_python)
    make_venv "$python"
fi
requirements=""
for file in "$@"; do requirements="$requirements -r $file"; done
echo "Installing into $venv (once)…"
# shellcheck disable=SC2086 # one word a file is meant
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check $requirements
touch "$stamp"
