# Sourced by the scripts beside it: a new repository that is to be guarded, and
# the proof that it is. Git and HOME are the script's own.
# shellcheck shell=bash
# shellcheck disable=SC2034 # the scripts that source it read what is set here
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/home"
export HOME=$room/home GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0
git config --global user.name Ada
git config --global user.email ada@example.org
git config --global init.defaultBranch main
# Without the tools of a Rust developer: who installs a package has none.
bare_path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# The milliseconds since the last call.
since_then() {
    local now
    now=$(date +%s%N)
    echo "$(((now - then_ns) / 1000000)) ms"
    then_ns=$now
}
then_ns=$(date +%s%N)

# A repository with one commit, entered.
new_repository() {
    mkdir "$room/$1"
    cd "$room/$1"
    git init -q
    echo "# a project" > README.md
    git add README.md
    git commit -q -m "Begin"
}

# Commits a password; it must be blocked by stanch, with its words. A clean
# commit must pass.
must_block() {
    local said
    echo 'db_password = "harbor-4Tulip-77"' > settings.py
    git add settings.py
    if said=$(git commit -m "Add settings" 2>&1); then
        echo "$1: NOT blocked:"
        echo "$said"
        exit 1
    fi
    if ! grep -q "1 new secret" <<< "$said" || grep -q "4Tulip" <<< "$said"; then
        echo "$1: blocked, but not as it should be:"
        echo "$said"
        exit 1
    fi
    git rm -q -f --cached settings.py
    rm settings.py
    echo "a note on $1" >> notes.md
    git add notes.md
    said=$(git commit -m "Add notes" 2>&1) || {
        echo "$1: a clean commit was blocked:"
        echo "$said"
        exit 1
    }
}
