"""`make chaos`: the long fault injections of what is promised, with a report.

python -m tests.chaos [--scale 0.01] [--only NAME ...] [--seed N]

Each is first tried on wrong designs, which it must notice. The report is printed, and kept in var/chaos/ with its
seeds; whoever quotes "0 of n" finds the n there. What is promised and not tried here is listed as not run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.chaos.double_submit import DOUBLE_SUBMITS
from tests.chaos.endings import ENDINGS
from tests.chaos.exact_replay import EXACT_REPLAY
from tests.chaos.experiment import Experiment, Result, carried_out
from tests.chaos.kills import KILLS
from tests.chaos.mutated_frames import MUTATED_FRAMES
from tests.chaos.streams import STREAMS
from tests.chaos.summits import SUMMITS
from tests.chaos.twins import TWINS

ALL: tuple[Experiment, ...] = (*KILLS, *DOUBLE_SUBMITS, EXACT_REPLAY, ENDINGS, MUTATED_FRAMES, TWINS, STREAMS, *SUMMITS)

NOT_RUN = {
    "R2": "kill -9 of the database",
    "R3": "order on disk",
    "R4": "contended commands without lock and key",
    "R4b": "a paused node",
    "R6": "Redis killed, flushed, paused, cut off",
    "R7": "database down or slow",
    "R8": "disk full",
    "R10": "deadlines under kills and clock jumps, and the kill in the middle of a timer",
    "R11": "rolling deploy",
    "R12": "reconnect storm",
    "R13": "a poisoned game among 500",
    "R14": "backup and restore",
    "F2": "bad frames on the wire, and HTTP",
    "F3": "flood",
    "F4": "slow consumers",
    "F5": "upload bombs",
    "F6": "markup and formulas in every field",
    "L2": "canaries in all output",
    "S1": "parallel claims of one seat",
}
"""What else is promised for long runs. Named, so that nobody takes it for tried."""

REPORTS = Path(__file__).parents[2] / "var" / "chaos"
FAILURES_SHOWN = 5


def main() -> None:
    asked = arguments()
    results = [told(carried_out(one, asked.scale, asked.seed)) for one in chosen(asked.only)]
    print(table(results))
    print("\nnot run: " + ", ".join(f"{id} ({what})" for id, what in NOT_RUN.items()))
    print(f"kept in {kept(results, asked.scale)}")
    sys.exit(not all(result.good for result in results))


def arguments() -> argparse.Namespace:
    names = [one.name for one in ALL]
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="The long fault injections.")
    parser.add_argument("--scale", type=float, default=1.0, help="how much of it: 1 takes a day, 0.001 minutes")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=names, help=f"of {', '.join(names)}")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    return parser.parse_args()


def chosen(names: list[str] | None) -> list[Experiment]:
    return [one for one in ALL if not names or one.name in names]


def told(result: Result) -> Result:
    """Says at once how it went: a run takes long."""
    print(f"· {result.name}: {verdict(result)} failed, {result.seconds:.0f} s", file=sys.stderr, flush=True)
    for failure in result.failures[:FAILURES_SHOWN]:
        print(f"    {failure}", file=sys.stderr, flush=True)
    for wrong in result.unnoticed:
        print(f"    not noticed: {wrong}", file=sys.stderr, flush=True)
    return result


def verdict(result: Result) -> str:
    return f"{len(result.failures)} of {result.tried:,} {result.unit}"


def table(results: list[Result]) -> str:
    head = ("id", "what", "failed", "wrong designs noticed", "seconds", "seed")
    rows = [head, *(row(result) for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def row(result: Result) -> tuple[str, ...]:
    noticed = f"{len(result.noticed)} of {len(result.noticed) + len(result.unnoticed)}"
    return (result.id, result.what, verdict(result), noticed, f"{result.seconds:.1f}", str(result.seed))


def kept(results: list[Result], scale: float) -> Path:
    """Writes the report and says where."""
    now = datetime.now(UTC)
    report: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "scale": scale,
        "machine": {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()},
        "results": [asdict(result) for result in results],
        "not_run": NOT_RUN,
    }
    REPORTS.mkdir(parents=True, exist_ok=True)
    path = REPORTS / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
