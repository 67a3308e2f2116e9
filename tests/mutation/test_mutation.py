"""That `make mutate` makes the mistakes it says, and tells a test that notices one from a test that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator

from tests.mutation import mutants as making
from tests.mutation.__main__ import SCORING, Result, apart, drawn, share, source_files, wilson
from tests.mutation.mutants import ROOT, Mutant, mutants, statement_lines
from tests.mutation.operators import ForgetArgument, ForgetCall, SwapMembership, operators
from tests.mutation.trial import AT_IMPORT, Survey, Verdict, fitting, try_mutant


@pytest.mark.parametrize("operator", [SwapMembership, ForgetCall, ForgetArgument])
def test_our_operators_do_what_their_examples_show(operator: type[Operator]) -> None:
    for example in operator.examples():
        mutated = mutate_code(example.pre_mutation_code, operator(), example.occurrence)
        assert mutated == example.post_mutation_code


@pytest.mark.parametrize(
    ("source", "operator", "found"),
    [
        pytest.param("def f(a: 'int | None') -> int | None: ...", "BitOr_BitAnd", 0, id="annotations are for mypy"),
        pytest.param("Wish = Command | Event", "BitOr_BitAnd", 0, id="so are unions of types"),
        pytest.param("held = held | {seat}", "BitOr_BitAnd", 1, id="sets are not"),
        pytest.param("class C(M):\n    n: int = Field(ge=3)", "NumberReplacer", 2, id="a field's bound is a rule"),
        pytest.param("class C(M):\n    n: Annotated[int, Field(ge=3)]", "NumberReplacer", 2, id="wherever it stands"),
        pytest.param("@lru_cache(maxsize=8)\ndef f(): ...", "RemoveDecorator", 0, id="what is kept is only quicker"),
        pytest.param("@act('talk')\ndef f(): ...", "RemoveDecorator", 1, id="a kind of act is a rule"),
        pytest.param("@dataclass(frozen=True)\nclass C: ...", "ReplaceTrueWithFalse", 0, id="frozen is for mypy"),
    ],
)
def test_what_no_test_could_tell_is_no_mutant(
    source: str, operator: str, found: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(making, "ROOT", tmp_path)
    assert sum(operator in mutant.operator for mutant in mutants(["rules.py"])) == found


def test_a_sample_is_the_same_for_a_seed_and_all_of_it_is_python() -> None:
    every = mutants(source_files("game_rules/terms.py"))
    assert drawn(every, 10, seed=1) == drawn(every, 10, seed=1) != drawn(every, 10, seed=2)
    assert all(mutant.compiles() for mutant in drawn(every, 10, seed=1))


def test_every_operator_is_one_that_cosmic_ray_has_or_ours() -> None:
    assert len(operators()) == len(set(operators()))
    assert [file for place in SCORING for file in source_files(place)]


def test_the_lines_of_a_statement_are_its_own() -> None:
    lines = statement_lines("if a:\n    b(\n        c,\n    )\nelse:\n    d\n")
    assert (lines[1], lines[3], lines[6]) == (range(1, 2), range(2, 5), range(6, 7))


def test_the_quickest_test_that_reaches_the_line_comes_first() -> None:
    found = Survey({"slow": 2.0, "quick": 0.1, "red": 0.0}, {"red"}, {"f": {3: ["slow", "quick", "red"], 9: ["other"]}})
    assert fitting(found, "f", [3, 4]) == ["quick", "slow"]
    assert fitting(found, "f", [7]) == []


def test_what_ran_at_import_may_be_noticed_by_whoever_reaches_the_file() -> None:
    found = Survey({}, set(), {"f": {3: [AT_IMPORT], 9: ["other"]}})
    assert fitting(found, "f", [3]) == ["other"]
    of_shapes_alone = Survey({"any": 1.0}, set(), {"f": {3: [AT_IMPORT]}})
    assert fitting(of_shapes_alone, "f", [3]) == ["any"]


def test_the_interval_is_wilsons() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20."""
    for hits, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)):
        assert wilson(hits, of) == pytest.approx((low, high), abs=0.0001)


def test_a_mutant_that_hangs_is_noticed_and_one_that_nobody_reaches_is_not() -> None:
    mutant = Mutant("f", "AddNot", 0, 1)
    results = [Result(mutant, "hung", 1, 1.0), Result(mutant, "unreached", 0, 0.0)]
    assert share(results)[0] == 0.5


# --- in a process of its own

DRAFTING = "game_rules/procedures/drafting.py"


def tried(source: str, tests: list[str]) -> Verdict:
    path = str(ROOT / DRAFTING)
    verdict = apart(try_mutant, 120, "game_rules.procedures.drafting", path, source, tests)
    assert isinstance(verdict, Verdict)
    return verdict


@pytest.mark.slow
def test_a_mistake_is_noticed_by_the_test_it_breaks_and_nothing_else_by_none() -> None:
    source = (ROOT / DRAFTING).read_text(encoding="utf-8")
    tests = [test for test in drafting_tests() if "withdraw" in test]
    assert tests
    assert tried(source, tests).status == 0
    wrong = tried(source.replace("open=False", "open=True"), tests)
    assert wrong.status == 1
    assert wrong.killer in tests
    assert (ROOT / DRAFTING).read_text(encoding="utf-8") == source


def drafting_tests() -> list[str]:
    """The tests of drafting that take no parameters, by name."""
    source = (ROOT / "tests/rules/test_drafting.py").read_text(encoding="utf-8")
    names = [line[4:].partition("(")[0] for line in source.splitlines() if line.startswith("def test_")]
    return [f"tests/rules/test_drafting.py::{name}" for name in names]
