"""Headers, pages, health and settings: what the server says beside the game."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from server import cli
from server.app import create_app
from server.routes import client
from server.settings import Settings
from tests.server.table import PATIENCE, House, house


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


@pytest.fixture
async def browser(home: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=home.address, timeout=PATIENCE) as opened:
        yield opened


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A client that was built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>here</title>")
    (tmp_path / "assets" / "index-abc123.js").write_text("1")
    monkeypatch.setattr(client, "IN_CHECKOUT", tmp_path)
    monkeypatch.setattr(client, "PACKAGED", tmp_path / "nowhere")
    return tmp_path


@pytest.mark.usefixtures("built")
async def test_every_address_people_open_is_the_clients_page(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/new", "/join", "/g/abc", "/g/abc/replay", "/index.html"):
        page = await browser.get(path)
        assert "<title>here</title>" in page.text
        assert page.headers["cache-control"] == "no-cache"
    asset = await browser.get("/assets/index-abc123.js")
    assert "immutable" in asset.headers["cache-control"]


async def test_the_page_may_run_what_was_built_into_it_and_nothing_else(
    browser: httpx.AsyncClient, built: Path
) -> None:
    (built / "index.html").write_text("<!doctype html><script>\nbegin()</script>")
    policy = (await browser.get("/g/abc")).headers["content-security-policy"]
    hashed = base64.b64encode(hashlib.sha256(b"\nbegin()").digest()).decode()
    assert f"script-src 'self' 'sha256-{hashed}';" in policy
    for path in ("/assets/index-abc123.js", "/api/scenarios", "/healthz"):
        assert "script-src 'self';" in (await browser.get(path)).headers["content-security-policy"]


async def test_files_are_sent_as_small_as_the_browser_takes_them(browser: httpx.AsyncClient, built: Path) -> None:
    script = built / "assets" / "index-abc123.js"
    for suffix, content in (".br", b"br"), (".gz", gzip.compress(b"1")):
        script.with_name(script.name + suffix).write_bytes(content)
    for accepted, encoding in (
        ("gzip, deflate", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("identity", None),
        ("br;q=0", None),
    ):
        async with browser.stream("GET", "/assets/index-abc123.js", headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers.get("content-encoding") == encoding
            assert answer.headers["content-type"].startswith("text/javascript")
            assert answer.headers["vary"] == "Accept-Encoding"
            assert "immutable" in answer.headers["cache-control"]


async def test_the_worker_and_the_manifest_are_asked_for_every_time(browser: httpx.AsyncClient, built: Path) -> None:
    for name, media_type in ("sw.js", "text/javascript"), ("manifest.webmanifest", "application/manifest+json"):
        (built / name).write_text("{}")
        answer = await browser.get(f"/{name}")
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-type"].startswith(media_type)
        assert "worker-src 'self'" in answer.headers["content-security-policy"]
        assert "trusted-types summit-worker" in answer.headers["content-security-policy"]


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize(
    "path", ["/assets/gone.js", "/api/nothing", "/assets/../../pyproject.toml", "/..%2f..%2fetc/passwd"]
)
async def test_what_is_not_there_is_not_there(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 404 or "<title>here</title>" in answer.text
    assert "root:" not in answer.text


async def test_a_checkout_without_a_client_says_so(
    browser: httpx.AsyncClient, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "IN_CHECKOUT", built / "nowhere")
    page = await browser.get("/")
    assert page.status_code == 503
    assert "make setup" in page.text


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/scenarios", "/api/nothing"])
async def test_every_answer_carries_the_security_headers(browser: httpx.AsyncClient, path: str) -> None:
    headers = (await browser.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"


async def test_a_body_without_end_is_not_read(browser: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(200):
            yield b"x" * 1024

    assert (await browser.post("/api/games", content=b"x" * 100_000)).status_code == 413
    headers = {"Content-Type": "application/json"}
    assert (await browser.post("/api/games", content=endless(), headers=headers)).status_code == 413


async def test_a_wrong_field_is_named_and_not_echoed(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/api/games", json={"scenario": "vilnius-2023", "cast": "<b>", "kind": "open"})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["pointer"]) == ("malformed", "/cast")
    assert "<b>" not in answer.text


async def test_health_and_readiness(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/healthz")).json() == {"status": "ok"}
    assert (await browser.get("/readyz")).json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("wanted", "caller", "status"),
    [(False, "127.0.0.1", 200), (False, "192.168.1.20", 404), (True, "192.168.1.20", 200)],
)
async def test_metrics_are_for_this_machine_unless_everybody_may_read_them(
    wanted: bool, caller: str, status: int
) -> None:
    async with house(metrics=wanted) as home:
        transport = httpx.ASGITransport(create_app(home.services), client=(caller, 40_000))
        async with httpx.AsyncClient(transport=transport, base_url=home.address) as prometheus:
            answer = await prometheus.get("/metrics")
    assert answer.status_code == status
    assert ("summit_sockets" in answer.text) is (status == 200)


def test_every_setting_says_what_it_does() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_settings_are_listed_without_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_DATABASE_URL", "postgresql://anna:hunter2@db/summit")
    monkeypatch.setenv("COLUMNS", "200")
    cli.assemble()
    listed = CliRunner().invoke(cli.app, ["settings"]).output
    assert "SUMMIT_DATABASE_URL" in listed
    assert "hunter2" not in listed
