"""Words that mean harm, and names that fit nowhere, on every screen and in every dialog that fixtures draw.

What goes over the wire is in test_bad_input.py. Here the fixtures of the client come changed: each text of theirs is
replaced, so that whatever a screen shows of what people wrote is markup, turned around, piled up and endless at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Page, Route, expect
from pytest_playwright_asyncio.pytest_playwright import CreateContextCallback

from tests.web.conftest import HAS_LOOKED_AROUND, PATIENCE_MS
from tests.web.layout import flaws
from tests.web.stage import CLIENT, Stage, draw
from tests.web.test_accessible import SHEETS, STATES, show
from tests.web.test_bad_input import LAPTOP, LONG_NAMES, MARKUP, NARROW

Fixture = dict[str, Any]

TURNED = "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627"
ZALGO = "".join(f"{letter}{chr(0x0301 + place) * 60}" for place, letter in enumerate("Kyivsaidso"))
WORDS = f"{TURNED} {ZALGO} leftmost {MARKUP} {'W' * 900} {ZALGO} rightmost {TURNED}"
NAME = f"{TURNED} <b>{ZALGO[0]}\u0301\u0302\u0303\u0304\u0305 {'W' * 30} \u05d0\u05d1"
FOREIGN = "^(leftmost|rightmost|b|K|W{9,})$"

SIZES = {"laptop": LAPTOP, "phone": NARROW}


def with_hostile_words(fixture: Fixture) -> None:
    """Every text, and the press and a facilitator's own news where the game had none."""
    public, texts = fixture["view"]["public"], fixture["texts"]
    names = {member["name"] for seat in public["seats"].values() for member in seat["members"]}
    texts |= {text: NAME if text in names else WORDS for text in texts} | {"reporter": NAME, "report": WORDS}
    public["press"]["reporter"] = {"name": "reporter"}
    said = {"at": fixture["now"] - 1_000, "member": "reporter", "seat": None, "refs": [], "text": "report"}
    public["rooms"]["dispatches"]["messages"].append(said)
    news = {"inject": "own", "headline": "", "date": "", "news": None, "name": "report", "text": "report"}
    public["news"].append({**news, "at": fixture["now"] - 500})


def with_hostile_nations(fixture: Fixture) -> None:
    """Two names that are far too long, of them the own, and one that runs the other way."""
    names = {"POL": LONG_NAMES[0], "HUN": LONG_NAMES[0], "DEU": LONG_NAMES[1], "FRA": LONG_NAMES[1], "TUR": NAME}
    for seat in fixture["view"]["public"]["scenario"]["seats"]:
        seat["name"] = names.get(seat["id"], seat["name"])


async def come_changed(page: Page, change: Callable[[Fixture], None]) -> None:
    async def answer(route: Route) -> None:
        name = re.sub(r".*/(\w+)\.json.*", r"\1.json", route.request.url)
        fixture = json.loads((CLIENT / "tests" / "fixtures" / name).read_text(encoding="utf-8"))
        change(fixture)
        await route.fulfill(content_type="text/javascript", body=f"export default {json.dumps(fixture)}")

    await page.route(re.compile(r"/tests/fixtures/\w+\.json"), answer)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("change", [with_hostile_words, with_hostile_nations])
async def test_every_screen_and_dialog_holds(
    stage: Stage, new_context: CreateContextCallback, change: Callable[[Fixture], None], size: str
) -> None:
    context = await new_context(**SIZES[size])  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(HAS_LOOKED_AROUND)
    page = await context.new_page()
    await come_changed(page, change)
    await stage.open(page)
    found: dict[str, list[str]] = {}
    for kind in SHEETS:
        await show(page, kind)
        found[kind] = await flaws(page, FOREIGN)
    for fixture, how in STATES:
        await draw(page, fixture, how)
        await expect(page.get_by_role("main")).to_be_visible()
        found[f"{fixture} {how}"] = await flaws(page, FOREIGN)
    assert not (flawed := {what: why for what, why in found.items() if why}), json.dumps(flawed, indent=1)
