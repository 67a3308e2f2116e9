"""`summit scenario check`, `list` and `show`: scenarios judged, named and printed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from game_rules.scenario import Scenario
from game_rules.spelling import did_you_mean
from server.cli.refusals import refuse
from server.scenario_catalogue import scenario_folders
from server.scenario_files import FaultyScenario, load_scenario
from server.scenario_files.sandbox import Verdict, check_untrusted
from server.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Name = Annotated[str, typer.Argument(help="A scenario's name (`summit scenario list`), or the path of its folder.")]

scenario_app = typer.Typer(name="scenario", help="Checks, lists and shows scenarios.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Adds `summit scenario …`."""
    app.add_typer(scenario_app)


def scenario_named(name: str, as_json: bool = False) -> Scenario:
    """The scenario of that name, or in that folder; says what is wrong and ends the command when there is none."""
    folders = scenario_folders(Settings().scenario_folder)
    folder = folders.get(name)
    if folder is None and ("/" in name or name in (".", "..")):
        folder = Path(name)
    if folder is None:
        raise refuse(f"there is no scenario {name!r}{did_you_mean(name, folders)}", as_json)
    try:
        return load_scenario(folder)
    except (FaultyScenario, OSError) as error:
        raise refuse(f"{folder}: {error}", as_json) from None


@scenario_app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Folders of scenarios.")],
    as_json: AsJson = False,
) -> None:
    """Prints every fault with file, line, place and reason; exit code 1 when there is any."""
    verdicts = {str(path): check_untrusted(path) for path in paths}
    if as_json:
        print(json.dumps([_verdict_json(path, verdict) for path, verdict in verdicts.items()], ensure_ascii=False))
    for path, verdict in verdicts.items():
        if as_json:
            continue
        for fault in verdict.faults:
            print(f"{path}/{fault}" if fault.file else fault)
        print("\n".join(f"note: {remark}" for remark in verdict.remarks), end="\n" if verdict.remarks else "")
        print(f"{path}: {_count(len(verdict.faults))}" if verdict.faults else f"{path}: no fault · {verdict.summary}")
    if any(verdict.faults for verdict in verdicts.values()):
        raise typer.Exit(1)


def _verdict_json(path: str, verdict: Verdict) -> dict[str, Any]:
    faults = [
        {"file": fault.file, "line": fault.line, "column": fault.column, "place": fault.place, "reason": fault.reason}
        for fault in verdict.faults
    ]
    return {"path": path, "summary": verdict.summary, "faults": faults, "remarks": list(verdict.remarks)}


def _count(faults: int) -> str:
    return "1 fault" if faults == 1 else f"{faults} faults"


@scenario_app.command("list")
def list_scenarios(as_json: AsJson = False) -> None:
    """Lists the scenarios that can be played here."""
    known = [(name, scenario_named(name)) for name in scenario_folders(Settings().scenario_folder)]
    if as_json:
        print(json.dumps([_summary_json(scenario) for _, scenario in known], ensure_ascii=False))
        return
    for name, scenario in known:
        casts = ", ".join(f"{cast.id} ({len(scenario.allies_of(cast.id))} voting)" for cast in scenario.casts)
        print(f"{name}  {scenario.title}\n    {len(scenario.issues)} issues; casts: {casts}")


def _summary_json(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": scenario.slug,
        "title": scenario.title,
        "summary": scenario.summary,
        "issues": len(scenario.issues),
        "seats": len(scenario.seats),
        "casts": [
            {
                "id": cast.id,
                "title": cast.title,
                "seats": list(cast.seats),
                "voting": list(scenario.allies_of(cast.id)),
                "open_issues": list(scenario.open_issues(cast.id)),
            }
            for cast in scenario.casts
        ],
        "digest": scenario.digest(),
    }


@scenario_app.command()
def show(name: Name, as_json: AsJson = False) -> None:
    """Shows a scenario: its issues and options, casts and deals; with --json all of it."""
    scenario = scenario_named(name, as_json)
    if as_json:
        sys.stdout.write(scenario.canonical().decode() + "\n")
        return
    print(f"{scenario.title}\n{scenario.summary}\n")
    for issue in scenario.issues:
        print(f"{issue.id}  {issue.question}")
        for option in issue.options:
            print(f"    {option.id}  {option.label}")
    print("\nSide deals")
    for deal in scenario.deals:
        print(f"    {deal.id}  {deal.title} ({', '.join(deal.signers)})")
    print("\nCasts")
    for cast in scenario.casts:
        print(f"    {cast.id}  {cast.title}: {', '.join(cast.seats)}")
