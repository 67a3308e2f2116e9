"""People who come in at the door of a running server: a full-cast game in its consultations, and their sockets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx

from benchmarks.sockets import SocketClient

@dataclass
class Guest:
    """Somebody at the table with an open socket."""

    seat: str
    socket: SocketClient
    asked: int = 0

    async def wish(self, kind: str, **fields: Any) -> float:
        """Sends a command and waits for its answer; seconds. Raises Refused."""
        self.asked += 1
        command_id = f"{self.seat}-{self.asked:06}"
        frame = {"type": "command", "command_id": command_id, "command": {"type": kind, **fields}}
        return await self.socket.ask(json.dumps(frame).encode(), command_id.encode())


class Door:
    """The HTTP side of one person."""

    def __init__(self, address: str, game: str = "") -> None:
        self.address = address
        self.game = game
        self._http = httpx.AsyncClient(base_url=address, headers={"Origin": address}, timeout=30)

    async def __aenter__(self) -> Door:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self._http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def seats(self) -> list[str]:
        """The seats that negotiate: all but the chair and the observers."""
        lobby = (await self._http.get(f"/api/games/{self.game}/lobby")).raise_for_status().json()
        return [seat["id"] for seat in lobby["seats"] if seat["kind"] in ("voting", "principal")]

    async def socket(self, seat: str) -> Guest:
        """Opens a socket and waits until it is let in."""
        ticket = (await self.post(f"/api/games/{self.game}/tickets"))["ticket"]
        client = await SocketClient.connect(self.address, f"/api/games/{self.game}/socket")
        hello = {"type": "hello", "ticket": ticket, "resume": None}
        await client.ask(json.dumps(hello).encode(), b'"type":"view"')
        return Guest(seat, client)


@dataclass
class Table:
    """A game and who plays it."""

    game: str
    code: str
    guests: list[Guest]


async def open_table(address: str) -> Table:
    """A full-cast game in its consultations: the 31 allies and Ukraine at their sockets, stand-ins for the others."""
    async with Door(address) as director:
        opened = await director.post(
            "/api/games", scenario="vilnius-2023", cast="full", kind="exercise", clock_minutes=180
        )
        director.game = opened["game"]
        table = Table(opened["game"], opened["code"], [])
        for seat in await director.seats():
            table.guests.append(await sit_down(address, table, seat))
        steering = await director.socket("director")
        for step in ("start_game", "advance_phase"):
            await steering.wish(step)
        steering.socket.close()
    return table


async def sit_down(address: str, table: Table, seat: str) -> Guest:
    async with Door(address, table.game) as door:
        await door.post(f"/api/games/{table.game}/claims", seat=seat, name=f"Delegate of {seat}", code=table.code)
        return await door.socket(seat)
