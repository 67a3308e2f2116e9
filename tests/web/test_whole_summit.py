"""A whole summit in browsers: an exercise from its creation to the replay, by two people, a facilitator and bots."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SILENCE_SECONDS, SummitServer


async def test_an_exercise_is_played_from_creation_to_the_replay(
    invite: Invite, served_with_bots: SummitServer
) -> None:
    anna, ben, faye = [await invite(name, served_with_bots) for name in ("Anna", "Ben", "Faye")]
    await come_together(faye, anna, ben)
    await read_briefs(anna, ben)
    await faye.button("Start the meeting").click()
    await faye.in_phase("Briefing")
    await faye.move_on("Consultations")
    await talk(anna, ben)
    await agree_on_a_text(anna, ben)
    await faye.move_on("First Council session")
    await keep_silence(anna, ben)
    await faye.move_on("Second Council session", "Leaders' session", "Aftermath", "Debrief")
    await faye.end_meeting()
    for person in (anna, ben, faye):
        await expect(person.heading("The allies agreed")).to_be_visible()
        await expect(person.heading("Six considerations")).to_be_visible()
    await expect(ben.heading("What Poland brings home")).to_be_visible()
    await step_through(ben)


async def come_together(faye: Person, anna: Person, ben: Person) -> None:
    await faye.set_up_table(kind="I run it for others")
    link = await faye.shared_link.input_value()
    await anna.open(link)
    await anna.sit("Secretary General")
    await ben.open(link)
    await ben.sit("Poland")
    seats = faye.page.get_by_role("region", name="Seats at the table")
    await expect(seats.get_by_role("button", name="Secretary General")).to_contain_text("Anna")
    await expect(seats.get_by_role("button", name="Poland")).to_contain_text("Ben")


async def read_briefs(*people: Person) -> None:
    for person in people:
        await person.button(re.compile(r"^Brief\b")).click()
        await expect(person.dialog.get_by_role("heading", name="Your brief")).to_be_visible()
        await expect(person.dialog.get_by_text("For your delegation; the facilitator reads it too.")).to_be_visible()
        await person.close()


async def talk(anna: Person, ben: Person) -> None:
    await anna.in_phase("Consultations")
    await anna.say("Welcome. Who has a text?")
    await expect(ben.said_in("Plenary").get_by_text("Welcome. Who has a text?")).to_be_visible()
    await ben.button("+ New room").click()
    await ben.dialog.get_by_role("checkbox", name="Secretary General").check()
    await ben.dialog.get_by_role("button", name="Open the room").click()
    await ben.say("Between us: Warsaw can live with a partnership.")
    await anna.room("Poland")
    await expect(anna.said_in("Poland").get_by_text("Between us: Warsaw can live")).to_be_visible()


async def agree_on_a_text(anna: Person, ben: Person) -> None:
    """The chair tables a text every ally of the quick cast can live with; Poland betters it and stands behind it."""
    await anna.table_draft("what my government wants")
    await anna.pick("Drafts on the table")
    own = anna.dialog.get_by_role("article").filter(has_text="Secretary General")
    await own.get_by_role("button", name="Make it the basis").click()
    await anna.close()
    await ben.sees("On the floor: the chair named it the basis")
    await ben.state_position("We can accept it")
    await ben.text.get_by_role("button", name="Propose a change").click()
    await ben.choose("Reform", "Corruption and courts, EU measure")
    await ben.dialog.get_by_label("Say why, if you like").fill("Courts first, as the Union measures them.")
    await ben.dialog.get_by_role("button", name="Propose it").click()
    await anna.button("Answer").click()
    await expect(anna.dialog.get_by_text("Courts first, as the Union measures them.")).to_be_visible()
    await anna.dialog.get_by_role("button", name="Take it in").click()
    await anna.close()
    await ben.sees(re.compile("revision 2"))
    await ben.text.get_by_role("button", name="Stand behind it").click()
    await expect(ben.text.get_by_role("button", name="Step back from it")).to_be_visible()


async def keep_silence(anna: Person, ben: Person) -> None:
    """The chair opens silence; Poland associates, reloads in the middle of it, and sees the countdown go on."""
    await anna.in_phase("First Council session")
    await anna.open_silence()
    silence = ben.silence
    await expect(silence).to_be_visible()
    await silence.get_by_role("button", name="Associate").click()
    await expect(silence.get_by_role("list", name="Said so far")).to_contain_text("associates itself with the text")
    before = await ben.seconds_left()
    await ben.page.reload()
    await expect(silence).to_be_visible()
    await expect(silence.get_by_role("list", name="Said so far")).to_contain_text("associates itself with the text")
    assert 0 < await ben.seconds_left() <= before <= SILENCE_SECONDS
    await expect(silence).to_have_count(0)
    for person in (anna, ben):
        await person.sees(re.compile(r"^Draft \w+, revision 2, was adopted at "))


async def step_through(ben: Person) -> None:
    """From the beginning on, and to the end, by the keys of the slider."""
    await ben.page.get_by_role("link", name="Step through it again").click()
    slider = ben.page.get_by_role("slider", name="Moment")
    await expect(slider).to_have_value("0")
    last = int(await slider.get_attribute("max") or 0)
    assert last > 10
    await slider.focus()
    await ben.sees(f"0 of {last}")
    for step in (1, 2, 3):
        await ben.page.keyboard.press("ArrowRight")
        await ben.sees(f"{step} of {last}")
    await ben.page.keyboard.press("End")
    await expect(ben.heading("The allies agreed")).to_be_visible()
    await ben.page.keyboard.press("ArrowLeft")
    await ben.sees(f"{last - 1} of {last}")
