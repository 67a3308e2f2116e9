"""What a game is at one moment: frozen, built by folding events, never by hand.

Every part is a frozen dataclass changed with `dataclasses.replace`; mappings are replaced, never mutated, so that an
unchanged part stays the same object and a view can tell by identity what changed. Orders are explicit (the scenario's
table order, then ids). The state holds no free text, only text ids (rule 5.4), and neither scores nor points: those
are functions of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Literal

from game_rules.conditions import Test, compile_condition
from game_rules.evaluation import BASELINE, Circumstances, Evaluator
from game_rules.memo import Memo
from game_rules.messages import (
    AbsencePolicy,
    Actor,
    DraftId,
    Event,
    FormalActs,
    GameKind,
    IssueId,
    MemberId,
    Milliseconds,
    Pace,
    ReadingRule,
    Role,
    SeatId,
    TextId,
)
from game_rules.scenario import Cast, Effect, Package, Phase, Scenario, Seat, SilenceBounds

Status = Literal["lobby", "running", "paused", "ended"]
Position = Literal["support", "can_accept", "concern", "would_object"]
Player = Literal["people", "facilitator", "bot", "deputy", "silent"]
Rung = Literal["silent", "associate", "statement", "footnote"]
Ending = Literal["adopted", "fallback", "deadlock", "ended"]
OfferStatus = Literal["open", "in_force", "declined", "withdrawn", "overtaken"]
PromiseKind = Literal["will_not_object", "will_support", "will_cosponsor", "will_sign"]
Verdict = Literal["kept", "broken", "never_tested"]


class Rules:
    """A scenario made ready for play with one cast: what does not change while a game lasts.

    Shared by every state of a game; compared by identity.
    """

    def __init__(self, scenario: Scenario, digest: str, cast: str, clock_minutes: int, pace: Pace = "live") -> None:
        """Raises UnknownName when the scenario has no such cast."""
        self.scenario = scenario
        self.digest = digest
        self.cast: Cast = scenario.cast(cast)
        self.clock_minutes = clock_minutes
        self.pace: Pace = pace
        self.evaluator = Evaluator(scenario, cast)
        self.memo = Memo()
        """What was last worked out from parts of a state that rarely change; never an answer to anybody."""

    @cached_property
    def seats(self) -> Mapping[SeatId, Seat]:
        """The cast's seats, in the order of the table."""
        members = frozenset(self.cast.seats)
        return {seat.id: seat for seat in self.scenario.seats.values() if seat.id in members}

    @cached_property
    def table_order(self) -> Mapping[SeatId, int]:
        return {seat: place for place, seat in enumerate(self.seats)}

    @cached_property
    def voters(self) -> tuple[SeatId, ...]:
        return tuple(seat.id for seat in self.seats.values() if seat.kind == "voting")

    @cached_property
    def chair(self) -> SeatId:
        return next(seat.id for seat in self.seats.values() if seat.kind == "chair")

    @cached_property
    def issues(self) -> tuple[IssueId, ...]:
        return tuple(issue.id for issue in self.scenario.issues)

    @cached_property
    def issue_place(self) -> Mapping[IssueId, int]:
        return {issue: place for place, issue in enumerate(self.issues)}

    @cached_property
    def options(self) -> Mapping[IssueId, tuple[str, ...]]:
        return {issue.id: tuple(option.id for option in issue.options) for issue in self.scenario.issues}

    @cached_property
    def agenda(self) -> tuple[Phase, ...]:
        return tuple(self.scenario.agenda)

    @cached_property
    def phase_milliseconds(self) -> tuple[Milliseconds, ...]:
        """The length of each phase, scaled from the scenario's default clock to this game's; 0 is untimed."""
        whole = self.scenario.clocks.default_minutes
        return tuple(phase.minutes * 60_000 * self.clock_minutes // whole for phase in self.agenda)

    def paced(self, seconds: int) -> int:
        """So many seconds of a live game, in this game's: a slow one stretches what is short like its phases (7.1)."""
        if self.pace == "live":
            return seconds
        return seconds * self.clock_minutes // self.scenario.clocks.default_minutes

    @cached_property
    def silence(self) -> SilenceBounds:
        """The scenario's bounds of the silence procedure, at this game's pace."""
        bounds = self.scenario.silence
        return SilenceBounds(**{name: self.paced(getattr(bounds, name)) for name in SilenceBounds.model_fields})

    def in_table_order(self, seats: frozenset[SeatId] | set[SeatId]) -> tuple[SeatId, ...]:
        return tuple(sorted(seats, key=self.table_order.__getitem__))

    @cached_property
    def deal_parties(self) -> Mapping[str, tuple[SeatId, ...]]:
        """Who must sign each side deal that is on offer in this cast, in table order (rules 1.2, 6.1)."""
        named = {deal.id: frozenset(deal.signers_in(self.cast.id)) for deal in self.scenario.deals}
        seated = frozenset(self.seats)
        return {deal: self.in_table_order(parties) for deal, parties in named.items() if parties and parties <= seated}

    @cached_property
    def deal_needs(self) -> Mapping[str, Test]:
        """What must hold before a deal can be signed, for those that need anything."""
        needs = {deal.id: deal.needs for deal in self.scenario.deals if deal.needs is not None}
        return {deal: compile_condition(condition, self.scenario.vocabulary) for deal, condition in needs.items()}

    @cached_property
    def lifted_by_deal(self) -> Mapping[str, Mapping[SeatId, tuple[str, ...]]]:
        """What each deal on offer may lift, by seat."""
        return {deal: self.scenario.lifted_by_deal(deal) for deal in self.deal_parties}

    @cached_property
    def deals_paying(self) -> Mapping[SeatId, frozenset[str]]:
        """The deals that bring each seat points, or cost it some."""
        return {
            seat: frozenset(deal.id for deal in self.scenario.deals if deal.points_for(seat)) for seat in self.seats
        }

    @cached_property
    def status_quo(self) -> Package:
        return self.evaluator.package(self.scenario.status_quo.options)

    def package_dict(self, package: Package) -> dict[IssueId, str]:
        return dict(zip(self.issues, package, strict=True))


class _Whole:
    """A scenario as a cache key: equal when the digests are."""

    def __init__(self, digest: str, scenario: Scenario) -> None:
        self.digest = digest
        self.scenario = scenario

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Whole) and other.digest == self.digest


