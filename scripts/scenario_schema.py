"""Generates `docs/reference/scenario.schema.json`: what editors complete in a scenario's YAML files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from game_rules.scenario import Scenario

PATH = "docs/reference/scenario.schema.json"


def pages() -> Mapping[str, str]:
    """The JSON Schema of one file of a scenario.

    It is the scenario's own but for two things: a file holds some of the keys, so none is required at the top; and a
    seat's id and brief come from its key and from `briefs/`, so they are not written.
    """
    schema: dict[str, Any] = Scenario.model_json_schema(by_alias=True)
    schema.pop("required")
    schema["title"] = "A file of a scenario"
    schema["description"] = "Issues, seats, scores and the rest; every YAML file of the folder holds some of the keys."
    seat = schema["$defs"]["Seat"]
    for key in ("id", "brief"):
        del seat["properties"][key]
    seat["required"].remove("id")
    _take_out_unused(schema)
    for node, key in (("HeldBy", "holder"), ("SignedBy", "signed")):
        _one_or_many(schema["$defs"][node]["properties"], key)
    header = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {PATH: json.dumps({**header, **schema}, indent=2, ensure_ascii=False) + "\n"}


def _take_out_unused(schema: dict[str, Any]) -> None:
    for name in ("Aim", "Brief"):
        del schema["$defs"][name]


def _one_or_many(properties: dict[str, Any], key: str) -> None:
    """`holder: HUN` may stand for `holder: [HUN]`: the model takes both, and says only the second of itself."""
    many = properties[key]
    properties[key] = {"title": many.pop("title"), "anyOf": [{"type": "string"}, many]}
