"""The scenario: everything that makes a game a particular negotiation, as frozen data.

Issues and their options, seats with their instructions, red lines, scores, the world, deals, complements, injects,
casts and the agenda. This module owns the models, the look-ups, the canonical JSON and the digest. It does not read
files (`server.scenario_files` does), does not evaluate packages (`game_rules.evaluation` does), and knows no nation.

All orders are those of the scenario: tuples keep them, and `seats` is sorted by `table_order`, so that a scenario
that went through canonical JSON (which sorts keys) is the same scenario.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

from game_rules.conditions import (
    Condition,
    IssueId,
    Mention,
    Node,
    OptionId,
    Package,
    SeatId,
    UnknownName,
    Vocabulary,
    WorldValue,
    mentions,
)
from game_rules.terms import Exact, ScoreRule, Term

__all__ = [
    "Accession", "Aftermath", "Agenda", "Aim", "Benchmark", "Brief", "Cast", "Complement", "CongressTest", "Deal",
    "Dimension", "Effect", "Hurdle", "Inject", "Issue", "IssueId", "Option", "OptionId", "Package", "Phase", "RedLine",
    "Scenario", "Seat", "SeatId", "SignedComplement", "SoftLine", "StructuralRule", "UnknownName", "canonical_json",
]  # fmt: skip

WholeNumber: TypeAlias = Annotated[int, Strict()]
Positive: TypeAlias = Annotated[int, Strict(), Field(gt=0)]
NotNegative: TypeAlias = Annotated[int, Strict(), Field(ge=0)]
Identifier: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]
Sentence: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000)]
Confidence: TypeAlias = Literal["H", "M", "L", "S"]
"""How sure the research is: high, medium, low; S is stylised for the game, with no public evidence."""

PATH_NOT_ACCEPTABLE = "path_not_acceptable"
"""The objection to the option on the ranked issue itself, beside the ids of red lines."""


# Made once: json.dumps would make an encoder for every event that is written or read.
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """The one way values become bytes that are hashed: keys sorted, no spaces, UTF-8, no floats expected.

    Raises ValueError for NaN and infinities, TypeError for what JSON has no form for.
    """
    return _CANONICAL.encode(value).encode()


class Part(Node):
    """A part of a scenario: frozen, no unknown key."""


# --- the text ---------------------------------------------------------------------------------------------------


class Option(Part):
    """One answer to an issue. `label` fits a button, `text` is the sentence as it stands in the communiqué."""

    id: Identifier
    label: Annotated[str, Field(min_length=1, max_length=60)]
    text: Annotated[str, Field(max_length=1000)]
    section: str | None = None
    confidence: Confidence | None = None
    added: Annotated[bool, Strict()] = False
    note: str | None = None


class Issue(Part):
    """A question with its options, weakest to strongest.

    `closeness` gives, for an ideal, how close each option comes (0..100); without it closeness is by distance on the
    list of options, or by rank in the seat's own order when `ranked_by_seat` is set (rule 8.8).
    """

    id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=60)]
    question: Sentence
    dimension: Identifier
    section: str | None = None
    ranked_by_seat: Annotated[bool, Strict()] = False
    closeness: Mapping[OptionId, Mapping[OptionId, Annotated[int, Strict(), Field(ge=0, le=100)]]] | None = None
    options: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def option_ids(self) -> tuple[OptionId, ...]:
        """The options' ids, weakest first."""
        return tuple(option.id for option in self.options)


class StructuralRule(Part):
    """Options that exclude or require one another: a package for which `broken_when` holds cannot be tabled."""

    id: Identifier
    sentence: Sentence
    section: str | None = None
    broken_when: Condition


class OptionSet(Part):
    """A derived set of options of one issue, used by name in conditions."""

    id: Identifier
    title: str
    issue: IssueId
    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]


class NamedCondition(Part):
    """A condition used by name; `sentence` says it to a delegate."""

    id: Identifier
    sentence: Sentence
    when: Condition


# --- the world --------------------------------------------------------------------------------------------------


class WorldVariable(Part):
    """A variable of the world outside the room, with the values it may have."""

    id: Identifier
    title: str
    values: Annotated[tuple[WorldValue, ...], Field(min_length=2)]


