"""Every statement the store runs, written once for both databases and compiled once a process.

They are run on the driver's own cursor: building and compiling SQL anew for every command costs more than the database
takes to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Dialect, Table, bindparam, delete, insert, or_, select, update
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel import SQLModel

from server.store import rows


def table(row: type[SQLModel]) -> Table:
    return cast(Table, row.__table__)  # type: ignore[attr-defined]


GAMES, EVENTS, SCENARIOS = table(rows.GameRecord), table(rows.EventRecord), table(rows.ScenarioRecord)
ANSWERS, TEXTS, TEXT_KEYS = table(rows.AnswerRecord), table(rows.TextRecord), table(rows.TextKeyRecord)
SNAPSHOTS, LINKS, SESSIONS = table(rows.SnapshotRecord), table(rows.LinkRecord), table(rows.SessionRecord)
TICKETS, KEYS = table(rows.UsedTicketRecord), table(rows.ServerKeyRecord)

HEAD = (GAMES.c.seq, GAMES.c.hash, GAMES.c.at, GAMES.c.status, GAMES.c.next_due, GAMES.c.access_epoch)
GAME = (GAMES.c.id, GAMES.c.code, GAMES.c.title, GAMES.c.created_at)


class Statement:
    """SQL in a dialect's own words. `of` puts parameters in the form its driver wants."""

    def __init__(self, clause: ClauseElement, dialect: Dialect) -> None:
        compiled = clause.compile(dialect=dialect)
        self.sql = str(compiled)
        self._order: Sequence[str] | None = getattr(compiled, "positiontup", None)
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def of(self, parameters: Mapping[str, Any]) -> Any:
        if self._constants:
            parameters = {**self._constants, **parameters}
        if self._order is None:
            return parameters
        return [parameters[name] for name in self._order]


