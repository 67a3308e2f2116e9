"""`summit analyse`: the outcome space of a cast, and what bargaining theory makes of it."""

from __future__ import annotations

import json
import sys
from math import prod
from typing import Annotated, Any

import typer

from game_rules.analysis.outcome_space import OutcomeSpace, TooLarge, outcome_space, sampled_space, size_estimate
from game_rules.analysis.report import SOLUTIONS, report
from game_rules.faults import unreachable_by_cast
from game_rules.scenario import Scenario
from game_rules.spelling import did_you_mean
from server.cli.refusals import refuse
from server.cli.scenario import AsJson, Name, scenario_named

LARGEST_SAMPLE = 200_000


def add_to(app: typer.Typer) -> None:
    """Adds `summit analyse`."""
    app.command()(analyse)


def analyse(
    name: Name,
    cast: Annotated[str | None, typer.Option(help="The cast; by default the one with the smallest space.")] = None,
    deals: Annotated[
        list[str] | None,
        typer.Option(help="Signed side deals, separated by commas; again for another set. Default: none, and all."),
    ] = None,
    sample: Annotated[
        int, typer.Option(min=0, max=LARGEST_SAMPLE, help="So many random packages, where there are too many to list.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of the sample.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Works out sizes, feasible agreements, the Pareto frontier, bargaining solutions, and who blocks what."""
    scenario = scenario_named(name, as_json)
    casts = [known.id for known in scenario.casts]
    if cast is not None and cast not in casts:
        raise refuse(f"there is no cast {cast!r}{did_you_mean(cast, casts)}", as_json)
    cast = cast or min(casts, key=lambda known: _combinations(scenario, known))
    sets = _deal_sets(scenario, cast, deals, as_json)
    space = _space(scenario, cast, sample, seed, as_json)
    found = _analysis(space, sets, seed)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        _print(found)


def _combinations(scenario: Scenario, cast: str) -> int:
    return prod(len(scenario.issue(issue).options) for issue in scenario.open_issues(cast))


def _deal_sets(scenario: Scenario, cast: str, given: list[str] | None, as_json: bool) -> list[frozenset[str]]:
    on_offer = [deal.id for deal in scenario.deals if deal.signers_in(cast)]
    if given is None:
        return [frozenset(), frozenset(on_offer)]
    sets = [frozenset(deal.strip() for deal in text.split(",") if deal.strip()) for text in given]
    known = [deal.id for deal in scenario.deals]
    for deal in sorted(frozenset().union(*sets)):
        if deal not in known:
            raise refuse(f"there is no side deal {deal!r}{did_you_mean(deal, known)}", as_json)
    return sets


def _space(scenario: Scenario, cast: str, sample: int, seed: int, as_json: bool) -> OutcomeSpace:
    if sample:
        return sampled_space(scenario, cast, sample, seed)
    try:
        return outcome_space(scenario, cast)
    except TooLarge as error:
        reason = (
            f"the cast {cast!r} has about {size_estimate(scenario, cast):,} consistent packages (of {error.product:,} "
            f"combinations), too many to list: add --sample 20000, or take a cast with fewer open issues"
        )
        raise refuse(reason, as_json) from None


def _analysis(space: OutcomeSpace, sets: list[frozenset[str]], seed: int) -> dict[str, Any]:
    scenario, cast = space.scenario, space.scenario.cast(space.cast or "")
    size: dict[str, Any] = {"combinations": space.product, "consistent": len(space), "complete": space.complete}
    if not space.complete:
        size |= {"consistent": size_estimate(scenario, cast.id), "sample": len(space), "seed": seed}
    return {
        "scenario": scenario.slug,
        "cast": cast.id,
        "allies": list(scenario.allies_of(cast.id)),
        "open_issues": list(scenario.open_issues(cast.id)),
        "fixed": dict(cast.fixed),
        "unreachable": {issue: list(options) for issue, options in unreachable_by_cast(scenario, cast).items()},
        "size": size,
        "deal_sets": [report(space, deals) for deals in sets],
    }


def _print(found: dict[str, Any]) -> None:
    size = found["size"]
    print(f"{found['scenario']}, cast {found['cast']}: {', '.join(found['allies'])}")
    print(f"{size['consistent']:,} consistent packages of {size['combinations']:,} combinations")
    if not size["complete"]:
        print(f"estimated; the figures below are of {size['sample']:,} random packages (seed {size['seed']})")
    for issue, options in found["unreachable"].items():
        print(f"nobody can reach {issue} = {', '.join(options)}")
    for deal_set in found["deal_sets"]:
        _print_deal_set(deal_set)


def _print_deal_set(shown: dict[str, Any]) -> None:
    out = sys.stdout.write
    out(f"\nSide deals: {', '.join(shown['deals']) or 'none'}\n")
    out(f"  acceptable to all   {shown['acceptable_to_all']:,}  {_counts(shown['acceptable_by_option'])}\n")
    out(f"  feasible agreements {shown['feasible']:,}  {_counts(shown['feasible_by_option'])}\n")
    out(f"  on the Pareto frontier of the feasible: {shown['pareto_frontier']['of_feasible']:,}\n")
    for solution in SOLUTIONS:
        outcome = shown[solution]
        if outcome is None:
            out(f"  {solution}: none\n")
            continue
        out(f"  {solution}: {_counts(outcome['points'])}\n")
        out("      " + " ".join(f"{issue}={option}" for issue, option in outcome["package"].items()) + "\n")
    out("  can live with:  " + _counts({seat: a["packages"] for seat, a in shown["acceptability"].items()}) + "\n")
    out("  blocks alone:   " + _counts(shown["blocks_alone"]) + "\n")
    opens = {name: hurdle["opens_when_lifted"] for name, hurdle in shown["hurdles"].items()}
    out("  opens if lifted: " + _counts({name: count for name, count in opens.items() if count}) + "\n")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())
