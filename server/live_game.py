"""A game as this process shows it: the last moment shown, each viewer's frames, and who gets them.

Frames are a function of the log and the viewer alone: for each committed command at most one public update, the same
bytes for everybody, and at most one private update for each viewer whose view changed. Nothing here waits: frames go
into bounded outboxes. Nothing here reads the database: texts and steps are handed in.
"""

from __future__ import annotations

import gzip
import secrets
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic_core import to_json

from game_rules.procedures.talk import seats_in
from game_rules.state import GameState, Room
from game_rules.view import Operation, Viewer, Views, diff, may_read, text_ids
from game_rules.view.shape import PrivateView, PublicView
from server.bus.interface import Typing
from server.decider import Moment, Step
from server.standing import seat_of

RESUME_FRAMES = 256
"""Frames kept for each viewer; whoever missed more gets a fresh view."""

LINGER_SECONDS = 90.0
"""How long a viewer's frames are still worked out after the last socket went."""

STREAMS_KEPT = 32
"""Streams of one viewer that can be resumed: one for each tab and reload."""

PACKED_LEVEL = 6
"""Of gzip: two milliseconds for a full table, a fifth of its size."""

Texts = Mapping[str, str | None]


class Receiver(Protocol):
    """A socket's outbox."""

    def push(self, frame: str | bytes) -> None:
        """Takes a frame, or gives the socket up when it has too many already. Never waits."""
        ...

    def close(self, code: str) -> None:
        """Says goodbye and ends the socket."""
        ...


@dataclass(eq=False)
class Audience:
    """One viewer's frames, for as many sockets as it has.

    `frames` are the last updates, `count` how many there have been. A stream is a place in them at which a socket got
    a whole view: both ends count from there.
    """

    viewer: Viewer
    private: PrivateView
    receivers: list[Receiver] = field(default_factory=list)
    frames: deque[str] = field(default_factory=lambda: deque(maxlen=RESUME_FRAMES))
    count: int = 0
    streams: dict[str, int] = field(default_factory=dict)
    left_at: float | None = None

    def push(self, frame: str) -> None:
        self.frames.append(frame)
        self.count += 1
        for receiver in self.receivers:
            receiver.push(frame)

    def begin_stream(self) -> str:
        """A stream that begins with the view as it is now."""
        stream = secrets.token_urlsafe(9)
        self.streams[stream] = self.count
        while len(self.streams) > STREAMS_KEPT:
            del self.streams[next(iter(self.streams))]
        return stream

    def missed(self, stream: str, after: int) -> list[str] | None:
        """The updates of that stream after its `after`-th; None when they are not all here any more."""
        start = self.streams.get(stream)
        if start is None or not 0 <= after <= self.count - start:
            return None
        missing = self.count - (start + after)
        return list(self.frames)[-missing:] if 0 < missing <= len(self.frames) else None if missing else []


class Gap(Exception):
    """Steps are missing between what was shown and what was handed in."""


