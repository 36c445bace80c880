#!/bin/sh
# Run node: the machine's if it is new enough, else the one that Playwright's Python package ships.
set -eu
cd "$(dirname "$0")/.."

new_enough() { "$1" -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019 ? 1 : 0)' 2>/dev/null; }

for candidate in "$(command -v node || true)" .venv/lib/python3.*/site-packages/playwright/driver/node; do
    if [ -x "$candidate" ] && new_enough "$candidate"; then exec "$candidate" "$@"; fi
done
echo "Node 20.19 or newer is needed to check the canvas, and none was found; make setup-dev brings one." >&2
exit 1
