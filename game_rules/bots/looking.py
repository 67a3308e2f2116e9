"""What a stand-in reads off the public half of its view."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Looked = Mapping[str, Any]
NEGOTIATING = ("consultations", "council", "leaders")
"""Kinds of phase in which texts are worked on."""


def progress_of(public: Looked) -> Fraction:
    """How much of the negotiation is over: 0 in its first phase, 1 in its last, by phases of the agenda."""
    phases = [phase["id"] for phase in public["scenario"]["agenda"] if phase["kind"] in NEGOTIATING]
    now = public["clock"]["phase"]
    return Fraction(phases.index(now), max(1, len(phases) - 1)) if now in phases else Fraction(0)


def package_objected_to(public: Looked, objection: Looked) -> Mapping[str, str]:
    """The options of the revision that an objection was raised against."""
    draft = public["drafts"][objection["draft"]]
    revisions = [*(past["package"] for past in draft["history"]), draft["package"]]
    package: Mapping[str, str] = revisions[objection["revision"] - 1]
    return package
