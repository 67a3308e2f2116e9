"""What people write and choose: nothing of it is cut off, and a reload loses nothing."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

DOVE = "\N{DOVE OF PEACE}"
"""One character to the server, two to a browser."""


@pytest.mark.parametrize("narrow", [False, True], ids=["laptop", "phone"])
async def test_a_reason_that_is_too_long_stays_until_it_is_short_enough(
    invite: Invite, served: SummitServer, narrow: bool
) -> None:
    anna = await invite("Anna", served)
    size = {"width": 360, "height": 740} if narrow else {"width": 1366, "height": 768}
    ben = await invite("Ben", served, viewport=size)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await ben.button("State position").first.click()
    await ben.dialog.get_by_role("radio", name=re.compile("We would object")).check()
    reason = ben.dialog.get_by_label("Why?")
    send = ben.dialog.get_by_role("button", name="State it")
    await reason.fill(DOVE * 1_200)
    await expect(ben.dialog.get_by_text("200 characters too many. At most 1,000 fit here.")).to_be_visible()
    await expect(send).to_be_disabled()
    await expect(send).to_have_accessible_description("Shorten what stands under “Why?”: 200 characters too many.")
    assert not await ben.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    await ben.page.reload()
    await ben.button("State position").first.click()
    await expect(reason).to_have_value(DOVE * 1_200)
    await expect(send).to_be_disabled()
    await reason.fill(DOVE * 1_000)
    await expect(ben.dialog.get_by_text("0 characters left.")).to_be_visible()
    await send.click()
    await expect(ben.dialog).to_have_count(0)


async def test_what_is_chosen_before_there_is_a_game_outlives_a_reload(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served)
    await anna.open("/new/exercise")
    choices = [
        anna.page.get_by_role("radio", name="Bucharest, April 2008"),
        anna.page.get_by_role("radio", name="120 minutes"),
    ]
    for choice in choices:
        await choice.check()
    name = anna.page.get_by_label("A name for this table")
    await anna.page.get_by_text("More choices").click()
    await name.fill("Table 7")
    await anna.page.reload()
    await anna.page.get_by_text("More choices").click()
    await expect(name).to_have_value("Table 7")
    for choice in choices:
        await expect(choice).to_be_checked()
    await anna.button("Set the table").click()
    await expect(anna.heading("Table 7")).to_be_visible()
    await anna.open("/new/exercise")
    await expect(anna.page.get_by_role("radio", name="Vilnius, July 2023")).to_be_checked()


async def test_the_seat_and_the_name_in_the_lobby_outlive_a_reload(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await ben.open(table.link)
    seats = ben.page.get_by_role("region", name="Seats at the table")
    await seats.get_by_role("button", name="Hungary").click()
    name = ben.page.get_by_label("Your name, as the others will read it")
    await name.fill("Ben, perhaps")
    await ben.page.reload()
    await expect(name).to_have_value("Ben, perhaps")
    await ben.button("Sit down").click()
    await expect(ben.heading("You are Hungary")).to_be_visible()
    await expect(name).to_have_count(0)
