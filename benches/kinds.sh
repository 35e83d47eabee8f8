#!/bin/sh
# What the hook costs in every kind of repository git can make: an empty hook
# script and stanch, interleaved, one line a kind. Each has 1,000 files, or as
# many as it says, and three new ones of 10 KB staged.
# usage: benches/kinds.sh [ROUNDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-$here/../target/release/stanch}
rounds=${1:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=b GIT_AUTHOR_EMAIL=b@example.org \
    GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b@example.org
mkdir -p "$HOME"
printf '#!/bin/sh\nexec true\n' >"$work/empty"
printf '#!/bin/sh\nexec "%s" hook pre-commit\n' "$stanch" >"$work/hook"
chmod +x "$work/empty" "$work/hook"

first() { # INIT-OPTION...: a repository of 1,000 files with one commit, in `from`
    rm -rf "$work/from" && mkdir "$work/from" && cd "$work/from"
    git init -q -b main "$@" .
    git config uploadpack.allowFilter true
    mkdir in && python3 "$here/workload.py" tree 900 3000 . && python3 "$here/workload.py" tree 100 3000 in
    git add . && git commit -qm start
}

make() { # KIND: makes one of `from` and enters it
    cd "$work" && rm -rf at tree module apart && git -C from worktree prune
    case $1 in
    worktree) git -C from worktree add -q -f --detach "$work/at" && cd at ;;
    submodule)
        git -C from worktree add -q -f --detach "$work/module" && git init -q $format tree && cd tree &&
            git -c protocol.file.allow=always submodule add -q "$work/from" at && cd at
        ;;
    shallow) git clone -q --depth 1 "file://$work/from" at && cd at ;;
    partial) git clone -q --filter=blob:none "file://$work/from" at && cd at ;;
    *) cp -a from at && cd at ;;
    esac
    case $1 in
    sparse) git sparse-checkout init --cone --sparse-index && git sparse-checkout set in ;;
    split) git update-index --split-index ;;
    v4) git update-index --index-version 4 ;;
    100,000)
        python3 "$here/workload.py" index 100000 "$(git rev-parse HEAD:file_0.py)" |
            git update-index --index-info && git commit -qm many
        ;;
    esac
    folder=new
    [ "$1" != sparse ] || folder=in/new
    python3 "$here/workload.py" tree 3 10000 $folder && git add $folder
}

measure() { # NAME: as git calls its hooks
    index=$(git rev-parse --path-format=absolute --git-path index)
    GIT_INDEX_FILE=$index python3 "$here/interleave.py" "$rounds" "empty=$work/empty" "stanch=$work/hook" |
        awk -v name="$1" '/^empty/ { e = $2; em = $3 } /^stanch/ { printf "%-28s%8.2f%8.2f%9.2f%9.2f   exit %s\n", name, e, $2, $2 - e, $3 - em, $NF }'
}

printf '%-28s%8s%8s%9s%9s\n' "ms, median" empty stanch "+median" "+min"
for format in "--object-format=sha1 --ref-format=files" "--object-format=sha1 --ref-format=reftable" \
    "--object-format=sha256 --ref-format=files" "--object-format=sha256 --ref-format=reftable"; do
    # Clones have it from here.
    export GIT_DEFAULT_REF_FORMAT="${format##*=}"
    # shellcheck disable=SC2086 # two options
    first $format 2>/dev/null || { echo "$format: not by this git" && continue; }
    short=$(echo "$format" | sed 's/--object-format=//; s/ --ref-format=/ /')
    for kind in normal worktree submodule shallow partial sparse split v4 100,000; do
        make $kind >/dev/null 2>&1 && measure "$short $kind"
    done
done
