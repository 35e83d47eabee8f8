#!/usr/bin/env python3
"""Counts how often folded 4-grams stand in source text, for the prefilter.

usage: gram_counts.py FOLDER... > src/rules/grams.tsv

Of every keyword the prefilter keeps its four rarest bytes (src/rules/grams.rs);
this table says which are frequent. Text is sampled: at most 4 MB a folder (one
repository each), files of up to 200 KB, in an order that does not depend on the
file system. Grams are folded as the prefilter does it (`fold` there), and written as
8 hex digits in memory order with their count a megabyte; those below 50 are left out.
"""
import collections
import hashlib
import pathlib
import sys

A_FOLDER = 4_000_000
A_FILE = 200_000
LEAST = 50
FOLD, FOLD_LAST = (bytes(b & mask for b in range(256)) for mask in (0xDF, 0x1F))


def sample(folder):
    files = [p for p in pathlib.Path(folder).rglob("*") if p.is_file() and not p.is_symlink() and ".git" not in p.parts]
    files.sort(key=lambda p: hashlib.sha256(str(p.relative_to(folder)).encode()).digest())
    size = 0
    for file in files:
        text = file.read_bytes()
        if len(text) > A_FILE or b"\0" in text:
            continue
        yield text
        size += len(text)
        if size > A_FOLDER:
            return


def main():
    counts, total = collections.Counter(), 0
    for folder in sys.argv[1:]:
        for text in sample(folder):
            total += len(text)
            heads, lasts = text.translate(FOLD), text.translate(FOLD_LAST)
            counts.update((heads[at:at + 3], lasts[at + 3]) for at in range(len(text) - 3))
    for (head, last), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        a_megabyte = count * 1_000_000 // total
        if a_megabyte < LEAST:
            break
        print(f"{head.hex()}{last:02x}\t{a_megabyte}")


if __name__ == "__main__":
    main()
