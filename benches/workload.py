#!/usr/bin/env python3
"""Makes the workloads of the benchmarks: source-like text, repeatable, no secrets.

usage: workload.py tree FILES BYTES FOLDER | index ENTRIES BLOB | line BYTES FILE
With SOURCE=FOLDER in the environment the text is that of the folder's files.
"""
import functools
import os
import pathlib
import random
import sys

WORDS = """self return value config user token_count request response index buffer length cursor session
parse render update handler context options default result error message path name key keys items data
model tensor shape batch layer weight client server socket stream reader writer password_field author
import from class def for while if else try except with as not and or in is None True False""".split()


def source(bytes_wanted, seed):
    """Python-like text: indentation, names, calls, numbers, short strings."""
    rng = random.Random(seed)
    out, size = [], 0
    while size < bytes_wanted:
        words = [rng.choice(WORDS) for _ in range(rng.randint(2, 7))]
        line = "    " * rng.randint(0, 3) + rng.choice([
            f"{words[0]}.{words[-1]}({', '.join(words[1:-1])})",
            f"{words[0]} = {words[-1]}[{rng.randint(0, 999)}]",
            f"# {' '.join(words)}",
            f"def {'_'.join(words[:3])}({words[-1]}):",
            f"{words[0]} = \"{' '.join(words[1:])}\"",
        ])
        out.append(line)
        size += len(line) + 1
    return "\n".join(out) + "\n"


@functools.cache
def real(folder):
    """The text of a folder's files, 64 MB at most, one after the other in an order of chance."""
    paths = sorted(path for path in pathlib.Path(folder).rglob("*") if path.is_file() and not path.is_symlink())
    random.Random(1).shuffle(paths)
    texts, size = [], 0
    for path in paths:
        data = path.read_bytes()
        if size < 64_000_000 and b"\0" not in data:
            texts.append(data.decode("utf-8", errors="replace"))
            size += len(data)
    return "".join(texts)


def text(size, number):
    """A text of that size, another one for each number."""
    folder = os.environ.get("SOURCE")
    if not folder:
        return source(size, number)
    whole = real(folder)
    start = number * size % max(1, len(whole) - size)
    return whole[start : start + size]


def tree(files, size, folder):
    root = pathlib.Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        (root / f"file_{number}.py").write_text(text(size, number), encoding="utf-8")


def index(entries, blob):
    for number in range(entries):
        sys.stdout.write(f"100644 {blob}\tlib/{number // 1000:03}/{number:06}.py\n")


def line(size, file):
    part = "".join(text(1_000_000, number) for number in range(7, 23)).replace("\n", ";")
    with open(file, "w", encoding="utf-8") as out:
        for _ in range(-(-size // len(part))):
            out.write(part)


def main():
    kind, args = sys.argv[1], sys.argv[2:]
    if kind == "tree":
        tree(int(args[0]), int(args[1]), args[2])
    elif kind == "index":
        index(int(args[0]), args[1])
    elif kind == "line":
        line(int(args[0]), args[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
