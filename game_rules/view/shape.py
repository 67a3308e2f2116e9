"""The shape of a view: what one viewer may know of a game, as JSON.

A view has a public half, the same object for everybody, and a private half for one viewer. Both grow only by what is
put in: a secret that nobody places here reaches nobody. Free text appears as text ids; the shell sends the texts of
the ids a viewer gets along with the frame. Times are milliseconds since 1970 (UTC), points are integers 0..100.
The TypeScript types of the client are generated from this module.
"""

from __future__ import annotations

from typing import (
    Any,
    Literal,
    NotRequired,  # pydantic asks for this one before Python 3.12
)

from typing_extensions import TypedDict

Package = dict[str, str]
PositionName = Literal["support", "can_accept", "concern", "would_object"]
RungName = Literal["silent", "associate", "statement", "footnote"]


class OptionView(TypedDict):
    id: str
    label: str
    text: str
    section: str


class IssueView(TypedDict):
    id: str
    title: str
    question: str
    section: str
    options: list[OptionView]
    fixed: str | None
    """The option this cast has settled beforehand; such an issue is not open."""
    footnote: bool
    """A nation may dissociate itself from what the text says of it (rule 4.3)."""


class SeatDescription(TypedDict):
    id: str
    name: str
    kind: Literal["voting", "chair", "principal", "observer"]
    flag: str | None
    """ISO 3166 alpha-2 in lower case, `eu`, or nothing for the chair."""


class PhaseView(TypedDict):
    id: str
    title: str
    kind: str
    seconds: int
    """At this game's clock; 0 has no end of its own."""
    allows: list[str]
    promises: bool
    """A promise may run until its end (rule 6.3)."""


class StructuralRuleView(TypedDict):
    id: str
    sentence: str
    section: str


class BoundsView(TypedDict):
    """The least and the most that is taken, in seconds at this game's pace (rule 7.1)."""

    least: int
    most: int


class LengthsView(TypedDict):
    """What lasts as long as somebody chooses. Silence has bounds of its own, which the scenario sets."""

    poll: BoundsView
    phase_extension: BoundsView
    silence_extension: BoundsView


class SilenceBoundsView(TypedDict):
    """How long a text may stand under silence, at this game's pace (rule 4.2)."""

    min_seconds: int
    max_seconds: int
    default_seconds: int


class ScenarioView(TypedDict):
    slug: str
    title: str
    summary: str
    issues: list[IssueView]
    seats: list[SeatDescription]
    """In the order of the table, this cast's only."""
    rules: list[StructuralRuleView]
    agenda: list[PhaseView]
    status_quo: Package
    status_quo_title: str
    complements: list[ComplementDescription]
    foreseen: list[ForeseenView]
    """News that may come and that an objection may wait for."""
    silence: SilenceBoundsView
    lengths: LengthsView
    signature_warning_seconds: int
    """So long before silence ends a delegation is told what is not signed yet (rule 1.4)."""


class GameView(TypedDict):
    id: str
    kind: Literal["open", "exercise"]
    cast: str
    strict: bool
    reading: str
    """Who else may read rooms: `never`, `after the end` or `live` the facilitator (rule 5.2)."""
    host: str | None
    """Member id of the host of an open game."""
    formal: Literal["delegates", "head"]
    """Whose formal acts count at once: those of every delegate, or the head's alone (rule 1.4)."""
    pace: Literal["live", "slow"]
    policy: Literal["deputy", "silent", "bot", "ask"]
    """What becomes of a seat that its people leave, unless the seat has a policy of its own (rule 1.6)."""


class ClockView(TypedDict):
    status: Literal["lobby", "running", "paused", "ended"]
    phase: str
    phase_ends_at: int | None
    """None in the lobby and at the end; while paused the moment it would end if play resumed at `paused_at`."""
    paused_at: int | None
    fallback: FallbackView | None
    asked: AskedView | None


class FallbackView(TypedDict):
    """Running only between a leaders' session without a text and the end (rule 8.1)."""

    put_by: int
    """From then on the server puts the fallback under silence itself."""
    ends_at: int


class MemberView(TypedDict):
    id: str
    name: str
    """Text id."""
    role: Literal["head", "delegate", "adviser"]
    away: bool
    """Nobody has seen them connected for a minute."""
    acting_head: bool
    """Signs for the delegation while its head is away (rule 1.4)."""