class LiveGame:
    """What this process shows of one game. Used in the event loop only."""

    def __init__(self, game: str, now: Moment, texts: dict[str, str | None]) -> None:
        assert now.state is not None
        self.game = game
        self.now = now
        self.texts = texts
        self.epoch = 0
        self._views = Views()
        self._public: PublicView = self._views.public(now.state)
        self._public_frame: tuple[str, str] | None = None
        self._public_packed: bytes | None = None
        self._shown = now
        self._audiences: dict[Viewer, Audience] = {}
        self._receivers: dict[Receiver, Audience] = {}

    @property
    def state(self) -> GameState:
        assert self.now.state is not None
        return self.now.state

    @property
    def audiences(self) -> Iterable[Audience]:
        return self._audiences.values()

    @property
    def receivers(self) -> Sequence[Receiver]:
        return tuple(self._receivers)

    # --- sockets ---------------------------------------------------------------------------------------------------

    def join(
        self, receiver: Receiver, viewer: Viewer, resume: tuple[str, int] | None = None, *, packed: bool = False
    ) -> None:
        """Gives the socket the updates it missed, or a whole view, and from now on every update.

        `packed`: the public half of a whole view goes ahead of it, compressed.
        """
        self._look_again()
        audience = self._audiences.get(viewer)
        if audience is None:
            audience = Audience(viewer, self._views.private(self.state, viewer))
            self._audiences[viewer] = audience
        missed = audience.missed(*resume) if resume else None
        if resume and missed is not None:
            stream, after = resume
            receiver.push(_text({"type": "resumed", "stream": stream, "after": after}))
            for frame in missed:
                receiver.push(frame)
        else:
            if packed:
                receiver.push(self._packed())
            receiver.push(self._view_frame(audience, whole=not packed))
        audience.receivers.append(receiver)
        audience.left_at = None
        self._receivers[receiver] = audience

    def leave(self, receiver: Receiver, now: float) -> None:
        """Forgets the socket. `now` is the loop's time: its viewer may come back soon and go on."""
        audience = self._receivers.pop(receiver, None)
        if audience is None:
            return
        audience.receivers.remove(receiver)
        if not audience.receivers:
            audience.left_at = now

    def forget_absent(self, now: float) -> None:
        """Stops working out frames for viewers who have been away for long."""
        for viewer, audience in list(self._audiences.items()):
            if audience.left_at is not None and now - audience.left_at > LINGER_SECONDS:
                self._forget(viewer)

    def _forget(self, viewer: Viewer) -> None:
        del self._audiences[viewer]
        self._views.forget(viewer)

    @property
    def empty(self) -> bool:
        return not self._audiences

    def broadcast(self, frame: str) -> None:
        """A frame beside the streams, for every socket."""
        for receiver in self._receivers:
            receiver.push(frame)

    def show_typing(self, typing: Typing) -> None:
        """A frame beside the streams for everybody who may read that room, but for whoever writes there."""
        frame = _text({"type": "typing", "room": typing.room, "seat": typing.seat, "member": typing.member})
        room = Room(typing.room, seats_in(typing.room))
        for audience in self._audiences.values():
            if not _is_the_writer(audience.viewer, typing) and may_read(self.state, audience.viewer, room):
                for receiver in audience.receivers:
                    receiver.push(frame)

    # --- moving on -------------------------------------------------------------------------------------------------

    def advance(self, steps: Iterable[Step]) -> None:
        """Shows what commands did, in the order of the log; steps shown before are passed over. Raises Gap."""
        for step in steps:
            if step.after.seq <= self.now.seq:
                continue
            if step.first_seq != self.now.seq + 1:
                raise Gap
            self._show(step)

    def _look_again(self) -> None:
        """Brings the public view up to now, after nobody looked at it for a while."""
        if self._shown is not self.now:
            self._public = self._views.public(self.state)
            self._forget_written()
            self._shown = self.now

    def _show(self, step: Step) -> None:
        before, self.now = self.state, step.after
        if self.state.members is not before.members:
            self._part_with_those_who_left()
        if self._audiences:
            self._look_at(self.state)

    def _part_with_those_who_left(self) -> None:
        """Whoever has no seat any more does not see what it sees any more: they come back as what they are now."""
        for viewer, audience in list(self._audiences.items()):
            actor = viewer.actor
            if actor is None or actor.kind != "member" or seat_of(self.state, actor.id) == actor.seat:
                continue
            for receiver in tuple(audience.receivers):
                del self._receivers[receiver]
                receiver.close("replaced")
            self._forget(viewer)

    def _look_at(self, state: GameState) -> None:
        """Works out what changed, once for everybody and once for each viewer."""
        public = self._views.public(state)
        if changes := diff(self._public, public):
            frame = self._update("public", changes)
            for audience in self._audiences.values():
                audience.push(frame)
            self._forget_written()
        for audience in self._audiences.values():
            private = self._views.private(state, audience.viewer)
            if private is not audience.private and (changes := diff(audience.private, private)):
                audience.push(self._update("private", changes))
            audience.private = private
        self._public, self._shown = public, self.now

    def _update(self, half: str, changes: Sequence[Operation]) -> str:
        return _text({"type": "update", "half": half, "ops": changes, "texts": self.texts_of(changes)})

    def texts_of(self, value: Any) -> dict[str, str | None]:
        """The texts whose ids appear in a piece of a view, by id and in its order; None for the erased."""
        return {id: self.texts.get(id) for id in text_ids(value)}

    def _view_frame(self, audience: Audience, *, whole: bool) -> str:
        """A view: all of it, or without the public half."""
        public, texts = self._written() if whole else ("", "")
        half = f'"public":{public},' if whole else ""
        own_texts = _inside(self.texts_of(audience.private))
        return (
            f'{{"type":"view","stream":"{audience.begin_stream()}",'
            f'"view":{{{half}"private":{_text(audience.private)}}},'
            f'"texts":{{{",".join(part for part in (texts, own_texts) if part)}}}}}'
        )

    def _written(self) -> tuple[str, str]:
        """The public half and its texts, written once for everybody who asks at the same moment."""
        if self._public_frame is None:
            self._public_frame = (_text(self._public), _inside(self.texts_of(self._public)))
        return self._public_frame

    def _packed(self) -> bytes:
        """The same, compressed. Only of what everybody at the table sees may the length be told."""
        if self._public_packed is None:
            public, texts = self._written()
            content = f'{{"public":{public},"texts":{{{texts}}}}}'
            self._public_packed = gzip.compress(content.encode(), PACKED_LEVEL, mtime=0)
        return self._public_packed

    def _forget_written(self) -> None:
        self._public_frame = self._public_packed = None


def _is_the_writer(viewer: Viewer, typing: Typing) -> bool:
    if typing.member is None:
        return viewer.sees_everything
    return viewer.actor is not None and viewer.actor.id == typing.member


def _text(value: Any) -> str:
    return to_json(value).decode()


def _inside(value: Mapping[str, Any]) -> str:
    """The members of a JSON object, without its braces."""
    return _text(value)[1:-1]
