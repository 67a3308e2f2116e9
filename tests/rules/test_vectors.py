"""The examples of the sync law that other languages are tested with hold in this one (promises L4)."""

from __future__ import annotations

import json
from pathlib import Path

from game_rules.view import apply
from tests.vectors.sync_law import generate

VECTORS = Path(__file__).parents[1] / "vectors" / "sync_law.json"


def test_every_case_keeps_the_law() -> None:
    for case in json.loads(VECTORS.read_text(encoding="utf-8")):
        assert apply(case["before"], case["ops"]) == case["after"], case["name"]


def test_the_cases_know_every_operation_and_both_halves() -> None:
    cases = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert {operation["op"] for case in cases for operation in case["ops"]} == {"set", "remove", "append"}
    assert {case["name"].split(":")[0] for case in cases} == {"public", "private"}


def test_the_cases_are_those_of_today() -> None:
    """`make gen` writes them anew."""
    (text,) = generate().values()
    assert text == VECTORS.read_text(encoding="utf-8")
