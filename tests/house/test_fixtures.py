"""The servers that other tests lean on are what they claim to be, and can be taken away and given back."""

import subprocess
from pathlib import Path

import psycopg
import pytest
import redis
from playwright.async_api import Page, expect

from tests.fixtures.daemons import Daemon, DaemonFailed
from tests.fixtures.postgres import PostgresServer
from tests.fixtures.redis import RedisServer


def query(url: str, statement: bytes) -> object:
    """The first value of the first row."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement)
        cursor.set_result(-1)  # of the last statement, where there are several
        row = cursor.fetchone()
    assert row is not None
    return row[0]


def test_the_database_is_a_real_postgresql(postgres_url: str) -> None:
    assert "PostgreSQL 18" in str(query(postgres_url, b"SELECT version()"))


def test_each_test_gets_a_database_of_its_own(postgres_url: str, fresh_postgres_url: str) -> None:
    assert postgres_url != fresh_postgres_url
    assert query(fresh_postgres_url, b"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


@pytest.mark.slow
def test_committed_rows_are_there_after_postgresql_crashed(
    postgres_server: PostgresServer, fresh_postgres_url: str
) -> None:
    query(fresh_postgres_url, b"CREATE TABLE kept AS SELECT 42 AS value; SELECT value FROM kept")
    postgres_server.kill()
    with pytest.raises(psycopg.OperationalError):
        query(fresh_postgres_url, b"SELECT value FROM kept")
    postgres_server.start()
    assert query(fresh_postgres_url, b"SELECT value FROM kept") == 42


def test_redis_forgets_and_comes_back_on_its_port(redis_server: RedisServer, fresh_redis_url: str) -> None:
    client = redis.Redis.from_url(fresh_redis_url, socket_timeout=2)
    client.set("seat", "LTU")
    redis_server.kill()
    with pytest.raises(redis.ConnectionError):
        client.get("seat")
    redis_server.start()
    assert client.get("seat") is None
    client.close()


def test_the_browser_says_that_it_is_chromium(chromium_path: Path) -> None:
    said = subprocess.run([chromium_path, "--version"], capture_output=True, text=True, check=False).stdout
    assert "Chrom" in said


def test_a_daemon_that_dies_says_why() -> None:
    daemon = Daemon("broken")
    try:
        with pytest.raises(DaemonFailed, match=r"status 3[\s\S]*no seat left"):
            daemon.start(["sh", "-c", "echo no seat left; exit 3"], ready=lambda: False)
    finally:
        daemon.remove()


async def test_a_page_opens_in_the_browser(page: Page) -> None:
    await page.set_content("<main><h1>Vilnius</h1></main>")
    await expect(page.get_by_role("heading", name="Vilnius")).to_be_visible()
