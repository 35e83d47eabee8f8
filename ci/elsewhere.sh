#!/usr/bin/env bash
# usage: ci/elsewhere.sh
# Checks that all of it compiles for Windows and for macOS, from any system: the
# types of both, though neither is run. The C libraries need no compiler for that.
set -euo pipefail
cd "$(dirname "$0")/.."
for target in x86_64-pc-windows-gnu aarch64-apple-darwin; do
    rustup target add "$target"
    variable=${target//-/_}
    env "CC_$variable=true" "AR_$variable=true" RUSTFLAGS="-D warnings" \
        CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/elsewhere" \
        cargo check --locked --target "$target"
done