@lru_cache(maxsize=32)
def _prepared(whole: _Whole, cast: str, clock_minutes: int, pace: Pace) -> Rules:
    return Rules(whole.scenario, whole.digest, cast, clock_minutes, pace)


def rules_of(scenario: Scenario, digest: str, cast: str, clock_minutes: int, pace: Pace = "live") -> Rules:
    """The rules of a game; a scenario is compiled once a process, however many games it has. Raises UnknownName."""
    return _prepared(_Whole(digest, scenario), cast, clock_minutes, pace)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a seat. `present` turns false when they leave; they stay on record.

    `away_since` is the moment from which nobody has seen them connected (rule 1.4), None while they are there.
    """

    id: MemberId
    seat: SeatId
    role: Role
    name: TextId
    joined_at: Milliseconds
    present: bool = True
    away_since: Milliseconds | None = None


@dataclass(frozen=True, slots=True)
class SeatState:
    """Who plays a seat. `vacant` says nobody does now; `claimed` that somebody once did.

    `chosen`: its policy was set for this seat by hand, and follows the game's no more. `stand_in` is what the
    facilitator answered for this vacancy under the policy `ask` (rule 1.6).
    """

    policy: AbsencePolicy
    members: tuple[MemberId, ...] = ()
    vacant: bool = True
    claimed: bool = False
    chosen: bool = False
    stand_in: AbsencePolicy | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The clock stands still until the facilitator has said what becomes of a seat (rule 1.6)."""

    seat: SeatId
    until: Milliseconds


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the meeting stands on its agenda. Deadlines are moments; pausing keeps them, resuming moves them.

    `phase_began_at` moves along, so that what lies behind it is game time (rule 7.1). `asked_seats` are those of which
    the facilitator was asked in this phase.
    """

    status: Status = "lobby"
    phase: int = 0
    phase_ends_at: Milliseconds | None = None
    paused_at: Milliseconds | None = None
    fallback_put_by: Milliseconds | None = None
    fallback_ends_at: Milliseconds | None = None
    phase_began_at: Milliseconds | None = None
    asked: Asked | None = None
    asked_seats: tuple[SeatId, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """Where the chair took sentences of its single negotiating text from: a draft or an amendment (rule 2.3)."""

    source: str
    issues: tuple[IssueId, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    package: Package
    at: Milliseconds
    amendment: str | None = None
    folded: Folded | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A package with an author. `revisions` counts from 1; the last one is current."""

    id: DraftId
    author: SeatId
    revisions: tuple[Revision, ...]
    cosponsors: tuple[SeatId, ...] = ()
    open: bool = True
    fallback: bool = False

    @property
    def revision(self) -> int:
        return len(self.revisions)

    @property
    def package(self) -> Package:
        return self.revisions[-1].package

    @property
    def tabled_at(self) -> Milliseconds:
        return self.revisions[0].at


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposed change to some issues of a draft; `accepted` are the issues the author took in."""

    id: str
    draft: DraftId
    revision: int
    proposer: SeatId
    changes: tuple[tuple[IssueId, str], ...]
    at: Milliseconds
    note: TextId | None = None
    status: Literal["open", "accepted", "partly", "declined", "withdrawn"] = "open"
    accepted: tuple[IssueId, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedPosition:
    """What a seat said of a draft, at which revision: older than the draft's makes it stale (rule 3.2)."""

    position: Position
    revision: int
    at: Milliseconds
    issues: tuple[IssueId, ...] = ()
    reason: TextId | None = None
    lift: TextId | None = None


