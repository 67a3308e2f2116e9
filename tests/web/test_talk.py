"""Talk: who writes is seen by those who may read it, everything said can be found, and a page behind others calls."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import ask, open_meeting, seat, set_table

HIDE = """(hidden) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' });
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
"""A tab behind another: a browser without a window has no other way to be hidden."""

LISTEN = """() => {
  window.sounded = 0;
  window.OscillatorNode = class extends OscillatorNode {
    start(...when) {
      window.sounded += 1;
      super.start(...when);
    }
  };
}"""

ZALGO = "Z" + "\u0335\u0322\u0321\u0328" * 40 + "algo"
TURNED = "\u202eturned round\u202c"


async def three(invite: Invite, served: SummitServer, *phases: str) -> tuple[Person, Person, Person]:
    """Anna for Hungary, Ben for Poland, Cia for Türkiye, at a table where one may talk."""
    anna, ben, cia = [await invite(name, served) for name in ("Anna", "Ben", "Cia")]
    table = await set_table(anna)
    for person, code in ((anna, "HUN"), (ben, "POL"), (cia, "TUR")):
        await seat(person, table, code)
    await open_meeting(anna, table, *(phases or ("Consultations",)))
    for person in (ben, cia):
        await person.in_phase(phases[-1] if phases else "Consultations")
    return anna, ben, cia


async def into_room(person: Person, nation: str) -> None:
    await person.button("+ New room").click()
    await person.dialog.get_by_role("checkbox", name=nation).check()
    await person.dialog.get_by_role("button", name=re.compile("^Open")).click()
    await expect(person.dialog).to_have_count(0)


@pytest.mark.rule("5.3", "9.1")
async def test_who_writes_is_seen_in_the_room_and_nowhere_else(invite: Invite, served: SummitServer) -> None:
    anna, ben, cia = await three(invite, served)
    await anna.say("Good morning.")
    await into_room(ben, "Hungary")
    await ben.say("A word between us?")
    await anna.room("Poland")
    await anna.page.get_by_role("textbox", name="Write").press_sequentially("Gladly", delay=20)
    await ben.sees("Hungary is writing …")
    await expect(cia.page.get_by_text("is writing")).to_have_count(0)
    await anna.button("Send").click()
    await ben.sees("Gladly")
    await expect(ben.page.get_by_text("is writing")).to_have_count(0)
    # In the plenary everybody sees it; whoever stops writing is forgotten.
    await anna.room("Plenary")
    await ben.room("Plenary")
    await expect(anna.said_in("Plenary")).to_contain_text("Good morning.")
    await anna.page.get_by_role("textbox", name="Write").press_sequentially("Dear", delay=20)
    for person in (ben, cia):
        await person.sees("Hungary is writing …")
    await expect(cia.page.get_by_text("is writing")).to_have_count(0)


async def test_everything_said_that_one_may_read_is_found(invite: Invite, served: SummitServer) -> None:
    anna, ben, cia = await three(invite, served)
    await into_room(anna, "Poland")
    await anna.say("The Fidesz caucus wants Paks left alone.")
    await anna.room("Plenary")
    await anna.say("Nobody mentions PAKS in public.")
    await ben.button("Search what was said").click()
    await ben.page.get_by_role("searchbox", name="Search what was said").fill("paks")
    found = ben.page.get_by_role("list", name="Found").get_by_role("button")
    await expect(found).to_have_count(2)
    await found.filter(has_text="Fidesz").click()
    await expect(ben.said_in("Hungary")).to_contain_text("Fidesz caucus")
    await cia.button("Search what was said").click()
    await cia.page.get_by_role("searchbox", name="Search what was said").fill("paks")
    await cia.sees("Said once.")
    await cia.page.get_by_role("searchbox", name="Search what was said").fill("fidesz")
    await cia.sees("Nobody has said that.")
    await cia.page.keyboard.press("Escape")
    await expect(cia.page.get_by_role("textbox", name="Write")).to_be_visible()


async def test_a_message_refers_to_what_is_on_the_table(invite: Invite, served: SummitServer) -> None:
    anna, ben, _ = await three(invite, served)
    await ben.table_draft()
    writing = anna.page.get_by_role("textbox", name="Write")
    await writing.press_sequentially("Look at #")
    refer = anna.page.get_by_role("combobox", name="Refer to …")
    await expect(refer).to_be_focused()
    await refer.select_option(label="Draft A")
    await expect(writing).to_be_focused()
    await expect(writing).to_have_value("Look at ")
    await expect(anna.page.get_by_role("list", name="About")).to_contain_text("Draft A")
    await anna.button("Send").click()
    await expect(anna.page.get_by_role("list", name="About")).to_have_count(0)
    await ben.said_in("Plenary").get_by_role("button", name="Draft A").click()
    await expect(ben.heading(re.compile("^Draft A"))).to_be_visible()
    # A sign that was meant as it stands is kept.
    await writing.press_sequentially("Point #")
    await anna.page.keyboard.press("Escape")
    await writing.press_sequentially("1")
    await expect(writing).to_have_value("Point #1")


