"""What people, their devices and a scenario can do to a page: it holds, and nobody else notices.

Whoever misbehaves does so on the wire, past what their own page would let them type; the page that is looked at is that
of somebody else, on a laptop and on a narrow phone.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, WebSocketRoute, expect

from tests.server.table import Guest, Player
from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SILENCE_SECONDS, SummitServer, quick_scenarios
from tests.web.tables import Table, briefing, council, open_meeting, seat, set_table
from tests.web.test_lost_lines import LINE_LOST, Wire
from tests.web.tour.class_in_play import PARTNERSHIP

LAPTOP = {"viewport": {"width": 1366, "height": 768}}
NARROW = {"viewport": {"width": 360, "height": 740}, "has_touch": True}

MARKUP = "<img src=x onerror=\"document.title='hurt'\"><script>document.title='hurt'</script>{by} &amp; **x**"
TURNED = "\u202eevitartsinimda\u2066 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u2067abc"
ZALGO = "".join(f"{letter}{chr(0x0300 + place) * 60}" for place, letter in enumerate("Kyiv said so"))
ENDLESS = "W" * 4_000

KINDS = {"markup": MARKUP, "turned": TURNED, "zalgo": ZALGO, "endless": ENDLESS}

IS_UNCOVERED = """
(control) => {
  const { left, top, width, height } = control.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const inside = x > 0 && y > 0 && x < innerWidth && y < innerHeight;
  return inside && control.contains(document.elementFromPoint(x, y));
}
"""

HARM = """
() => ({
  sideways: Math.max(
    document.scrollingElement.scrollWidth - innerWidth,
    ...[...document.querySelectorAll('dialog[open] .body, main .pane')].map((it) => it.scrollWidth - it.clientWidth),
  ),
  smuggled: document.querySelectorAll('img[src="x"], body script').length,
  title: document.title.includes('hurt'),
})
"""


async def holds(person: Person, *controls: Locator) -> None:
    """Nothing is wider than the page, no markup came in, and what one needs lies open."""
    for control in controls:
        await expect(control).to_be_visible()
    harm = await person.page.evaluate(HARM)
    assert harm["sideways"] <= 0, f"{person.name}: {harm['sideways']} px too wide"
    assert (harm["smuggled"], harm["title"]) == (0, False), person.name
    menu = person.page.get_by_role("banner").get_by_role("button", name="More", exact=True)
    for control in controls if await person.dialog.count() else (menu, *controls):
        await person.until(IS_UNCOVERED, control)  # a toast goes by itself


def send(person: Person) -> Locator:
    return person.button("Send", exact=True)


def shortened(text: str, most: int) -> str:
    """As much of it as a field takes."""
    return text[:most]


def letters(text: str) -> str:
    """What has to be shown of it: all but marks on letters and what turns the direction of the words after it."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]|[\u0300-\u036f]", "", unicodedata.normalize("NFD", text)).strip()


@dataclass
class Rogue:
    """Somebody whose client sends whatever it likes."""

    guest: Guest
    player: Player

    @classmethod
    async def come(cls, server: SummitServer, table: Table, code: str, name: str) -> Rogue:
        guest = Guest(server.address, table.game)
        await guest.claim(code, name, code=table.code)
        return cls(guest, await guest.play())

    async def does(self, kind: str, **fields: Any) -> None:
        answer = await self.player.wish(kind, **fields)
        assert answer["type"] == "ack", (kind, answer)

    @property
    def draft(self) -> dict[str, Any]:
        return next(iter(self.player.public["drafts"].values()))


