"""The golden games: which there are, how each is played, and where its files are.

A golden is three files in `golden/`: `NAME.jsonl` is the saved game; `NAME.commands.jsonl` what was wished, refusals
too; `NAME.transcript.txt` what a person reads. The scenario, ten times as long as all that happens in a game, stands
once for all goldens in `golden/scenarios/` and is put back into the first event when a log is read, byte for byte.
Tests play a golden with that pinned scenario, so an edit to a scenario breaks none: `make replays` takes it as it is
now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from game_rules.engine import COMMANDS
from game_rules.logged_game import LoggedGame, Wished
from game_rules.messages import Actor
from game_rules.moments import look_back
from game_rules.procedures.rewinding import ForkGame
from game_rules.saved_game import SavedGame, read_lines
from game_rules.scenario import Scenario, canonical_json
from game_rules.simulation import simulate
from tests.replays.scripts import (
    adopted,
    adopted_anew,
    another_end,
    beside,
    conditions,
    deadlock,
    deal_betrayed,
    deal_bought,
    empty_chairs,
    ended_with_text,
    ended_without_text,
    fallback,
    fast_track,
    news,
    taken_back,
)
from tests.replays.table import Table
from tests.replays.transcript import transcript

FOLDER = Path(__file__).parent / "golden"
SCENARIOS = FOLDER / "scenarios"
HASHES = FOLDER / "hashes.json"

Played = Callable[[Scenario], LoggedGame]


@dataclass(frozen=True, eq=False)
class Golden:
    """A game on record. `watched` are the four seats whose views the transcript shows beside the spectator's.

    `fork_of` names the golden that a fork was taken from.
    """

    name: str
    ending: str
    played: Played
    watched: tuple[str, ...] = ("HUN", "USA", "SG", "SWE")
    turns_only: bool = False
    slug: str = "vilnius-2023"
    fork_of: str | None = None

    @property
    def log(self) -> Path:
        return FOLDER / f"{self.name}.jsonl"

    @property
    def commands(self) -> Path:
        return FOLDER / f"{self.name}.commands.jsonl"

    @property
    def transcript(self) -> Path:
        return FOLDER / f"{self.name}.transcript.txt"

    def lines(self) -> list[str]:
        """The lines of the saved game, with the scenario back in its place."""
        whole, reference = _pinned(self.slug)
        return lines_in(_text_of(self.log).replace(reference, whole, 1))

    @cached_property
    def saved(self) -> SavedGame:
        """The game in its file. Raises Damaged."""
        return read_lines(self.lines())

    def scenario(self) -> Scenario:
        return pinned_scenario(self.slug)

    def wished(self) -> tuple[Wished, ...]:
        return tuple(map(self._as_it_was_sent, read_wishes(lines_in(_text_of(self.commands)), self.scenario())))

    def _as_it_was_sent(self, wished: Wished) -> Wished:
        """A fork with what its server looked up in the other game's log."""
        command = wished.command
        if self.fork_of is None or not isinstance(command, ForkGame):
            return wished
        earlier = look_back(named(self.fork_of).saved.records, command.moment)
        return replace(wished, command=command.seeing(earlier))

    def told(self, saved: SavedGame, wished: Iterable[Wished]) -> str:
        return transcript(saved, tuple(wished), self.watched, turns_only=self.turns_only)


def named(name: str) -> Golden:
    return next(golden for golden in GOLDENS if golden.name == name)


def scenario_file(slug: str) -> Path:
    return SCENARIOS / f"{slug}.json"


@cache
def pinned_scenario(slug: str) -> Scenario:
    return Scenario.model_validate_json(_text_of(scenario_file(slug)))


@cache
def _pinned(slug: str) -> tuple[str, str]:
    """The scenario as the first event holds it, and what stands there in the files."""
    return f'"scenario":{_text_of(scenario_file(slug)).removesuffix(chr(10))}', f'"scenario":"{slug}"'


def _text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def lines_in(text: str) -> list[str]:
    """The lines of a text. Not by `splitlines`: texts may hold separators that it takes for ends of lines."""
    return text.removesuffix("\n").split("\n")


def lines_of(game: LoggedGame) -> str:
    return "".join(f"{line}\n" for line in game.lines())


def scenario_text(scenario: Scenario) -> str:
    """The scenario in the bytes that a log has it in."""
    return canonical_json(scenario.model_dump(mode="json")).decode()


def without_scenario(log: str, scenario: Scenario) -> str:
    """A saved game as it is kept here."""
    inside = f'"scenario":{scenario_text(scenario)}'
    assert log.count(inside) == 1
    return log.replace(inside, f'"scenario":"{scenario.slug}"')


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


@dataclass(frozen=True)
class Forked:
    """A game from a script that takes up another one."""

    name: str
    script: Callable[[Table, LoggedGame], None]
    other: Scripted

    def __call__(self, scenario: Scenario) -> LoggedGame:
        table = Table(self.name, scenario, seed=self.name)
        self.script(table, self.other(scenario))
        return table.game


@dataclass(frozen=True)
class ByBots:
    """A game that bots play alone."""

    cast: str
    seed: str
    clock_minutes: int

    def __call__(self, scenario: Scenario) -> LoggedGame:
        return simulate(scenario, self.cast, self.seed, clock_minutes=self.clock_minutes, keep_log=True).game


BETRAYED = Scripted("deal_betrayed", deal_betrayed.play)

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
    Golden(
        "fast_track",
        "adopted",
        Scripted("fast_track", fast_track.play, {"cast": "council", "reading": "live"}),
        ("HUN", "USA", "SG", "UKR"),
    ),
    Golden(
        "conditions",
        "adopted",
        Scripted("conditions", conditions.play, {"formal": "head"}),
        ("HUN", "USA", "POL", "DEU"),
    ),
    Golden(
        "empty_chairs",
        "adopted",
        Scripted("empty_chairs", empty_chairs.play, {"policy": "ask"}),
        ("HUN", "POL", "FRA", "TUR"),
    ),
    Golden("news", "adopted", Scripted("news", news.play), ("HUN", "POL", "SG", "USA")),
    Golden("beside", "deadlock", Scripted("beside", beside.play), ("HUN", "USA", "UKR", "EU")),
    Golden("deal_bought", "adopted", Scripted("deal_bought", deal_bought.play), ("HUN", "TUR", "SWE", "EU")),
    Golden("deal_betrayed", "adopted", BETRAYED, ("HUN", "TUR", "SWE", "EU")),
    Golden(
        "another_end",
        "ended",
        Forked("another_end", another_end.play, BETRAYED),
        ("HUN", "TUR", "SWE", "EU"),
        fork_of="deal_betrayed",
    ),
    Golden("taken_back", "adopted", Scripted("taken_back", taken_back.play), ("HUN", "USA", "SG", "POL")),
    Golden("every_ally", "adopted", ByBots("full", "vilnius 6", 45), turns_only=True),
    Golden(
        "bucharest",
        "adopted",
        ByBots("quick", "bucharest", 60),
        ("DEU", "USA", "GRC", "UKR"),
        turns_only=True,
        slug="bucharest-2008",
    ),
    Golden(
        "first_steps",
        "adopted",
        ByBots("table", "ten minutes", 10),
        ("CHA", "ISL", "LUX", "STU"),
        slug="first-steps",
    ),
)
