"""A walk by Tab alone: whatever has the focus is in sight, lies open and shows it (WCAG 2.4.7, 2.4.11, 2.5.8)."""

from __future__ import annotations

from playwright.async_api import Page

MOST_STOPS = 120

STOP = r"""
() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const name = `${one.tagName.toLowerCase()} ${one.ariaLabel || one.textContent.trim().slice(0, 40) || one.id || ''}`;
  window.stops ??= new Map();
  if (window.stops.has(one)) return { name, again: true };
  window.stops.set(one, true);
  const faults = [];
  const { left, top, right, bottom, width, height } = one.getBoundingClientRect();
  const [x1, x2] = [Math.max(left, 0), Math.min(right, innerWidth)];
  const [y1, y2] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
  if (x2 - x1 < Math.min(width, 8) || y2 - y1 < Math.min(height, 8)) faults.push('out of sight');
  else {
    // At least some of it lies open: the standard asks that it is not entirely hidden.
    const open = (x, y) => {
      const at = document.elementFromPoint(x, y);
      return one.contains(at) || at?.closest('label')?.contains(one);
    };
    const grid = [0.1, 0.3, 0.5, 0.7, 0.9];
    const spots = grid.flatMap((u) => grid.map((v) => [x1 + u * (x2 - x1), y1 + v * (y2 - y1)]));
    if (!spots.some(([x, y]) => open(x, y))) faults.push('covered');
  }
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
  const ring = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor);
  if (!ring && boxShadow === 'none') faults.push('no ring');
  // Links within a sentence may be as high as their line.
  const inline = getComputedStyle(one).display === 'inline';
  const area = one.matches('input') ? one.closest('label') ?? one : one;
  const size = area.getBoundingClientRect();
  if (!inline && Math.min(size.width, size.height) < 23.5)
    faults.push(`${Math.round(size.width)} x ${Math.round(size.height)} px`);
  return { name, again: false, faults };
}
"""


async def stumbles(page: Page) -> list[str]:
    """Where a walk by Tab through the page, or through the dialog over it, meets something it should not."""
    found: list[str] = []
    await page.evaluate("window.stops = new Map()")
    stops = 0
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(STOP)
        if stop is None:
            if stops:
                break
            continue
        if stop["again"]:
            break
        stops += 1
        found += [f"{stop['name']}: {fault}" for fault in stop["faults"]]
    return found if stops else ["nothing takes the focus"]
