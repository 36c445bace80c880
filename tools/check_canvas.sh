#!/bin/sh
# Lint, check the types and test the canvas's JavaScript. Without npm only CI fails; a sentence says what is missing.
set -eu
cd "$(dirname "$0")/.."

if ! sh tools/setup_node.sh; then
    [ -n "${CI:-}" ] && exit 1
    exit 0
fi
sh tools/node.sh node_modules/eslint/bin/eslint.js .
sh tools/node.sh node_modules/typescript/bin/tsc --project .
tests=$(find tests/canvas -name '*.test.js' | sort)
[ -n "$tests" ] || { echo "tests/canvas holds no *.test.js." >&2; exit 1; }
# shellcheck disable=SC2086 # one word a file is meant
sh tools/node.sh --test $tests
