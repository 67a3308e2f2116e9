"""Coming to a table: by code and by link, back again, and every way that leads nowhere."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import SummitServer
from tests.web.tables import ask, briefing, open_meeting, seat, set_table

NOT_FOUND = r"Failed to load resource.*status of 40[34]"


async def test_friends_join_by_the_short_code_and_by_the_link(invite: Invite, served: SummitServer) -> None:
    anna, ben, cleo = [await invite(name, served) for name in ("Anna", "Ben", "Cleo")]
    await anna.set_up_table()
    await anna.sit("Hungary")
    await ben.open()
    await ben.page.get_by_label("Code or link").fill((await anna.short_code()).lower())
    await ben.button("Come in").click()
    await ben.sit("Poland")
    await cleo.open(await anna.shared_link.input_value())
    await expect(cleo.page).not_to_have_url(re.compile("#"))
    await cleo.sit("Secretary General")
    seats = anna.page.get_by_role("region", name="Seats at the table")
    await expect(seats.get_by_role("button", name="Poland")).to_contain_text("Ben")
    await expect(seats.get_by_role("button", name="Secretary General")).to_contain_text("Cleo")
    await anna.button("Start the meeting").click()
    for person in (anna, ben, cleo):
        await person.in_phase("Briefing")


async def test_whoever_leaves_their_seat_may_take_it_again(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await seat(ben, table, "POL")
    await ben.button("Leave this seat").click()
    seats = anna.page.get_by_role("region", name="Seats at the table")
    await expect(seats.get_by_role("button", name="Poland")).to_contain_text("free")
    await ben.sit("Poland")
    await expect(seats.get_by_role("button", name="Poland")).to_contain_text("Ben")


async def test_whoever_closes_the_window_comes_back_to_the_same_seat(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await briefing(anna, ben)
    await ben.in_phase("Briefing")
    await ben.page.close()
    ben.page = await ben.context.new_page()
    await ben.open(table.page)
    await ben.in_phase("Briefing")
    await expect(ben.page.get_by_role("banner")).to_contain_text("Poland")


async def test_whoever_lost_the_link_finds_the_way_back_on_the_start_page(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    await briefing(anna, ben)
    await ben.in_phase("Briefing")
    await ben.open()
    back = ben.page.get_by_role("navigation", name="Back to your table")
    await expect(back).to_contain_text("You are Poland.")
    await back.get_by_role("link").click()
    await ben.in_phase("Briefing")

    await ben.pick("Leave this seat on this device")
    await ben.dialog.get_by_role("button", name="Leave and wipe").click()
    await ben.page.wait_for_url("**/")
    await expect(ben.heading("Thirty-one allies, one text, no vote")).to_be_visible()
    await expect(back).to_have_count(0)


async def test_two_windows_of_one_member_show_the_same_and_say_nothing_twice(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await open_meeting(anna, table)
    first, second = anna.page, await anna.context.new_page()
    await second.goto(anna.address + table.page)
    anna.page = second
    await anna.say("Said in the second window.")
    for page in (first, second):
        said = page.get_by_role("list", name="What was said: Plenary").get_by_text("Said in the second window.")
        await expect(said).to_have_count(1)
    anna.page = first
    await anna.say("Said in the first.")
    for page in (first, second):
        said = page.get_by_role("list", name="What was said: Plenary").get_by_text("Said in the first.")
        await expect(said).to_have_count(1)


async def test_a_code_of_no_table_is_told_so(invite: Invite, served: SummitServer) -> None:
    ben = await invite("Ben", served)
    ben.expects(NOT_FOUND)
    await ben.open("/join")
    await ben.page.get_by_label("Code or link").fill("ZZZZZ-ZZZZZ")
    await ben.button("Come in").click()
    await expect(ben.page.get_by_role("alert")).to_contain_text("No table has that code.")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        pytest.param("/g/aaaaaaaaaaaa", "You are not at this table", id="a game nobody opened"),
        pytest.param("/g/aaaaaaaaaaaa#notatokenofanylink", "This link does not open anything", id="a link to no game"),
        pytest.param("/g/aaaaaaaaaaaa/replay", "You are not at this table", id="the replay of no game"),
        pytest.param("/nowhere/at/all", "There is no such page", id="a page there is not"),
    ],
)
async def test_a_way_that_leads_nowhere_says_so(invite: Invite, served: SummitServer, path: str, told: str) -> None:
    ben = await invite("Ben", served)
    ben.expects(NOT_FOUND)
    await ben.open(path)
    await expect(ben.heading(told)).to_be_visible()
    await expect(ben.page.get_by_role("link", name="To the start page")).to_be_visible()


async def test_a_wrong_link_to_a_real_game_opens_nothing(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    ben.expects(NOT_FOUND)
    await ben.open(f"{table.page}#{'x' * 22}")
    await expect(ben.heading("This link does not open anything")).to_be_visible()


async def test_a_revoked_link_puts_its_guest_out_and_opens_nothing_any_more(
    invite: Invite, served: SummitServer
) -> None:
    anna, ben, cleo = [await invite(name, served) for name in ("Anna", "Ben", "Cleo")]
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    link = await (await ask(anna, f"/{table.game}/links", seat="POL")).json()
    await ben.open(link["url"])
    await ben.sit_down("Poland")  # the seat the link was for is chosen already
    ben.expects(NOT_FOUND)
    await ask(anna, f"/{table.game}/links/{link['id']}/revoke")
    await expect(ben.heading("Your way in was closed")).to_be_visible()
    cleo.expects(NOT_FOUND)
    await cleo.open(link["url"])
    await expect(cleo.heading("This link does not open anything")).to_be_visible()


async def test_a_seat_that_is_taken_meanwhile_is_refused_in_words(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served)
    table = await set_table(anna)
    await ben.open(table.link)
    seats = ben.page.get_by_role("region", name="Seats at the table")
    await seats.get_by_role("button", name="Hungary").click()
    await ben.page.get_by_label("Your name, as the others will read it").fill("Ben")
    await seat(anna, table, "HUN")
    ben.expects(r"Failed to load resource.*status of 4\d\d")
    await expect(seats.get_by_role("button", name="Hungary")).to_contain_text("Anna")
    await ben.button("Sit down").click()
    await ben.sees("Hungary is taken.")


async def test_whoever_runs_the_meeting_goes_on_with_their_own_link_on_another_device(
    invite: Invite, served: SummitServer
) -> None:
    anna, again = await invite("Anna", served), await invite("Anna, on her phone", served)
    await anna.set_up_table("I run it for others")
    await anna.page.get_by_text("Your own link").first.click()
    link = await anna.page.get_by_label("Your own link").input_value()
    await again.open(link)
    await again.button("Start the meeting").click()
    for device in (anna, again):
        await device.in_phase("Briefing")


async def arrives(person: Person, heading: str | re.Pattern[str], title: str | re.Pattern[str]) -> None:
    """On a screen of this heading, which has the focus."""
    await expect(person.page.get_by_role("heading", level=1, name=heading)).to_be_focused()
    await expect(person.page).to_have_title(title)


async def test_each_screen_has_a_title_and_takes_the_focus_up_at_its_heading(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served)
    await anna.open()
    await expect(anna.page).to_have_title("Vilnius, July 2023 · Vilnius Summit")
    await expect(anna.page.locator("body")).to_be_focused()  # a visit begins as any page does
    await anna.page.get_by_role("link", name="Set up a table").click()
    await arrives(anna, "Set up a table", "Set up a table · Vilnius Summit")
    await anna.button("Set the table").click()
    await arrives(anna, re.compile("."), "Before the meeting · Vilnius Summit")
    await anna.sit("Poland")
    await anna.button("Start the meeting").click()
    await arrives(anna, "Briefing", "Poland · Vilnius Summit")
    await anna.end_meeting()
    await anna.close()
    await expect(anna.page).to_have_title("The meeting was ended · Vilnius Summit")
    await anna.button("Back to the table").click()
    await arrives(anna, re.compile("."), "Poland · Vilnius Summit")
    await anna.page.go_back()
    await arrives(anna, "Set up a table", "Set up a table · Vilnius Summit")
    await anna.page.get_by_role("link", name="To the start page").click()
    await arrives(anna, re.compile("Thirty-one allies"), "Vilnius, July 2023 · Vilnius Summit")
    await anna.button("Come in").click()
    await arrives(anna, "Come to the table", "Come to the table · Vilnius Summit")
    await anna.open("/nowhere/at/all")
    await expect(anna.page).to_have_title(re.compile(r"^.+ · Vilnius Summit$"))


async def test_replay_projector_and_welcome_have_titles_too(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served, newcomer=True)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await open_meeting(anna, table)
    await ben.open(table.link)
    await ben.sit("Poland")
    await expect(ben.page).to_have_title("You are Poland · Vilnius Summit")
    await ben.open(table.projector)
    await expect(ben.page).to_have_title("Projector · Vilnius Summit")
    await anna.open(f"{table.page}/replay")
    await expect(anna.page).to_have_title("Step by step · Vilnius Summit")
