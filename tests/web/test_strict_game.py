"""A strict game, for beginners: what crosses one's own red lines is grey, and the line is named before one clicks."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

ACROSS = re.compile("This game does not let you cross your own red lines")


@pytest.mark.rule("4.8")
async def test_every_yes_across_the_own_lines_is_grey_and_names_the_line(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna, strict=True)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await ben.table_draft()
    await expect(anna.text).to_contain_text("Draft A")

    behind = anna.text.get_by_role("button", name="Stand behind it")
    await expect(behind).to_be_disabled()
    await expect(behind).to_have_accessible_description(ACROSS)

    await anna.button("State position").first.click()
    await expect(anna.dialog).to_contain_text("No invitation while the war is fought.")
    for yes in ("We support it", "We can accept it"):
        radio = anna.dialog.get_by_role("radio", name=yes)
        await expect(radio).to_be_disabled()
        await expect(radio).to_have_accessible_name(ACROSS)
    await anna.dialog.get_by_role("radio", name="We would object").check()
    await anna.dialog.get_by_label("Why?").fill("Not before Kyiv treats our people as its own.")
    await anna.dialog.get_by_role("button", name="State it").click()
    await expect(anna.dialog).to_have_count(0)
    for person in (anna, ben):  # it names no paragraph: it stands under the text
        await expect(person.text).to_contain_text("Not before Kyiv treats our people as its own.")

    await anna.text.get_by_role("button", name="Table a draft").click()
    await anna.dialog.get_by_role("radio", name="the text on the floor").check()
    tabling = anna.dialog.get_by_role("button", name="Put it on the table")
    await expect(anna.dialog.get_by_role("status")).to_have_text(ACROSS)
    await expect(tabling).to_be_disabled()
    await anna.dialog.get_by_role("radio", name="The bare promise of 2008").check()
    await expect(tabling).to_be_enabled()
