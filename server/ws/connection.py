"""One socket: its gate, its bounded outbox, and the loop that reads it.

Whoever sends to it never waits: frames go into the outbox, a task of its own writes them. A socket that does not read
is given up, and its client comes back and is sent a fresh view.
"""

from __future__ import annotations

import asyncio
import time
import types
from collections import deque
from collections.abc import Coroutine, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from starlette.types import Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server import metrics
from server.access import Access, NoAccess, now_ms
from server.decider import AnotherBody, Forbidden, Verdict
from server.game_service import RETRY_AFTER_MS, Broken, GameService
from server.settings import Settings
from server.standing import actor_of, viewer_of
from server.store.interface import DatabaseAway, GameId, GameUnknown, Session
from server.texts import EmptyText, TextsErased
from server.ws import frames
from server.ws.hub import Hub

log = structlog.get_logger(__name__)

CONNECTED: Final = WebSocketState.CONNECTED

HELLO_SECONDS = 5.0
TYPING_SECONDS = 3.0
"""One socket says at most so often that somebody writes."""
OUTBOX_FRAMES = 128
OUTBOX_CHARACTERS = 256 * 1024

# Why the server ended a socket, as WebSocket close codes; docs/protocol.md explains them to clients.
MALFORMED_HELLO: Final = 4400
BAD_TICKET: Final = 4401
REVOKED: Final = 4403
GAME_DELETED: Final = 4404
NO_HELLO: Final = 4408
REPLACED: Final = 4409
RESYNC: Final = 4413
TOO_FAST: Final = 4429
INTERNAL: Final = 1011
GOING_DOWN: Final = 1012

WATCHERS: Final = ("projector", "spectator")
"""Sessions that never act: who they are says nothing to their page."""

CODE_OF_GOODBYE = {
    "revoked": REVOKED,
    "game_deleted": GAME_DELETED,
    "replaced": REPLACED,
    "shutting_down": GOING_DOWN,
}