def _game_is(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return column == bindparam("game")


@dataclass(frozen=True)
class Dialects:
    """What the two databases say differently."""

    dialect: Dialect
    insert: Callable[[Table], Any]
    among: Callable[[ColumnElement[Any]], ColumnElement[bool]]
    """Whether a column is one of the parameter `among`, in the form `several` gives it."""


class Statements:
    """The store's statements in one dialect. Parameters have the names of columns unless said otherwise."""

    def __init__(self, dialects: Dialects) -> None:
        def made(clause: ClauseElement) -> Statement:
            return Statement(clause, dialects.dialect)

        def of_game(source: Table) -> ColumnElement[bool]:
            return _game_is(source.c.game)

        # one command
        self.lock_game = made(select(*HEAD).where(_game_is(GAMES.c.id)).with_for_update())
        self.answer = made(
            select(ANSWERS.c.body, ANSWERS.c.reply).where(
                of_game(ANSWERS), ANSWERS.c.actor == bindparam("actor"), ANSWERS.c.command_id == bindparam("command_id")
            )
        )
        self.insert_event = made(insert(EVENTS))
        self.insert_answer = made(insert(ANSWERS))
        self.insert_text = made(dialects.insert(TEXTS).on_conflict_do_nothing())
        self.insert_snapshot = made(dialects.insert(SNAPSHOTS).on_conflict_do_nothing())
        self.update_head = made(
            update(GAMES)
            .where(_game_is(GAMES.c.id))
            .values({name: bindparam(f"new_{name}") for name in ("seq", "hash", "at", "status", "next_due")})
        )
        # games
        self.insert_game = made(insert(GAMES))
        self.insert_text_key = made(insert(TEXT_KEYS))
        self.insert_scenario = made(dialects.insert(SCENARIOS).on_conflict_do_nothing())
        self.scenario = made(select(SCENARIOS.c.body).where(SCENARIOS.c.digest == bindparam("digest")))
        self.game = made(select(*GAME).where(_game_is(GAMES.c.id)))
        self.game_by_code = made(select(*GAME).where(GAMES.c.code == bindparam("code")))
        self.games = made(select(*GAME, *HEAD).order_by(GAMES.c.created_at, GAMES.c.id))
        self.heads = made(
            select(GAMES.c.id, *HEAD).where(
                or_(
                    GAMES.c.status == bindparam("running"),
                    GAMES.c.status == bindparam("paused"),
                    dialects.among(GAMES.c.id),
                )
            )
        )
        self.records = made(
            select(*(column for column in EVENTS.c if column.name != "game"))
            .where(of_game(EVENTS), EVENTS.c.seq > bindparam("after"))
            .order_by(EVENTS.c.seq)
        )
        self.first = made(
            select(*(column for column in EVENTS.c if column.name != "game")).where(of_game(EVENTS), EVENTS.c.seq == 1)
        )
        self.snapshot = made(
            select(SNAPSHOTS.c.seq, SNAPSHOTS.c.version, SNAPSHOTS.c.hash, SNAPSHOTS.c.state)
            .where(of_game(SNAPSHOTS), SNAPSHOTS.c.version == bindparam("version"))
            .order_by(SNAPSHOTS.c.seq.desc())
            .limit(1)
        )
        self.texts = made(
            select(TEXTS.c.id, TEXTS.c.salt, TEXTS.c.text).where(of_game(TEXTS), dialects.among(TEXTS.c.id))
        )
        self.all_texts = made(select(TEXTS.c.id, TEXTS.c.salt, TEXTS.c.text).where(of_game(TEXTS)).order_by(TEXTS.c.id))
        self.text_key = made(select(TEXT_KEYS.c.key).where(of_game(TEXT_KEYS)))
        self.erase_text = made(delete(TEXTS).where(of_game(TEXTS), TEXTS.c.id == bindparam("id")))
        self.delete_from = [
            made(delete(source).where(of_game(source)))
            for source in (EVENTS, ANSWERS, TEXTS, TEXT_KEYS, SNAPSHOTS, SESSIONS, LINKS)
        ] + [made(delete(GAMES).where(_game_is(GAMES.c.id)))]
        # access
        self.key = made(select(KEYS.c.key).where(KEYS.c.name == bindparam("name")))
        self.insert_key = made(dialects.insert(KEYS).on_conflict_do_nothing())
        self.insert_link = made(insert(LINKS))
        self.link_by_token = made(select(LINKS).where(LINKS.c.token_hash == bindparam("token_hash")))
        self.links = made(select(LINKS).where(of_game(LINKS)).order_by(LINKS.c.created_at, LINKS.c.id))
        self.revoke_link = made(
            update(LINKS)
            .where(of_game(LINKS), LINKS.c.id == bindparam("link_id"), LINKS.c.revoked_at.is_(None))
            .values(revoked_at=bindparam("now"))
        )
        self.link = made(select(LINKS.c.id).where(of_game(LINKS), LINKS.c.id == bindparam("link_id")))
        session = dialects.insert(SESSIONS)
        self.save_session = made(
            session.on_conflict_do_update(
                index_elements=["id"],
                set_={name: session.excluded[name] for name in ("kind", "member", "seat", "invited_to", "link")},
            )
        )
        self.session = made(select(SESSIONS).where(SESSIONS.c.id == bindparam("id")))
        self.sessions = made(select(SESSIONS).where(of_game(SESSIONS)).order_by(SESSIONS.c.created_at, SESSIONS.c.id))
        revoked = update(SESSIONS).where(of_game(SESSIONS), SESSIONS.c.revoked_at.is_(None))
        self.revoke_session = made(
            revoked.where(SESSIONS.c.id == bindparam("session_id")).values(revoked_at=bindparam("now"))
        )
        self.revoke_sessions_of_link = made(
            revoked.where(SESSIONS.c.link == bindparam("link_id")).values(revoked_at=bindparam("now"))
        )
        self.move_access_epoch = made(
            update(GAMES).where(_game_is(GAMES.c.id)).values(access_epoch=GAMES.c.access_epoch + 1)
        )
        self.use_ticket = made(dialects.insert(TICKETS).on_conflict_do_nothing())
        self.forget_tickets = made(delete(TICKETS).where(TICKETS.c.expires_at < bindparam("now")))
