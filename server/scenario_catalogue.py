"""The scenarios that can be played here: those that come with the server, and those of the operator's own folder."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from game_rules.scenario import Scenario
from server.scenario_files import Translation, load_scenario, load_translations
from server.settings import CHECKOUT

PACKAGED = Path(__file__).parent / "_scenarios"


class ScenarioUnknown(Exception):
    """There is no scenario of that name."""


def scenario_folders(own: Path | None) -> Mapping[str, Path]:
    """Each scenario's folder by its slug; one of the operator's own stands in for one of ours."""
    shipped = PACKAGED if PACKAGED.is_dir() else CHECKOUT / "scenarios"
    found: dict[str, Path] = {}
    for parent in filter(None, (shipped, own)):
        for file in sorted(parent.glob("*/scenario.yaml")):
            found[file.parent.name] = file.parent
    return found


class Catalogue:
    """Loads each scenario once. A faulty one is an error when the server starts, not in the middle of a class."""

    def __init__(self, own: Path | None) -> None:
        self._folders = scenario_folders(own)

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self._folders)

    def get(self, slug: str) -> Scenario:
        """Raises ScenarioUnknown, and what `load_scenario` raises for a faulty one."""
        return _loaded(self._folder(slug))

    async def translation(self, slug: str, language: str) -> Translation:
        """Of a scenario as it is offered now, empty where nobody has translated it. Raises ScenarioUnknown."""
        known = await asyncio.to_thread(_translated, self._folder(slug))
        return known.get(language, Translation(language, {}))

    def _folder(self, slug: str) -> Path:
        try:
            return self._folders[slug]
        except KeyError:
            raise ScenarioUnknown(slug) from None

    async def load_all(self) -> None:
        for slug in self.slugs:
            await asyncio.to_thread(self.get, slug)


@lru_cache(maxsize=16)
def _loaded(folder: Path) -> Scenario:
    return load_scenario(folder)


@lru_cache(maxsize=16)
def _translated(folder: Path) -> dict[str, Translation]:
    return load_translations(folder)
