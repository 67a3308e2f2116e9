"""The scenario against a second, plain reading of the same research, on random packages and circumstances."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import SignedComplement
from tests.scenarios.vilnius.plain_model import ALLIES, ORDERS, WORLDS, PlainModel

EXAMPLES = json.loads((Path(__file__).parent / "vilnius" / "worked_examples.json").read_text(encoding="utf-8"))
BATCHES, PACKAGES_IN_A_BATCH = 8, 150
COMPLEMENTS = (
    "contact_group_permanent",
    "core_group",
    "tra_language",
    "eu_accelerated",
    "us_concurrent_resolution",
    "us_mnna",
    "israel_model",
)


def random_draft(chance: random.Random) -> dict[str, str]:
    """Any package, or a worked example with a few issues changed: most of those are consistent."""
    if chance.random() < 0.4:
        return {issue: chance.choice(options) for issue, options in ORDERS.items()}
    draft = dict(chance.choice(EXAMPLES)["draft"])
    for issue in chance.sample(list(ORDERS), chance.randint(0, 5)):
        draft[issue] = chance.choice(ORDERS[issue])
    return draft


def random_complement(name: str, chance: random.Random) -> dict[str, Any]:
    """A complement with many, few or just the needed signers."""
    everybody = [*ALLIES, "UKR", "SWE", "EU"]
    signers = chance.sample(everybody, chance.choice((1, 3, 6, 20, 25, len(everybody))))
    signers += [seat for seat in ("USA", "GBR", "FRA", "POL", "UKR") if chance.random() < 0.8]
    complement: dict[str, Any] = {"name": name, "signers": sorted(set(signers))}
    if name == "israel_model" and chance.random() < 0.8:
        complement["mode"] = chance.choice(("bilateral", "multilateral"))
    if chance.random() < 0.6:
        complement["congress"] = chance.random() < 0.7
    if chance.random() < 0.3:
        complement["status"] = "framework"
    if name in ("tra_language", "israel_model") and chance.random() < 0.3:
        complement["defence"] = True
    return complement


def random_circumstances(deals: list[str], chance: random.Random) -> dict[str, Any]:
    """A world, signed deals and complements, adoption and broken silences."""
    return {
        "war": chance.choice(list(WORLDS)),
        "deals": {deal for deal in deals if chance.random() < chance.choice((0.1, 0.5, 0.9))},
        "complements": [random_complement(name, chance) for name in COMPLEMENTS if chance.random() < 0.35],
        "adopted": chance.random() < 0.8,
        "breaks": chance.choice((0, 0, 1, 3, 7)),
    }


def as_circumstances(around: dict[str, Any]) -> Circumstances:
    """The same for the engine."""
    return Circumstances(
        world=around["war"],
        deals=frozenset(around["deals"]),
        complements=tuple(SignedComplement.model_validate(entry) for entry in around["complements"]),
        adopted=around["adopted"],
        breaks=around["breaks"],
    )


@pytest.mark.rule("8.5", "8.8", "8.10")
@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_engine_agrees_with_a_plain_reading_of_the_pages(evaluator: Evaluator, batch: int) -> None:
    chance = random.Random(batch)
    deals = [deal.id for deal in evaluator.scenario.deals]
    for _ in range(PACKAGES_IN_A_BATCH):
        draft, around = random_draft(chance), random_circumstances(deals, chance)
        plain = PlainModel(draft, **around)
        package, circumstances = evaluator.package(draft), as_circumstances(around)
        case = json.dumps({"draft": draft, **around}, default=sorted)
        assert sorted(rule.id for rule in evaluator.broken_rules(package)) == sorted(plain.broken_rules()), case
        objectors = {seat: list(reasons) for seat, reasons in evaluator.objectors(package, circumstances).items()}
        assert objectors == plain.objects(), case
        assert dict(evaluator.complements_in_force(circumstances)) == plain.e, case
        assert evaluator.accession_blockers(package, circumstances) == plain.blockers(), case
        scores = {name: score.value for name, score in evaluator.scores(package, circumstances).items()}
        assert scores == plain.scores(), case
        assert evaluator.benchmark(package) == plain.brief_minimum(), case
