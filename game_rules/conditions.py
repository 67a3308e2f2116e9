"""The condition language of scenarios, and its compiler.

A condition is a small tree: `{issue: toll, at_least: carts_pay}`, `{all: [...]}`, `{not: {flag: x}}`. Structural
rules, red lines, stretch alternatives, soft lines, inject triggers and the `when` of score terms are all written in
it. This module owns the models of the language, `compile_condition` (to a closure over a package and a situation),
`explain` (which issues make a condition true or false) and `mentions` (which names a condition looks at).

It knows no issue, nation, world or deal: those are names that a `Vocabulary` from the scenario resolves.
Signature conditions (`{signed: [...]}`) speak of one complement and are compiled by `compile_signature`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Strict, Tag, model_validator

SeatId: TypeAlias = str
IssueId: TypeAlias = str
OptionId: TypeAlias = str
Package: TypeAlias = tuple[OptionId, ...]
"""One option per issue, in the scenario's order of issues."""

WorldValue: TypeAlias = Annotated[bool, Strict()] | str
Count: TypeAlias = Annotated[int, Strict(), Field(ge=0)]
OUTCOME = "outcome"
"""The world variable every scenario has: the id of the world outcome itself (`undecided` until the draw)."""
ANY = "any"
"""`{complement: any}`: whichever complement is in force."""


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | bool) else value


Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_one_or_many), Field(min_length=1)]


class Node(BaseModel):
    """What every node of a condition or term has in common: frozen, and no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class AllOf(Node):
    """True when every part is."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(Node):
    """True when at least one part is."""

    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(Node):
    """True when the part is false."""

    negated: Condition = Field(alias="not")


class OnIssue(Node):
    """What the package says on one issue. Exactly one of `is`, `in`, `at_least`, `below`.

    `at_least` and `below` compare by the order in which the issue lists its options.
    """

    issue: IssueId
    equals: OptionId | None = Field(default=None, alias="is")
    among: tuple[OptionId, ...] | None = Field(default=None, alias="in", min_length=1)
    at_least: OptionId | None = None
    below: OptionId | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> OnIssue:
        if sum(part is not None for part in (self.equals, self.among, self.at_least, self.below)) != 1:
            raise ValueError("an issue condition takes exactly one of 'is', 'in', 'at_least', 'below'")
        return self


class InSet(Node):
    """True when the package's option on the set's issue belongs to that named set of options."""

    in_set: str


class Named(Node):
    """A condition the scenario defines once and uses by name."""

    named: str


class OnWorld(Node):
    """A world variable has a value (`is`) or one of several (`in`)."""

    world: str
    equals: WorldValue | None = Field(default=None, alias="is")
    among: tuple[WorldValue, ...] | None = Field(default=None, alias="in", min_length=1)

    @model_validator(mode="after")
    def _one_comparison(self) -> OnWorld:
        if (self.equals is None) == (self.among is None):
            raise ValueError("a world condition takes exactly one of 'is', 'in'")
        return self


class DealSigned(Node):
    """The side deal is signed by all its parties."""

    deal: str


class FlagSet(Node):
    """The flag is set: by an inject, or by a deal that sets it."""

    flag: str


class InForce(Node):
    """A complement is in force; `complement: any` asks for whichever.

    `mode` narrows it to one form, `defence` to those that carry a promise to fight, `signed_by: holder` to those that
    the seat whose line or points these are has itself signed.
    """

    complement: str
    mode: str | None = None
    defence: Annotated[bool, Strict()] | None = None
    signed_by: Literal["holder"] | None = None


class HeldBy(Node):
    """True for the named seats: the seat whose red line, soft line or points are being worked out."""

    holder: Names


class Adopted(Node):
    """Whether the package was adopted, by consensus."""

    adopted: Annotated[bool, Strict()]


class SignedBy(Node):
    """Signature rule: all of the named seats signed, or `at_least` so many of them. Only in complements."""

    signed: Names
    at_least: Annotated[int, Strict(), Field(ge=1)] | None = None


class AlliesSigned(Node):
    """Signature rule: so many voting allies signed. Only in complements.

    The number is for all voting allies of the scenario; in a cast it is the same share of the cast's allies, rounded
    up (rule 1.2), but never fewer than `never_below`.
    """

    allies_signed: Annotated[int, Strict(), Field(ge=1)]
    never_below: Annotated[int, Strict(), Field(ge=1)] = 1


class LawPassed(Node):
    """Signature rule: the legislature's test was passed. Only in complements."""

    congress: Literal["passed"]


class InMode(Node):
    """Signature rule: the complement was signed in this form. Only in complements."""

    mode: str


class AlliesSigning(Node):
    """At least so many voting allies, without those in `besides`, have put their name to any complement at all."""

    allies_signing: Annotated[int, Strict(), Field(ge=1)]
    besides: tuple[SeatId, ...] = ()


