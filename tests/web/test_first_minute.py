"""A newcomer's first minute: three doors, a game alone after one click, a welcome, and a look around."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.web.conftest import Invite
from tests.web.people import Person
from tests.web.serving import ROOT, SummitServer, built_client
from tests.web.tables import open_meeting, seat, set_table

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
STEPS = [
    "Where we are",
    "What is expected of you",
    "The text",
    "The room",
    "Talk, deals and news",
    "For us",
    "Silence",
    "Everything else",
]


@pytest.fixture(scope="module")
def served_as_shipped() -> Iterator[SummitServer]:
    """With the scenarios of the checkout, and bots."""
    built_client()
    server = SummitServer(ROOT / "scenarios", stand_ins=True)
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def begin_alone(person: Person) -> None:
    """To the welcome, which says who one is."""
    await person.open()
    await person.button("Begin now").click()
    await expect(person.heading("You are Iceland")).to_be_visible()
    await expect(person.page.get_by_role("main")).to_contain_text("The clock stands still")


async def look_around(person: Person) -> None:
    await person.button("Look around first").click()
    await expect(person.dialog.get_by_role("heading", name=STEPS[0])).to_be_visible()


async def points_at(person: Person) -> str:
    """What lies under the middle of the frame, as the table marks it."""
    return str(
        await person.page.evaluate(
            """() => {
              const frame = document.querySelector('dialog[open] .spot').getBoundingClientRect();
              const marked = [...document.querySelectorAll('[data-tour]')].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width && Math.abs(box.left - frame.left) < 6 && Math.abs(box.top - frame.top) < 6;
              });
              return marked.map((one) => one.dataset.tour).join();
            }"""
        )
    )


@pytest.mark.parametrize("how", [{}, PHONE], ids=["laptop", "phone"])
async def test_one_click_from_the_start_page_somebody_plays_alone_and_is_shown_round(
    invite: Invite, served_as_shipped: SummitServer, how: dict[str, object]
) -> None:
    anna = await invite("Anna", served_as_shipped, newcomer=True, reduced_motion="reduce", **how)
    await begin_alone(anna)
    await expect(anna.heading("Your red line")).to_be_visible()
    await look_around(anna)
    now = anna.page.locator("[data-tour=now]")  # what a dialog covers has no role
    await expect(now).to_contain_text("The clock is stopped")  # nobody is kept waiting
    seen = [await points_at(anna)]
    for step, title in enumerate(STEPS[1:], start=2):
        await anna.dialog.get_by_role("button", name="Next").click()
        await expect(anna.dialog.get_by_role("heading", name=title)).to_be_focused()
        await expect(anna.dialog).to_contain_text(f"{step} of {len(STEPS)}")
        seen.append(await points_at(anna))
    assert seen == ["where", "now", "text", "room", "talk", "us", "text", "menu"]
    await anna.dialog.get_by_role("button", name="To the table").click()
    await expect(anna.dialog).to_have_count(0)
    await expect(now).not_to_contain_text("The clock is stopped")
    await anna.in_phase("Read your brief")
    await expect(anna.page.get_by_role("banner")).to_contain_text("Iceland")


async def test_the_look_around_can_be_skipped_and_called_back_by_keyboard(
    invite: Invite, served_as_shipped: SummitServer
) -> None:
    anna = await invite("Anna", served_as_shipped, newcomer=True)
    await begin_alone(anna)
    await look_around(anna)
    await anna.page.keyboard.press("Escape")
    await expect(anna.dialog).to_have_count(0)
    await anna.page.reload()
    await anna.in_phase("Read your brief")
    await expect(anna.dialog).to_have_count(0)
    await anna.pick("Look around")
    await expect(anna.dialog.get_by_role("heading", name=STEPS[0])).to_be_focused()
    await anna.page.keyboard.press("ArrowRight")
    await expect(anna.dialog.get_by_role("heading", name=STEPS[1])).to_be_focused()
    await anna.page.keyboard.press("ArrowLeft")
    await expect(anna.dialog.get_by_role("heading", name=STEPS[0])).to_be_focused()
    await anna.dialog.get_by_role("button", name="Skip").click()
    await expect(anna.dialog).to_have_count(0)


async def test_the_clock_stands_while_somebody_alone_reads_and_looks_around_and_runs_after(
    invite: Invite, served_as_shipped: SummitServer
) -> None:
    anna = await invite("Anna", served_as_shipped, newcomer=True)
    now = anna.page.locator("[data-tour=now]")
    await begin_alone(anna)
    await anna.page.reload()
    await expect(anna.heading("You are Iceland")).to_be_visible()
    await look_around(anna)
    await expect(now).to_contain_text("The clock is stopped")
    await anna.page.reload()
    await expect(anna.dialog.get_by_role("heading", name=STEPS[0])).to_be_visible()
    await expect(now).to_contain_text("The clock is stopped")
    await anna.dialog.get_by_role("button", name="Skip").click()
    await expect(now).not_to_contain_text("The clock is stopped")


async def test_whoever_needs_no_look_around_goes_to_the_table_and_keeps_the_steps_at_hand(
    invite: Invite, served_as_shipped: SummitServer
) -> None:
    anna = await invite("Anna", served_as_shipped, newcomer=True)
    await begin_alone(anna)
    await anna.go_in()
    await expect(anna.page.locator("[data-tour=now]")).not_to_contain_text("The clock is stopped")
    await expect(anna.dialog).to_have_count(0)
    await anna.in_phase("Read your brief")
    steps = anna.page.get_by_text("Your steps", exact=True).and_(anna.page.locator("summary"))
    await expect(steps).to_have_count(0)  # the brief itself lies there
    await anna.move_on("First drafts")
    await steps.click()
    await expect(anna.page.get_by_text("Try one.")).to_be_visible()


async def test_the_second_door_leads_to_an_exercise(invite: Invite, served: SummitServer) -> None:
    faye = await invite("Faye", served, newcomer=True)
    await faye.open()
    await faye.page.get_by_role("link", name="Set up an exercise").click()
    await expect(faye.page.get_by_role("radio", name=re.compile("^I run it for others"))).to_be_checked()


async def test_a_server_without_first_steps_says_so(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served, newcomer=True)
    anna.expects("status of 404")
    unknown = {"error": {"code": "scenario.unknown", "params": {}}}
    await anna.page.route("**/api/games", lambda route: route.fulfill(status=404, json=unknown))
    await anna.open()
    await anna.button("Begin now").click()
    await anna.sees("This server has no first steps.")


async def test_whoever_comes_late_reads_who_they_are_before_the_table(invite: Invite, served: SummitServer) -> None:
    anna, ben = await invite("Anna", served), await invite("Ben", served, newcomer=True)
    table = await set_table(anna)
    await seat(anna, table, "HUN")
    await open_meeting(anna, table)
    await ben.open(table.link)
    await ben.sit("Poland")
    main = ben.page.get_by_role("main")
    await expect(main).to_contain_text("road and railhead of the aid to Ukraine")
    aims = main.get_by_role("heading", name="Your three aims").locator("..").get_by_role("listitem")
    await expect(aims).to_have_count(3)
    await expect(aims.first).to_contain_text("Go for the fast track")
    await expect(main.get_by_role("heading", name="Your red lines")).to_be_visible()
    await ben.button("Look around first").click()
    await expect(ben.dialog.get_by_role("heading", name=STEPS[0])).to_be_visible()
    await ben.page.keyboard.press("Escape")
    await ben.in_phase("Briefing")
    await ben.page.reload()
    await ben.in_phase("Briefing")
    await ben.pick("Who I am")
    await expect(ben.dialog).to_contain_text("Your three aims")
