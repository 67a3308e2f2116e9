"""The bodies of HTTP requests and answers. Requests are strict: no unknown field, no number in a string."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from game_rules.messages import NAME_MAX_CHARACTERS, AbsencePolicy, FormalActs, GameKind, Id, Name, Pace, ReadingRule, Role


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

    kind: Literal["host", "facilitator", "projector", "seat", "visitor"]
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


class LinkAnswer(Body):
    """`url` is told once, when the link is made: only a digest of it is kept."""

    id: str
    kind: Literal["host", "facilitator", "projector", "seat"]
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
    player: Literal["people", "bot", "deputy", "silent"]


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
    type: str | None
    by: str | None


class ReplayAnswer(Body):
    """The view after the caller's own `at`-th moment of `moments`."""

    at: int
    moments: int
    view: dict[str, Any]
    texts: dict[str, str | None]


class Health(Body):
    status: Literal["ok", "away"]
