"""What every test can ask for: real servers, a browser, and the amount of random examples."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.fixtures.chromium import ARGUMENTS, find_chromium

pytest_plugins = ["tests.fixtures.postgres", "tests.fixtures.redis"]

# A test that asks for one of these needs the server or browser behind it; the marker then comes by itself.
MARKER_OF_FIXTURE = {"postgres_server": "postgres", "redis_server": "redis", "chromium_path": "browser"}

# Deterministic, so that a red test is red for everybody; `explore` looks for new examples on purpose.
settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=300, derandomize=True, deadline=None)
settings.register_profile(
    "explore", max_examples=2000, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test with what it needs. Parameters that choose a store at run time need the marker by hand."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if fixture in MARKER_OF_FIXTURE:
                item.add_marker(MARKER_OF_FIXTURE[fixture])


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser to drive. Its absence is a failure, not a skip: `make test` promises a real browser."""
    found = find_chromium()
    if found is None:
        pytest.fail("no Chromium on this machine: `make test` installs one, or name one with SUMMIT_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: Path) -> dict[str, Any]:
    """Makes pytest-playwright's `browser`, `context` and `page` use the browser there is."""
    return {**browser_type_launch_args, "executable_path": str(chromium_path), "args": list(ARGUMENTS)}
