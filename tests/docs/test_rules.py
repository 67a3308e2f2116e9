"""The rulebook: every rule is in it, every row of its tables says something, and it fits on four pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.async_api import Page

from scripts import rule_table
from scripts.rule_table import BRIEF, RULES, Cited, Point, Rule, cited
from tests.rules.harness import vilnius

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK, TABLES = (ROOT / rule_table.PAGE).read_text(encoding="utf-8").split("<!-- The rulebook ends here;")

ROWS = pytest.mark.parametrize(("number", "rule"), RULES.items(), ids=RULES.keys())
POINTS = pytest.mark.parametrize(("key", "point"), BRIEF.items(), ids=BRIEF.keys())
PROVED = {marker: cited(marker) for marker in ("rule", "brief")}
SECTIONS = {"1": 7, "2": 6, "3": 3, "4": 8, "5": 4, "6": 5, "7": 3, "8": 10, "9": 5}
"""How many rules each section has; section 10 is one."""


def test_no_rule_is_missing() -> None:
    counted = [f"{section}.{rule}" for section, count in SECTIONS.items() for rule in range(1, count + 1)]
    assert list(RULES) == [*counted, "10"]


@ROWS
def test_the_rulebook_tells_each_rule(number: str, rule: Rule) -> None:
    assert f"({number})" in RULEBOOK


@ROWS
def test_each_rule_is_proved_by_tests(number: str, rule: Rule) -> None:
    assert PROVED["rule"].get(number), f"no test has the marker rule({number!r})"


@ROWS
def test_each_rules_code_cites_it(number: str, rule: Rule) -> None:
    cites = re.compile(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)")
    assert [module for module in rule.modules if not cites.search((ROOT / module).read_text("utf-8"))] == []


def test_tests_prove_rules_that_there_are() -> None:
    assert PROVED["rule"].keys() <= {*RULES, "11", "12"}, "bots and analysis have no row here"
    assert PROVED["brief"].keys() <= BRIEF.keys()


def test_only_tests_say_that_they_prove_something() -> None:
    """A marker on a helper would be counted nowhere."""
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("test_"):
                marks = [ast.unparse(one) for one in node.decorator_list]
                assert not any(one.startswith(("pytest.mark.rule", "pytest.mark.brief")) for one in marks), path


@POINTS
def test_each_point_of_the_brief_is_encoded_and_proved(key: str, point: Point) -> None:
    assert point.rules
    assert set(point.rules) <= RULES.keys()
    assert point.data
    assert [name for name in point.data if not in_the_scenario(name)] == []
    assert PROVED["brief"].get(key), f"no test has the marker brief({key!r})"


def in_the_scenario(name: str) -> bool:
    scenario = vilnius()
    kind, _, identifier = name.partition(":")
    issue, _, option = identifier.partition("=")
    options = {one.id: (*one.option_ids, "") for one in scenario.issues}
    known = {
        "red_line": [line.id for line in scenario.red_lines],
        "deal": [deal.id for deal in scenario.deals],
        "complement": [complement.id for complement in scenario.complements],
        "score": [score.id for score in scenario.scores],
        "figure": [figure.id for figure in scenario.figures],
        "mark": [mark.id for mark in scenario.benchmark.checklist],
        "outcome": [outcome.id for outcome in scenario.world_outcomes],
        "shift": [shift.id for shift in scenario.aftermath.shifts],
        "structural_rule": [rule.id for rule in scenario.structural_rules],
    }
    return option in options.get(issue, ()) if kind == "issue" else identifier in known[kind]


def test_each_test_that_the_page_cites_is_there() -> None:
    for file, names in re.findall(r"`(tests/[\w/.]+\.py)`: (\w+(?:, \w+)*)", TABLES):
        source = (ROOT / file).read_text("utf-8")
        assert [name for name in names.split(", ") if f"def {name}(" not in source] == []


MARKED = """
import pytest
pytestmark = [pytest.mark.slow, pytest.mark.rule("1.1")]

@pytest.mark.rule("2.1")
@pytest.mark.parametrize("one", [pytest.param(1, marks=pytest.mark.rule("2.2"))])
def test_a(one: int) -> None: ...

@pytest.mark.rule("3.1")
class TestB:
    async def test_c(self) -> None: ...

def helper() -> None: ...
"""


def test_marks_count_on_functions_classes_and_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(MARKED)
    monkeypatch.setattr(rule_table, "ROOT", tmp_path)
    a, c = Cited("tests/test_it.py", "test_a"), Cited("tests/test_it.py", "test_c")
    assert cited("rule") == {"1.1": [a, c], "2.1": [a], "2.2": [a], "3.1": [c]}


PRINTED = """
<!doctype html><meta charset="utf-8"><style>
@page { size: A4; margin: 18mm 20mm }
body { font: 11pt/1.35 serif }
h1, h2 { font-family: sans-serif; margin: 1em 0 0.4em } h1 { font-size: 18pt } h2 { font-size: 13pt }
p, ul { margin: 0.4em 0 } li { margin: 0.2em 0 } table { border-collapse: collapse; margin: 0.4em 0 }
td, th { border-bottom: 1px solid; padding: 0.15em 0.6em; text-align: left }
</style>
"""


async def test_the_rulebook_prints_on_four_pages(page: Page) -> None:
    await page.set_content(PRINTED + MarkdownIt("commonmark").enable("table").render(RULEBOOK))
    pdf = await page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
