"""The fields of a pydantic model as a table for people: name, what it holds, what it is when left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import BaseModel

Schema = Mapping[str, Any]

OPAQUE = {"Scenario": "the whole scenario"}
"""Models that are named in a table instead of being spelled out."""


def table(model: type[BaseModel], texts: Iterable[str] = ()) -> str:
    """A Markdown table of the fields but `type`; a sentence when there are none. `texts` hold free text."""
    schema = model.model_json_schema()
    rows = [_row(schema, name, name in texts) for name in model.model_fields if name != "type"]
    if not rows:
        return "No fields."
    return "\n".join(("| field | holds | left out |", "|---|---|---|", *rows))


def _row(schema: Schema, name: str, is_text: bool) -> str:
    field = schema["properties"][name]
    holds = described(field, schema)
    if is_text:
        # A command carries the text itself, an event the id of one.
        holds = f"free {holds}" if holds.startswith("text") else holds.replace("string", "text id")
    left_out = "-" if name in schema.get("required", ()) else shown(field.get("default"))
    return f"| `{name}` | {holds} | {left_out} |"


def shown(default: Any) -> str:
    if default is None:
        return "nothing"
    if isinstance(default, bool):
        return "yes" if default else "no"
    if default in ([], {}):
        return "none"
    return f"`{default}`"


def described(field: Schema, root: Schema) -> str:
    """What a field holds, in words. Raises ValueError for a schema that nobody has put into words yet."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return OPAQUE[name] if name in OPAQUE else described(root["$defs"][name], root)
    if "oneOf" in field:
        return " or ".join(described(one, root) for one in field["oneOf"])
    if "anyOf" in field:
        kinds = [described(one, root) for one in field["anyOf"] if one.get("type") != "null"]
        return " or ".join((*kinds, "nothing") if len(kinds) < len(field["anyOf"]) else kinds)
    if "const" in field or "enum" in field:
        return " · ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    kind = str(field.get("type"))
    if kind not in _IN_WORDS:
        raise ValueError(f"no words for {dict(field)}")
    return _IN_WORDS[kind](field, root)


def _string(field: Schema, root: Schema) -> str:
    most = field.get("maxLength")
    if "pattern" in field and most == 64:
        return "id"
    if most is not None and most >= 60 and "pattern" not in field:
        return f"text, at most {most:,} characters"
    return "string"


def _array(field: Schema, root: Schema) -> str:
    if "prefixItems" in field:
        return "(" + ", ".join(described(one, root) for one in field["prefixItems"]) + ")"
    most = f", at most {field['maxItems']}" if "maxItems" in field else ""
    return f"list of {described(field['items'], root)}{most}" if field.get("items") else f"list{most}"


def _object(field: Schema, root: Schema) -> str:
    values = [field.get("additionalProperties"), *field.get("patternProperties", {}).values()]
    described_values = [described(one, root) for one in values if isinstance(one, dict)]
    return f"map of id → {described_values[0]}" if described_values else "object"


_IN_WORDS: Mapping[str, Callable[[Schema, Schema], str]] = {
    "string": _string,
    "array": _array,
    "object": _object,
    "integer": lambda field, root: "whole number",
    "number": lambda field, root: "number",
    "boolean": lambda field, root: "yes or no",
}
