"""The main path on a phone, by touch; and by keyboard alone."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
MOST_TABS = 120


async def test_a_phone_plays_from_the_link_to_the_outcome(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served, **PHONE)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await ben.open(table.link)
    seats = ben.page.get_by_role("region", name="Seats at the table")
    await seats.get_by_role("button", name="Hungary").tap()
    await ben.page.get_by_label("Your name, as the others will read it").fill("Ben")
    await ben.button("Sit down").tap()
    await ben.button(re.compile(r"^Brief\b")).tap()
    await fits(ben)
    await ben.dialog.get_by_role("button", name="Close").tap()
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("what my government wants")
    await ben.button("State position").tap()
    await ben.dialog.get_by_text("We support it").tap()
    await ben.dialog.get_by_role("button", name="State it").tap()
    parts = ben.page.get_by_role("navigation", name="Parts of the table")
    for part in ("Room", "Talk", "Us", "Text"):
        await parts.get_by_role("button", name=part).tap()
        await fits(ben)
    await parts.get_by_role("button", name="Talk").tap()
    await ben.page.get_by_role("textbox", name="Write").fill("Szervusztok!")
    await ben.button("Send").tap()
    await expect(anna.said_in("Plenary")).to_contain_text("Szervusztok!")
    await anna.move_on("First Council session")
    await anna.open_silence()
    await parts.get_by_role("button", name="Text").tap()
    await expect(ben.page.get_by_role("timer")).to_be_visible()
    await fits(ben)
    await ben.silence.get_by_role("button", name="Associate").tap()
    await expect(ben.silence.get_by_role("list", name="Said so far")).to_contain_text("Hungary")
    await expect(ben.silence).to_have_count(0)
    await anna.move_on("Second Council session", "Leaders' session", "Aftermath")
    await anna.end_meeting()
    await expect(ben.heading("The allies agreed")).to_be_visible()
    await fits(ben)


async def fits(person: Person) -> None:
    """Nothing is wider than the screen."""
    assert not await person.page.evaluate(SCROLLS_SIDEWAYS)


async def test_the_keyboard_alone_is_enough(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served)
    await anna.open()
    await press(anna, anna.page.get_by_role("link", name="Set up a table"))
    await press(anna, anna.page.get_by_role("radio", name="I play too"), "Space")
    await press(anna, anna.button("Set the table"))
    seats = anna.page.get_by_role("region", name="Seats at the table")
    await press(anna, seats.get_by_role("button", name="Secretary General"))
    await reach(anna, anna.page.get_by_label("Your name, as the others will read it"))
    await anna.page.keyboard.type("Anna")
    await anna.page.keyboard.press("Enter")
    await expect(anna.heading("You are Secretary General")).to_be_visible()
    await press(anna, anna.button(re.compile(r"^Brief\b")))
    await anna.page.keyboard.press("Escape")
    await expect(anna.dialog).to_have_count(0)
    await press(anna, anna.button("Start the meeting"))
    await anna.in_phase("Briefing")
    await advance(anna, "Consultations")
    await press(anna, anna.button("Table a draft").first)
    await press(anna, anna.dialog.get_by_role("button", name="Put it on the table"))
    await expect(anna.heading(re.compile("^Draft A"))).to_be_visible()
    await reach(anna, anna.page.get_by_role("textbox", name="Write"))
    await anna.page.keyboard.type("Here is a text.")
    await anna.page.keyboard.press("Enter")
    await expect(anna.said_in("Plenary")).to_contain_text("Here is a text.")
    await advance(anna, "First Council session")
    await open_menu(anna, "Run the meeting")
    await press(anna, anna.dialog.get_by_role("button", name="Put Draft A under silence"))
    await press(anna, anna.dialog.get_by_role("button", name="Put it under silence"))
    await expect(anna.page.get_by_role("timer")).to_be_visible()


async def reach(person: Person, wanted: Locator) -> None:
    """Tabs on until the focus is there, or on the radio button of its group, and moves on with the arrows."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        if await wanted.evaluate("(it) => it === document.activeElement"):
            return
        await person.page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by the Tab key")


async def press(person: Person, wanted: Locator, key: str = "Enter") -> None:
    await reach(person, wanted)
    await person.page.keyboard.press(key)


async def open_menu(person: Person, item: str) -> None:
    await press(person, person.button("More", exact=True))
    await press(person, person.page.get_by_role("banner").get_by_role("button", name=item))


async def advance(person: Person, phase: str) -> None:
    await open_menu(person, "Run the meeting")
    await press(person, person.dialog.get_by_role("button", name="On to the next part"))
    await press(person, person.dialog.get_by_role("button", name="Yes, do it"))
    await person.in_phase(phase)
    await person.page.keyboard.press("Escape")
    await expect(person.dialog).to_have_count(0)