class WorldOutcome(Part):
    """A named state of the world: a value for each variable. `undecided` is the one games begin in."""

    id: Identifier
    title: str
    story: Sentence
    section: str | None = None
    world: Mapping[str, WorldValue]


class ChanceShift(Part):
    """Moves `parts` of the chance from one outcome to another while `when` holds, as far as there is any left."""

    id: Identifier
    parts: Positive
    taken_from: Identifier
    given_to: Identifier
    when: Condition
    section: str | None = None


class Answer(Part):
    """One answer to a question of the aftermath: given when its condition holds, and no answer above it."""

    id: Identifier
    sentence: Sentence
    when: Condition | None = None


class Question(Part):
    """What the aftermath asks of the text in each world (rules 8.3, 8.4)."""

    id: Identifier
    title: Sentence
    section: str | None = None
    answers: Annotated[tuple[Answer, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_for_the_rest(self) -> Question:
        if self.answers[-1].when is not None:
            raise ValueError("the last answer is the rest: it takes no 'when'")
        return self


class StoryLine(Part):
    """A paragraph, told when its condition holds."""

    text: Sentence
    when: Condition | None = None


class StoryPart(Part):
    """A paragraph of the page that tells the aftermath.

    Either the first of `lines` whose condition holds (none: nothing is told), or what the engine knows to tell: the
    `world` that came about, the answers to the `questions`, who would ratify an `accession`.
    """

    id: Identifier
    section: str | None = None
    lines: tuple[StoryLine, ...] = ()
    tell: Literal["world", "questions", "accession"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> StoryPart:
        if bool(self.lines) == (self.tell is not None):
            raise ValueError("a part of the story has either 'lines' or 'tell'")
        return self


class Aftermath(Part):
    """How the world may go on. `chances` are in parts that sum to `whole`."""

    whole: Positive
    chances: Mapping[str, NotNegative]
    shifts: tuple[ChanceShift, ...] = ()
    questions: tuple[Question, ...] = ()
    story: tuple[StoryPart, ...] = ()


# --- instructions -----------------------------------------------------------------------------------------------


class RedLine(Part):
    """What a seat may not accept. Crossed when `crossed_when` holds of the package."""

    id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=90)]
    sentence: Sentence
    lifted_by: Sentence
    section: str
    crossed_when: Condition


class SoftLine(Part):
    """An irritant or a wish. It never blocks; it costs the seat its points while `costs_when` holds.

    Without `costs_when` it describes conduct that only people and bots can judge.
    """

    id: Identifier
    title: Annotated[str, Field(min_length=1, max_length=90)]
    sentence: Sentence
    section: str | None = None
    costs_when: Condition | None = None


class Hurdle(Part):
    """A hurdle to membership that the brief names, and the red lines that encode it."""

    id: Identifier
    title: str
    sentence: Sentence
    section: str
    red_lines: tuple[Identifier, ...]
    also: str | None = None


class HeldRedLine(Part):
    """A red line as one seat holds it."""

    id: Identifier
    confidence: Confidence


class HeldSoftLine(Part):
    """A soft line as one seat holds it, with the points it costs (negative)."""

    id: Identifier
    points: Annotated[int, Strict(), Field(le=0, ge=-10)]


class Stretch(Part):
    """A path the seat can live with only if the condition holds."""

    option: OptionId
    when: Condition


class Aim(Part):
    """What a government wants on one issue, in the sentence of its brief."""

    issue: IssueId
    option: OptionId
    sentence: str


class Brief(Part):
    """A seat's brief for its delegates. `text` is Markdown without the comments that tie it to the data."""

    text: str
    aims: tuple[Aim, ...] = ()
    paths_sentence: str = ""
    red_line_sentences: Mapping[str, str] = {}
    deal_sentences: Mapping[str, str] = {}
    soft_line_sentences: Mapping[str, str] = {}
    complement_sentences: Mapping[str, str] = {}


class Ratification(Part):
    """Who must ratify an accession at home; `difficulty` 1 (routine) to 5 (a real veto risk)."""

    body: str
    majority: str | None = None
    difficulty: Annotated[int, Strict(), Field(ge=1, le=5)] | None = None


class SeatFacts(Part):
    """What the research says of a nation and a player may read. Figures are text, as published."""

    eu_member: Annotated[bool, Strict()] = False
    nuclear: Annotated[bool, Strict()] = False
    borders_the_war: Annotated[bool, Strict()] = False
    defence_spending_pct_gdp: str | None = None
    aid_pct_gdp: str | None = None
    public_support_pct: NotNegative | None = None
    public_opinion: str | None = None
    own_interest: str | None = None
    basis: str | None = None
    confidence_by_field: Mapping[str, str] = {}


class Seat(Part):
    """A delegation: who it is, and its instructions.

    `ideal` holds an option for every issue once the scenario is built (the camp's, with the seat's own on top, and
    for the ranked issue the first of `preference_order`). `salience` is 0..10 a dimension. Its signed points (rule
    8.8) are those of its soft lines and deals, `complement_points` times the strength of a complement in force,
    `broken_silence_points` for each silence anybody broke, and whatever `points` adds. `acceptable` and `stretch` are
    about the ranked issue, the path.
    """

    id: SeatId
    name: str
    kind: Literal["voting", "chair", "principal", "observer"]
    flag: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    camp: str | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    ideal: Mapping[IssueId, OptionId] = {}
    preference_order: tuple[OptionId, ...]
    acceptable: tuple[OptionId, ...] | None = None
    stretch: tuple[Stretch, ...] = ()
    red_lines: tuple[HeldRedLine, ...] = ()
    soft_lines: tuple[HeldSoftLine, ...] = ()
    salience: Mapping[str, Annotated[int, Strict(), Field(ge=0, le=10)]]
    complement_points: Mapping[str, Annotated[int, Strict(), Field(ge=-20, le=20)]] = {}
    broken_silence_points: Annotated[int, Strict(), Field(ge=-10, le=0)] = 0
    points: tuple[Term, ...] = ()
    reservation_offset: Annotated[int, Strict(), Field(ge=-50, le=50)] = 0
    levers: tuple[Identifier, ...] = ()
    ratification: Ratification | None = None
    facts: SeatFacts = SeatFacts()
    brief: Brief | None = None

    @property
    def votes(self) -> bool:
        """Whether the seat can break silence."""
        return self.kind == "voting"


# --- trade ------------------------------------------------------------------------------------------------------


class DealSide(Part):
    """One side of a deal, of one seat or of several alike: what each gives and gets, and its signed points for it."""

    seats: Annotated[tuple[SeatId, ...], Field(min_length=1)]
    gives: Sentence
    gets: Sentence
    points: Annotated[int, Strict(), Field(ge=-20, le=20)]


class Deal(Part):
    """A side deal. Signed when every signer has signed; it then counts for red lines, points and scores.

    `signers_by_cast` names the signers in casts that lack some of them; an empty list takes the deal off the table.
    `needs` must hold before it can be signed.
    """

    id: Identifier
    title: str
    text: Sentence
    section: str | None = None
    confidence: Confidence | None = None
    sides: Annotated[tuple[DealSide, ...], Field(min_length=1)]
    signers_by_cast: Mapping[str, tuple[SeatId, ...]] = {}
    sets_flags: tuple[Identifier, ...] = ()
    needs: Condition | None = None
    note: str | None = None

    @property
    def signers(self) -> tuple[SeatId, ...]:
        """Every signer, in the order of the sides."""
        return tuple(seat for side in self.sides for seat in side.seats)

    def signers_in(self, cast: str | None) -> tuple[SeatId, ...]:
        """Who must sign in that cast; empty when the deal is not on offer there."""
        if cast is None:
            return self.signers
        return self.signers_by_cast.get(cast, self.signers)

    def side_of(self, seat: SeatId) -> DealSide | None:
        """The seat's own side of the deal, None for a seat that does not sign."""
        return next((side for side in self.sides if seat in side.seats), None)

    def points_for(self, seat: SeatId) -> int:
        """The signed points for a signer, 0 for anybody else."""
        side = self.side_of(seat)
        return 0 if side is None else side.points


class CongressBonus(Part):
    """Added to the throw while the condition holds."""

    points: WholeNumber
    when: Condition
    note: str | None = None


class CongressTest(Part):
    """A legislature's vote as a throw of dice: passed when the dice and bonuses reach `pass_at` (rule 6.5)."""

    dice: Positive = 2
    sides: Positive = 6
    pass_at: Positive
    bonuses: tuple[CongressBonus, ...] = ()


class Strength(Part):
    """How strong a complement in force is, 0..1.

    `fixed`, or the number of signers that count, divided by `full_at` and at most 1. `count` says who counts:
    voting allies, or the seats in `of`. `full_at` for allies is a share of the cast's, as thresholds are (rule 1.2).
    """

    fixed: Exact | None = None
    allies_full_at: Positive | None = None
    of: tuple[SeatId, ...] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Strength:
        if sum(part is not None for part in (self.fixed, self.allies_full_at, self.of)) != 1:
            raise ValueError("a strength is exactly one of 'fixed', 'allies_full_at', 'of'")
        return self


class ComplementForm(Part):
    """One form (mode) in which a complement can be signed: its signature rule and its strength."""

    mode: Identifier | None = None
    title: str
    in_force_when: Condition
    strength: Strength
    text: Sentence


class CastRule(Part):
    """The signature rule of one form in a cast that lacks some of the named signers (rule 1.2)."""

    cast: Identifier
    mode: Identifier | None = None
    in_force_when: Condition
    strength: Strength


class Complement(Part):
    """A commitment beside the alliance's text, signed by nations in their own name (brief IV).

    The first form is the one meant when none is named. `statuses` multiply the strength, `framework` for example.
    """

    id: Identifier
    title: str
    text: Sentence
    section: str
    forms: Annotated[tuple[ComplementForm, ...], Field(min_length=1)]
    by_cast: tuple[CastRule, ...] = ()
    statuses: Mapping[str, Exact] = {}
    congress_test: CongressTest | None = None
    may_promise_defence: Annotated[bool, Strict()] = False
    note: str | None = None

    def form(self, mode: str | None) -> ComplementForm:
        """The form of that mode, the first when none is given. Raises UnknownName."""
        if mode is None:
            return self.forms[0]
        for form in self.forms:
            if form.mode == mode:
                return form
        raise UnknownName(f"mode of {self.id}", mode, tuple(form.mode for form in self.forms if form.mode))


class SignedComplement(Part):
    """A complement as nations signed it; whether it is in force is for the evaluator to say.

    `congress` is true when the legislature's test was passed; absent is failed. `status` is a key of the complement's
    `statuses`. The order of signers means nothing.
    """

    name: Identifier
    signers: tuple[SeatId, ...]
    mode: Identifier | None = None
    congress: Annotated[bool, Strict()] = False
    status: Identifier | None = None
    defence: Annotated[bool, Strict()] = False


# --- injects ----------------------------------------------------------------------------------------------------


class SetFlag(Part):
    """Sets or clears a flag."""

    kind: Literal["flag"]
    flag: Identifier
    value: Annotated[bool, Strict()] = True


class SetWorld(Part):
    """Moves a world variable, or with variable `outcome` the whole world to a named outcome."""

    kind: Literal["world"]
    variable: str
    value: WorldValue


class ShiftSalience(Part):
    """Adds to what a dimension matters to seats, held within 0..10."""

    kind: Literal["salience"]
    seats: Annotated[tuple[SeatId, ...], Field(min_length=1)]
    dimension: Identifier
    by: WholeNumber


class SetPreference(Part):
    """A new order of the ranked issue's options for a seat."""

    kind: Literal["preference"]
    seat: SeatId
    order: Annotated[tuple[OptionId, ...], Field(min_length=1)]


class SetAcceptable(Part):
    """New acceptable options of the ranked issue for a seat."""

    kind: Literal["acceptable"]
    seat: SeatId
    options: tuple[OptionId, ...]


class ChangeRedLine(Part):
    """Gives seats a red line or takes it from them."""

    kind: Literal["red_line"]
    seats: Annotated[tuple[SeatId, ...], Field(min_length=1)]
    red_line: Identifier
    held: Annotated[bool, Strict()]


class AddPoints(Part):
    """Signed points for seats, for as long as the condition holds."""

    kind: Literal["points"]
    seats: Annotated[tuple[SeatId, ...], Field(min_length=1)]
    points: WholeNumber
    when: Condition | None = None


class ShiftScore(Part):
    """Adds to a score or figure."""

    kind: Literal["score"]
    score: Identifier
    by: WholeNumber


class ProposeRevision(Part):
    """The chair is handed a revision of the text under discussion to put forward."""

    kind: Literal["revision"]
    change: Annotated[Mapping[IssueId, OptionId], Field(min_length=1)]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.change.items())))


