#!/usr/bin/env bash
# usage: ci/frameworks.sh STANCH
# Tries `.pre-commit-hooks.yaml` with the real pre-commit and the real prek, from
# PyPI. With BUILD=1 the hook of `language: python` is built from this commit, as
# the tools do; else only the ids of the installed binary are tried.
# `stanch install` beside these and other managers is tried by `ci/packages.sh`.
set -euo pipefail
stanch=$(realpath "$1")
cargo_home=${CARGO_HOME:-$HOME/.cargo}
rustup_home=${RUSTUP_HOME:-$HOME/.rustup}
python=$(command -v python3)
cargo_path=$(dirname "$(command -v cargo)")
# shellcheck source=ci/try.sh
. "$(dirname "$0")/try.sh"
mkdir "$room/bin"
cp "$stanch" "$room/bin/stanch"
"$python" -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit prek
PATH=$room/bin:$room/venv/bin:$bare_path

fail() {
    echo "$tool: $1:"
    cat "$room/said"
    exit 1
}
# says WHAT WORDS COMMAND...: the command must end as WHAT says, with the words.
says() {
    local what=$1 words=$2 code=0
    shift 2
    "$@" > "$room/said" 2>&1 || code=$?
    case $what in
        passes) [ "$code" = 0 ] || fail "\`$*\` exits with $code" ;;
        fails) [ "$code" != 0 ] || fail "\`$*\` passes" ;;
    esac
    grep -qE "$words" "$room/said" || fail "\`$*\` does not say \"$words\""
}

# The hooks of this commit's work tree, as a repository that the tools can clone.
git clone -q "$top" "$room/stanch"
(cd "$top" && tar -c .pre-commit-hooks.yaml) | tar -x -C "$room/stanch"
git -C "$room/stanch" add -A
git -C "$room/stanch" commit -q --allow-empty -m "The work tree"
rev=$(git -C "$room/stanch" rev-parse HEAD)

use() {
    local id
    printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n' "$room/stanch" "$rev"
    for id in "$@"; do printf '      - id: %s\n' "$id"; done
}

guarded_by() {
    tool=$1
    shift
    new_repository "$tool-$1"
    use "$@" > .pre-commit-config.yaml
    git add .pre-commit-config.yaml
    git commit -q -m "Add hooks"
    says fails "names stanch, and no hook of git runs it" "$stanch" doctor
    says passes "[Ii]nstalled" "$tool" install
    must_block "$tool"
    says passes "pass +hooks" "$stanch" doctor
    says fails "nothing is staged and no file is named" "$tool" run "$1"
    echo "# a change" >> README.md
    git add README.md
    says passes "no new secrets in 1 file, [0-9]+ bytes" "$tool" run "$1"
    says passes "no new secrets in [23] files, [0-9]+ bytes" "$tool" run "$1" --all-files
    git commit -q -m "Change"
    says passes "no new secrets in [34] files, [0-9]+ bytes" "$tool" run "$1" --all-files
    says passes "no new secrets in 1 file, [0-9]+ bytes" "$tool" run "$1" --files README.md
    echo 'db_password = "harbor-4Tulip-77"' > settings.py
    git add settings.py
    git commit -q --no-verify -m "By another way"
    says fails "1 new secret" "$tool" run "$1" --all-files
    says fails "1 new secret" "$tool" run "$1" --files settings.py
    says passes "no new secrets in 1 file" "$tool" run "$1" --files README.md
    echo "$tool, id $1: blocks a commit, reads named files and all files, passes over nothing"
}

pushes() {
    tool=$1
    new_repository "$tool-push"
    printf 'repos:\n  - repo: local\n    hooks:\n      - {id: stanch-push, name: stanch (push), entry: stanch hook pre-push, language: system, pass_filenames: false, always_run: true, verbose: true, stages: [pre-push]}\n' > .pre-commit-config.yaml
    git add .
    git commit -q -m "Add hooks"
    git init -q --bare "$room/$tool.git"
    git remote add origin "$room/$tool.git"
    says passes "[Ii]nstalled" "$tool" install --hook-type pre-push
    says passes "no new secrets in 2 files" git push origin main
    echo 'db_password = "harbor-4Tulip-77"' > settings.py
    git add settings.py
    git commit -q --no-verify -m "By another way"
    says fails "1 new secret" git push origin main
    says fails "1 new secret" git push origin main:other
    says fails "no ref is pushed" "$tool" run --hook-stage pre-push
    echo "$tool: a push is judged"
}

for tool in pre-commit prek; do
    guarded_by "$tool" stanch-system
    pushes "$tool"
done

if [ "${BUILD:-}" = 1 ]; then
    export CARGO_HOME=$cargo_home RUSTUP_HOME=$rustup_home
    export MATURIN_PEP517_ARGS="--profile dev" CARGO_TARGET_DIR=$top/target
    PATH=$cargo_path:$PATH
    rm "$room/bin/stanch"
    for tool in pre-commit prek; do guarded_by "$tool" stanch; done
    cp "$stanch" "$room/bin/stanch"
fi

echo "ci/frameworks.sh: the ids of .pre-commit-hooks.yaml do what they say"
