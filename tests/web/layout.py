"""What a program can tell of a layout: that nothing is too wide, covered by something else, or out of order."""

from __future__ import annotations

from playwright.async_api import Page

FLAWS = r"""
({ foreign, most }) => {
  const found = new Set();
  const open = [...document.querySelectorAll('dialog:modal')].at(-1);
  const root = open ?? document.body;
  const scrollers = open ? [...open.querySelectorAll('.body')]
    : [document.scrollingElement, ...document.querySelectorAll('main .pane')];
  const called = (one) => (one.closest('[class]') ?? one).outerHTML.replace(/\s+/g, ' ').slice(0, 110);
  const styles = new Map();
  const style = (one) => styles.get(one) ?? styles.set(one, getComputedStyle(one)).get(one);

  const tooWide = document.scrollingElement.scrollWidth - innerWidth;
  if (tooWide > 0) found.add(`the page is ${tooWide} px too wide`);
  for (const pane of root.querySelectorAll(open ? '.body' : 'main .pane'))
    if (pane.scrollWidth > pane.clientWidth)
      found.add(`${pane.className} is ${pane.scrollWidth - pane.clientWidth} px too wide`);
  // What scrolls sideways on purpose is a table of figures, or a row of rooms.
  for (const one of root.querySelectorAll('*')) {
    if (one.scrollWidth <= one.clientWidth + 1 || !/auto|scroll/.test(style(one).overflowX)) continue;
    if (!one.matches('.scrolls, .pane, .body, textarea, [role=tablist], [role=group]') && one.checkVisibility())
      found.add(`${one.scrollWidth - one.clientWidth} px too wide: ${called(one)}`);
  }
  if (document.querySelector('img[src="x"], body script:not([src])') || document.title.includes('hurt'))
    found.add('markup came in');

  // What of a box is left by everything around it that clips.
  const left = (box, one) => {
    let { top, right, bottom, left } = box;
    for (let around = one; around && around !== document.documentElement; around = around.parentElement) {
      const { overflowX, overflowY, clipPath, display, position } = style(around);
      if (clipPath !== 'none') return null;
      if (display !== 'inline' && (overflowX !== 'visible' || overflowY !== 'visible')) {
        const clip = around.getBoundingClientRect();
        const by = overflowX === 'clip' ? parseFloat(style(around).overflowClipMargin) || 0 : 0;
        if (overflowX !== 'visible') [left, right] = [Math.max(left, clip.left - by), Math.min(right, clip.right + by)];
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, clip.top - by), Math.min(bottom, clip.bottom + by)];
      }
      if (position === 'fixed') break;
    }
    return right - left > 1 && bottom - top > 1 ? { top, right, bottom, left } : null;
  };

  const block = (one) => {
    while (style(one).display.startsWith('inline') && one.parentElement) one = one.parentElement;
    return one;
  };
  const range = document.createRange();

  // How far the marks on its letters reach beyond the box of a line.
  const pen = document.createElement('canvas').getContext('2d');
  const piled = (text, one) => {
    if (!/\p{M}{2}/u.test(text)) return [0, 0];
    const { fontStyle, fontWeight, fontSize, fontFamily } = style(one);
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const ink = pen.measureText(text);
    return [
      Math.max(0, ink.actualBoundingBoxAscent - ink.fontBoundingBoxAscent),
      Math.max(0, ink.actualBoundingBoxDescent - ink.fontBoundingBoxDescent),
    ];
  };
  const look = () => {
    const words = [];  // each line of each text: its box, what is around it
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const around = node.parentElement;
      if (!node.data.trim() || !around.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (around.closest('svg, select, script, style')) continue;
      range.selectNodeContents(node);
      const [over, under] = piled(node.data, around);
      for (const { top, right, bottom, left: from } of range.getClientRects()) {
        const seen = left({ top: top - over, right, bottom: bottom + under, left: from }, around);
        if (seen && seen.bottom > 0 && seen.top < innerHeight) words.push({ ...seen, around, node });
      }
    }

    // Words painted over words. What scrolls lies under a foot or a head that is opaque.
    const SLACK = 5;  // boxes of letters are higher than the letters
    const boxes = words.toSorted((a, b) => a.top - b.top);
    for (const [at, one] of boxes.entries())
      for (const other of boxes.slice(at + 1)) {
        if (other.top > one.bottom - SLACK) break;
        if (one.node === other.node || block(one.around) === block(other.around)) continue;
        const [x, y] = [
          Math.min(one.right, other.right) - Math.max(one.left, other.left),
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
        ];
        if (x <= SLACK || y <= SLACK) continue;
        const middle = [Math.max(one.left, other.left) + x / 2, Math.max(one.top, other.top) + y / 2];
        const top = document.elementsFromPoint(...middle);
        const opaque = (it) => !/^(transparent|rgba\(.* 0\))$/.test(style(it).backgroundColor);
        const cover = top.findIndex((it) => opaque(it));
        const seen = top.slice(0, cover < 0 ? undefined : cover + 1);
        const shows = ({ around }) => seen.some((it) => it === around || around.contains(it) || it.contains(around));
        if (shows(one) && shows(other))
          found.add(`“${one.node.data.trim().slice(0, 30)}” over “${other.node.data.trim().slice(0, 30)}”: `
            + `${called(one.around)} | ${called(other.around)}`);
      }
  };

  for (let step = 0; step < most; step += 1) {
    const before = scrollers.map((it) => it.scrollTop);
    if (step) for (const it of scrollers) it.scrollTop += it.clientHeight - 40;
    if (step && scrollers.every((it, at) => it.scrollTop === before[at])) break;
    look();
  }

  // The page's own words, in the order in which they are written.
  const isForeign = new RegExp(foreign, 'u');
  const lastIn = new Map();
  const own = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = own.nextNode(); node; node = own.nextNode()) {
    const around = node.parentElement;
    if (around.closest('svg, select, script, style') || !around.checkVisibility()) continue;
    const place = block(around);
    for (const { 0: word, index } of node.data.matchAll(/[\p{Script=Latin}\p{N}]+/gu)) {
      if (isForeign.test(word)) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const box = range.getClientRects()[0];
      if (!box || box.width < 1) continue;
      const before = lastIn.get(place);
      const shared = before && Math.min(before.box.bottom, box.bottom) - Math.max(before.box.top, box.top);
      if (shared > box.height / 2 && box.left < before.box.left - 1)
        found.add(`“${word}” stands before “${before.word}”: ${called(around)}`);
      lastIn.set(place, { box, word });
    }
  }
  return [...found].slice(0, 8);
}
"""


async def flaws(page: Page, foreign: str = "^$", screens: int = 12) -> list[str]:
    """What is wrong with the page, or with the dialog over it, from its top down to so many screens.

    `foreign` are words among which the page's order need not hold: they stand in what people wrote.
    """
    found: list[str] = await page.evaluate(FLAWS, {"foreign": foreign, "most": screens})
    return found