Effect: TypeAlias = Annotated[
    SetFlag
    | SetWorld
    | ShiftSalience
    | SetPreference
    | SetAcceptable
    | ChangeRedLine
    | AddPoints
    | ShiftScore
    | ProposeRevision,
    Field(discriminator="kind"),
]


class InjectTrigger(Part):
    """What brings an inject: a phase of the agenda with minutes into it, a moment of the floor, or the facilitator.

    `on` is the moment: `phase` (then `phase` and `minute`), `silence_opened` (judged on that text), `silence_broken`,
    `deal_signed`, `adopted`, `aftermath`, or `facilitator`. `when` must hold as well. An inject whose moment comes
    without its condition waits for the next.
    """

    on: Literal["phase", "silence_opened", "silence_broken", "deal_signed", "adopted", "aftermath", "facilitator"]
    phase: Identifier | None = None
    minute: NotNegative = 0
    when: Condition | None = None

    @model_validator(mode="after")
    def _phase_named(self) -> InjectTrigger:
        if (self.on == "phase") != (self.phase is not None):
            raise ValueError("a trigger on 'phase' names the phase, and no other does")
        return self


class Inject(Part):
    """News to everybody or to chosen seats, with effects (rule 7.3).

    `background` injects are inside the baseline already: nothing brings them but a facilitator. `until` is the only
    duration there is. `foreseen` ones are no surprise: everybody reads at the start that they may come, and an
    objection may wait for one (rule 4.5).
    """

    id: Identifier
    title: str
    date: str
    news: Sentence
    to: Literal["everybody"] | tuple[SeatId, ...] = "everybody"
    part: Literal["background", "summit", "free", "outcome"]
    trigger: InjectTrigger
    effects: tuple[Effect, ...] = ()
    until: Literal["next_phase"] | None = None
    foreseen: Annotated[bool, Strict()] = False
    confidence: Confidence | None = None
    note: str | None = None