@dataclass(frozen=True, slots=True)
class TakenRung:
    rung: Rung
    at: Milliseconds
    issues: tuple[IssueId, ...] = ()
    text: TextId | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A revision under the silence procedure, until `deadline` (rule 4.2)."""

    draft: DraftId
    revision: int
    package: Package
    opened_by: SeatId | None
    opened_at: Milliseconds
    deadline: Milliseconds
    phase: int
    extended: bool = False
    fallback: bool = False
    rungs: Mapping[SeatId, TakenRung] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClosedSilence:
    silence: Silence
    result: Literal["held", "broken", "cancelled"]
    at: Milliseconds
    objection: str | None = None
    reason: TextId | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """What a seat wrote when it broke silence; bars the same package until it is lifted (rule 4.5).

    `lifted_by` names deals and injects (`deal:<id>`, `inject:<id>`); `around` is what the text was judged under then.
    """

    id: str
    seat: SeatId
    draft: DraftId
    revision: int
    package: Package
    issues: tuple[IssueId, ...]
    reason: TextId
    lift: TextId
    at: Milliseconds
    withdrawn: bool = False
    lifted_by: tuple[str, ...] = ()
    around: Circumstances = BASELINE


@dataclass(frozen=True, slots=True)
class Offer:
    """Named deals that come into force together when all `parties` have signed (rule 6.1). Who offers signs first."""

    id: str
    by: SeatId
    deals: tuple[str, ...]
    parties: tuple[SeatId, ...]
    signed: tuple[SeatId, ...]
    at: Milliseconds
    note: TextId | None = None
    counter_to: str | None = None
    status: OfferStatus = "open"
    closed_at: Milliseconds | None = None
    declined_by: SeatId | None = None
    reason: TextId | None = None


@dataclass(frozen=True, slots=True)
class SignedDeal:
    """A side deal in force. It does not lapse (rule 6.1); once `public`, everybody knows of it (rule 6.2)."""

    deal: str
    parties: tuple[SeatId, ...]
    at: Milliseconds
    public: bool = False


@dataclass(frozen=True, slots=True)
class PromiseForm:
    """What of a promise can be checked from the log (rule 6.3)."""

    kind: PromiseKind
    options: tuple[tuple[IssueId, str], ...] = ()
    deal: str | None = None
    complement: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A word from seat to seat. `done` says whether it has been acted on; without a form there is no verdict."""

    id: str
    by: SeatId
    to: SeatId
    at: Milliseconds
    text: TextId | None = None
    form: PromiseForm | None = None
    until: str | None = None
    done: bool = False
    verdict: Verdict | None = None

    @property
    def pending(self) -> bool:
        return self.form is not None and self.verdict is None


