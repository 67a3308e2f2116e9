"""Delegations of several people: what a delegate prepares, the head signs, also under silence."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import Table, ask, open_meeting, seat, set_table

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
