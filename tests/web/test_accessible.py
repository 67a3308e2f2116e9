"""What a program can tell of accessibility, on every screen: axe finds nothing, in light and in dark."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

IN_OUR_STYLE = "document.getAnimations().every((it) => it.playState !== 'running')"


async def faults(person: Person) -> list[str]:
    """What axe objects to on the page as it is now: a rule and the elements, one a line."""
    await person.page.wait_for_function(IN_OUR_STYLE)  # colours on their way are nobody's choice
    results = await Axe().run(person.page)
    return [
        f"{person.page.url}: {found['id']} ({found['impact']}): {node['html'][:160]} {node.get('failureSummary', '')}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_on_any_screen(
    invite: Invite, served: SummitServer, colours: Literal["light", "dark"]
) -> None:
    anna, ben = [await invite(name, served, color_scheme=colours) for name in ("Anna", "Ben")]
    wall = await invite("the wall", served, color_scheme=colours)
    found: list[str] = []

    await anna.open()
    found += await faults(anna)
    await anna.page.get_by_role("link", name="Set up a table").click()
    await expect(anna.page.get_by_role("radio").first).to_be_visible()
    await anna.page.get_by_text("More choices").click()
    found += await faults(anna)
    await ben.open("/join")
    found += await faults(ben)

    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await expect(ben.heading("You are Hungary")).to_be_visible()
    found += await faults(ben)
    await ben.button("Brief").click()
    found += await faults(ben)
    await ben.close()

    await open_meeting(anna, table, "Consultations")
    found += await faults(ben)
    await anna.table_draft("what my government wants")
    await ben.table_draft("the promise of 2008")
    await ben.say("Budapest has a text as well.")
    found += await faults(ben)
    found += await dialogs(ben)

    await wall.open(table.projector)
    await expect(wall.heading("Draft A")).to_be_visible()
    found += await faults(wall)

    await anna.move_on("First Council session")
    await anna.open_silence()
    await expect(ben.silence).to_be_visible()
    found += await faults(ben)
    found += await faults(wall)
    await ben.silence.get_by_role("button", name="Break silence").click()
    found += await faults(ben)
    await ben.close()
    await expect(ben.silence).to_have_count(0)

    await anna.move_on("Second Council session", "Leaders' session", "Aftermath")
    await anna.end_meeting()
    await expect(ben.heading("Six considerations")).to_be_visible()
    found += await faults(ben)
    await ben.page.get_by_role("link", name="Step through it again").click()
    slider = ben.page.get_by_role("slider", name="Moment")
    await expect(slider).not_to_have_value("0")
    found += await faults(ben)
    await slider.press("Home")
    await ben.sees("0 of ")
    found += await faults(ben)
    assert not found, "\n".join(found)


async def dialogs(ben: Person) -> list[str]:
    """Every dialog of the table that a delegate can open now."""
    found: list[str] = []
    for opened in ("State position", "Propose a change", "+ New room"):
        if await ben.button(opened).count():
            await ben.button(opened).first.click()
            found += await faults(ben)
            await ben.close()
    for beside in ("Trade", "News"):
        await ben.page.get_by_role("tablist", name="Beside the text").get_by_role("tab", name=beside).click()
        found += await faults(ben)
    await ben.page.get_by_role("tablist", name="Beside the text").get_by_role("tab", name="Trade").click()
    await ben.button("Make a promise").click()
    await ben.dialog.get_by_role("radio", name="To support a text").check()
    found += await faults(ben)
    await ben.close()
    await ben.page.get_by_role("tablist", name="Beside the text").get_by_role("tab", name="Talk").click()
    await ben.button("What drives it").first.click()
    await expect(ben.dialog.get_by_role("heading", name="The one change")).to_be_visible()
    found += await faults(ben)
    await ben.close()
    for item in ("Notes", "What happened", "Drafts on the table", "Your delegation"):
        await ben.pick(item)
        found += await faults(ben)
        await ben.close()
    await ben.button(re.compile(r"^1\. The way in")).click()
    found += await faults(ben)
    await ben.close()
    return found
