"""The room: the same seats as a ring and as a map, walked by the arrow keys, and a nation as the table knows it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

ARROWS = ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp")


def view(person: Person, name: str) -> Locator:
    return person.page.get_by_role("group", name="How to see the room").get_by_role("button", name=name, exact=True)


async def consultations(invite: Invite, served: SummitServer, **people: str) -> list[Person]:
    """Everybody in their seat, the first one the host, in the part of the meeting that is for talk."""
    guests = [await invite(name, served) for name in people]
    table = await set_table(guests[0])
    for guest, code in zip(guests, people.values(), strict=True):
        await seat(guest, table, code)
    await open_meeting(guests[0], table, "Consultations")
    for guest in guests:
        await guest.in_phase("Consultations")
    return guests


async def walk_to(person: Person, nation: str) -> None:
    """By arrow keys from the seat that has the focus, as somebody would who looks for it: everywhere, in turn."""
    wanted = person.page.get_by_role("button", name=re.compile(f"^{nation}"))
    await expect(wanted).to_have_attribute("data-seat", re.compile("."))
    focused = person.page.locator("button[data-seat]:focus")
    seen: set[str] = set()
    ways: list[list[str]] = [[]]
    start = await focused.get_attribute("data-seat")
    while ways:
        way = ways.pop(0)
        await person.page.locator(f'button[data-seat="{start}"]').focus()
        for key in way:
            await person.page.keyboard.press(key)
        here = await focused.get_attribute("data-seat")
        if re.match(nation, await focused.get_attribute("aria-label") or ""):
            return
        if here is not None and here not in seen:
            seen.add(here)
            ways.extend([*way, key] for key in ARROWS)
    raise AssertionError(f"no arrow leads from {start} to {nation}; only to {sorted(seen)}")


@pytest.mark.rule("9.1")
async def test_a_nation_is_found_on_the_map_by_keyboard_and_the_panel_says_what_it_said(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await consultations(invite, served, Anna="POL", Ben="HUN")
    await ben.say("Reform comes first, for us.")
    await expect(anna.said_in("Plenary").get_by_text("Reform comes first, for us.")).to_be_visible()

    page = anna.page
    await view(anna, "Map").focus()
    await page.keyboard.press("Enter")
    await expect(view(anna, "Map")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("img", name="Map of Europe and North America")).to_be_visible()
    beside = page.get_by_role("list", name="Not on the map")
    await expect(beside.get_by_role("button", name=re.compile("^Secretary General"))).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(page.locator("button[data-seat]:focus")).to_have_accessible_name(re.compile("^Poland"))
    await walk_to(anna, "Hungary")
    await expect(page.get_by_role("tooltip")).to_contain_text("Ben, head")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("tooltip")).to_have_count(0)
    await page.keyboard.press("Enter")

    panel = page.get_by_role("region", name="Hungary", exact=True)
    await expect(panel.get_by_role("heading", name="Hungary")).to_be_focused()
    await expect(panel.get_by_text("Ben, head")).to_be_visible()
    said = panel.get_by_role("list", name="What it said")
    await expect(said).to_contain_text("Reform comes first, for us.")
    await panel.get_by_role("button", name="New room with it …").click()
    await expect(anna.dialog.get_by_role("checkbox", name="Hungary")).to_be_checked()
    await anna.close()

    await panel.get_by_role("button", name="Back to the table").focus()
    await page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
    await expect(page.locator("button[data-seat]:focus")).to_have_accessible_name(re.compile("^Hungary"))


async def test_the_view_of_the_room_is_kept_and_a_finger_opens_a_country(invite: Invite, served: SummitServer) -> None:
    (anna,) = await consultations(invite, served, Anna="POL")
    await view(anna, "Map").click()
    chart = anna.page.get_by_role("img", name="Map of Europe and North America")
    await expect(chart).to_be_visible()
    await anna.page.reload()
    await expect(chart).to_be_visible()
    anatolia = anna.page.locator('path[data-country="tr"]')
    size = await anatolia.bounding_box()
    assert size is not None
    # in the east, where no other nation's mark lies over it
    await anatolia.click(position={"x": 0.85 * size["width"], "y": 0.5 * size["height"]})
    await expect(anna.page.get_by_role("region", name="Türkiye", exact=True)).to_be_visible()
    await anna.button("Back to the table").click()
    await view(anna, "Table").click()
    await expect(anna.page.get_by_role("list", name=re.compile(r"^\d+ seats$")).get_by_role("listitem")).to_have_count(
        10
    )
    await expect(anna.button(re.compile("^Poland"))).to_be_visible()


async def test_a_room_put_away_in_a_narrow_window_is_there_in_a_wide_one(invite: Invite, served: SummitServer) -> None:
    (anna,) = await consultations(invite, served, Anna="POL")
    seats = anna.page.get_by_role("list", name=re.compile("seats$"))
    await anna.page.set_viewport_size({"width": 1100, "height": 768})
    await view(anna, "Hide").click()
    await expect(seats).to_be_hidden()
    await anna.page.set_viewport_size({"width": 1366, "height": 768})
    await expect(seats).to_be_visible()
    await expect(view(anna, "Table")).to_have_attribute("aria-pressed", "true")
    await expect(view(anna, "Hide")).to_have_count(0)
