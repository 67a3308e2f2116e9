"""News as it breaks: everybody reads it, and what it changes for a delegation only that delegation reads."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table


@pytest.mark.rule("7.3", "9.1")
async def test_news_reaches_all_and_a_note_from_the_capital_one_delegation(
    invite: Invite, served: SummitServer
) -> None:
    faye, anna, ben = [await invite(name, served) for name in ("Faye", "Anna", "Ben")]
    table = await set_table(faye, kind="exercise")
    await faye.open(table.page)
    await seat(anna, table, "POL")
    await seat(ben, table, "HUN")
    await open_meeting(faye, table)
    for person in (anna, ben):
        await person.in_phase("Briefing")

    await faye.pick("News to come")
    await faye.dialog.get_by_text(re.compile("^More in the drawer")).click()
    dam = faye.dialog.get_by_role("article", name="The Kakhovka dam")
    await dam.get_by_role("button", name="Change the words").click()
    await faye.dialog.get_by_label("What the news says").fill("The dam at Kakhovka is gone.")
    await faye.dialog.get_by_role("button", name="Save the change").click()
    await faye.dialog.get_by_text(re.compile("^More in the drawer")).click()
    await expect(dam).to_contain_text("The dam at Kakhovka is gone.")
    await dam.get_by_role("button", name="Send it now").click()
    await expect(dam.get_by_role("button", name="Send it now")).to_have_count(0)

    for person in (anna, ben):
        await person.button("Read it").click()
        news = person.page.get_by_role("tabpanel", name="News", exact=True)
        await expect(news).to_contain_text("The dam at Kakhovka is gone.")
    theirs = anna.page.get_by_role("tabpanel", name="News", exact=True)
    await expect(theirs).to_contain_text("Military support matters a little more to you.")
    await expect(ben.page.get_by_text("What it changes for you:")).to_have_count(0)
    await anna.pick("Brief")
    await expect(anna.dialog).to_contain_text("Your instructions have changed since the meeting began.")
    await ben.pick("Brief")
    await expect(ben.dialog.get_by_role("heading", name="Your brief")).to_be_visible()
    await expect(ben.dialog.get_by_text("Your instructions have changed")).to_have_count(0)


@pytest.mark.rule("10")
async def test_a_facilitator_takes_a_place_and_takes_the_game_back(invite: Invite, served: SummitServer) -> None:
    faye, anna = await invite("Faye", served), await invite("Anna", served)
    table = await set_table(faye, kind="exercise")
    await faye.open(table.page)
    await seat(anna, table, "POL")
    await open_meeting(faye, table, "Consultations")
    await anna.table_draft("what my government wants")
    await expect(anna.heading(re.compile("^Draft A"))).to_be_visible()

    await faye.button(re.compile("^Germany, ")).click()
    await faye.button("Take the place of Germany").click()
    await faye.button("Yes, take the place").click()
    await expect(faye.page.get_by_text("You have taken the place of Germany.")).to_be_visible()
    await anna.button(re.compile("^Germany, ")).click()
    await expect(anna.page.get_by_text("played by the facilitator")).to_be_visible()
    await faye.button("Leave the place of Germany").click()
    await expect(faye.button("Take the place of Germany")).to_be_visible()

    await faye.pick("Run the meeting")
    await faye.dialog.get_by_role("button", name="Go back to an earlier moment").click()
    moments = faye.dialog.get_by_label("To which moment?")
    await expect(moments.get_by_role("option")).not_to_have_count(1)
    begun = moments.get_by_role("option").filter(has_text="Consultations begins.")
    await moments.select_option(value=await begun.first.get_attribute("value"))
    await faye.dialog.get_by_role("button", name=re.compile("^Go back to it")).click()
    await faye.dialog.get_by_role("button", name="Yes, go back").click()
    await expect(faye.dialog).to_have_count(0)
    await expect(anna.heading(re.compile("^Draft A"))).to_have_count(0)
    await anna.pick("What happened")
    await expect(anna.dialog).to_contain_text("undone")
