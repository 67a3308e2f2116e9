"""Plays the afternoon and takes the pictures: `make screenshots`, or `python -m tests.web.tour`.

Anna, for Poland, looks at it on a laptop and on a phone; whoever runs the exercise on two others.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.fixtures.chromium import ARGUMENTS, find_chromium
from tests.web.serving import SummitServer, built_client, quick_scenarios
from tests.web.tour.camera import Camera
from tests.web.tour.class_in_play import FIRST_WORDS, PEOPLE, Class, adoption, consultations, silence
from tests.web.tour.states import IMAGES, PAGE, pictures, tour_page


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def shut(page: Page) -> None:
    await page.keyboard.press("Escape")
    await expect(dialog(page)).to_have_count(0)


async def sees(page: Page, words: str | re.Pattern[str]) -> None:
    await expect(page.get_by_text(words).filter(visible=True).first).to_be_visible()


async def part(page: Page, name: str) -> None:
    """On a phone one part of the table at a time is to be seen."""
    parts = page.get_by_role("navigation", name="Parts of the table")
    if await parts.is_visible():
        await parts.get_by_role("button", name=name).click()


async def to_the_top(page: Page) -> None:
    """Of the text, which a paragraph has scrolled."""
    await page.get_by_role("heading", name=re.compile("^Draft A")).first.scroll_into_view_if_needed()


async def pick(page: Page, item: str) -> None:
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("banner").get_by_role("button", name=item).click()


async def before_the_meeting(camera: Camera, room: Class) -> None:
    for page in camera.pages.values():
        await page.goto("/")
        await sees(page, "Set up a table")
    await camera.take("start")
    for page in camera.pages.values():
        await page.goto("/new")
        await expect(page.get_by_role("button", name="Set the table")).to_be_visible()
    await camera.take("new")
    for page in camera.pages.values():
        await page.goto(room.table.links["join"] or "")
        await expect(page.get_by_role("region", name="Seats at the table")).to_be_visible()
    await camera.take("lobby")


async def the_first_minute(camera: Camera, room: Class) -> None:
    anna = await room.table.seat("POL", PEOPLE["POL"])
    await room.add("POL", anna)
    await room.run("start_game")
    await camera.let_in(anna, f"/g/{room.table.game}")
    for page in camera.pages.values():
        await sees(page, "Your three aims")
    await camera.take("welcome")
    for page in camera.pages.values():
        await page.get_by_role("button", name="Look around first").click()
        for _ in range(2):
            await dialog(page).get_by_role("button", name="Next").click()
    await camera.take("look-around")
    for page in camera.pages.values():
        await shut(page)


async def the_text(camera: Camera) -> None:
    for page in camera.pages.values():
        await part(page, "Text")
        await sees(page, "Draft A")
    await camera.take("table")
    for page in camera.pages.values():
        await page.get_by_role("button", name="Paragraph 4: A date").click()
        await sees(page, "No date, and nothing like one.")
    await camera.take("paragraph")
    for page in camera.pages.values():
        await shut(page)
        await page.get_by_role("region", name="The text").get_by_role("button", name="Compare").click()
        await expect(dialog(page).locator("ins").first).to_be_visible()
    await camera.take("compare")
    for page in camera.pages.values():
        await shut(page)
        await page.get_by_role("region", name="The text").get_by_role("button", name="Propose a change").click()
        await dialog(page).get_by_text("Reform", exact=True).click()
        await dialog(page).get_by_role("radio", name=re.compile("^The same, with benchmarks")).check()
        await expect(dialog(page).locator("ins").first).to_be_visible()
    await camera.take("change")
    for page in camera.pages.values():
        await shut(page)
        await to_the_top(page)


async def the_room(camera: Camera) -> None:
    for page in camera.pages.values():
        await part(page, "Room")
        seat = page.get_by_role("list", name=re.compile(r"^\d+ seats$")).get_by_role(
            "button", name=re.compile("^Hungary")
        )
        await seat.click()
        await sees(page, "A review is a date by another name.")
    await camera.take("nation")
    for page in camera.pages.values():
        await page.keyboard.press("Escape")
        views = page.get_by_role("group", name="How to see the room")
        await views.get_by_role("button", name="Map").click()
        await expect(page.get_by_role("img", name="Map of Europe and North America")).to_be_visible()
    await camera.take("map")
    for page in camera.pages.values():
        await page.get_by_role("group", name="How to see the room").get_by_role("button", name="Table").click()


async def what_is_said_and_done(camera: Camera) -> None:
    for page in camera.pages.values():
        await part(page, "Talk")
        await sees(page, FIRST_WORDS[-1][1])
    await camera.take("talk")
    for tab, name in (("Trade", "trade"), ("News", "news")):
        for page in camera.pages.values():
            await page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
            await expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
        await camera.take(name)
    for page in camera.pages.values():
        await page.get_by_role("tab", name=re.compile("^Talk")).click()
        await part(page, "Us")
        if page is camera.laptop:
            await page.get_by_role("button", name="What would help us").click()
    await camera.take("us")
    for page in camera.pages.values():
        if page is camera.laptop:
            await shut(page)
        await page.keyboard.press("b")
        await expect(dialog(page)).to_be_visible()
    await camera.take("brief")
    for page in camera.pages.values():
        await shut(page)
        await pick(page, "Preferences")
        await expect(dialog(page)).to_be_visible()
    await camera.take("preferences")
    for page in camera.pages.values():
        await shut(page)
        await part(page, "Text")


async def whoever_runs_it(runner: Camera, room: Class) -> None:
    await runner.let_in(room.table.creator, f"/g/{room.table.game}")
    for page in runner.pages.values():
        await sees(page, "Draft A")
    await runner.take("facilitator")
    for page in runner.pages.values():
        await pick(page, "Run the meeting")
        await expect(dialog(page)).to_be_visible()
    await runner.take("run")
    for page in runner.pages.values():
        await page.goto(f"/g/{room.table.game}/projector")
        await sees(page, "Draft A")
    await runner.take("projector")


async def under_silence(camera: Camera) -> None:
    for page in camera.pages.values():
        await expect(page.get_by_role("region", name="Under silence")).to_be_visible()
        await sees(page, "Hungary reads this text")
        await page.get_by_role("button", name="Close").click()  # the news that came with the session
        await to_the_top(page)
    await camera.take("silence")
    for page in camera.pages.values():
        await page.get_by_role("button", name="Break silence …").click()
        await dialog(page).get_by_role("checkbox", name=re.compile("Support")).check()
        await dialog(page).get_by_label("Why?").fill("Warsaw was promised a yearly floor, and this text has none.")
        await dialog(page).get_by_label("What would lift your objection?").fill("A guaranteed yearly floor.")
    await camera.take("break")
    for page in camera.pages.values():
        await shut(page)


async def the_end(camera: Camera, room: Class) -> None:
    for page in camera.pages.values():
        await sees(page, "The allies agreed")
    await camera.take("outcome")
    for page in camera.pages.values():
        heading = page.get_by_role("heading", name="Six considerations")
        await heading.evaluate("it => { it.style.scrollMarginTop = '5rem'; it.scrollIntoView(); }")
    await camera.take("considerations")
    for page in camera.pages.values():
        await page.goto(f"/g/{room.table.game}/replay")
        slider = page.get_by_role("slider", name="Moment")
        await slider.fill(str(int(await slider.get_attribute("max") or 0) * 2 // 3))
        await slider.blur()
        await sees(page, "As Poland saw it")
    await camera.take("replay")


async def take_all(address: str, browser: Browser, folder: Path) -> None:
    camera = await Camera.ready(browser, address, folder)
    room = await Class.gather(address)
    await before_the_meeting(camera, room)
    await the_first_minute(camera, room)
    await consultations(room)
    await the_text(camera)
    await the_room(camera)
    await what_is_said_and_done(camera)
    await whoever_runs_it(await Camera.ready(browser, address, folder), room)
    await silence(room)
    await under_silence(camera)
    await adoption(room)
    await the_end(camera, room)
    await room.close()


def keep(folder: Path) -> None:
    """Puts the pictures in the place of the old ones, and writes their page."""
    taken = {picture.name: picture for picture in folder.iterdir()}
    assert set(taken) == {picture.name for picture in pictures()}
    IMAGES.mkdir(parents=True, exist_ok=True)
    for old in IMAGES.iterdir():
        old.unlink()
    for name, picture in taken.items():
        (IMAGES / name).write_bytes(picture.read_bytes())
    PAGE.write_text(tour_page(), encoding="utf-8")


async def main() -> None:
    """Raises AssertionError when the server says no to a move, or a picture is too large or missing."""
    built_client()
    with tempfile.TemporaryDirectory() as scenarios, tempfile.TemporaryDirectory() as folder:
        server = SummitServer(quick_scenarios(Path(scenarios)))
        try:
            server.start()
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
                await take_all(server.address, browser, Path(folder))
                await browser.close()
        finally:
            server.remove()
        keep(Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
