"""The engine knows no nation, option or war: whatever a scenario calls by a name is data (rule 7.2).

Every id and name of every scenario is looked for in `game_rules/` and `server/`: in identifiers, strings, docstrings
and comments alike, so that not even an example makes a reader think of one summit. Two kinds of words may stand there:
plain English that the code needs anyway (ORDINARY), and words of the engine's own that a scenario happens to use as
well (OWN). The demonstration is left out: it is a game of one scenario by design.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game_rules.scenario import Scenario
from server.scenario_files import load_scenario

pytestmark = pytest.mark.rule("7.2")

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = sorted(file.parent for file in (ROOT / "scenarios").glob("*/scenario.yaml"))
DEMONSTRATION = ROOT / "server" / "cli" / "demo.py"
SOURCES = sorted({*(ROOT / "game_rules").rglob("*.py"), *(ROOT / "server").rglob("*.py")} - {DEMONSTRATION})

ORDINARY = frozenset(
    (
        "absent", "clear", "conditions", "costs", "distance", "divided", "few", "forward", "included", "language",
        "library", "many", "middle", "negotiation", "nobody", "none", "operations", "path", "place", "promise",
        "reform", "shared", "shield", "specific", "trigger", "union", "unknown", "welcome", "word", "words",
    )
)  # fmt: skip
"""Ids of a scenario that are plain English words. They may stand in a sentence or an identifier, never as the id."""

OWN = frozenset({"chair", "complements", "council", "phase", "silent", "undecided"})
"""Words of the format: kinds of seats and phases, absence policies, the outcome that every game begins in, keys."""

ELSEWHERE = frozenset({"none", "path", "place", "trigger", "welcome"})
"""Ordinary words that also are keys of JSON, a path in a view, a kind of frame: never compared with an option."""

WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
TOLD = (tokenize.NAME, tokenize.STRING, tokenize.COMMENT)


@cache
def scenario(folder: Path) -> Scenario:
    return load_scenario(folder)


def ids_of(found: Scenario) -> set[str]:
    """Everything the scenario calls by an id, and the values of its world."""
    parts: tuple[Any, ...] = (
        *found.dimensions,
        *found.issues,
        *(option for issue in found.issues for option in issue.options),
        *found.structural_rules,
        *found.option_sets,
        *found.named_conditions,
        *found.world_variables,
        *found.world_outcomes,
        *found.red_lines,
        *found.soft_lines,
        *found.hurdles,
        *found.deals,
        *found.complements,
        *found.injects,
        *found.scores,
        *found.figures,
    )
    values = {value for variable in found.world_variables for value in variable.values if isinstance(value, str)}
    return {part.id for part in parts} | set(found.seats) | set(found.flags) | set(found.ideals) | values


def names_of(found: Scenario) -> set[str]:
    """Nations by name. A chair or an observer without a flag may be called by a plain word."""
    return {seat.name for seat in found.seats.values() if seat.flag is not None}


def every_id() -> set[str]:
    return set().union(*(ids_of(scenario(folder)) for folder in SCENARIOS))


@cache
def tokens(file: Path) -> list[tuple[int, str]]:
    """Line and text of everything a reader reads in the file; formatted strings are one token or several."""
    kinds = (*TOLD, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING))
    read = tokenize.generate_tokens(io.StringIO(file.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in read if token.type in kinds]


def where(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_no_file_of_the_engine_names_what_a_scenario_names(folder: Path) -> None:
    wanted = ids_of(scenario(folder)) - ORDINARY - OWN
    found = [
        f"{where(file, line)}: {word}"
        for file in SOURCES
        for line, text in tokens(file)
        for word in WORDS.findall(text)
        if word in wanted
    ]
    assert not found


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_no_file_of_the_engine_names_a_nation(folder: Path) -> None:
    name = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names_of(scenario(folder)))))})\b")
    found = [
        f"{where(file, line)}: {name.findall(text)}"
        for file in SOURCES
        for line, text in tokens(file)
        if name.search(text)
    ]
    assert not found


def test_no_plain_word_is_compared_with_as_an_id() -> None:
    """`if option == "reform"` would pass as English otherwise."""
    wanted = (every_id() & ORDINARY) - ELSEWHERE
    found = [
        f"{where(file, node.lineno)}: {node.value!r}"
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in wanted
    ]
    assert not found


def test_the_rules_speak_of_no_war() -> None:
    found = [
        where(file, line)
        for file in SOURCES
        if file.is_relative_to(ROOT / "game_rules")
        for line, text in tokens(file)
        if re.search(r"\bwars?\b", text)
    ]
    assert not found


def test_every_word_let_through_is_an_id_of_some_scenario() -> None:
    """Otherwise the lists grow, and nobody dares to shorten them."""
    assert every_id() >= ORDINARY | OWN
    assert ORDINARY >= ELSEWHERE
