"""Names that nothing in the scenario answers to, and names given twice.

One `case` for each part that names something: a new part of the model that names another gets its line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel

from game_rules import conditions as c
from game_rules import scenario as s
from game_rules import terms as t
from game_rules.faults.fault import Fault, Place, parts
from game_rules.spelling import did_you_mean

Reference: TypeAlias = tuple[Place, str, object]
"""Where within the part, the kind of name, the name. Kinds are keys of `Names.known`."""


def reference_faults(scenario: s.Scenario) -> Iterator[Fault]:
    """A fault for each unknown and each doubled name."""
    names = Names(scenario)
    for place, part in parts(scenario):
        for where, kind, name in names.references(part, place):
            known = names.known(kind)
            if name not in known:
                hint = did_you_mean(str(name), map(str, known))
                yield Fault((*place, *where), f"there is no {kind} {_shown(name)}{hint}")
        yield from _doubled_ids(part, place)
    yield from _doubled_score_ids(scenario)


def _shown(name: object) -> str:
    return str(name).lower() if isinstance(name, bool) else repr(name)


def _doubled_ids(part: BaseModel, place: Place) -> Iterator[Fault]:
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if not isinstance(value, tuple):
            continue
        seen: dict[object, int] = {}
        for index, item in enumerate(value):
            identity = _identity(item)
            if identity is None:
                continue
            if identity in seen:
                yield Fault(
                    (*place, field.alias or name, index),
                    f"{identity!r} stands here twice: the first time as number {seen[identity] + 1}",
                )
            seen.setdefault(identity, index)


def _identity(item: object) -> object:
    """What may not come twice in one list: ids, and plain names; conditions may."""
    if isinstance(item, str):
        return item
    if isinstance(item, s.HistoricalChoice | s.Reinterpretation):
        return item.issue
    if isinstance(item, s.SignedComplement):
        return item.name
    if isinstance(item, s.Answer):
        return None  # one answer may be given for several reasons, each in its own words
    return getattr(item, "id", None)


def _doubled_score_ids(scenario: s.Scenario) -> Iterator[Fault]:
    scores = {rule.id for rule in scenario.scores}
    for index, figure in enumerate(scenario.figures):
        if figure.id in scores:
            yield Fault(("figures", index, "id"), f"{figure.id!r} is the name of a score already")


@dataclass
class Names:
    """Every name a scenario defines, by kind, and which names each part uses."""

    scenario: s.Scenario

    def __post_init__(self) -> None:
        scenario = self.scenario
        self._by_kind: dict[str, tuple[object, ...]] = {
            "issue": _ids(scenario.issues),
            "option set": _ids(scenario.option_sets),
            "named condition": _ids(scenario.named_conditions),
            "world variable": _ids(scenario.world_variables),
            "world outcome": _ids(scenario.world_outcomes),
            "chance of a world outcome": tuple(scenario.aftermath.chances),
            "side deal": _ids(scenario.deals),
            "flag": scenario.flags,
            "complement": _ids(scenario.complements),
            "seat": tuple(scenario.seats),
            "voting seat": scenario.voting_seats,
            "red line": _ids(scenario.red_lines),
            "soft line": _ids(scenario.soft_lines),
            "dimension": _ids(scenario.dimensions),
            "cast": _ids(scenario.casts),
            "phase": _ids(scenario.agenda),
            "score": _ids(scenario.scores),
            "score or figure": _ids((*scenario.scores, *scenario.figures)),
            "camp": tuple(scenario.ideals),
        }
        for issue in scenario.issues:
            self._by_kind[f"option of {issue.id}"] = issue.option_ids
        for complement in scenario.complements:
            modes = tuple(form.mode for form in complement.forms if form.mode is not None)
            self._by_kind[f"mode of {complement.id}"] = modes
            self._by_kind[f"status of {complement.id}"] = tuple(complement.statuses)
        for variable in scenario.world_variables:
            self._by_kind[f"value of {variable.id}"] = variable.values
        self._by_kind[f"value of {c.OUTCOME}"] = self._by_kind["world outcome"]
        self._by_kind["world variable or outcome"] = (*self._by_kind["world variable"], c.OUTCOME)

    def known(self, kind: str) -> tuple[object, ...]:
        """The names of that kind, in scenario order; none for `option of` an issue that is unknown itself."""
        return self._by_kind.get(kind, ())

    def references(self, part: BaseModel, place: Place) -> Iterator[Reference]:
        """Every name that the part itself uses; the parts inside it are asked for theirs."""
        for where, kind, name in self._references(part, place):
            owner, _, owned = kind.partition(" of ")
            if owner in ("option", "mode", "status", "value") and kind not in self._by_kind and owned:
                continue  # the owner is unknown: that is the fault, and it is told where it is named
            yield where, kind, name

    def _references(self, part: BaseModel, place: Place) -> Iterator[Reference]:
        match part:
            case c.Node() if place and _is_condition(part):
                yield from self._in_condition(part, place)
            case t.Term() | t.ByStrength() | t.ByWorld() | t.ByLinesCrossed() | t.ByScore():
                yield from self._in_term(part)
            case s.Scenario():
                yield from self._at_the_top(part)
            case s.Seat() | s.Brief() | s.HeldRedLine() | s.HeldSoftLine() | s.Stretch():
                yield from self._in_instructions(part)
            case s.Deal() | s.DealSide() | s.Strength() | s.CastRule() | s.SignedComplement():
                yield from self._in_trade(part, place)
            case s.Inject() | s.InjectTrigger():
                yield from self._in_inject(part)
            case _ if part.__class__ in _EFFECTS:
                yield from self._in_effect(part)
            case _:
                yield from self._elsewhere(part)

    def _in_condition(self, node: c.Node, place: Place) -> Iterator[Reference]:
        match node:
            case c.OnIssue():
                yield ("issue",), "issue", node.issue
                for key, option in (("is", node.equals), ("at_least", node.at_least), ("below", node.below)):
                    if option is not None:
                        yield (key,), f"option of {node.issue}", option
                yield from _each("in", f"option of {node.issue}", node.among or ())
            case c.InSet():
                yield ("in_set",), "option set", node.in_set
            case c.Named():
                yield ("named",), "named condition", node.named
            case c.OnWorld():
                yield ("world",), "world variable or outcome", node.world
                if node.equals is not None:
                    yield ("is",), f"value of {node.world}", node.equals
                yield from _each("in", f"value of {node.world}", node.among or ())
            case c.DealSigned():
                yield ("deal",), "side deal", node.deal
            case c.FlagSet():
                yield ("flag",), "flag", node.flag
            case c.InForce() if node.complement != c.ANY:
                yield ("complement",), "complement", node.complement
                if node.mode is not None:
                    yield ("mode",), f"mode of {node.complement}", node.mode
            case c.HeldBy():
                yield from _each("holder", "seat", node.holder)
            case c.AlliesSigning():
                yield from _each("besides", "voting seat", node.besides)
            case c.SignedBy():
                yield from _each("signed", "seat", node.signed)
            case c.InMode() if place[0] == "complements":
                complement = self.scenario.complements[int(place[1])]
                yield ("mode",), f"mode of {complement.id}", node.mode
            case _:
                pass

    def _in_term(self, part: BaseModel) -> Iterator[Reference]:
        match part:
            case t.Term(by=str(issue), points=Mapping() as points):
                yield ("by",), "issue", issue
                yield from _keys("points", f"option of {issue}", points)
            case t.ByStrength():
                yield ("strength",), "complement", part.strength
            case t.ByWorld():
                yield ("world",), "world variable or outcome", part.world
                yield from _keys("values", f"value of {part.world}", part.values)
            case t.ByLinesCrossed():
                yield ("lines_crossed",), "seat", part.lines_crossed
            case t.ByScore():
                yield ("score",), "score", part.score
            case _:
                pass

    def _at_the_top(self, scenario: s.Scenario) -> Iterator[Reference]:
        yield ("principal",), "seat", scenario.principal
        yield ("ranked_issue",), "issue", scenario.ranked_issue
        yield from _each("table_order", "seat", scenario.table_order)
        for camp, ideal in scenario.ideals.items():
            for issue, option in ideal.items():
                yield ("ideals", camp, issue), "issue", issue
                yield ("ideals", camp, issue), f"option of {issue}", option

    def _in_instructions(self, part: BaseModel) -> Iterator[Reference]:
        path = f"option of {self.scenario.ranked_issue}"
        match part:
            case s.Seat():
                if part.camp is not None:
                    yield ("camp",), "camp", part.camp
                camp = self.scenario.ideals.get(part.camp or "", {})
                for issue, option in part.ideal.items():
                    if camp.get(issue) != option and issue != self.scenario.ranked_issue:
                        yield ("ideal", issue), "issue", issue
                        yield ("ideal", issue), f"option of {issue}", option
                yield from _each("preference_order", path, part.preference_order)
                yield from _each("acceptable", path, part.acceptable or ())
                yield from _keys("salience", "dimension", part.salience)
                yield from _keys("complement_points", "complement", part.complement_points)
                yield from _each("levers", "side deal", part.levers)
            case s.Brief():
                for index, aim in enumerate(part.aims):
                    yield ("aims", index), "issue", aim.issue
                    yield ("aims", index), f"option of {aim.issue}", aim.option
                yield from _keys("red_line_sentences", "red line", part.red_line_sentences)
                yield from _keys("deal_sentences", "side deal", part.deal_sentences)
                yield from _keys("soft_line_sentences", "soft line", part.soft_line_sentences)
                yield from _keys("complement_sentences", "complement", part.complement_sentences)
            case s.HeldRedLine():
                yield ("id",), "red line", part.id
            case s.HeldSoftLine():
                yield ("id",), "soft line", part.id
            case s.Stretch():
                yield ("option",), path, part.option
            case _:
                pass

    def _in_trade(self, part: BaseModel, place: Place) -> Iterator[Reference]:
        match part:
            case s.Deal():
                yield from _each("sets_flags", "flag", part.sets_flags)
                yield from _keys("signers_by_cast", "cast", part.signers_by_cast)
                for cast, seats in part.signers_by_cast.items():
                    yield from ((("signers_by_cast", cast, i), "seat", seat) for i, seat in enumerate(seats))
            case s.DealSide():
                yield from _each("seats", "seat", part.seats)
            case s.Strength():
                yield from _each("of", "seat", part.of or ())
            case s.CastRule():
                yield ("cast",), "cast", part.cast
                if part.mode is not None:
                    yield ("mode",), f"mode of {self.scenario.complements[int(place[1])].id}", part.mode
            case s.SignedComplement():
                yield ("name",), "complement", part.name
                yield from _each("signers", "seat", part.signers)
                if part.mode is not None:
                    yield ("mode",), f"mode of {part.name}", part.mode
                if part.status is not None:
                    yield ("status",), f"status of {part.name}", part.status
            case _:
                pass

    def _in_inject(self, part: BaseModel) -> Iterator[Reference]:
        if isinstance(part, s.InjectTrigger) and part.phase is not None:
            yield ("phase",), "phase", part.phase
        if isinstance(part, s.Inject) and not isinstance(part.to, str):
            yield from _each("to", "seat", part.to)

    def _in_effect(self, part: BaseModel) -> Iterator[Reference]:
        path = f"option of {self.scenario.ranked_issue}"
        match part:
            case s.SetFlag():
                yield ("flag",), "flag", part.flag
            case s.SetWorld():
                yield ("variable",), "world variable or outcome", part.variable
                yield ("value",), f"value of {part.variable}", part.value
            case s.ShiftSalience():
                yield from _each("seats", "seat", part.seats)
                yield ("dimension",), "dimension", part.dimension
            case s.SetPreference():
                yield ("seat",), "seat", part.seat
                yield from _each("order", path, part.order)
            case s.SetAcceptable():
                yield ("seat",), "seat", part.seat
                yield from _each("options", path, part.options)
            case s.ChangeRedLine():
                yield from _each("seats", "seat", part.seats)
                yield ("red_line",), "red line", part.red_line
            case s.AddPoints():
                yield from _each("seats", "seat", part.seats)
            case s.ShiftScore():
                yield ("score",), "score or figure", part.score
            case s.ProposeRevision():
                yield from _answers("change", part.change)
            case _:
                pass

    def _elsewhere(self, part: BaseModel) -> Iterator[Reference]:
        match part:
            case s.Issue():
                yield ("dimension",), "dimension", part.dimension
                for ideal, table in (part.closeness or {}).items():
                    yield ("closeness", ideal), f"option of {part.id}", ideal
                    yield from ((("closeness", ideal, o), f"option of {part.id}", o) for o in table)
            case s.OptionSet():
                yield ("issue",), "issue", part.issue
                yield from _each("options", f"option of {part.issue}", part.options)
            case s.WorldOutcome():
                for variable, value in part.world.items():
                    yield ("world", variable), "world variable", variable
                    yield ("world", variable), f"value of {variable}", value
            case s.Aftermath():
                yield from _keys("chances", "world outcome", part.chances)
            case s.ChanceShift():
                yield ("taken_from",), "chance of a world outcome", part.taken_from
                yield ("given_to",), "chance of a world outcome", part.given_to
            case s.Hurdle():
                yield from _each("red_lines", "red line", part.red_lines)
            case s.Reinterpretation():
                yield ("issue",), "issue", part.issue
                yield ("read_as",), f"option of {part.issue}", part.read_as
            case s.OtherRefusal():
                yield ("held_by_line",), "red line", part.held_by_line
            case s.Accession():
                yield from _each("worlds", "world outcome", part.worlds)
                yield from _each("red_lines", "red line", part.red_lines)
            case s.HistoricalChoice():
                yield ("issue",), "issue", part.issue
                yield ("option",), f"option of {part.issue}", part.option
            case s.History():
                yield from _each("deals", "side deal", part.deals)
                yield from _each("promised_deals", "side deal", part.promised_deals)
            case s.NamedPackage():
                yield from _answers("options", part.options)
            case s.Cast():
                yield from _each("seats", "seat", part.seats)
                yield from _answers("fixed", part.fixed)
            case _:
                pass


_EFFECTS = (
    s.SetFlag, s.SetWorld, s.ShiftSalience, s.SetPreference, s.SetAcceptable, s.ChangeRedLine, s.AddPoints,
    s.ShiftScore, s.ProposeRevision,
)  # fmt: skip
CONDITIONS = (
    c.AllOf, c.AnyOf, c.Not, c.OnIssue, c.InSet, c.Named, c.OnWorld, c.DealSigned, c.FlagSet, c.InForce, c.HeldBy,
    c.Adopted, c.SignedBy, c.AlliesSigned, c.LawPassed, c.InMode, c.AlliesSigning,
)  # fmt: skip


def _is_condition(part: BaseModel) -> bool:
    return isinstance(part, CONDITIONS)


def _ids(items: Iterable[BaseModel]) -> tuple[object, ...]:
    return tuple(item.id for item in items)  # type: ignore[attr-defined]


def _each(key: str, kind: str, names: Iterable[object]) -> Iterator[Reference]:
    return (((key, index), kind, name) for index, name in enumerate(names))


def _keys(key: str, kind: str, table: Mapping[str, object]) -> Iterator[Reference]:
    return (((key, name), kind, name) for name in table)


def _answers(key: str, options: Mapping[str, str]) -> Iterator[Reference]:
    for issue, option in options.items():
        yield (key, issue), "issue", issue
        yield (key, issue), f"option of {issue}", option
