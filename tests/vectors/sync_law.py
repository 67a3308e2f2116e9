"""The sync law in examples for every language that applies updates: old view + operations = new view.

`sync_law.json` is a list of cases `{about, old, ops, new}` out of one random game, as its viewers saw it: what changed
of the public half, or of a delegation's own. Of each half only the sections are kept that the operations touch.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from game_rules.state import KEPT
from game_rules.view import Views, diff, member_viewer
from tests.rules.random_games import Played, play

SEED = 7
WISHES = 220
EACH_KIND = 1
"""So many cases of one kind: the same operations on the same sections."""


def generate() -> dict[str, str]:
    """For scripts/generate.py: {path: text}."""
    chosen: list[dict[str, Any]] = []
    met: Counter[tuple[str, ...]] = Counter()
    for case in _cases():
        kind = tuple(sorted({f"{one['op']} {one['path'][0]}" for one in case["ops"]}))
        met[kind] += 1
        if met[kind] <= EACH_KIND:
            chosen.append(case)
    chosen.append(_full_window())
    lines = (json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in chosen)
    return {"tests/vectors/sync_law.json": "[\n" + ",\n".join(lines) + "\n]\n"}


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
                    "about": f"{half}: {step.wish.command.type}",
                    "old": {section: old[section] for section in touched if section in old},
                    "ops": operations,
                    "new": {section: new[section] for section in touched if section in new},
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
    return {"about": "public: a full window moves on", "old": old, "ops": diff(old, new), "new": new}
