"""The frames of the WebSocket, both ways. What cannot be parsed is answered with a place and a word, never echoed.

Frames are strict: no unknown field, no number in a string. The commands of people are the rules' own models, without
those that only the server may issue.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from game_rules import engine
from game_rules.messages import Command as AnyCommand
from game_rules.procedures import clock, press, rewinding, seating
from game_rules.procedures.talk import RoomName

FRAME_CHARACTERS = 16_384
"""The longest frame that is read at all."""

COMMAND_ID = r"^[A-Za-z0-9_.:\-]{1,64}$"

SERVER_ISSUED: tuple[type[AnyCommand], ...] = (
    seating.CreateGame,
    seating.JoinSeat,
    seating.DeclareVacant,
    seating.ReturnToSeat,
    seating.MarkAway,
    seating.MarkBack,
    clock.AdvanceClock,
    rewinding.ForkGame,
    press.AdmitPress,
)
"""Commands that rest on what only the server can see; nobody may send them."""

CLIENT_COMMANDS: tuple[type[AnyCommand], ...] = tuple(
    command for command in get_args(engine.Command) if command not in SERVER_ISSUED
)

if TYPE_CHECKING:
    ClientCommand: TypeAlias = engine.Command
else:
    ClientCommand = Annotated[functools.reduce(operator.or_, CLIENT_COMMANDS), Field(discriminator="type")]

COMMAND_TYPES = frozenset(get_args(command.model_fields["type"].annotation)[0] for command in CLIENT_COMMANDS)


class Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Resume(Frame):
    """Where the client stopped: a stream it was given, and how many updates of it it has."""

    stream: Annotated[str, Field(max_length=64)]
    after: Annotated[int, Field(ge=0)]


class Hello(Frame):
    """The first frame, within five seconds. `ticket` comes from POST /api/games/{game}/tickets.

    `packed`: the public half of a whole view is to come first, in a binary message of its own, compressed with gzip.
    """

    type: Literal["hello"]
    ticket: Annotated[str, Field(min_length=1, max_length=512)]
    resume: Resume | None = None
    packed: bool = False


class CommandFrame(Frame):
    """A wish. Sent again under the same id it has one effect and gets the same answer."""

    type: Literal["command"]
    command_id: Annotated[str, Field(pattern=COMMAND_ID)]
    command: ClientCommand


class Ping(Frame):
    """Answered with `pong`: to see that the line is alive, and what time the server has."""

    type: Literal["ping"]


class TypingHere(Frame):
    """Somebody writes in a room, named as in `post_message`. Never answered, never stored; at most every 3 seconds."""

    type: Literal["typing"]
    room: RoomName


ClientFrame: TypeAlias = Annotated[Hello | CommandFrame | Ping | TypingHere, Field(discriminator="type")]
CLIENT_FRAMES: TypeAdapter[Hello | CommandFrame | Ping | TypingHere] = TypeAdapter(ClientFrame)


class Malformed(Exception):
    """A frame that cannot be read. `pointer` is a JSON pointer to the place, `problem` a word for what is wrong."""

    def __init__(self, pointer: str, problem: str, command_id: str | None = None) -> None:
        super().__init__(problem)
        self.pointer = pointer
        self.problem = problem
        self.command_id = command_id

    def frame(self) -> str:
        return text(
            {"type": "malformed", "command_id": self.command_id, "pointer": self.pointer, "problem": self.problem}
        )


def parse(data: str) -> Hello | CommandFrame | Ping | TypingHere:
    """The frame in this text. Raises Malformed."""
    if len(data) > FRAME_CHARACTERS:
        raise Malformed("", "too_long")
    try:
        return CLIENT_FRAMES.validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise Malformed(json_pointer(first["loc"]), first["type"], _command_id(data)) from None


def json_pointer(place: Sequence[str | int]) -> str:
    """Pydantic's place as a JSON pointer: without the names of the models a union has tried."""
    steps = list(place)
    if steps and steps[0] in ("hello", "command", "ping", "typing"):
        del steps[0]
    if len(steps) > 1 and steps[0] == "command" and steps[1] in COMMAND_TYPES:
        del steps[1]
    # A key of the client's own making is not sent back to anybody.
    known = (step if isinstance(step, int) or re.fullmatch(r"[A-Za-z_]{1,40}", step) else "?" for step in steps)
    return "".join(f"/{step}" for step in known)


