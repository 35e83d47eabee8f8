#!/usr/bin/env python3
"""Runs commands interleaved and prints one table: median, minimum, ratio to the first.

usage: interleave.py ROUNDS NAME=COMMAND [NAME=COMMAND]...
Each command runs in a shell of its own, once a round, in a different order each
round, after one warm-up. `{setup}` commands run before each, untimed: NAME=SETUP;;COMMAND.
"""
import os
import random
import resource
import statistics
import subprocess
import sys
import time


def once(command):
    setup, _, timed = command.rpartition(";;")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    if setup:
        subprocess.run(["sh", "-c", setup], **quiet, check=False)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    code = subprocess.run(["sh", "-c", f"exec {timed}"], **quiet, check=False).returncode
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, code


def main():
    rounds = int(sys.argv[1])
    commands = dict(arg.split("=", 1) for arg in sys.argv[2:])
    for command in commands.values():
        once(command)
    times = {name: [] for name in commands}
    codes = {}
    order = list(commands)
    shuffle = random.Random(1)
    for _ in range(rounds):
        shuffle.shuffle(order)
        for name in order:
            wall, cpu, codes[name] = once(commands[name])
            times[name].append((wall, cpu))
    first = statistics.median(wall for wall, _ in times[next(iter(commands))])
    print(f"{'':24}{'median ms':>11}{'min ms':>10}{'cpu ms':>10}{'ratio':>8}{'+ms':>9}  exit   (load {os.getloadavg()[0]:.1f})")
    for name, runs in times.items():
        median = statistics.median(wall for wall, _ in runs)
        cpu = statistics.median(cpu for _, cpu in runs)
        low = min(wall for wall, _ in runs)
        print(f"{name:24}{median * 1e3:11.2f}{low * 1e3:10.2f}{cpu * 1e3:10.2f}{median / first:8.2f}"
              f"{(median - first) * 1e3:9.2f}  {codes[name]}")


if __name__ == "__main__":
    main()
