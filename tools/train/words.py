#!/usr/bin/env python3
"""Makes rules/words/common.txt: the words that public code is written with.

usage: words.py GIT-DIR... > rules/words/common.txt

Of the newest commit of each repository at most 2,000 text files are read and
split into words as the detector splits names (at separators, humps and
digits). A word of 3 to 14 letters is kept when it stands in at least a fifth
of the repositories (the shortest in more, since random text holds them too), so
nothing of a single project, and no secret, gets in.
"""
import collections
import re
import subprocess
import sys

FILES, BYTES = 2_000, 100_000
WORD = re.compile(rb"[A-Z]?[a-z]{2,13}|[A-Z]{3,14}(?![a-z])")


def git(git_dir, *args, stdin=None):
    command = ["git", "-c", "safe.directory=*", "--git-dir", git_dir, *args]
    return subprocess.run(command, input=stdin, capture_output=True, check=False).stdout


def words_of(git_dir):
    names = [line.split(b"\t")[0].split()[2] for line in git(git_dir, "ls-tree", "-r", "HEAD").splitlines()]
    step = max(1, len(names) // FILES)
    listed = b"\n".join(names[::step])
    found = set()
    batch = git(git_dir, "cat-file", "--batch", stdin=listed + b"\n")
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        header = batch[at:end].split()
        if len(header) != 3:
            at = end + 1
            continue
        size = int(header[2])
        text = batch[end + 1 : end + 1 + min(size, BYTES)]
        at = end + 2 + size
        if b"\0" not in text:
            found.update(word.lower() for word in WORD.findall(text) if 3 <= len(word) <= 14)
    return found


def main():
    repositories = sys.argv[1:]
    counts = collections.Counter()
    for git_dir in repositories:
        counts.update(words_of(git_dir))
    share = {3: 0.5, 4: 0.3}
    for word, count in sorted(counts.items()):
        if count >= share.get(len(word), 0.2) * len(repositories):
            print(word.decode())


if __name__ == "__main__":
    main()
