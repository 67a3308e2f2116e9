"""People who come in at the door of a running server: a full-cast game in its consultations, and their sockets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.sockets import Answer, SocketClient


class Door:
    """The HTTP side of one person."""

    def __init__(self, address: str, game: str = "") -> None:
        self.address = address
        self.game = game
        self._http = httpx.AsyncClient(base_url=address, headers={"Origin": address}, timeout=30)

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self._http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def seats(self) -> list[str]:
        """The seats that negotiate: all but the chair and the observers."""
        lobby = (await self._http.get(f"/api/games/{self.game}/lobby")).raise_for_status().json()
        return [seat["id"] for seat in lobby["seats"] if seat["kind"] in ("voting", "principal")]

    async def socket(self) -> tuple[SocketClient, Answer]:
        """An open socket, and the whole view that it began with."""
        ticket = (await self.post(f"/api/games/{self.game}/tickets"))["ticket"]
        client = await SocketClient.connect(self.address, f"/api/games/{self.game}/socket")
        hello = {"type": "hello", "ticket": ticket, "resume": None}
        return client, await client.ask(json.dumps(hello).encode(), b'"type":"view"')


@dataclass
class Guest:
    """Somebody at the table with an open socket."""

    name: str
    door: Door
    socket: SocketClient
    asked: int = 0

    async def wish(self, kind: str, **fields: Any) -> Answer:
        """Sends a command and waits for its answer. Raises Refused."""
        self.asked += 1
        command_id = f"{self.name}-{self.asked:06}"
        frame = {"type": "command", "command_id": command_id, "command": {"type": kind, **fields}}
        return await self.socket.ask(json.dumps(frame).encode(), command_id.encode())


@dataclass
class Table:
    """A game and who plays it."""

    address: str
    game: str
    code: str
    guests: list[Guest] = field(default_factory=list)
    free: list[str] = field(default_factory=list)

    async def sit_down(self, seat: str) -> None:
        door = Door(self.address, self.game)
        await door.post(f"/api/games/{self.game}/claims", seat=seat, name=f"Delegate of {seat}", code=self.code)
        self.guests.append(Guest(seat, door, (await door.socket())[0]))


async def open_table(address: str, left: int = 0) -> Table:
    """A full-cast game in its consultations: the 31 allies and Ukraine at their sockets, stand-ins for the others.

    The last `left` of them keep their seats free, for whoever comes by another way.
    """
    door = Door(address)
    opened = await door.post("/api/games", scenario="vilnius-2023", cast="full", kind="exercise", clock_minutes=180)
    door.game = opened["game"]
    table = Table(address, opened["game"], opened["code"])
    seats = await door.seats()
    table.free = seats[len(seats) - left :]
    for seat in seats[: len(seats) - left]:
        await table.sit_down(seat)
    director = Guest("director", door, (await door.socket())[0])
    for step in ("start_game", "advance_phase"):
        await director.wish(step)
    director.socket.close()
    return table