async def test_a_page_behind_others_counts_and_chimes_if_it_may(invite: Invite, served: SummitServer) -> None:
    anna, ben, _ = await three(invite, served)
    await ben.page.evaluate(LISTEN)
    await ben.page.evaluate(HIDE, True)
    await anna.say("Is Poland there?")
    await expect(ben.page).to_have_title(re.compile(r"^\(1\) Poland"))
    await anna.say("Poland?")
    await expect(ben.page).to_have_title(re.compile(r"^\(2\) Poland"))
    assert await ben.page.evaluate("window.sounded") == 2, "one sound of two notes"
    await ben.page.evaluate(HIDE, False)
    await expect(ben.page).to_have_title(re.compile("^Poland"))
    await ben.page.evaluate(HIDE, True)
    await ben.say("I am. Nobody calls me back for my own words.")
    await expect(anna.said_in("Plenary")).to_contain_text("my own words")
    await expect(ben.page).to_have_title(re.compile("^Poland"))


async def test_what_is_new_is_marked_and_reading_further_up_is_not_disturbed(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, _ = await three(invite, served)
    await anna.say("The first word.")
    await expect(ben.said_in("Plenary")).to_contain_text("The first word.")
    await ben.page.get_by_role("tab", name=re.compile("^Trade")).click()
    for number in range(30):
        await anna.say(f"Point {number} of a long speech.")
        await expect(anna.said_in("Plenary")).to_contain_text(f"Point {number} of")
    await ben.page.get_by_role("tab", name=re.compile("^Talk")).click()
    await ben.sees("New since you looked")
    newest = ben.button(re.compile("^30 new messages"))
    await expect(newest).to_be_visible()
    await newest.click()
    await expect(ben.said_in("Plenary").get_by_text("Point 29 of")).to_be_in_viewport()
    await expect(newest).to_have_count(0)
    await ben.said_in("Plenary").evaluate("(list) => list.scrollTo(0, 0)")
    await expect(ben.button(re.compile("^To the newest"))).to_be_visible()
    # What was said earlier is drawn above, and one scrolls on.
    await ben.said_in("Plenary").get_by_text("The first word.").scroll_into_view_if_needed()
    await anna.say("And one thing more.")
    await expect(ben.button(re.compile("^1 new message"))).to_be_visible()
    await expect(ben.said_in("Plenary").get_by_text("The first word.")).to_be_in_viewport()


async def test_words_too_many_or_too_strange_harm_nothing(invite: Invite, served: SummitServer) -> None:
    anna, ben, _ = await three(invite, served)
    writing = anna.page.get_by_role("textbox", name="Write")
    await writing.fill("x" * 10_000)
    await anna.sees(re.compile(r"^6,000 characters too many\."))
    await expect(anna.button("Send")).to_be_disabled()
    await writing.press("Enter")
    await expect(writing).to_have_value("x" * 10_000)
    for words in ("Before.", ZALGO, TURNED, "After."):
        await anna.say(words)
        await expect(writing).to_have_value("")
    for person in (anna, ben):
        said = person.said_in("Plenary")
        await expect(said).to_contain_text("turned round")
        boxes = [await said.get_by_text(words, exact=True).bounding_box() for words in ("Before.", "After.")]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] == boxes[1]["x"]
        wide = await person.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide
    # The same words twice are two messages.
    await anna.say("After.")
    await expect(ben.said_in("Plenary").get_by_text("After.", exact=True)).to_have_count(2)


@pytest.mark.rule("1.1")
async def test_a_reporter_publishes_and_everybody_reads_it_in_the_news(invite: Invite, served: SummitServer) -> None:
    faye, anna, rita = [await invite(name, served) for name in ("Faye", "Anna", "Rita")]
    table = await set_table(faye, kind="exercise")
    await faye.open(table.page)
    await seat(anna, table, "POL")
    link = await (await ask(faye, f"/{table.game}/links", kind="press")).json()
    await rita.open(link["url"])
    await rita.sees(re.compile("^You report on this meeting"))
    await expect(rita.button(re.compile("^Hungary"))).to_be_disabled()
    await rita.page.get_by_label("Your paper or your name").fill("The Daily")
    await rita.button("Report").click()
    await rita.sees(re.compile("^Your name under dispatches:"))
    await open_meeting(faye, table, "Consultations")
    await anna.in_phase("Consultations")
    await rita.button("Write a dispatch").click()
    await rita.say("Summit opens in the rain.")
    await expect(rita.page.get_by_role("banner")).to_contain_text("The Daily")
    # It breaks in on whoever looks at something else, and reading it is enough.
    await anna.sees("Summit opens in the rain.")
    await anna.button("Read it").click()
    await expect(anna.button("Read it")).to_have_count(0)
    await expect(rita.button("Read it")).to_have_count(0)
    news = anna.page.get_by_role("tabpanel", name="News", exact=True)
    await expect(news).to_contain_text("Summit opens in the rain.")
    await expect(news).to_contain_text("The Daily")
