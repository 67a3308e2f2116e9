"""Every setting, by environment: `SUMMIT_` and the name in capitals. `summit settings` prints them."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic.functional_validators import field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def default_data_folder() -> Path:
    """`var/` of a checkout; for an installed server the user's own data folder."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "vilnius-summit"


class Settings(BaseSettings):
    """What can be set. The description of each field is its documentation."""

    model_config = SettingsConfigDict(env_prefix="SUMMIT_", extra="ignore", frozen=True)

    database_url: str = Field(
        default_factory=lambda: f"sqlite:///{default_data_folder() / 'summit.sqlite3'}",
        description="Where games are kept: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME for several "
        "server processes.",
    )
    redis_url: str | None = Field(
        None,
        description="Redis that tells server processes of each other's moves, redis://HOST:6379/0. Needed only by "
        "several processes; losing it slows them down and loses nothing.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on; 0.0.0.0 for people in the same room.")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on; 0 takes a free one.")
    public_url: str | None = Field(
        None,
        description="The address people open, such as https://summit.example.org, when it is not that of this process: "
        "behind a proxy. Links are made with it, and pages from elsewhere may not speak to the server.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Further origins whose pages may speak to the server, separated by commas.",
    )
    data_folder: Path = Field(default_factory=default_data_folder, description="Where files of the server are kept.")
    scenario_folder: Path | None = Field(
        None, description="A folder of scenarios to offer beside those that come with the server."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_format: Literal["console", "json"] = Field(
        "console", description="console for people, json for machines. Logs hold ids, never names, texts or secrets."
    )
    metrics: bool = Field(
        False,
        description="Whether GET /metrics answers everybody who reaches the port; this machine always gets an answer. "
        "Figures carry ids of nobody.",
    )
    allow_unsafe_database: bool = Field(
        False, description="Start on a PostgreSQL with fsync off, which may lose acknowledged moves. For rehearsals."
    )
    vacant_after_seconds: float = Field(
        60, gt=0, description="How long a seat may be without any member before a stand-in plays it."
    )
    vacant_under_silence_seconds: float = Field(
        20, gt=0, description="The same while a text is under the silence procedure."
    )
    vacant_after_slow_seconds: float = Field(
        86_400,
        gt=0,
        description="The same in a slow game, which runs for days: people come and go in it.",
    )
    away_after_seconds: float = Field(
        60,
        gt=0,
        description="How long a member may be without a connection before they count as away and, if they head their "
        "delegation, somebody else acts as head.",
    )
    commands_per_second: float = Field(10, gt=0, description="Moves a socket may make in the long run.")
    commands_burst: int = Field(40, ge=1, description="Moves a socket may make at once.")
    games_per_hour: int = Field(240, ge=1, description="New games an address may open in an hour.")
    stand_ins: bool = Field(True, description="Whether bots and deputies play the seats that nobody takes.")

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
        return value

    @property
    def base_url(self) -> str:
        """The address that links begin with, without a slash at the end."""
        if self.public_url:
            return self.public_url.rstrip("/")
        return f"http://{_bracketed(reachable_host(self.host))}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether people come over HTTPS, so that cookies may be for HTTPS alone."""
        return self.base_url.startswith("https://")

    @property
    def origins(self) -> frozenset[str]:
        """Every origin whose pages may speak to this server, exactly as browsers write them."""
        hosts = {"127.0.0.1", "localhost", "[::1]"}
        if self.host not in LOOPBACK:
            name = socket.gethostname()
            hosts |= {name, f"{name}.local", _bracketed(reachable_host(self.host))}
        own = {_origin("http", host, self.port) for host in hosts}
        public = {self.public_url.rstrip("/")} if self.public_url else set()
        return frozenset(own | public | set(self.allowed_origins))


def _origin(scheme: str, host: str, port: int) -> str:
    return f"{scheme}://{host}" if port == 80 else f"{scheme}://{host}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def reachable_host(host: str) -> str:
    """The address under which others in the room find a server that listens on `host`."""
    if host not in ("0.0.0.0", "::"):
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: asks the system which of its addresses it would use.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
