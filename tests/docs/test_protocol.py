"""docs/protocol.md: its examples are frames, its tables leave nothing out, its schemas fit."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, text_ids, view
from scripts import protocol
from server.access import TICKET_SECONDS
from server.protection import BODY_BYTES
from server.ws import connection, frames
from tests.rules.harness import FACILITATOR, everybody_seated, given, in_phase, tabled, under_silence

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text()
EXAMPLES = PAGE.partition("## Examples")[2].partition("## Schemas")[0]


def examples(heading: str) -> list[Any]:
    chapter = EXAMPLES.partition(heading)[2]
    if heading.startswith("From client"):
        chapter = chapter.partition("From server")[0]
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", chapter, re.DOTALL)]


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema of all frames, ready to validate."""
    schema = json.loads((ROOT / protocol.FRAMES).read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return validator(schema)


@pytest.mark.parametrize("example", examples("From client to server"), ids=lambda example: example["type"])
def test_an_example_is_a_frame_that_the_server_reads(example: Any, schema: Any) -> None:
    frames.parse(json.dumps(example))
    schema.validate(example)


@pytest.mark.parametrize("example", examples("From server to client"), ids=lambda example: example["type"])
def test_an_example_is_a_frame_that_the_server_may_send(example: Any, schema: Any) -> None:
    frames.SERVER_FRAMES.validate_python(example)
    schema.validate(example)


@pytest.mark.parametrize(
    "viewer", [SPECTATOR, member_viewer("m-HUN", "HUN"), facilitator_viewer(FACILITATOR.id)], ids=lambda one: one.kind
)
def test_a_real_view_fits_the_schema(viewer: Any, schema: Any) -> None:
    state = given(everybody_seated(), in_phase("council_1"), tabled(), under_silence()).state
    seen = json.loads(json.dumps(view(state, viewer)))
    frame = {"type": "view", "stream": "s", "view": seen, "texts": dict.fromkeys(text_ids(seen), "words")}
    schema.validate(frame)


def test_every_frame_has_a_schema_on_the_page() -> None:
    headings = re.findall(r"^#### `(\w+)`$", PAGE, re.MULTILINE)
    models = (*protocol.client_frames(), *protocol.server_frames())
    kinds = [model.model_json_schema()["properties"]["type"]["const"] for model in models]
    assert headings == kinds


def test_every_answer_to_a_command_is_explained() -> None:
    answers = {
        frame.model_json_schema()["properties"]["type"]["const"]
        for frame in protocol.server_frames()
        if "command_id" in frame.model_fields
    }
    table = PAGE.partition("| answer |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == answers


def test_every_close_code_is_explained() -> None:
    source = Path(connection.__file__).read_text()
    codes = {int(code) for code in re.findall(r"^[A-Z_]+: Final = (\d{4})$", source, re.MULTILINE)}
    assert codes
    explained = PAGE.partition("| close code | why |")[2].partition("\n\n")[0]
    assert {int(code) for code in re.findall(r"^\| (\d{4}) \|", explained, re.MULTILINE)} == codes


@pytest.mark.parametrize(
    "words",
    [
        f"{frames.FRAME_CHARACTERS:,} characters",
        f"for {TICKET_SECONDS} seconds",
        f"{connection.OUTBOX_FRAMES} frames or {connection.OUTBOX_CHARACTERS // 1024} kB",
        f"over {BODY_BYTES // 1024} kB",
    ],
)
def test_the_page_names_the_bounds_there_are(words: str) -> None:
    assert words in PAGE


def test_every_error_code_of_http_is_explained() -> None:
    source = (ROOT / "server" / "routes" / "errors.py").read_text()
    codes = set(re.findall(r'error\(\d{3}, "([\w.]+)"', source)) | set(re.findall(r'\d{3}: "(\w+)"', source))
    table = PAGE.partition("| status | `code` |")[2].partition("\n\n")[0]
    assert {code for code in codes if f"`{code}`" not in table} == set()


def test_every_route_is_in_the_table() -> None:
    table = PAGE.partition("<!-- generated: routes -->")[2].partition("<!-- end: routes -->")[0]
    routes = {f"{method.upper()} {path}" for path, methods in protocol.openapi()["paths"].items() for method in methods}
    assert {route for route in routes if f"`{route}`" not in table} == set()
