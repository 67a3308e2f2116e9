"""Tables that are set already, for tests of what comes later: the requests that the pages make, without the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import APIResponse, expect

from tests.web.people import Person

NEW_GAME = {"scenario": "vilnius-2023", "cast": "quick", "kind": "open", "clock_minutes": 60}


@dataclass(frozen=True)
class Table:
    """A game in its lobby, and the ways to it."""

    game: str
    code: str
    link: str
    projector: str

    @property
    def page(self) -> str:
        return f"/g/{self.game}"


async def ask(person: Person, path: str, **body: Any) -> APIResponse:
    """A request with the person's cookies. Fails unless the server says yes."""
    answer = await person.context.request.post(f"{person.address}/api/games{path}", data=body)
    await expect(answer).to_be_ok()
    return answer


async def set_table(person: Person, **how: Any) -> Table:
    """The person becomes its host, or with `kind="exercise"` its facilitator."""
    created = await (await ask(person, "", **{**NEW_GAME, **how})).json()
    return Table(created["game"], created["code"], created["links"]["join"], created["links"]["projector"])


async def seat(person: Person, table: Table, code: str) -> None:
    """The person sits down and has the table before them."""
    await ask(person, f"/{table.game}/claims", seat=code, name=person.name, code=table.code)
    await person.open(table.page)
    await expect(person.heading(re.compile("^You are "))).to_be_visible()


async def open_meeting(host: Person, table: Table, *phases: str) -> None:
    """The host opens the meeting and moves on through the phases."""
    await host.button("Start the meeting").click()
    await host.in_phase("Briefing")
    if phases:
        await host.move_on(*phases)


async def briefing(host: Person, guest: Person) -> Table:
    """Host Anna for Hungary, the guest for Poland, and the meeting has just begun."""
    table = await set_table(host)
    await seat(host, table, "HUN")
    await seat(guest, table, "POL")
    await open_meeting(host, table)
    return table


async def council(host: Person, guest: Person) -> Table:
    """Host Anna in the chair, the guest for Hungary, the first Council session, and the chair's text on the floor.

    Every ally of the quick cast can live with that text.
    """
    table = await set_table(host)
    await seat(host, table, "SG")
    await seat(guest, table, "HUN")
    await open_meeting(host, table, "Consultations")
    await host.table_draft("what my government wants")
    await host.move_on("First Council session")
    await guest.in_phase("First Council session")
    return table