# --- how it is judged -------------------------------------------------------------------------------------------


class Dimension(Part):
    """What salience is given for. Issues name their dimension."""

    id: Identifier
    title: str


class Reinterpretation(Part):
    """How an issue is read at accession, unless the condition holds."""

    issue: IssueId
    read_as: OptionId
    unless: Condition


class OtherRefusal(Part):
    """A ground for refusing entry that is no red line: for allies that hold `held_by_line`, while `when` holds."""

    id: Identifier
    sentence: Sentence
    held_by_line: Identifier
    when: Condition


_PLACEHOLDERS = {"refusing": 0, "allies": 0, "names": ""}


class AccessionWords(Part):
    """How the page tells who would ratify.

    `some_refuse` may say `{refusing}` and `{allies}`, the numbers of those who would not and of all, and `{names}`.
    """

    all_ratify: Sentence
    some_refuse: Sentence
    not_asked: Sentence

    @model_validator(mode="after")
    def _known_placeholders(self) -> AccessionWords:
        try:
            self.some_refuse.format(**_PLACEHOLDERS)
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"'some_refuse' takes {{refusing}}, {{allies}} and {{names}} only: {error}") from None
        return self


class Accession(Part):
    """Who would refuse entry on the adopted terms (brief II.B). Side deals do not count there.

    While the world is undecided the number is the mean over `worlds`, rounded to `decimals`.
    """

    section: str
    worlds: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    read: tuple[Reinterpretation, ...] = ()
    red_lines: tuple[Identifier, ...]
    others: tuple[OtherRefusal, ...] = ()
    words: AccessionWords | None = None
    decimals: NotNegative = 1


