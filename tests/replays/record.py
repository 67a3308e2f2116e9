"""`make replays`: plays the golden games anew, with the rules and scenarios as they are now, and writes their files."""

from __future__ import annotations

import json
from pathlib import Path

from game_rules.saved_game import read_lines
from game_rules.scenario import Scenario
from server.scenario_files import load_scenario
from tests.replays.goldens import FOLDER, GOLDENS, Golden, lines_of, write_wishes
from tests.replays.hashes import state_hashes

VILNIUS = Path(__file__).parents[2] / "scenarios" / "vilnius-2023"


def record(golden: Golden, scenario: Scenario) -> list[Path]:
    """Writes the golden's files; returns those that changed."""
    game = golden.played(scenario)
    contents = {
        golden.log: lines_of(game),
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
    FOLDER.mkdir(exist_ok=True)
    scenario = load_scenario(VILNIUS)
    for golden in GOLDENS:
        changed = record(golden, scenario)
        print(f"· {golden.name}: {', '.join(path.name for path in changed) or 'as it was'}")
    last = {golden.name: state_hashes(golden)[-1] for golden in GOLDENS}
    _written(FOLDER / "hashes.json", f"{json.dumps(last, indent=2)}\n")


if __name__ == "__main__":
    main()
