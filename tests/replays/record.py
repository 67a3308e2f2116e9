"""`make replays`: plays the golden games anew, with the rules and scenarios as they are now, and writes their files."""

from __future__ import annotations

import json
from pathlib import Path

from game_rules.saved_game import read_lines
from server.scenario_files import load_scenario
from tests.replays.goldens import (
    GOLDENS,
    HASHES,
    SCENARIOS,
    Golden,
    lines_of,
    scenario_file,
    scenario_text,
    without_scenario,
    write_wishes,
)
from tests.replays.hashes import last_hashes

SOURCES = Path(__file__).parents[2] / "scenarios"


def record(golden: Golden) -> list[Path]:
    """Plays the golden with the pinned scenario and writes its files; returns those that changed."""
    scenario = golden.scenario()
    game = golden.played(scenario)
    contents = {
        golden.log: without_scenario(lines_of(game), scenario),
        golden.commands: write_wishes(game.wished),
        golden.transcript: golden.told(read_lines(game.lines()), game.wished),
    }
    return [path for path, content in contents.items() if _written(path, content)]


def _written(path: Path, content: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return False
    path.write_text(content, encoding="utf-8", newline="\n")
    return True


def main() -> None:
    SCENARIOS.mkdir(parents=True, exist_ok=True)
    for slug in sorted({golden.slug for golden in GOLDENS}):
        _written(scenario_file(slug), f"{scenario_text(load_scenario(SOURCES / slug))}\n")
    for golden in GOLDENS:
        changed = record(golden)
        print(f"· {golden.name}: {', '.join(path.name for path in changed) or 'as it was'}")
    _written(HASHES, f"{json.dumps({golden.name: last_hashes(golden) for golden in GOLDENS}, indent=2)}\n")


if __name__ == "__main__":
    main()
