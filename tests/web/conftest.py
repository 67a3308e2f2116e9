"""What a browser test can ask for: a server to open, and people with a browser each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect
from pytest_playwright_asyncio.pytest_playwright import CreateContextCallback

from tests.web.people import Person
from tests.web.serving import SummitServer, built_client, quick_scenarios
from tests.web.stage import Stage

PATIENCE_MS = 25_000
"""How long a condition may take to come true. A machine with two busy cores needs some of it, once in a while."""

expect.set_options(timeout=PATIENCE_MS)

HAS_LOOKED_AROUND = "try { localStorage.setItem('summit.toured', 'true') } catch {}"

Invite = Callable[..., Awaitable[Person]]


@pytest.fixture(scope="session")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built_client()
    return quick_scenarios(tmp_path_factory.mktemp("scenarios"))


def _served(server: SummitServer) -> Iterator[SummitServer]:
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def served(scenarios: Path) -> Iterator[SummitServer]:
    """The server most tests share. Empty seats stay empty here, so that only people change anything."""
    yield from _served(SummitServer(scenarios))


@pytest.fixture(scope="session")
def served_with_bots(scenarios: Path) -> Iterator[SummitServer]:
    """A server as people run it: bots play the seats that nobody takes."""
    yield from _served(SummitServer(scenarios, stand_ins=True))


@pytest.fixture
def own_server(scenarios: Path) -> Iterator[SummitServer]:
    """A server for one test, which may kill it."""
    yield from _served(SummitServer(scenarios))


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Screens drawn from fixtures, with no server of the game."""
    drawn = Stage()
    try:
        drawn.start()
        yield drawn
    finally:
        drawn.remove()


@pytest.fixture
async def invite(new_context: CreateContextCallback, chromium_path: Path) -> AsyncIterator[Invite]:
    """Brings somebody with a browser of their own: `await invite("Anna", server)`.

    At the end nobody may have seen an error in the console, a breach of the page's security policy, or a request to
    anywhere but the server; `person.expects(...)` names what a test provokes. People have looked around a table before,
    unless they are newcomers, and come without a service worker: `service_workers="allow"` is for its own tests.
    """
    people: list[Person] = []

    async def come(name: str, server: SummitServer, newcomer: bool = False, **how: object) -> Person:
        context = await new_context(**{"service_workers": "block", **how})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        if not newcomer:
            await context.add_init_script(HAS_LOOKED_AROUND)
        person = await Person.come(name, context, server.address)
        people.append(person)
        return person

    yield come
    for person in people:
        assert person.complaints == [], f"{person.name}'s browser"
