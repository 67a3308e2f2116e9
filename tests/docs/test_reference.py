"""The reference lists everything there is, and everything a person can be told has a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from game_rules import engine, rejections
from game_rules.rejections import CODES, Code
from scripts import catalogue, reference
from scripts.refusals_of import reached
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"

ALL_COMMANDS = get_args(engine.Command)


def page(name: str) -> str:
    return (REFERENCE / name).read_text()


def test_every_command_has_a_section() -> None:
    headings = set(re.findall(r"^### `(\w+)`$", page("commands.md"), re.MULTILINE))
    assert headings == {reference.type_of(command) for command in ALL_COMMANDS}


def test_every_event_has_a_section() -> None:
    headings = set(re.findall(r"^### `(\w+)`$", page("events.md"), re.MULTILINE))
    assert headings == {reference.type_of(event) for event in get_args(engine.Event)}


def test_every_refusal_has_a_row() -> None:
    assert set(re.findall(r"^\| `([\w.]+)` \|", page("refusals.md"), re.MULTILINE)) == set(CODES)


def test_every_setting_has_a_row_and_a_description() -> None:
    rows = re.findall(r"^\| `SUMMIT_(\w+)` \|.*\| (.*) \|$", page("settings.md"), re.MULTILINE)
    assert {name.lower() for name, _ in rows} == set(Settings.model_fields)
    assert [name for name, description in rows if not description] == []


def test_every_cli_command_has_a_section() -> None:
    told = CliRunner().invoke(reference.command_line(), ["--help"])
    listed = told.output.partition("Commands")[2]
    headings = set(re.findall(r"^## `summit (\w+)", page("cli.md"), re.MULTILINE))
    assert headings == set(re.findall(r"^\W{0,3}([a-z]+) {2,}\S", listed, re.MULTILINE))


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=lambda command: command.__name__)
def test_the_reference_lists_every_field_of(command: type[engine.Command]) -> None:
    section = page("commands.md").partition(f"### `{reference.type_of(command)}`\n")[2].partition("\n### ")[0]
    listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert listed == [name for name in command.model_fields if name != "type"]


def test_every_refusal_has_a_sentence_in_the_clients_catalogue() -> None:
    assert set(catalogue.refusal_sentences()) == set(CODES)


def test_every_event_that_is_told_has_a_sentence_in_the_clients_catalogue() -> None:
    told = {reference.type_of(event) for event in get_args(engine.Event) if event.told}
    assert told <= set(catalogue.event_sentences())


def test_sentences_use_no_parameter_that_a_refusal_does_not_carry() -> None:
    for code, sentence in catalogue.refusal_sentences().items():
        used = set(re.findall(r"\{(\w+)[,}]", sentence)) - {"ally", "allies"}
        assert used <= CODES[code].parameters, code


# --- who may wish it, and what it may meet ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "words"),
    [
        pytest.param("standing.why_not_serve", "the server", id="commands of the server"),
        pytest.param("standing.why_not_preside", "the chair", id="commands of the chair"),
        pytest.param("standing.why_not_steer", "facilitator", id="commands of whoever runs the game"),
        pytest.param("standing.why_not_vote", "an ally", id="commands of allies"),
    ],
)
def test_the_words_for_who_agree_with_the_checks_of_the_rules(check: str, words: str) -> None:
    checked = {reference.type_of(command) for command in ALL_COMMANDS if check in reached(command.__name__).functions}
    assert checked
    assert [kind for kind in sorted(checked) if words not in reference.WHO[kind]] == []


def test_a_command_meets_the_refusals_that_its_source_names() -> None:
    assert {"SILENCE_NOT_RUNNING", "BREAK_NEEDS_ISSUES", "DRAFT_STALE", "NOT_SEATED"} <= reached("BreakSilence").codes
    assert reached("AdvanceClock").codes == frozenset()
    assert "SILENCE_NOT_YET" in reached("OpenSilence").codes
    assert "SILENCE_NOT_YET" not in reached("TableDraft").codes


def test_no_refusal_is_for_nothing() -> None:
    """Every code can be met by some command, or is the shell's own."""
    met = {constant for command in ALL_COMMANDS for constant in reached(command.__name__).codes}
    constants = {name for name, value in vars(rejections).items() if isinstance(value, Code)}
    shell = "".join(path.read_text() for path in (ROOT / "server").rglob("*.py"))
    assert sorted(name for name in constants - met if f"no.{name}" not in shell) == []
