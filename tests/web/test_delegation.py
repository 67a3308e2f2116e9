"""Delegations of several people: what a delegate prepares, the head signs, also under silence."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from game_rules.procedures import seating
from tests.server.table import house
from tests.web.conftest import Invite
from tests.web.layout import flaws
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import Table, ask, open_meeting, seat, set_table

NARROW = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
NAMES = {"HUN": "Hungary", "POL": "Poland"}


async def seat_beside(person: Person, host: Person, table: Table, code: str) -> None:
    """Another person in a seat that is taken: by that seat's own link, which the host hands out."""
    link = await (await ask(host, f"/{table.game}/links", seat=code)).json()
    await person.open(link["url"])
    await person.sit_down(NAMES[code])
    await person.open(table.page)


@pytest.mark.rule("1.3", "1.4")
async def test_a_delegate_prepares_a_break_of_silence_and_the_head_signs_it(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cia = [await invite(name, served) for name in ("Anna", "Ben", "Cia")]
    table = await set_table(anna, formal="head")
    await seat(anna, table, "SG")
    await seat(ben, table, "HUN")
    await seat_beside(cia, anna, table, "HUN")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("what my government wants")
    await anna.move_on("First Council session")
    await anna.open_silence()
    await anna.silence.get_by_role("button", name="Extend silence by 1 min").click()

    await expect(cia.silence).to_contain_text("Your head of delegation has to sign this before it counts.")
    await cia.silence.get_by_role("button", name="Break silence").click()
    await cia.dialog.get_by_role("checkbox", name="Reform").check()
    await cia.dialog.get_by_label("Why?").fill("The review has no measure.")
    await cia.dialog.get_by_label("What would lift your objection?").fill("The Union's measure.")
    await cia.dialog.get_by_role("button", name="Break silence").click()
    await expect(cia.silence).to_be_visible()  # prepared, and nothing more
    await cia.sees("What you prepared waits for your head’s signature.")

    await ben.button("Look and sign").first.click()
    act = ben.dialog.get_by_role("article")
    await expect(act).to_contain_text("Cia has prepared this")
    await expect(act).to_contain_text("Break silence: Reform")
    await expect(act).to_contain_text("The review has no measure.")
    await act.get_by_role("button", name="Sign it").click()
    for person in (anna, ben, cia):
        await expect(person.silence).to_have_count(0)
    await expect(anna.text).to_contain_text("Hungary objects:")


@pytest.mark.rule("1.4")
async def test_what_a_delegate_prepares_can_be_dropped(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna, formal="head")
    await seat(anna, table, "POL")
    await seat_beside(ben, anna, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await ben.button("Table a draft").first.click()
    await expect(ben.dialog).to_contain_text("Your head of delegation has to sign this before it counts.")
    await ben.dialog.get_by_role("button", name="Put it on the table").click()
    await expect(ben.dialog).to_have_count(0)
    await anna.button("Look and sign").click()
    await expect(anna.dialog.get_by_role("article")).to_contain_text("Table a draft")
    await anna.dialog.get_by_role("button", name="Drop it").click()
    await expect(anna.dialog.get_by_text("Nothing waits for a signature.")).to_be_visible()
    await expect(ben.page.get_by_text("What you prepared waits")).to_have_count(0)


@pytest.mark.rule("1.3")
async def test_everybody_in_a_delegation_sees_who_else_is_in_it(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "POL")
    await seat_beside(ben, anna, table, "POL")
    await open_meeting(anna, table)
    await ben.pick("Your delegation")
    members = ben.dialog.get_by_role("listitem")
    await expect(members.filter(has_text="Anna")).to_contain_text("head")
    await expect(members.filter(has_text="Ben")).to_contain_text(re.compile("delegate.*you", re.DOTALL))


@pytest.mark.rule("1.3")
async def test_the_head_invites_a_colleague_says_who_does_what_and_hands_over(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cia = [await invite(name, served) for name in ("Anna", "Ben", "Cia")]
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "POL")
    await open_meeting(anna, table)
    await ben.pick("Your delegation")
    await ben.dialog.get_by_role("radio", name="adviser").check()
    await ben.dialog.get_by_role("button", name="Make a link").click()
    link = await ben.dialog.get_by_label("Link for a colleague (adviser)").input_value()
    await cia.open(link)
    await cia.sit_down("Poland")
    await cia.go_in()
    await cia.pick("Your delegation")
    await expect(cia.dialog).to_contain_text("The head of delegation says who does what")
    await expect(cia.dialog.get_by_role("button", name="Make a link")).to_have_count(0)

    role = ben.dialog.get_by_label("What Cia may do")
    await expect(role).to_have_value("adviser")
    await role.select_option("head")
    await expect(ben.dialog.get_by_role("alertdialog")).to_contain_text("Cia becomes head of your delegation")
    await ben.dialog.get_by_role("button", name="Hand over").click()
    await expect(cia.dialog.get_by_label("What Ben may do")).to_have_value("delegate")
    await expect(ben.dialog.get_by_label("What Cia may do")).to_have_count(0)


OF_THE_GAME = """(game) => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
  .filter((key) => key.includes(game))"""


@pytest.mark.rule("1.6")
async def test_whoever_leaves_is_told_who_keeps_the_seat_and_leaves_nothing_behind(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "SG")
    await seat(ben, table, "POL")
    await open_meeting(anna, table)
    await ben.page.get_by_role("textbox", name="Write").fill("For nobody else")
    await ben.pick("Leave this seat on this device")
    await expect(ben.dialog).to_contain_text("keeps the seat of Poland")
    await ben.dialog.get_by_role("button", name="Stay").click()
    await expect(ben.dialog).to_have_count(0)
    assert await ben.page.evaluate(OF_THE_GAME, table.game)
    await ben.pick("Leave this seat on this device")
    await ben.dialog.get_by_role("button", name="Leave and wipe").click()
    await ben.page.wait_for_url("**/")
    assert await ben.page.evaluate(OF_THE_GAME, table.game) == []
    await expect(anna.page.get_by_role("button", name=re.compile("^Poland.*(deputy|bot)"))).to_be_visible()


STOPPED = "The clock is stopped"
ASKED = "A seat nobody plays"
ASKED_SECONDS = 8
"""Instead of two minutes: long enough to look at the question."""


async def hungary_leaves(fay: Person, ben: Person, eve: Person) -> None:
    """An exercise that asks what becomes of an empty seat. Ben leaves Hungary's, Eve stays in Poland's."""
    table = await set_table(fay, kind="exercise", policy="ask")
    await seat(ben, table, "HUN")
    await seat(eve, table, "POL")
    await fay.open(table.page)
    await open_meeting(fay, table)
    await eve.in_phase("Briefing")
    await ben.pick("Leave this seat on this device")
    await ben.dialog.get_by_role("button", name="Leave and wipe").click()


@pytest.mark.rule("1.6")
async def test_who_runs_the_game_says_who_keeps_an_empty_seat_and_the_clock_goes_on(
    invite: Invite, served: SummitServer
) -> None:
    fay, ben = await invite("Fay", served), await invite("Ben", served)
    eve = await invite("Eve", served, **NARROW)
    await hungary_leaves(fay, ben, eve)
    asked = fay.page.get_by_role("region", name=ASKED)
    await expect(asked).to_contain_text("Nobody sits for Hungary any more. Who keeps the seat?")
    await expect(asked).to_contain_text(re.compile(r"Without an answer a deputy takes the seat in [12]:\d\d\."))
    told = eve.page.get_by_role("region", name=ASKED)
    await expect(told).to_contain_text("The clock stands still: who keeps the seat of Hungary?")
    await expect(told.get_by_role("button")).to_have_count(0)
    for person in (fay, eve):
        await expect(person.page.get_by_role("banner")).to_contain_text(STOPPED)
        assert await flaws(person.page) == []
    await asked.get_by_role("button", name="The seat stays silent").click()
    for question in (asked, told):
        await expect(question).to_have_count(0)
    for person in (fay, eve):
        await expect(person.page.get_by_role("banner")).not_to_contain_text(STOPPED)
    await eve.pick("What happened")
    await expect(eve.dialog).to_contain_text("It is settled who keeps the seat of Hungary for now.")


@pytest.mark.rule("1.6")
@pytest.mark.usefixtures("scenarios")
async def test_a_question_that_nobody_answers_in_time_leaves_the_seat_to_a_deputy(
    invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seating, "ASKED_SECONDS", ASKED_SECONDS)
    async with house() as home:
        fay, ben = await invite("Fay", home), await invite("Ben", home)
        eve = await invite("Eve", home, **NARROW)
        await hungary_leaves(fay, ben, eve)
        asked = fay.page.get_by_role("region", name=ASKED)
        told = eve.page.get_by_role("region", name=ASKED)
        await expect(asked.get_by_role("button")).to_have_count(4)
        await expect(told).to_contain_text(re.compile(r"in 0:0\d"))
        for question in (asked, told):
            await expect(question).to_have_count(0)
        await eve.page.get_by_role("navigation", name="Parts of the table").get_by_role("button", name="Room").click()
        await expect(eve.button(re.compile("^Hungary.*deputy"))).to_be_visible()
        for person in (fay, eve):
            await person.context.close()
