"""`summit evaluate` over every consistent package of the quick cast's open issues, against the whole space at once.

Three evaluations meet here, package by package: the exact one that games are scored with, as the command line gives
it; the vectorised one of the analysis; and, for the scores, the plain reading of the research that the tests of the
scenario keep.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from game_rules.analysis.outcome_space import OutcomeSpace
from game_rules.analysis.valuation import Valuation, valuation
from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import Scenario
from server.cli.evaluate import Reader, stream
from tests.scenarios.vilnius.plain_model import PlainModel

SETTLED = frozenset({"sd_tur_swe", "sd_hun_eu_funds"})


def evaluated(vilnius: Scenario, space: OutcomeSpace, deals: frozenset[str]) -> Iterator[dict[str, Any]]:
    """What `summit evaluate vilnius-2023 --draft -` says of each package, in the order of the space."""
    lines = (json.dumps({"draft": space.options(row), "deals": sorted(deals)}).encode() for row in range(len(space)))
    reader = Reader(vilnius, Evaluator(vilnius))
    return map(json.loads, stream(reader, Circumstances(), lines))


def objections(valued: Valuation, row: int) -> dict[str, list[str]]:
    found = {
        seat: [reason for reason, truths in grounds.items() if truths[row]] for seat, grounds in valued.grounds.items()
    }
    return {seat: reasons for seat, reasons in found.items() if reasons}


@pytest.mark.slow
@pytest.mark.rule("2.1", "6.1", "8.10")
@pytest.mark.parametrize("deals", [frozenset(), SETTLED], ids=["no deal", "Sweden and Hungary settled"])
def test_the_command_line_the_vectors_and_the_pages_agree_on_every_package(
    vilnius: Scenario, quick_space: OutcomeSpace, deals: frozenset[str]
) -> None:
    """All thirty-one allies look at each of the quick cast's packages."""
    valued = valuation(replace(quick_space, cast=None), Circumstances(deals=deals))
    assert len(valued.allies) == 31
    said = 0
    for row, answer in enumerate(evaluated(vilnius, quick_space, deals)):
        plain = PlainModel(quick_space.options(row), war="undecided", deals=set(deals), complements=[], breaks=0)
        assert answer["consistent"], quick_space.options(row)
        assert answer["objects"] == objections(valued, row) == plain.objects()
        assert answer["accession_blockers"] == float(plain.blockers())
        assert {name: score["value"] for name, score in answer["scores"].items()} == {
            name: float(round(value, 1)) for name, value in plain.scores().items()
        }
        assert answer["brief_minimum"] == plain.brief_minimum()
        said += 1
    assert said == len(quick_space) == 2600
