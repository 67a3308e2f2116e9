"""Scenarios that were checked before, kept as JSON: reading one takes a fiftieth of the time its YAML takes.

The key is a hash of every byte that counts: the scenario's files, and the code that reads and judges them. What is kept
under it was found without fault by that code, so it needs no second judgement. The folder is the user's own cache;
where it cannot be written, nothing is kept and nobody is bothered.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

import pydantic

import game_rules
from game_rules.scenario import Scenario

MOST_KEPT = 16


def cache_folder() -> Path:
    """`$XDG_CACHE_HOME/vilnius-summit/scenarios`, by default under `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "vilnius-summit" / "scenarios"


def key_of(files: dict[str, bytes]) -> str:
    """SHA-256 over names and contents of the files, and over the code."""
    digest = hashlib.sha256(_code())
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


@cache
def _code() -> bytes:
    digest = hashlib.sha256(pydantic.VERSION.encode())
    rules, files = Path(game_rules.__file__).parent, Path(__file__).parent
    for folder in (rules, rules / "faults", rules / "evaluation", files):
        for module in sorted(folder.glob("*.py")):
            digest.update(module.read_bytes())
    return digest.digest()


def kept(key: str) -> Scenario | None:
    """The scenario kept under the key, None when there is none that can be read."""
    try:
        return Scenario.model_validate_json((cache_folder() / f"{key}.json").read_bytes())
    except (OSError, RuntimeError, ValueError):
        return None


def keep(key: str, scenario: Scenario) -> None:
    """Keeps a scenario without fault; written beside and moved, so that nobody reads half of it."""
    with contextlib.suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(scenario.canonical())
        Path(file.name).replace(folder / f"{key}.json")
        _forget_the_oldest(folder)


def _forget_the_oldest(folder: Path) -> None:
    """So that whoever edits a scenario all day does not fill the disk."""
    by_age = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in by_age[MOST_KEPT:]:
        file.unlink(missing_ok=True)
