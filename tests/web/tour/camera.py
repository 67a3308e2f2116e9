"""Browsers of both sizes with the same person before them, photographed in every theme."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.server.table import Guest

THEMES = ("light", "dark", "contrast")
SIZES = {"laptop": (1366, 768), "phone": (390, 844)}
LARGEST = 120_000  # bytes
QUALITY = 0.55

AS_WEBP = """async ([png, width, height, quality]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const size = { width: width ?? image.width, height: height ?? image.height };
  const canvas = Object.assign(document.createElement('canvas'), size);
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, size.width, size.height);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


async def as_webp(darkroom: Page, png: bytes, size: tuple[int, int] | None = None) -> bytes:
    """The picture, brought to that size; `darkroom` is any page without a security policy."""
    asked = [base64.b64encode(png).decode(), *(size or (None, None)), QUALITY]
    return base64.b64decode(await darkroom.evaluate(AS_WEBP, asked))


class Camera:
    """One person's browsers: a laptop and a phone, at the same table."""

    def __init__(self, pages: dict[str, Page], darkroom: Page, folder: Path) -> None:
        self.pages = pages
        self._darkroom = darkroom
        self._folder = folder

    @classmethod
    async def ready(cls, browser: Browser, address: str, folder: Path) -> Camera:
        pages = {}
        for name, (width, height) in SIZES.items():
            context = await browser.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                has_touch=name == "phone",
                is_mobile=name == "phone",
                reduced_motion="reduce",
                color_scheme="light",
                timezone_id="Europe/Vilnius",
                service_workers="block",
            )
            pages[name] = await context.new_page()
        return cls(pages, await browser.new_page(), folder)

    @property
    def laptop(self) -> Page:
        return self.pages["laptop"]

    @property
    def phone(self) -> Page:
        return self.pages["phone"]

    async def let_in(self, guest: Guest, path: str) -> None:
        """Both browsers get the cookie of the guest, who sits down in none of them."""
        for page in self.pages.values():
            cookies = [{"name": one.name, "value": one.value, "url": guest.address} for one in guest.http.cookies.jar]
            await page.context.add_cookies(cookies)  # type: ignore[arg-type]
            await page.goto(path)

    async def take(self, name: str, sizes: Sequence[str] = tuple(SIZES)) -> None:
        """`name-laptop-light.webp` and so on. Raises AssertionError when a picture is too large."""
        for size in sizes:
            page = self.pages[size]
            await page.evaluate("document.fonts.ready")
            await page.wait_for_load_state("networkidle")
            for theme in THEMES:
                await page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
                png = await page.screenshot(animations="disabled", caret="hide")
                picture = await as_webp(self._darkroom, png)
                file = self._folder / f"{name}-{size}-{theme}.webp"
                assert len(picture) < LARGEST, f"{file.name} has {len(picture):,} bytes"
                file.write_bytes(picture)
            await page.evaluate("() => { delete document.documentElement.dataset.theme; }")
