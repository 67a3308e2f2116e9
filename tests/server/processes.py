"""Server processes that a test starts, kills and starts again."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.server.table import PATIENCE, listening_socket

START_SECONDS = 60.0
SERVE = "from server.cli import main; main()"


@dataclass
class ServerProcess:
    """`summit serve` on a port that stays the same when it is started again. `entry` is the program it runs."""

    database_url: str
    folder: Path
    redis_url: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    entry: str = SERVE

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        if not self.port:
            with listening_socket() as taken:
                self.port = taken.getsockname()[1]
        environment = {
            **os.environ,
            "SUMMIT_DATABASE_URL": self.database_url,
            "SUMMIT_ALLOW_UNSAFE_DATABASE": "true",
            "SUMMIT_STAND_INS": "false",
            **({"SUMMIT_REDIS_URL": self.redis_url} if self.redis_url else {}),
            **self.settings,
        }
        command = [sys.executable, "-c", self.entry, "serve", "--port", str(self.port)]
        log = (self.folder / f"server-{self.port}.log").open("ab")
        self.process = await asyncio.to_thread(subprocess.Popen, command, env=environment, stdout=log, stderr=log)
        await self._until_ready()

    async def _until_ready(self) -> None:
        assert self.process is not None
        async with httpx.AsyncClient(base_url=self.address) as client, asyncio.timeout(START_SECONDS):
            while True:
                assert self.process.poll() is None, self.log
                try:
                    if (await client.get("/readyz")).is_success:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs."""
        return self.process.poll() if self.process is not None else None

    @property
    def log(self) -> str:
        return (self.folder / f"server-{self.port}.log").read_text()

    def kill(self) -> None:
        """As a power cut would end it."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
