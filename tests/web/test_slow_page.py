"""A page that comes in pieces: on a slow line a script may be here before the page that it belongs to has ended."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, expect

from server.routes.client import client_folder
from tests.web.serving import built_client


@dataclass
class Slowly:
    """Serves the built client; of the page itself first what stands before its body, the rest when it is let go."""

    address: str = ""
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = request.split(" ", 2)[1].partition("?")[0]
        file = client_folder() / (path.removeprefix("/") or "index.html")
        if not file.is_file():
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode())
            before, body, after = file.read_bytes().partition(b"<body>")
            writer.write(before)
            if path == "/":
                await writer.drain()
                await self.let_go.wait()
            writer.write(body + after)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def slowly() -> AsyncIterator[Slowly]:
    line = Slowly()
    server = await asyncio.start_server(line.answer, "127.0.0.1", 0)
    line.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with server:
        yield line


async def test_a_page_that_comes_in_pieces_is_drawn_when_it_is_whole(browser: Browser) -> None:
    built_client()
    async with slowly() as line:
        page = await browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(fault.message))
        await page.goto(line.address, wait_until="commit")
        # the script has spoken its language, and the page is not whole yet
        await page.wait_for_function("document.documentElement.dir && document.readyState === 'loading'")
        line.let_go.set()
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert faults == []
        await page.close()
