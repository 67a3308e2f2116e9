"""From a folder to a scenario, or to every fault that keeps it from being one, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game_rules import conditions, terms
from game_rules import scenario as models
from game_rules.faults import Place, scenario_faults, unreachable_by_cast
from game_rules.scenario import Scenario
from game_rules.spelling import did_you_mean
from server.scenario_files.faults import FileFault
from server.scenario_files.folder import Source, read_bytes, read_source
from server.scenario_files.translations import completeness, read_translations

LONGEST_SHOWN = 60  # characters of a wrong value that a fault repeats


@dataclass(frozen=True)
class Checked:
    """The scenario, or the faults; never both, never neither. `remarks` are worth knowing and no faults."""

    scenario: Scenario | None
    faults: tuple[FileFault, ...] = ()
    remarks: tuple[str, ...] = ()


def check_folder(folder: Path) -> Checked:
    """The scenario in a folder, judged completely. Raises OSError for what cannot be read."""
    files, faults = read_bytes(folder)
    return Checked(None, tuple(faults)) if faults else check_files(files)


def check_files(files: dict[str, bytes]) -> Checked:
    """The same of files in memory, by their names in the folder."""
    source = read_source(files)
    if source.faults:
        return Checked(None, tuple(source.faults))  # what is missing from broken files would only confuse
    try:
        scenario = Scenario.model_validate(source.data)
    except ValidationError as error:
        _add_model_faults(source, error)
        return Checked(None, tuple(source.faults))
    for fault in scenario_faults(scenario):
        source.fault_at(fault.place, fault.reason)
    if source.faults:
        return Checked(None, tuple(source.faults))
    translations, faults = read_translations(files, scenario)
    if faults:
        return Checked(None, faults)
    return Checked(scenario, remarks=(*_remarks(scenario), *(completeness(one, scenario) for one in translations)))


def _remarks(scenario: Scenario) -> Iterator[str]:
    for cast in scenario.casts:
        for issue, options in unreachable_by_cast(scenario, cast).items():
            yield f"in the cast {cast.id} nobody can reach {issue} = {', '.join(options)}: what it fixes rules them out"


# --- what the models refuse -------------------------------------------------------------------------------------------


def _add_model_faults(source: Source, error: ValidationError) -> None:
    """The models' own faults, those of one place told together: a value may have failed as each kind it could be."""
    reasons: dict[Place, list[str]] = {}
    for details in error.errors(include_url=False):
        place = _place(source.data, details["loc"])
        reason = _reason(details)
        if details["type"] == "missing":
            place = (*place, details["loc"][-1])
        if reason not in reasons.setdefault(place, []):
            reasons[place].append(reason)
    for place, found in reasons.items():
        source.fault_at(place, " or ".join(found))


def _place(data: Any, loc: tuple[str | int, ...]) -> Place:
    """The place in the data: the longest way along the error's steps, without those that only name a kind of node."""
    if not loc:
        return ()
    step, rest = loc[0], loc[1:]
    skipped = _place(data, rest)
    if isinstance(data, Mapping) and isinstance(step, str) and step in data:
        taken: Place = (step, *_place(data[step], rest))
    elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        taken = (step, *_place(data[step], rest))
    else:
        return skipped
    return taken if len(taken) >= len(skipped) else skipped


def _reason(details: ErrorDetails) -> str:
    last = str(details["loc"][-1]) if details["loc"] else ""
    match details["type"]:
        case "missing":
            return f"{last!r} is missing"
        case "extra_forbidden":
            return f"unknown key {last!r}{did_you_mean(last, _KEYS)}"
        case "value_error":
            return details["msg"].removeprefix("Value error, ")
    value = details["input"]
    shown = repr(value) if isinstance(value, str | int | float | bool | None) else ""
    message = details["msg"][:1].lower() + details["msg"][1:]
    return f"{message}, found {shown}" if 0 < len(shown) <= LONGEST_SHOWN else message


def _keys() -> Iterator[str]:
    for module in (models, terms, conditions):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, BaseModel):
                yield from (field.alias or name for name, field in value.model_fields.items())


_KEYS = tuple(sorted(set(_keys())))


def summary(scenario: Scenario) -> str:
    """The scenario in one line."""
    return (
        f"{scenario.slug}: {len(scenario.issues)} issues, {len(scenario.seats)} seats, {len(scenario.casts)} casts, "
        f"{len(scenario.deals)} side deals, {len(scenario.injects)} injects"
    )
