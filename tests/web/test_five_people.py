"""A whole game by five people, each in a browser of their own: a caucus, a deal, a split amendment, a broken silence, a
national statement and an adoption. Once with a mouse, once on phones, once by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.web.conftest import Invite
from tests.web.hands import PHONE, Hand, Keyboard, Mouse, Touch
from tests.web.people import Person
from tests.web.serving import SummitServer

LONGER = 4
"""Steps of fifteen seconds beyond the shortest silence: time to write in it."""

SEATS = {"Anna": "Secretary General", "Ben": "Hungary", "Cia": "Poland", "Dan": "United States", "Eve": "Ukraine"}


@dataclass
class Delegate:
    """A person, and the hand they have free."""

    person: Person
    hand: Hand
    phone: bool

    async def use(self, thing: Locator) -> None:
        await self.hand.use(self.person.page, thing)

    async def tick(self, box: Locator) -> None:
        await self.hand.tick(self.person.page, box)

    async def write(self, field: Locator, text: str) -> None:
        await self.hand.write(self.person.page, field, text)

    async def press(self, name: str | re.Pattern[str], inside: Locator | None = None) -> None:
        where = inside if inside is not None else self.person.page
        await self.use(where.get_by_role("button", name=name).filter(visible=True).first)

    @property
    def dialog(self) -> Locator:
        return self.person.dialog

    async def done(self) -> None:
        """The dialog has closed by itself."""
        await expect(self.dialog).to_have_count(0)

    async def part(self, name: str) -> None:
        """On a phone one part of the table is before one at a time."""
        if self.phone:
            await self.press(name, self.person.page.get_by_role("navigation", name="Parts of the table"))

    async def menu(self, item: str) -> None:
        await self.use(self.person.button("More", exact=True))
        await self.use(self.person.page.get_by_role("banner").get_by_role("list").get_by_role("button", name=item))

    async def move_on(self, *phases: str) -> None:
        await self.menu("Run the meeting")
        for phase in phases:
            await self.press("On to the next part", self.dialog)
            await self.press("Yes, do it", self.dialog)
            await self.person.in_phase(phase)
        await self.press("Close", self.dialog)
        await self.done()


@pytest.mark.parametrize(
    ("hand", "how"),
    [
        pytest.param(Mouse(), {}, id="with a mouse"),
        pytest.param(Touch(), PHONE, id="on phones"),
        pytest.param(Keyboard(), {}, id="by keyboard alone"),
    ],
)
async def test_five_people_play_a_whole_game(
    invite: Invite, served: SummitServer, hand: Hand, how: dict[str, Any]
) -> None:
    delegates = [Delegate(await invite(name, served, **how), hand, phone=bool(how)) for name in SEATS]
    anna, ben, cia, dan, eve = delegates
    await come_in(*delegates)
    await caucus(ben, cia, dan, outside=eve)
    await deal(ben, eve)
    await table_a_text(anna, cia)
    await split(cia, anna)
    await anna.move_on("First Council session")
    await break_silence(anna, ben, everybody=delegates)
    await take_in_the_rest(anna, ben)
    await adopt(anna, dan, everybody=delegates)
    await anna.move_on("Second Council session", "Leaders' session", "Aftermath")
    for delegate in delegates:
        await expect(delegate.person.heading("The allies agreed")).to_be_visible()


async def come_in(host: Delegate, *guests: Delegate) -> None:
    """From the start page to the consultations; the guests have nothing but the link."""
    page = host.person.page
    await host.person.open("/new")
    await host.tick(page.get_by_role("radio", name=re.compile("^I play too")))
    await host.press("Set the table")
    link = await host.person.shared_link.input_value()
    for guest in guests:
        await guest.person.open(link)
    for one in (host, *guests):
        nation = SEATS[one.person.name]
        seats = one.person.page.get_by_role("region", name="Seats at the table")
        await one.press(nation, seats)
        await one.write(one.person.page.get_by_label("Your name, as the others will read it"), one.person.name)
        await one.press("Sit down")
        await expect(one.person.heading(f"You are {nation}")).to_be_visible()
    await host.press("Start the meeting")
    for one in (host, *guests):
        await one.person.in_phase("Briefing")
    await host.move_on("Consultations")


async def caucus(ben: Delegate, cia: Delegate, dan: Delegate, outside: Delegate) -> None:
    await ben.part("Talk")
    await ben.press("+ New room")
    for nation in ("Poland", "United States"):
        await ben.tick(ben.dialog.get_by_role("checkbox", name=nation))
    await ben.press("Open the room", ben.dialog)
    await say(ben, "Three of us could settle paragraph 9.")
    for guest, name in ((cia, "HUN · USA"), (dan, "HUN · POL")):
        await guest.part("Talk")
        await guest.press(name, guest.person.page.get_by_role("group", name="Rooms"))
        await guest.person.sees("Three of us could settle paragraph 9.")
    await say(cia, "Then say what Budapest needs.")
    await ben.person.sees("Then say what Budapest needs.")
    await outside.part("Talk")
    await expect(outside.person.page.get_by_text("Three of us")).to_have_count(0)


async def say(one: Delegate, text: str) -> None:
    await one.write(one.person.page.get_by_role("textbox", name="Write"), text)
    await one.press("Send")


async def trade_of(one: Delegate) -> Locator:
    await one.part("Talk")
    kinds = one.person.page.get_by_role("tablist", name="Beside the text")
    await one.use(kinds.get_by_role("tab", name=re.compile("^Trade")))
    return one.person.page.get_by_role("tabpanel", name="Trade", exact=True)


async def deal(ben: Delegate, eve: Delegate) -> None:
    ledger = await trade_of(ben)
    await ben.use(ledger.get_by_text("OTP Bank", exact=True))
    await ben.press("Offer it", ledger)
    await ben.press("Offer it", ben.dialog)
    await ben.done()
    theirs = await trade_of(eve)
    await eve.press("Sign", theirs.get_by_role("article", name="Hungary offers"))
    for seen in (ledger, theirs):
        await expect(seen.get_by_text(re.compile("^In force since"))).to_be_visible()


async def table_a_text(anna: Delegate, reader: Delegate) -> None:
    await anna.part("Text")
    await anna.press("Table a draft")
    await anna.tick(anna.dialog.get_by_role("radio", name="what my government wants"))
    await anna.press("Put it on the table", anna.dialog)
    await anna.done()
    await reader.part("Text")
    await expect(reader.person.text.get_by_role("heading", name="Draft A")).to_be_visible()


async def split(cia: Delegate, anna: Delegate) -> None:
    """Two changes in one amendment; its proposer splits it, the author takes one of them in."""
    await cia.press("Propose a change", cia.person.text)
    for issue, wording in (("Reform", "Corruption and courts, EU measure"), ("Support", "A guaranteed yearly floor")):
        await cia.use(cia.dialog.get_by_text(issue, exact=True))
        await cia.tick(cia.dialog.get_by_role("radio", name=re.compile(f"^{re.escape(wording)}")))
    await cia.press("Propose it", cia.dialog)
    await cia.done()
    await cia.press("One proposed change", cia.person.text)
    await cia.press("Split it", cia.dialog)
    await expect(cia.dialog.get_by_role("button", name="Take it back")).to_have_count(2)
    await cia.press("Close", cia.dialog)
    await anna.press("2 proposed changes", anna.person.text)
    reform = anna.dialog.get_by_role("article").filter(has_text="Reform")
    await anna.press("Take it in", reform)
    await anna.press("Close", anna.dialog)
    await cia.person.sees(re.compile("revision 2"))


async def put_under_silence(anna: Delegate) -> None:
    await anna.menu("Run the meeting")
    await anna.press(re.compile(r"^Put Draft A under silence"), anna.dialog)
    await anna.hand.slide(anna.person.page, anna.dialog.get_by_role("slider"), LONGER)
    await anna.press("Put it under silence", anna.dialog)
    await expect(anna.person.silence).to_be_visible()


async def break_silence(anna: Delegate, ben: Delegate, everybody: list[Delegate]) -> None:
    await put_under_silence(anna)
    await ben.part("Text")
    await ben.press("Break silence …", ben.person.silence)
    await ben.tick(ben.dialog.get_by_role("checkbox", name=re.compile("Reform")))
    await ben.write(ben.dialog.get_by_label("Why?"), "Brussels is not a judge of Kyiv’s courts.")
    await ben.write(ben.dialog.get_by_label("What would lift your objection?"), "The change that is still open.")
    await ben.press("Break silence", ben.dialog)
    for one in everybody:
        await one.part("Text")
        await one.person.sees("Brussels is not a judge of Kyiv’s courts.")


async def take_in_the_rest(anna: Delegate, ben: Delegate) -> None:
    """The text moves, and the objection goes."""
    await anna.press("One proposed change", anna.person.text)
    await anna.press("Take it in", anna.dialog)
    await anna.press("Close", anna.dialog)
    await ben.person.sees(re.compile("revision 3"))


async def adopt(anna: Delegate, dan: Delegate, everybody: list[Delegate]) -> None:
    await put_under_silence(anna)
    await dan.part("Text")
    row = dan.person.silence.get_by_role("listitem").filter(has_text="Add a national statement")
    await dan.press("Write a statement", row)
    await dan.write(dan.dialog.get_by_label("Your words"), "Washington reads paragraph 2 as a promise.")
    await dan.press("Put it on record", dan.dialog)
    for one in everybody:
        await expect(one.person.silence).to_contain_text("Washington reads paragraph 2 as a promise.")
    for one in everybody:
        await expect(one.person.silence).to_have_count(0, timeout=90_000)
        await one.person.sees(re.compile(r"^Draft A, revision 3, was adopted at "))
