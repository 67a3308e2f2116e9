"""`summit evaluate`: what a package is worth, one at a time or thousands through a pipe.

A line (or `--draft`) is a package, issue to option; or a whole entry with the package as `draft` and its own `war`,
`deals`, `complements`, `adopted` and `breaks`, and flags of the scenario by name (`some_flag: true`). What an entry
does not say is as the command line says. A key that is nearly one of these is a slip and refused; any other (a name,
what somebody expects) is the sender's own business.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from pydantic import ValidationError

from game_rules.conditions import Package, UnknownName
from game_rules.evaluation import Circumstances, Evaluator, Score
from game_rules.evaluation.scores import Number
from game_rules.scenario import Scenario, SignedComplement
from game_rules.spelling import did_you_mean
from server.cli.refusals import refuse
from server.cli.scenario import AsJson, Name, scenario_named

LONGEST_LINE = 1_000_000  # characters; an entry of Vilnius has 2,000
MOST_BREAKS = 1_000  # more than any game sees
ENTRY_KEYS = ("draft", "war", "deals", "complements", "adopted", "breaks")

Answer: TypeAlias = dict[str, Any]


class Refused(ValueError):
    """What was asked cannot be answered; the text says why, and what would be right."""


def add_to(app: typer.Typer) -> None:
    """Adds `summit evaluate`."""
    app.command()(evaluate)


# --- reading ----------------------------------------------------------------------------------------------------------


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_without_doubles)
    except RecursionError:
        raise Refused("not readable: nested too deep") from None
    except json.JSONDecodeError as error:
        raise Refused(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except ValueError as error:
        raise Refused(f"not readable: {error}") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Refused(f"{next(key for key in keys if keys.count(key) > 1)!r} is given twice")
    return found


@dataclass
class Reader:
    """Turns what somebody wrote into packages and circumstances of a scenario; raises Refused."""

    scenario: Scenario
    evaluator: Evaluator

    def package(self, draft: object) -> Package:
        """A full package. Names every unknown issue, unknown option and missing issue at once."""
        if not isinstance(draft, Mapping):
            raise Refused("a package is an object of issue to option")
        options = self.scenario.vocabulary.issues
        wrong = [
            f"there is no issue {issue!r}{did_you_mean(issue, options)}" for issue in draft if issue not in options
        ]
        for issue, known in options.items():
            if issue in draft and draft[issue] not in known:
                hint = did_you_mean(str(draft[issue]), known)
                wrong.append(f"{issue} has no option {draft[issue]!r}{hint}")
        missing = [issue for issue in options if issue not in draft]
        if missing:
            wrong.append(f"the package says nothing on: {', '.join(missing)}")
        if wrong:
            raise Refused(". ".join(wrong))
        return self.evaluator.package(draft)

    def entry(self, entry: Mapping[str, Any], given: Circumstances) -> tuple[Package, Circumstances]:
        """A package or a whole entry, with its circumstances on top of those given on the command line."""
        if "draft" not in entry:
            return self.package(entry), given
        self._refuse_slips(entry)
        package, around = self.package(entry["draft"]), given
        if "war" in entry:
            around = replace(around, world=self.world(entry["war"]))
        if "deals" in entry:
            around = replace(around, deals=self.deals(entry["deals"]))
        if "complements" in entry:
            around = replace(around, complements=self.complements(entry["complements"]))
        if "adopted" in entry:
            around = replace(around, adopted=_truth("adopted", entry["adopted"]))
        if "breaks" in entry:
            around = replace(around, breaks=_count("breaks", entry["breaks"]))
        for flag in self.scenario.flags:
            if flag in entry and _truth(flag, entry[flag]):
                around = self._flagged(flag, around)
        return package, self.resolved(around)

    def _refuse_slips(self, entry: Mapping[str, Any]) -> None:
        known = (*ENTRY_KEYS, *self.scenario.flags)
        for key in entry:
            if key in known:
                continue
            near = get_close_matches(key, known, n=1, cutoff=0.8)
            if near and near[0] not in entry:
                raise Refused(f"unknown key {key!r}; did you mean {near[0]!r}?")

    def _flagged(self, flag: str, around: Circumstances) -> Circumstances:
        """With the flag set; where a deal sets it, that deal is signed."""
        setting = next((deal.id for deal in self.scenario.deals if flag in deal.sets_flags), None)
        if setting is None:
            return replace(around, flags=around.flags | {flag})
        return replace(around, deals=around.deals | {setting})

    def world(self, world: object) -> str:
        known = tuple(outcome.id for outcome in self.scenario.world_outcomes)
        if world not in known:
            raise Refused(f"there is no outcome of the world {world!r}; there are: {', '.join(known)}")
        return str(world)

    def deals(self, deals: object) -> frozenset[str]:
        known = tuple(deal.id for deal in self.scenario.deals)
        if not isinstance(deals, list) or not all(isinstance(deal, str) for deal in deals):
            raise Refused("'deals' is a list of side deals")
        for deal in deals:
            if deal not in known:
                raise Refused(f"there is no side deal {deal!r}{did_you_mean(deal, known)}")
        return frozenset(deals)

    def complements(self, entries: object) -> tuple[SignedComplement, ...]:
        if not isinstance(entries, list):
            raise Refused("'complements' is a list of complements with their signers")
        try:
            return tuple(map(SignedComplement.model_validate, entries))
        except ValidationError as error:
            details = error.errors(include_url=False)[0]
            where = ".".join(map(str, details["loc"]))
            raise Refused(f"a complement is not as it should be: {where or 'entry'}: {details['msg']}") from None

    def resolved(self, around: Circumstances) -> Circumstances:
        """The same circumstances, once every name in their complements is known."""
        try:
            self.evaluator.situation(around)
        except UnknownName as error:
            hint = did_you_mean(error.name, error.known)
            raise Refused(f"complements: there is no {error.kind} {error.name!r}{hint}") from None
        except ValueError as error:
            raise Refused(f"complements: {error}") from None
        return around


def _truth(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Refused(f"{key!r} is true or false, not {value!r}")
    return value


def _count(key: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_BREAKS:
        raise Refused(f"{key!r} is a whole number from 0 to {MOST_BREAKS}, not {value!r}")
    return value


# --- answering --------------------------------------------------------------------------------------------------------


def answer(evaluator: Evaluator, package: Package, around: Circumstances) -> Answer:
    """What the package is worth (design, section 4). Scores and refusals to one decimal, terms before any cap.

    Terms of a score with several groups are named `group.term`, and `groups` gives each group's value within its
    bounds: what a bound holds back is seen.
    """
    return {
        "consistent": evaluator.is_consistent(package),
        "broken_rules": [rule.id for rule in evaluator.broken_rules(package)],
        "objects": {seat: list(reasons) for seat, reasons in evaluator.objectors(package, around).items()},
        "scores": {name: _score(score) for name, score in evaluator.scores(package, around).items()},
        "accession_blockers": float(evaluator.accession_blockers(package, around)),
        "brief_minimum": evaluator.benchmark(package, around),
    }


def _score(score: Score) -> Answer:
    shown: Answer = {
        "value": float(score.rounded),
        "terms": {term: _number(points) for term, points in score.terms.items()},
    }
    if len(score.groups) > 1:
        shown["groups"] = {name: _number(group.value) for name, group in score.groups.items()}
    return shown


def _number(value: Number) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def stream(reader: Reader, given: Circumstances, lines: Iterable[bytes]) -> Iterable[str]:
    """One answer for each line, in order; a faulty line is answered with its error and the next one is read."""
    for line in lines:
        try:
            if len(line) > LONGEST_LINE:
                raise Refused(f"longer than {LONGEST_LINE:,} characters")
            found = _parsed(line.decode())
            if not isinstance(found, dict):
                raise Refused("a line is a package (issue to option), or an entry with one as 'draft'")
            package, around = reader.entry(found, given)
            shown = answer(reader.evaluator, package, around)
        except UnicodeDecodeError:
            shown = {"error": "not UTF-8"}
        except Refused as refused:
            shown = {"error": str(refused)}
        yield json.dumps(shown, ensure_ascii=False)


# --- the command ------------------------------------------------------------------------------------------------------


def evaluate(
    name: Name,
    draft: Annotated[str, typer.Option(help="A package as JSON, or - for one a line on standard input.")],
    war: Annotated[
        str, typer.Option(help="How the world goes on: the id of one of the scenario's outcomes.")
    ] = "undecided",
    deals: Annotated[str, typer.Option(help="Signed side deals, separated by commas.")] = "",
    complements: Annotated[Path | None, typer.Option(help="A file with a JSON list of signed complements.")] = None,
    not_adopted: Annotated[bool, typer.Option("--not-adopted", help="There was no consensus.")] = False,
    breaks: Annotated[int, typer.Option(help="How often silence was broken.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Says what a package is worth: who objects, the six scores term by term, who would refuse accession."""
    as_json = as_json or draft == "-"
    scenario = scenario_named(name, as_json)
    reader = Reader(scenario, Evaluator(scenario))
    try:
        given = reader.resolved(
            Circumstances(
                world=reader.world(war),
                deals=reader.deals([deal.strip() for deal in deals.split(",") if deal.strip()]),
                complements=reader.complements(_file(complements)) if complements is not None else (),
                adopted=not not_adopted,
                breaks=_count("breaks", breaks),
            )
        )
        if draft == "-":
            _pipe(reader, given)
            return
        found = _parsed(draft)
        if not isinstance(found, dict):
            raise Refused("a draft is a package (issue to option), or an entry with one as 'draft'")
        package, around = reader.entry(found, given)
    except Refused as refused:
        raise refuse(str(refused), as_json) from None
    shown = answer(reader.evaluator, package, around)
    if as_json:
        print(json.dumps(shown, ensure_ascii=False))
    else:
        _print_table(scenario, reader.evaluator, package, shown)


