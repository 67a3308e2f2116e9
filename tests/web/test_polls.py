"""A straw poll: asked by the chair, answered and answered otherwise, and read by everybody once it is closed."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

UNTIL_IT_CLOSES_MS = 60_000


@pytest.mark.rule("3.3")
async def test_everybody_reads_all_answers_of_a_straw_poll_once_it_is_closed_and_none_before(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cleo = [await invite(name, served) for name in ("Anna", "Ben", "Cleo")]
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await seat(cleo, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft()
    await anna.pick("Run the meeting")
    await anna.dialog.get_by_role("button", name="Straw poll").click()
    await anna.dialog.get_by_role("radio", name="30 sec").check()
    await anna.dialog.get_by_role("button", name="Ask the room").click()

    running = anna.page.get_by_role("region", name="Straw poll")
    await expect(running).to_contain_text("A straw poll on Draft A is running.")
    await ben.button("Answer").click()
    await expect(ben.dialog).to_contain_text("For us:")
    await ben.dialog.get_by_role("button", name="We can accept it").click()
    await expect(ben.page.get_by_role("region", name="Straw poll")).to_contain_text("You answered: can accept")
    await ben.button("Change it").click()
    await expect(ben.dialog.get_by_role("button", name="We can accept it")).to_have_attribute("aria-pressed", "true")
    await ben.dialog.get_by_role("button", name="We have a concern").click()
    await expect(ben.page.get_by_role("region", name="Straw poll")).to_contain_text("You answered: has a concern")
    await expect(anna.page.get_by_text("has a concern")).to_have_count(0)

    for person in (anna, ben, cleo):  # Cleo has said nothing
        await person.button("See the answers").click(timeout=UNTIL_IT_CLOSES_MS)
        answers = person.dialog.get_by_role("region", name="Straw poll on Draft A, revision 1")
        await expect(answers.get_by_role("listitem").filter(has_text="has a concern")).to_contain_text("Hungary")
        await expect(answers.get_by_role("listitem").filter(has_text="has not said")).to_contain_text("Poland")
        await person.close()
        await expect(person.button("See the answers")).to_have_count(0)
    await cleo.text.get_by_role("button", name="Straw poll, revision 1").click()
    await expect(cleo.dialog).to_contain_text("Hungary")
    await cleo.close()
    await cleo.pick("What happened")
    await expect(cleo.dialog).to_contain_text("The straw poll on Draft A, revision 1, is closed")
