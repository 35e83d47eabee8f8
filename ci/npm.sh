#!/usr/bin/env bash
# usage: ci/npm.sh STANCH
# Makes the npm packages of one binary for this platform, packs them, installs
# both tarballs into a fresh project and guards it through npx. The hook must
# hold the path of the native binary: a commit starts no node.
set -euo pipefail
stanch=$(realpath "$1")
# shellcheck source=ci/try.sh
. "$(dirname "$0")/try.sh"
case $(node -p 'process.platform + "-" + process.arch') in
    linux-x64) target=x86_64-unknown-linux-musl ;;
    linux-arm64) target=aarch64-unknown-linux-musl ;;
    darwin-arm64) target=aarch64-apple-darwin ;;
    darwin-x64) target=x86_64-apple-darwin ;;
    *) echo "ci/npm.sh: no package for this platform" && exit 1 ;;
esac
platform=$(node -p 'process.platform + "-" + process.arch')
version=$("$stanch" --version | cut -d ' ' -f 2)
mkdir -p "$room/binaries/binary-$target" "$room/packs"
cp "$stanch" "$room/binaries/binary-$target/stanch"
node "$top/npm/build.mjs" "$version" "$room/binaries" "$room/out" 2> /dev/null
for package in "$platform" stanch; do
    (cd "$room/out/$package" && npm pack --silent --pack-destination "$room/packs" > /dev/null)
done
node_path=$(dirname "$(command -v node)")
PATH=$node_path:$bare_path
new_repository project
echo node_modules > .gitignore
npm init --yes > /dev/null
since_then > /dev/null
npm install --silent --offline --no-audit --no-fund --save-dev \
    "$room/packs/stanch-$platform-$version.tgz" "$room/packs/stanch-$version.tgz"
echo "both packages installed   $(since_then)"
[ "$(npx --offline stanch --version)" = "stanch $version" ]
since_then > /dev/null
npx --offline stanch install 2> /dev/null
echo "npx stanch install        $(since_then)"
native=$room/project/node_modules/@stanch/$platform/bin/stanch
grep -q "^installed='$native'$" .git/hooks/pre-commit || {
    grep "^installed=" .git/hooks/pre-commit
    exit 1
}
git add -A
git commit -q -m "Guard against secrets"
since_then > /dev/null
must_block npm
echo "a blocked commit and a clean one   $(since_then)"
# The exit code of the program comes through the launcher.
echo 'db_password = "harbor-4Tulip-77"' > settings.py
code=0
npx --offline stanch scan settings.py 2> /dev/null || code=$?
[ "$code" = 1 ]
rm -r "node_modules/@stanch"
code=0
said=$(npx --offline stanch --version 2>&1) || code=$?
[ "$code" = 2 ]
grep -q "is not installed" <<< "$said"
echo "ci/npm.sh: launcher and $platform package guard a repository"
