"""What a package not yet on the floor would be worth to a delegation, by its own lights (rules 8.8, 9.3).

For the editor of drafts and amendments: consistency from the public rules, points and lines from the seat's own
instructions, and for each issue what any other option would change. Nothing of another seat enters.
"""

from __future__ import annotations

from typing import Any

from game_rules.messages import SeatId
from game_rules.procedures.standing import circumstances
from game_rules.scenario import Package
from game_rules.state import GameState
from game_rules.view.private import crossings


def appraise(state: GameState, seat: SeatId, package: Package) -> dict[str, Any]:
    """Consistency, points (0..100), lines crossed, and the same for every change of one option.

    `options[issue][option]` has `points`, `delta` (against the package), `crosses` (ids of lines) and `broken_rules`
    (ids), so that a person sees what each choice costs before making it.
    """
    points = _points(state, seat, package)
    return {
        "package": state.rules.package_dict(package),
        "consistent": state.evaluator.is_consistent(package),
        "broken_rules": [
            {"id": rule.id, "sentence": rule.sentence, "issues": [issue for issue, _ in rule.options]}
            for rule in state.evaluator.broken_rules(package)
        ],
        "points": points,
        "reservation": state.evaluator.reservation(seat),
        "crosses": crossings(state, seat, package),
        "options": {
            issue: {
                option: _with_option(state, seat, package, place, option, points)
                for option in state.rules.options[issue]
            }
            for place, issue in enumerate(state.rules.issues)
            if issue not in state.rules.cast.fixed
        },
    }


def _points(state: GameState, seat: SeatId, package: Package) -> int:
    return state.evaluator.points(seat, package, circumstances(state))


def _with_option(
    state: GameState, seat: SeatId, package: Package, place: int, option: str, before: int
) -> dict[str, Any]:
    changed = (*package[:place], option, *package[place + 1 :])
    points = _points(state, seat, changed)
    return {
        "points": points,
        "delta": points - before,
        "crosses": list(state.evaluator.objections(seat, changed, circumstances(state))),
        "broken_rules": [rule.id for rule in state.evaluator.broken_rules(changed)],
    }
