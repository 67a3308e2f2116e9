"""An open game of a host and a guest: silence that is broken, acts that are refused, words that are only words."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import council, open_meeting, seat, set_table

NASTY = """<img src=x onerror="document.title='hacked'"><script>document.title='hacked'</script> **&amp;** {count}"""


@pytest.mark.rule("4.4")
async def test_a_delegate_breaks_silence_in_writing_and_the_table_reads_why(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await council(anna, ben)
    await anna.open_silence()
    await ben.silence.get_by_role("button", name="Break silence").click()
    breaking = ben.dialog.get_by_role("button", name="Break silence")
    await expect(breaking).to_be_disabled()
    await ben.dialog.get_by_role("checkbox", name="Reform").check()
    await ben.dialog.get_by_label("Why?").fill("The review has no measure.")
    await expect(breaking).to_be_disabled()
    await ben.dialog.get_by_label("What would lift your objection?").fill("The Union's measure.")
    await expect(ben.silence).to_be_visible()  # the first step alone has broken nothing
    await breaking.click()
    for person in (anna, ben):
        await expect(person.silence).to_have_count(0)
        await expect(person.text).to_contain_text("Hungary objects:")
        await expect(person.text).to_contain_text("The review has no measure.")
        await expect(person.text).to_contain_text("The Union's measure.")
    await anna.pick("Run the meeting")
    again = anna.dialog.get_by_role("button", name=re.compile("^Put Draft A under silence"))
    await expect(again).to_be_disabled()
    await expect(again).to_have_accessible_description(re.compile("It can come back once Hungary withdraws"))
    await anna.close()
    await ben.button("Withdraw our objection").click()
    await expect(anna.text).not_to_contain_text("Hungary objects:")


@pytest.mark.rule("8.1")
async def test_who_breaks_silence_on_the_last_text_is_told_that_it_ends_the_summit(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await council(anna, ben)
    await anna.move_on("Second Council session", "Leaders' session")
    await anna.pick("Run the meeting")
    await anna.dialog.get_by_role("button", name="On to the next part").click()
    await anna.dialog.get_by_role("button", name="Yes, do it").click()
    await anna.dialog.get_by_role("button", name="Put the last text under silence").click()
    await anna.close()
    await anna.silence.get_by_role("button", name=re.compile("^Extend silence")).click()
    await ben.sees("The last text is under silence. If anybody breaks it, the summit ends without one.")
    await expect(ben.silence).to_contain_text("The summit ends without a text, now, and everybody knows by whom.")
    await ben.silence.get_by_role("button", name="Break silence").click()
    costs = ben.dialog.get_by_role("region", name="What it costs")
    await expect(costs).to_contain_text("The summit ends at once, without a text. There is no other try.")
    await expect(costs).not_to_contain_text("comes back with other words")
    await ben.dialog.get_by_role("checkbox", name="Reform").check()
    await ben.dialog.get_by_label("Why?").fill("Better nothing than this.")
    await ben.dialog.get_by_label("What would lift your objection?").fill("Nothing that is left.")
    await ben.dialog.get_by_role("button", name="Break silence").click()
    for person in (anna, ben):
        await expect(person.heading("The leaders parted without a text")).to_be_visible()


@pytest.mark.rule("9.3")
async def test_an_act_that_is_not_possible_stays_grey_and_says_why(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "POL")
    await seat(ben, table, "SWE")
    await open_meeting(anna, table)
    await anna.pick("Drafts on the table")
    tabling = anna.dialog.get_by_role("button", name="Table a draft")
    await expect(tabling).to_be_disabled()
    await expect(tabling).to_have_accessible_description(
        "Not in this part of the meeting: Briefing is not for writing the text."
    )
    await tabling.click(force=True)
    await expect(anna.dialog.get_by_role("button", name="Put it on the table")).to_have_count(0)
    await anna.close()
    await anna.move_on("Consultations")
    await expect(anna.button("Table a draft").first).to_be_enabled()
    swedish = ben.text.get_by_role("button", name="Table a draft")
    await expect(swedish).to_be_disabled()
    await expect(swedish).to_have_accessible_description(re.compile("^Sweden observes"))


async def test_markup_in_names_and_messages_is_only_text(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("<b>Ben</b> & <i>co", served)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await expect(anna.page.get_by_text("<b>Ben</b> & <i>co")).to_be_visible()
    await open_meeting(anna, table)
    await ben.say(NASTY)
    for person in (anna, ben):
        await expect(person.said_in("Plenary")).to_contain_text(NASTY)
        await expect(person.said_in("Plenary")).to_contain_text("<b>Ben</b> & <i>co")
        assert "Vilnius Summit" in await person.page.title()


@pytest.mark.rule("2.1")
async def test_wishes_that_do_not_go_together_are_refused_with_the_rules_and_brought_into_order(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await open_meeting(anna, table, "Consultations")
    await anna.button("Table a draft").first.click()
    await anna.dialog.get_by_role("radio", name="The bare promise of 2008").check()
    await anna.choose("Reform", "Corruption and courts, EU measure")
    await anna.sees("A repetition of 2008 carries no explicit reforms.")
    tabling = anna.dialog.get_by_role("button", name="Put it on the table")
    await expect(tabling).to_be_disabled()
    await anna.dialog.get_by_role("button", name="Bring it into order").click()
    await tabling.click()
    await expect(anna.heading(re.compile("^Draft A"))).to_be_visible()
