#!/bin/sh
# A tree of real repositories: reading it, ripgrep with 200 keywords, stanch, and
# what peers are in PATH, interleaved, warm.
# usage: benches/tree.sh FOLDER [ROUNDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-$here/../target/release/stanch}
folder=${1:?usage: benches/tree.sh FOLDER [ROUNDS]}
words=$(mktemp)
trap 'rm -f "$words"' EXIT
# Without the ends of addresses, which are hundreds and stand nearly nowhere.
"$stanch" rules keywords | awk 'length > 4 && !/^\./' | head -200 > "$words"
cd "$folder"
echo "$(find . -type f | wc -l) files, $(du -sm . | cut -f1) MB on disk"
set -- "${2:-5}" "read every file=find . -type f -not -path '*/.git/*' -print0 | xargs -0 -n 4096 cat"
if command -v rg >/dev/null; then
    # In any case, as stanch looks for its keywords, and as they stand.
    set -- "$@" "rg -i -j2, 200 words=rg -i -j2 -uu -a -c -F -f '$words' ." \
        "rg -j2, 200 words=rg -j2 -uu -a -c -F -f '$words' ."
fi
set -- "$@" "stanch scan=$stanch scan --no-baseline --format jsonl ."
if command -v noseyparker >/dev/null; then set -- "$@" "noseyparker=rm -rf /tmp/np.bench;;noseyparker scan -d /tmp/np.bench ."; fi
if command -v kingfisher >/dev/null; then set -- "$@" "kingfisher=kingfisher scan . --no-validate"; fi
python3 "$here/interleave.py" "$@"
python3 - "$stanch" <<'PY'
import resource, subprocess, sys
subprocess.run([sys.argv[1], "scan", "--no-baseline", "--format", "jsonl", "."], capture_output=True)
print("peak memory of stanch", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, "MB")
PY
