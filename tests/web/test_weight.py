"""What the table's screen weighs on the line, in each language: a size, not a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.serving import ROOT, built_client

ASSETS = ROOT / "clients" / "web" / "dist" / "assets"
MOST = 170_000  # bytes, as gzip sends them over plain HTTP
LANGUAGES = ("en", "de", "fr", "uk")


def script(name: str) -> Path:
    (file,) = ASSETS.glob(f"{name}-*.js.gz")
    return file


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_of_the_table_is_light_in_every_language(language: str) -> None:
    built_client()
    parts = {name: script(name).stat().st_size for name in ("index", "table", language)}
    assert sum(parts.values()) <= MOST, parts
