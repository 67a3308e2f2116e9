"""Scenarios on disk: a folder of YAML files, read together into one `Scenario`.

Each file holds some of the scenario's keys; a key that stands in two files is a fault. `briefs/<SEAT>.md` are the
briefs of the seats.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from game_rules.briefs import parse_brief
from game_rules.scenario import Scenario


def load_scenario(path: Path) -> Scenario:
    """The scenario in the folder `path`.

    Raises ValueError (pydantic's ValidationError included) for what is not a scenario, OSError for what cannot be
    read.
    """
    data: dict[str, Any] = {}
    for file in sorted(path.glob("*.yaml")):
        for key, value in _read_yaml(file).items():
            if key in data:
                raise ValueError(f"{file.name}: {key!r} is given in another file already")
            data[key] = value
    for file in sorted((path / "briefs").glob("*.md")):
        seats = data.get("seats", {})
        if file.stem not in seats:
            raise ValueError(f"briefs/{file.name}: there is no seat {file.stem!r}")
        seats[file.stem]["brief"] = parse_brief(file.read_text(encoding="utf-8")).model_dump()
    return Scenario.model_validate(data)


def _read_yaml(file: Path) -> dict[str, Any]:
    loaded = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise ValueError(f"{file.name}: expected keys with values at the top")
    return loaded
