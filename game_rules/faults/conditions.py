"""Conditions and terms in the wrong place, conditions that go round in circles, and those that unfold without end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from game_rules.conditions import (
    AlliesSigned,
    AllOf,
    AnyOf,
    Condition,
    HeldBy,
    InForce,
    InMode,
    InSet,
    LawPassed,
    Named,
    Not,
    OnIssue,
    SignedBy,
    Vocabulary,
    leaves,
)
from game_rules.faults.fault import Fault, Place, parts
from game_rules.faults.references import CONDITIONS
from game_rules.scenario import (
    AddPoints,
    CastRule,
    ComplementForm,
    NamedCondition,
    OtherRefusal,
    RedLine,
    Scenario,
    SoftLine,
    Stretch,
    StructuralRule,
)
from game_rules.terms import ByAccession, ByCount, ByLinesCrossed, ByScore, Term

MOST_NODES = 2_000  # of one condition with its named conditions written out; the largest of Vilnius has 40
_SIGNATURES = (SignedBy, AlliesSigned, LawPassed, InMode)
_TEXT = (OnIssue, InSet)
_HOLDERS = (RedLine, SoftLine, Stretch, Term, AddPoints, NamedCondition, OtherRefusal)


def condition_faults(scenario: Scenario) -> list[Fault]:
    """Needs every name to be known."""
    circular = list(_circles(scenario))
    if circular:
        return circular  # nothing can be unfolded while one turns in a circle
    unfolding = list(_unfolding(scenario))
    return unfolding or [*_misplaced(scenario), *_misplaced_terms(scenario), *_scores_in_circles(scenario)]


def conditions(scenario: Scenario) -> Iterator[tuple[Place, BaseModel, Condition]]:
    """Every whole condition with its place and the part that it stands in."""
    for place, part in parts(scenario):
        if isinstance(part, AllOf | AnyOf | Not):
            continue
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if isinstance(value, CONDITIONS):
                yield (*place, field.alias or name), part, value


# --- named conditions -------------------------------------------------------------------------------------------------


def _named_in(condition: Condition) -> Iterator[str]:
    for _, node in parts(condition):
        if isinstance(node, Named):
            yield node.named


def _circles(scenario: Scenario) -> Iterator[Fault]:
    uses = {named.id: set(_named_in(named.when)) for named in scenario.named_conditions}
    for index, named in enumerate(scenario.named_conditions):
        reached, frontier = set[str](), set(uses[named.id])
        while frontier:
            reached |= frontier
            frontier = set().union(*(uses[name] for name in frontier)) - reached
        if named.id in reached:
            yield Fault(("named_conditions", index, "when"), f"{named.id!r} is defined by way of itself")


def _unfolding(scenario: Scenario) -> Iterator[Fault]:
    sizes: dict[str, int] = {}
    named = {item.id: item.when for item in scenario.named_conditions}

    def size(condition: Condition) -> int:
        return sum(size_of(node.named) if isinstance(node, Named) else 1 for _, node in parts(condition))

    def size_of(name: str) -> int:
        if name not in sizes:
            sizes[name] = size(named[name])
        return sizes[name]

    for place, _, condition in conditions(scenario):
        if size(condition) > MOST_NODES:
            yield Fault(place, f"written out, this condition has more than {MOST_NODES:,} parts")


# --- the right place --------------------------------------------------------------------------------------------------


def _misplaced(scenario: Scenario) -> Iterator[Fault]:
    vocabulary = scenario.vocabulary
    for place, owner, condition in conditions(scenario):
        for leaf in leaves(condition, vocabulary):
            signature = isinstance(leaf, _SIGNATURES)
            if signature and not isinstance(owner, ComplementForm | CastRule):
                yield Fault(place, f"{_key(leaf)!r} is about signatures: it stands only in a complement")
            elif not signature and isinstance(owner, ComplementForm | CastRule):
                yield Fault(place, f"{_key(leaf)!r} is not about signatures: a complement's rule takes those only")
            elif isinstance(owner, StructuralRule) and not isinstance(leaf, _TEXT):
                yield Fault(place, f"{_key(leaf)!r} looks beyond the text: a structural rule is about options only")
            elif _looks_at_holder(leaf) and not isinstance(owner, _HOLDERS):
                yield Fault(place, f"{_key(leaf)!r} asks whose line this is, and it is nobody's")
        yield from _empty_comparisons(place, condition, vocabulary)


def _empty_comparisons(place: Place, condition: Condition, vocabulary: Vocabulary) -> Iterator[Fault]:
    for where, node in parts(condition, place):
        if isinstance(node, OnIssue) and not vocabulary.accepted(node):
            yield Fault((*where, "below"), f"{node.below!r} is the first option of {node.issue!r}: nothing is below it")


def _looks_at_holder(leaf: BaseModel) -> bool:
    return isinstance(leaf, HeldBy) or (isinstance(leaf, InForce) and leaf.signed_by is not None)


def _key(leaf: BaseModel) -> str:
    field = next(iter(type(leaf).model_fields.items()))
    return field[1].alias or field[0]


def _misplaced_terms(scenario: Scenario) -> Iterator[Fault]:
    for seat in scenario.seats.values():
        for index, term in enumerate(seat.points):
            if _looks_at_others(term):
                where = ("seats", seat.id, "points", index, "times")
                yield Fault(where, "looks at other seats: it has no place in a seat's own points (rule 9.2)")


def _looks_at_others(term: Term) -> bool:
    factor = term.times
    return isinstance(factor, ByAccession | ByLinesCrossed | ByScore) or (
        isinstance(factor, ByCount) and factor.count == "below_reservation"
    )


def _scores_in_circles(scenario: Scenario) -> Iterator[Fault]:
    uses: Mapping[str, set[str]] = {
        rule.id: {part.score for _, part in parts(rule) if isinstance(part, ByScore)} for rule in scenario.scores
    }
    for index, rule in enumerate(scenario.scores):
        reached, frontier = set[str](), set(uses[rule.id])
        while frontier:
            reached |= frontier
            frontier = set().union(*(uses[name] for name in frontier)) - reached
        if rule.id in reached:
            yield Fault(("scores", index), f"the score {rule.id!r} is worked out by way of itself")
