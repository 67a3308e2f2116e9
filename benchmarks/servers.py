"""Servers as processes of their own, and how much CPU time they have used."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0
"""Seconds a server may take to go."""


@dataclass(frozen=True)
class RunningServer:
    """`address` is what its first line says: http://127.0.0.1:PORT."""

    address: str
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of all its threads so far, in the kernel's ticks of 10 ms. Linux only."""
        # proc(5): the second field may hold blanks; utime and stime are the 14th and 15th.
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server_process(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[RunningServer]:
    """Runs a Python program that prints its address, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=CHECKOUT, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        address = re.search(r"http://\S+", process.stdout.readline())
        if address is None:
            raise RuntimeError(f"{' '.join(command)} did not say where it listens")
        yield RunningServer(address.group(), process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def summit_server(file: Path, **settings: str) -> Iterator[RunningServer]:
    """`summit serve` over a new SQLite file. `settings` are those of SUMMIT_*, in small letters."""
    command = ("-c", "from server.cli import main; main()", "serve", "--port", "0")
    chosen = {"database_url": f"sqlite:///{file}", "log_level": "warning", **settings}
    with server_process(command, {f"SUMMIT_{name.upper()}": value for name, value in chosen.items()}) as server:
        yield server


@contextmanager
def bare_server(file: Path, *, forgetful: bool = False) -> Iterator[RunningServer]:
    with server_process(
        ("-m", "benchmarks.bare_server", str(file), *(("--forgetful",) if forgetful else ())), {}
    ) as server:
        yield server
