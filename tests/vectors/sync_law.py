"""The sync law in examples for every language that applies updates: old view + operations = new view.

`sync_law.json` is a list of cases `{name, before, ops, after}` out of one random game, as its viewers saw it: what
changed of the public half, or of a delegation's own. Of each half only the sections are kept that the operations
touch; of cases that touch the same sections in the same way only the smallest, and none that is very long. What games
bring seldom or never stands below by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from game_rules.state import KEPT
from game_rules.view import Views, diff, member_viewer
from tests.rules.random_games import Played, play

SEED = 7
WISHES = 220
LONGEST = 20_000
"""Characters of a case: the file is read by people too."""


def generate() -> dict[str, str]:
    """For scripts/generate.py: {path: text}."""
    smallest: dict[tuple[str, ...], str] = {}
    for case in _cases():
        kind = tuple(sorted({f"{one['op']} {one['path'][0]}" for one in case["ops"]}))
        line = _line(case)
        if len(line) <= LONGEST and (kind not in smallest or len(line) < len(smallest[kind])):
            smallest[kind] = line
    lines = [*smallest.values(), _line(_full_window()), _line(_key_gone())]
    return {"tests/vectors/sync_law.json": "[\n" + ",\n".join(lines) + "\n]\n"}


def _line(case: dict[str, Any]) -> str:
    return json.dumps(case, ensure_ascii=False, separators=(",", ":"))


def _cases() -> Iterator[dict[str, Any]]:
    """What changed for everybody and for one delegation, step by step."""
    views = Views()
    before: dict[str, Mapping[str, Any]] = {}
    for step in play(SEED, WISHES, to_the_end=True):
        for half, new in _halves(views, step).items():
            old = before.get(half)
            if old is not None and (operations := diff(old, new)):
                touched = dict.fromkeys(operation["path"][0] for operation in operations)
                yield {
                    "name": f"{half}: {step.wish.command.type}",
                    "before": {section: old[section] for section in touched if section in old},
                    "ops": operations,
                    "after": {section: new[section] for section in touched if section in new},
                }
            before[half] = new


def _halves(views: Views, step: Played) -> dict[str, Mapping[str, Any]]:
    host = next((member for member in step.after.members.values() if member.seat == "HUN"), None)
    own = {"private": views.private(step.after, member_viewer(host.id, "HUN"))} if host else {}
    return {"public": views.public(step.after), **own}


def _full_window() -> dict[str, Any]:
    """A list that is as long as lists get: what is added at its end pushes out its beginning."""
    everything = [{"n": number} for number in range(KEPT + 2)]
    old, new = {"record": everything[:KEPT]}, {"record": everything[2:]}
    return {"name": "public: a full window moves on", "before": old, "ops": diff(old, new), "after": new}


def _key_gone() -> dict[str, Any]:
    """A map that loses a key, which seldom happens in a game, while another of its keys changes."""
    old = {"notes": {"n1": "Ask Ankara.", "n2": "Bread."}}
    new = {"notes": {"n2": "Bread, and salt."}}
    return {"name": "private: a key goes away", "before": old, "ops": diff(old, new), "after": new}
