"""What can be wrong with a scenario that is well formed: names that mean nothing, and parts that do not fit.

`scenario_faults` finds every fault, each with its place as a path of keys and positions, so that whoever read the
files can name the line. A scenario without faults compiles and never surprises a game. Whether options can be reached
at all needs the outcome space and is checked with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from game_rules.conditions import (
    ANY,
    OUTCOME,
    AlliesSigned,
    AlliesSigning,
    AllOf,
    AnyOf,
    Condition,
    DealSigned,
    FlagSet,
    HeldBy,
    InForce,
    InMode,
    InSet,
    LawPassed,
    Named,
    Node,
    Not,
    OnIssue,
    OnWorld,
    SignedBy,
    UnknownName,
)
from game_rules.scenario import (
    Accession,
    AddPoints,
    CastRule,
    ChangeRedLine,
    ComplementForm,
    HeldRedLine,
    HeldSoftLine,
    HistoricalChoice,
    Hurdle,
    InjectTrigger,
    OptionSet,
    ProposeRevision,
    Reinterpretation,
    Scenario,
    Seat,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
    SignedComplement,
    Stretch,
)
from game_rules.terms import ByLinesCrossed, ByScore, ByStrength, ByWorld, Term

Place: TypeAlias = tuple[str | int, ...]
SIGNATURE_CONDITIONS = (SignedBy, AlliesSigned, LawPassed, InMode)
MADE_OF_OTHERS = (AllOf, AnyOf, Not)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a scenario: where (keys and positions from the top), and why."""

    place: Place
    reason: str


def scenario_faults(scenario: Scenario) -> tuple[Fault, ...]:
    """Every fault of the scenario, in its own order; empty for a sound one."""
    names = _Names(scenario)
    faults = [
        *_repeated_ids(scenario),
        *_named_in_circles(scenario),
        *_table_faults(scenario, names),
        *_cast_faults(scenario, names),
        *_world_faults(scenario, names),
        *_package_faults(scenario, names),
        *_seat_faults(scenario, names),
        *_deal_faults(scenario, names),
        *_agenda_faults(scenario),
    ]
    for place, node in _walk(scenario, ()):
        faults += [Fault((*place, key), reason) for key, reason in names.faults_of(node)]
    faults += _misplaced_conditions(scenario)
    return tuple(faults)


def _walk(value: Any, place: Place) -> Iterator[tuple[Place, Node]]:
    """Every node of the scenario with its place, keys as they are written in the files."""
    if isinstance(value, BaseModel):
        if isinstance(value, Node):
            yield place, value
        for name, field in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*place, field.alias or name))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _walk(part, (*place, key))
    elif isinstance(value, tuple):
        for position, part in enumerate(value):
            yield from _walk(part, (*place, position))


