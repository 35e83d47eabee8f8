#!/bin/sh
# Instructions of a fixed hook run and a fixed scan, counted by valgrind's
# callgrind: the same binary gives the same count whatever else the machine does.
# usage: benches/instructions.sh            print the counts
#        benches/instructions.sh --check    fail when one is over its budget
#        benches/instructions.sh --write    record the counts as the new budget
# The budget allows a margin of 10 %: libc and the linker differ between machines.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-${CARGO_TARGET_DIR:-$here/../target}/release/stanch}
[ -x "$stanch" ] || { echo "no program at $stanch: cargo build --release" >&2 && exit 1; }
budget=$here/instructions.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@example.org \
    GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@example.org LC_ALL=C

count() { # COMMAND...
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null |
        awk '/Collected/ {print $4}'
}

mkdir "$work/repo" && cd "$work/repo" && git init -q -b main .
python3 "$here/workload.py" tree 200 3000 . && git add . && git commit -qm start
python3 "$here/workload.py" tree 3 10000 new && git add new
hook=$(count "$stanch" hook pre-commit)
git commit -qm new && empty=$(count "$stanch" hook pre-commit)
python3 "$here/workload.py" tree 20 50000 "$work/tree"
scan=$(cd "$work/tree" && count "$stanch" scan --no-baseline .)
counts=$(printf 'hook, 3 files of 10 KB\t%s\nhook, nothing staged\t%s\nscan, 1 MB of source\t%s\n' "$hook" "$empty" "$scan")

case ${1:-} in
--write) printf '%s\n' "$counts" > "$budget" && cat "$budget" ;;
--check)
    printf '%s\n' "$counts" | awk -F'\t' -v budget="$budget" '
        BEGIN { while ((getline line < budget) > 0) { split(line, f, "\t"); allowed[f[1]] = f[2] } }
        { over = $2 > allowed[$1] * 1.10; bad += over
          printf "%-26s %12d of %12d%s\n", $1, $2, allowed[$1] * 1.10, over ? "  OVER BUDGET" : "" }
        END { exit bad > 0 }'
    ;;
*) printf '%s\n' "$counts" ;;
esac
