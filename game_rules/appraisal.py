"""What a package not yet on the floor would be worth to a delegation, by its own lights (rules 8.8, 9.3).

For the editor of drafts and amendments: consistency from the public rules, points and lines from the seat's own
instructions, and for each issue what any other option would change. Nothing of another seat enters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game_rules.evaluation import Circumstances
from game_rules.messages import IssueId, OptionId, SeatId
from game_rules.procedures.standing import circumstances, why_not_across_own_line
from game_rules.rejections import Refusal
from game_rules.scenario import Package
from game_rules.state import GameState
from game_rules.view.private import crossings

Changes = Mapping[IssueId, Mapping[OptionId, Mapping[str, Any]]]
"""By issue and option: `points`, `delta`, `crosses` and `broken_rules` of the package with that option."""


def appraise(state: GameState, seat: SeatId, package: Package, base: Package | None = None) -> dict[str, Any]:
    """Consistency, points (0..100), lines crossed, and the same for every change of one option.

    `why_not` has what the own lines would refuse in a strict game: `own`, to put the package forward as a text of one's
    own; `change`, to propose it as a change of `base`.

    `options[issue][option]` has `points`, `delta` (against the package), `crosses` (ids of lines) and `broken_rules`
    (ids), so that a person sees what each choice costs before making it. `drivers` says which issues the value hangs
    on, `best_change` which single change would help most.
    """
    around = circumstances(state, seat)
    points = state.evaluator.points(seat, package, around)
    crosses = crossings(state, seat, package)
    options = {
        issue: {
            option: _with_option(state, seat, package, place, option, points, around)
            for option in state.rules.options[issue]
        }
        for place, issue in enumerate(state.rules.issues)
        if issue not in state.rules.cast.fixed
    }
    return {
        "package": state.rules.package_dict(package),
        "consistent": state.evaluator.is_consistent(package),
        "broken_rules": [
            {"id": rule.id, "sentence": rule.sentence, "issues": [issue for issue, _ in rule.options]}
            for rule in state.evaluator.broken_rules(package)
        ],
        "points": points,
        "reservation": state.evaluator.reservation(seat),
        "crosses": crosses,
        "why_not": {
            "own": _refused(why_not_across_own_line(state, seat, package)),
            "change": _refused(why_not_across_own_line(state, seat, package, already=base)),
        },
        "options": options,
        "drivers": _drivers(state, seat, package, around),
        "best_change": _best_change(options, points, [one["line"] for one in crosses]),
    }


def _refused(refusal: Refusal | None) -> dict[str, Any] | None:
    return refusal.to_json() if refusal is not None else None


def _with_option(
    state: GameState,
    seat: SeatId,
    package: Package,
    place: int,
    option: OptionId,
    before: int,
    around: Circumstances,
) -> dict[str, Any]:
    changed = (*package[:place], option, *package[place + 1 :])
    points = state.evaluator.points(seat, changed, around)
    return {
        "points": points,
        "delta": points - before,
        "crosses": list(state.evaluator.objections(seat, changed, around)),
        "broken_rules": [rule.id for rule in state.evaluator.broken_rules(changed)],
    }


def _drivers(state: GameState, seat: SeatId, package: Package, around: Circumstances) -> list[dict[str, Any]]:
    """Which issues drive the value: points each gives now and the most it could, to one decimal.

    What could give most comes first, in the scenario's order where that is equal. Deals, complements and soft lines
    are no issues and stand nowhere here.
    """
    terms = state.evaluator.point_terms(seat, package, around)
    drivers = [
        {"issue": issue, "points": float(round(terms.issues[issue], 1)), "most": float(round(terms.ceilings[issue], 1))}
        for issue in state.rules.issues
    ]
    return sorted(drivers, key=lambda driver: -float(driver["most"]))


def _best_change(options: Changes, before: int, crossed: list[str]) -> dict[str, Any] | None:
    """The change of one issue that helps the delegation most; None when none helps.

    Among changes that leave a consistent text, cross no new line, and gain points or lift a line: the one worth most,
    the first in the scenario's order of those that are worth the same. `adds` is there to be read beside `lifts`, and
    empty by that definition.
    """
    helping = [
        _change(issue, option, shown, crossed)
        for issue, by_option in options.items()
        for option, shown in by_option.items()
        if not shown["broken_rules"] and set(shown["crosses"]) <= set(crossed)
        if shown["points"] > before or len(shown["crosses"]) < len(crossed)
    ]
    return max(helping, key=lambda change: int(change["points"]), default=None)  # max keeps the first of equals


def _change(issue: IssueId, option: OptionId, shown: Mapping[str, Any], crossed: list[str]) -> dict[str, Any]:
    return {
        "issue": issue,
        "option": option,
        "points": shown["points"],
        "delta": shown["delta"],
        "lifts": [line for line in crossed if line not in shown["crosses"]],
        "adds": [],
    }
