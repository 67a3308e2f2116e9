"""What a program can tell of accessibility: on every screen, in every dialog, in every theme.

Screens and dialogs are drawn from fixtures where there are some, and come to on a real server where there are none.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest
from playwright.async_api import Page, expect
from pytest_playwright_asyncio.pytest_playwright import CreateContextCallback

from tests.web.axe import faults
from tests.web.conftest import HAS_LOOKED_AROUND, PATIENCE_MS, Invite
from tests.web.listening import heard, listen
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.stage import CLIENT, Stage, draw
from tests.web.tables import ask, council, open_meeting, seat, set_table

LAPTOP, PHONE = {"width": 1366, "height": 640}, {"width": 360, "height": 740}

FIXTURES = sorted(path.stem for path in (CLIENT / "tests" / "fixtures").glob("*.json"))

SHEETS: dict[str, tuple[str, dict[str, Any]]] = {
    "brief": ("table", {}),
    "notes": ("head", {}),
    "preferences": ("table", {}),
    "welcome": ("table", {}),
    "tour": ("table", {}),
    "paragraph": ("table", {"issue": "target_date"}),
    "read": ("chair", {"draft": "d2"}),
    "revisions": ("chair", {"draft": "d2"}),
    "propose": ("table", {"draft": "d1", "changes": {"trigger": "after_review"}}),
    "table_draft": ("table", {}),
    "position": ("table", {"draft": "d1"}),
    "amendments": ("chair", {}),
    "drafts": ("chair", {}),
    "compare": ("chair", {"drafts": ["d1", "d2"]}),
    "poll": ("chair", {}),
    "open_poll": ("table", {"draft": "d1"}),
    "open_silence": ("chair", {"draft": "d2"}),
    "rung": ("silence", {"rung": "footnote"}),
    "break": ("silence", {}),
    "new_room": ("table", {}),
    "run": ("facilitator", {}),
    "announce": ("facilitator", {}),
    "share": ("table", {}),
    "record": ("silence", {}),
    "offer": ("trade", {"deals": ["sd_grain"], "counterTo": None}),
    "promise": ("trade", {"to": "DEU"}),
    "complement": ("trade", {"complement": "tra_language"}),
    "delegation": ("head", {}),
    "drivers": ("table", {"draft": "d1"}),
    "fold": ("chair", {}),
    "communique": ("outcome", {}),
    "plan": ("facilitator", {}),
    "rewind": ("facilitator", {}),
    "after": ("debrief", {}),
    "leave": ("table", {}),
}
"""Every dialog of the table, and a fixture in which there is something in it."""

STATES: tuple[tuple[str, dict[str, str]], ...] = (
    *((fixture, {}) for fixture in FIXTURES),
    *((fixture, {"tab": tab}) for fixture in ("table", "trade", "silence") for tab in ("room", "talk", "us")),
    ("table", {"tab": "room", "nation": "HUN"}),
    ("table", {"lost": ""}),
)
"""Every fixture, and the parts of the table that a phone shows one at a time."""

LOOKS_DIFFERENT = {"table", "silence", "facilitator", "outcome", "lobby", "projector"}
"""The others show no colour that one of these does not."""


def test_every_dialog_of_the_table_is_looked_at() -> None:
    desk = (CLIENT / "src" / "store" / "desk.svelte.ts").read_text(encoding="utf-8")
    kinds = re.findall(r"\{ is: '(\w+)'", desk.partition("export type Sheet =")[2].partition("\n\n")[0])
    assert sorted(SHEETS) == sorted(kinds)


async def test_axe_finds_nothing_on_any_screen(
    invite: Invite, served: SummitServer, stage: Stage, new_context: CreateContextCallback
) -> None:
    found = await asyncio.gather(
        on_stage(await onto(stage, new_context, LAPTOP), "laptop"),
        on_stage(await onto(stage, new_context, PHONE), "phone"),
        in_a_game(invite, served),
    )
    assert not (faulty := [fault for faulty in found for fault in faulty]), "\n".join(faulty)


async def test_a_silence_is_heard_from_its_beginning_to_its_end(invite: Invite, served: SummitServer) -> None:
    heard_by_ben = await a_whole_silence(invite, served)
    told = [re.sub(r"News: .*?\.( |$)", "", words).strip() for words in heard_by_ben]  # they come when they come
    *during, ended = filter(None, told)
    assert during == [
        "Draft A is put under silence. Now: Under silence: if nobody objects, this text stands.",
        *(
            f"Silence ends in {left}. If nobody objects, the text stands."
            for left in ("one minute", "30 seconds", "10 seconds")
        ),
        "No text is under silence.",  # why the form that is open cannot be sent any more
    ]
    assert ended.startswith("Silence held. Draft A is adopted."), ended


async def onto(stage: Stage, new_context: CreateContextCallback, viewport: dict[str, int]) -> Page:
    context = await new_context(viewport=viewport)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(HAS_LOOKED_AROUND)
    page = await context.new_page()
    await stage.open(page)
    return page


async def show(page: Page, kind: str) -> None:
    """A dialog with what it fetches in it, and no table behind it, which is looked at by itself."""
    fixture, params = SHEETS[kind]
    await draw(page, fixture, {"bare": ""} if kind != "tour" else {}, {"is": kind, **params})
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.get_by_role("dialog", name="One moment")).to_have_count(0)


async def on_stage(page: Page, size: str) -> list[str]:
    found: list[str] = []
    for kind in SHEETS:
        await show(page, kind)
        found += await faults(page, f"{kind} on a {size}", "dialog", night=size == "laptop")
    for fixture, how in STATES:
        if size == "laptop" and how.get("tab"):
            continue  # a laptop shows all of them at once
        await draw(page, fixture, how)
        await expect(page.get_by_role("main")).to_be_visible()
        themes, night = fixture in LOOKS_DIFFERENT, size == "laptop"  # by night, what a phone shows looks the same
        found += await faults(page, f"{fixture} {how} on a {size}", None, themes, night)
    return found


async def in_a_game(invite: Invite, served: SummitServer) -> list[str]:
    """The screens that no fixture draws: the ways in, and an exercise from its lobby to its replay."""
    found: list[str] = []

    async def look(person: Person, what: str, themes: bool = False, within: str | None = None) -> None:
        found.extend(await faults(person.page, f"{what} ({person.name})", within, themes))

    fay = await invite("Fay", served, viewport=LAPTOP)
    eve = await invite("Eve", served, viewport=PHONE, has_touch=True)
    ben = await invite("Ben", served, newcomer=True, viewport=LAPTOP)
    pat = await invite("Pat", served, viewport=PHONE, has_touch=True)
    eve.expects("status of 40")

    for person, themes in ((fay, True), (eve, False)):
        await person.open()
        await expect(person.page.get_by_role("link", name="Set up a table")).to_be_visible()
        await look(person, "start", themes)
        for kind in ("/new", "/new/exercise"):
            await person.open(kind)
            await expect(person.page.get_by_role("radio").first).to_be_visible()
            await look(person, kind, themes)
    await eve.open("/join")
    await eve.page.get_by_role("textbox").fill("AAAAAAAAAA")
    await eve.page.get_by_role("textbox").press("Enter")
    await expect(eve.page.get_by_role("alert")).not_to_be_empty()
    await look(eve, "a code that no table has")
    for trouble in ("/nowhere", "/g/nobodys"):
        await eve.open(trouble)
        await expect(eve.page.get_by_role("heading", level=1)).to_be_visible()
        await look(eve, trouble)

    table = await set_table(fay, kind="exercise")
    press, watch = [
        (await (await ask(fay, f"/{table.game}/links", kind=kind)).json())["url"] for kind in ("press", "spectator")
    ]
    await fay.open(table.page)
    await expect(fay.button("Start the meeting")).to_be_visible()
    await look(fay, "the lobby of an exercise", themes=True)
    await pat.open(press)
    await expect(pat.page.get_by_role("region", name="Seats at the table")).to_be_visible()
    await look(pat, "the lobby for the press")
    await seat(eve, table, "POL")
    await open_meeting(fay, table, "Consultations")

    await ask(ben, f"/{table.game}/claims", seat="HUN", name="Ben", code=table.code)
    await ben.open(table.page)
    await expect(ben.button("To the table")).to_be_visible()
    await look(ben, "welcome", themes=True)
    await ben.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    await look(ben, "welcome on a phone", themes=True)
    await ben.page.set_viewport_size(LAPTOP)  # type: ignore[arg-type]
    await ben.go_in()
    await ben.button("More", exact=True).click()
    await look(ben, "the menu", True, "[popover]")
    await ben.page.keyboard.press("Escape")
    await ben.button("Search what was said").click()
    await look(ben, "search in talk")
    beside = ben.page.get_by_role("tablist", name="Beside the text")
    for name in ("Trade", "News"):
        await beside.get_by_role("tab", name=name).click()
        await expect(ben.page.get_by_role("tabpanel", name=name)).not_to_be_empty()
        await look(ben, name, True, "[role=tabpanel]")
    await ben.page.get_by_role("group", name="How to see the room").get_by_text("Map", exact=True).click()
    await expect(ben.page.get_by_role("button", name=re.compile("^Poland")).first).to_be_visible()
    await look(ben, "the map", True, "[data-tour=room]")
    for who, way in (("the press", table.page), ("a spectator", watch)):
        await pat.open(way)
        await expect(pat.page.get_by_role("banner")).to_be_visible()
        await look(pat, f"{who} at the table")

    await fay.end_meeting()
    await expect(fay.heading("Six considerations")).to_be_visible()
    await fay.close()
    await fay.button("Open all results").click()
    await expect(eve.heading("Six considerations")).to_be_visible()
    await look(fay, "the outcome, opened", themes=True)
    await look(eve, "the outcome, opened", themes=True)
    for person, themes in ((ben, True), (eve, False)):
        await person.open(f"{table.page}/replay")
        slider = person.page.get_by_role("slider", name="Moment")
        await slider.press("End")
        await expect(slider).not_to_have_value("0")
        await look(person, "the replay", themes)
    await pat.open(table.projector)
    await expect(pat.page.get_by_role("heading", level=1)).to_be_visible()
    await look(pat, "the wall at the end")
    return found


async def a_whole_silence(invite: Invite, served: SummitServer) -> list[Any]:
    """What Ben hears of a silence of 75 seconds: he reads his brief when it opens, and then writes an objection."""
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await council(anna, ben)
    await expect(ben.page.get_by_role("log")).to_contain_text("First Council session begins")
    await ben.button("Brief").first.click()
    await expect(ben.dialog).to_be_visible()
    await listen(ben.page)
    await anna.pick("Run the meeting")
    await anna.dialog.get_by_role("button", name=re.compile(r"^Put Draft \w+ under silence")).click()
    length = anna.dialog.get_by_role("slider")
    await length.fill("75")
    await expect(length).to_have_accessible_name("For how long? 1 min 15 sec")
    await anna.dialog.get_by_role("button", name="Put it under silence").click()
    await expect(ben.dialog.get_by_role("log")).to_contain_text("under silence")
    await ben.close()
    await ben.silence.get_by_role("button", name="Break silence").click()
    await ben.dialog.get_by_role("textbox").first.fill("Minority rights.")
    await expect(ben.dialog.get_by_role("log")).to_contain_text("Silence held", timeout=100_000)
    return await heard(ben.page)


async def test_what_is_read_aloud_is_what_the_meeting_does_and_not_every_word(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await listen(ben.page)
    await open_meeting(anna, table, "Consultations")
    await ben.in_phase("Consultations")
    await ben.until("window.heard.some((words) => words.includes('Consultations begin'))")
    before = len(await heard(ben.page))
    for number in range(8):
        await anna.say(f"Remark {number}.")
    await expect(ben.said_in("Plenary").get_by_text("Remark 7.")).to_be_attached()
    assert len(await heard(ben.page)) == before
    await anna.table_draft("what my government wants")
    await ben.until("window.heard.some((words) => words.includes('Draft A'))")
    assert len((await heard(ben.page))[before:]) <= 2


async def test_letters_open_the_brief_over_a_form_and_can_be_turned_off(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await council(anna, ben)
    await ben.button("State position").first.click()
    await ben.dialog.get_by_role("radio", name=re.compile("We can accept")).check()
    await ben.page.keyboard.press("b")
    brief = ben.page.get_by_role("dialog", name="Your brief")
    await expect(brief).to_be_visible()
    await ben.page.keyboard.press("Escape")
    await expect(brief).to_have_count(0)
    await expect(ben.dialog.get_by_role("radio", name=re.compile("We can accept"))).to_be_checked()
    await ben.close()
    await ben.pick("Preferences")
    await ben.dialog.get_by_role("checkbox", name="B opens the brief").uncheck()
    await ben.close()
    await ben.page.keyboard.press("b")
    await ben.page.keyboard.press("n")
    await expect(ben.dialog).to_have_count(0)


MOVES = """
window.moved = 0;
for (const kind of ['transitionrun', 'animationstart']) addEventListener(kind, () => (window.moved += 1), true);
"""


async def test_who_asks_for_less_motion_gets_none(invite: Invite, served: SummitServer) -> None:
    """Ben and Eve see the same. What moves on Ben's page does not on hers."""
    anna = await invite("Anna", served)
    ben = await invite("Ben", served, viewport=LAPTOP, reduced_motion="no-preference")
    eve = await invite("Eve", served, viewport=LAPTOP, reduced_motion="reduce")
    for person in (ben, eve):
        await person.context.add_init_script(MOVES)
    table = await set_table(anna)
    for person, code in ((anna, "SG"), (ben, "HUN"), (eve, "POL")):
        await seat(person, table, code)
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("what my government wants")
    await ben.state_position("We support it")
    for person in (ben, eve):
        await expect(person.button(re.compile("^Hungary, Draft A: supports"))).to_be_visible()
    moved = [[await person.page.evaluate("window.moved") for person in (ben, eve)]]
    for person in (ben, eve):
        await person.page.evaluate("window.moved = 0")
        await person.pick("Look around")
        await person.dialog.get_by_role("button", name="Next").click()
        await expect(person.dialog.get_by_role("heading", name="What is expected of you")).to_be_visible()
    moved.append([await person.page.evaluate("window.moved") for person in (ben, eve)])
    assert all(with_motion > 0 and without == 0 for with_motion, without in moved), moved


