"""Lines that break in the middle of a move, a server that is killed: nothing acknowledged is lost, nothing twice."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.web.conftest import PATIENCE_MS, Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import Table, ask, briefing, council, open_meeting, seat, set_table

LINE_LOST = (
    r"WebSocket connection to .* failed|Failed to load resource: net::ERR_|Failed to load resource.*status of 503"
)


@dataclass
class Wire:
    """A person's line to the server, which a test can cut. To be laid before the page opens."""

    loses: str | None = None
    """`command`: the next command never arrives; `answer`: its answer does not. Then the line is cut."""
    cut: bool = False
    _routes: list[WebSocketRoute] = field(default_factory=list)

    @classmethod
    async def of(cls, person: Person) -> Wire:
        wire = cls()
        await person.page.route_web_socket(re.compile("/socket$"), wire._carry)
        return wire

    async def _carry(self, near: WebSocketRoute) -> None:
        if self.cut:
            await near.close()
            return
        far = near.connect_to_server()
        self._routes = [near, far]

        async def to_server(frame: str | bytes) -> None:
            if self.loses == "command" and _type(frame) == "command":
                await self.break_()
            elif not self.cut:
                far.send(frame)

        async def to_page(frame: str | bytes) -> None:
            if self.loses == "answer" and _type(frame) == "ack":
                await self.break_()
            elif not self.cut:
                near.send(frame)

        near.on_message(to_server)
        far.on_message(to_page)

    async def break_(self) -> None:
        self.cut, self.loses = True, None
        for route in self._routes:
            await route.close()

    def mend(self) -> None:
        self.cut = False


def _type(frame: str | bytes) -> Any:
    return json.loads(frame)["type"]


@pytest.mark.parametrize("loses", ["command", "answer"])
async def test_a_move_on_a_line_that_breaks_is_pending_and_then_counts_once(
    invite: Invite, served: SummitServer, loses: str
) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    wire = await Wire.of(ben)
    await briefing(anna, ben)
    wire.loses = loses
    await ben.say("Can you hear me?")
    await expect(ben.said_in("Plenary")).to_contain_text("on its way")
    await ben.sees("The line is lost. It comes back by itself.")
    await ben.sees("Your last act is not sent yet.")
    await expect(anna.said_in("Plenary").get_by_text("Can you hear me?")).to_have_count(0 if loses == "command" else 1)
    await anna.say("Ben, we do not hear you.")
    wire.mend()
    await expect(ben.said_in("Plenary")).to_contain_text("Ben, we do not hear you.")
    await expect(ben.said_in("Plenary")).not_to_contain_text("on its way")
    for person in (anna, ben):
        await expect(person.said_in("Plenary").get_by_text("Can you hear me?")).to_have_count(1)
    await ben.page.reload()
    await expect(ben.said_in("Plenary").get_by_text("Can you hear me?")).to_have_count(1)


