"""A person in front of a browser: says what they do in the words of the table, finds things by role and label."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

PATIENCE_SECONDS = 15

TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violation', event.violatedDirective, event.blockedURI, event.sourceFile));
"""

NO_WORKER = "Service Worker registration blocked by Playwright"


@dataclass
class Person:
    """One browser with cookies and a store of its own. `complaints` is what should not have happened in it."""

    name: str
    context: BrowserContext
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    _expected: list[re.Pattern[str]] = field(default_factory=lambda: [re.compile(NO_WORKER)])

    @classmethod
    async def come(cls, name: str, context: BrowserContext, address: str) -> Person:
        person = cls(name, context, await context.new_page(), address)
        await context.add_init_script(TELL_VIOLATIONS)
        context.on("console", person._hear)
        context.on("weberror", lambda error: person._complain(f"uncaught: {error.error}"))
        context.on("request", person._see)
        return person

    def expects(self, *patterns: str) -> None:
        """Errors in the console that this test provokes."""
        self._expected.extend(re.compile(pattern) for pattern in patterns)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"{message.type}: {message.text} {message.location.get('url', '')}")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._complain(f"a request to {request.url}")

    def _complain(self, what: str) -> None:
        if not any(pattern.search(what) for pattern in self._expected):
            self.complaints.append(what)

    # --- finding things

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def button(self, name: str | re.Pattern[str], **how: Any) -> Locator:
        return self.page.get_by_role("button", name=name, **how)

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    async def sees(self, text: str | re.Pattern[str]) -> None:
        await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    async def until(self, script: str, of: Locator | None = None) -> None:
        """Until the page says so, of what may be drawn anew meanwhile. Not `wait_for_function`, which the page's
        security policy forbids.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await (of or self.page).evaluate(script):  # noqa: ASYNC110 (nothing in this process can tell)
                await asyncio.sleep(0.05)

    # --- coming in

    async def open(self, path: str = "/") -> None:
        """A path of the server, or a whole link."""
        await self.page.goto(path if path.startswith("http") else self.address + path)

    async def set_up_table(self, kind: str = "I play too") -> str:
        """From the start page to the lobby of a new game, with everything else as it is offered. Gives the game."""
        await self.open()
        await self.page.get_by_role("link", name="Set up a table").click()
        await self.page.get_by_role("radio", name=re.compile(f"^{kind}")).check()
        await self.button("Set the table").click()
        await expect(self.page.get_by_role("region", name="Seats at the table")).to_be_visible()
        return self.game

    @property
    def game(self) -> str:
        return self.page.url.split("/g/")[1].split("/")[0].split("#")[0]

    @property
    def shared_link(self) -> Locator:
        return self.page.get_by_role("textbox", name="Link to this table")

    async def short_code(self) -> str:
        shown = self.page.get_by_text(re.compile(r"^[0-9A-Z]{5}-?[0-9A-Z]{5}$"))
        return (await shown.inner_text()).strip()

    async def sit(self, nation: str) -> None:
        seats = self.page.get_by_role("region", name="Seats at the table")
        await seats.get_by_role("button", name=nation).click()
        await self.sit_down(nation)

    async def sit_down(self, nation: str) -> None:
        """In the seat that is chosen."""
        await self.page.get_by_label("Your name, as the others will read it").fill(self.name)
        await self.button("Sit down").click()
        await expect(self.heading(f"You are {nation}")).to_be_visible()

    async def go_in(self) -> None:
        """From the welcome to a meeting that runs."""
        await self.button("To the table").click()
        await expect(self.page.get_by_role("banner")).to_be_visible()

    async def in_phase(self, title: str) -> None:
        await expect(self.page.get_by_role("banner").get_by_text(title, exact=True)).to_be_visible()

    # --- at the table

    async def pick(self, item: str) -> None:
        """An item of the menu."""
        await self.button("More", exact=True).click()
        await self.page.get_by_role("banner").get_by_role("list").get_by_role("button", name=item).click()

    async def close(self) -> None:
        await self.dialog.get_by_role("button", name="Close").click()
        await expect(self.dialog).to_have_count(0)

    async def move_on(self, *phases: str) -> None:
        """As the one who runs the game: on to the next part, until each of these has begun."""
        await self.pick("Run the meeting")
        for phase in phases:
            await self.dialog.get_by_role("button", name="On to the next part").click()
            await self.dialog.get_by_role("button", name="Yes, do it").click()
            await self.in_phase(phase)
        await self.close()

    async def say(self, text: str) -> None:
        """In the room that is open."""
        await self.page.get_by_role("textbox", name="Write").fill(text)
        await self.button("Send").click()

    async def room(self, name: str) -> None:
        rooms = self.page.get_by_role("group", name="Rooms")
        await rooms.get_by_role("button", name=name).click()

    async def table_draft(self, begin_with: str = "what my government wants") -> None:
        await self.button("Table a draft").first.click()
        await self.dialog.get_by_role("radio", name=begin_with).check()
        await self.dialog.get_by_role("button", name="Put it on the table").click()
        await expect(self.dialog).to_have_count(0)

    async def state_position(self, position: str) -> None:
        await self.button("State position").first.click()
        await self.dialog.get_by_role("radio", name=re.compile(position)).check()
        await self.dialog.get_by_role("button", name="State it").click()
        await expect(self.dialog).to_have_count(0)

    async def choose(self, issue: str, wording: str) -> None:
        """Another wording of a paragraph, in the dialog that is open."""
        await self.dialog.get_by_text(issue, exact=True).click()
        await self.dialog.get_by_role("radio", name=re.compile(f"^{re.escape(wording)}")).check()

    def said_in(self, room: str) -> Locator:
        return self.page.get_by_role("list", name=f"What was said: {room}")

    @property
    def text(self) -> Locator:
        """The text on the floor, with what can be done to it."""
        return self.page.get_by_role("region", name="The text")

    # --- silence

    @property
    def silence(self) -> Locator:
        return self.page.get_by_role("region", name="Under silence")

    async def open_silence(self) -> None:
        """As the chair: the text on the floor, for the shortest time."""
        await self.pick("Run the meeting")
        await self.dialog.get_by_role("button", name=re.compile(r"^Put Draft \w+ under silence")).click()
        await self.dialog.get_by_role("button", name="Put it under silence").click()
        await expect(self.silence).to_be_visible()

    async def seconds_left(self) -> int:
        minutes, seconds = (await self.page.get_by_role("timer").inner_text()).split(":")
        return 60 * int(minutes) + int(seconds)

    async def end_meeting(self) -> None:
        await self.pick("Run the meeting")
        await self.dialog.get_by_role("button", name="End the meeting").click()
        await self.dialog.get_by_role("button", name="Yes, do it").click()
