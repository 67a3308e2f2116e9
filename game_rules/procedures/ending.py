"""How a summit ends: adoption, fallback, deadlock, the aftermath and each delegation's result (rules 8.1 to 8.10).

Every figure is worked out here, once, and written into the event: a replay shows what was true then, for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.evaluation import Circumstances, Evaluator, PointTerms, Score
from game_rules.evaluation.scores import Number, half_even
from game_rules.messages import EVERYONE, NOBODY, Actor, Audience, Command, Event, SeatId
from game_rules.procedures.around import in_world
from game_rules.procedures.standing import circumstances, why_not_steer
from game_rules.rejections import Refusal, refuse
from game_rules.scenario import Package, canonical_json
from game_rules.state import Ending, GameState, Outcome

BREAK_WITHOUT_CAUSE = 10
CONSENT_ACROSS_A_LINE = 15
"""rule 8.7: points off for breaking with no line crossed and a text worth having, and for consenting across a line."""


class OpenResults(Command):
    """Lets everybody see every delegation's result and instructions, once the game is decided (rule 9.1)."""

    type: Literal["open_results"]


# stored: renaming needs an upcaster
class OutcomeReached(Event):
    """What came about. The public reads `figures`; `results` are each delegation's own until they are opened."""

    type: Literal["outcome_reached"] = "outcome_reached"
    told: ClassVar[bool] = False
    ending: Ending
    package: Package
    adopted: bool
    world: str
    figures: Mapping[str, Any]
    results: Mapping[SeatId, Mapping[str, Any]]

    def audience(self) -> Audience:
        return NOBODY  # shown through `public.outcome`, never through the record: `results` are secret


class ResultsOpened(Event):
    type: Literal["results_opened"] = "results_opened"

    def audience(self) -> Audience:
        return EVERYONE


