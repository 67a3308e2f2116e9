"""Deals between delegations: offered by one, signed by the other, and nobody else hears of it; what is signed in public
everybody reads."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import open_meeting, seat, set_table


def beside(person: Person, kind: str) -> Locator:
    """What lies beside the text: `Trade` or `News`."""
    return person.page.get_by_role("tabpanel", name=kind, exact=True)


async def look_at(person: Person, kind: str) -> Locator:
    kinds = person.page.get_by_role("tablist", name="Beside the text")
    await kinds.get_by_role("tab", name=re.compile(f"^{kind}")).click()
    return beside(person, kind)


async def consultations(invite: Invite, served: SummitServer, **people: str) -> list[Person]:
    """Everybody in their seat, the first one the host, in the part of the meeting that is for trade."""
    guests = [await invite(name, served) for name in people]
    table = await set_table(guests[0])
    for guest, code in zip(guests, people.values(), strict=True):
        await seat(guest, table, code)
    await open_meeting(guests[0], table, "Consultations")
    for guest in guests:
        await guest.in_phase("Consultations")
    return guests


@pytest.mark.rule("6.1", "6.2", "9.1")
async def test_a_deal_is_offered_by_one_and_signed_by_the_other_and_nobody_else_hears_of_it(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cia = await consultations(invite, served, Anna="HUN", Ben="UKR", Cia="POL")
    trade = await look_at(anna, "Trade")
    await trade.get_by_text("OTP Bank", exact=True).click()
    await trade.get_by_role("button", name="Offer it").filter(visible=True).click()
    await anna.dialog.get_by_label("A word with it, if you like").fill("Then we can talk about the rest.")
    await anna.dialog.get_by_role("button", name="Offer it").click()
    await expect(anna.dialog).to_have_count(0)
    await expect(trade.get_by_role("article", name="You offer")).to_contain_text("Waits for Ukraine.")

    await ben.sees(re.compile("^Now: An offer waits for your signature"))
    await ben.button("To the deals").click()
    theirs = beside(ben, "Trade")
    offer = theirs.get_by_role("article", name="Hungary offers")
    await expect(offer).to_contain_text("OTP Bank")
    await expect(offer).to_contain_text("Then we can talk about the rest.")
    await offer.get_by_role("button", name="Sign").click()
    for ledger in (trade, theirs):
        await expect(ledger.get_by_text(re.compile("^In force since"))).to_be_visible()
        await expect(ledger.get_by_text("Nothing is offered to you, or by you.")).to_be_visible()

    elsewhere = await look_at(cia, "Trade")
    await expect(elsewhere.get_by_text("Nothing is offered to you, or by you.")).to_be_visible()
    await expect(elsewhere.get_by_text("OTP Bank")).to_have_count(0)
    await cia.pick("What happened")
    await expect(cia.dialog.get_by_text(re.compile("offer|sign|deal", re.IGNORECASE))).to_have_count(0)


@pytest.mark.rule("6.1")
async def test_an_offer_is_declined_with_a_reason_or_answered_with_another(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await consultations(invite, served, Anna="HUN", Ben="UKR")
    trade = await look_at(anna, "Trade")
    await trade.get_by_text("OTP Bank", exact=True).click()
    await trade.get_by_role("button", name="Offer it").filter(visible=True).click()
    await anna.dialog.get_by_role("button", name="Offer it").click()
    await ben.sees(re.compile("^Now: An offer waits for your signature"))
    await ben.button("To the deals").click()
    theirs = beside(ben, "Trade")
    offer = theirs.get_by_role("article", name="Hungary offers")
    await offer.get_by_role("button", name="Offer something else").click()
    await ben.dialog.get_by_role("checkbox", name=re.compile("^Ukraine's law on minorities")).check()
    await ben.dialog.get_by_role("button", name="Offer it").click()
    answer = trade.get_by_role("article", name="Ukraine offers")
    await expect(answer).to_contain_text("instead of an earlier offer")
    await expect(answer.get_by_role("button", name="Sign all 2")).to_be_visible()
    await answer.get_by_role("button", name="Decline …").click()
    await answer.get_by_label(re.compile("^Why not?")).fill("Not both at once.")
    await answer.get_by_role("button", name="Decline it").click()
    await theirs.get_by_text(re.compile("^Answered earlier")).click()
    await expect(theirs.get_by_text("Not both at once.")).to_be_visible()


@pytest.mark.rule("5.1", "6.2")
async def test_a_message_refers_to_a_deal_that_everybody_in_the_room_knows(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben = await consultations(invite, served, Anna="HUN", Ben="UKR")
    refer = anna.page.get_by_role("combobox", name="Refer to …")
    await expect(refer.get_by_role("option", name="Deal: OTP Bank")).to_have_count(0)
    await anna.button("+ New room").click()
    await anna.dialog.get_by_role("checkbox", name="Ukraine").check()
    await anna.dialog.get_by_role("button", name="Open the room").click()
    await refer.select_option(label="Deal: OTP Bank")
    await anna.say("What about this?")
    await ben.room("Hungary")
    await ben.said_in("Hungary").get_by_role("button", name="Deal: OTP Bank").click()
    await expect(beside(ben, "Trade").get_by_text("You give:").filter(visible=True)).to_have_count(1)


@pytest.mark.rule("6.3", "9.1")
async def test_a_promise_is_read_by_the_two_it_binds(invite: Invite, served: SummitServer) -> None:
    anna, ben, cia = await consultations(invite, served, Anna="DEU", Ben="POL", Cia="FRA")
    await look_at(anna, "Trade")
    await anna.button("Make a promise").click()
    await anna.dialog.get_by_label("To whom?").select_option("Poland")
    await anna.dialog.get_by_role("radio", name="Not to object to a text").check()
    await anna.dialog.get_by_role("button", name="Add a paragraph").click()
    await anna.dialog.get_by_label("Paragraph").select_option(label="10 Support")
    await anna.dialog.get_by_label("In your words, if you like").fill("You have my word.")
    await anna.dialog.get_by_role("button", name="Promise it").click()
    await expect(anna.dialog).to_have_count(0)
    # It is new to Poland until somebody has looked, and to nobody else.
    kinds = ben.page.get_by_role("tablist", name="Beside the text")
    await expect(kinds.get_by_role("tab", name=re.compile("^Trade 1 new"))).to_be_visible()
    theirs = await look_at(ben, "Trade")
    await expect(theirs.get_by_text("You have my word.")).to_be_visible()  # trade is fetched when it is first opened
    await kinds.get_by_role("tab", name="News").click()
    await expect(kinds.get_by_role("tab", name="Trade", exact=True)).to_be_visible()
    await look_at(ben, "Trade")
    await expect(theirs.get_by_text("You have my word.")).to_be_visible()
    await expect(theirs.get_by_text(re.compile("^Germany will not object to a text with Support: "))).to_be_visible()
    await expect(theirs.get_by_text("still open")).to_be_visible()
    await expect((await look_at(cia, "Trade")).get_by_text("You have my word.")).to_have_count(0)


@pytest.mark.rule("6.5")
async def test_a_commitment_is_signed_in_public_and_comes_into_force_with_the_last_signature(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cia = await consultations(invite, served, Anna="USA", Ben="UKR", Cia="SWE")
    for person in (anna, ben):
        trade = await look_at(person, "Trade")
        await trade.get_by_text("The Israel model", exact=True).click()
        await trade.get_by_role("button", name="Sign …").filter(visible=True).click()
        await person.dialog.get_by_role("radio", name=re.compile("^Washington and Kyiv")).check()
        await person.dialog.get_by_role("checkbox", name="With a promise to fight").check()
        await expect(person.dialog.get_by_text("nobody will forget it")).to_be_visible()
        await person.dialog.get_by_role("checkbox", name="With a promise to fight").uncheck()
        await person.dialog.get_by_role("button", name="Sign it").click()
        await expect(person.dialog).to_have_count(0)
    seen = await look_at(cia, "Trade")
    await expect(seen.get_by_text("in force", exact=True)).to_be_visible()
    await seen.get_by_text("The Israel model", exact=True).click()
    await expect(seen.get_by_text(re.compile("^In force: Washington and Kyiv"))).to_be_visible()
