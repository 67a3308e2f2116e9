"""The drafting view: a bracket says who wants what and why, a change is read before it is proposed, and remembered."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import council

BENCHMARKS = "The same, with benchmarks"
WHY = "A review without a measure is no review."


@pytest.mark.rule("2.4")
async def test_words_in_brackets_are_proposed_explained_taken_in_and_remembered(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await council(anna, ben)
    await propose_two_changes(ben)
    await read_why(anna)
    await take_in_one(anna)
    await read_history(ben)
    await compare(ben)


async def propose_two_changes(ben: Person) -> None:
    """From a paragraph to a proposal; what it would then read stands before it is sent."""
    await ben.text.get_by_role("button", name="Paragraph 6: Reform").click()
    wording = ben.dialog.get_by_role("listitem").filter(has_text=BENCHMARKS)
    await wording.get_by_role("button", name="Propose this").click()
    resulting = ben.dialog.get_by_role("listitem").filter(has=ben.page.get_by_role("button", name="Put back"))
    await expect(resulting).to_have_count(1)
    await expect(resulting.locator("ins")).to_contain_text("benchmarks")
    await ben.choose("A date", "No date")
    await expect(resulting).to_have_count(2)
    await ben.dialog.get_by_label("Say why, if you like").fill(WHY)
    await ben.page.reload()
    await ben.text.get_by_role("button", name="Propose a change").click()
    await expect(resulting).to_have_count(2)  # what was begun is there again
    await expect(ben.dialog.get_by_label("Say why, if you like")).to_have_value(WHY)
    await ben.dialog.get_by_role("button", name="Propose it").click()
    await expect(ben.dialog).to_have_count(0)
    await expect(ben.text.get_by_role("button", name=re.compile(r"benchmarks.*: ours\)$", re.DOTALL))).to_be_visible()


async def read_why(anna: Person) -> None:
    bracket = anna.text.get_by_role("button", name=re.compile(r"benchmarks.*one nation behind it\)$", re.DOTALL))
    await bracket.click()
    wording = anna.dialog.get_by_role("listitem").filter(has_text=BENCHMARKS)
    await expect(wording).to_contain_text("Behind it: Hungary", use_inner_text=True)
    await expect(wording).to_contain_text(WHY)
    await anna.close()


async def take_in_one(anna: Person) -> None:
    await anna.text.get_by_role("button", name="One proposed change").click()
    change = anna.dialog.get_by_role("article").filter(has_text="Hungary")
    await change.get_by_role("checkbox", name=re.compile("A date$")).uncheck()
    await change.get_by_role("button", name="Take in one").click()
    await expect(anna.dialog.get_by_text("No change is proposed at the moment.")).to_be_visible()
    await anna.close()


async def read_history(ben: Person) -> None:
    await ben.text.get_by_role("button", name="what changed").click()
    await expect(ben.dialog.get_by_role("heading", name="Revision 2")).to_be_visible()
    await ben.sees(re.compile("^Revision 2, .*: what Hungary proposed was taken in$"))
    await expect(ben.dialog.locator("ins")).to_contain_text("benchmarks")
    await ben.dialog.get_by_role("button", name="¶6 Reform").click()
    history = ben.dialog.get_by_role("listitem").filter(has_text="Put down by Secretary General")
    await expect(history).to_be_visible()
    await ben.close()
    await ben.text.get_by_role("button", name="Paragraph 4: A date").click()
    await expect(ben.dialog.get_by_text("Proposed, and not taken in")).to_be_visible()
    await ben.close()


async def compare(ben: Person) -> None:
    await ben.table_draft("what my government wants")
    await ben.text.get_by_role("button", name="Compare").click()
    await expect(ben.dialog.get_by_role("combobox", name="The one")).to_contain_text("Draft A, Secretary General")
    await expect(ben.dialog.locator("ins").first).to_be_visible()
    differing = await ben.dialog.get_by_role("heading", level=3).count()
    await ben.dialog.get_by_role("checkbox", name="Only what differs").uncheck()
    await expect(ben.dialog.get_by_role("heading", level=3)).to_have_count(15)
    assert 0 < differing < 15
    await ben.close()