# The first key of this list that a mapping has says which node it is.
_NODE_KEYS = (
    "all", "any", "not", "issue", "in_set", "named", "world", "deal", "flag", "complement", "holder", "adopted",
    "signed", "allies_signed", "congress", "mode", "allies_signing",
)  # fmt: skip
_KEY_OF_NODE: Mapping[type[Node], str] = {
    AllOf: "all", AnyOf: "any", Not: "not", OnIssue: "issue", InSet: "in_set", Named: "named", OnWorld: "world",
    DealSigned: "deal", FlagSet: "flag", InForce: "complement", HeldBy: "holder", Adopted: "adopted",
    SignedBy: "signed", AlliesSigned: "allies_signed", LawPassed: "congress", InMode: "mode",
    AlliesSigning: "allies_signing",
}  # fmt: skip


def _node_key(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return next((key for key in _NODE_KEYS if key in value), None)
    return _KEY_OF_NODE.get(type(value)) if isinstance(value, Node) else None


AnyNode: TypeAlias = (
    AllOf | AnyOf | Not | OnIssue | InSet | Named | OnWorld | DealSigned | FlagSet | InForce | HeldBy | Adopted
    | SignedBy | AlliesSigned | LawPassed | InMode | AlliesSigning
)  # fmt: skip
Condition: TypeAlias = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[OnIssue, Tag("issue")]
    | Annotated[InSet, Tag("in_set")]
    | Annotated[Named, Tag("named")]
    | Annotated[OnWorld, Tag("world")]
    | Annotated[DealSigned, Tag("deal")]
    | Annotated[FlagSet, Tag("flag")]
    | Annotated[InForce, Tag("complement")]
    | Annotated[HeldBy, Tag("holder")]
    | Annotated[Adopted, Tag("adopted")]
    | Annotated[SignedBy, Tag("signed")]
    | Annotated[AlliesSigned, Tag("allies_signed")]
    | Annotated[LawPassed, Tag("congress")]
    | Annotated[InMode, Tag("mode")]
    | Annotated[AlliesSigning, Tag("allies_signing")],
    Discriminator(
        _node_key,
        custom_error_type="condition",
        custom_error_message="not a condition: expected one of the keys " + ", ".join(_NODE_KEYS),
    ),
]
for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()


class UnknownName(ValueError):
    """A name that the scenario does not have. `kind` is what it should have been, `known` what there is."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(f"unknown {kind} {name!r}" + (f"; there are: {', '.join(known)}" if known else ""))
        self.kind, self.name, self.known = kind, name, known


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names conditions may use: issues with their options in order, named option sets, named conditions."""

    issues: Mapping[IssueId, tuple[OptionId, ...]]
    option_sets: Mapping[str, tuple[IssueId, frozenset[OptionId]]] = field(default_factory=dict)
    named: Mapping[str, Condition] = field(default_factory=dict)

    def position(self, issue: IssueId) -> int:
        """Where the issue stands in a package."""
        for index, known in enumerate(self.issues):
            if known == issue:
                return index
        raise UnknownName("issue", issue, tuple(self.issues))

    def accepted(self, node: OnIssue) -> frozenset[OptionId]:
        """The options of the node's issue that make it true."""
        self.position(node.issue)
        options = self.issues[node.issue]

        def rank(option: OptionId) -> int:
            if option not in options:
                raise UnknownName(f"option of {node.issue}", option, options)
            return options.index(option)

        if node.equals is not None:
            return frozenset((options[rank(node.equals)],))
        if node.among is not None:
            return frozenset(options[rank(option)] for option in node.among)
        if node.at_least is not None:
            return frozenset(options[rank(node.at_least) :])
        assert node.below is not None  # OnIssue takes exactly one comparison
        return frozenset(options[: rank(node.below)])

    def option_set(self, name: str) -> tuple[IssueId, frozenset[OptionId]]:
        if name not in self.option_sets:
            raise UnknownName("option set", name, tuple(self.option_sets))
        return self.option_sets[name]

    def definition(self, name: str) -> Condition:
        if name not in self.named:
            raise UnknownName("named condition", name, tuple(self.named))
        return self.named[name]


