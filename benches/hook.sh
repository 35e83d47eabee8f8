#!/bin/sh
# What a commit pays: an empty hook script, `git diff-index`, stanch, and what
# peers are in PATH, interleaved in one run. Makes its repositories in a
# temporary folder.
# usage: [SOURCE=FOLDER] benches/hook.sh [small|changed|index|new|line]...
# (default: small changed index; the text is that of the folder, or made up)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-$here/../target/release/stanch}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -n "${SOURCE:-}" ]; then SOURCE=$(cd "$SOURCE" && pwd) && export SOURCE; fi
export HOME="$work/home" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@example.org \
    GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@example.org
mkdir -p "$HOME"

repo() { # FILES BYTES: a repository of that many files with one commit
    rm -rf "$work/repo" && mkdir "$work/repo" && cd "$work/repo" && git init -q -b main .
    python3 "$here/workload.py" tree "$1" "$2" . && git add . && git commit -qm start
}

measure() { # ROUNDS: hooks as the installed script calls them
    printf '#!/bin/sh\nexec true\n' > "$work/empty" && printf '#!/bin/sh\nexec "%s" hook pre-commit\n' "$stanch" > "$work/hook"
    chmod +x "$work/empty" "$work/hook"
    set -- "$1" "empty hook=$work/empty" "git diff-index=git diff-index --cached --raw -z HEAD" "stanch=$work/hook"
    if command -v gitleaks >/dev/null; then set -- "$@" "gitleaks=gitleaks git --pre-commit --staged --no-banner ."; fi
    if command -v ripsecrets >/dev/null; then set -- "$@" "ripsecrets=ripsecrets --strict-ignore $(git diff --cached --name-only | head -300 | tr '\n' ' ')"; fi
    if command -v kingfisher >/dev/null; then set -- "$@" "kingfisher=kingfisher scan . --staged --no-validate"; fi
    GIT_INDEX_FILE=.git/index python3 "$here/interleave.py" "$@"
}

for case in ${*:-small changed index}; do
    case $case in
    small)
        echo "3 new files of 10 KB, 1,000-file repository"
        repo 1000 3000
        python3 "$here/workload.py" tree 3 10000 new && git add new && measure 40
        ;;
    changed)
        echo "200 changed files, 5 MB"
        repo 1000 25000
        find . -name '*.py' | sort | head -200 | while read -r file; do echo "# changed" >> "$file"; done
        git add . && measure 20
        ;;
    index)
        echo "3 new files of 10 KB, 100,000 index entries"
        repo 10 100
        blob=$(git hash-object -w file_0.py)
        python3 "$here/workload.py" index 100000 "$blob" | git update-index --index-info && git commit -qm many
        python3 "$here/workload.py" tree 3 10000 new && git add new && measure 20
        ;;
    new)
        echo "10,000 new files of 5 KB in one commit"
        repo 10 100
        python3 "$here/workload.py" tree 10000 5000 new && git add new
        git diff-index --cached --raw HEAD | cut -d' ' -f4 > "$work/ids"
        printf '#!/bin/sh\nexec git cat-file --batch < "%s"\n' "$work/ids" > "$work/cat" && chmod +x "$work/cat"
        printf '#!/bin/sh\nexec "%s" hook pre-commit\n' "$stanch" > "$work/hook" && chmod +x "$work/hook"
        python3 "$here/interleave.py" 7 "read the blobs=$work/cat" "stanch=$work/hook"
        ;;
    line)
        echo "one staged 100 MB line"
        repo 10 100
        python3 "$here/workload.py" line 100000000 bundle.js && git add bundle.js
        printf '#!/bin/sh\nexec "%s" hook pre-commit\n' "$stanch" > "$work/hook" && chmod +x "$work/hook"
        python3 "$here/interleave.py" 5 "git cat-file blob=git cat-file blob :bundle.js" "stanch=$work/hook"
        /usr/bin/env python3 -c "import resource,subprocess; subprocess.run(['$work/hook'],capture_output=True); print('peak memory', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024, 'MB')"
        ;;
    *) echo "no case $case" >&2; exit 2 ;;
    esac
done