class SeatView(TypedDict):
    members: list[MemberView]
    player: Literal["people", "facilitator", "bot", "deputy", "silent"]
    """Who plays the seat now (rule 1.6: that a seat is played by a stand-in is public)."""
    policy: Literal["deputy", "silent", "bot", "ask"]


class FoldedView(TypedDict):
    source: str
    """A draft or an amendment."""
    issues: list[str]


class RevisionView(TypedDict):
    package: Package
    at: int
    amendment: str | None
    """The amendment it took in, if it did."""
    folded: FoldedView | None
    """The language that the chair folded into it, if it did (rule 2.3)."""


class DraftView(RevisionView):
    """A draft as it stands: its latest revision, with what belongs to the draft as a whole."""

    id: str
    author: str
    revision: int
    cosponsors: list[str]
    status: Literal["open", "withdrawn"]
    tabled_at: int
    history: list[RevisionView]
    """Earlier revisions, first to last, without the current one."""
    fallback: bool


class AmendmentView(TypedDict):
    id: str
    draft: str
    revision: int
    proposer: str
    changes: Package
    note: str | None
    status: Literal["open", "accepted", "partly", "declined", "withdrawn"]
    accepted: list[str]
    """The issues that were taken in."""
    at: int


class PositionView(TypedDict):
    position: PositionName
    revision: int
    """Older than the draft's revision: the position is stale, not gone (rule 3.2)."""
    issues: list[str]
    reason: str | None
    lift: str | None
    at: int


class AlternativeView(TypedDict):
    option: str
    seats: list[str]
    """Publicly behind it: authors, proposers, cosponsors (rule 2.4)."""
    sources: list[str]
    """Ids of the drafts and amendments that carry it."""


class ParagraphView(TypedDict):
    issue: str
    option: str
    seats: list[str]
    alternatives: list[AlternativeView]


class FloorView(TypedDict):
    basis: str | None
    named_by_chair: bool
    paragraphs: list[ParagraphView]


class RungView(TypedDict):
    rung: RungName
    issues: list[str]
    text: str | None
    at: int


class SilenceView(TypedDict):
    draft: str
    revision: int
    opened_by: str | None
    """None: the server put the fallback."""
    opened_at: int
    deadline: int
    extended: bool
    fallback: bool
    rungs: dict[str, RungView]
    """By seat; a seat that is not listed has said nothing, which is consent."""


class ClosedSilenceView(TypedDict):
    draft: str
    revision: int
    result: Literal["held", "broken", "cancelled"]
    at: int
    objection: str | None
    reason: str | None
    rungs: dict[str, RungView]


class ObjectionView(TypedDict):
    id: str
    seat: str
    draft: str
    revision: int
    issues: list[str]
    reason: str
    lift: str
    lifted_by: list[str]
    """What would lift it by itself: `deal:<id>`, `inject:<id>` (rule 4.5)."""
    titles: dict[str, str]
    """Titles of those, by the same names."""
    lifted: bool
    """Whether one of them has happened: the objection no longer bars its text."""
    withdrawn: bool
    at: int


class PollView(TypedDict):
    id: str
    draft: str
    revision: int
    closes_at: int


class PollResultView(TypedDict):
    id: str
    draft: str
    revision: int
    answers: dict[str, PositionName]


class MessageView(TypedDict):
    seat: str | None
    """None: the facilitator or the press."""
    member: str | None
    """None: a stand-in or the facilitator. Without a seat: who of `press` it was."""
    at: int
    text: str
    refs: list[str]
    """Ids of drafts, amendments, objections, issues: `draft:d1`, `issue:reform`, ..."""


class RoomView(TypedDict):
    seats: list[str]
    readers: list[str]
    """Who can read it beside its seats: `facilitator`, `facilitator after the end`, and `everybody if it is opened`
    after the game; or nobody."""
    messages: list[MessageView]


class AdoptionView(TypedDict):
    draft: str
    revision: int
    package: Package
    at: int
    fallback: bool
    rungs: dict[str, RungView]
    communique: CommuniqueView
    """The text as it is printed."""


class ScoreView(TypedDict):
    value: float
    terms: dict[str, float]
    """Every term's points before bounds and caps, those of 0 too; with several groups as `group.term`."""
    capped_by: list[str]
    """Ids of the caps that held the value down."""
    groups: NotRequired[dict[str, float]]


class TermView(TypedDict):
    """Which remark a term of a score encodes."""

    section: str
    note: str


