"""The golden games: which there are, how each is played, and where its files are.

A golden is three files in `golden/`: `NAME.jsonl` is the saved game, with its scenario inside; `NAME.commands.jsonl`
what was wished, refusals too; `NAME.transcript.txt` what a person reads. Tests play a golden with the scenario in its
own log, so an edit to a scenario breaks none: `make replays` takes the scenario as it is now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from game_rules.engine import COMMANDS
from game_rules.logged_game import LoggedGame, Wished
from game_rules.messages import Actor
from game_rules.saved_game import SavedGame, read_lines
from game_rules.scenario import Scenario, canonical_json
from game_rules.simulation import simulate
from tests.replays.scripts import (
    adopted,
    adopted_anew,
    deadlock,
    ended_with_text,
    ended_without_text,
    fallback,
)
from tests.replays.table import Table
from tests.replays.transcript import transcript

FOLDER = Path(__file__).parent / "golden"

Played = Callable[[Scenario], LoggedGame]


@dataclass(frozen=True)
class Golden:
    """A game on record. `watched` are the four seats whose views the transcript shows beside the spectator's."""

    name: str
    ending: str
    played: Played
    watched: tuple[str, ...] = ("HUN", "USA", "SG", "SWE")
    turns_only: bool = False

    @property
    def log(self) -> Path:
        return FOLDER / f"{self.name}.jsonl"

    @property
    def commands(self) -> Path:
        return FOLDER / f"{self.name}.commands.jsonl"

    @property
    def transcript(self) -> Path:
        return FOLDER / f"{self.name}.transcript.txt"

    def saved(self) -> SavedGame:
        """The game in its file. Raises Damaged."""
        return read_lines(lines_in(self.log))

    def scenario(self) -> Scenario:
        """The scenario that the log carries."""
        created = json.loads(self.saved().records[0].event)
        return Scenario.model_validate(created["scenario"])

    def wished(self) -> tuple[Wished, ...]:
        return tuple(read_wishes(lines_in(self.commands), self.scenario()))

    def told(self, saved: SavedGame, wished: Iterable[Wished]) -> str:
        return transcript(saved, tuple(wished), self.watched, turns_only=self.turns_only)


def lines_in(path: Path) -> list[str]:
    """The lines of a file. Not by `splitlines`: texts may hold separators that it takes for ends of lines."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def lines_of(game: LoggedGame) -> str:
    return "".join(f"{line}\n" for line in game.lines())


def write_wishes(wished: Iterable[Wished]) -> str:
    """One line a command. The scenario of the first stands in the log and is left out here."""
    return "".join(f"{canonical_json(_wish_json(one)).decode()}\n" for one in wished)


def _wish_json(one: Wished) -> dict[str, Any]:
    command = one.command.model_dump(mode="json", exclude_defaults=True, exclude={"scenario"})
    actor = {"kind": one.by.kind, "id": one.by.id, "seat": one.by.seat}
    refused = {"refused": one.refused} if one.refused else {}
    return {"id": one.id, "at": one.at, "by": actor, "command": command, **refused}


def read_wishes(lines: Iterable[str], scenario: Scenario) -> Iterator[Wished]:
    """What `write_wishes` wrote, with the scenario put back."""
    for line in lines:
        held = json.loads(line)
        if held["command"]["type"] == "create_game":
            held["command"]["scenario"] = scenario
        command = COMMANDS.validate_python(held["command"])
        yield Wished(command, Actor(**held["by"]), held["at"], held["id"], held.get("refused"))


# --- the games ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scripted:
    """A game from a script in `scripts/`. The seed is the game's name; `how` are fields of CreateGame."""

    name: str
    script: Callable[[Table], None]
    how: dict[str, Any] = field(default_factory=dict)

    def __call__(self, scenario: Scenario) -> LoggedGame:
        table = Table(self.name, scenario, seed=self.name, **self.how)
        self.script(table)
        return table.game


def _every_ally(scenario: Scenario) -> LoggedGame:
    """All thirty-one allies, played by bots on the shortest clock."""
    return simulate(scenario, "full", "vilnius 6", clock_minutes=45, keep_log=True).game


GOLDENS = (
    Golden("adopted", "adopted", Scripted("adopted", adopted.play)),
    Golden("adopted_anew", "adopted", Scripted("adopted_anew", adopted_anew.play), ("HUN", "USA", "SG", "EU")),
    Golden(
        "fallback", "fallback", Scripted("fallback", fallback.play, {"clock_minutes": 45}), ("HUN", "POL", "SG", "EU")
    ),
    Golden("deadlock", "deadlock", Scripted("deadlock", deadlock.play)),
    Golden(
        "ended_without_text",
        "ended",
        Scripted("ended_without_text", ended_without_text.play),
        ("HUN", "POL", "SG", "EU"),
    ),
    Golden(
        "ended_with_text",
        "ended",
        Scripted("ended_with_text", ended_with_text.play, {"kind": "open", "strict": True}),
        ("DEU", "USA", "SG", "SWE"),
    ),
    Golden("every_ally", "adopted", _every_ally, turns_only=True),
)
