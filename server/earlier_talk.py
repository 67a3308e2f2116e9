"""What was said in a room before what a view holds of it: read off the log, with nothing folded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from game_rules.procedures.rewinding import GameForked
from game_rules.procedures.talk import MessagePosted
from game_rules.saved_game import Record
from game_rules.state import KEPT, PUBLIC_ROOMS, GameState, Message, Room
from game_rules.state_json import read_parts
from game_rules.view import Viewer, heard_by, may_read
from game_rules.view.shape import MessageView
from server.decider import event_from_json
from server.store.interface import EventStore


async def earlier_talk(
    store: EventStore, state: GameState, viewer: Viewer, room: str, before: str
) -> tuple[list[MessageView], bool]:
    """Up to `KEPT` messages right before the one with that text, the newest last; whether nothing was said before them.

    Of a room that the viewer may not read as the game is now there are none. The log is not looked at for it: how long
    the answer takes says nothing of what was said there.
    """
    now = state.public_rooms.get(room) or state.rooms.get(room)
    if now is None or not may_read(state, viewer, now):
        return [], True
    records = await store.records(state.game)
    said = await asyncio.to_thread(_said_before, records, room, before)
    heard = heard_by(state, viewer, replace(now, messages=tuple(said[-KEPT:])))
    return heard, len(said) <= KEPT or len(heard) < KEPT


def _said_before(records: Iterable[Record], room: str, before: str) -> Sequence[Message]:
    said: list[Message] = []
    for message in _said_in(records, room):
        if message.text == before:
            return said
        said.append(message)
    return ()


def _said_in(records: Iterable[Record], room: str) -> Iterator[Message]:
    """Every message of a room. A game that another one was taken up in begins with what everybody heard there."""
    name = json.dumps(room)
    for record in records:
        if '"message_posted"' in record.event and name in record.event:
            posted = event_from_json(record.event)
            if isinstance(posted, MessagePosted) and posted.room == room:
                yield Message(posted.seat, posted.member, record.at, posted.text, posted.refs)
        elif '"game_forked"' in record.event and room in PUBLIC_ROOMS:
            forked = event_from_json(record.event)
            if isinstance(forked, GameForked):
                yield from _heard_before(forked)[room].messages


def _heard_before(forked: GameForked) -> dict[str, Room]:
    rooms: dict[str, Room] = read_parts([part for part in json.loads(forked.state) if part[0] == "public_rooms"])[
        "public_rooms"
    ]
    return rooms