class Grade(Part):
    """One verdict of a benchmark; the first whose condition holds is given, `when` absent is the rest."""

    id: Identifier
    sentence: Sentence
    when: Condition | None = None


class Mark(Part):
    """One item of a checklist: a mark when the condition holds."""

    id: Identifier
    title: str
    section: str | None = None
    when: Condition


class Benchmark(Part):
    """What the brief asks at least (graded), and its full conclusions (marks)."""

    id: Identifier
    title: str
    section: str
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    checklist: tuple[Mark, ...] = ()


class HistoricalChoice(Part):
    """What an issue came to in reality, and why we read it so."""

    issue: IssueId
    option: OptionId
    why: Sentence
    confidence: Confidence


class LaterFact(Part):
    """What happened after the summit; for the debrief only."""

    date: str
    text: Sentence


class History(Part):
    """What really happened (for the debrief and as a benchmark)."""

    title: str
    choices: tuple[HistoricalChoice, ...]
    complements: tuple[SignedComplement, ...] = ()
    deals: tuple[Identifier, ...] = ()
    promised_deals: tuple[Identifier, ...] = ()
    against_the_brief: tuple[Sentence, ...] = ()
    later: tuple[LaterFact, ...] = ()

    @property
    def options(self) -> dict[IssueId, OptionId]:
        """The historical text as a mapping of issue to option."""
        return {choice.issue: choice.option for choice in self.choices}