def why_not_open_results(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_steer(state, by)
    if refusal is not None:
        return refusal
    if state.outcome is None:
        return refuse(no.GAME_NOT_OVER)
    return refuse(no.ALREADY_OPEN) if state.opened else None


# --- deciding


def text_that_stands(state: GameState) -> Package:
    """What came about if the summit ended now: the text adopted last, else the status quo (rules 4.7, 8.1)."""
    if state.adopted is not None:
        return state.adopted.package
    return state.evaluator.package(state.rules.scenario.status_quo.options)


def reach_outcome(state: GameState, ending: Ending) -> OutcomeReached:
    """The ending with every figure of the page that tells it."""
    package = text_that_stands(state)
    adopted = state.adopted is not None
    circumstances = _at_the_end(state, adopted)
    chances = state.evaluator.chances(package, circumstances)
    return OutcomeReached(
        ending=ending,
        package=package,
        adopted=adopted,
        world=_drawn(state.seed, chances),
        figures=_as_stored(_figures(state, package, circumstances, chances)),
        results=_as_stored({seat: _result(state, seat, package, circumstances) for seat in state.rules.seats}),
    )


def _as_stored(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with their keys in the order in which the log gives them back: a replay shows the same bytes."""
    stored: dict[str, Any] = json.loads(canonical_json(figures))
    return stored


def _at_the_end(state: GameState, adopted: bool) -> Circumstances:
    rungs = [taken.rung for taken in state.adopted.rungs.values()] if state.adopted else []
    return replace(
        circumstances(state),
        adopted=adopted,
        statements=rungs.count("statement"),
        footnotes=rungs.count("footnote"),
    )


def _drawn(seed: str, chances: Mapping[str, int]) -> str:
    """How the world goes on, drawn with the game's seed (rule 8.2)."""
    ticket = int.from_bytes(hashlib.sha256(f"aftermath:{seed}".encode()).digest()) % sum(chances.values())
    for world, parts in chances.items():
        if ticket < parts:
            return world
        ticket -= parts
    raise AssertionError("the chances sum to more than any ticket")


def _figures(
    state: GameState, package: Package, circumstances: Circumstances, chances: Mapping[str, int]
) -> dict[str, Any]:
    scenario = state.rules.scenario
    worlds = {world: _in_world(state, package, in_world(circumstances, world), world) for world in chances}
    return {
        **_worth(state, package, circumstances),
        "breaks": circumstances.breaks,
        # rule 8.6: told in the world that was drawn, and beside it in all of them
        "chances": dict(chances),
        "worlds": worlds,
        "prospects": _prospects(state, chances, worlds),
        "history": state.rules.memo.of("history", (scenario,), _what_happened, state),
    }


def _what_happened(state: GameState) -> dict[str, Any]:
    """The historical text and what it comes to: the same in every game."""
    history = state.rules.scenario.history
    package = state.evaluator.package(history.options)
    around = Circumstances(complements=history.complements, deals=frozenset(history.deals))
    return {"package": list(package), **_worth(state, package, around)}


def _worth(state: GameState, package: Package, circumstances: Circumstances) -> dict[str, Any]:
    """The six considerations, the figures beside them and the benchmark of one package."""
    evaluator = state.evaluator
    scores = evaluator.scores(package, circumstances)
    return {
        "scores": {name: score_json(score) for name, score in scores.items()},
        "mean": _number(sum((score.value for score in scores.values()), Fraction(0)) / len(scores)),
        "figures": {
            rule.id: score_json(evaluator.figure(rule.id, package, circumstances))
            for rule in state.rules.scenario.figures
        },
        "benchmark": evaluator.benchmark(package, circumstances),
        "checklist": evaluator.checklist(package, circumstances),
    }


def _in_world(state: GameState, package: Package, circumstances: Circumstances, world: str) -> dict[str, Any]:
    """What the text came to in one world; the circumstances are those of that world."""
    evaluator = state.evaluator
    scores = evaluator.scores(package, circumstances)
    # rule 8.5: in a deadlock nobody ratifies; the world is drawn and the scores stand all the same
    refusals = evaluator.accession_refusals(package, world, circumstances) if circumstances.adopted else {}
    asked = state.rules.scenario.voting_seats if circumstances.adopted else ()
    answers = evaluator.answers(package, circumstances)
    return {
        "scores": {name: _number(score.value) for name, score in scores.items()},
        "mean": _number(sum((score.value for score in scores.values()), Fraction(0)) / len(scores)),
        "terms": {name: score_json(score) for name, score in scores.items()},
        "figures": {
            rule.id: score_json(evaluator.figure(rule.id, package, circumstances))
            for rule in state.rules.scenario.figures
        },
        "refusals": {seat: list(reasons) for seat, reasons in refusals.items()},
        "ratified": [seat for seat in asked if seat not in refusals],
        "answers": {
            question: {"answer": answer.id, "sentence": answer.sentence} for question, answer in answers.items()
        },
        "page": evaluator.page(package, circumstances, refusals),
    }


def _prospects(state: GameState, chances: Mapping[str, int], worlds: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The same over all endings, so that a lucky draw is not mistaken for a good deal (rule 8.6).

    In parts of the scenario's whole: of each answer, of each ally ratifying, of all of them ratifying, and the mean.
    """
    answers: dict[str, dict[str, int]] = {}
    for world, parts in chances.items():
        for question, given in worlds[world]["answers"].items():
            of_question = answers.setdefault(question, {})
            of_question[given["answer"]] = of_question.get(given["answer"], 0) + parts
    allies, whole = state.rules.scenario.voting_seats, sum(chances.values())
    ratified = {world: worlds[world]["ratified"] for world in chances}
    return {
        "answers": answers,
        "ratifies": {ally: sum(chances[world] for world in chances if ally in ratified[world]) for ally in allies},
        "all_ratify": sum(chances[world] for world in chances if len(ratified[world]) == len(allies)),
        "mean": round(sum(worlds[world]["mean"] * parts for world, parts in chances.items()) / whole, 1),
    }


def score_json(score: Score) -> dict[str, Any]:
    """A score as the page shows it: value and terms to one decimal, its groups apart where it has several."""
    groups = {name: _number(group.value) for name, group in score.groups.items()}
    return {
        "value": float(score.rounded),
        "terms": {term: _number(points) for term, points in score.terms.items()},
        "capped_by": list(score.capped_by),
        **({"groups": groups} if len(groups) > 1 else {}),
    }


def _number(value: Number) -> float:
    """To one decimal, half to even."""
    return half_even(10 * value.numerator, value.denominator) / 10


def _result(state: GameState, seat: SeatId, package: Package, circumstances: Circumstances) -> dict[str, Any]:
    """A delegation against its own instructions (rule 8.7)."""
    evaluator = state.evaluator
    terms = evaluator.point_terms(seat, package, circumstances)
    points = terms.total
    reservation = evaluator.reservation(seat)
    without_cause = sum(
        not has_cause(evaluator, seat, objection.package, objection.around)
        for objection in state.objections.values()
        if objection.seat == seat
    )
    across = list(_consented_across(state, seat))
    penalty = BREAK_WITHOUT_CAUSE * without_cause + (CONSENT_ACROSS_A_LINE if across else 0)
    return {
        "points": points,
        "reservation": reservation,
        "breaks_without_cause": without_cause,
        "consented_across": across,
        "deals": [deal for deal, signed in state.deals.items() if seat in signed.parties],
        "promises": _own_promises(state, seat),
        "terms": _terms_json(terms),
        "total": points - penalty,
    }


def has_cause(evaluator: Evaluator, seat: SeatId, package: Package, around: Circumstances) -> bool:
    """Whether a break has a cause that the capital lets pass: a line crossed, or less than the reservation value."""
    return bool(evaluator.objections(seat, package, around)) or evaluator.points(
        seat, package, around
    ) < evaluator.reservation(seat)


def _consented_across(state: GameState, seat: SeatId) -> tuple[str, ...]:
    """The seat's lines that it let pass, as things stood when the text was adopted.

    Only an ally consents; the others' lines stop nothing (rule 1.1).
    """
    adopted = state.adopted
    if adopted is None or state.rules.seats[seat].kind != "voting":
        return ()
    return state.evaluator.objections(seat, adopted.package, adopted.around)


def _terms_json(terms: PointTerms) -> dict[str, Any]:
    """Where the points come from: of each issue what it gave and the most it could give, and the signed points."""
    return {
        "issues": {issue: _number(points) for issue, points in terms.issues.items()},
        "most": {issue: _number(points) for issue, points in terms.ceilings.items()},
        "signed": {term: _number(points) for term, points in terms.signed.items()},
    }


def _own_promises(state: GameState, seat: SeatId) -> dict[str, int]:
    """How the seat's own promises came out, of those that could be judged (rule 6.3)."""
    verdicts = [promise.verdict for promise in state.promises.values() if promise.by == seat]
    return {verdict: verdicts.count(verdict) for verdict in ("kept", "broken", "never_tested")}


# --- folding


def outcome_reached(state: GameState, event: OutcomeReached) -> GameState:
    outcome = Outcome(event.ending, event.package, event.adopted, event.world, event.figures, event.results)
    return replace(state, outcome=outcome, silence=None, poll=None)


def results_opened(state: GameState) -> GameState:
    return replace(state, opened=True)
