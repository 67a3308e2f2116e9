"""What commands and events have in common, and who may act.

A command is a wish (`BreakSilence`), an event a fact (`SilenceBroken`). Both are frozen pydantic models with a
`type` that tells them apart on the wire and in the log. Free text never enters the core: the shell stores it in the
side table and hands in its id (rule 5.4), so a field named in `texts` holds a text id here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

SeatId = str
MemberId = str
DraftId = str
IssueId = str
OptionId = str
TextId = str
Milliseconds = int

MESSAGE_MAX_CHARACTERS = 4_000
REASON_MAX_CHARACTERS = 1_000
NAME_MAX_CHARACTERS = 60

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:+\-]+$")]
Reference = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_.:+\-]+$")]
"""An id that may spell out who is in on it, with the kind before it: an offer to a table of thirty names them all."""
Message = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MESSAGE_MAX_CHARACTERS)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON_MAX_CHARACTERS)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_MAX_CHARACTERS)]

Role = Literal["head", "delegate", "adviser"]
AbsencePolicy = Literal["deputy", "silent", "bot", "ask"]
GameKind = Literal["open", "exercise"]
ReadingRule = Literal["never", "after the end", "live"]
FormalActs = Literal["delegates", "head"]
Pace = Literal["live", "slow"]

ActorKind = Literal["member", "facilitator", "press", "bot", "deputy", "timer", "server"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wishes a command. The shell takes it from the session, never from the payload.

    `id` is the member's, facilitator's or timer's own; a bot or deputy is named by its seat. `seat` is None for
    facilitators, timers, the server, and a host who has not sat down.
    """

    kind: ActorKind
    id: str
    seat: SeatId | None = None

    @property
    def key(self) -> str:
        """Identifies the actor in the log: (game, actor key, command id) is unique."""
        return f"{self.kind}:{self.id}"

    @property
    def is_stand_in(self) -> bool:
        return self.kind in ("bot", "deputy")


SERVER = Actor("server", "server")


def bot(seat: SeatId) -> Actor:
    return Actor("bot", seat, seat)


def deputy(seat: SeatId) -> Actor:
    return Actor("deputy", seat, seat)


class Command(BaseModel):
    """A wish. `texts` names the fields that carry free text; `formal_act` marks what binds a delegation (1.4)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    texts: ClassVar[tuple[str, ...]] = ()
    formal_act: ClassVar[bool] = False


class Everyone:
    """The audience of what is public."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The audience of what only some delegations know. The facilitator always belongs to it; nobody else does."""

    seats: frozenset[SeatId]


EVERYONE = Everyone()
NOBODY = Seats(frozenset())
Audience = Everyone | Seats


def only(*seats: SeatId) -> Audience:
    return Seats(frozenset(seats))


class Event(BaseModel):
    """A fact. Every type says who may know it; there is no default but nobody (rule 9.1).

    `told` marks the events that a viewer in the audience reads about in the record of the meeting.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    texts: ClassVar[tuple[str, ...]] = ()
    told: ClassVar[bool] = True

    def audience(self) -> Audience:
        return NOBODY
