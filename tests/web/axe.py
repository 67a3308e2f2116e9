"""What a program can tell of accessibility: a page as it is now, in every theme."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.async_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

DAY, NIGHT = ("light", "dark", "contrast"), ("contrast",)
"""Themes on a device that is light, and what else there is on one that is dark."""

SETTLED = {
    "heading-order -": "the page was drawn anew while axe looked; the same headings are judged at another size",
    "color-contrast nonBmp": "a tick or an arrow, in one of our colours",
    "color-contrast shortTextContent": "a figure of one place, in one of our colours",
    "color-contrast imgNode .middle *": "the table in the ring is drawn in one colour",
    "color-contrast imgNode [data-seat] > .code": "on the map a nation's code has a ground of its own",
    "color-contrast bgOverlap .aside > p": "beside the map, over no part of it",
    "color-contrast bgOverlap .which": "the number of the wall's page, below the text and over none of it",
    "color-contrast elmPartiallyObscuring .words > p": "a rung of the ladder, whose ground is one colour",
    "color-contrast elmPartiallyObscured": "half under what scrolls past it, such as the time line of a replay",
}
"""What axe leaves to be judged, as rule, reason and perhaps a selector, and how it was. Whatever else it leaves fails.

The contrast of each of our colours over every ground it may stand on is measured in tokens.test.ts.
"""

LOOK = """
async ({ themes, within, first, settled }) => {
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
    const { violations, incomplete } = await axe.run(place, { ...rules, resultTypes: ['violations', 'incomplete'] });
    for (const { id, impact, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        found.push(`${theme}: ${id} (${impact}): ${html.slice(0, 160)} ${failureSummary ?? ''}`);
    for (const { id, nodes } of incomplete)
      for (const { html, target, any, all, none } of nodes) {
        const [check] = [...any, ...all, ...none];
        const [element, why] = [document.querySelector(target[0]), check?.data?.messageKey ?? '-'];
        const judged = settled.some((one) => {
          const [rule, reason, ...selector] = one.split(' ');
          return rule === id && reason === why && (!selector.length || element?.matches(selector.join(' ')));
        });
        if (!judged)
          found.push(`${theme}: ${id} to be judged (${why} ${target}): ${html.slice(0, 160)} ${check?.message}`);
      }
  }
  delete page.dataset.theme;
  const wide = within ? place.scrollWidth - place.clientWidth : document.scrollingElement.scrollWidth - innerWidth;
  return wide > 0 ? [...found, `${wide} px too wide`] : found;
}
"""


async def faults(
    page: Page, what: str, within: str | None = None, themes: bool = True, night: bool = True
) -> list[str]:
    """What axe objects to, one element a line. With everything unfolded; of the last element that `within` selects."""
    if await page.evaluate("typeof axe") == "undefined":
        await page.evaluate(AXE)
    how = {"within": within, "settled": list(SETTLED)}
    found = await page.evaluate(LOOK, {"themes": DAY if themes else DAY[:1], "first": True, **how})
    if themes and night:
        await page.emulate_media(color_scheme="dark")
        found += await page.evaluate(LOOK, {"themes": NIGHT, "first": False, **how})
        await page.emulate_media(color_scheme="light")
    return [f"{what}: {fault}" for fault in found]
