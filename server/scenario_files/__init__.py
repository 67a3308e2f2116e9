"""Scenarios on disk: folders of YAML files and briefs, read, judged and kept.

`load_scenario` is for folders of the operator; `sandbox.check_untrusted` for those of anybody.
"""

from __future__ import annotations

from pathlib import Path

from game_rules.scenario import Scenario
from server.scenario_files.checking import Checked, check_files, check_folder
from server.scenario_files.faults import FaultyScenario, FileFault
from server.scenario_files.folder import read_bytes
from server.scenario_files.kept import keep, kept, key_of
from server.scenario_files.translations import Translation, read_translations, translatable

__all__ = [
    "Checked",
    "FaultyScenario",
    "FileFault",
    "Translation",
    "check_files",
    "check_folder",
    "load_scenario",
    "load_translations",
    "translatable",
]


def load_scenario(path: Path) -> Scenario:
    """The scenario in the folder `path`, judged completely: no fault can surface later.

    Raises FaultyScenario (a ValueError) with every fault, OSError for what cannot be read.
    """
    files, faults = read_bytes(path)
    if faults:
        raise FaultyScenario(faults)
    key = key_of(files)
    known = kept(key)
    if known is not None:
        return known
    checked = check_files(files)
    if checked.scenario is None:
        raise FaultyScenario(checked.faults)
    keep(key, checked.scenario)
    return checked.scenario


def load_translations(path: Path) -> dict[str, Translation]:
    """What there is of the scenario in the folder `path` in other languages, by language.

    Raises FaultyScenario and OSError as `load_scenario` does.
    """
    scenario = load_scenario(path)
    files, _ = read_bytes(path)
    found, faults = read_translations(files, scenario)
    if faults:
        raise FaultyScenario(faults)
    return {one.language: one for one in found}