@dataclass(frozen=True, slots=True)
class Betrayal:
    """A broken silence against what a deal had lifted for the seat that broke it (rule 6.4)."""

    deal: str
    seat: SeatId
    objection: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PendingAct:
    """A formal act that waits for its delegation's signature (rule 1.4). `command` is the wish, with text ids.

    `warned` is the deadline of which the delegation was told that it comes near.
    """

    id: str
    seat: SeatId
    member: MemberId
    command: Mapping[str, Any]
    at: Milliseconds
    warned: Milliseconds | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A straw poll; nothing of `answers` shows before it closes (rule 3.3)."""

    id: str
    draft: DraftId
    revision: int
    closes_at: Milliseconds
    answers: Mapping[SeatId, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A message's place in the talk; its words are in the side table under `text`."""

    seat: SeatId | None
    member: MemberId | None
    at: Milliseconds
    text: TextId
    refs: tuple[str, ...] = ()


PLENARY = "plenary"
DISPATCHES = "dispatches"
PUBLIC_ROOMS = (PLENARY, DISPATCHES)

KEPT = 200
"""A state keeps so many of the last messages of a room and entries of a record; the log has them all."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who talks and what was said last. One room for each set of seats, for late-comers too (rule 5.1)."""

    id: str
    seats: tuple[SeatId, ...]
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of a complement as it lies open for signature: a mode, with or without a promise to fight (6.5)."""

    mode: str | None
    defence: bool
    signers: tuple[SeatId, ...] = ()
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class CongressVote:
    """A legislature's vote on a complement, as it was drawn: once, whatever comes after (rule 6.5)."""

    dice: tuple[int, ...]
    bonus: int
    pass_at: int
    passed: bool


@dataclass(frozen=True, slots=True)
class OpenComplement:
    """A complement that somebody has signed at some time: its sheets in the order they were opened, and the vote."""

    sheets: tuple[Sheet, ...] = ()
    vote: CongressVote | None = None


InjectStatus = Literal["waiting", "held", "skipped", "fired"]


@dataclass(frozen=True, slots=True)
class InjectPlan:
    """What has become of an inject, or what a facilitator made of it. Only those that were touched have one.

    `to`, `effects` and `text` are a facilitator's where they are given; an inject of its own has a `name` too, and
    with a `phase` it comes by itself, `minute` minutes into it. `passed_in` is the phase (its place on the agenda)
    in which its moment came and its condition did not hold.
    """

    status: InjectStatus = "waiting"
    passed_in: int | None = None
    name: TextId | None = None
    text: TextId | None = None
    to: tuple[SeatId, ...] | Literal["everybody"] | None = None
    effects: tuple[Effect, ...] | None = None
    lapses: bool = False
    phase: str | None = None
    minute: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """An inject as it was read (rule 7.3): the scenario's words, or ids of a facilitator's."""

    inject: str
    at: Milliseconds
    headline: str
    date: str
    news: str | None = None
    name: TextId | None = None
    text: TextId | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """News that reached one delegation, with what it changes of its instructions: a note from its capital."""

    news: News
    changes: tuple[Effect, ...] = ()
    lapses: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class LiveEffects:
    """The effects of an inject that hold now; with `lapses` until the next phase."""

    inject: str
    effects: tuple[Effect, ...]
    lapses: bool = False


