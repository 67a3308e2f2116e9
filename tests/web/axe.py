"""What a program can tell of accessibility: a page as it is now, in every theme."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.async_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

DAY, NIGHT = ("light", "dark", "contrast"), ("contrast",)
"""Themes on a device that is light, and what else there is on one that is dark."""

LOOK = """
async ({ themes, within, first }) => {
  const page = document.documentElement;
  const all = { rules: { 'target-size': { enabled: true } } };
  const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
  const place = within ? [...document.querySelectorAll(within)].at(-1) : document;
  const found = [];
  for (const fold of (within ? place : document).querySelectorAll('details')) fold.open = true;
  for (const [order, theme] of themes.entries()) {
    page.dataset.theme = theme;
    // colours on their way are nobody's choice
    await Promise.allSettled(document.getAnimations().map((it) => it.finished));
    // what another theme can change is its colours
    const rules = first && order === 0 ? all : colours;
    const { violations } = await axe.run(place, { ...rules, resultTypes: ['violations'] });
    for (const { id, impact, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        found.push(`${theme}: ${id} (${impact}): ${html.slice(0, 160)} ${failureSummary ?? ''}`);
  }
  delete page.dataset.theme;
  const wide = within ? place.scrollWidth - place.clientWidth : document.scrollingElement.scrollWidth - innerWidth;
  return wide > 0 ? [...found, `${wide} px too wide`] : found;
}
"""


async def faults(page: Page, what: str, within: str | None = None, themes: bool = True) -> list[str]:
    """What axe objects to, one element a line. With everything unfolded; of the last element that `within` selects."""
    if await page.evaluate("typeof axe") == "undefined":
        await page.evaluate(AXE)
    found = await page.evaluate(LOOK, {"themes": DAY if themes else DAY[:1], "within": within, "first": True})
    if themes:
        await page.emulate_media(color_scheme="dark")
        found += await page.evaluate(LOOK, {"themes": NIGHT, "within": within, "first": False})
        await page.emulate_media(color_scheme="light")
    return [f"{what}: {fault}" for fault in found]
