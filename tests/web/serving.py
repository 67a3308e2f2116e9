"""A real server for browsers to open: `summit serve` as a process of its own, with its games in a folder of its own.

The scenario is the Vilnius summit with one difference: silence lasts seconds. Everything else is as people play it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.fixtures.daemons import Daemon

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "scenarios" / "vilnius-2023"

SILENCE_SECONDS = 15
"""Long enough for a reload on a busy machine, short enough to be waited for."""

AN_HOURS_GAMES = 1_000_000


def built_client() -> None:
    """Builds the client when its sources are newer than what was built. Raises CalledProcessError."""
    subprocess.run(["make", "--silent", "client"], cwd=ROOT, check=True, stdout=subprocess.PIPE)


def quick_scenarios(folder: Path) -> Path:
    """A folder of scenarios in which our scenario is one whose silences end soon."""
    copy = folder / SCENARIO.name
    shutil.copytree(SCENARIO, copy)
    file = copy / "scenario.yaml"
    bounds = (
        f"{{min_seconds: {SILENCE_SECONDS}, max_seconds: {10 * SILENCE_SECONDS}, "
        f"default_seconds: {SILENCE_SECONDS}, fallback_seconds: {SILENCE_SECONDS}}}"
    )
    text, found = re.subn(r"(?m)^silence: \{[^}]*\}", f"silence: {bounds}", file.read_text(encoding="utf-8"))
    assert found == 1, "scenario.yaml writes the bounds of silence in another way now"
    file.write_text(text, encoding="utf-8")
    return folder


@dataclass
class SummitServer:
    """A server on 127.0.0.1. After `kill` it starts again at the same address, on the same file."""

    scenarios: Path
    stand_ins: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    address: str = field(init=False, default="")
    _daemon: Daemon = field(init=False)

    def __post_init__(self) -> None:
        self._daemon = Daemon("web")

    def start(self) -> None:
        """Raises DaemonFailed."""
        log_so_far = len(self._daemon.log)

        def listens() -> bool:
            told = re.search(r"Vilnius Summit is at (http://\S+)", self._daemon.log[log_so_far:])
            if told:
                self.address = told[1]
            return told is not None

        port = self.address.rpartition(":")[2] or "0"
        command: list[str | Path] = [Path(sys.executable).with_name("summit"), "serve", "--port", port]
        self._daemon.start(command, listens, {**os.environ, **self._environment()})

    def _environment(self) -> dict[str, str]:
        return {
            "SUMMIT_DATABASE_URL": f"sqlite:///{self._daemon.folder / 'summit.sqlite3'}",
            "SUMMIT_DATA_FOLDER": str(self._daemon.folder),
            "SUMMIT_SCENARIO_FOLDER": str(self.scenarios),
            "SUMMIT_STAND_INS": str(self.stand_ins),
            "SUMMIT_GAMES_PER_HOUR": str(AN_HOURS_GAMES),
            **self.settings,
        }

    def kill(self) -> None:
        """As `kill -9` would: nothing is written any more, no socket is closed politely."""
        self._daemon.kill()

    def stop(self) -> None:
        self._daemon.stop(signal.SIGTERM)

    @property
    def log(self) -> str:
        return self._daemon.log

    def remove(self) -> None:
        self.stop()
        self._daemon.remove()