@asynccontextmanager
async def rogues(server: SummitServer, table: Table, name: str, *codes: str) -> AsyncIterator[list[Rogue]]:
    come = [await Rogue.come(server, table, code, shortened(name, 60)) for code in codes]
    try:
        yield come
    finally:
        for rogue in come:
            await rogue.guest.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_people_write_stays_words(invite: Invite, served: SummitServer, kind: str) -> None:
    """Names, talk, reasons, conditions, notes, offers, promises, statements and footnotes."""
    text = KINDS[kind]
    said, reason = shortened(text, 4_000), shortened(text, 1_000)
    anna = await invite("Anna", served, **LAPTOP)
    ben, eve = await invite("Ben", served, **LAPTOP), await invite("Eve", served, **NARROW)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "POL")
    await seat(eve, table, "FRA")
    async with rogues(served, table, text, "DEU", "HUN") as (germany, hungary):
        await holds_in_the_lobby(ben, eve)
        await open_meeting(anna, table, "Consultations")
        await germany.does("table_draft", package=PARTNERSHIP)
        on = {"draft": germany.draft["id"], "revision": 1}
        for room in ("plenary", "DEU+POL", "DEU+FRA", "delegation"):
            await germany.does("post_message", room=room, text=said, refs=[])
        about = {"issues": ["target_date"], "reason": reason, "lift": reason}
        await hungary.does("state_position", **on, position="would_object", in_confidence=False, **about)
        await hungary.does("propose_amendment", **on, changes={"target_date": "none"}, note=reason)
        await hungary.does("make_promise", to="POL", text=reason)
        await germany.does("agree_inside", text=reason)
        for person in (ben, eve):
            await expect(person.page.locator("[data-issue]").first).to_be_attached()
        await holds(ben, send(ben))
        message = ben.said_in("Plenary").locator("[data-said] .said")
        await expect(message).to_have_count(1)
        assert letters(await message.inner_text()) == letters(said)
        await look_around(ben, eve)

        await anna.move_on("First Council session")
        await anna.open_silence()
        await germany.player.until(lambda one: one.public["silence"])
        await germany.does("take_rung", **on, rung="statement", issues=[], text=reason)
        await hungary.does("break_silence", **on, issues=["target_date"], reason=reason, lift=reason)
        for person in (ben, eve):
            await expect(person.silence).to_have_count(0)
            await holds(person)
        await ben.pick("What happened")
        await holds(ben, ben.dialog.get_by_role("button", name="Close"))


async def holds_in_the_lobby(*people: Person) -> None:
    for person in people:
        await expect(person.page.get_by_role("region", name="Seats at the table")).to_be_visible()
        harm = await person.page.evaluate(HARM)
        assert harm["sideways"] <= 0, f"{person.name}: the lobby is {harm['sideways']} px too wide"


async def look_around(ben: Person, eve: Person) -> None:
    """The places in which those words stand."""
    beside = ben.page.get_by_role("tablist", name="Beside the text")
    await beside.get_by_role("tab", name="Talk").click()
    await ben.room("Germany")
    await holds(ben, send(ben))
    await beside.get_by_role("tab", name="Trade").click()
    await holds(ben)
    await beside.get_by_role("tab", name="Talk").click()
    for open_up in ("Drafts on the table", "Your delegation"):
        await ben.pick(open_up)
        await holds(ben, ben.dialog.get_by_role("button", name="Close"))
        await ben.close()
    parts = eve.page.get_by_role("navigation", name="Parts of the table")
    for part in ("Room", "Talk", "Us", "Text"):
        await parts.get_by_role("button", name=part).click()
        await holds(eve, parts.get_by_role("button", name="Talk"))


async def test_a_facilitators_and_a_delegates_own_words_hold_as_well(invite: Invite, served: SummitServer) -> None:
    """News, an announcement, and what a delegation agreed inside."""
    fay = await invite("Fay", served, **LAPTOP)
    ben = await invite("Ben", served, **NARROW)
    table = await set_table(fay, kind="exercise")
    await seat(ben, table, "POL")
    await fay.open(table.page)
    await open_meeting(fay, table)
    await ben.in_phase("Briefing")
    await fay.pick("Announce")
    await fay.dialog.get_by_role("textbox").fill(MARKUP + ENDLESS[:3_000])
    await fay.dialog.get_by_role("button", name="Send it").click()
    parts = ben.page.get_by_role("navigation", name="Parts of the table")
    await parts.get_by_role("button", name="Us").click()
    await ben.page.get_by_label("What did you agree?").fill(TURNED + ENDLESS[:900])
    await ben.button("Put it on our list").click()
    await expect(ben.button("Strike")).to_be_visible()
    await holds(ben, parts.get_by_role("button", name="Text"))
    await ben.button("Strike").click()
    await expect(ben.page.get_by_text("Nothing yet.")).to_be_visible()


