"""What a stand-in reads off the public half of its view."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from game_rules.memo import Memo

Looked = Mapping[str, Any]
NEGOTIATING = ("consultations", "council", "leaders")
"""Kinds of phase in which texts are worked on."""
BEGINNING = Fraction(0)
_MEMO = Memo()


def progress_of(public: Looked) -> Fraction:
    """How much of the negotiation is over: 0 in its first phase, 1 in its last, by phases of the agenda."""
    scenario = public["scenario"]
    return _MEMO.of(_progress, (scenario,), _progress, scenario).get(public["clock"]["phase"], BEGINNING)


def _progress(scenario: Looked) -> Mapping[str, Fraction]:
    phases = [phase["id"] for phase in scenario["agenda"] if phase["kind"] in NEGOTIATING]
    return {phase: Fraction(place, max(1, len(phases) - 1)) for place, phase in enumerate(phases)}


def package_objected_to(public: Looked, objection: Looked) -> Mapping[str, str]:
    """The options of the revision that an objection was raised against."""
    draft = public["drafts"][objection["draft"]]
    revisions = [*(past["package"] for past in draft["history"]), draft["package"]]
    package: Mapping[str, str] = revisions[objection["revision"] - 1]
    return package