async def test_a_move_made_while_offline_outlives_a_reload(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    wire = await Wire.of(ben)
    await briefing(anna, ben)
    await ben.in_phase("Briefing")
    await wire.break_()
    await ben.say("Written in a tunnel.")
    await expect(ben.said_in("Plenary")).to_contain_text("on its way")
    wire.mend()
    await ben.page.reload()
    for person in (anna, ben):
        await expect(person.said_in("Plenary").get_by_text("Written in a tunnel.")).to_have_count(1)
    await expect(ben.said_in("Plenary")).not_to_contain_text("on its way")


async def test_a_part_of_the_page_that_does_not_come_can_be_asked_for_again(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served)
    anna.expects("Failed to load resource")
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await open_meeting(anna, table)
    await anna.page.route(re.compile(r"/assets/(Preferences|Trade)-[^/]*\.js"), lambda route: route.abort())
    await anna.pick("Preferences")
    await expect(anna.dialog).to_contain_text("This part of the page did not come through the line.")
    await anna.page.keyboard.press("Escape")
    await anna.page.get_by_role("tab", name="Trade").click()
    lost = anna.page.get_by_role("tabpanel", name="Trade").get_by_role("alert")
    await expect(lost).to_contain_text("did not come")
    await anna.page.unroute_all()
    await lost.get_by_role("button", name="Try again").click()
    await expect(anna.heading("Offers")).to_be_visible()
    await anna.pick("Preferences")
    await expect(anna.dialog.get_by_role("group", name="How should the page look?")).to_be_visible()


async def test_a_server_that_is_killed_loses_nothing_it_acknowledged(invite: Invite, own_server: SummitServer) -> None:
    anna, ben = await invite("Anna", own_server), await invite("Ben", own_server)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await ben.say("Said before the power went.")
    await expect(ben.said_in("Plenary")).not_to_contain_text("on its way")
    for person in (anna, ben):
        person.expects(LINE_LOST)
    own_server.kill()
    await ben.sees("The line is lost. It comes back by itself.")
    await ben.say("Said in the dark.")
    await expect(ben.said_in("Plenary")).to_contain_text("on its way")
    own_server.start()
    for person in (anna, ben):
        await expect(person.heading(re.compile("^Draft A"))).to_be_visible()
        for said in ("Said before the power went.", "Said in the dark."):
            await expect(person.said_in("Plenary").get_by_text(said)).to_have_count(1)
    await expect(ben.said_in("Plenary")).not_to_contain_text("on its way")
    await ben.state_position("We can accept it")


@pytest.mark.rule("4.6")
async def test_silence_ends_on_time_though_the_server_was_killed_meanwhile(
    invite: Invite, own_server: SummitServer
) -> None:
    anna, ben = await invite("Anna", own_server), await invite("Ben", own_server)
    await council(anna, ben)
    await anna.open_silence()
    await expect(ben.silence).to_be_visible()
    for person in (anna, ben):
        person.expects(LINE_LOST)
    own_server.kill()
    own_server.start()
    for person in (anna, ben):
        await expect(person.silence).to_have_count(0)
        await person.pick("What happened")
        await expect(person.dialog).to_contain_text("Silence held. Draft A is adopted.")


# --- what is typed ----------------------------------------------------------------------------------------------------

TYPED = "Object.keys(localStorage).filter((key) => /^summit\\.(typed|pending)\\./.test(key))"
KEEPS = f"""(many) => new Promise((done, fail) => {{
  setTimeout(() => fail(new Error(JSON.stringify({TYPED}))), {PATIENCE_MS});
  const look = () => ({TYPED}.length === many ? done() : requestAnimationFrame(look));
  look();
}})"""
"""Until so many things that were typed are kept."""


async def revived(invite: Invite, served: SummitServer, person: Person, table: Table) -> Person:
    """The same person in the same browser, after it was killed: what lay on its disk is all there is."""
    disk = await person.context.storage_state()
    await person.context.close()
    again = await invite(person.name, served, storage_state=disk)
    await again.open(table.page)
    return again


async def consultations(invite: Invite, served: SummitServer) -> tuple[Person, Person, Table]:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await ben.in_phase("Consultations")
    return anna, ben, table


async def half_a_position(person: Person) -> None:
    await person.button("State position").first.click()
    await person.dialog.get_by_role("radio", name=re.compile("We would object")).check()
    await person.dialog.get_by_label(re.compile("^Why")).fill("Half a reason")


async def half_a_position_stands(person: Person) -> None:
    await person.button("State position").first.click()
    await expect(person.dialog.get_by_role("radio", name=re.compile("We would object"))).to_be_checked()
    await expect(person.dialog.get_by_label(re.compile("^Why"))).to_have_value("Half a reason")


async def test_what_is_typed_outlives_a_reload_and_a_browser_that_is_killed(
    invite: Invite, served: SummitServer
) -> None:
    _, ben, table = await consultations(invite, served)
    write = ben.page.get_by_role("textbox", name="Write")
    await write.fill("Half a sentence")
    await half_a_position(ben)
    await ben.page.reload()
    await expect(write).to_have_value("Half a sentence")
    await half_a_position_stands(ben)
    ben = await revived(invite, served, ben, table)
    await expect(ben.page.get_by_role("textbox", name="Write")).to_have_value("Half a sentence")
    await half_a_position_stands(ben)
    await ben.dialog.get_by_role("button", name="State it").click()
    await expect(ben.dialog).to_have_count(0)
    await ben.button("Send").click()
    await expect(ben.said_in("Plenary")).to_contain_text("Half a sentence")
    assert await ben.page.evaluate(TYPED) == []


async def test_an_act_that_waits_outlives_a_browser_that_is_killed(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    wire = await Wire.of(ben)
    table = await briefing(anna, ben)
    await ben.in_phase("Briefing")
    await wire.break_()
    await ben.say("Sent with the last of the battery.")
    await expect(ben.said_in("Plenary")).to_contain_text("on its way")
    ben = await revived(invite, served, ben, table)
    for person in (anna, ben):
        await expect(person.said_in("Plenary").get_by_text("Sent with the last of the battery.")).to_have_count(1)
    assert await ben.page.evaluate(TYPED) == []


async def look_at_trade(person: Person) -> None:
    kinds = person.page.get_by_role("tablist", name="Beside the text")
    await kinds.get_by_role("tab", name=re.compile("^Trade")).click()


async def promise(person: Person) -> None:
    await look_at_trade(person)
    await person.button("Make a promise").click()
    await person.dialog.get_by_label("To whom?").select_option("Hungary")
    await person.dialog.get_by_label("In your words").fill("You have my word.")


async def test_a_form_that_is_under_way_cannot_be_sent_again_and_counts_once(
    invite: Invite, served: SummitServer
) -> None:
    """Its answer is lost, the page is loaded anew and tries to send it again, then the browser is killed."""
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    wire = await Wire.of(ben)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await ben.in_phase("Consultations")
    await promise(ben)
    wire.loses = "answer"
    send = ben.dialog.get_by_role("button", name="Promise it")
    await send.click()
    await expect(ben.dialog).to_contain_text("as soon as the line is back")
    await expect(send).to_be_disabled()
    await ben.page.reload()
    await ben.in_phase("Consultations")
    await look_at_trade(ben)
    await ben.button("Make a promise").click()
    await expect(ben.dialog.get_by_label("In your words")).to_have_value("You have my word.")
    await expect(ben.dialog).to_contain_text("as soon as the line is back")
    await expect(send).to_be_disabled()
    ben = await revived(invite, served, ben, table)
    await ben.in_phase("Consultations")
    for person in (anna, ben):
        await look_at_trade(person)
        await expect(person.page.get_by_text("You have my word.")).to_have_count(1)
    await ben.page.evaluate(KEEPS, 0)


async def test_what_is_typed_is_wiped_on_leaving_and_at_the_end(invite: Invite, served: SummitServer) -> None:
    anna, ben, table = await consultations(invite, served)
    for person in (anna, ben):
        await person.page.get_by_role("textbox", name="Write").fill("For nobody else")
        await person.page.evaluate(KEEPS, 1)
    ben.expects("status of 40")
    await ask(ben, f"/{table.game}/leave")
    await ben.sees("You are not at this table")
    assert await ben.page.evaluate(TYPED) == []
    await anna.end_meeting()
    await anna.close()
    await anna.button("Back to the table").click()
    await anna.page.evaluate(KEEPS, 1)  # what came about is talked over
    await anna.end_meeting()
    await anna.page.evaluate(KEEPS, 0)


# --- whose it is ------------------------------------------------------------------------------------------------------

LEFT = f"{TYPED}.length + Object.keys(sessionStorage).filter((key) => key.startsWith('summit.')).length"


async def test_once_a_link_is_revoked_nothing_of_the_table_comes_back(invite: Invite, served: SummitServer) -> None:
    _, ben, table = await consultations(invite, served)
    ben.expects("status of 40")
    await ben.page.get_by_role("textbox", name="Write").fill("For nobody else")
    await ben.page.evaluate(KEEPS, 1)
    await ask(ben, f"/{table.game}/leave")
    await ben.sees("You are not at this table")
    await ben.page.reload()
    await ben.sees("You are not at this table")
    assert await ben.page.evaluate(LEFT) == 0


async def test_another_session_in_the_browser_sees_nothing_of_the_one_before_and_loses_nothing(
    invite: Invite, served: SummitServer
) -> None:
    _, ben, table = await consultations(invite, served)
    await ben.page.goto(f"{served.address}/join")  # as from the address bar: the tab keeps what it saw
    await ben.context.clear_cookies()
    await ask(ben, f"/{table.game}/claims", seat="FRA", name="Cleo", code=table.code)
    cleo = await ben.context.new_page()
    await cleo.goto(served.address + table.page)
    write = cleo.get_by_role("textbox", name="Write")
    await cleo.get_by_role("button", name="To the table").click()
    await write.fill("Ours alone")
    await cleo.evaluate(KEEPS, 1)
    await ben.page.route(re.compile("/tickets$"), lambda route: route.abort())  # the server is far away
    ben.expects(LINE_LOST)
    await ben.page.goto(served.address + table.page)
    await ben.sees("Looking for the server")
    await expect(ben.page.get_by_role("banner")).to_have_count(0)
    await cleo.reload()
    await expect(write).to_have_value("Ours alone")


# --- coming back ------------------------------------------------------------------------------------------------------

AN_HOUR_AGO = """() => {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('summit.looked.')) localStorage.setItem(key, Number(localStorage.getItem(key)) - 3600000);
}"""


async def test_whoever_comes_back_after_a_gap_is_told_what_they_missed(invite: Invite, served: SummitServer) -> None:
    anna, ben, table = await consultations(invite, served)
    await anna.say("Poland, are you there?")
    await expect(ben.said_in("Plenary")).to_contain_text("Poland, are you there?")
    await ben.page.evaluate("location.href = '/join'")
    await expect(ben.heading("Come to the table")).to_be_visible()
    await ben.page.evaluate(AN_HOUR_AGO)
    await ben.open(table.page)
    missed = ben.page.get_by_role("region", name="While you were away")
    await expect(missed).to_contain_text("60 minutes")
    await expect(missed).to_contain_text("Hungary tables Draft A")
    await expect(missed).to_contain_text("one message")
    await missed.get_by_role("button", name="Close").click()
    await expect(missed).to_have_count(0)
    await ben.page.reload()
    await ben.in_phase("Consultations")
    await expect(missed).to_have_count(0)


WATCH = """() => {
  window.replaced = [];
  const text = document.querySelector('[data-tour=text]');
  new MutationObserver((changes) => changes.forEach(({ target, removedNodes }) => {
    const gone = [...removedNodes].map((one) => one.textContent);
    if (gone.length) window.replaced.push(target.nodeName + ': ' + gone);
  })).observe(text, { childList: true, subtree: true });
}"""
"""Notes what is taken out of the text from now on."""


async def test_catching_up_replaces_nothing_of_the_text(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    wire = await Wire.of(ben)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await open_meeting(anna, table, "Consultations")
    await anna.table_draft("The bare promise of 2008")
    await expect(ben.heading(re.compile("^Draft A"))).to_be_visible()
    await ben.page.evaluate(WATCH)
    await wire.break_()
    await ben.sees("The line is lost. It comes back by itself.")
    await anna.say("Poland, are you there?")
    wire.mend()
    await expect(ben.said_in("Plenary")).to_contain_text("Poland, are you there?")
    await expect(ben.page.get_by_text("connected", exact=True).filter(visible=True)).to_have_count(1)
    assert await ben.page.evaluate("window.replaced") == []
