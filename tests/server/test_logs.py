"""What the logs say, and what they never say."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from server.logs import configure_logs
from server.settings import Settings

SECRET = "we would accept a date"


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """Leaves the process's logging as it was."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_failure_is_logged_with_its_place_and_without_what_was_at_hand(
    capsys: pytest.CaptureFixture[str], log_format: Literal["console", "json"]
) -> None:
    configure_logs(Settings(log_format=log_format))
    try:
        _fail(SECRET)
    except NameError:
        structlog.get_logger("test").exception("game.failed", incident="i1")
    logged = capsys.readouterr().err
    assert "i1" in logged
    assert "in _fail" in logged
    assert SECRET not in logged


def _fail(secret: str) -> None:
    raise NameError(f"a text of {len(secret)} characters")
