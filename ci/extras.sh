#!/usr/bin/env bash
# usage: ci/extras.sh STANCH FOLDER
# Writes the completions and manual pages of a binary below FOLDER, where a
# prefix such as /usr/local has them.
set -euo pipefail
stanch=$1
share=$2/share
bash_folder=$share/bash-completion/completions
zsh_folder=$share/zsh/site-functions
fish_folder=$share/fish/vendor_completions.d
mkdir -p "$bash_folder" "$zsh_folder" "$fish_folder" "$share/man/man1"
"$stanch" completions bash > "$bash_folder/stanch"
"$stanch" completions zsh > "$zsh_folder/_stanch"
"$stanch" completions fish > "$fish_folder/stanch.fish"
"$stanch" man --out "$share/man/man1"