@dataclass
class TokenBucket:
    """Lets `burst` moves through at once and `rate` a second in the long run."""

    rate: float
    burst: float
    level: float = field(init=False)
    filled_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.level, self.filled_at = self.burst, time.monotonic()

    def take(self) -> float:
        """0 when there was a token; else the seconds until there is one."""
        now = time.monotonic()
        self.level = min(self.burst, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.level < 1:
            return (1 - self.level) / self.rate
        self.level -= 1
        return 0.0


class Outbox:
    """Frames on their way to one socket, bounded in number and size. Implements Receiver.

    A frame is written at once, in the caller's own step, as long as the line takes it; a task of the socket's own is
    woken only for what has to wait. Waking a task for every frame costs as much as sending it.
    """

    def __init__(self, websocket: WebSocket, send: Send) -> None:
        self._websocket = websocket
        self._send = send
        self._halted: tuple[Coroutine[Any, Any, None], Any] | None = None
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[str | bytes] = deque()
        self._characters = 0
        self._bell: asyncio.Future[None] | None = None
        self._end: int | None = None
        self.sending_since: float | None = None

    def push(self, frame: str | bytes) -> None:
        if self._end is not None:
            return
        # One frame alone may be longer than the bound: a whole view must be able to go out.
        full = len(self._waiting) >= OUTBOX_FRAMES or self._characters + len(frame) > OUTBOX_CHARACTERS
        if self._waiting and full:
            self.give_up("slow")
            return
        if not self._waiting and self.sending_since is None and self._websocket.client_state is CONNECTED:
            self._begin(frame)
            return
        self._waiting.append(frame)
        self._characters += len(frame)
        self._ring()

    def _begin(self, frame: str | bytes) -> None:
        """Sends a frame as far as it goes without waiting; the rest is the writer's."""
        sending = self._send(_message(frame))
        try:
            halted_at = sending.send(None)  # type: ignore[attr-defined]
        except StopIteration:
            return  # written
        except Exception:
            self.finish(RESYNC)  # the client has gone; the reader hears of it too
            return
        self._halted = (sending, halted_at)  # type: ignore[assignment]
        self.sending_since = self._loop.time()
        self._ring()

    def close(self, code: str) -> None:
        self.push(frames.goodbye(code))
        self.finish(CODE_OF_GOODBYE[code])

    def finish(self, code: int) -> None:
        """Ends the socket once what waits has been sent."""
        if self._end is None:
            self._end = code
            self._ring()

    def give_up(self, reason: str) -> None:
        """Drops what waits; the client comes back and gets a fresh view."""
        metrics.SOCKETS_CUT.labels(reason).inc()
        self._waiting.clear()
        self.finish(RESYNC)

    def _ring(self) -> None:
        if self._bell is not None and not self._bell.done():
            self._bell.set_result(None)

    async def write(self) -> None:
        """Writes until the socket ends. Runs as the socket's own task."""
        while True:
            if self._halted is not None:
                await _rest_of(*self._halted)
                self._halted = None
            while self._waiting:
                frame = self._waiting.popleft()
                self._characters -= len(frame)
                # No timeout object for each frame: the hub looks once a second who has been sending for too long.
                self.sending_since = self._loop.time()
                await self._send(_message(frame))
            self.sending_since = None
            if self._end is not None:
                await self._websocket.close(self._end)
                return
            self._bell = self._loop.create_future()
            await self._bell


def _message(frame: str | bytes) -> dict[str, Any]:
    return {"type": "websocket.send", "text" if isinstance(frame, str) else "bytes": frame}


@types.coroutine
def _rest_of(sending: Coroutine[Any, Any, None], halted_at: Any) -> Generator[Any, Any, None]:
    """Goes on with a coroutine that was begun outside a task, from where it had to wait."""
    try:
        while True:
            try:
                sent = yield halted_at
            except BaseException as error:
                halted_at = sending.throw(error)
            else:
                halted_at = sending.send(sent)
    except StopIteration:
        return


class Connection:
    """A socket that was accepted, from hello to goodbye."""

    def __init__(
        self,
        websocket: WebSocket,
        send: Send,
        game: GameId,
        service: GameService,
        access: Access,
        hub: Hub,
        settings: Settings,
    ) -> None:
        self._websocket = websocket
        self._game = game
        self._service = service
        self._access = access
        self._hub = hub
        self._bucket = TokenBucket(settings.commands_per_second, settings.commands_burst)
        self._epoch = -1
        self._typed_at = float("-inf")
        self.outbox = Outbox(websocket, send)
        self.session: Session | None = None

    async def serve(self) -> None:
        """Serves the socket until either end closes it."""
        self._writer = writer = asyncio.create_task(self.outbox.write(), name="socket-writer")
        reader = asyncio.create_task(self._read(), name="socket-reader")
        try:
            # The writer ends when the outbox is closed, the reader when the client goes: either ends both.
            await asyncio.wait((writer, reader), return_when=asyncio.FIRST_COMPLETED)
            if reader.done() and self._websocket.client_state is CONNECTED:
                await asyncio.wait((writer,), timeout=HELLO_SECONDS)
        finally:
            for task in (reader, writer):
                task.cancel()
            await asyncio.gather(reader, writer, return_exceptions=True)
            self._leave()

    def abandon(self) -> None:
        """Ends a socket that takes no frame any more: what hangs in its writer is dropped."""
        self.outbox.give_up("stuck")
        self._writer.cancel()

    # --- the gate --------------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        with suppress(WebSocketDisconnect):
            hello = await self._hello()
            if hello is not None and await self._enter(hello):
                await self._take_commands()

    async def _hello(self) -> frames.Hello | None:
        try:
            frame = frames.parse(await asyncio.wait_for(self._receive(), HELLO_SECONDS))
        except TimeoutError:
            self.outbox.finish(NO_HELLO)
            return None
        except frames.Malformed as malformed:
            self.outbox.push(malformed.frame())
            self.outbox.finish(MALFORMED_HELLO)
            return None
        if not isinstance(frame, frames.Hello):
            self.outbox.push(frames.Malformed("/type", "hello_first").frame())
            self.outbox.finish(MALFORMED_HELLO)
            return None
        return frame

    async def _receive(self) -> str:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        data = message.get("text")
        if data is None:
            raise frames.Malformed("", "text_frames_only")
        return str(data)

    async def _enter(self, hello: frames.Hello) -> bool:
        """Lets the socket see the game, if its ticket is good."""
        try:
            session = await self._access.redeem(self._game, hello.ticket)
            live = await self._service.live(self._game)
            if session.seat is not None and session.member not in live.state.members:
                live = await self._service.refresh(self._game)  # they sat down at another process a moment ago
            self.outbox.push(frames.welcome(now_ms(), None if session.kind in WATCHERS else session.member))
            resume = (hello.resume.stream, hello.resume.after) if hello.resume else None
            await self._service.join(
                self._game, self.outbox, viewer_of(session, live.state), resume, packed=hello.packed
            )
            self.session = session
            await self._hub.arrived(self._game, self)
            await self._service.welcome_back(self._game, session.member)
        except NoAccess:
            self.outbox.finish(BAD_TICKET)
        except GameUnknown:
            self.outbox.close("game_deleted")
        except DatabaseAway:
            self.outbox.finish(GOING_DOWN)
        except Broken as broken:
            self.outbox.push(frames.internal(None, broken.incident))
            self.outbox.finish(INTERNAL)
        else:
            return True
        return False

    def _leave(self) -> None:
        self._service.leave(self._game, self.outbox)
        if self.session is not None:
            self._hub.left(self._game, self)

    # --- commands --------------------------------------------------------------------------------------------------

    async def _take_commands(self) -> None:
        """One command after another: the next is read when the last was answered."""
        while True:
            try:
                frame = frames.parse(await self._receive())
            except frames.Malformed as malformed:
                if not self._may_go_on():
                    return
                self.outbox.push(malformed.frame())
                continue
            if isinstance(frame, frames.CommandFrame):
                await self._command(frame)
            elif isinstance(frame, frames.Ping):
                self.outbox.push(frames.pong(now_ms()))
            elif isinstance(frame, frames.TypingHere):
                await self._typing(frame)
            else:
                self.outbox.push(frames.Malformed("/type", "hello_once").frame())

    async def _typing(self, frame: frames.TypingHere) -> None:
        """Passed on when it is time again, and else forgotten: nobody waits for it."""
        now = time.monotonic()
        if now - self._typed_at < TYPING_SECONDS:
            return
        self._typed_at = now
        assert self.session is not None
        with suppress(GameUnknown, DatabaseAway, Broken):
            await self._hub.typing_here(self._game, self.session, frame.room)

    def _may_go_on(self) -> bool:
        """Nonsense costs a token as well; a flood of it ends the socket."""
        if self._bucket.take() == 0:
            return True
        metrics.SOCKETS_CUT.labels("too_fast").inc()
        self.outbox.finish(TOO_FAST)
        return False

    async def _command(self, frame: frames.CommandFrame) -> None:
        wait = self._bucket.take()
        if wait:
            self.outbox.push(frames.unavailable(frame.command_id, int(wait * 1_000) + 1))
            return
        with metrics.COMMAND_SECONDS.time():
            answer = await self._answer(frame)
        if answer is not None:
            self.outbox.push(answer)

    async def _answer(self, frame: frames.CommandFrame) -> str | None:
        try:
            verdict = await self._submit(frame)
        except Forbidden:
            self.outbox.close("revoked")
        except GameUnknown:
            self.outbox.close("game_deleted")
        except DatabaseAway:
            metrics.DATABASE_AWAY.inc()
            return frames.unavailable(frame.command_id, RETRY_AFTER_MS)
        except Broken as broken:
            return frames.internal(frame.command_id, broken.incident)
        except AnotherBody:
            return frames.Malformed("/command_id", "used_before", frame.command_id).frame()
        except EmptyText as empty:
            return frames.Malformed(f"/command/{empty.field}", "string_too_short", frame.command_id).frame()
        except TextsErased:
            return frames.Malformed("/command", "texts_erased", frame.command_id).frame()
        else:
            return verdict.reply
        return None

    async def _submit(self, frame: frames.CommandFrame) -> Verdict:
        assert self.session is not None
        actor = actor_of(self.session, await self._service.state(self._game), frame.command)
        verdict = await self._service.submit(
            self._game, actor, frame.command_id, frame.command, session=self.session, epoch=self._epoch
        )
        self._epoch = verdict.epoch
        return verdict
