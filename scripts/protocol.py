"""What is generated of the protocol: the blocks of `docs/protocol.md`, and both interfaces as machine-readable files.

`docs/protocol.md` is written by hand around blocks between `<!-- generated: NAME -->` and `<!-- end: NAME -->`; here
the blocks are written anew and the words around them kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from game_rules.view.shape import View
from server.app import create_app
from server.services import Services
from server.settings import Settings
from server.ws import frames
from server.ws.connection import CODE_OF_GOODBYE

ROOT = Path(__file__).resolve().parent.parent
PAGE = "docs/protocol.md"
FRAMES = "docs/reference/frames.schema.json"
OPENAPI = "docs/reference/openapi.json"

BLOCK = re.compile(r"<!-- generated: (?P<name>[\w ]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)

Schema = dict[str, Any]


def pages() -> dict[str, str]:
    """The page and the two files, by their paths in the repository. Raises KeyError for a block of unknown name."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    return {
        PAGE: BLOCK.sub(_written, page),
        FRAMES: _json(frames_schema()),
        OPENAPI: _json(openapi()),
    }


def _written(block: re.Match[str]) -> str:
    name = block["name"]
    return f"<!-- generated: {name} -->\n{BLOCKS[name]()}\n<!-- end: {name} -->"


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


# --- frames -----------------------------------------------------------------------------------------------------------


def client_frames() -> tuple[type[BaseModel], ...]:
    """What a client may send."""
    return get_args(get_args(frames.ClientFrame)[0])


def server_frames() -> tuple[type[BaseModel], ...]:
    """What a server may send."""
    return get_args(get_args(frames.ServerFrame)[0])


def frames_schema() -> Schema:
    """One JSON Schema that any frame, either way, satisfies; each frame, command and part of a view is in `$defs`."""
    sent = models_json_schema([(frame, "validation") for frame in (*client_frames(), *server_frames())])[1]["$defs"]
    view = TypeAdapter(View).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    parts = view.pop("$defs")
    clash = sent.keys() & parts.keys()
    assert not clash, f"frames and views both have {sorted(clash)}"
    sent["ViewFrame"]["properties"]["view"] = {"$ref": "#/$defs/View"}
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": "Frames of the Vilnius Summit WebSocket",
        "oneOf": [{"$ref": f"#/$defs/{frame.__name__}"} for frame in (*client_frames(), *server_frames())],
        "$defs": {name: _without_titles(one) for name, one in sorted({**sent, **parts, "View": view}.items())},
    }


def _without_titles(node: Any) -> Any:
    """The schema without the titles that pydantic makes of field names; a field called `title` stays."""
    if isinstance(node, list):
        return [_without_titles(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {key: _without_titles(one) for key, one in node.items() if not (key == "title" and isinstance(one, str))}


def _schemas(models: tuple[type[BaseModel], ...]) -> str:
    definitions = frames_schema()["$defs"]
    return "\n\n".join(_schema_of(model, definitions[model.__name__]) for model in models)


def _schema_of(model: type[BaseModel], schema: Schema) -> str:
    description = schema.get("description", "")
    bare = {key: value for key, value in schema.items() if key != "description"}
    if model is frames.CommandFrame:
        # The union of all commands fills a page of its own.
        bare["properties"] = {**bare["properties"], "command": {"description": "one of reference/commands.md"}}
    kind = get_args(model.model_fields["type"].annotation)[0]
    return "\n".join(
        (f"#### `{kind}`", "", *([description, ""] if description else []), "```json", _short(bare), "```")
    )


def _short(schema: Schema) -> str:
    """The schema with one line for each property."""
    properties = schema.pop("properties")
    lines = [f"    {json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in properties.items()]
    rest = "".join(f",\n  {json.dumps(key)}: {json.dumps(value)}" for key, value in schema.items())
    return '{\n  "properties": {\n' + ",\n".join(lines) + "\n  }" + rest + "\n}"


def _goodbyes() -> str:
    rows = (f"| `{word}` | {code} |" for word, code in CODE_OF_GOODBYE.items())
    return "\n".join(("| `goodbye` | close code |", "|---|---|", *rows))


def _operation() -> str:
    return f"```json\n{_short(dict(frames_schema()['$defs']['Operation']))}\n```"


# --- HTTP -------------------------------------------------------------------------------------------------------------


def openapi() -> Schema:
    """The HTTP interface as the server describes it. No server runs for it."""
    services = cast(Services, SimpleNamespace(settings=Settings()))
    return create_app(services).openapi()


def _routes() -> str:
    described = openapi()
    rows = [
        f"| `{method.upper()} {path}` | {_first_sentence(route)} | {_body(route)} | {_answer(route)} |"
        for path, methods in described["paths"].items()
        for method, route in methods.items()
    ]
    return "\n".join(("| | what it does | takes | gives |", "|---|---|---|---|", *rows))


def _first_sentence(route: Mapping[str, Any]) -> str:
    text = " ".join(route.get("description", route["summary"]).split())
    return text.partition(". ")[0].rstrip(".")


def _body(route: Mapping[str, Any]) -> str:
    body = _model(route.get("requestBody", {}))
    asked = [f"`?{one['name']}`" for one in route.get("parameters", ()) if one["in"] == "query"]
    return " ".join((*([f"`{body}`"] if body else []), *asked)) or "-"


def _answer(route: Mapping[str, Any]) -> str:
    status, answer = next((status, one) for status, one in route["responses"].items() if status.startswith("2"))
    model = _model(answer)
    return f"{status} `{model}`" if model else str(status)


def _model(holder: Mapping[str, Any]) -> str:
    """The name of the model in a body or answer; empty when there is none."""
    schema = holder.get("content", {}).get("application/json", {}).get("schema", {})
    inner = schema.get("items", schema)
    name = str(inner.get("$ref", "")).rpartition("/")[2]
    return f"[{name}]" if name and inner is not schema else name


BLOCKS: Mapping[str, Callable[[], str]] = {
    "routes": _routes,
    "client frames": lambda: _schemas(client_frames()),
    "server frames": lambda: _schemas(server_frames()),
    "operation": _operation,
    "goodbyes": _goodbyes,
}
