"""The store in SQLite or PostgreSQL.

A command is one transaction: lock the game's row, read the time, look for an answer given before, decide, insert,
move the head, commit. Everything here runs in a thread of `workers`; the async methods only hand work over.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, cast

from game_rules.messages import Actor
from game_rules.saved_game import Record, Text, chain_start
from game_rules.scenario import canonical_json
from server.store.connections import Connection, connection_kind
from server.store.interface import (
    Addition,
    Answer,
    DatabaseRefused,
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
from server.store.migrate import migrate
from server.store.statements import Statements
from server.store.workers import Workers

R = TypeVar("R")

ACCESS = "·access"
"""The key of work that concerns no game. No game's id has that character."""

MEMO_GAMES = 500
"""States kept in memory; the next command on another game loads it from its last snapshot."""

SCENARIO_FIELD = "scenario"
DIGEST_FIELD = "$digest"


class ScenarioShelf:
    """Keeps each scenario once: the first event of a game holds it whole, its row only the digest."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements
        self._bodies: dict[str, str] = {}

    def put_away(self, connection: Connection, record: Record) -> str:
        """The event as its row holds it."""
        if record.seq != 1:
            return record.event
        event = json.loads(record.event)
        if not isinstance(event.get(SCENARIO_FIELD), dict):
            return record.event
        body = canonical_json(event[SCENARIO_FIELD])
        digest = hashlib.sha256(body).hexdigest()
        connection.rows(self._sql.insert_scenario, digest=digest, body=body.decode())
        return canonical_json({**event, SCENARIO_FIELD: {DIGEST_FIELD: digest}}).decode()

    def take_out(self, connection: Connection, seq: int, stored: str) -> str:
        """The event as it was."""
        if seq != 1 or DIGEST_FIELD not in stored:
            return stored
        event = json.loads(stored)
        digest = event[SCENARIO_FIELD][DIGEST_FIELD]
        # The body is canonical JSON already: set in for a mark, it need not be parsed.
        event[SCENARIO_FIELD] = DIGEST_FIELD
        return canonical_json(event).decode().replace(f'"{DIGEST_FIELD}"', self._body(connection, digest), 1)

    def _body(self, connection: Connection, digest: str) -> str:
        if digest not in self._bodies:
            row = connection.one(self._sql.scenario, digest=digest)
            self._bodies[digest] = row[0] if row else "null"
        return self._bodies[digest]


class Memos:
    """What transactions leave for the next on the same game: a state, so that nothing is folded twice.

    A batch writes to the side first: what it leaves counts once it is committed.
    """

    def __init__(self) -> None:
        self._kept: dict[GameId, object] = {}
        self._pending: dict[GameId, object] = {}

    def get(self, game: GameId) -> object | None:
        return self._pending.get(game) or self._kept.get(game)

    def put(self, game: GameId, memo: object) -> None:
        self._pending[game] = memo

    def keep(self, games: Iterable[GameId]) -> None:
        for game in games:
            if pending := self._pending.pop(game, None):
                # The game used last stands last; the first has waited longest.
                self._kept.pop(game, None)
                self._kept[game] = pending
        while len(self._kept) > MEMO_GAMES:
            self._kept.pop(next(iter(self._kept)), None)

    def forget(self, games: Iterable[GameId]) -> None:
        for game in games:
            self._pending.pop(game, None)


class _Transaction(GameTransaction):
    """A locked game. What is appended is collected, and written by `write` once the work has returned."""

    def __init__(self, store: SqlStore, connection: Connection, game: GameId) -> None:
        self._store = store
        self._connection = connection
        self._sql = store.statements
        self._game = game
        row = connection.one(self._sql.lock_game, game=game)
        if row is None:
            raise GameUnknown(game)
        self._head = Head(*row)
        self._now = max(connection.now(), self._head.at)
        self._memo = store.memos.get(game)
        self._added: list[Addition] = []

    @property
    def game(self) -> GameId:
        return self._game

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
        return self._store.read_records(self._connection, self._game, after)

    def first(self) -> Record:
        return self._store.first_record(self._connection, self._game)

    def snapshot(self, version: str) -> Snapshot | None:
        row = self._connection.one(self._sql.snapshot, game=self._game, version=version)
        return Snapshot(row[0], row[1], bytes(row[2]), bytes(row[3])) if row else None

    def answer(self, actor: str, command_id: str) -> Answer | None:
        row = self._connection.one(self._sql.answer, game=self._game, actor=actor, command_id=command_id)
        return Answer(actor, command_id, bytes(row[0]), row[1]) if row else None

    def session(self, session: str) -> Session | None:
        row = self._connection.one(self._sql.session, id=session)
        return Session(*row) if row else None

    def append(self, addition: Addition) -> None:
        self._added.append(addition)
        self._head = addition.head

    def write(self) -> None:
        for addition in self._added:
            self._write_records(addition)
            self._write_beside(addition)
        if any(addition.records for addition in self._added):
            self._move_head()
        if self._memo is not None:
            self._store.memos.put(self._game, self._memo)

    def _write_records(self, addition: Addition) -> None:
        for record in addition.records:
            self._connection.rows(
                self._sql.insert_event,
                game=self._game,
                seq=record.seq,
                at=record.at,
                actor_kind=record.actor.kind,
                actor_id=record.actor.id,
                actor_seat=record.actor.seat,
                command_id=record.command_id,
                event=self._store.shelf.put_away(self._connection, record),
            )

    def _write_beside(self, addition: Addition) -> None:
        run, game = self._connection.rows, self._game
        for text in addition.texts:
            run(self._sql.insert_text, game=game, id=text.id, salt=text.salt, text=text.text)
        if answer := addition.answer:
            run(
                self._sql.insert_answer,
                game=game,
                actor=answer.actor,
                command_id=answer.command_id,
                body=answer.body,
                reply=answer.reply,
            )
        if kept := addition.snapshot:
            run(self._sql.insert_snapshot, **_columns(kept), game=game)

    def _move_head(self) -> None:
        head = self._head
        self._connection.rows(
            self._sql.update_head,
            game=self._game,
            new_seq=head.seq,
            new_hash=head.hash,
            new_at=head.at,
            new_status=head.status,
            new_next_due=head.next_due,
        )


class SqlStore:
    """Implements Store over a database's address, as SQLAlchemy writes it."""

    def __init__(self, url: str, *, allow_unsafe: bool = False) -> None:
        self._url = url
        self._kind = connection_kind(url)
        self._allow_unsafe = allow_unsafe
        self.statements = Statements(self._kind.dialects)
        self.shelf = ScenarioShelf(self.statements)
        self.memos = Memos()
        self._first: list[Connection] = []
        self._workers = Workers(
            self._connect, self._kind.workers, self._kind.shares_commits, self.memos.keep, self.memos.forget
        )

    # --- opening -------------------------------------------------------------------------------------------------

    async def open(self) -> None:
        await asyncio.to_thread(self._prepare)
        self._workers.start()

    async def close(self) -> None:
        await self._workers.stop()

    async def ready(self) -> None:
        await self._access(lambda connection: connection.now())

    def _prepare(self) -> None:
        connection = self._kind(self._url)
        try:
            connection.open()
        except connection.away as error:
            raise DatabaseRefused(f"the database does not answer: {type(error).__name__}") from error
        try:
            connection.check(self._allow_unsafe)
            migrate(connection)
        except BaseException:
            connection.close()
            raise
        # SQLite has this one connection and keeps it: a moment without it would let another process in.
        self._first.append(connection)

    def _connect(self) -> Connection:
        if self._first:
            return self._first.pop()
        connection = self._kind(self._url)
        connection.open()
        return connection

    async def _access(self, work: Callable[[Connection], R]) -> R:
        return cast(R, await self._workers.run(ACCESS, work))

    async def _in_game(self, game: GameId, work: Callable[[Connection], R]) -> R:
        return cast(R, await self._workers.run(game, work))

    # --- games ---------------------------------------------------------------------------------------------------

    async def create(self, row: GameRow, text_key: bytes | None) -> None:
        def work(connection: Connection) -> None:
            head = Head(0, chain_start(row.id), 0)
            connection.rows(
                self.statements.insert_game,
                **_columns(row),
                **_columns(head),
            )
            if text_key is not None:
                connection.rows(self.statements.insert_text_key, game=row.id, key=text_key)

        try:
            await self._in_game(row.id, work)
        except self._kind.conflicts:
            raise KeyError(row.id) from None

    async def transact(self, game: GameId, work: Callable[[GameTransaction], T]) -> T:
        def locked(connection: Connection) -> T:
            transaction = _Transaction(self, connection, game)
            result = work(transaction)
            transaction.write()
            return result

        return await self._in_game(game, locked)

    async def game(self, game: GameId) -> GameRow:
        return await self._access(lambda connection: self._game_row(connection, game))

    def _game_row(self, connection: Connection, game: GameId) -> GameRow:
        row = connection.one(self.statements.game, game=game)
        if row is None:
            raise GameUnknown(game)
        return GameRow(*row)

    async def game_by_code(self, code: str) -> GameRow:
        row = await self._access(lambda connection: connection.one(self.statements.game_by_code, code=code))
        if row is None:
            raise GameUnknown(code)
        return GameRow(*row)

    async def games(self) -> Sequence[tuple[GameRow, Head]]:
        rows = await self._access(lambda connection: connection.rows(self.statements.games))
        return [(GameRow(*row[:4]), Head(*row[4:])) for row in rows]

    async def heads(self, games: Iterable[GameId]) -> Mapping[GameId, Head]:
        asked = list(games)

        def work(connection: Connection) -> Sequence[Any]:
            return connection.rows(
                self.statements.heads, running="running", paused="paused", among=connection.several(asked)
            )

        return {row[0]: Head(*row[1:]) for row in await self._access(work)}

    async def records(self, game: GameId, after: int = 0) -> Sequence[Record]:
        def work(connection: Connection) -> Sequence[Record]:
            self._game_row(connection, game)
            return self.read_records(connection, game, after)

        return await self._access(work)

    def read_records(self, connection: Connection, game: GameId, after: int) -> list[Record]:
        rows = connection.rows(self.statements.records, game=game, after=after)
        return [self._record(connection, row) for row in rows]

    def first_record(self, connection: Connection, game: GameId) -> Record:
        row = connection.one(self.statements.first, game=game)
        if row is None:
            raise GameUnknown(game)
        return self._record(connection, row)

    def _record(self, connection: Connection, row: Any) -> Record:
        seq, at, kind, id, seat, command_id, event = row
        return Record(seq, at, Actor(kind, id, seat), command_id, self.shelf.take_out(connection, seq, event))

    async def texts(self, game: GameId, ids: Iterable[str] | None = None) -> Mapping[str, Text | None]:
        wanted = None if ids is None else list(ids)

        def work(connection: Connection) -> Sequence[Any]:
            if wanted is None:
                return connection.rows(self.statements.all_texts, game=game)
            return connection.rows(self.statements.texts, game=game, among=connection.several(wanted))

        found = {row[0]: Text(row[0], bytes(row[1]), row[2]) for row in await self._access(work)}
        return found if wanted is None else {id: found.get(id) for id in wanted}

    async def text_key(self, game: GameId) -> bytes | None:
        def work(connection: Connection) -> bytes | None:
            self._game_row(connection, game)
            row = connection.one(self.statements.text_key, game=game)
            return bytes(row[0]) if row else None

        return await self._access(work)

    async def erase_texts(self, game: GameId, ids: Iterable[str]) -> None:
        doomed = list(ids)

        def work(connection: Connection) -> None:
            for text in doomed:
                connection.rows(self.statements.erase_text, game=game, id=text)

        await self._in_game(game, work)

    async def delete(self, game: GameId) -> None:
        def work(connection: Connection) -> None:
            connection.one(self.statements.lock_game, game=game)
            for statement in self.statements.delete_from:
                connection.rows(statement, game=game)

        await self._in_game(game, work)

    # --- access --------------------------------------------------------------------------------------------------

    async def server_key(self) -> bytes:
        def work(connection: Connection) -> bytes:
            connection.rows(self.statements.insert_key, name="server", key=secrets.token_bytes(32))
            row = connection.one(self.statements.key, name="server")
            assert row is not None
            return bytes(row[0])

        return await self._access(work)

    async def add_link(self, link: Link) -> None:
        await self._access(lambda connection: connection.rows(self.statements.insert_link, **_columns(link)))

    async def link_by_token(self, token_hash: bytes) -> Link | None:
        row = await self._access(
            lambda connection: connection.one(self.statements.link_by_token, token_hash=token_hash)
        )
        return Link(*row) if row else None

    async def links(self, game: GameId) -> Sequence[Link]:
        rows = await self._access(lambda connection: connection.rows(self.statements.links, game=game))
        return [Link(*row) for row in rows]

    async def revoke_link(self, game: GameId, link: str) -> bool:
        def work(connection: Connection) -> bool:
            connection.one(self.statements.lock_game, game=game)
            if not connection.rows(self.statements.link, game=game, link_id=link):
                return False
            now = connection.now()
            connection.rows(self.statements.revoke_link, game=game, link_id=link, now=now)
            connection.rows(self.statements.revoke_sessions_of_link, game=game, link_id=link, now=now)
            connection.rows(self.statements.move_access_epoch, game=game)
            return True

        return await self._in_game(game, work)

    async def save_session(self, session: Session) -> None:
        await self._access(lambda connection: connection.rows(self.statements.save_session, **_columns(session)))

    async def session(self, session: str) -> Session | None:
        row = await self._access(lambda connection: connection.one(self.statements.session, id=session))
        return Session(*row) if row else None

    async def sessions(self, game: GameId) -> Sequence[Session]:
        rows = await self._access(lambda connection: connection.rows(self.statements.sessions, game=game))
        return [Session(*row) for row in rows]

    async def revoke_session(self, game: GameId, session: str) -> None:
        def work(connection: Connection) -> None:
            connection.one(self.statements.lock_game, game=game)
            connection.rows(self.statements.revoke_session, game=game, session_id=session, now=connection.now())
            connection.rows(self.statements.move_access_epoch, game=game)

        await self._in_game(game, work)

    async def use_ticket(self, ticket: str, expires_at: int) -> bool:
        def work(connection: Connection) -> bool:
            connection.rows(self.statements.forget_tickets, now=connection.now())
            return bool(connection.rows(self.statements.use_ticket, ticket=ticket, expires_at=expires_at)[0])

        return await self._access(work)


def _columns(row: Any) -> dict[str, Any]:
    """A slotted dataclass by field; the fields are named as the columns are."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