class PointTermsView(TypedDict):
    """Where a delegation's points come from."""

    issues: dict[str, float]
    most: dict[str, float]
    """The most that each issue could have given."""
    signed: dict[str, float]
    """`deal.<id>`, `complement.<id>`, `soft_line.<id>`, `broken_silence`, `inject_<n>` and the seat's own terms."""


class ResultView(TypedDict):
    """A delegation against its own instructions (rule 8.7)."""

    points: int
    reservation: int
    breaks_without_cause: int
    consented_across: list[str]
    deals: list[str]
    """Deals that it signed and that came into force; their points are counted."""
    promises: dict[str, int]
    """How many of its own promises were `kept`, `broken`, `never_tested`."""
    terms: PointTermsView
    total: int


class WorthView(TypedDict):
    """What a text is worth by the brief's six considerations, with the figures beside them."""

    scores: dict[str, ScoreView]
    mean: float
    figures: dict[str, ScoreView]
    """Figures of the scenario that are shown beside its scores."""
    benchmark: str
    """The brief's minimum: `met`, `arguable` or `below`."""
    checklist: dict[str, bool]


class QuestionView(TypedDict):
    """What the aftermath asks of the text in a world (rules 8.3, 8.4)."""

    id: str
    title: str
    section: str
    answer: str
    """Id of the answer: in Vilnius `yes`, `no` or `open`."""
    sentence: str


class EndingOfWarView(TypedDict):
    title: str
    story: str
    page: list[str]
    """The story of a page, in paragraphs (rule 8.6): what the text came to in this world."""
    chance: int
    """Per cent, rounded down."""
    scores: dict[str, float]
    mean: float
    terms: dict[str, ScoreView]
    """The same scores with every term, as they come out in this world."""
    figures: dict[str, ScoreView]
    questions: list[QuestionView]
    refusals: dict[str, list[str]]
    """Allies that would refuse accession in that world, with the reasons that decide it (rule 8.5)."""
    ratified: list[str]
    """All other allies of the scenario; nobody where no text was adopted."""


class ProspectsView(TypedDict):
    """The same over all endings, so that a lucky draw is not mistaken for a good deal (rule 8.6). In per cent."""

    answers: dict[str, dict[str, int]]
    """By question: how likely each answer was."""
    ratifies: dict[str, int]
    """By ally: how likely it was to ratify."""
    all_ratify: int
    mean: float
    """The mean of the considerations, each ending weighed by its chance; 0..100."""


class HistoricalComplementView(TypedDict):
    id: str
    title: str
    mode: str | None
    status: str | None
    signers: list[str]


class LaterFactView(TypedDict):
    date: str
    text: str


class HistoryView(WorthView):
    """What really happened, judged like a text of the table's own."""

    package: Package
    title: str
    why: dict[str, str]
    """By issue: why we read the record so."""
    confidence: dict[str, str]
    """By issue: H, M or L; S is stylised."""
    complements: list[HistoricalComplementView]
    deals: list[str]
    """Titles of the side deals that were made."""
    promised_deals: list[str]
    against_the_brief: list[str]
    later: list[LaterFactView]


class BetrayalView(TypedDict):
    """A deal that paid the seat, and the silence it broke on what the deal had lifted (rule 6.4)."""

    deal: str
    seat: str
    objection: str
    lines: list[str]


class OpenedView(ResultView):
    """A delegation's result and lines, once they have been opened."""

    red_lines: list[str]
    betrayals: list[BetrayalView]
    """The deals it betrayed."""


class OutcomeView(WorthView):
    ending: Literal["adopted", "fallback", "deadlock", "ended"]
    package: Package
    adopted: bool
    breaks: int
    world: str
    """How the world went on: the outcome that was drawn."""
    worlds: dict[str, EndingOfWarView]
    prospects: ProspectsView
    history: HistoryView
    explained: dict[str, dict[str, TermView]]
    """By score or figure, then by term as `terms` names it."""
    titles: dict[str, str]
    """Titles of scores, figures, checklist marks, benchmark grades and grounds, by id; names of allies not seated."""
    opened: dict[str, OpenedView]
    """Results of the delegations, once the facilitator (or, in an open game, the host) has opened them."""


class RecordEntry(TypedDict):
    at: int
    by: str | None
    """The seat that acted."""
    member: str | None
    stand_in: bool
    undone: bool
    """The game was taken back to before it (rule 10)."""
    type: str
    """The event type; its own fields stand beside it under `event`."""
    event: dict[str, Any]


# --- trade (rules 6.1 to 6.4)


