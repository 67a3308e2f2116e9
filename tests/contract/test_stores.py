"""What every store must do, run against memory, SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game_rules.messages import Actor
from game_rules.saved_game import Record, Text, chain_start, commit_text
from server.store import MemoryStore, SqlStore, Store
from server.store.interface import (
    Addition,
    Answer,
    DatabaseRefused,
    GameRow,
    GameTransaction,
    GameUnknown,
    Link,
    Session,
    Snapshot,
)

HUNGARY = Actor("member", "m1", "HUN")
ROW = GameRow("game1", "ABCDEFGHJK", "A table", 1)


@pytest.fixture(
    params=[
        "memory",
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    made = _made(request, tmp_path)
    await made.open()
    yield made
    await made.close()


def _made(request: pytest.FixtureRequest, folder: Path) -> Store:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return SqlStore(f"sqlite:///{folder / 'summit.sqlite3'}")
    # The tests' PostgreSQL runs without fsync, which a server would refuse.
    return SqlStore(request.getfixturevalue("fresh_postgres_url"), allow_unsafe=True)


def said(number: int, event: str = '{"type":"said"}', **more: Any) -> Callable[[GameTransaction], int]:
    """Appends one event under the command id `c{number}`, unless that command was answered before."""

    def work(transaction: GameTransaction) -> int:
        command_id = f"c{number}"
        if transaction.answer(HUNGARY.key, command_id):
            return 0
        head = transaction.head
        record = Record(head.seq + 1, transaction.now, HUNGARY, command_id, event)
        moved = replace(head, seq=record.seq, hash=record.hash_after(head.hash), at=record.at)
        answer = Answer(HUNGARY.key, command_id, b"body", "{}")
        transaction.append(Addition((record,), moved, answer=answer, **more))
        return record.seq

    return work


class TestLog:
    async def test_a_new_game_has_no_events(self, store: Store) -> None:
        await store.create(ROW, b"key")
        head = (await store.heads([ROW.id]))[ROW.id]
        assert (head.seq, head.hash, head.status) == (0, chain_start(ROW.id), "lobby")
        assert await store.records(ROW.id) == []
        assert await store.game(ROW.id) == await store.game_by_code(ROW.code) == ROW

    async def test_ids_and_codes_are_taken_once(self, store: Store) -> None:
        await store.create(ROW, b"key")
        for again in (ROW, replace(ROW, id="game2"), replace(ROW, code="0000000000")):
            with pytest.raises(KeyError):
                await store.create(again, b"key")

    async def test_what_is_appended_is_read_in_order(self, store: Store) -> None:
        await store.create(ROW, b"key")
        assert [await store.transact(ROW.id, said(number)) for number in (1, 2, 3)] == [1, 2, 3]
        records = await store.records(ROW.id)
        assert [record.seq for record in records] == [1, 2, 3]
        assert [record.seq for record in await store.records(ROW.id, after=2)] == [3]
        assert all(record.actor == HUNGARY for record in records)
        head = chain_start(ROW.id)
        for record in records:
            head = record.hash_after(head)
        assert (await store.heads([ROW.id]))[ROW.id].hash == head

    async def test_a_hundred_at_once_have_no_gap_and_no_double(self, store: Store) -> None:
        await store.create(ROW, b"key")
        await store.create(replace(ROW, id="game2", code="0000000000"), b"key")
        games = [ROW.id, "game2"]
        await asyncio.gather(*(store.transact(games[number % 2], said(number)) for number in range(100)))
        for game in games:
            assert [record.seq for record in await store.records(game)] == list(range(1, 51))

    async def test_a_command_that_comes_three_times_has_one_effect(self, store: Store) -> None:
        await store.create(ROW, b"key")
        await asyncio.gather(*(store.transact(ROW.id, said(number)) for number in [*range(30)] * 3))
        assert len(await store.records(ROW.id)) == 30

    async def test_what_raises_writes_nothing_and_hurts_nobody_else(self, store: Store) -> None:
        await store.create(ROW, b"key")

        def fails(transaction: GameTransaction) -> int:
            said(99)(transaction)
            raise ValueError("no")

        results = await asyncio.gather(
            *(store.transact(ROW.id, fails if number == 5 else said(number)) for number in range(10)),
            return_exceptions=True,
        )
        assert [type(result) for result in results if not isinstance(result, int)] == [ValueError]
        records = await store.records(ROW.id)
        assert [record.seq for record in records] == list(range(1, 10))
        assert "c99" not in {record.command_id for record in records}

    @pytest.mark.rule("4.6")
    async def test_time_never_runs_backwards(self, store: Store) -> None:
        await store.create(ROW, b"key")
        later = 4_000_000_000_000

        def from_the_future(transaction: GameTransaction) -> None:
            record = Record(1, later, HUNGARY, "c1", "{}")
            head = replace(transaction.head, seq=1, hash=record.hash_after(transaction.head.hash), at=later)
            transaction.append(Addition((record,), head))

        await store.transact(ROW.id, from_the_future)
        assert await store.transact(ROW.id, lambda transaction: transaction.now) == later

    async def test_the_key_stops_a_second_event_of_one_number(self, store: Store) -> None:
        """The safety net below the lock: were two processes to decide at once, one of them would fail."""
        if isinstance(store, MemoryStore):
            pytest.skip("memory has no second process")
        await store.create(ROW, b"key")
        await store.transact(ROW.id, said(1))

        def blind(transaction: GameTransaction) -> None:
            record = Record(1, transaction.now, HUNGARY, "c2", "{}")
            transaction.append(Addition((record,), replace(transaction.head, seq=1)))

        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            await store.transact(ROW.id, blind)
        assert [record.command_id for record in await store.records(ROW.id)] == ["c1"]
        assert await store.transact(ROW.id, said(3)) == 2

    async def test_a_scenario_comes_out_as_it_went_in(self, store: Store) -> None:
        await store.create(ROW, b"key")
        event = '{"scenario":{"issues":[1,2],"slug":"s","ü":"$digest"},"seed":"x","type":"game_created"}'
        await store.transact(ROW.id, said(1, event))
        assert (await store.records(ROW.id))[0].event == event
        assert (await store.transact(ROW.id, lambda transaction: transaction.first())).event == event

    async def test_the_newest_snapshot_of_a_form_is_found(self, store: Store) -> None:
        await store.create(ROW, b"key")
        for number in (1, 2):
            snapshot = Snapshot(number, "1", b"hash", b"state %d" % number)
            await store.transact(ROW.id, said(number, snapshot=snapshot))
        found = await store.transact(ROW.id, lambda transaction: transaction.snapshot("1"))
        assert found == Snapshot(2, "1", b"hash", b"state 2")
        assert await store.transact(ROW.id, lambda transaction: transaction.snapshot("2")) is None

    async def test_unknown_games_are_unknown(self, store: Store) -> None:
        with pytest.raises(GameUnknown):
            await store.transact("nope", said(1))
        for ask in (store.game, store.game_by_code, store.records, store.text_key):
            with pytest.raises(GameUnknown):
                await ask("nope")
        assert await store.heads(["nope"]) == {}

    async def test_heads_are_told_of_running_games_and_of_those_asked_for(self, store: Store) -> None:
        for number, status in enumerate(("running", "lobby", "ended")):
            row = replace(ROW, id=status, code=f"{number:010}")
            await store.create(row, b"key")

            def becomes(transaction: GameTransaction, status: Any = status) -> None:
                record = Record(1, transaction.now, HUNGARY, "c1", "{}")
                head = replace(transaction.head, seq=1, hash=b"h", status=status, next_due=7)
                transaction.append(Addition((record,), head))

            await store.transact(row.id, becomes)
        assert set(await store.heads([])) == {"running"}
        heads = await store.heads(["ended"])
        assert set(heads) == {"running", "ended"}
        assert heads["running"].next_due == 7

    @pytest.mark.rule("10")
    async def test_a_deleted_game_leaves_nothing(self, store: Store) -> None:
        await store.create(ROW, b"key")
        text = commit_text(b"key", HUNGARY.key, "c1", "reason", "words")
        await store.transact(ROW.id, said(1, texts=(text,)))
        await store.add_link(Link("l1", ROW.id, "seat", "HUN", b"token", 1))
        await store.save_session(Session("s1", ROW.id, "seat", "m1", None, "HUN", "l1", 1))
        await store.delete(ROW.id)
        with pytest.raises(GameUnknown):
            await store.records(ROW.id)
        with pytest.raises(GameUnknown):
            await store.text_key(ROW.id)
        assert await store.session("s1") is None
        assert await store.link_by_token(b"token") is None
        await store.create(ROW, b"key")
        assert await store.records(ROW.id) == []
        assert await store.texts(ROW.id, [text.id]) == {text.id: None}

    @pytest.mark.rule("10")
    async def test_deleting_one_game_leaves_the_others(self, store: Store) -> None:
        other = replace(ROW, id="other", code="OTHER")
        await store.create(ROW, b"key")
        await store.create(other, b"key")
        await store.transact(other.id, said(1))
        await store.add_link(Link("l2", other.id, "press", None, b"another", 1))
        await store.delete(ROW.id)
        assert len(await store.records(other.id)) == 1
        assert await store.link_by_token(b"another") is not None


class TestTexts:
    @pytest.mark.rule("5.4")
    async def test_texts_are_found_and_erased_while_the_log_stays(self, store: Store) -> None:
        await store.create(ROW, b"key")
        texts = tuple(commit_text(b"key", HUNGARY.key, "c1", field, field) for field in ("reason", "lift"))
        await store.transact(ROW.id, said(1, texts=texts))
        kept, gone = texts
        await store.erase_texts(ROW.id, [gone.id])
        assert await store.texts(ROW.id, [kept.id, gone.id, "nope"]) == {kept.id: kept, gone.id: None, "nope": None}
        assert await store.texts(ROW.id) == {kept.id: kept}
        assert len(await store.records(ROW.id)) == 1
        assert await store.text_key(ROW.id) == b"key"

    async def test_the_same_text_may_be_written_twice(self, store: Store) -> None:
        await store.create(ROW, b"key")
        text = Text("t1", b"salt", "hello")
        await store.transact(ROW.id, said(1, texts=(text,)))
        await store.transact(ROW.id, said(2, texts=(text,)))
        assert await store.texts(ROW.id) == {"t1": text}


class TestAccess:
    async def test_a_link_is_found_by_its_token_and_revoked_with_its_sessions(self, store: Store) -> None:
        await store.create(ROW, b"key")
        link = Link("l1", ROW.id, "seat", "HUN", b"hash", 5)
        await store.add_link(link)
        by_link = Session("s1", ROW.id, "seat", "m1", None, "HUN", "l1", 6)
        other = Session("s2", ROW.id, "visitor", "m2", None, None, None, 6)
        for session in (by_link, other):
            await store.save_session(session)
        assert await store.link_by_token(b"hash") == link
        assert await store.links(ROW.id) == [link]
        assert await store.revoke_link(ROW.id, "l1")
        assert not await store.revoke_link(ROW.id, "nope")
        assert not await store.revoke_link("nope", "l1")
        revoked = await store.session("s1")
        assert revoked is not None
        assert revoked.revoked_at is not None
        assert await store.session("s2") == other
        assert (await store.heads([ROW.id]))[ROW.id].access_epoch == 1

    async def test_a_session_is_replaced_and_read_in_a_command(self, store: Store) -> None:
        await store.create(ROW, b"key")
        session = Session("s1", ROW.id, "visitor", "m1", None, None, None, 6)
        await store.save_session(session)
        seated = replace(session, seat="HUN")
        await store.save_session(seated)
        assert await store.transact(ROW.id, lambda transaction: transaction.session("s1")) == seated
        assert await store.sessions(ROW.id) == [seated]
        await store.revoke_session(ROW.id, "s1")
        known = await store.session("s1")
        assert known is not None
        assert known.revoked_at is not None

    async def test_a_ticket_is_used_once_whoever_asks_at_the_same_time(self, store: Store) -> None:
        uses = await asyncio.gather(*(store.use_ticket("t1", 4_000_000_000_000) for _ in range(50)))
        assert uses.count(True) == 1

    async def test_all_processes_share_one_key(self, store: Store) -> None:
        key, again = await asyncio.gather(store.server_key(), store.server_key())
        assert key == again
        assert len(key) == 32


# --- what only databases do -------------------------------------------------------------------------------------------


async def test_sqlite_keeps_what_it_acknowledged_when_it_is_opened_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'summit.sqlite3'}"
    store = SqlStore(url)
    await store.open()
    await store.create(ROW, b"key")
    await store.transact(ROW.id, said(1))
    await store.close()
    again = SqlStore(url)
    await again.open()
    assert len(await again.records(ROW.id)) == 1
    await again.close()


async def test_a_second_process_on_one_sqlite_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'summit.sqlite3'}"
    store = SqlStore(url)
    await store.open()
    program = (
        "import asyncio, sys; from server.store import SqlStore; from server.store.interface import DatabaseRefused\n"
        f"try: asyncio.run(SqlStore({url!r}).open())\n"
        "except DatabaseRefused as refused: print(refused)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert "is in use by another process" in out.decode()
    await store.create(ROW, b"key")  # and the first goes on
    await store.close()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://x", "not supported"),
        ("sqlite://", "needs a file"),
        ("sqlite:////proc/nowhere/summit.sqlite3", "cannot be"),
    ],
)
async def test_an_unusable_database_is_refused_in_plain_words(url: str, says: str) -> None:
    with pytest.raises(DatabaseRefused, match=says):
        await SqlStore(url).open()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, and long enough to be read as one " * 100)
    with pytest.raises(DatabaseRefused, match="not a SQLite database"):
        await SqlStore(f"sqlite:///{file}").open()


async def test_a_forgetful_postgres_is_refused(postgres_url: str) -> None:
    with pytest.raises(DatabaseRefused, match="fsync"):
        await SqlStore(postgres_url).open()


async def test_two_processes_migrate_and_play_on_one_postgres(fresh_postgres_url: str) -> None:
    stores = [SqlStore(fresh_postgres_url, allow_unsafe=True) for _ in range(2)]
    await asyncio.gather(*(store.open() for store in stores))
    await stores[0].create(ROW, b"key")
    await asyncio.gather(*(stores[number % 2].transact(ROW.id, said(number)) for number in range(60)))
    assert [record.seq for record in await stores[0].records(ROW.id)] == list(range(1, 61))
    for store in stores:
        await store.close()


async def test_the_migrations_make_the_tables_that_the_rows_describe(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    from server.store.migrate import migrate
    from server.store.sqlite import SqliteConnection

    connection = SqliteConnection(f"sqlite:///{tmp_path / 'summit.sqlite3'}")
    connection.open()
    migrate(connection)
    with connection.engine().connect() as opened:
        assert compare_metadata(MigrationContext.configure(opened), SQLModel.metadata) == []
