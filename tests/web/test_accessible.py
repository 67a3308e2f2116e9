"""What a program can tell of accessibility, on every screen and in every theme."""

from __future__ import annotations

import re

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table

IN_OUR_STYLE = "document.getAnimations().every((it) => it.playState !== 'running')"


THEMES = ("light", "dark", "contrast")

WEAR = "(theme) => document.documentElement.setAttribute('data-theme', theme)"
TAKE_OFF = "document.documentElement.removeAttribute('data-theme')"

ALL_RULES = {"rules": {"target-size": {"enabled": True}}}
COLOURS_ONLY = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What another theme can change."""

SIDEWAYS = "document.scrollingElement.scrollWidth - innerWidth"

TALL, PHONE, NARROW = (
    {"viewport": {"width": 1366, "height": 900}},
    {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    {"viewport": {"width": 360, "height": 740}, "has_touch": True},
)


async def faults(person: Person) -> list[str]:
    """What axe objects to on the page as it is now, in each theme: a rule and the elements, one a line."""
    found: list[str] = []
    for theme in THEMES:
        await person.page.evaluate(WEAR, theme)
        await person.until(IN_OUR_STYLE)  # colours on their way are nobody's choice
        results = await Axe().run(person.page, options=ALL_RULES if theme == THEMES[0] else COLOURS_ONLY)
        found += [
            f"{theme} {person.page.url}: {fault['id']} ({fault['impact']}): "
            f"{node['html'][:160]} {node.get('failureSummary', '')}"
            for fault in results.response["violations"]
            for node in fault["nodes"]
        ]
    await person.page.evaluate(TAKE_OFF)
    sideways = await person.page.evaluate(SIDEWAYS)
    return [*found, f"{person.page.url}: {sideways} px too wide"] if sideways > 0 else found


async def part(person: Person, name: str) -> None:
    """One of the four things a phone shows."""
    parts = person.page.get_by_role("navigation", name="Parts of the table")
    await parts.get_by_role("button", name=name).click()


async def test_axe_finds_nothing_on_any_screen(invite: Invite, served: SummitServer) -> None:
    anna, ben = [await invite(name, served, **TALL) for name in ("Anna", "Ben")]
    eve = await invite("Eve", served, **PHONE)
    wall = await invite("the wall", served, **TALL)
    found: list[str] = []

    for person in (anna, eve):
        await person.open()
        found += await faults(person)
    await anna.page.get_by_role("link", name="Set up a table").click()
    await expect(anna.page.get_by_role("radio").first).to_be_visible()
    await anna.page.get_by_text("More choices").click()
    found += await faults(anna)
    for person in (ben, eve):
        await person.open("/join")
        found += await faults(person)

    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await seat(eve, table, "POL")
    for person in (ben, eve):
        found += await faults(person)
    await ben.button(re.compile(r"^Brief\b")).click()
    found += await faults(ben)
    await ben.close()

    await open_meeting(anna, table, "Consultations")
    found += await faults(ben)
    await anna.table_draft("what my government wants")
    await ben.table_draft("the promise of 2008")
    await ben.say("Budapest has a text as well.")
    found += await faults(ben)
    found += await dialogs(ben)
    for name in ("Room", "Talk", "Us", "Text"):
        await part(eve, name)
        found += await faults(eve)

    await wall.open(table.projector)
    await expect(wall.heading("Draft A")).to_be_visible()
    found += await faults(wall)

    await anna.move_on("First Council session")
    await anna.open_silence()
    for person in (ben, eve):
        await expect(person.silence).to_be_visible()
    found += await faults(ben)
    found += await faults(wall)
    await ben.silence.get_by_role("button", name="Break silence").click()
    found += await faults(ben)
    await ben.close()
    await expect(ben.silence).to_have_count(0)

    await anna.move_on("Second Council session", "Leaders' session", "Aftermath")
    await anna.end_meeting()
    for person in (ben, eve):
        await expect(person.heading("Six considerations")).to_be_visible()
        found += await faults(person)
    await ben.page.get_by_role("link", name="Step through it again").click()
    slider = ben.page.get_by_role("slider", name="Moment")
    await expect(slider).not_to_have_value("0")
    found += await faults(ben)
    await slider.press("Home")
    await ben.sees("0 of ")
    found += await faults(ben)
    assert not found, "\n".join(found)


LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"


async def test_text_of_twice_the_size_fits_a_narrow_phone_and_a_laptop(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served, viewport={"width": 1366, "height": 768})
    eve = await invite("Eve", served, **NARROW)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(eve, table, "POL")
    for person in (anna, eve):
        await person.page.evaluate(LARGE_TEXT)
        assert await person.page.evaluate(SIDEWAYS) <= 0, f"the lobby of {person.name}"
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("what my government wants")
    await expect(eve.heading(re.compile("^Draft A"))).to_be_attached()
    for person in (anna, eve):
        assert await person.page.evaluate(SIDEWAYS) <= 0, f"the table of {person.name}"
        await expect(person.page.get_by_role("banner")).to_be_in_viewport()
    for name in ("Room", "Talk", "Us", "Text"):
        await part(eve, name)
        assert await eve.page.evaluate(SIDEWAYS) <= 0, name
    await eve.pick("Drafts on the table")
    await expect(eve.dialog.get_by_role("button", name="Close")).to_be_in_viewport()
    assert await eve.page.evaluate(SIDEWAYS) <= 0


STILL = "document.getAnimations().filter((it) => it.playState === 'running').length"


async def test_who_asks_for_less_motion_gets_none(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served, reduced_motion="reduce")
    ben = await invite("Ben", served, reduced_motion="reduce")
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("what my government wants")
    await ben.state_position("We support it")
    assert await anna.page.evaluate(STILL) == 0
    assert await ben.page.evaluate(STILL) == 0


LISTEN = """
(() => {
  window.heard = [];
  const regions = '[aria-live], [role="status"], [role="alert"]';
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const region = (target.nodeType === 1 ? target : target.parentElement)?.closest(regions);
      const words = region?.textContent.trim();
      if (words && window.heard.at(-1) !== words) window.heard.push(words);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
"""


async def test_what_is_read_aloud_is_what_the_meeting_does_and_not_every_word(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await open_meeting(anna, table, "Consultations")
    await ben.in_phase("Consultations")
    await ben.page.evaluate(LISTEN)
    for number in range(8):
        await anna.say(f"Remark {number}.")
    await expect(ben.said_in("Plenary").get_by_text("Remark 7.")).to_be_attached()
    heard = await ben.page.evaluate("window.heard")
    assert not [words for words in heard if "Remark" in words]
    assert len(heard) <= 1, heard  # what was due before they began, perhaps
    await anna.table_draft("what my government wants")
    await ben.until("window.heard.some((words) => words.includes('Draft A'))")
    heard = await ben.page.evaluate("window.heard")
    assert len(heard) <= 3, heard


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
    await ben.button("What would help us").first.click()
    await expect(ben.dialog.get_by_role("heading", name="The one change")).to_be_visible()
    found += await faults(ben)
    await ben.close()
    for item in ("Preferences", "Notes", "What happened", "Drafts on the table", "Your delegation"):
        await ben.pick(item)
        found += await faults(ben)
        await ben.close()
    await ben.button("Paragraph 1: The way in").click()
    found += await faults(ben)
    await ben.close()
    return found
