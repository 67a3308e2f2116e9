"""`make mutate`: how many small mistakes in the procedures and the scoring the tests notice.

python -m tests.mutation [--sample 400] [--seed 2023] [--jobs 2] [--only game_rules/procedures/silence.py ...]

A seeded sample of mistakes is made one at a time, each in a process of its own, and the tests that reach the line are
run until one fails. Prints the share that was noticed with its interval and every mistake that was not; keeps both in
var/mutation/. Why so: docs/decisions/0013-mutation-testing.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.mutation.mutants import ROOT, Mutant, mutants, statement_lines
from tests.mutation.trial import Survey, Verdict, fitting, libraries, survey, try_mutant

PROCEDURES = ("game_rules/procedures",)
SCORING = ("game_rules/evaluation", "game_rules/terms.py", "game_rules/conditions.py")
TESTS = ("tests/rules", "tests/scenarios", "tests/analysis")

WANTED = 0.90
"""The share of a sample that is to be noticed; below it the run fails."""

PATIENCE, GRACE_SECONDS = 4, 30
"""Tests that take so many times as long as without a mistake, and the grace, hang in it."""

Fate = Literal["killed", "hung", "survived", "unreached"]

FORKS = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Result:
    mutant: Mutant
    fate: Fate
    tests: int
    seconds: float
    killer: str | None = None

    @property
    def noticed(self) -> bool:
        return self.fate in ("killed", "hung")


def main() -> None:
    asked = arguments()
    began = time.monotonic()
    files = [file for place in asked.only for file in source_files(place)]
    every = mutants(files)
    sample = drawn(every, asked.sample, asked.seed)
    FORKS.set_forkserver_preload(apart(libraries, 600, TESTS))
    found = apart(survey, 1_800, str(ROOT), files, TESTS)
    say(f"· {len(sample)} of {len(every):,} mutants; {len(found.seconds):,} tests, {len(found.failed)} of them red")
    with ThreadPoolExecutor(asked.jobs) as workers:
        results = list(told(workers.map(lambda mutant: judged(mutant, found), sample), len(sample)))
    print(report(results, asked.seed, len(every), time.monotonic() - began))
    print(f"kept in {kept(results, asked.seed, len(every))}")
    sys.exit(share(results)[0] < WANTED)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Which mistakes the tests notice.")
    parser.add_argument("--sample", type=int, default=400, help="how many mutants (400)")
    parser.add_argument("--seed", type=int, default=2023, help="which ones (2023)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at once; else one a core")
    parser.add_argument("--only", nargs="+", metavar="PATH", default=[*PROCEDURES, *SCORING], help="files or folders")
    return parser.parse_args()


def drawn(every: Sequence[Mutant], size: int, seed: int) -> list[Mutant]:
    """So many by chance, the same for a seed; in the order of the files."""
    shuffled = Random(seed).sample(every, len(every))
    return sorted(islice((mutant for mutant in shuffled if mutant.compiles()), size), key=str)


def source_files(place: str) -> list[str]:
    found = sorted((ROOT / place).glob("**/*.py")) if (ROOT / place).is_dir() else [ROOT / place]
    return [str(path.relative_to(ROOT)) for path in found]


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# --- processes


def apart(work: Callable[..., None], patience: float, *given: Any) -> Any:
    """What the work answers from a process of its own. Raises TimeoutError when it hangs, EOFError when it dies."""
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=work, args=(there, *given))
    process.start()
    there.close()
    try:
        if not here.poll(patience):
            raise TimeoutError
        return here.recv()
    finally:
        process.kill()
        process.join()


def judged(mutant: Mutant, found: Survey) -> Result:
    lines = statement_lines((ROOT / mutant.path).read_text(encoding="utf-8")).get(mutant.line, [mutant.line])
    tests = fitting(found, mutant.path, lines)
    if not tests:
        return Result(mutant, "unreached", 0, 0.0)
    patience = GRACE_SECONDS + PATIENCE * sum(found.seconds.get(test, 0.0) for test in tests)
    began = time.monotonic()
    fate, killer = tried(mutant, tests, patience)
    return Result(mutant, fate, len(tests), round(time.monotonic() - began, 1), killer)


def tried(mutant: Mutant, tests: Sequence[str], patience: float) -> tuple[Fate, str | None]:
    path = str(ROOT / mutant.path)
    try:
        verdict: Verdict = apart(try_mutant, patience, mutant.module, path, mutant.source(), tests)
    except TimeoutError:
        return "hung", None
    except EOFError:  # the process itself did not live through it
        return "killed", "the process"
    if verdict.status == 0:
        return "survived", None
    return "killed", verdict.killer or "the import"


# --- the report


def told(results: Iterator[Result], of: int) -> Iterator[Result]:
    """Says at once what was not noticed: a run takes long."""
    for number, result in enumerate(results, 1):
        if not result.noticed:
            say(f"[{number}/{of}] {result.fate}: {result.mutant}\n{result.mutant.diff()}")
        elif number % 20 == 0:
            say(f"[{number}/{of}]")
        yield result


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share, both ends. Source: Wilson (1927), JASA 22, p. 209."""
    if of == 0:
        return 0.0, 1.0
    p, zz = hits / of, z * z
    middle = (p + zz / (2 * of)) / (1 + zz / of)
    half = z / (1 + zz / of) * sqrt(p * (1 - p) / of + zz / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def share(results: Sequence[Result]) -> tuple[float, float, float]:
    """Noticed, and the interval's ends."""
    noticed = sum(result.noticed for result in results)
    return (noticed / len(results) if results else 0.0, *wilson(noticed, len(results)))


def report(results: Sequence[Result], seed: int, of: int, seconds: float) -> str:
    fates = Counter(result.fate for result in results)
    part, low, high = share(results)
    survivors = [result for result in results if not result.noticed]
    lines = [
        "",
        *by_file(results),
        "",
        f"{len(results)} of {of:,} mutants, seed {seed}, {seconds / 60:.0f} min: "
        + ", ".join(f"{fates[fate]} {fate}" for fate in ("killed", "hung", "survived", "unreached")),
        f"noticed: {part:.1%} (95 % interval {low:.1%} to {high:.1%}); wanted: {WANTED:.0%}",
    ]
    if survivors:
        lines += ["", "Not noticed:"]
        lines += [f"\n{one.mutant} ({one.fate}, {one.tests} tests)\n{one.mutant.diff()}" for one in survivors]
    return "\n".join(lines)


def by_file(results: Sequence[Result]) -> list[str]:
    of = Counter(result.mutant.path for result in results)
    noticed = Counter(result.mutant.path for result in results if result.noticed)
    return [f"{noticed[path]:4} of {count:3}  {path}" for path, count in sorted(of.items())]


def kept(results: Sequence[Result], seed: int, of: int) -> Path:
    """Writes the report and says where."""
    now = datetime.now(UTC)
    part, low, high = share(results)
    shown: dict[str, Any] = {
        "at": now.isoformat(timespec="seconds"),
        "seed": seed,
        "mutants": of,
        "noticed": part,
        "interval": [low, high],
        "results": [{**asdict(result), "diff": None if result.noticed else result.mutant.diff()} for result in results],
    }
    folder = ROOT / "var" / "mutation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    path.write_text(json.dumps(shown, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
