"""docs/architecture.md is true: its diagram draws the imports there are, its table lists the folders there are.

The table of tests in CONTRIBUTING.md is held to the same.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text()

NODE = re.compile(r'(\w+)\["([^"]+)"\]')
ARROW = re.compile(r'(\w+)(?:\["[^"]+"\])? --> (\w+)')

Imports = set[tuple[str, str]]


@pytest.fixture(scope="module")
def diagram() -> str:
    found = re.search(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def nodes(diagram: str) -> dict[str, tuple[str, ...]]:
    """What each node stands for, as names of modules or packages."""
    titled = {name: title for name, title in NODE.findall(diagram) if name not in ("shell", "rules")}
    return {
        name: tuple(path.removesuffix(".py").replace("/", ".") for path in title.split("<br>"))
        for name, title in titled.items()
    }


@pytest.fixture(scope="module")
def drawn(diagram: str) -> Imports:
    return set(ARROW.findall(diagram))


@pytest.fixture(scope="module")
def real(nodes: dict[str, tuple[str, ...]]) -> Imports:
    """The imports between nodes, those for the type checker alone left out."""
    graph = grimp.build_graph("game_rules", "server", exclude_type_checking_imports=True, cache_dir=None)

    def node_of(module: str) -> str | None:
        return next(
            (name for name, held in nodes.items() if any(f"{module}.".startswith(f"{one}.") for one in held)), None
        )

    found = {
        (node_of(importer), node_of(imported))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    }
    return {(importer, imported) for importer, imported in found if importer and imported and importer != imported}


def followed(arrows: Imports) -> Imports:
    """The arrows and everything that can be reached along several of them."""
    reached = set(arrows)
    while more := {(a, d) for a, b in reached for c, d in arrows if b == c} - reached:
        reached |= more
    return reached


def test_every_node_is_there(nodes: dict[str, tuple[str, ...]]) -> None:
    modules = grimp.build_graph("game_rules", "server", cache_dir=None).modules
    assert [one for held in nodes.values() for one in held if one not in modules] == []


def test_every_arrow_is_an_import(drawn: Imports, real: Imports) -> None:
    assert sorted(drawn - real) == []


def test_every_import_is_an_arrow_or_follows_from_arrows(drawn: Imports, real: Imports) -> None:
    assert sorted(real - followed(drawn)) == []


def test_no_arrow_is_superfluous(drawn: Imports) -> None:
    superfluous = [arrow for arrow in drawn if arrow in followed(drawn - {arrow})]
    assert sorted(superfluous) == []


def test_the_arrows_agree_with_the_import_contracts(drawn: Imports, nodes: dict[str, tuple[str, ...]]) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    height = {package: -place for place, package in enumerate(layers)}

    def layer(node: str) -> int:
        return height[nodes[node][0].partition(".")[0]]

    assert [(importer, imported) for importer, imported in drawn if layer(importer) < layer(imported)] == []


def test_the_table_of_tests_is_complete() -> None:
    listed = set(re.findall(r"^\| `tests/(\w+)/` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE))
    files = subprocess.run(
        ["git", "ls-files", "tests"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert listed == {file.split("/")[1] for file in files if file.count("/") > 1}


def test_the_table_of_folders_is_complete() -> None:
    chapter = PAGE.partition("## The folders")[2]
    listed = set(re.findall(r"^\| `([\w.]+)/` \|", chapter, re.MULTILINE))
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert listed == {file.partition("/")[0] for file in files if "/" in file}
