"""The bodies of HTTP requests and answers. Requests are strict: no unknown field, no number in a string."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from game_rules.messages import (
    NAME_MAX_CHARACTERS,
    AbsencePolicy,
    FormalActs,
    GameKind,
    Id,
    Name,
    Pace,
    ReadingRule,
    Role,
)
from game_rules.view.shape import RecordEntry
from server.store.interface import LinkKind, SessionKind


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Token = Annotated[str, Field(min_length=1, max_length=64)]


class NewGame(Body):
    """An open game is run by a host who plays; an exercise by a facilitator who does not."""

    scenario: Annotated[str, Field(min_length=1, max_length=64)]
    cast: Id
    kind: GameKind
    clock_minutes: int
    strict: bool = False
    policy: AbsencePolicy = "deputy"
    reading: ReadingRule = "after the end"
    formal: FormalActs = "delegates"
    pace: Pace = "live"
    """The clock of a slow game is in minutes as well: days times 1,440."""
    name: Annotated[str, Field(max_length=NAME_MAX_CHARACTERS)] | None = None


class GameLinks(Body):
    """Addresses with a token in the fragment. One of `host` and `facilitator` is there."""

    host: str | None = None
    facilitator: str | None = None
    projector: str
    join: str


class CreatedGame(Body):
    game: str
    code: str
    links: GameLinks


class SessionRequest(Body):
    token: Token


class SessionAnswer(Body):
    """Who the browser is now. `invited_to` is the seat a link is for; `seat` where the person sits already."""

    kind: SessionKind
    member: str
    seat: str | None
    invited_to: str | None


class Claim(Body):
    """To sit down. `token` or `code` when there is no session yet."""

    seat: Id
    name: Name
    token: Token | None = None
    code: Token | None = None
    role: Role | None = None
    """What they would be in the delegation; the first heads it, and a link that says what they are decides."""


class Claimed(Body):
    member: str
    seat: str


class Ticket(Body):
    ticket: str


class NewLink(Body):
    """`role` is what whoever comes by a link for a seat will be in the delegation."""

    seat: Id | None = None
    role: Role | None = None
    kind: Literal["seat", "projector", "press", "spectator"] | None = None
    """What the link lets in: without it a seat, where one is named, else a projector. Press and spectators see what
    is public; the press may publish dispatches."""

    @model_validator(mode="after")
    def _a_seat_is_for_a_seat(self) -> Self:
        if (self.seat is not None) != (self.kind == "seat") and (self.kind is not None):
            raise ValueError("a link for a seat names it, and no other does")
        return self


class LinkAnswer(Body):
    """`url` is told once, when the link is made: only a digest of it is kept."""

    id: str
    kind: LinkKind
    seat: str | None
    created_at: int
    revoked: bool
    role: Role | None = None
    url: str | None = None


class GameOfCode(Body):
    game: str


class LobbySeat(Body):
    id: str
    name: str
    flag: str | None
    kind: Literal["voting", "chair", "principal", "observer"]
    taken_by: int
    player: Literal["people", "facilitator", "bot", "deputy", "silent"]


class Lobby(Body):
    title: str
    scenario: str
    scenario_title: str
    cast: str
    kind: GameKind
    status: Literal["lobby", "running", "paused", "ended"]
    reading: ReadingRule
    code: str
    seats: list[LobbySeat]
    you: SessionAnswer | None


class CastSummary(Body):
    id: str
    title: str
    seats: list[str]
    voting: int


class TranslatedText(Body):
    """What a scenario says in another language, and the English it is the translation of.

    A game keeps the scenario it began with: where that says something else in English by now, the translation is not
    of its words.
    """

    of: str
    says: str


class ScenarioSummary(Body):
    slug: str
    title: str
    summary: str
    casts: list[CastSummary]
    clock_minutes: dict[Literal["least", "most", "usual"], int]
    clock_days: dict[Literal["least", "most", "usual"], int]
    """Of a slow game."""


class AppraisalRequest(Body):
    """A package to be judged by one's own lights. What it leaves out is taken from the draft `base`."""

    package: Annotated[dict[Id, Id], Field(max_length=64)]
    base: Id | None = None


class ReplayMoment(Body):
    n: int
    at: int
    entry: RecordEntry | None
    """What the caller read in the record about it, if anything."""
    undone: bool
    """The game was taken back to before it."""


class LandmarkAnswer(Body):
    """A moment to which the game can be taken back: `seq` is its name, the number of an event of the log."""

    seq: int
    at: int
    type: str
    phase: str


class NewFork(Body):
    moment: Annotated[int, Field(ge=1)]


class Roster(Body):
    """A list of people: `name,seat,role` a line, or a JSON object with these fields; the role may be left out."""

    format: Literal["csv", "jsonl"] = "csv"
    text: Annotated[str, Field(min_length=1, max_length=48_000)]


class InvitedPerson(Body):
    """`url` is told this once."""

    name: str
    seat: str
    role: Role | None
    link: str
    url: str


class Invitations(Body):
    invited: list[InvitedPerson]


class Deletion(Body):
    confirm: Annotated[str, Field(min_length=1, max_length=NAME_MAX_CHARACTERS)]


class Admission(Body):
    """The name under which somebody of the press publishes."""

    name: Name


class OwnAnnotation(Body):
    """`n` is the caller's own moment beside which it stands, `at` the time of what it is about, `text` a text id."""

    n: int
    at: int
    text: str


class OwnAnnotations(Body):
    annotations: list[OwnAnnotation]
    texts: dict[str, str | None]


class ReplayAnswer(Body):
    """The view after the caller's own `at`-th moment of `moments`."""

    at: int
    moments: int
    view: dict[str, Any]
    texts: dict[str, str | None]


class Talk(Body):
    """Messages of one room as they stand in a view, the newest last. `complete`: nothing was said before the first."""

    messages: list[dict[str, Any]]
    texts: dict[str, str | None]
    complete: bool


class Health(Body):
    status: Literal["ok", "away"]
