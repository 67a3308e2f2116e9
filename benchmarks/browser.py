"""The delegate's table in a real browser: how long it takes to come, to show an update, and what it keeps in memory.

Headless Chromium, the built client, and a server with a full-cast game: 31 allies and Ukraine at their sockets.

**Coming** is measured on a phone's line (`slow_line`: 1.6 Mbit/s, 150 ms there and back, for everything the browser
asks for) with the processor throttled four times. The table is there when its text, its seats and its talk have been
painted and the page answers within 50 ms; the times are the page's own, since it was told to go there. Each first visit
is a browser context that has never been anywhere. A repeated one is a reload: it comes back in the same tab, which kept
what it saw; in another tab of the same browser the files are there, and the view comes over the line. The script is
what came over the line for the page's scripts until then, compressed as it came.

**An update** is measured without throttling, in the page, from the moment its frame is handed to the page's socket to
the moment the page's thread has painted the frame that shows it. That includes waiting for the screen's next beat, on
average half of 16.7 ms, which is why the least there is (a word changing in an empty page, minutes before) stands
beside it; `work` is the same without the wait. What the compositor does after that is not in it.

**Memory** is the page's JavaScript heap after a collection, while two hours' worth of updates come as fast as they are
taken. The tail is the slope of a line through the second half, in MB an hour, with what the fit leaves open (two
standard errors) below and above it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import linear_regression
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, StorageState, ViewportSize, async_playwright

from benchmarks.figures import Figure
from benchmarks.first_view import fill_the_floor
from benchmarks.full_table import WORDS
from benchmarks.guests import Guest, Table, open_table
from benchmarks.servers import summit_server
from benchmarks.slow_line import SlowLine, slow_line
from tests.fixtures.chromium import ARGUMENTS, find_chromium

BITS_PER_SECOND, ROUND_TRIP_SECONDS, TIMES_SLOWER = 1_600_000, 0.15, 4
VISITS = 5
UPDATES = 300
UPDATE_EVERY_SECONDS = 0.06
HOURS, UPDATES_AN_HOUR, SAMPLES = 2, 3_600, 24
PATIENCE_MS = 60_000
MEGABYTE = 1_000_000

FIRST_SECONDS, REPEATED_SECONDS, BRIEF_SECONDS = 2.0, 0.7, 2.0
SCRIPT_KILOBYTES = 170
MEDIAN_MS, WORST_MS = 16, 50
HEAP_MEGABYTES = 60

LAPTOP = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)

PROBE = Path(__file__).with_name("probe.js")
FIRST_MINUTE = ("summit.welcomed", "summit.toured")
TEXT = "[data-tour=text] h2"
TABLE = f"""() => ['{TEXT}', '[data-tour=room] [data-seat]', '[data-tour=talk] [data-said]']
    .every((part) => document.querySelector(part))"""
BRIEF = "() => document.querySelector('main.welcome .mission')"
GO_IN = "To the table"


# --- the browser -----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    path = find_chromium()
    if path is None:
        raise RuntimeError("no Chromium on this machine: name one with SUMMIT_CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


class Delegate:
    """A person who sat down for a nation, and comes with one browser or another."""

    def __init__(self, browser: Browser, game: str, session: StorageState) -> None:
        self._browser = browser
        self._game = game
        self._session = session
        self._marks: list[tuple[str, str]] = []

    @classmethod
    async def come(cls, browser: Browser, table: Table, nation: str) -> Delegate:
        context = await browser.new_context()
        claim = {"seat": nation, "name": f"Delegate of {nation}", "code": table.code}
        answer = await context.request.post(f"{table.address}/api/games/{table.game}/claims", data=claim)
        if not answer.ok:
            raise RuntimeError(f"{nation} could not sit down: {await answer.text()}")
        session = await context.storage_state()
        await context.close()
        return cls(browser, table.game, session)

    async def page(self, screen: ViewportSize, slower: int = 1) -> tuple[Page, CDPSession]:
        """In a context that has never been anywhere: nothing is kept in it but the session."""
        context = await self._browser.new_context(viewport=screen, storage_state=self._session)
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(path=PROBE)
        for name, value in self._marks:
            await context.add_init_script(f"localStorage.setItem({json.dumps(name)}, {json.dumps(value)})")
        page = await context.new_page()
        tools = await context.new_cdp_session(page)
        await tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        return page, tools

    async def another_tab(self, page: Page, slower: int = 1) -> Page:
        """Of the same browser."""
        tab = await page.context.new_page()
        tools = await page.context.new_cdp_session(tab)
        await tools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        return tab

    async def go(self, page: Page, address: str, shown: str) -> float:
        """Seconds until what is asked for has been painted and the page answers."""
        await page.goto(f"{address}/g/{self._game}", wait_until="commit")
        async with asyncio.timeout(PATIENCE_MS / 1_000):
            milliseconds: float = await page.evaluate(f"bench.ready({shown})")
        return milliseconds / 1_000

    async def is_welcomed(self, address: str) -> None:
        """Reads the brief and goes in, once; every later page knows of it, as a browser does that was here before."""
        page, _ = await self.page(LAPTOP)
        await page.goto(f"{address}/g/{self._game}")
        await page.get_by_role("button", name=GO_IN).click()
        await page.wait_for_selector(TEXT)
        kept = await page.evaluate("Object.entries(localStorage)")
        self._marks = [(name, value) for name, value in kept if name.startswith(FIRST_MINUTE)]
        await page.context.close()


# --- coming ----------------------------------------------------------------------------------------------------------


async def visits(browser: Browser, table: Table, nations: Sequence[str], line: SlowLine) -> list[Figure]:
    """First visits to the brief and to the table, and the way back to it, each for a nation and in a context anew."""
    brief, first, again, elsewhere, script, carried = [], [], [], [], [], []
    for nation in nations:
        delegate = await Delegate.come(browser, table, nation)
        page, _ = await delegate.page(PHONE, TIMES_SLOWER)
        brief.append(await delegate.go(page, line.address, BRIEF))
        await page.context.close()
        await delegate.is_welcomed(table.address)
        page, _ = await delegate.page(LAPTOP, TIMES_SLOWER)
        before = line.down.carried
        first.append(await delegate.go(page, line.address, TABLE))
        script.append(await page.evaluate(SCRIPT_SIZE) / 1_000)
        carried.append((line.down.carried - before) / 1_000)
        await asyncio.sleep(SETTLED_SECONDS)
        again.append(await delegate.go(page, line.address, TABLE))
        tab = await delegate.another_tab(page, TIMES_SLOWER)
        await page.close()
        elsewhere.append(await delegate.go(tab, line.address, TABLE))
        await tab.context.close()
    slow = f"1.6 Mbit/s, CPU {TIMES_SLOWER}× slower"
    return [
        Figure(f"first visit until the brief shows, phone, {slow}", brief, "s", at_most=BRIEF_SECONDS),
        Figure(f"first load until the table answers, {slow}", first, "s", at_most=FIRST_SECONDS),
        Figure(f"repeated load until the table answers, {slow}", again, "s", at_most=REPEATED_SECONDS),
        Figure(f"load in another tab until the table answers, {slow}", elsewhere, "s"),
        Figure("script of the table's screen, compressed", script, "kB", at_most=SCRIPT_KILOBYTES),
        Figure("everything the line carried until the table answered", carried, "kB"),
    ]


SCRIPT_SIZE = """performance.getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)"""

SETTLED_SECONDS = 6
"""What a page does after it has come: its service worker keeps what the next visit needs, over the same slow line."""


# --- updates ---------------------------------------------------------------------------------------------------------

Move = Callable[[], Awaitable[Any]]


def busy_play(table: Table) -> Iterator[Move]:
    """What a table does all day: six of ten moves are words, three say where a nation stands, one moves a text."""
    stands = ("support", "can_accept")
    proposed: dict[str, int] = {}
    for number in itertools.count():
        guest = table.guests[number * 7 % len(table.guests)]
        draft = f"d{2 + number // 10 % 9}"
        match number % 10:
            case 2 | 5 | 8:
                yield _wish(guest, "state_position", draft=draft, revision=1, position=stands[number // 31 % 2])
            case 7:
                proposed[draft] = proposed.get(draft, 0) + 1
                yield _amendment_there_and_back(table.guests[-1], draft, proposed[draft])
            case _:
                text = f"{WORDS} ({number})"
                yield _wish(guest, "post_message", room="plenary", text=text, refs=[f"draft:{draft}"])


def _wish(guest: Guest, kind: str, **fields: Any) -> Move:
    return lambda: guest.wish(kind, **fields)


def _amendment_there_and_back(guest: Guest, draft: str, number: int) -> Move:
    async def move() -> None:
        changes = {"target_date": "none", "reform": "none"}
        await guest.wish("propose_amendment", draft=draft, revision=1, changes=changes, note=WORDS)
        await guest.wish("withdraw_amendment", amendment=f"{draft}.a{number}")

    return move


async def updates(page: Page, moves: Iterator[Move]) -> list[Figure]:
    """One move after the other, at the pace of a very busy minute; every update that the page hears of is measured."""
    await page.evaluate("bench.updates.length = 0")
    for move in itertools.islice(moves, UPDATES):
        await move()
        await asyncio.sleep(UPDATE_EVERY_SECONDS)
    found: list[dict[str, float]] = await page.evaluate("bench.updates")
    bare: list[dict[str, float]] = await _bare(page)
    whole, work, least = (_sorted(found, "whole"), _sorted(found, "work"), _sorted(bare, "whole"))
    return [
        Figure.ratio("an update to its paint, p50: the table to an empty page", [_at(whole, 50) / _at(least, 50)]),
        Figure("an update in a 31-seat game to its paint, p50", [_at(whole, 50)], "ms", at_most=MEDIAN_MS),
        Figure("an update in a 31-seat game to its paint, p99", [_at(whole, 99)], "ms", at_most=WORST_MS),
        Figure("of it the page's work, p50", [_at(work, 50)], "ms"),
        Figure("of it the page's work, p99", [_at(work, 99)], "ms"),
        Figure("a word that changes in an empty page, p50", [_at(least, 50)], "ms"),
        Figure("a word that changes in an empty page, p99", [_at(least, 99)], "ms"),
    ]


async def _bare(page: Page) -> list[dict[str, float]]:
    empty = await page.context.new_page()
    await empty.goto(f"{page.url.partition('/g/')[0]}/sw.js")
    found: list[dict[str, float]] = await empty.evaluate(f"bench.bare({UPDATES})")
    await empty.close()
    await page.bring_to_front()
    return found


def _sorted(found: Sequence[dict[str, float]], key: str) -> list[float]:
    return sorted(one[key] for one in found)


def _at(ordered: Sequence[float], percent: int) -> float:
    return ordered[len(ordered) * percent // 100]


# --- memory ----------------------------------------------------------------------------------------------------------


async def memory(page: Page, tools: CDPSession, moves: Iterator[Move]) -> list[Figure]:
    """Two hours of busy play, an update a second, as fast as they are taken."""
    await tools.send("Performance.enable")
    between = HOURS * UPDATES_AN_HOUR // SAMPLES
    hours, heap, nodes = [], [], []
    for sample in range(1, SAMPLES + 1):
        for move in itertools.islice(moves, between):
            await move()
        await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        await page.evaluate("bench.updates.length = 0")
        await tools.send("HeapProfiler.collectGarbage")
        now = {one["name"]: one["value"] for one in (await tools.send("Performance.getMetrics"))["metrics"]}
        hours.append(sample * between / UPDATES_AN_HOUR)
        heap.append(now["JSHeapUsedSize"] / MEGABYTE)
        nodes.append(now["Nodes"])
    half = SAMPLES // 2
    return [
        Figure(f"heap of the table in {HOURS} hours of busy play", heap, "MB", at_most=HEAP_MEGABYTES),
        Figure("its growth in the second half", slope(hours[half:], heap[half:]), "MB/h"),
        Figure("nodes of the page, meanwhile", nodes, ""),
        Figure("their growth in the second half", slope(hours[half:], nodes[half:]), "/h"),
    ]


def slope(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """Of the line that fits best, two standard errors below, itself, and two above."""
    fit = linear_regression(xs, ys)
    middle = sum(xs) / len(xs)
    left = sum((y - fit.intercept - fit.slope * x) ** 2 for x, y in zip(xs, ys, strict=True)) / (len(xs) - 2)
    error = (left / sum((x - middle) ** 2 for x in xs)) ** 0.5
    return [fit.slope - 2 * error, fit.slope, fit.slope + 2 * error]


# --- the benchmark ---------------------------------------------------------------------------------------------------


@asynccontextmanager
async def full_table_served(line: SlowLine, seats_left: int) -> AsyncIterator[Table]:
    """The game, on a server that can be reached over the slow line as well."""
    settings = {"commands_per_second": "1000000", "commands_burst": "1000000", "allowed_origins": line.address}
    with (
        tempfile.TemporaryDirectory() as folder,
        summit_server(Path(folder) / "summit.sqlite3", stand_ins="false", **settings) as server,
    ):
        line.target = server.address
        table = await open_table(server.address, left=seats_left)
        await fill_the_floor(table)
        yield table


async def measure() -> list[Figure]:
    async with (
        slow_line(BITS_PER_SECOND, ROUND_TRIP_SECONDS) as line,
        full_table_served(line, VISITS + 1) as table,
        chromium() as browser,
    ):
        return await _measured(browser, table, line)


async def _measured(browser: Browser, table: Table, line: SlowLine) -> list[Figure]:
    stays, *visit = table.free
    figures = await visits(browser, table, visit, line)
    delegate = await Delegate.come(browser, table, stays)
    await delegate.is_welcomed(table.address)
    page, tools = await delegate.page(LAPTOP)
    await delegate.go(page, table.address, TABLE)
    moves = busy_play(table)
    figures += await updates(page, moves)
    figures += await memory(page, tools, moves)
    return figures


def run() -> Iterator[Figure]:
    with asyncio.Runner() as runner:
        yield from runner.run(measure())
