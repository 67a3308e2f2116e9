"""How a person works a page: with a mouse, by touch on a phone, or by keyboard alone. What they do is the same."""

from __future__ import annotations

from typing import Protocol

from playwright.async_api import Locator, Page, expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
MOST_TABS = 250


class Hand(Protocol):
    """Each waits until what it works on is there."""

    async def use(self, page: Page, thing: Locator) -> None:
        """A button, a link, a tab, a fold."""

    async def tick(self, page: Page, box: Locator) -> None:
        """A checkbox or a radio button."""

    async def write(self, page: Page, field: Locator, text: str) -> None: ...

    async def slide(self, page: Page, slider: Locator, steps: int) -> None:
        """So many steps to the right."""


class Mouse:
    async def use(self, page: Page, thing: Locator) -> None:
        await thing.click()

    async def tick(self, page: Page, box: Locator) -> None:
        await box.check()

    async def write(self, page: Page, field: Locator, text: str) -> None:
        await field.fill(text)

    async def slide(self, page: Page, slider: Locator, steps: int) -> None:
        await slider.click()
        await slider.press("Home")
        for _ in range(steps):
            await slider.press("ArrowRight")


class Touch(Mouse):
    async def use(self, page: Page, thing: Locator) -> None:
        await thing.tap()

    async def tick(self, page: Page, box: Locator) -> None:
        await box.tap()
        await expect(box).to_be_checked()


class Keyboard:
    async def use(self, page: Page, thing: Locator) -> None:
        await reach(page, thing)
        await page.keyboard.press("Enter")

    async def tick(self, page: Page, box: Locator) -> None:
        await reach(page, box)
        if not await box.is_checked():  # arrows choose as they go
            await page.keyboard.press("Space")
        await expect(box).to_be_checked()

    async def write(self, page: Page, field: Locator, text: str) -> None:
        await reach(page, field)
        await page.keyboard.press("ControlOrMeta+A")
        await page.keyboard.type(text)

    async def slide(self, page: Page, slider: Locator, steps: int) -> None:
        await reach(page, slider)
        await page.keyboard.press("Home")
        for _ in range(steps):
            await page.keyboard.press("ArrowRight")


NEXT_KEY = """(named) => {
  const wanted = named.closest('summary') ?? named;
  const here = document.activeElement;
  const isTab = wanted.role === 'tab' && here?.role === 'tab' && here.parentElement === wanted.parentElement;
  const isRadio = wanted.type === 'radio' && here?.type === 'radio' && here.name === wanted.name;
  return here === wanted ? null : isTab ? 'ArrowRight' : isRadio ? 'ArrowDown' : 'Tab';
}"""


async def reach(page: Page, wanted: Locator) -> None:
    """Tabs on until the focus is there; among the tabs of a list and the radio buttons of a group with arrows."""
    await expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        key = await wanted.evaluate(NEXT_KEY)
        if key is None:
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{wanted} cannot be reached by keyboard")
