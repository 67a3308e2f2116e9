"""`summit export`, `import`, `replay` and `verify`: saved games out of the database, in again, and by themselves."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from game_rules.saved_game import Damaged, Record, SavedGame, Text, chain_start, read_lines, write_lines
from game_rules.state import GameState
from game_rules.view import SPECTATOR, Viewer, facilitator_viewer, member_viewer, text_ids, view
from server.access import new_code, now_ms
from server.cli.serve import DatabaseUrl, settings_with
from server.decider import Moment, head_after, steps
from server.store import Store, store_for
from server.store.interface import Addition, GameRow, GameTransaction, GameUnknown

T = TypeVar("T")

SEES_ALL = "facilitator"


class Format(StrEnum):
    """Of an export. The other forms of the debrief are made from this one."""

    JSONL = "jsonl"


def fail(message: str) -> typer.Exit:
    print(f"summit: {message}", file=sys.stderr)
    return typer.Exit(1)


def with_store(database_url: str | None, work: Callable[[Store], Awaitable[T]]) -> T:
    """Runs the work over the database of the settings. Raises DatabaseRefused."""

    async def run() -> T:
        settings = settings_with(database_url=database_url)
        store = store_for(settings.database_url, allow_unsafe=settings.allow_unsafe_database)
        await store.open()
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


# --- reading and writing ----------------------------------------------------------------------------------------------


def read_file(file: Path) -> SavedGame:
    """The saved game in a file; says at which line it is damaged, and ends the command."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            return read_lines(lines)
    except Damaged as damaged:
        raise fail(f"{file}: {damaged}") from None
    except UnicodeDecodeError:
        raise fail(f"{file}: this is not a text file") from None
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from None


def write_file(file: Path | None, lines: Iterable[str]) -> None:
    if file is None or str(file) == "-":
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    with file.open("w", encoding="utf-8", newline="\n") as written:
        written.writelines(f"{line}\n" for line in lines)


async def saved(store: Store, game: str) -> list[str]:
    """The lines of a game as it is stored, with every text that was not erased. Raises GameUnknown."""
    records = await store.records(game)
    texts = await store.texts(game)
    return list(write_lines(game, records, (text for text in texts.values() if text is not None)))


async def take_in(store: Store, game: SavedGame) -> None:
    """Puts a saved game into the database. Raises KeyError when it is there already."""
    await store.create(GameRow(game.game, new_code(), game.game, now_ms()), text_key=None)
    await store.transact(game.game, lambda transaction: _append(transaction, game.records, game.texts))


def _append(transaction: GameTransaction, records: tuple[Record, ...], texts: tuple[Text, ...]) -> None:
    head = transaction.head
    for step in steps(records, Moment(0, chain_start(transaction.game), None)):
        head = head_after(head, step.after, step.records[-1].at)
    transaction.append(Addition(records, head, texts))


# --- replaying --------------------------------------------------------------------------------------------------------


def fold_until(game: SavedGame, at: int | None) -> Moment:
    """The game after record `at`, or after the last. Ends the command when a record is not of these rules."""
    records = game.records if at is None else game.records[:at]
    now = Moment(0, chain_start(game.game), None)
    try:
        for step in steps(records, now):
            now = step.after
    except ValidationError as error:
        raise fail(f"record {now.seq + 1} is not an event of these rules: {error.errors()[0]['type']}") from None
    return now


def viewer_named(name: str | None, state: GameState) -> Viewer:
    """A seat, `facilitator`, or nobody in particular: what is public."""
    if name is None:
        return SPECTATOR
    if name == SEES_ALL:
        return facilitator_viewer("replay")
    known = tuple(state.seats)
    if name not in known:
        raise fail(f"there is no seat {name} in this game; there are {', '.join(known)} and {SEES_ALL}")
    there = next((member.id for member in state.members.values() if member.present and member.seat == name), "replay")
    return member_viewer(there, name)


def shown(game: SavedGame, at: int | None, name: str | None) -> dict[str, Any]:
    """A view of the game with its texts."""
    now = fold_until(game, at)
    if now.state is None:
        raise fail("there is nothing before the first record")
    seen = view(now.state, viewer_named(name, now.state))
    texts = {text.id: text.text for text in game.texts}
    return {
        "game": game.game,
        "at": now.seq,
        "records": len(game.records),
        "view": seen,
        "texts": {id: texts.get(id) for id in text_ids(seen)},
    }


def told(game: SavedGame) -> Iterator[str]:
    """One line a record: for people."""
    for record in game.records:
        event = json.loads(record.event)
        who = record.actor.seat or record.actor.kind
        yield f"{record.seq:>6}  {record.at}  {who:<12} {event['type']}"


# --- the commands -----------------------------------------------------------------------------------------------------

GameId = Annotated[str, typer.Argument(help="The game's id, as in its address.")]
File = Annotated[Path, typer.Argument(help="A saved game.", exists=False)]


def add_to(app: typer.Typer) -> None:
    @app.command()
    def export(
        game: GameId,
        output: Annotated[
            Path | None, typer.Option("--output", "-o", help="The file; - or nothing: standard output.")
        ] = None,
        format: Annotated[Format, typer.Option(help="jsonl: the saved game.")] = Format.JSONL,
        database_url: DatabaseUrl = None,
    ) -> None:
        """Writes a saved game with the scenario inside. The server must not be using the same SQLite file."""
        try:
            lines = with_store(database_url, lambda store: saved(store, game))
        except GameUnknown:
            raise fail(f"there is no game {game} in this database") from None
        write_file(output, lines)

    @app.command(name="import")
    def import_(file: File, database_url: DatabaseUrl = None) -> None:
        """Puts a saved game into the database, whole or not at all."""
        game = read_file(file)
        fold_until(game, None)
        try:
            with_store(database_url, lambda store: take_in(store, game))
        except KeyError:
            raise fail(f"game {game.game} is in this database already") from None
        print(f"{game.game}: {len(game.records)} records")

    @app.command()
    def replay(
        file: File,
        json_: Annotated[bool, typer.Option("--json", help="Print a view instead of the list of records.")] = False,
        at: Annotated[int | None, typer.Option(help="After which record; the last when left out.", min=1)] = None,
        as_: Annotated[str | None, typer.Option("--as", help="Through whose eyes: a seat, or facilitator.")] = None,
    ) -> None:
        """Folds a saved game and shows it."""
        game = read_file(file)
        if json_:
            print(json.dumps(shown(game, at, as_), ensure_ascii=False, separators=(",", ":")))
        else:
            write_file(None, told(game))

    @app.command()
    def verify(file: File) -> None:
        """Checks that a saved game is as it was written, and that it folds."""
        game = read_file(file)
        fold_until(game, None)
        print(f"{file}: whole. {len(game.records)} records, {len(game.texts)} texts, head {game.head.hex()}")
