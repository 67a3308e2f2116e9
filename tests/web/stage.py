"""Screens drawn from fixtures in a real browser (clients/web/src/dev): states that a game takes long to come to."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.async_api import Page

from tests.fixtures.daemons import Daemon, start_on_free_port
from tests.web.serving import ROOT

CLIENT = ROOT / "clients" / "web"
NODE = ROOT / ".venv" / "bin" / "node"
TURN_TO = "(query) => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }"


@dataclass
class Stage:
    """The client as `npm run dev` serves it, with no server of the game behind it."""

    address: str = field(init=False, default="")
    _daemon: Daemon = field(init=False)

    def __post_init__(self) -> None:
        self._daemon = Daemon("stage")

    def start(self) -> None:
        """Raises DaemonFailed."""
        start_on_free_port(self._serve)

    def _serve(self, port: int) -> None:
        vite = CLIENT / "node_modules" / "vite" / "bin" / "vite.js"
        command: list[str | Path] = [NODE, vite, CLIENT, "--host", "127.0.0.1", "--port", str(port), "--strictPort"]
        self._daemon.start(command, lambda: "ready in" in self._daemon.log)
        self.address = f"http://127.0.0.1:{port}"

    def remove(self) -> None:
        self._daemon.stop(signal.SIGTERM)
        self._daemon.remove()

    async def open(self, page: Page) -> None:
        """Once for each page; `draw` is quick from then on."""
        await page.goto(f"{self.address}/?fixture=table", timeout=60_000)


async def draw(
    page: Page, fixture: str, how: Mapping[str, str] | None = None, sheet: Mapping[str, Any] | None = None
) -> None:
    """One screen, with the dialog that is open. `how` as in dev/Fixture.svelte: a tab of a phone, a nation."""
    query = {"fixture": fixture, **(how or {}), **({"sheet": json.dumps(sheet)} if sheet else {})}
    await page.evaluate(TURN_TO, f"?{urlencode(query)}")
