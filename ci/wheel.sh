#!/usr/bin/env bash
# usage: ci/wheel.sh [PROFILE]
# Builds the wheel with maturin, installs it into a fresh virtual environment
# with no Rust in PATH, guards a repository and is blocked. Prints how long each
# step took. PROFILE is one of cargo's; the release workflow takes `release`.
profile=${1:-dev}
# maturin needs the cargo of the developer's own HOME.
out=$(cd "$(dirname "$0")/.." && pwd)/target/wheel-try
rm -rf "$out"
mkdir -p "$out"
python3 -m venv "$out/tools"
"$out/tools/bin/pip" install --quiet --disable-pip-version-check "maturin>=1.9,<2" || exit 1
(
    cd "$out/../.." || exit 1
    rm -rf stanch.data
    # The binary tells its completions and pages; the wheel then carries them.
    cargo build --quiet --locked --profile "$profile" || exit 1
    folder=$profile
    [ "$profile" = dev ] && folder=debug
    ci/extras.sh "${CARGO_TARGET_DIR:-target}/$folder/stanch" stanch.data/data || exit 1
    "$out/tools/bin/maturin" build --quiet --locked --profile "$profile" --out "$out/dist" || exit 1
    rm -rf stanch.data
) || exit 1

# shellcheck source=ci/try.sh
. "$(dirname "$0")/try.sh"
PATH=$bare_path
if command -v cargo > /dev/null; then
    echo "there is a cargo in $PATH: this would prove nothing"
    exit 1
fi
python3 -m venv "$room/venv"
echo "virtual environment   $(since_then)"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$out"/dist/*.whl
echo "wheel installed       $(since_then)"
PATH=$room/venv/bin:$PATH
new_repository project
since_then > /dev/null
stanch install 2> "$room/said" || {
    cat "$room/said"
    exit 1
}
echo "stanch install        $(since_then)"
grep -q "^installed='$room/venv/bin/stanch'$" .git/hooks/pre-commit
must_block wheel
echo "a blocked commit and a clean one   $(since_then)"
for page in stanch stanch-scan stanch-doctor; do
    [ -s "$room/venv/share/man/man1/$page.1" ]
done
bash -n "$room/venv/share/bash-completion/completions/stanch"
[ -s "$room/venv/share/zsh/site-functions/_stanch" ]
[ -s "$room/venv/share/fish/vendor_completions.d/stanch.fish" ]
# The hook outlives the environment that is active: it names the program.
PATH=$bare_path
must_block "wheel, environment not active"
stanch=$room/venv/bin/stanch
"$stanch" doctor --hooks 2>&1 | tail -1
echo "ci/wheel.sh: a wheel of profile $profile guards a repository, without Rust"
