#!/bin/sh
# Install what checks the canvas's JavaScript into node_modules; does nothing when that has been done already.
set -eu
cd "$(dirname "$0")/.."

stamp="node_modules/installed-$(cat package.json package-lock.json .npmrc | cksum | tr ' ' '-')"
[ -e "$stamp" ] && exit 0

# Playwright's package has a node, but no npm. As root Debian's can be had; otherwise the sentence says how.
if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq npm >/dev/null || true
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "npm was not found, so the canvas's JavaScript cannot be checked. It comes with Node: https://nodejs.org" >&2
    exit 1
fi
echo "Installing into node_modules (once)…"
npm ci --silent
touch "$stamp"
