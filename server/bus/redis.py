"""A bus over Redis: doorbells by publish and subscribe, presence in sorted sets that expire by themselves.

Redis may be killed, flushed, paused or cut off at any time. Then doorbells are missed (the database is looked at once
a second anyway), and presence is unknown until this process has been able to say who is connected here.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

import redis.asyncio as redis
import structlog
from redis.exceptions import RedisError

from server.bus.interface import GameId, MemberId, OnDoorbell, OnPresence, OnTyping, Typing

log = structlog.get_logger(__name__)

CHANNEL = "summit:games"
PRESENCE = "summit:present:"
PRESENCE_SECONDS = 15
"""A member whose process says nothing for so long is not connected."""
REFRESH_SECONDS = 5.0
SEND_SECONDS = 2.0
RETRY_SECONDS = 1.0
PRESENCE_MARK = "presence"
TYPING_MARK = "typing"
NOBODY = "-"
"""Stands for no seat or no member: neither can be called so."""


class RedisBus:
    """Implements Bus. One connection listens, a small pool speaks."""

    def __init__(self, url: str) -> None:
        # A listener waits for as long as nothing happens: redis-py would cut it off after five seconds.
        self._listening = redis.Redis.from_url(url, socket_timeout=None, socket_connect_timeout=SEND_SECONDS)
        self._speaking = redis.Redis.from_url(
            url, socket_timeout=SEND_SECONDS, socket_connect_timeout=SEND_SECONDS, decode_responses=True
        )
        self._here: dict[GameId, set[MemberId]] = {}
        self._outbox: asyncio.Queue[tuple[str, ...]] = asyncio.Queue(maxsize=10_000)
        self._tasks: list[asyncio.Task[None]] = []
        self._seen_since: float | None = None
        self._subscribed = False
        self._closing = False

    async def open(self, on_doorbell: OnDoorbell, on_presence: OnPresence, on_typing: OnTyping) -> None:
        self._on_doorbell, self._on_presence, self._on_typing = on_doorbell, on_presence, on_typing
        self._tasks = [
            asyncio.create_task(self._listen(), name="bus-listen"),
            asyncio.create_task(self._speak(), name="bus-speak"),
            asyncio.create_task(self._refresh(), name="bus-presence"),
        ]

    async def close(self) -> None:
        self._closing = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._say_goodbye(), SEND_SECONDS)
        pending = set(self._tasks)
        while pending:
            # Once is not always enough: a library that is just giving up a connection may swallow a cancellation.
            for task in pending:
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=RETRY_SECONDS)
        for client in (self._listening, self._speaking):
            with contextlib.suppress(RedisError, OSError, TimeoutError):
                await asyncio.wait_for(client.aclose(), SEND_SECONDS)

    @property
    def connected(self) -> bool:
        return self._subscribed

    # --- saying ----------------------------------------------------------------------------------------------------

    def ring(self, game: GameId, head: int) -> None:
        self._say("ring", game, str(head))

    def arrived(self, game: GameId, member: MemberId) -> None:
        self._here.setdefault(game, set()).add(member)
        self._say("arrived", game, member)

    def left(self, game: GameId, member: MemberId) -> None:
        here = self._here.get(game, set())
        here.discard(member)
        if not here:
            self._here.pop(game, None)
        self._say("left", game, member)

    def typing(self, game: GameId, typing: Typing) -> None:
        self._say(TYPING_MARK, game, f"{typing.room} {typing.seat or NOBODY} {typing.member or NOBODY}")

    def _say(self, *words: str) -> None:
        # A full outbox means that Redis has been away for long: what is lost now would be stale anyway.
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait(words)

    async def _speak(self) -> None:
        while not self._closing:
            what, game, word = await self._outbox.get()
            with contextlib.suppress(RedisError, OSError):
                await self._send(what, game, word)

    async def _send(self, what: str, game: GameId, word: str) -> None:
        if what == "ring":
            await self._speaking.publish(CHANNEL, f"{game} {word}")
            return
        if what == TYPING_MARK:
            await self._speaking.publish(CHANNEL, f"{game} {TYPING_MARK} {word}")
            return
        if what == "arrived":
            await self._speaking.zadd(PRESENCE + game, {word: time.time() + PRESENCE_SECONDS})
        else:
            await self._speaking.zrem(PRESENCE + game, word)
        await self._speaking.publish(CHANNEL, f"{game} {PRESENCE_MARK}")

    async def _say_goodbye(self) -> None:
        with contextlib.suppress(RedisError, OSError):
            for game, members in self._here.items():
                await self._speaking.zrem(PRESENCE + game, *members)

    # --- presence --------------------------------------------------------------------------------------------------

    async def _refresh(self) -> None:
        """Says again and again who is connected here, so that what Redis forgot comes back."""
        while not self._closing:
            try:
                for game, members in list(self._here.items()):
                    await self._announce(game, tuple(members))
                await self._speaking.ping()
                self._seen_since = self._seen_since or time.monotonic()
            except (RedisError, OSError):
                self._seen_since = None
            await asyncio.sleep(REFRESH_SECONDS)

    async def _announce(self, game: GameId, members: tuple[MemberId, ...]) -> None:
        now = time.time()
        await self._speaking.zadd(PRESENCE + game, dict.fromkeys(members, now + PRESENCE_SECONDS))
        await self._speaking.zremrangebyscore(PRESENCE + game, 0, now)
        await self._speaking.expire(PRESENCE + game, PRESENCE_SECONDS)

    async def present(self, game: GameId) -> frozenset[MemberId] | None:
        # After an outage every process needs one turn to say who is with it; until then nobody is called absent.
        if self._seen_since is None or time.monotonic() - self._seen_since < PRESENCE_SECONDS:
            return None
        try:
            found = await self._speaking.zrangebyscore(PRESENCE + game, time.time(), "+inf")
        except (RedisError, OSError):
            self._seen_since = None
            return None
        return frozenset(str(member) for member in found) | frozenset(self._here.get(game, ()))

    # --- hearing ---------------------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        while not self._closing:
            try:
                await self._hear()
            except (RedisError, OSError) as error:
                if self._subscribed:
                    log.warning("redis.away", error=type(error).__name__)
                self._subscribed = False
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self) -> None:
        async with self._listening.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            self._subscribed = True
            async for message in channel.listen():
                self._heard(message["data"])

    def _heard(self, data: bytes) -> None:
        game, _, word = data.decode(errors="replace").partition(" ")
        if word == PRESENCE_MARK:
            self._on_presence(game)
        elif word.isdigit():
            self._on_doorbell(game, int(word))
        elif word.startswith(f"{TYPING_MARK} "):
            _, room, seat, member = word.split(" ")
            self._on_typing(game, Typing(room, None if seat == NOBODY else seat, None if member == NOBODY else member))
