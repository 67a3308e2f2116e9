"""What somebody hears who listens to a page instead of looking at it: what changes in its live regions."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page

LISTEN = """
() => {
  window.heard = [];
  const regions = '[aria-live], [role=status], [role=alert], [role=log]';
  const said = new Map();
  new MutationObserver(() => {
    // an open dialog makes everything else inert
    const open = [...document.querySelectorAll('dialog:modal')].at(-1);
    for (const region of document.querySelectorAll(regions)) {
      const words = region.textContent.trim();
      const fresh = words && words !== said.get(region);
      said.set(region, words);
      if (fresh && (!open || open.contains(region)) && region.checkVisibility()) window.heard.push(words);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
"""


async def listen(page: Page) -> None:
    """From now on. What stands on the page already is not heard."""
    await page.evaluate(LISTEN)


async def heard(page: Page) -> list[Any]:
    """All that was heard, in order."""
    return list(await page.evaluate("window.heard"))
