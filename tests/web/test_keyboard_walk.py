"""Every screen and dialog that fixtures draw, walked through by Tab alone, on a laptop and on a phone."""

from __future__ import annotations

import json

import pytest
from playwright.async_api import expect
from pytest_playwright_asyncio.pytest_playwright import CreateContextCallback

from tests.web.conftest import HAS_LOOKED_AROUND, PATIENCE_MS
from tests.web.focus import stumbles
from tests.web.stage import Stage, draw
from tests.web.test_accessible import LAPTOP, PHONE, SHEETS, show

SCREENS: tuple[tuple[str, dict[str, str]], ...] = (
    ("table", {}),
    ("table", {"tab": "room", "nation": "HUN"}),
    ("trade", {"tab": "talk"}),
    ("trade", {"tab": "us"}),
    ("silence", {}),
    ("facilitator", {}),
    ("lobby", {}),
    ("outcome", {}),
)


@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_what_has_the_focus_is_seen(
    stage: Stage, new_context: CreateContextCallback, viewport: dict[str, int]
) -> None:
    context = await new_context(viewport=viewport, has_touch=viewport is PHONE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    await context.add_init_script(HAS_LOOKED_AROUND)
    page = await context.new_page()
    await stage.open(page)
    found: dict[str, list[str]] = {}
    for kind in SHEETS:
        await show(page, kind)
        found[kind] = await stumbles(page)
    for fixture, how in SCREENS:
        await draw(page, fixture, how)
        await expect(page.get_by_role("main")).to_be_visible()
        found[f"{fixture} {how}"] = await stumbles(page)
    assert not (stumbled := {what: why for what, why in found.items() if why}), json.dumps(stumbled, indent=1)
