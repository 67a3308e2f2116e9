"""What is wrong with a scenario that its models cannot see: unknown names, contradictions, gaps, unfitting briefs.

`scenario_faults` finds every fault, each with its place in the data. A scenario without one plays to its end without a
surprise. Names are judged first; what needs names to be known (rules, reach, points) only when all of them are.
"""

from game_rules.faults.briefs import brief_faults
from game_rules.faults.coherence import coherence_faults
from game_rules.faults.conditions import condition_faults
from game_rules.faults.fault import Fault, Place
from game_rules.faults.reach import reach_faults, unreachable_by_cast
from game_rules.faults.references import reference_faults
from game_rules.faults.trial import trial_faults
from game_rules.scenario import Scenario

__all__ = ["Fault", "Place", "scenario_faults", "unreachable_by_cast"]


def scenario_faults(scenario: Scenario) -> tuple[Fault, ...]:
    """Every fault of the scenario, in the order of the checks; empty when it can be played."""
    faults = [*reference_faults(scenario), *coherence_faults(scenario), *brief_faults(scenario)]
    if faults:
        return tuple(faults)
    faults += condition_faults(scenario)
    if not faults:
        faults += reach_faults(scenario)
    if not faults:
        faults += trial_faults(scenario)
    return tuple(faults)
