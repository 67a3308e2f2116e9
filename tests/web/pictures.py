"""The pictures that ship with the client: `python -m tests.web.pictures`.

The start page shows a table in play, by day and by night: a real one, from the same afternoon as the tour. The icons
are one drawing (clients/web/public/icon.svg) in the sizes that phones ask for. The flags of flag-icons come on one
sheet, side by side in the order of clients/web/src/pictures/flags.json.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright, expect

from tests.fixtures.chromium import ARGUMENTS, find_chromium
from tests.web.serving import ROOT, SummitServer, built_client, quick_scenarios
from tests.web.tour.camera import as_webp
from tests.web.tour.class_in_play import PEOPLE, Class, consultations

WEB = ROOT / "clients" / "web"
WIDTH, HEIGHT = 1280, 720
SHIPPED = (960, 540)
LARGEST = 60_000  # bytes

ICONS = {"icon-192": (192, 1.0), "icon-512": (512, 1.0), "icon-maskable-512": (512, 0.72)}
"""By name: the size, and how much of it the drawing fills. A mask may cut off a tenth on each side."""

DRAW_ICON = """async ([svg, size, fills]) => {
  const image = new Image();
  image.src = 'data:image/svg+xml;base64,' + btoa(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const pen = canvas.getContext('2d');
  if (fills < 1) { pen.fillStyle = '#14213d'; pen.fillRect(0, 0, size, size); }
  const edge = size * (1 - fills) / 2;
  pen.drawImage(image, edge, edge, size * fills, size * fills);
  return canvas.toDataURL('image/png');
}"""

FLAG = (80, 60)
"""Of one on the sheet: four times its size beside a name, twice that on a wall."""

DRAW_FLAGS = """async ([svgs, width, height]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: svgs.length * width, height });
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  for (const [place, svg] of svgs.entries()) {
    const image = new Image(width, height);
    image.src = 'data:image/svg+xml;base64,' + btoa(svg);
    await image.decode();
    pen.drawImage(image, place * width, 0, width, height);
  }
  return canvas.toDataURL('image/webp', 1); // 1: without loss, so that no colour runs into the flag beside it
}"""


async def draw_icons(page: Page) -> None:
    svg = (WEB / "public" / "icon.svg").read_text(encoding="utf-8")
    for name, (size, fills) in ICONS.items():
        address = await page.evaluate(DRAW_ICON, [svg, size, fills])
        _write(WEB / "public" / f"{name}.png", base64.b64decode(address.partition(",")[2]))


async def draw_flags(page: Page) -> None:
    sheet = WEB / "src" / "pictures" / "flags.json"
    flags = json.loads(sheet.read_text(encoding="utf-8"))["flags"]
    package = WEB / "node_modules" / "flag-icons"
    svgs = [(package / "flags" / "4x3" / f"{code}.svg").read_text(encoding="utf-8") for code in flags]
    address = await page.evaluate(DRAW_FLAGS, [svgs, *FLAG])
    _write(sheet.with_suffix(".webp"), base64.b64decode(address.partition(",")[2]))
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    drawn = {"drawn_from": f"flag-icons {version}", "flags": flags}
    sheet.write_text(json.dumps(drawn) + "\n", encoding="utf-8")


async def take_table(address: str, browser: Browser, page: Page) -> None:
    """What Poland sees in the middle of the consultations."""
    room = await Class.gather(address)
    anna = await room.table.seat("POL", PEOPLE["POL"])
    await room.add("POL", anna)
    await room.run("start_game")
    await consultations(room)
    for theme in ("light", "dark"):
        context = await browser.new_context(
            base_url=address,
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme=theme,
            reduced_motion="reduce",
            timezone_id="Europe/Vilnius",
        )
        cookies = [{"name": one.name, "value": one.value, "url": anna.address} for one in anna.http.cookies.jar]
        await context.add_cookies(cookies)  # type: ignore[arg-type]
        await context.add_init_script("localStorage.setItem('summit.toured', 'true')")
        table = await context.new_page()
        await table.goto(f"/g/{room.table.game}")
        await table.get_by_role("button", name="To the table").click()
        await expect(table.get_by_text("Draft A").first).to_be_visible()
        await table.evaluate("document.fonts.ready")
        await table.wait_for_load_state("networkidle")
        png = await table.screenshot(animations="disabled", caret="hide")
        _write(WEB / "src" / "pictures" / f"table-{theme}.webp", await as_webp(page, png, SHIPPED))
        await context.close()
    await room.close()


def _write(file: Path, content: bytes) -> None:
    assert len(content) < LARGEST, f"{file.name} has {len(content):,} bytes"
    file.write_bytes(content)


async def main() -> None:
    """Raises AssertionError when a picture is too large."""
    built_client()
    with tempfile.TemporaryDirectory() as folder:
        server = SummitServer(quick_scenarios(Path(folder)))
        try:
            server.start()
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
                page = await browser.new_page()
                await draw_icons(page)
                await draw_flags(page)
                await take_table(server.address, browser, page)
                await browser.close()
        finally:
            server.remove()


if __name__ == "__main__":
    asyncio.run(main())