def _command_id(data: str) -> str | None:
    """The id in a frame that is otherwise wrong, so that its sender knows which one is meant."""
    try:
        frame: Any = from_json(data)
    except ValueError:
        return None
    command_id = frame.get("command_id") if isinstance(frame, dict) else None
    return command_id if isinstance(command_id, str) and re.fullmatch(COMMAND_ID, command_id) else None


# --- server to client -----------------------------------------------------------------------------------------------


class Welcome(Frame):
    """The ticket was good. `member` is who the sender is; None for those who only watch."""

    type: Literal["welcome"]
    server_time: int
    member: str | None


class ViewFrame(Frame):
    """The whole view: frame 0 of `stream`. `texts` are the texts behind its text ids; None: erased.

    To whoever asked for it packed, the public half and its texts came in the binary message right before.
    """

    type: Literal["view"]
    stream: str
    view: dict[str, Any]
    texts: dict[str, str | None]


class Operation(Frame):
    """One change, applied in order. `append` adds `values` to a list and keeps its last `keep`."""

    op: Literal["set", "remove", "append"]
    path: list[str]
    value: Any = None
    values: list[Any] | None = None
    keep: int | None = None


class Update(Frame):
    """What changed in one half of the view. Each counts one on the stream; a public one is the same for everybody."""

    type: Literal["update"]
    half: Literal["public", "private"]
    ops: list[Operation]
    texts: dict[str, str | None]


class Resumed(Frame):
    """The stream goes on after its update number `after`; the missed ones follow."""

    type: Literal["resumed"]
    stream: str
    after: int


class Ack(Frame):
    """The command was done; its events are committed."""

    type: Literal["ack"]
    command_id: str


class RejectedFrame(Frame):
    """The rules forbid it, and nothing changed. The sentence for `code` is in the client's catalogue."""

    type: Literal["rejected"]
    command_id: str
    code: str
    params: dict[str, Any]
    rule: str


class MalformedFrame(Frame):
    """The frame could not be read: `pointer` is the place, `problem` a word for what is wrong there."""

    type: Literal["malformed"]
    command_id: str | None
    pointer: str
    problem: str


class Unavailable(Frame):
    """Whether it was done is unknown, or it came too fast: send it again under the same id after that time."""

    type: Literal["unavailable"]
    command_id: str
    retry_after_ms: int


class Internal(Frame):
    """Our mistake. `incident` is its name in the server's log; nothing changed."""

    type: Literal["internal"]
    command_id: str | None
    incident: str


class Presence(Frame):
    """Which members have a socket now."""

    type: Literal["presence"]
    members: list[str]


class TypingFrame(Frame):
    """Somebody writes in a room that the receiver may read: a member, or the facilitator (no `member`). It holds for
    six seconds, or until they have said something."""

    type: Literal["typing"]
    room: str
    seat: str | None
    member: str | None


class Pong(Frame):
    type: Literal["pong"]
    server_time: int


class Goodbye(Frame):
    """The last frame. After `shutting_down` and `replaced` a client comes back by itself."""

    type: Literal["goodbye"]
    code: Literal["replaced", "revoked", "game_deleted", "shutting_down"]


ServerFrame: TypeAlias = Annotated[
    Welcome
    | ViewFrame
    | Update
    | Resumed
    | Ack
    | RejectedFrame
    | MalformedFrame
    | Unavailable
    | Internal
    | Presence
    | TypingFrame
    | Pong
    | Goodbye,
    Field(discriminator="type"),
]
SERVER_FRAMES: TypeAdapter[ServerFrame] = TypeAdapter(ServerFrame)


def text(frame: dict[str, Any]) -> str:
    return to_json(frame).decode()


def unavailable(command_id: str, retry_after_ms: int) -> str:
    return text({"type": "unavailable", "command_id": command_id, "retry_after_ms": retry_after_ms})


def internal(command_id: str | None, incident: str) -> str:
    return text({"type": "internal", "command_id": command_id, "incident": incident})


def refused(command_id: str, code: str, rule: str) -> str:
    """A refusal of the shell's own, in the form of the rules' ones."""
    return text({"type": "rejected", "command_id": command_id, "code": code, "params": {}, "rule": rule})


def goodbye(code: str) -> str:
    return text({"type": "goodbye", "code": code})


def presence(members: Sequence[str]) -> str:
    return text({"type": "presence", "members": list(members)})


def pong(server_time: int) -> str:
    return text({"type": "pong", "server_time": server_time})


def welcome(server_time: int, member: str | None) -> str:
    return text({"type": "welcome", "server_time": server_time, "member": member})