class DealView(TypedDict):
    """A side deal as one of its signers sees it: its own side only (rule 6.2)."""

    id: str
    title: str
    text: str
    section: str
    signers: list[str]
    """Who must sign in this cast, in table order."""
    gives: str
    gets: str
    points: int
    """Signed points for the viewer's own delegation."""
    lifts: dict[str, list[str]]
    """Red lines (or `path_not_acceptable`) that look at it, by seat: the viewer's own; for the facilitator all."""
    in_force_at: int | None
    public: bool
    """Whether everybody will read of it once it is signed."""


class OfferView(TypedDict):
    """Named deals that come into force together when all their parties have signed."""

    id: str
    by: str
    deals: list[str]
    titles: dict[str, str]
    """Title of each deal, also of one that the viewer does not sign itself."""
    parties: list[str]
    signed: list[str]
    counter_to: str | None
    note: str | None
    status: Literal["open", "in_force", "declined", "withdrawn", "overtaken"]
    declined_by: str | None
    reason: str | None
    at: int


class PromiseFormView(TypedDict):
    """What can be checked of a promise from the log."""

    kind: Literal["will_not_object", "will_support", "will_cosponsor", "will_sign"]
    options: Package
    """The options that a draft must carry for the promise to speak of it; empty for `will_sign`."""
    deal: str | None
    complement: str | None


class PromiseView(TypedDict):
    id: str
    by: str
    to: str
    text: str | None
    form: PromiseFormView | None
    until: str | None
    """Phase at whose end it is judged; None is the end of the summit."""
    at: int
    verdict: Literal["open", "kept", "broken", "never_tested"] | None
    """None for free text, which is not judged."""


class TradeView(TypedDict):
    """The ledger: deals that the delegation may sign, offers it is party to, promises it made or was made."""

    deals: dict[str, DealView]
    offers: dict[str, OfferView]
    promises: dict[str, PromiseView]


class PublicDealView(TypedDict):
    """A deal in force that others' instructions look at, or that an objection has named (rules 4.5, 6.2)."""

    deal: str
    title: str
    signers: list[str]
    at: int


# --- complements (rule 6.5)


class ComplementFormView(TypedDict):
    mode: str | None
    title: str
    text: str
    rule: str
    """Who must sign, in words."""


class ComplementDescription(TypedDict):
    id: str
    title: str
    text: str
    section: str
    forms: list[ComplementFormView]
    may_promise_defence: bool
    congress_test: str | None
    """The test of a legislature in words, where there is one."""


class SheetView(TypedDict):
    """One form of a complement as it lies open for signature: a mode, with or without a promise to fight."""

    mode: str | None
    defence: bool
    signers: list[str]
    """In the order of the table."""
    missing: str
    """What its rule still waits for, in words; empty once it is met."""
    in_force: bool


class VoteView(TypedDict):
    """A legislature's vote as it was drawn."""

    dice: list[int]
    bonus: int
    pass_at: int
    passed: bool


class InForceView(TypedDict):
    mode: str | None
    defence: bool
    strength: int
    """Per cent."""


class ComplementView(TypedDict):
    sheets: list[SheetView]
    vote: VoteView | None
    in_force: InForceView | None


# --- news and the world (rules 7.2, 7.3)


class WorldVariableView(TypedDict):
    id: str
    title: str
    value: str | bool


class WorldView(TypedDict):
    title: str
    story: str
    variables: list[WorldVariableView]


class NewsView(TypedDict):
    """An inject as it reached everybody. `headline` and `news` are the scenario's words.

    `name` (a headline) and `text` are ids of a facilitator's own: where they stand, the scenario's words are empty.
    """

    inject: str
    headline: str
    date: str
    news: str | None
    name: str | None
    text: str | None
    at: int


class ChangedInstruction(TypedDict):
    """One change of a delegation's own instructions, with its parameters by kind:

    salience: dimension, title, by · preference: order · acceptable: options · red_line: red_line, held, title,
    sentence · points: points, when (in words, or nothing) · revision: change (issue to option), for the chair alone.
    """

    kind: Literal["salience", "preference", "acceptable", "red_line", "points", "revision"]
    params: dict[str, Any]


class NoteView(NewsView):
    """An inject that reached this delegation, with what it changes for it: a note from its capital."""

    changes: list[ChangedInstruction]
    until: Literal["next_phase"] | None
    over: bool


