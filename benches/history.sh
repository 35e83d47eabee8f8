#!/bin/sh
# A whole history: reading all objects, stanch, and what peers are in PATH, interleaved.
# usage: benches/history.sh REPOSITORY [ROUNDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-$here/../target/release/stanch}
cd "${1:?usage: benches/history.sh REPOSITORY [ROUNDS]}"
echo "$(git rev-list --all --count) commits, $(git count-objects -v | awk '/in-pack/ {print $2}') objects"
set -- "${2:-5}" "cat-file --batch all=git cat-file --batch-all-objects --batch --unordered --buffer" \
    "stanch --history=$stanch scan --history --no-baseline --format jsonl"
if command -v gitleaks >/dev/null; then set -- "$@" "gitleaks=gitleaks git --no-banner ."; fi
if command -v trufflehog >/dev/null; then set -- "$@" "trufflehog=trufflehog git file://$PWD --no-verification --no-update"; fi
if command -v noseyparker >/dev/null; then set -- "$@" "noseyparker=rm -rf /tmp/np.bench;;noseyparker scan -d /tmp/np.bench ."; fi
python3 "$here/interleave.py" "$@"
