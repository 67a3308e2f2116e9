"""Pages for people name things that are there: links resolve, paths and names in code spans exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
TODAY = [page for page in WRITTEN if page.parent.name not in ("decisions", "reference")]
"""Pages that speak of the code as it is; a decision speaks of the code of its day."""

FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"^(?:\.ci|[\w-]+)(?:/[\w.\-]+)+/?$|^[\w-]+\.(?:md|toml|yml)$|^Makefile$|^Dockerfile$|^[\w-]+/$")
NAMED = re.compile(r"^([\w\-/]+\.(?:py|ts)):(\w+)$")
NOT_OURS = re.compile(r"^(?:application|text)/|^g/|^var/|^HOST|^reference/")


def of(pages: list[Path] | tuple[Path, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", pages, ids=[str(page.relative_to(ROOT)) for page in pages])


@of(WRITTEN)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(FENCED.sub("", document.read_text())):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if file.parent == ROOT / "docs" / "images":
            continue  # pictures are taken by the browser tests
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    """The anchors that a reader's Markdown gives to headings."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@of(TODAY)
def test_paths_exist(document: Path) -> None:
    text = FENCED.sub("", document.read_text())
    paths = [code for code in CODE.findall(text) if PATH.match(code) and not NOT_OURS.match(code)]
    # A path is the repository's, or, as links are, relative to the page.
    missing = [path for path in paths if not (ROOT / path).exists() and not (document.parent / path).exists()]
    assert missing == []


@of(TODAY)
def test_names_are_defined_where_a_page_says(document: Path) -> None:
    named = (match.groups() for code in CODE.findall(document.read_text()) if (match := NAMED.match(code)))
    assert [f"{path}:{name}" for path, name in named if not defines(ROOT / path, name)] == []


def defines(file: Path, name: str) -> bool:
    """Whether a Python or TypeScript file defines it: function, method, class, constant or type."""
    definition = rf"^(?:export )?(?:\s*(?:async )?(?:def|class|function|type|const) )?{name}\b(?=\s*[=(:\[])"
    return file.is_file() and re.search(definition, file.read_text(), re.MULTILINE) is not None
