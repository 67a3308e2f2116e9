"""People who talk while servers are killed under them, and the log that must hold what they were told it holds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

import httpx
import websockets

from game_rules.saved_game import read_lines
from tests.server.table import Gone, Guest, Player, Table


class Talker:
    """A client that keeps a message until it is answered, and sends it again under the same id.

    `guests` are the same person at each of the servers; after a lost line it turns to the next.
    """

    def __init__(self, guests: Sequence[Guest], name: str) -> None:
        self.name = name
        self.acknowledged: list[str] = []
        self._guests = guests
        self._turn = 0

    async def talk(self, until: asyncio.Event) -> None:
        number = 0
        while not until.is_set():
            number += 1
            await self._say(f"{self.name} {number}", f"{self.name}.{number}")

    async def _say(self, text: str, command_id: str) -> None:
        while True:
            try:
                socket = await self._socket()
                answer = await socket.wish("post_message", command_id, room="plenary", text=text, refs=[])
                if answer["type"] == "ack":
                    self.acknowledged.append(text)
                    return
            except (Gone, OSError, TimeoutError, websockets.WebSocketException, httpx.TransportError, AssertionError):
                self._guests[self._turn].socket = None
                self._turn = (self._turn + 1) % len(self._guests)
            await asyncio.sleep(0.05)

    async def _socket(self) -> Player:
        guest = self._guests[self._turn]
        if guest.socket is None or guest.socket.closed is not None:
            await guest.play()
        assert guest.socket is not None
        return guest.socket


async def begun(address: str) -> tuple[Table, list[Guest]]:
    """A game in which two delegations may talk."""
    table = await Table.open(address, kind="exercise")
    guests = [await table.seat("HUN", "Anna"), await table.seat("POL", "Ola")]
    facilitator = await table.creator.play()
    for act in ("start_game", "advance_phase"):
        assert (await facilitator.wish(act))["type"] == "ack"
    return table, guests


def moved(guest: Guest, address: str) -> Guest:
    """The same browser at another server: the same cookie, no sticky session."""
    there = Guest(address, guest.game)
    there.http.cookies.update(dict(guest.http.cookies))
    return there


async def messages(table: Table) -> list[str]:
    """Every message of the log, from the saved game, which must be whole."""
    lines = (await table.creator.get(table.creator.path("export"))).text.splitlines()
    saved = read_lines(lines)
    texts = {text.id: text.text for text in saved.texts}
    return [texts[id] for record in saved.records if (id := _message_of(record.event)) is not None]


def _message_of(event: str) -> str | None:
    body = json.loads(event)
    return body["text"] if body["type"] == "message_posted" else None
