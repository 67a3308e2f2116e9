"""Checking a scenario of unknown origin in a process of its own, with bounds on memory and time (rule 15).

`python -m server.scenario_files.sandbox FOLDER` is that process: it lowers its own bounds before it reads a byte and
prints what it found as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from server.scenario_files.checking import check_folder, summary
from server.scenario_files.faults import FileFault

MOST_MEMORY = 768 * 1024 * 1024  # bytes of address space; checking Vilnius takes a fifth of it
MOST_CPU_SECONDS = 10
MOST_SECONDS = 30  # by the clock on the wall, on a machine that has other things to do


@dataclass(frozen=True)
class Verdict:
    """What the child found. `summary` is empty when there are faults."""

    summary: str
    faults: tuple[FileFault, ...]
    remarks: tuple[str, ...] = ()


def check_untrusted(folder: Path, cpu_seconds: int = MOST_CPU_SECONDS, memory: int = MOST_MEMORY) -> Verdict:
    """The verdict on a folder that anybody may have written. Never raises for what is in it."""
    command = [sys.executable, "-m", "server.scenario_files.sandbox", str(folder), str(cpu_seconds), str(memory)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return _refused(f"reading it took more than {MOST_SECONDS} seconds")
    if child.returncode != 0:
        return _refused(f"reading it took more than {cpu_seconds} s of work or {memory >> 20} MB of memory")
    found: dict[str, Any] = json.loads(child.stdout)
    return Verdict(found["summary"], tuple(FileFault(**fault) for fault in found["faults"]), tuple(found["remarks"]))


def _refused(reason: str) -> Verdict:
    return Verdict("", (FileFault("", None, None, "", f"refused: {reason}"),))


def _bound(cpu_seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the limits on files and the wall clock hold there too
        return
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _main(folder: str, cpu_seconds: str, memory: str) -> int:
    _bound(int(cpu_seconds), int(memory))
    try:
        checked = check_folder(Path(folder))
    except OSError as error:
        faults = [FileFault("", None, None, "", f"cannot be read: {error}")]
        found: dict[str, Any] = {"summary": "", "faults": [asdict(fault) for fault in faults], "remarks": []}
    else:
        found = {
            "summary": summary(checked.scenario) if checked.scenario is not None else "",
            "faults": [asdict(fault) for fault in checked.faults],
            "remarks": list(checked.remarks),
        }
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