def _file(path: Path) -> Any:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"{path}: not UTF-8") from None
    except Refused as refused:
        raise Refused(f"{path}: {refused}") from None


def _pipe(reader: Reader, given: Circumstances) -> None:
    for shown in stream(reader, given, sys.stdin.buffer):
        sys.stdout.write(f"{shown}\n")
        sys.stdout.flush()


def _print_table(scenario: Scenario, evaluator: Evaluator, package: Package, shown: Answer) -> None:
    if shown["consistent"]:
        print("consistent")
    for rule in evaluator.broken_rules(package):
        options = ", ".join(f"{issue}={option}" for issue, option in rule.options)
        print(f"breaks {rule.id}: {rule.sentence} ({options})")
    print(f"\n{len(shown['objects'])} of {len(evaluator.allies)} allies object")
    for seat, reasons in shown["objects"].items():
        print(f"  {seat}  {', '.join(reasons)}")
    print()
    titles = {rule.id: rule.title for rule in scenario.scores}
    for score, found in shown["scores"].items():
        print(f"{score}  {found['value']:5.1f}  {titles[score]}")
        for term, points in found["terms"].items():
            if points:
                print(f"      {points:+7.1f}  {term}")
    print(f"\nallies refusing accession: {shown['accession_blockers']:.1f}")
    print(f"{scenario.benchmark.title}: {shown['brief_minimum']}")