class _Names:
    """The names a scenario defines, by kind, and what each kind of node may refer to."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.options = {issue.id: issue.option_ids for issue in scenario.issues}
        self.known: dict[str, tuple[str, ...]] = {
            "issue": tuple(self.options),
            "option set": tuple(part.id for part in scenario.option_sets),
            "named condition": tuple(part.id for part in scenario.named_conditions),
            "side deal": tuple(part.id for part in scenario.deals),
            "flag": scenario.flags,
            "complement": tuple(part.id for part in scenario.complements),
            "seat": tuple(scenario.seats),
            "cast": tuple(part.id for part in scenario.casts),
            "phase": tuple(part.id for part in scenario.agenda),
            "red line": tuple(part.id for part in scenario.red_lines),
            "soft line": tuple(part.id for part in scenario.soft_lines),
            "world outcome": tuple(part.id for part in scenario.world_outcomes),
            "dimension": tuple(part.id for part in scenario.dimensions),
            "score": tuple(part.id for part in scenario.scores),
            "figure": tuple(part.id for part in (*scenario.scores, *scenario.figures)),
        }
        self.world = {variable.id: variable.values for variable in scenario.world_variables}
        self.world[OUTCOME] = self.known["world outcome"]

    def unknown(self, kind: str, names: Iterable[str]) -> Iterator[str]:
        """A reason for each name of that kind that the scenario lacks."""
        for name in names:
            if name not in self.known[kind]:
                yield str(UnknownName(kind, name, self.known[kind]))

    def unknown_options(self, issue: str, options: Iterable[str]) -> Iterator[str]:
        """A reason for an unknown issue, or for each option the issue lacks."""
        if issue not in self.options:
            yield str(UnknownName("issue", issue, self.known["issue"]))
            return
        for option in options:
            if option not in self.options[issue]:
                yield str(UnknownName(f"option of {issue}", option, self.options[issue]))

    def unknown_world(self, variable: str, values: Iterable[object]) -> Iterator[str]:
        """A reason for an unknown world variable, or for each value it cannot have."""
        if variable not in self.world:
            yield str(UnknownName("world variable", variable, tuple(self.world)))
            return
        for value in values:
            if value not in self.world[variable]:
                yield f"the world variable {variable!r} cannot be {value!r}"

    def unknown_mode(self, complement: str, mode: str | None) -> Iterator[str]:
        """A reason for an unknown complement or a mode it does not have."""
        if complement == ANY:
            return
        yield from self.unknown("complement", (complement,))
        if complement in self.known["complement"]:
            try:
                self.scenario.complement(complement).form(mode)
            except UnknownName as fault:
                yield str(fault)

    def faults_of(self, node: Node) -> Iterator[tuple[str, str]]:
        """The key and reason of every name in the node itself that means nothing."""
        for key, reasons in self._references(node):
            for reason in reasons:
                yield key, reason

    def _references(self, node: Node) -> Iterator[tuple[str, Iterable[str]]]:
        ranked = self.scenario.ranked_issue
        match node:
            case OnIssue():
                named = [option for option in (node.equals, node.at_least, node.below) if option is not None]
                yield "issue", self.unknown_options(node.issue, [*named, *(node.among or ())])
            case InSet():
                yield "in_set", self.unknown("option set", (node.in_set,))
            case Named():
                yield "named", self.unknown("named condition", (node.named,))
            case OnWorld():
                values = node.among if node.among is not None else (node.equals,)
                yield "world", self.unknown_world(node.world, values)
            case DealSigned():
                yield "deal", self.unknown("side deal", (node.deal,))
            case FlagSet() | SetFlag():
                yield "flag", self.unknown("flag", (node.flag,))
            case InForce():
                yield "complement", self.unknown_mode(node.complement, node.mode)
            case HeldBy():
                yield "holder", self.unknown("seat", node.holder)
            case SignedBy():
                yield "signed", self.unknown("seat", node.signed)
            case AlliesSigning():
                yield "besides", self.unknown("seat", node.besides)
            case Term():
                if isinstance(node.points, Mapping) and node.by is not None:
                    yield "by", self.unknown_options(node.by, node.points)
            case ByStrength():
                yield "strength", self.unknown("complement", (node.strength,))
            case ByWorld():
                yield "world", self.unknown_world(node.world, node.values)
                missing = [value for value in self.world.get(node.world, ()) if value not in node.values]
                yield "values", [f"no number for {value!r}" for value in missing]
            case ByLinesCrossed():
                yield "lines_crossed", self.unknown("seat", (node.lines_crossed,))
            case ByScore():
                yield "score", self.unknown("score", (node.score,))
            case OptionSet():
                yield "options", self.unknown_options(node.issue, node.options)
            case Stretch():
                yield "option", self.unknown_options(ranked, (node.option,))
            case HeldRedLine():
                yield "id", self.unknown("red line", (node.id,))
            case HeldSoftLine():
                yield "id", self.unknown("soft line", (node.id,))
            case Hurdle():
                yield "red_lines", self.unknown("red line", node.red_lines)
            case Accession():
                yield "worlds", self.unknown("world outcome", node.worlds)
                yield "red_lines", self.unknown("red line", node.red_lines)
                yield "others", self.unknown("red line", (other.held_by_line for other in node.others))
            case Reinterpretation():
                yield "read_as", self.unknown_options(node.issue, (node.read_as,))
            case HistoricalChoice():
                yield "option", self.unknown_options(node.issue, (node.option,))
            case SignedComplement():
                yield "name", self.unknown_mode(node.name, node.mode)
                yield "signers", self.unknown("seat", node.signers)
            case CastRule():
                yield "cast", self.unknown("cast", (node.cast,))
            case _:
                yield from self._effect_references(node)

    def _effect_references(self, node: Node) -> Iterator[tuple[str, Iterable[str]]]:
        ranked = self.scenario.ranked_issue
        match node:
            case SetWorld():
                yield "value", self.unknown_world(node.variable, (node.value,))
            case ShiftSalience():
                yield "seats", self.unknown("seat", node.seats)
                yield "dimension", self.unknown("dimension", (node.dimension,))
            case SetPreference():
                yield "seat", self.unknown("seat", (node.seat,))
                yield "order", self.unknown_options(ranked, node.order)
            case SetAcceptable():
                yield "seat", self.unknown("seat", (node.seat,))
                yield "options", self.unknown_options(ranked, node.options)
            case ChangeRedLine():
                yield "seats", self.unknown("seat", node.seats)
                yield "red_line", self.unknown("red line", (node.red_line,))
            case AddPoints():
                yield "seats", self.unknown("seat", node.seats)
            case ShiftScore():
                yield "score", self.unknown("figure", (node.score,))
            case ProposeRevision():
                for issue, option in node.change.items():
                    yield "change", self.unknown_options(issue, (option,))
            case InjectTrigger(phase=str() as phase):
                yield "phase", self.unknown("phase", (phase,))
            case _:
                pass


def _repeated_ids(scenario: Scenario) -> Iterator[Fault]:
    lists: list[tuple[str, Iterable[Any]]] = [
        (name, getattr(scenario, name))
        for name in (
            "dimensions", "issues", "structural_rules", "option_sets", "named_conditions", "world_variables",
            "world_outcomes", "red_lines", "soft_lines", "hurdles", "casts", "agenda", "deals", "complements",
            "injects", "scores", "figures",
        )
    ]  # fmt: skip
    for name, parts in lists:
        yield from _repeats((name,), [part.id for part in parts])
    for position, issue in enumerate(scenario.issues):
        yield from _repeats(("issues", position, "options"), list(issue.option_ids))


def _repeats(place: Place, ids: list[str]) -> Iterator[Fault]:
    for position, name in enumerate(ids):
        if name in ids[:position]:
            yield Fault((*place, position), f"{name!r} is defined twice")


def _named_in_circles(scenario: Scenario) -> Iterator[Fault]:
    uses = {named.id: set(_names_used(named.when)) for named in scenario.named_conditions}
    for position, named in enumerate(scenario.named_conditions):
        reached: set[str] = set()
        waiting = [named.id]
        while waiting:
            for name in uses.get(waiting.pop(), set()) - reached:
                reached.add(name)
                waiting.append(name)
        if named.id in reached:
            yield Fault(("named_conditions", position), f"{named.id!r} is defined by itself")


def _names_used(condition: Condition) -> Iterator[str]:
    for _, node in _walk(condition, ()):
        if isinstance(node, Named):
            yield node.named


def _table_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    for seat in scenario.seats:
        if seat not in scenario.table_order:
            yield Fault(("seats", seat), "the seat has no place in 'table_order'")
    for reason in names.unknown("seat", scenario.table_order):
        yield Fault(("table_order",), reason)
    for reason in names.unknown("seat", (scenario.principal,)):
        yield Fault(("principal",), reason)
    for reason in names.unknown("issue", (scenario.ranked_issue,)):
        yield Fault(("ranked_issue",), reason)
    for position, issue in enumerate(scenario.issues):
        for reason in names.unknown("dimension", (issue.dimension,)):
            yield Fault(("issues", position, "dimension"), reason)


def _cast_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    for position, cast in enumerate(scenario.casts):
        place: Place = ("casts", position)
        for reason in names.unknown("seat", cast.seats):
            yield Fault((*place, "seats"), reason)
        kinds = [scenario.seats[seat].kind for seat in cast.seats if seat in scenario.seats]
        if kinds.count("chair") != 1:
            yield Fault((*place, "seats"), f"the cast {cast.id!r} needs exactly one chair")
        if kinds.count("voting") < 2:
            yield Fault((*place, "seats"), f"the cast {cast.id!r} needs at least two seats with a vote")
        for issue, option in cast.fixed.items():
            for reason in names.unknown_options(issue, (option,)):
                yield Fault((*place, "fixed", issue), reason)


def _world_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    variables = [variable.id for variable in scenario.world_variables]
    for position, outcome in enumerate(scenario.world_outcomes):
        for variable in variables:
            if variable not in outcome.world:
                yield Fault(("world_outcomes", position, "world"), f"no value for {variable!r}")
        for variable, value in outcome.world.items():
            for reason in names.unknown_world(variable, (value,)):
                yield Fault(("world_outcomes", position, "world", variable), reason)
    if "undecided" not in names.known["world outcome"]:
        yield Fault(("world_outcomes",), "there is no outcome 'undecided', which games begin in")
    aftermath = scenario.aftermath
    for reason in names.unknown("world outcome", aftermath.chances):
        yield Fault(("aftermath", "chances"), reason)
    if sum(aftermath.chances.values()) != aftermath.whole:
        yield Fault(("aftermath", "chances"), f"the chances do not sum to {aftermath.whole}")
    for position, shift in enumerate(aftermath.shifts):
        for key in ("taken_from", "given_to"):
            if getattr(shift, key) not in aftermath.chances:
                yield Fault(("aftermath", "shifts", position, key), "not an outcome that has a chance")


def _package_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    for key in ("status_quo", "fallback", "history"):
        options: Mapping[str, str] = getattr(scenario, key).options
        for issue in names.options:
            if issue not in options:
                yield Fault((key,), f"nothing is said on {issue!r}")
        if key != "history":  # the walk has seen to the names in history
            for issue, option in options.items():
                for reason in names.unknown_options(issue, (option,)):
                    yield Fault((key, "options", issue), reason)


def _seat_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    for seat in scenario.seats.values():
        place: Place = ("seats", seat.id)
        for reason in names.unknown_options(scenario.ranked_issue, (*seat.preference_order, *(seat.acceptable or ()))):
            yield Fault((*place, "preference_order"), reason)
        for issue in names.options:
            if issue not in seat.ideal:
                yield Fault((*place, "ideal"), f"no ideal on {issue!r}")
        for issue, option in seat.ideal.items():
            for reason in names.unknown_options(issue, (option,)):
                yield Fault((*place, "ideal", issue), reason)
        for reason in names.unknown("dimension", seat.salience):
            yield Fault((*place, "salience"), reason)
        for reason in names.unknown("complement", seat.complement_points):
            yield Fault((*place, "complement_points"), reason)
        for reason in names.unknown("side deal", seat.levers):
            yield Fault((*place, "levers"), reason)
        if seat.camp is not None and seat.camp not in scenario.ideals:
            yield Fault((*place, "camp"), f"there is no camp {seat.camp!r}")
        yield from _brief_faults(seat, scenario, names)


def _brief_faults(seat: Seat, scenario: Scenario, names: _Names) -> Iterator[Fault]:
    """A brief that names what the seat does not have, or leaves out a line the seat holds."""
    if seat.brief is None:
        return
    place: Place = ("seats", seat.id, "brief")
    held = [line.id for line in seat.red_lines]
    for line in seat.brief.red_line_sentences:
        if line not in held:
            yield Fault(place, f"the brief speaks of {line!r}, which is no red line of the seat")
    for line in held:
        if line not in seat.brief.red_line_sentences:
            yield Fault(place, f"the brief has no sentence for the red line {line!r}")
    for line in seat.brief.soft_line_sentences:
        if line not in [soft.id for soft in seat.soft_lines]:
            yield Fault(place, f"the brief speaks of {line!r}, which is no soft line of the seat")
    for kind, tied in (("side deal", seat.brief.deal_sentences), ("complement", seat.brief.complement_sentences)):
        for reason in names.unknown(kind, tied):
            yield Fault(place, reason)
    for aim in seat.brief.aims:
        if seat.ideal.get(aim.issue) != aim.option:
            yield Fault(place, f"the brief wants {aim.issue}={aim.option}, the seat's ideal is another")


def _deal_faults(scenario: Scenario, names: _Names) -> Iterator[Fault]:
    for position, deal in enumerate(scenario.deals):
        place: Place = ("deals", position)
        for reason in (*names.unknown("seat", deal.signers), *names.unknown("flag", deal.sets_flags)):
            yield Fault(place, reason)
        yield from _repeats((*place, "sides"), list(deal.signers))
        for cast in scenario.casts:
            away = [seat for seat in deal.signers_in(cast.id) if seat not in cast.seats]
            if away:
                yield Fault(place, f"in the cast {cast.id!r} nobody can sign for {', '.join(away)}")
        for name, signers in deal.signers_by_cast.items():
            unknown = [*names.unknown("cast", (name,)), *names.unknown("seat", signers)]
            yield from (Fault((*place, "signers_by_cast", name), reason) for reason in unknown)


def _agenda_faults(scenario: Scenario) -> Iterator[Fault]:
    kinds: list[str] = [phase.kind for phase in scenario.agenda]
    needed = ("lobby", "briefing", "consultations", "council", "leaders", "aftermath", "debrief")
    order = [needed.index(kind) for kind in kinds]
    if order != sorted(order) or set(kinds) != set(needed) or any(kinds.count(k) > 1 for k in needed if k != "council"):
        yield Fault(("agenda",), f"the agenda has these kinds of phase in this order: {', '.join(needed)}")
    silence, clocks = scenario.silence, scenario.clocks
    if not silence.min_seconds <= silence.default_seconds <= silence.max_seconds:
        yield Fault(("silence",), "the default is not within the bounds")
    if not clocks.min_minutes <= clocks.default_minutes <= clocks.max_minutes:
        yield Fault(("clocks",), "the default is not within the bounds")
    if sum(phase.minutes for phase in scenario.agenda) != clocks.default_minutes:
        yield Fault(("agenda",), f"the phases do not add up to {clocks.default_minutes} minutes")


def _misplaced_conditions(scenario: Scenario) -> Iterator[Fault]:
    """Signature conditions outside a complement's rule, and others inside one."""
    rules = {
        (*place, "in_force_when") for place, node in _walk(scenario, ()) if isinstance(node, ComplementForm | CastRule)
    }
    for place, node in _walk(scenario, ()):
        inside = any(place[: len(rule)] == rule for rule in rules)
        if isinstance(node, SIGNATURE_CONDITIONS) and not inside:
            yield Fault(place, "a signature condition stands only in a complement's 'in_force_when'")
        if inside and not isinstance(node, (*SIGNATURE_CONDITIONS, *MADE_OF_OTHERS)):
            yield Fault(place, "a complement's 'in_force_when' takes signature conditions only")
