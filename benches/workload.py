#!/usr/bin/env python3
"""Makes the workloads of the benchmarks: source-like text, repeatable, no secrets.

usage: workload.py tree FILES BYTES FOLDER | index ENTRIES BLOB | line BYTES FILE
"""
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


def tree(files, size, folder):
    root = pathlib.Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        (root / f"file_{number}.py").write_text(source(size, number))


def index(entries, blob):
    for number in range(entries):
        sys.stdout.write(f"100644 {blob}\tlib/{number // 1000:03}/{number:06}.py\n")


def line(size, file):
    text = source(1_000_000, 7).replace("\n", ";")
    with open(file, "w", encoding="utf-8") as out:
        for _ in range(-(-size // len(text))):
            out.write(text)


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
