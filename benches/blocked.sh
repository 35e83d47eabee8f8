#!/bin/sh
# How often the guard stops somebody: of the last commits of a repository those that bring a
# finding, and those in which gitleaks, if it is in PATH, finds one.
# usage: benches/blocked.sh REPOSITORY [COMMITS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
stanch=${STANCH:-$here/../target/release/stanch}
cd "${1:?usage: benches/blocked.sh REPOSITORY [COMMITS]}"
most=${2:-1000}
commits=0 blocked=0 sure=0 unread=0
for commit in $(git rev-list --no-merges --max-count "$most" --min-parents=1 HEAD); do
    code=0
    found=$("$stanch" scan --range "$commit~1..$commit" --format jsonl 2>/dev/null) || code=$?
    commits=$((commits + 1))
    case $code in
    0) continue ;;
    1) blocked=$((blocked + 1)) ;;
    *) unread=$((unread + 1)) ;;
    esac
    if echo "$found" | grep '"status":"new"' | grep -qv '"confidence":"low"'; then
        sure=$((sure + 1))
    fi
done
echo "$commits commits: $blocked blocked, $sure by a finding of medium or high confidence," \
    "$unread that cannot be read here"
if command -v gitleaks >/dev/null; then
    report=$(mktemp)
    trap 'rm -f "$report"' EXIT
    gitleaks git --no-banner --log-level error --exit-code 0 --report-format json \
        --report-path "$report" --log-opts "--no-merges --min-parents=1 -n $most HEAD" .
    echo "gitleaks: $(grep -o '"Commit": "[0-9a-f]*"' "$report" | sort -u | wc -l)"
fi
