#!/usr/bin/env bash
# usage: ci/readme.sh
# Follows the README word by word in a fresh clone of this commit: its first
# block of commands is run as it stands there, then, in a project of one's own,
# every `$` line of its console blocks, in order. What they print is held by
# `cargo test readme`; here each must end as it does for a reader.
# CARGO_PROFILE_RELEASE_* and CARGO_TARGET_DIR may make the build quicker.
set -euo pipefail
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
# shellcheck source=ci/try.sh
. "$(dirname "$0")/try.sh"
export CARGO_INSTALL_ROOT=$room/installed
PATH=$room/installed/bin:$CARGO_HOME/bin:$PATH
git clone -q "$top" "$room/stanch"
cd "$room/stanch"

# The lines of the Nth block of a kind.
block() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '
        $0 == fence { inside = 1; count += 1; next }
        $0 == "```" { inside = 0 }
        inside && count == wanted' README.md
}

build=$(block sh 1)
echo "$build"
since_then > /dev/null
eval "$build" > "$room/said" 2>&1 || {
    cat "$room/said"
    exit 1
}
echo "  $(since_then)"
must_block "the clone"
tests=$(block sh 2)
[ "$tests" = "cargo test --locked" ]
grep -qx "$tests" .ci/run

readme=$room/stanch
mkdir "$room/project"
cd "$room/project"
git init -q
mkdir src
printf 'import db\n\ndb.login(password="old-Harbor-9")\n' > src/old.py
git add .
git commit -q -m "Begin"
# A key as GitHub makes it: 30 characters and their CRC-32, in base 62.
python3 - > src/client.py << 'PYTHON'
import zlib
digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
body = "Xk3Qv9Lr2Wm7Tz5Bn8Hc4Jd6Fg1SpY"
number, check = zlib.crc32(body.encode()), ""
for _ in range(6):
    number, rest = divmod(number, 62)
    check = digits[rest] + check
print(f'import os\n\nTOKEN = "ghp_{body}{check}"')
PYTHON
number=0
while number=$((number + 1)) && lines=$(cd "$readme" && block console "$number") && [ -n "$lines" ]; do
    while IFS= read -r command; do
        id=$(stanch scan --staged --format jsonl 2> /dev/null | sed -n 's/.*"id":"\([0-9a-f]*\)".*/\1/p' | head -1 || true)
        code=0
        said=$(eval "${command/ ID / $id }" 2>&1) || code=$?
        # The README shows the words of a blocked commit where one is blocked.
        shown=$(grep -F -x -A 1 "\$ $command" <<< "$lines" | tail -1)
        expected=0
        [[ $shown == *"commit blocked"* ]] && expected=1
        if [ "$code" != "$expected" ]; then
            echo "\$ $command"
            echo "$said"
            echo "ci/readme.sh: ends with $code, not $expected"
            exit 1
        fi
        echo "  \$ $command: $code, as the README says"
    done < <(sed -n 's/^\$ //p' <<< "$lines")
done
[ "$number" -gt 5 ]
echo "ci/readme.sh: the README was followed from a fresh clone to the last command"