LARGE = {
    "letters of twice the size on a laptop": ({"width": 1366, "height": 768}, 32),
    "letters of twice the size on a phone": ({"width": 390, "height": 844}, 32),
    "a laptop at 200 %": ({"width": 683, "height": 384}, 16),
    "a laptop at 400 %": ({"width": 320, "height": 568}, 16),
}

TROUBLE = """
() => {
  const found = [];
  const open = [...document.querySelectorAll('dialog:modal')].at(-1);
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const inSight = (one) => {
    const { top, right, bottom, left } = one.getBoundingClientRect();
    return top >= -1 && left >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
  };
  // what scrolls sideways by itself, such as a table of figures, may
  const scrolls = (one) => {
    for (let around = one.parentElement; around && !around.matches('.pane, .body, body'); around = around.parentElement)
      if (getComputedStyle(around).overflowX !== 'visible') return true;
    return false;
  };
  for (const one of (open ?? document.body).querySelectorAll('*')) {
    const { width, right } = one.getBoundingClientRect();
    if (width > 1 && right > innerWidth + 1 && seen(one) && !scrolls(one))
      found.push(`past the edge: ${one.outerHTML.slice(0, 120)}`);
  }
  if (document.scrollingElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  const musts = '.close, footer .button, .card .button';
  for (const must of open ? open.querySelectorAll(musts) : document.querySelectorAll('.now .button'))
    if (seen(must) && !inSight(must)) found.push(`out of sight: ${must.textContent.trim() || must.ariaLabel}`);
  const body = open?.querySelector('.body');
  const long = body && body.scrollHeight > body.clientHeight ? [body] : [];
  for (const pane of open ? long : document.querySelectorAll('main .pane'))
    if (seen(pane) && pane.clientHeight < 100) found.push(`${pane.className} is ${pane.clientHeight} px high`);
  return found.slice(0, 5);
}
"""
"""What of a screen somebody with large letters cannot reach: the one act, a dialog's acts, a text to read."""


@pytest.mark.parametrize("size", LARGE)
async def test_letters_of_twice_the_size_leave_every_screen_usable(
    size: str, stage: Stage, new_context: CreateContextCallback
) -> None:
    viewport, letters = LARGE[size]
    context = await new_context(viewport=viewport)  # type: ignore[arg-type]
    await context.add_init_script(HAS_LOOKED_AROUND)
    page = await context.new_page()
    browser = await context.new_cdp_session(page)
    await browser.send("Page.enable")
    await browser.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    await stage.open(page)
    found: dict[str, list[str]] = {}
    for fixture, how in STATES:
        await draw(page, fixture, how)
        await expect(page.get_by_role("main")).to_be_visible()
        found[f"{fixture} {how}"] = await page.evaluate(TROUBLE)
    for kind in SHEETS:
        await show(page, kind)
        found[kind] = await page.evaluate(TROUBLE)
    assert not (trouble := {what: why for what, why in found.items() if why}), json.dumps(trouble, indent=1)