@dataclass(frozen=True, slots=True)
class ComplementInForce:
    """A complement whose signature rule is met. `strength` is 0..1."""

    id: str
    strength: Fraction
    mode: str | None
    defence: bool
    signers: frozenset[SeatId]


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything outside the text that a condition or term may look at, resolved from `Circumstances`.

    `flags` includes those that signed deals set; `world` has every world variable and the outcome's id; `shifts` are
    the injects' additions to scores, `capitals` their changes to seats' instructions.
    """

    world: Mapping[str, WorldValue]
    flags: frozenset[str] = frozenset()
    deals: frozenset[str] = frozenset()
    in_force: Mapping[str, ComplementInForce] = field(default_factory=dict)
    allies_signing: frozenset[SeatId] = frozenset()
    adopted: bool = True
    breaks: int = 0
    statements: int = 0
    footnotes: int = 0
    shifts: Mapping[str, int] = field(default_factory=dict)
    capitals: Mapping[SeatId, tuple[Node, ...]] = field(default_factory=dict)


Test: TypeAlias = Callable[[Package, Situation], bool]


def always(_package: Package, _situation: Situation) -> bool:
    """The test that is true whatever the package; recognised by identity when tests are folded."""
    return True


def never(_package: Package, _situation: Situation) -> bool:
    """The test that is false whatever the package."""
    return False


def compile_condition(condition: Condition, vocabulary: Vocabulary, holder: SeatId | None = None) -> Test:
    """A closure that tells whether the condition is true of a package in a situation.

    `holder` is the seat whose line it is; `{holder: [...]}` is decided here, once. Raises UnknownName for a name the
    vocabulary lacks, ValueError for a signature condition, which has no meaning outside a complement.
    """
    match condition:
        case AllOf():
            return _conjunction([compile_condition(part, vocabulary, holder) for part in condition.all])
        case AnyOf():
            return _disjunction([compile_condition(part, vocabulary, holder) for part in condition.any])
        case Not():
            return _negation(compile_condition(condition.negated, vocabulary, holder))
        case OnIssue():
            return _option_test(vocabulary.position(condition.issue), vocabulary.accepted(condition))
        case InSet():
            issue, options = vocabulary.option_set(condition.in_set)
            return _option_test(vocabulary.position(issue), options)
        case Named():
            return compile_condition(vocabulary.definition(condition.named), vocabulary, holder)
        case OnWorld():
            return _world_test(condition)
        case DealSigned(deal=deal):
            return lambda package, situation: deal in situation.deals
        case FlagSet(flag=flag):
            return lambda package, situation: flag in situation.flags
        case InForce():
            return _in_force_test(condition, holder)
        case HeldBy():
            return always if holder in condition.holder else never
        case Adopted(adopted=adopted):
            return lambda package, situation: situation.adopted is adopted
        case AlliesSigning(allies_signing=number, besides=besides):
            return lambda package, situation: len(situation.allies_signing.difference(besides)) >= number
        case SignedBy() | AlliesSigned() | LawPassed() | InMode():
            raise ValueError("a signature condition stands only in a complement's 'in_force_when'")


def _option_test(position: int, options: frozenset[OptionId]) -> Test:
    if len(options) == 1:
        (only,) = options
        return lambda package, situation: package[position] == only
    return lambda package, situation: package[position] in options


def _world_test(node: OnWorld) -> Test:
    variable = node.world
    values = frozenset(node.among) if node.among is not None else frozenset((node.equals,))
    return lambda package, situation: situation.world[variable] in values


def _in_force_test(node: InForce, holder: SeatId | None) -> Test:
    def fits(complement: ComplementInForce) -> bool:
        return (
            (node.mode is None or complement.mode == node.mode)
            and (node.defence is None or complement.defence is node.defence)
            and (node.signed_by is None or holder in complement.signers)
        )

    if node.complement == ANY:
        return lambda package, situation: any(map(fits, situation.in_force.values()))
    wanted = node.complement
    if node.mode is None and node.defence is None and node.signed_by is None:
        return lambda package, situation: wanted in situation.in_force
    return lambda package, situation: wanted in situation.in_force and fits(situation.in_force[wanted])


def _conjunction(tests: list[Test]) -> Test:
    if never in tests:
        return never
    tests = [test for test in tests if test is not always]
    if not tests:
        return always
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda package, situation: first(package, situation) and second(package, situation)

    def every(package: Package, situation: Situation) -> bool:
        for test in tests:  # noqa: SIM110 - a generator costs half as much again, for every seat and draft
            if not test(package, situation):
                return False
        return True

    return every


def _disjunction(tests: list[Test]) -> Test:
    if always in tests:
        return always
    tests = [test for test in tests if test is not never]
    if not tests:
        return never
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda package, situation: first(package, situation) or second(package, situation)

    def some(package: Package, situation: Situation) -> bool:
        for test in tests:  # noqa: SIM110 - as above
            if test(package, situation):
                return True
        return False

    return some


def _negation(test: Test) -> Test:
    if test is always:
        return never
    if test is never:
        return always
    return lambda package, situation: not test(package, situation)


def explain(
    condition: Condition,
    package: Package,
    situation: Situation,
    vocabulary: Vocabulary,
    holder: SeatId | None = None,
) -> tuple[bool, frozenset[IssueId]]:
    """Whether the condition holds, and the issues whose options make it so.

    Of a true "all" every part counts, of a true "any" the parts that are true; of false ones the other way round. A
    refusal can so name each paragraph that matters and no other (rule 2.1).
    """
    match condition:
        case AllOf():
            parts = [explain(part, package, situation, vocabulary, holder) for part in condition.all]
            truth = all(part_truth for part_truth, _ in parts)
        case AnyOf():
            parts = [explain(part, package, situation, vocabulary, holder) for part in condition.any]
            truth = any(part_truth for part_truth, _ in parts)
        case Not():
            truth, issues = explain(condition.negated, package, situation, vocabulary, holder)
            return not truth, issues
        case Named():
            return explain(vocabulary.definition(condition.named), package, situation, vocabulary, holder)
        case _:
            truth = compile_condition(condition, vocabulary, holder)(package, situation)
            return truth, frozenset(name for kind, name in mentions(condition, vocabulary) if kind == "issue")
    return truth, frozenset(issue for part_truth, issues in parts if part_truth is truth for issue in issues)


def leaves(condition: Condition, vocabulary: Vocabulary, holder: SeatId | None = None) -> Iterator[AnyNode]:
    """The condition's nodes that are not made of others, named conditions resolved, in the order written.

    With a holder, without the parts that who holds it decides already: one nation's exception is no part of
    another's line.
    """
    if holder is not None and compile_condition(condition, vocabulary, holder) in (always, never):
        return
    match condition:
        case AllOf():
            for part in condition.all:
                yield from leaves(part, vocabulary, holder)
        case AnyOf():
            for part in condition.any:
                yield from leaves(part, vocabulary, holder)
        case Not():
            yield from leaves(condition.negated, vocabulary, holder)
        case Named():
            yield from leaves(vocabulary.definition(condition.named), vocabulary, holder)
        case _:
            yield condition


Mention: TypeAlias = tuple[Literal["issue", "world", "deal", "flag", "complement", "seat"], str]


def mentions(condition: Condition, vocabulary: Vocabulary, holder: SeatId | None = None) -> Iterator[Mention]:
    """Every name the condition looks at (for that holder), named conditions and option sets resolved; may repeat."""
    for node in leaves(condition, vocabulary, holder):
        match node:
            case OnIssue(issue=issue):
                yield "issue", issue
            case InSet():
                yield "issue", vocabulary.option_set(node.in_set)[0]
            case OnWorld(world=variable):
                yield "world", variable
            case DealSigned(deal=deal):
                yield "deal", deal
            case FlagSet(flag=flag):
                yield "flag", flag
            case InForce(complement=complement) if complement != ANY:
                yield "complement", complement
            case HeldBy(holder=seats) | SignedBy(signed=seats) | AlliesSigning(besides=seats):
                for seat in seats:
                    yield "seat", seat
            case _:
                pass


@dataclass(frozen=True, slots=True)
class Roster:
    """Who could sign: the voting allies counted, and how many the scenario's thresholds were written for."""

    allies: frozenset[SeatId]
    allies_in_scenario: int

    def share(self, number: int, never_below: int = 1) -> int:
        """The threshold `number` of all allies, as the same share of these allies, rounded up (rule 1.2)."""
        return max(never_below, -(-number * len(self.allies) // self.allies_in_scenario))


@dataclass(frozen=True, slots=True)
class Signatures:
    """One complement as signed: what signature conditions look at."""

    signers: frozenset[SeatId]
    mode: str | None
    congress: bool


SignatureTest: TypeAlias = Callable[[Signatures], bool]


def compile_signature(condition: Condition, roster: Roster) -> SignatureTest:
    """A closure that tells whether a complement's signature rule is met.

    Raises ValueError for a condition about anything but signatures: what stands in the text does not decide whether
    nations may sign in their own name (rule 6.5).
    """
    match condition:
        case AllOf():
            parts = [compile_signature(part, roster) for part in condition.all]
            return lambda signatures: all(part(signatures) for part in parts)
        case AnyOf():
            parts = [compile_signature(part, roster) for part in condition.any]
            return lambda signatures: any(part(signatures) for part in parts)
        case Not():
            negated = compile_signature(condition.negated, roster)
            return lambda signatures: not negated(signatures)
        case SignedBy():
            named, needed = condition.signed, condition.at_least or len(condition.signed)
            return lambda signatures: len(signatures.signers.intersection(named)) >= needed
        case AlliesSigned():
            threshold = roster.share(condition.allies_signed, condition.never_below)
            return lambda signatures: len(signatures.signers & roster.allies) >= threshold
        case LawPassed():
            return lambda signatures: signatures.congress
        case InMode(mode=mode):
            return lambda signatures: signatures.mode == mode
        case _:
            raise ValueError("a complement's 'in_force_when' takes signature conditions only")