class CommuniqueHeading(Part):
    """What stands above the paragraphs of the adopted text."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    opening: Annotated[str, Field(min_length=1, max_length=1000)]


class NamedPackage(Part):
    """A full package with a title: the status quo, the fallback."""

    title: str
    sentence: Sentence
    section: str | None = None
    options: Mapping[IssueId, OptionId]


# --- the room ---------------------------------------------------------------------------------------------------


class Cast(Part):
    """Who is at the table in one size of game, and which issues are fixed there."""

    id: Identifier
    title: str
    seats: Annotated[tuple[SeatId, ...], Field(min_length=2)]
    fixed: Mapping[IssueId, OptionId] = {}


class Phase(Part):
    """One phase of the agenda; `minutes` of the default clock. `allows` are the kinds of act open in it."""

    id: Identifier
    title: str
    minutes: NotNegative
    kind: Literal["lobby", "briefing", "consultations", "council", "leaders", "aftermath", "debrief"]
    allows: tuple[Literal["talk", "draft", "position", "silence", "trade"], ...]


class SlowClocks(Part):
    """Whole days of a slow game that a host may choose (rule 7.1)."""

    min_days: Positive = 1
    max_days: Positive = 14
    default_days: Positive = 3


class Clocks(Part):
    """Whole minutes of a live game that a host may choose, and days of a slow one; phases scale with both."""

    min_minutes: Positive
    max_minutes: Positive
    default_minutes: Positive
    slow: SlowClocks = SlowClocks()


class SilenceBounds(Part):
    """How long a text may stand under silence, in seconds of game time (rule 4.2), and the fallback (rule 8.1)."""

    min_seconds: Positive
    max_seconds: Positive
    default_seconds: Positive
    fallback_seconds: Positive


Agenda: TypeAlias = tuple[Phase, ...]

_T = TypeVar("_T", bound=BaseModel)


def _by_id(kind: str, parts: Iterable[_T], wanted: str) -> _T:
    known = []
    for part in parts:
        identifier: str = part.id  # type: ignore[attr-defined]
        if identifier == wanted:
            return part
        known.append(identifier)
    raise UnknownName(kind, wanted, tuple(known))


class Scenario(BaseModel):
    """A whole scenario. Build it with `model_validate`; references are checked by `scenario_faults`."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]
    title: str
    summary: Sentence
    format_version: Literal[1]
    principal: SeatId
    ranked_issue: IssueId

    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    issues: Annotated[tuple[Issue, ...], Field(min_length=1)]
    structural_rules: tuple[StructuralRule, ...] = ()
    option_sets: tuple[OptionSet, ...] = ()
    named_conditions: tuple[NamedCondition, ...] = ()

    world_variables: tuple[WorldVariable, ...] = ()
    world_outcomes: Annotated[tuple[WorldOutcome, ...], Field(min_length=1)]
    flags: tuple[Identifier, ...] = ()

    table_order: Annotated[tuple[SeatId, ...], Field(min_length=2)]
    ideals: Mapping[str, Mapping[IssueId, OptionId]] = {}
    seats: dict[SeatId, Seat]
    red_lines: tuple[RedLine, ...] = ()
    soft_lines: tuple[SoftLine, ...] = ()
    hurdles: tuple[Hurdle, ...] = ()

    casts: Annotated[tuple[Cast, ...], Field(min_length=1)]
    agenda: Agenda
    clocks: Clocks
    silence: SilenceBounds
    status_quo: NamedPackage
    fallback: NamedPackage

    deals: tuple[Deal, ...] = ()
    complements: tuple[Complement, ...] = ()
    injects: tuple[Inject, ...] = ()

    scores: Annotated[tuple[ScoreRule, ...], Field(min_length=1)]
    figures: tuple[ScoreRule, ...] = ()
    accession: Accession
    aftermath: Aftermath
    benchmark: Benchmark
    history: History
    communique: CommuniqueHeading | None = None
    """Without one the adopted text stands under the scenario's title."""

    @model_validator(mode="before")
    @classmethod
    def _fill_seats(cls, data: Any) -> Any:
        """Gives each seat its id and its whole ideal, and sorts the seats by table order.

        Filling twice changes nothing, so a dumped scenario validates to itself.
        """
        if not isinstance(data, dict) or not isinstance(data.get("seats"), dict):
            return data
        bodies = data["seats"]
        given = data.get("table_order")
        order = [seat for seat in given if isinstance(seat, str)] if isinstance(given, list | tuple) else []
        ordered = [seat for seat in order if seat in bodies] + [seat for seat in bodies if seat not in order]
        seats = {seat: _filled(seat, bodies[seat], data) for seat in ordered}
        return {**data, "seats": seats}

    # -- look-ups ------------------------------------------------------------------------------------------------

    def issue(self, issue: IssueId) -> Issue:
        """The issue of that id. Raises UnknownName."""
        return _by_id("issue", self.issues, issue)

    def option(self, issue: IssueId, option: OptionId) -> Option:
        """The option of that issue. Raises UnknownName."""
        return _by_id(f"option of {issue}", self.issue(issue).options, option)

    def seat(self, seat: SeatId) -> Seat:
        """The seat of that id. Raises UnknownName."""
        if seat not in self.seats:
            raise UnknownName("seat", seat, tuple(self.seats))
        return self.seats[seat]

    def red_line(self, red_line: str) -> RedLine:
        """The red line of that id. Raises UnknownName."""
        return _by_id("red line", self.red_lines, red_line)

    def soft_line(self, soft_line: str) -> SoftLine:
        """The soft line of that id. Raises UnknownName."""
        return _by_id("soft line", self.soft_lines, soft_line)

    def deal(self, deal: str) -> Deal:
        """The side deal of that id. Raises UnknownName."""
        return self._deal_of.get(deal) or _by_id("side deal", self.deals, deal)

    def complement(self, complement: str) -> Complement:
        """The complement of that id. Raises UnknownName."""
        return _by_id("complement", self.complements, complement)

    def inject(self, inject: str) -> Inject:
        """The inject of that id. Raises UnknownName."""
        return _by_id("inject", self.injects, inject)

    def cast(self, cast: str) -> Cast:
        """The cast of that id. Raises UnknownName."""
        return _by_id("cast", self.casts, cast)

    def phase(self, phase: str) -> Phase:
        """The phase of that id. Raises UnknownName."""
        return _by_id("phase", self.agenda, phase)

    def outcome(self, outcome: str) -> WorldOutcome:
        """The world outcome of that id. Raises UnknownName."""
        return _by_id("world outcome", self.world_outcomes, outcome)

    @cached_property
    def voting_seats(self) -> tuple[SeatId, ...]:
        """Every ally with a vote, in table order."""
        return tuple(seat.id for seat in self.seats.values() if seat.votes)

    def allies_of(self, cast: str | None) -> tuple[SeatId, ...]:
        """The voting allies of a cast, or of the whole scenario, in table order. Raises UnknownName."""
        if cast is None:
            return self.voting_seats
        seated = self.cast(cast).seats
        return tuple(seat for seat in self.voting_seats if seat in seated)

    def open_issues(self, cast: str | None) -> tuple[IssueId, ...]:
        """The issues a cast negotiates, in order."""
        fixed = self.cast(cast).fixed if cast is not None else {}
        return tuple(issue.id for issue in self.issues if issue.id not in fixed)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that conditions of this scenario may use."""
        return Vocabulary(
            issues={issue.id: issue.option_ids for issue in self.issues},
            option_sets={group.id: (group.issue, frozenset(group.options)) for group in self.option_sets},
            named={named.id: named.when for named in self.named_conditions},
        )

    @cached_property
    def _deal_of(self) -> dict[str, Deal]:
        return {deal.id: deal for deal in self.deals}

    @cached_property
    def public_deals(self) -> frozenset[str]:
        """Deals that become public when signed, because a seat that does not sign looks at them (rule 6.2).

        A seat's instructions look at them, or it signs another deal whose `needs` do: whether it may sign that one
        must not hang on what it cannot see (rule 9.3).
        """
        return frozenset(deal.id for deal in self.deals if self._watchers(deal) - set(deal.signers))

    def lifted_by_deal(self, deal: str) -> dict[SeatId, tuple[str, ...]]:
        """What signing the deal may lift, by seat: red lines, and `path_not_acceptable` where a stretch needs it.

        In table order; for the facilitator, the analysis, and each delegation's own line (rule 6.2).
        """
        found = self.deal(deal)
        looked_for = {("deal", found.id), *(("flag", flag) for flag in found.sets_flags)}
        lifted = {
            seat: tuple(line for line, names in lines.items() if looked_for & names)
            for seat, lines in self._lines_looking_at.items()
        }
        return {seat: lines for seat, lines in lifted.items() if lines}

    @cached_property
    def _lines_looking_at(self) -> dict[SeatId, dict[str, frozenset[Mention]]]:
        """The names that each line of each seat looks at; for `path_not_acceptable` those of every stretch."""
        return {seat.id: dict(self._lines_of(seat)) for seat in self.seats.values()}

    def _lines_of(self, seat: Seat) -> Iterator[tuple[str, frozenset[Mention]]]:
        stretches = (mentions(stretch.when, self.vocabulary, seat.id) for stretch in seat.stretch)
        yield PATH_NOT_ACCEPTABLE, frozenset(chain.from_iterable(stretches))
        for held in seat.red_lines:
            yield held.id, frozenset(mentions(self.red_line(held.id).crossed_when, self.vocabulary, seat.id))

    def _watchers(self, deal: Deal) -> set[SeatId]:
        looked_for = {("deal", deal.id), *(("flag", flag) for flag in deal.sets_flags)}
        watching = {seat for seat, names in self._looked_at.items() if looked_for & names}
        for other in self.deals:
            if other.needs is not None and looked_for & set(mentions(other.needs, self.vocabulary)):
                watching.update(other.signers)
        return watching

    @cached_property
    def _looked_at(self) -> dict[SeatId, frozenset[Mention]]:
        """Every name that each seat's instructions look at."""
        return {
            seat.id: frozenset(
                mention
                for condition in self._instructions(seat)
                for mention in mentions(condition, self.vocabulary, seat.id)
            )
            for seat in self.seats.values()
        }

    def _instructions(self, seat: Seat) -> list[Condition]:
        """Every condition in the seat's instructions, and those that injects may add to them."""
        conditions = [stretch.when for stretch in seat.stretch]
        conditions += [self.red_line(held.id).crossed_when for held in seat.red_lines]
        soft = [self.soft_line(held.id).costs_when for held in seat.soft_lines]
        conditions += [condition for condition in soft if condition is not None]
        conditions += [term.when for term in seat.points if term.when is not None]
        for effect in (effect for inject in self.injects for effect in inject.effects):
            match effect:
                case ChangeRedLine(held=True) if seat.id in effect.seats:
                    conditions.append(self.red_line(effect.red_line).crossed_when)
                case AddPoints(when=when) if seat.id in effect.seats and when is not None:
                    conditions.append(when)
                case _:
                    pass
        return conditions

    def canonical(self) -> bytes:
        """The scenario as canonical JSON; `Scenario.model_validate_json` of it is the same scenario."""
        return canonical_json(self.model_dump(mode="json", by_alias=True, exclude_none=True))

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal. Worked out once: a scenario never changes."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self.canonical()).hexdigest()


def _filled(seat: SeatId, body: Any, data: Mapping[str, Any]) -> Any:
    if not isinstance(body, Mapping):
        return body
    ideals, order, ranked_issue = data.get("ideals"), body.get("preference_order"), data.get("ranked_issue")
    parts = [body.get("ideal")]
    if isinstance(ideals, Mapping) and isinstance(body.get("camp"), str):
        parts.insert(0, ideals.get(body["camp"]))
    if isinstance(order, list | tuple) and order and isinstance(ranked_issue, str):
        parts.append({ranked_issue: order[0]})
    if not all(part is None or isinstance(part, Mapping) for part in parts):
        return {**body, "id": seat}  # the model says what is wrong with it
    return {**body, "id": seat, "ideal": {issue: part[issue] for part in parts if part for issue in part}}
