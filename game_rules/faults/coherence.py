"""What must fit together besides names: the table, the casts, the world, the agenda, the tables of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from game_rules.conditions import OUTCOME
from game_rules.evaluation.circumstances import UNDECIDED
from game_rules.faults.fault import Fault, Place, parts
from game_rules.scenario import (
    AddPoints,
    Cast,
    ChangeRedLine,
    Effect,
    NamedPackage,
    Scenario,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
    Strength,
)
from game_rules.terms import ByWorld, ScoreRule, TermGroup


def coherence_faults(scenario: Scenario) -> Iterator[Fault]:
    """Every gap and contradiction outside conditions; unknown names are passed over, they are told elsewhere."""
    yield from _table(scenario)
    for index, cast in enumerate(scenario.casts):
        yield from _cast(scenario, cast, ("casts", index))
    yield from _world(scenario)
    yield from _agenda(scenario)
    yield from _ideals(scenario)
    yield from _deals(scenario)
    yield from _injects(scenario)
    yield from _complete(scenario, scenario.status_quo, ("status_quo", "options"))
    yield from _complete(scenario, scenario.fallback, ("fallback", "options"))
    yield from _missing(scenario, scenario.history.options, ("history", "choices"), "the historical text")
    yield from _figures(scenario)


# --- news -------------------------------------------------------------------------------------------------------------


def _injects(scenario: Scenario) -> Iterator[Fault]:
    """What reaches whom (rule 7.3): the world changes for all or for nobody, instructions change for readers alone."""
    for index, inject in enumerate(scenario.injects):
        if inject.to == "everybody":
            continue
        place: Place = ("injects", index)
        if inject.foreseen:
            yield Fault((*place, "foreseen"), "everybody reads of it beforehand: then it is for everybody")
        for number, effect in enumerate(inject.effects):
            where = (*place, "effects", number)
            if isinstance(effect, SetFlag | SetWorld | ShiftScore):
                yield Fault(where, f"{effect.kind!r} changes the world for all: it comes with news to everybody only")
            left_out = [seat for seat in _instructed(effect) if seat not in inject.to]
            if left_out:
                yield Fault(where, f"instructs {', '.join(left_out)}, whom the news does not reach")


def _instructed(effect: Effect) -> tuple[str, ...]:
    if isinstance(effect, SetPreference | SetAcceptable):
        return (effect.seat,)
    return effect.seats if isinstance(effect, ShiftSalience | ChangeRedLine | AddPoints) else ()


# --- who is at the table ----------------------------------------------------------------------------------------------


def _table(scenario: Scenario) -> Iterator[Fault]:
    for seat in scenario.seats:
        if seat not in scenario.table_order:
            yield Fault(("table_order",), f"the seat {seat!r} has no place in the order of the table")
    kinds = [seat.kind for seat in scenario.seats.values()]
    if "chair" not in kinds:
        yield Fault(("seats",), "nobody is of kind 'chair'")
    principal = scenario.seats.get(scenario.principal)
    if principal is not None and principal.kind != "principal":
        yield Fault(("principal",), f"{scenario.principal!r} is of kind {principal.kind!r}, not 'principal'")


def _cast(scenario: Scenario, cast: Cast, place: Place) -> Iterator[Fault]:
    kinds = [scenario.seats[seat].kind for seat in cast.seats if seat in scenario.seats]
    where = (*place, "seats")
    chairs = kinds.count("chair")
    if chairs != 1:
        yield Fault(where, f"the cast {cast.id!r} has {chairs or 'no'} seats of kind 'chair'; it takes exactly one")
    if "voting" not in kinds:
        yield Fault(where, f"the cast {cast.id!r} has nobody who votes")
    if scenario.principal not in cast.seats:
        yield Fault(where, f"the cast {cast.id!r} lacks the principal, {scenario.principal!r} (rule 1.2)")
    if all(issue.id in cast.fixed for issue in scenario.issues):
        yield Fault((*place, "fixed"), f"the cast {cast.id!r} fixes every issue: there is nothing to negotiate")


# --- the world and the clock ------------------------------------------------------------------------------------------


def _world(scenario: Scenario) -> Iterator[Fault]:
    variables = {variable.id: variable.values for variable in scenario.world_variables}
    if OUTCOME in variables:
        yield Fault(("world_variables",), f"{OUTCOME!r} is the name of the world outcome itself: call it another")
    if UNDECIDED not in (outcome.id for outcome in scenario.world_outcomes):
        yield Fault(("world_outcomes",), f"games begin in the world outcome {UNDECIDED!r}, and it is not there")
    for index, outcome in enumerate(scenario.world_outcomes):
        for variable in variables:
            if variable not in outcome.world:
                yield Fault(("world_outcomes", index, "world"), f"{outcome.id!r} gives {variable!r} no value")
    chances = scenario.aftermath.chances
    if sum(chances.values()) != scenario.aftermath.whole:
        reason = f"the chances sum to {sum(chances.values())}, 'whole' is {scenario.aftermath.whole}"
        yield Fault(("aftermath", "chances"), reason)
    if UNDECIDED in chances:
        yield Fault(("aftermath", "chances", UNDECIDED), "the aftermath decides: this outcome has no chance of its own")
    for place, part in parts(scenario):
        if isinstance(part, ByWorld):
            values = variables.get(part.world) if part.world != OUTCOME else _outcomes(scenario)
            missing = [str(value) for value in values or () if value not in part.values]
            if missing:
                yield Fault((*place, "values"), f"no number for: {', '.join(missing)}")


def _outcomes(scenario: Scenario) -> tuple[str, ...]:
    return tuple(outcome.id for outcome in scenario.world_outcomes)


def _agenda(scenario: Scenario) -> Iterator[Fault]:
    kinds = [phase.kind for phase in scenario.agenda]
    for kind in ("lobby", "leaders", "aftermath", "debrief"):
        if kinds.count(kind) != 1:
            yield Fault(("agenda",), f"{kinds.count(kind) or 'no'} phases of kind {kind!r}; it takes exactly one")
    if "council" not in kinds:
        yield Fault(("agenda",), "no phase of kind 'council': silence could never be opened before the leaders meet")
    order = ("lobby", "briefing", "consultations", "council", "leaders", "aftermath", "debrief")
    ranks = [order.index(kind) for kind in kinds]
    for index, (before, after) in enumerate(pairwise(ranks), 1):
        if after < before:
            yield Fault(("agenda", index, "kind"), f"{order[after]!r} cannot come after {order[before]!r}")
    minutes = {phase.id: phase.minutes for phase in scenario.agenda}
    for index, inject in enumerate(scenario.injects):
        length = minutes.get(inject.trigger.phase or "")
        if length is not None and inject.trigger.minute > length:
            where = ("injects", index, "trigger", "minute")
            yield Fault(where, f"{inject.trigger.phase!r} lasts {length} minutes: {inject.id!r} would never come")
    clocks, silence = scenario.clocks, scenario.silence
    if not clocks.min_minutes <= clocks.default_minutes <= clocks.max_minutes:
        yield Fault(("clocks",), "the default clock is not between the shortest and the longest")
    if not clocks.slow.min_days <= clocks.slow.default_days <= clocks.slow.max_days:
        yield Fault(("clocks", "slow"), "the default of slow games is not between the shortest and the longest")
    if not silence.min_seconds <= silence.default_seconds <= silence.max_seconds:
        yield Fault(("silence",), "the default silence is not between the shortest and the longest")


# --- instructions and trade -------------------------------------------------------------------------------------------


def _ideals(scenario: Scenario) -> Iterator[Fault]:
    for seat in scenario.seats.values():
        place: Place = ("seats", seat.id)
        if not seat.preference_order:
            yield Fault((*place, "preference_order"), "an order needs at least its first option")
        yield from _missing(scenario, seat.ideal, (*place, "ideal"), f"the ideal of {seat.id}")
    for index, issue in enumerate(scenario.issues):
        for ideal in issue.option_ids if issue.closeness is not None else ():
            table = (issue.closeness or {}).get(ideal, {})
            missing = [option for option in issue.option_ids if option not in table]
            if missing:
                where = ("issues", index, "closeness", ideal)
                yield Fault(where, f"no closeness to {ideal!r} for: {', '.join(missing)}")


def _deals(scenario: Scenario) -> Iterator[Fault]:
    for index, deal in enumerate(scenario.deals):
        signers = set(deal.signers)
        for cast in scenario.casts:
            absent = [seat for seat in deal.signers_in(cast.id) if seat not in cast.seats and seat in scenario.seats]
            if absent:
                reason = f"in the cast {cast.id!r} nobody plays {', '.join(absent)}: name the signers there"
                yield Fault(("deals", index, "signers_by_cast"), f"{reason} (none takes the deal off the table)")
        for cast_id, named in deal.signers_by_cast.items():
            for position, seat in enumerate(named):
                where = ("deals", index, "signers_by_cast", cast_id, position)
                if seat not in signers and seat in scenario.seats:
                    yield Fault(where, f"{seat!r} signs here but has no side in the deal {deal.id!r}")
        yield from _signs_twice(deal.signers, ("deals", index, "sides"))
    for place, part in parts(scenario.complements, ("complements",)):
        if isinstance(part, Strength) and part.of is not None and not part.of:
            yield Fault((*place, "of"), "nobody counts: a strength needs at least one seat")


def _signs_twice(signers: Iterable[str], place: Place) -> Iterator[Fault]:
    seen: set[str] = set()
    for seat in signers:
        if seat in seen:
            yield Fault(place, f"{seat!r} stands on two sides of one deal")
        seen.add(seat)


def _complete(scenario: Scenario, package: NamedPackage, place: Place) -> Iterator[Fault]:
    return _missing(scenario, package.options, place, f"{package.title!r}")


def _missing(scenario: Scenario, options: Mapping[str, str], place: Place, what: str) -> Iterator[Fault]:
    missing = [issue.id for issue in scenario.issues if issue.id not in options]
    if missing:
        yield Fault(place, f"{what} says nothing on: {', '.join(missing)}")


# --- figures ----------------------------------------------------------------------------------------------------------


def _figures(scenario: Scenario) -> Iterator[Fault]:
    for place, part in parts(scenario):
        if isinstance(part, ScoreRule) and part.min > part.max:
            yield Fault((*place, "min"), f"the least of {part.id!r} is more than its most")
        if isinstance(part, TermGroup) and part.min is not None and part.max is not None and part.min > part.max:
            yield Fault((*place, "min"), f"the least of {part.id!r} is more than its most")
    grades = scenario.benchmark.grades
    for index, grade in enumerate(grades):
        where = ("benchmark", "grades", index)
        last = index == len(grades) - 1
        if grade.when is None and not last:
            yield Fault(where, f"{grade.id!r} has no 'when', so the grades after it can never be given")
        if grade.when is not None and last:
            yield Fault((*where, "when"), f"the last grade, {grade.id!r}, is the rest: take its 'when' away")