async def test_ten_thousand_characters_are_not_sent_and_not_lost(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served, **LAPTOP), await invite("Ben", served, **NARROW)
    await briefing(anna, ben)
    parts = ben.page.get_by_role("navigation", name="Parts of the table")
    for person in (anna, ben):
        if person is ben:
            await parts.get_by_role("button", name="Talk").click()
        write = person.page.get_by_role("textbox", name="Write")
        await write.fill("many words " * 909 + "x")
        await person.sees("6,000 characters too many.")
        await expect(send(person)).to_be_disabled()
        await holds(person, write, send(person))
        await write.press("Enter")
        await expect(write).to_have_value(re.compile("^many words"))
        await write.fill("In short: no.")
        await send(person).click()
        await expect(person.said_in("Plenary").get_by_text("In short: no.").first).to_be_visible()


Frame = dict[str, Any]


async def mend_first_view(person: Person, change: Callable[[Frame], None]) -> None:
    """What the server sends first comes changed. To be laid before the page opens."""

    def carry(near: WebSocketRoute) -> None:
        far = near.connect_to_server()

        def to_server(data: str | bytes) -> None:
            frame = json.loads(data)
            if frame["type"] == "hello":  # a kept or a packed view would not come as one to be changed
                frame |= {"resume": None, "packed": False}
            far.send(json.dumps(frame))

        def to_page(data: str | bytes) -> None:
            frame = json.loads(data)
            if frame.get("view"):
                change(frame)
            near.send(json.dumps(frame))

        near.on_message(to_server)
        far.on_message(to_page)

    await person.page.route_web_socket(re.compile("/socket$"), carry)


def forty_drafts(frame: Frame) -> None:
    """No cast has so many delegations that table; the page is shown them all the same."""
    public, private = frame["view"]["public"], frame["view"]["private"]
    for first in list(public["drafts"].values()):
        for number in range(2, 41):
            name = f"{first['id']}x{number}"
            public["drafts"][name] = {**first, "id": name, "tabled_at": first["tabled_at"] + number}
            private["can"]["drafts"][name] = private["can"]["drafts"][first["id"]]
            private["us"]["drafts"][name] = private["us"]["drafts"][first["id"]]


@pytest.mark.parametrize("size", ["laptop", "phone"])
async def test_forty_open_drafts_leave_room_for_the_text(invite: Invite, served: SummitServer, size: str) -> None:
    anna = await invite("Anna", served, **LAPTOP)
    ben = await invite("Ben", served, **(LAPTOP if size == "laptop" else NARROW))
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await expect(ben.heading(re.compile("^Draft A"))).to_be_visible()
    await mend_first_view(ben, forty_drafts)
    await ben.page.reload()
    await expect(ben.heading(re.compile("^Draft A"))).to_be_visible()
    await holds(ben)
    await ben.pick("Drafts on the table")
    await expect(ben.dialog.get_by_text("Draft AN").first).to_be_attached()  # the fortieth
    await holds(ben, ben.dialog.get_by_role("button", name="Close"))
    await ben.close()
    if size == "phone":
        parts = ben.page.get_by_role("navigation", name="Parts of the table")
        await parts.get_by_role("button", name="Us").click()
        await expect(ben.page.get_by_role("row")).to_have_count(41)
        await holds(ben, parts.get_by_role("button", name="Text"))


LONG_NAMES = (
    "The Most Serene United Kingdoms and Free Principalities of Upper, Lower and Hither Hungary beyond the Danube",
    "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstellenland",
)


