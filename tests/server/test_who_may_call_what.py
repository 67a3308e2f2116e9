"""Every route, and who may call it: a route that stands in no table here fails (promise L5)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from server.app import create_app
from tests.server.table import Guest, House, Table, house, token_of

pytestmark = pytest.mark.slow

CALLERS = ("stranger", "code", "seated", "host", "facilitator", "projector", "press", "spectator")

Yes = frozenset[str]
ALL: Yes = frozenset(CALLERS)
LET_IN: Yes = ALL - {"stranger", "code"}

RUN_IT: Yes = frozenset({"host", "facilitator"})
WATCH: Yes = frozenset({"facilitator", "projector", "press", "spectator"})

PACKAGE: dict[str, Any] = {"package": {}}
CLAIM = {"seat": "TUR", "name": "Anna"}


@dataclass(frozen=True)
class Rule:
    """Who gets through the door of a route. Behind it the rules of the game may still refuse (409)."""

    who: Yes
    body: Any = None
    query: str = ""


MAY = {
    "GET /api/scenarios": Rule(ALL),
    "GET /api/scenarios/{slug}/translations/{language}": Rule(ALL),
    "POST /api/games": Rule(ALL, {"scenario": "vilnius-2023", "cast": "quick", "kind": "open", "clock_minutes": 60}),
    "GET /api/codes/{code}": Rule(ALL),
    "GET /api/games/{game}/lobby": Rule(LET_IN),
    "GET /api/games/{game}/qr.svg": Rule(LET_IN),
    "POST /api/games/{game}/sessions": Rule(frozenset(), {"token": "x" * 22}),
    "POST /api/games/{game}/claims": Rule(LET_IN - WATCH, CLAIM),
    "POST /api/games/{game}/tickets": Rule(LET_IN),
    "POST /api/games/{game}/links": Rule(RUN_IT, {"seat": "HUN"}),
    "GET /api/games/{game}/links": Rule(RUN_IT),
    "POST /api/games/{game}/links/{link}/revoke": Rule(frozenset()),
    "POST /api/games/{game}/appraisals": Rule(LET_IN, PACKAGE),
    "GET /api/games/{game}/replay": Rule(LET_IN),
    "GET /api/games/{game}/replay/moments": Rule(LET_IN),
    "GET /api/games/{game}/talk": Rule(LET_IN, query="?room=plenary&before=t1"),
    "GET /api/games/{game}/export": Rule(frozenset({"facilitator"})),
    "GET /api/games/{game}/replay/annotations": Rule(LET_IN),
    "GET /api/games/{game}/moments": Rule(frozenset({"facilitator"})),  # a host: once the results are open
    "POST /api/games/{game}/forks": Rule(frozenset({"facilitator"}), {"moment": 1}),
    "POST /api/games/{game}/roster": Rule(RUN_IT, {"text": "Anna,HUN"}),
    "POST /api/games/{game}/press": Rule(frozenset({"press"}), {"name": "The Daily"}),
    "GET /healthz": Rule(ALL),
    "GET /readyz": Rule(ALL),
    "GET /metrics": Rule(ALL),  # from this machine, where tests call from: tests/server/test_pages.py
    "POST /api/games/{game}/leave": Rule(LET_IN),
    "DELETE /api/games/{game}": Rule(RUN_IT, {"confirm": "not its name"}),
}

ELSEWHERE = {
    "GET /{path:path}": "the client's pages: tests/server/test_pages.py",
    "HEAD /{path:path}": "the client's pages: tests/server/test_pages.py",
    "GET /api/openapi.json": "the description of all this",
    "HEAD /api/openapi.json": "the description of all this",
    "SOCKET /api/games/{game}/socket": "the gate: tests/server/test_coming_in.py",
}


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


def doors(app: FastAPI) -> Iterator[str]:
    """Every method and path the application answers."""
    for route in app.routes:
        yield from _doors_of(route)


def _doors_of(route: BaseRoute, prefix: str = "") -> Iterator[str]:
    inner = getattr(route, "original_router", None) or getattr(route, "router", None)
    if inner is not None:
        for part in inner.routes:
            yield from _doors_of(part)
        return
    path = getattr(route, "path", str(route))
    methods = getattr(route, "methods", None) or {"SOCKET"}
    yield from (f"{method} {path}" for method in methods)


async def test_every_route_stands_in_a_table(home: House) -> None:
    app = create_app(home.services)
    assert any(isinstance(route, APIRoute) for route in app.routes) or app.routes
    described = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}
    assert described | set(doors(app)) == set(MAY) | set(ELSEWHERE)


@pytest.mark.parametrize("caller", CALLERS)
async def test_who_gets_through_which_door(home: House, caller: str) -> None:
    for door, rule in MAY.items():
        table = await home.table(kind="exercise" if caller in WATCH else "open")
        guest = await _guest(table, caller)
        method, _, path = door.partition(" ")
        path = path.format(game=table.game, code=table.code, link="nosuchlink", slug="first-steps", language="de")
        answer = await guest.http.request(method, path + rule.query, json=rule.body)
        if caller in rule.who:
            assert answer.status_code in (200, 201, 204, 409), f"{caller} at {door}: {answer.text}"
        else:
            assert answer.status_code in (403, 404), f"{caller} at {door}: {answer.status_code}"
        await guest.close()


async def _guest(table: Table, caller: str) -> Guest:
    if caller in ("host", "facilitator"):
        return table.creator
    if caller == "seated":
        return await table.seat("POL")
    guest = Guest(table.address, table.game)
    if caller == "projector":
        await guest.enter(token_of(str(table.links["projector"])))
    if caller in ("press", "spectator"):
        made = await table.creator.post(table.creator.path("links"), {"kind": caller}, 201)
        await guest.enter(token_of(made.json()["url"]))
    return guest