class ForeseenView(TypedDict):
    """Something that may happen outside the room, and that an objection may wait for (rule 4.5)."""

    id: str
    title: str


# --- the delegation (rules 1.3 to 1.6)


class PendingActView(TypedDict):
    """A formal act that waits for the head of delegation's signature."""

    id: str
    seat: str
    member: str
    """Who prepared it."""
    command: dict[str, Any]
    at: int
    until: int | None
    """The deadline after which it is too late, under silence."""


class AgreedView(TypedDict):
    """What a delegation agreed inside and still holds to."""

    id: str
    seat: str
    member: str | None
    """Who put it down."""
    text: str
    at: int


# --- the text as it is printed (rule 2.2)


class CommuniqueParagraphView(TypedDict):
    number: int
    issue: str
    sentence: str
    footnotes: list[int]


class FootnoteView(TypedDict):
    number: int
    seat: str
    issues: list[str]
    paragraphs: list[int]
    """Numbers of the paragraphs on these issues; an issue that the text is silent on has none."""
    text: str


class StatementView(TypedDict):
    seat: str
    text: str


class CommuniqueView(TypedDict):
    """An adopted text with everything that was said of it. `text` fields of notes and statements are text ids."""

    title: str
    opening: str
    paragraphs: list[CommuniqueParagraphView]
    statements: list[StatementView]
    footnotes: list[FootnoteView]
    associated: list[str]


# --- what a facilitator sees (section 10)


class InjectPlanView(TypedDict):
    id: str
    title: str
    name: str | None
    """Text id of the headline of an inject that a facilitator wrote."""
    date: str
    part: str
    news: str
    text: str | None
    """Text id of a facilitator's words, in place of `news`."""
    to: list[str]
    """Seats, or nothing for everybody."""
    effects: list[dict[str, Any]]
    until: Literal["next_phase"] | None
    trigger: dict[str, Any]
    status: Literal["waiting", "held", "skipped", "fired"]
    due_at: int | None


class AskedView(TypedDict):
    """The clock stands still: what is to become of a seat that nobody plays (rule 1.6)?"""

    seat: str
    until: int


class MomentView(TypedDict):
    """A moment to which the game can be taken back."""

    seq: int
    at: int
    type: str
    phase: str


class LineView(TypedDict):
    id: str
    title: str
    sentence: str
    """In the words of the seat's own brief."""
    section: str


class BriefView(TypedDict):
    markdown: str
    aims: list[dict[str, str]]
    """issue, option, sentence"""
    paths: str
    """Which ways in the delegation can live with, as a sentence."""
    red_lines: list[LineView]
    ideal: Package
    salience: dict[str, int]
    changed: list[str]
    """What the capital has changed since the start, by now in all of the above: `salience:<dimension>`,
    `red_line:<id>` (given or taken), `preference`, `acceptable`, `points`."""


class AnnotationView(TypedDict):
    """What a facilitator wrote beside a moment: the number of the log's event after which it belongs, and its time."""

    moment: int
    moment_at: int
    text: str
    at: int


class FacilitationView(TypedDict):
    injects: list[InjectPlanView]
    betrayals: list[BetrayalView]
    """Deals whose paid signers broke silence on what had been lifted (rule 6.4)."""
    place: str | None
    """The seat whose place the facilitator has taken."""
    annotations: list[AnnotationView]


class PressView(TypedDict):
    name: str
    """Text id."""


class OpenedInstructionsView(BriefView):
    """What a delegation was sent with; `reservation` is its points of ending without a text."""

    reservation: int


class OpenedPromiseView(TypedDict):
    by: str
    to: str
    text: str | None
    kind: str | None
    """The form that could be checked, if it had one."""
    options: Package
    about: str | None
    """The deal or complement that was to be signed."""
    verdict: str | None
    at: int


class OpenedTradeView(TypedDict):
    deals: list[PublicDealView]
    promises: list[OpenedPromiseView]
    betrayals: list[BetrayalView]


class OpenedPartsView(TypedDict):
    """What was opened to all after the game, part by part; None: not opened."""

    instructions: dict[str, OpenedInstructionsView] | None
    trade: OpenedTradeView | None
    rooms: dict[str, RoomView] | None


