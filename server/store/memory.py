"""A store in this process's memory: for tests, rehearsals and simulations. It loses everything when it ends."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from game_rules.saved_game import Record, Text, chain_start
from server.store.interface import (
    OPEN,
    Addition,
    Answer,
    GameId,
    GameRow,
    GameTransaction,
    GameUnknown,
    Head,
    Link,
    Session,
    Snapshot,
    T,
)


@dataclass
class _Game:
    """All that the tables of a database would hold of one game."""

    row: GameRow
    head: Head
    text_key: bytes | None
    records: list[Record] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    snapshots: list[Snapshot] = field(default_factory=list)
    memo: object | None = None


class _Transaction(GameTransaction):
    """Collects what is added and writes it in `commit`."""

    def __init__(self, game: _Game, sessions: Mapping[str, Session], now: int) -> None:
        self._game = game
        self._sessions = sessions
        self._added: list[Addition] = []
        self._memo = game.memo
        self._head = game.head
        self._now = max(now, game.head.at)

    @property
    def game(self) -> GameId:
        return self._game.row.id

    @property
    def now(self) -> int:
        return self._now

    @property
    def head(self) -> Head:
        return self._head

    @property
    def memo(self) -> object | None:
        return self._memo

    @memo.setter
    def memo(self, value: object) -> None:
        self._memo = value

    def records(self, after: int) -> Sequence[Record]:
        return self._game.records[after:]

    def first(self) -> Record:
        if not self._game.records:
            raise GameUnknown(self.game)
        return self._game.records[0]

    def snapshot(self, version: str) -> Snapshot | None:
        fitting = [snapshot for snapshot in self._game.snapshots if snapshot.version == version]
        return fitting[-1] if fitting else None

    def answer(self, actor: str, command_id: str) -> Answer | None:
        return self._game.answers.get((actor, command_id))

    def session(self, session: str) -> Session | None:
        return self._sessions.get(session)

    def append(self, addition: Addition) -> None:
        self._added.append(addition)
        self._head = addition.head

    def commit(self) -> None:
        game = self._game
        for addition in self._added:
            game.records.extend(addition.records)
            game.texts.update((text.id, text) for text in addition.texts)
            if addition.answer:
                game.answers[addition.answer.actor, addition.answer.command_id] = addition.answer
            if addition.snapshot:
                game.snapshots.append(addition.snapshot)
        game.head, game.memo = self._head, self._memo


class MemoryStore:
    """Implements Store. `clock` gives milliseconds since 1970; tests hand in their own."""

    def __init__(self, clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._games: dict[GameId, _Game] = {}
        self._links: dict[str, Link] = {}
        self._sessions: dict[str, Session] = {}
        self._tickets: set[str] = set()
        self._key = secrets.token_bytes(32)

    # --- games ---------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        pass

    async def close(self) -> None:
        pass

    async def ready(self) -> None:
        pass

    async def create(self, row: GameRow, text_key: bytes | None) -> None:
        if row.id in self._games or any(game.row.code == row.code for game in self._games.values()):
            raise KeyError(row.id)
        self._games[row.id] = _Game(row, Head(0, chain_start(row.id), 0), text_key)

    async def transact(self, game: GameId, work: Callable[[GameTransaction], T]) -> T:
        with self._lock:
            transaction = _Transaction(self._known(game), self._sessions, self._clock())
            result = work(transaction)
            transaction.commit()
            return result

    async def game(self, game: GameId) -> GameRow:
        return self._known(game).row

    async def game_by_code(self, code: str) -> GameRow:
        for game in self._games.values():
            if game.row.code == code:
                return game.row
        raise GameUnknown(code)

    async def games(self) -> Sequence[tuple[GameRow, Head]]:
        return [(game.row, game.head) for game in self._games.values()]

    async def heads(self, games: Iterable[GameId]) -> Mapping[GameId, Head]:
        wanted = set(games)
        return {id: game.head for id, game in self._games.items() if id in wanted or game.head.status in OPEN}

    async def records(self, game: GameId, after: int = 0) -> Sequence[Record]:
        return self._known(game).records[after:]

    async def texts(self, game: GameId, ids: Iterable[str] | None = None) -> Mapping[str, Text | None]:
        texts = self._known(game).texts
        return dict(texts) if ids is None else {id: texts.get(id) for id in ids}

    async def text_key(self, game: GameId) -> bytes | None:
        return self._known(game).text_key

    async def erase_texts(self, game: GameId, ids: Iterable[str]) -> None:
        for text in ids:
            self._known(game).texts.pop(text, None)

    async def delete(self, game: GameId) -> None:
        self._games.pop(game, None)
        self._links = {id: link for id, link in self._links.items() if link.game != game}
        self._sessions = {id: session for id, session in self._sessions.items() if session.game != game}

    def _known(self, game: GameId) -> _Game:
        try:
            return self._games[game]
        except KeyError:
            raise GameUnknown(game) from None

    # --- access --------------------------------------------------------------------------------------------------

    async def server_key(self) -> bytes:
        return self._key

    async def add_link(self, link: Link) -> None:
        self._links[link.id] = link

    async def link_by_token(self, token_hash: bytes) -> Link | None:
        return next((link for link in self._links.values() if link.token_hash == token_hash), None)

    async def links(self, game: GameId) -> Sequence[Link]:
        return [link for link in self._links.values() if link.game == game]

    async def revoke_link(self, game: GameId, link: str) -> bool:
        known = self._links.get(link)
        if known is None or known.game != game:
            return False
        self._links[link] = replace(known, revoked_at=self._clock())
        self._revoke(game, [session.id for session in self._sessions.values() if session.link == link])
        return True

    async def save_session(self, session: Session) -> None:
        self._sessions[session.id] = session

    async def session(self, session: str) -> Session | None:
        return self._sessions.get(session)

    async def sessions(self, game: GameId) -> Sequence[Session]:
        return [session for session in self._sessions.values() if session.game == game]

    async def revoke_session(self, game: GameId, session: str) -> None:
        self._revoke(game, [session])

    async def use_ticket(self, ticket: str, expires_at: int) -> bool:
        fresh = ticket not in self._tickets
        self._tickets.add(ticket)
        return fresh

    def _revoke(self, game: GameId, sessions: Iterable[str]) -> None:
        with self._lock:
            for session in sessions:
                self._sessions[session] = replace(self._sessions[session], revoked_at=self._clock())
            known = self._games[game]
            known.head = replace(known.head, access_epoch=known.head.access_epoch + 1)
