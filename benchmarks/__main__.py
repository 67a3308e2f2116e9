"""`make bench`: every benchmark, or those that are named, as one table with the ratios first.

python -m benchmarks [rules] [folding] [simulation] [moves] [first_view] [evaluating] [browser]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import traceback
from importlib import import_module

from benchmarks.figures import Figure, table

ALL = ("moves", "rules", "folding", "simulation", "first_view", "evaluating", "browser")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures; never fails on a time.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(ALL)}; all when left out")
    names = parser.parse_args().names or ALL
    if unknown := [name for name in names if name not in ALL]:
        parser.error(f"there is no benchmark {', '.join(unknown)}")
    figures: list[Figure] = []
    failed: list[str] = []
    for name in names:
        print(f"· {name} …", file=sys.stderr, flush=True)
        try:
            figures += import_module(f"benchmarks.{name}").run()
        except Exception:
            # What the others have measured for minutes is worth printing all the same.
            traceback.print_exc()
            failed.append(name)
    load = " ".join(f"{average:.1f}" for average in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}\n")
    print(table(figures))
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