@pytest.fixture(scope="module")
def served_with_long_names(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A summit in which two nations have names that fit nowhere."""
    folder = quick_scenarios(tmp_path_factory.mktemp("long"))
    seats = folder / "vilnius-2023" / "seats.yaml"
    text = seats.read_text(encoding="utf-8")
    for nation, name in zip(("Hungary", "Germany"), LONG_NAMES, strict=True):
        text, found = re.subn(rf"(?m)^(    name: ){nation}$", rf'\1"{name}"', text)
        assert found == 1
    seats.write_text(text, encoding="utf-8")
    server = SummitServer(Path(folder))
    try:
        server.start()
        yield server
    finally:
        server.remove()
        shutil.rmtree(folder, ignore_errors=True)


async def test_a_nation_with_a_very_long_name(invite: Invite, served_with_long_names: SummitServer) -> None:
    server = served_with_long_names
    anna, ben = await invite("Anna", server, **LAPTOP), await invite("Ben", server, **NARROW)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "DEU")
    await holds_in_the_lobby(anna, ben)
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await anna.say("Greetings.")
    await expect(ben.heading(re.compile("^Draft A"))).to_be_visible()
    await holds(anna, send(anna))
    parts = ben.page.get_by_role("navigation", name="Parts of the table")
    for part in ("Room", "Talk", "Us", "Text"):
        await parts.get_by_role("button", name=part).click()
        await holds(ben, parts.get_by_role("button", name="Talk"))
    await ben.pick("Drafts on the table")
    await holds(ben, ben.dialog.get_by_role("button", name="Close"))


CLOCK_OFF = """
(() => {
  const Real = Date;
  window.__off = %d;
  const now = () => Real.now() + window.__off;
  window.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [now()])); }
    static now() { return now(); }
  };
})();
"""

TEN_MINUTES, AN_HOUR = 600_000, 3_600_000


@pytest.mark.rule("4.6")
@pytest.mark.parametrize("off", [TEN_MINUTES, -TEN_MINUTES])
async def test_a_clock_that_is_ten_minutes_off_counts_down_like_the_others(
    invite: Invite, served: SummitServer, off: int
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await ben.context.add_init_script(CLOCK_OFF % off)
    await council(anna, ben)
    await anna.open_silence()
    await expect(ben.silence).to_be_visible()
    left = await asyncio.gather(anna.seconds_left(), ben.seconds_left())
    assert 0 < left[1] <= SILENCE_SECONDS
    assert abs(left[0] - left[1]) <= 1
    await expect(ben.silence).to_have_count(0)
    await ben.say("On time.")
    await expect(anna.said_in("Plenary")).to_contain_text("On time.")


@pytest.mark.rule("4.6")
async def test_a_phone_that_slept_through_a_silence_wakes_to_what_happened(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served, **NARROW)
    await ben.context.add_init_script(CLOCK_OFF % 0)
    wire = await Wire.of(ben)
    await council(anna, ben)
    await anna.open_silence()
    await expect(ben.silence).to_be_visible()
    ben.expects(LINE_LOST)
    await wire.break_()
    await ben.page.evaluate(f"window.__off = {AN_HOUR}")
    await expect(anna.silence).to_have_count(0)
    # It wakes: the screen is there before the line is, and counts nothing below nothing.
    assert not re.search(r"-\d|NaN", await ben.page.get_by_role("banner").inner_text())
    timers = await ben.page.get_by_role("timer").all_inner_texts()
    assert all(re.fullmatch(r"\d+:\d\d(:\d\d)?", left.strip()) for left in timers), timers
    await holds(ben)
    wire.mend()
    await ben.page.evaluate("dispatchEvent(new Event('online')); document.dispatchEvent(new Event('visibilitychange'))")
    await expect(ben.silence).to_have_count(0)
    await ben.pick("What happened")
    await expect(ben.dialog).to_contain_text("Silence held. Draft A is adopted.")
    await ben.close()
    await holds(ben)
