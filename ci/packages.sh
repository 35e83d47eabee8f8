#!/bin/sh
# The tests with real hook managers: husky from the npm registry; lefthook,
# pre-commit and prek from PyPI. Needs node, npm, python3 and both registries;
# without them it says so and ends well, so that CI may always call it.
# usage: ci/packages.sh [FOLDER]   (default: target/packages, kept for the next run)
set -eu
cd "$(dirname "$0")/.."
folder=${1:-target/packages}

if ! { command -v node && command -v npm && command -v python3; } >/dev/null; then
    echo "ci/packages.sh: skipped, node, npm or python3 is not here"
    exit 0
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
if [ ! -x "$folder/bin/prek" ]; then
    python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check \
        pre-commit==4.7.0 prek==0.5.11 lefthook==2.2.2 ||
        { echo "ci/packages.sh: skipped, PyPI cannot be reached" && rm -rf "$folder" && exit 0; }
fi
if [ ! -d "$folder/node_modules/husky" ]; then
    npm install --silent --no-save --prefix "$folder" husky@9.1.7 ||
        { echo "ci/packages.sh: skipped, the npm registry cannot be reached" && exit 0; }
fi
STANCH_NODE_MODULES="$folder/node_modules" PATH="$folder/bin:$PATH" \
    cargo test --test it -- --ignored --nocapture packages::
