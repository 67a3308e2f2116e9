"""The JSON Schema that editors complete scenarios with agrees with what the models take."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "reference" / "scenario.schema.json"
OURS = sorted((ROOT / "scenarios").glob("*/*.yaml"))
TINY = sorted((Path(__file__).parent / "tiny").glob("*.yaml"))


def validated(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_every_file_of_our_scenarios_is_valid() -> None:
    done = validated(*OURS, *TINY)
    assert done.returncode == 0, done.stdout


def test_a_slip_is_shown_in_the_editor(tmp_path: Path) -> None:
    slip = tmp_path / "slip.yaml"
    slip.write_text("red_lines:\n  - {id: x, titel: A line, sentence: S, lifted_by: L, section: I, crossed_when: {}}\n")
    assert "titel" in validated(slip).stdout


@pytest.mark.parametrize("file", OURS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_each_file_says_where_its_schema_is(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (file.parent / first.partition("=")[2]).resolve() == SCHEMA