class PublicView(TypedDict):
    game: GameView
    scenario: ScenarioView
    clock: ClockView
    seats: dict[str, SeatView]
    drafts: dict[str, DraftView]
    amendments: dict[str, AmendmentView]
    positions: dict[str, dict[str, PositionView]]
    """By draft, then seat."""
    floor: FloorView
    silence: SilenceView | None
    silences: list[ClosedSilenceView]
    objections: dict[str, ObjectionView]
    deals: list[PublicDealView]
    complements: dict[str, ComplementView]
    """Every complement of the scenario, signed or not."""
    world: WorldView
    news: list[NewsView]
    poll: PollView | None
    polls: list[PollResultView]
    rooms: dict[str, RoomView]
    """`plenary` and `dispatches`."""
    record: list[RecordEntry]
    adopted: AdoptionView | None
    outcome: OutcomeView | None
    press: dict[str, PressView]
    """Those who publish dispatches, by the id that their messages carry as `member`."""
    opened: OpenedPartsView | None


class RefusalView(TypedDict):
    code: str
    params: dict[str, Any]
    rule: str


Affordance = RefusalView | None
"""None: you may do it now. Otherwise why not."""


class AffordancesView(TypedDict):
    """What the viewer may do now and, if not, why. By command type; what hangs on a draft, by draft."""

    acts: dict[str, Affordance]
    drafts: dict[str, dict[str, Affordance]]
    amendments: dict[str, dict[str, Affordance]]
    objections: dict[str, dict[str, Affordance]]
    pending: dict[str, dict[str, Affordance]]
    """Prepared acts of the viewer's own delegation."""
    offers: dict[str, dict[str, Affordance]]
    """Open offers to which the viewer is a party."""
    deals: dict[str, dict[str, Affordance]]
    """Deals that the viewer may sign: whether it may offer them now."""
    complements: dict[str, dict[str, Affordance]]
    injects: dict[str, dict[str, Affordance]]
    """The facilitator's list, without what has come."""


class YouView(TypedDict):
    kind: Literal["seat", "facilitator", "press", "projector", "spectator", "lobby"]
    seat: str | None
    member: str | None
    """Who of the delegation this is, or who of `press`."""
    role: str | None
    host: bool
    signs: bool
    """Whether the viewer's formal acts count at once; else they are prepared for the head (rule 1.4)."""


class CrossingView(TypedDict):
    line: str
    """A red line's id, or `path_not_acceptable`."""
    issues: list[str]


class AppraisalView(TypedDict):
    """What a package is worth to the viewer's own delegation, by its own lights."""

    revision: int
    points: int
    before: int | None
    """The revision before this one, by the instructions and the circumstances of now; None when there is none."""
    crosses: list[CrossingView]


class UsView(TypedDict):
    reservation: int
    """Points of ending without a text."""
    drafts: dict[str, AppraisalView]
    result: ResultView | None


class SettledView(TypedDict):
    """A deal that the delegation signed, and without which the text would cross a line of its own."""

    deal: str
    issues: list[str]
    """To object to one of these betrays the deal (rule 6.4)."""


class StakesView(TypedDict):
    """What a running silence asks of an ally's own delegation: what comes of breaking it, what of letting it pass."""

    breaking: int
    """Points its capital takes off if it breaks now: with no line crossed and a text worth having (rule 8.7)."""
    consenting: int
    """Points its capital takes off if the text is adopted: where it crosses a line of the delegation's own."""
    promises: list[str]
    """Its promises that breaking would break (rule 6.3)."""
    deals: list[SettledView]


class TableView(TypedDict):
    """For the facilitator alone: every delegation's value of every open draft."""

    seats: dict[str, UsView]


class PrivateView(TypedDict):
    you: YouView
    brief: BriefView | None
    us: UsView | None
    stakes: StakesView | None
    rooms: dict[str, RoomView]
    confessionals: dict[str, dict[str, PositionView]]
    """Positions in confidence, by draft and seat: one's own; the chair's: all (rule 3.1)."""
    answer: PositionName | None
    """The viewer's own answer to the straw poll that is running."""
    record: list[RecordEntry]
    trade: TradeView | None
    can: AffordancesView
    table: TableView | None
    facilitation: FacilitationView | None
    pending: list[PendingActView]
    """Formal acts of the own delegation that wait for its head; to a facilitator those of all."""
    agreed: list[AgreedView]
    """What the own delegation agreed inside; read by whoever else may read what is said there (rule 5.2)."""
    notes: list[NoteView]
    """News to this delegation alone, and notes from its capital."""
    done_for_us: list[RecordEntry]
    """What a stand-in did in the delegation's name since its seat last fell vacant (rule 1.5)."""


class View(TypedDict):
    public: PublicView
    private: PrivateView
