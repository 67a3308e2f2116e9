"""Each person reads the table in a language of their own; the names of nations and the plural forms follow it."""

from __future__ import annotations

import asyncio
import re

from playwright.async_api import Page, Route, expect

from tests.web.conftest import Invite
from tests.web.serving import SummitServer
from tests.web.tables import ask, open_meeting, seat, set_table

CYRILLIC = re.compile("[а-яіїєґ]{3}", re.IGNORECASE)


def ukrainian_form(count: int, one: str, few: str, many: str) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many


async def speaks(page: Page, language: str) -> None:
    await expect(page.locator("html")).to_have_attribute("lang", language)


async def test_two_people_at_one_table_read_it_in_two_languages(invite: Invite, served: SummitServer) -> None:
    olena, ben = await invite("Olena", served), await invite("Ben", served)
    await olena.open()
    await olena.button("Українська").click()
    await speaks(olena.page, "uk")
    await expect(olena.page.get_by_role("heading", level=1)).to_have_text(CYRILLIC)

    table = await set_table(ben)
    await seat(ben, table, "HUN")
    await ask(olena, f"/{table.game}/claims", seat="POL", name=olena.name, code=table.code)
    await olena.open(table.page)
    await speaks(olena.page, "uk")
    await expect(olena.heading(re.compile("Польща"))).to_be_visible()
    places = olena.page.get_by_role("main")
    await expect(places).to_contain_text("Угорщина")
    await expect(places).not_to_contain_text("Hungary")
    told = re.search(r"(\d+) (місце|місця|місць)", await places.inner_text())
    assert told is not None
    assert told[2] == ukrainian_form(int(told[1]), "місце", "місця", "місць")

    await open_meeting(ben, table, "Consultations")
    banner = olena.page.get_by_role("banner")
    await expect(banner).to_contain_text(re.compile("Консультації"))
    await expect(banner).to_contain_text("Польща")
    await expect(ben.page.get_by_role("banner")).to_contain_text("Consultations")
    await expect(ben.page.get_by_role("banner")).to_contain_text("Hungary")


async def test_a_choice_of_language_takes_effect_at_once_and_survives_a_reload(
    invite: Invite, served: SummitServer
) -> None:
    anna = await invite("Anna", served)
    await anna.open("/")
    await anna.page.get_by_label("Code or link").fill("ABCDE")
    await anna.button("Deutsch").click()
    await speaks(anna.page, "de")
    await expect(anna.heading("Einunddreißig Verbündete, ein Text, keine Abstimmung")).to_be_visible()
    await expect(anna.page.get_by_label("Code oder Link")).to_have_value("ABCDE")  # what was typed is still there
    await anna.page.reload()
    await speaks(anna.page, "de")
    await anna.button("Einstellungen").click()
    await anna.dialog.get_by_label("Sprache").select_option("English")
    await speaks(anna.page, "en")
    await expect(anna.dialog.get_by_label("Language")).to_be_visible()


async def test_the_browser_s_own_language_needs_no_choice(invite: Invite, served: SummitServer) -> None:
    clara = await invite("Clara", served, locale="de-AT")
    await clara.open()
    await speaks(clara.page, "de")
    await clara.page.get_by_role("link", name="Einen Tisch einrichten").click()
    await expect(clara.page.get_by_text("Die Staats- und Regierungschefs des Atlantischen Bündnisses")).to_be_visible()
    await expect(clara.page.get_by_role("radio", name="Sechs Verbündete, sieben Fragen")).to_be_visible()
    await clara.page.get_by_role("radio", name="Bucharest, April 2008").check()
    summary = clara.page.locator("p:has(> :lang(en))").first
    await expect(summary).to_contain_text("auf Englisch")  # nobody has translated this one, and it says so


async def test_without_its_words_the_page_stays_in_english(invite: Invite, served: SummitServer) -> None:
    anna = await invite("Anna", served)
    anna.expects("could not be fetched", "Failed to load resource")
    await anna.open()
    await anna.page.route(re.compile(r"/assets/fr-[^/]*\.js"), lambda route: route.abort())
    await anna.button("Français").click()
    await expect(anna.heading("Thirty-one allies, one text, no vote")).to_be_visible()
    await speaks(anna.page, "en")
    await anna.page.unroute_all()
    await anna.page.evaluate("dispatchEvent(new Event('online'))")  # the line is back
    await speaks(anna.page, "fr")


async def test_words_that_hang_on_a_bad_line_do_not_keep_the_page_blank(invite: Invite, served: SummitServer) -> None:
    clara = await invite("Clara", served, locale="de-AT")
    comes = asyncio.Event()

    async def hang(route: Route) -> None:
        await comes.wait()
        await route.continue_()

    await clara.page.route(re.compile(r"/assets/de-[^/]*\.js"), hang)
    await clara.page.goto(served.address, wait_until="commit")
    await expect(clara.heading("Thirty-one allies, one text, no vote")).to_be_visible()
    comes.set()
    await expect(clara.heading("Einunddreißig Verbündete, ein Text, keine Abstimmung")).to_be_visible()
