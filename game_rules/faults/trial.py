"""The last check: every figure of the scenario is worked out once, so that none can fail in the middle of a game."""

from __future__ import annotations

from collections.abc import Iterator

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.faults.fault import Fault, Place
from game_rules.scenario import Scenario, SignedComplement


def trial_faults(scenario: Scenario) -> Iterator[Fault]:
    """A fault for each figure that cannot be worked out, with what went wrong."""
    for index, cast in enumerate(scenario.casts):
        try:
            _work_out(scenario, Evaluator(scenario, cast.id))
        except (ArithmeticError, LookupError, ValueError, RecursionError) as error:
            place: Place = ("casts", index)
            yield Fault(place, f"the figures of this cast cannot be worked out: {type(error).__name__}: {error}")


def _work_out(scenario: Scenario, evaluator: Evaluator) -> None:
    """Every figure for the fallback, in every world, with all deals and complements signed by everybody."""
    package = evaluator.package(scenario.fallback.options)
    everybody = tuple(scenario.seats)
    complements = tuple(
        SignedComplement(name=item.id, signers=everybody, congress=True) for item in scenario.complements
    )
    deals = frozenset(deal.id for deal in scenario.deals)
    effects = tuple(effect for inject in scenario.injects for effect in inject.effects)
    for outcome in scenario.world_outcomes:
        around = Circumstances(outcome.id, deals=deals, complements=complements, breaks=1, effects=effects)
        evaluator.scores(package, around)
        evaluator.objectors(package, around)
        evaluator.accession_blockers(package, around)
        evaluator.chances(package, around)
        for figure in scenario.figures:
            evaluator.figure(figure.id, package, around)
        for seat in scenario.seats:
            evaluator.points(seat, package, around)
            evaluator.reservation(seat)
        evaluator.benchmark(package, around)
        evaluator.checklist(package, around)