@dataclass(frozen=True, slots=True)
class Adoption:
    """A text that stands. A later adoption replaces it (rule 4.7)."""

    draft: DraftId
    revision: int
    package: Package
    at: Milliseconds
    fallback: bool
    rungs: Mapping[SeatId, TakenRung]
    around: Circumstances = BASELINE
    """What the text was judged under when nobody broke silence on it (rule 8.7)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the summit ended, with the figures as `decide` worked them out and wrote them into the event."""

    ending: Ending
    package: Package
    adopted: bool
    world: str
    figures: Mapping[str, Any]
    results: Mapping[SeatId, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the record of the meeting: who did what, when. `undone`: the game was taken back to before it."""

    at: Milliseconds
    by: Actor
    event: Event
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A facilitator who plays a vacant seat, since when."""

    facilitator: str
    since: Milliseconds


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was undone: the events after number `to` of the log, up to number `until`."""

    to: int
    until: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a facilitator wrote beside a moment of the log: after event `moment`, at that time."""

    moment: int
    moment_at: Milliseconds
    text: TextId
    at: Milliseconds


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a delegation agreed among its members; `member` is None for stand-ins and facilitators."""

    id: str
    member: MemberId | None
    text: TextId
    at: Milliseconds
    struck: bool = False


Part = Literal["instructions", "trade", "rooms"]
"""What a facilitator opens to all after the game, one by one (rule 9.1); results are `GameState.opened`."""


@dataclass(frozen=True)  # without slots, see `game_rules.changing`
class GameState:
    """One game at one moment."""

    rules: Rules
    game: str
    kind: GameKind
    strict: bool
    reading: ReadingRule
    seed: str
    policy: AbsencePolicy
    seats: Mapping[SeatId, SeatState]
    host: MemberId | None = None
    members: Mapping[MemberId, Member] = field(default_factory=dict)
    clock: Clock = Clock()
    drafts: Mapping[DraftId, Draft] = field(default_factory=dict)
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    positions: Mapping[DraftId, Mapping[SeatId, StatedPosition]] = field(default_factory=dict)
    confessionals: Mapping[DraftId, Mapping[SeatId, StatedPosition]] = field(default_factory=dict)
    named_basis: DraftId | None = None
    silence: Silence | None = None
    silences: tuple[ClosedSilence, ...] = ()
    objections: Mapping[str, Objection] = field(default_factory=dict)
    poll: Poll | None = None
    polls: tuple[Poll, ...] = ()
    public_rooms: Mapping[str, Room] = field(default_factory=dict)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    adopted: Adoption | None = None
    outcome: Outcome | None = None
    opened: bool = False
    formal: FormalActs = "delegates"
    pending: Mapping[str, PendingAct] = field(default_factory=dict)
    prepared: Mapping[SeatId, int] = field(default_factory=dict)
    """How many acts each delegation has prepared: for their ids."""
    done_for: Mapping[SeatId, tuple[Recorded, ...]] = field(default_factory=dict)
    """What stand-ins did in a seat's name since it last fell vacant (rule 1.5)."""
    offers: Mapping[str, Offer] = field(default_factory=dict)
    deals: Mapping[str, SignedDeal] = field(default_factory=dict)
    promises: Mapping[str, Promise] = field(default_factory=dict)
    betrayals: tuple[Betrayal, ...] = ()
    complements: Mapping[str, OpenComplement] = field(default_factory=dict)
    injects: Mapping[str, InjectPlan] = field(default_factory=dict)
    news: tuple[News, ...] = ()
    notes: Mapping[SeatId, tuple[Note, ...]] = field(default_factory=dict)
    effects: tuple[LiveEffects, ...] = ()
    """Effects of injects that hold now, in the order they came; who may know of which, `around` says."""
    places: Mapping[SeatId, Place] = field(default_factory=dict)
    """The vacant seats that a facilitator plays."""
    press: Mapping[str, TextId] = field(default_factory=dict)
    """The names under which the press publishes, by id."""
    shown: tuple[Part, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    agreed: Mapping[SeatId, tuple[Agreed, ...]] = field(default_factory=dict)
    """What each delegation agreed inside, struck things among them."""
    taken_back: tuple[TakenBack, ...] = ()
    record: tuple[Recorded, ...] = ()
    private_records: Mapping[str, tuple[Recorded, ...]] = field(default_factory=dict)
    """What only some may know, by who may: a seat, or `facilitator`. Kept apart, so that none moves another's."""

    @property
    def evaluator(self) -> Evaluator:
        return self.rules.evaluator

    @property
    def phase(self) -> Phase:
        return self.rules.agenda[self.clock.phase]

    @property
    def rewinds(self) -> int:
        """How often the game was taken back."""
        return len(self.taken_back)

    def player(self, seat: SeatId) -> Player:
        """Who plays a seat now: its people or, while it is vacant, the stand-in of its absence policy (rule 1.6)."""
        there = self.seats[seat]
        if not there.vacant:
            return "people"
        if seat in self.places:
            return "facilitator"
        # rule 1.6: the facilitator's answer counts for one vacancy; without one `ask` ends in a deputy
        policy = there.stand_in or there.policy
        return "deputy" if policy == "ask" else policy

    def breaks(self) -> int:
        return len(self.objections)
