"""The scenario tools as they are called: `summit scenario`, `summit evaluate`, `summit analyse`, `summit simulate`."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from game_rules.evaluation import Circumstances, Evaluator
from game_rules.scenario import Scenario, SignedComplement
from server.cli import analyse, evaluate, scenario
from server.cli.evaluate import Reader, stream

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
TINY = HERE / "tiny"
EXAMPLES: list[dict[str, Any]] = json.loads((HERE / "vilnius" / "worked_examples.json").read_text(encoding="utf-8"))
HISTORY = next(example["draft"] for example in EXAMPLES if example["name"] == "historical text")
SUMMIT = Path(sys.executable).with_name("summit")


COMMANDS = typer.Typer()
for _module in (evaluate, scenario, analyse):
    _module.add_to(COMMANDS)


def summit(*arguments: str) -> Result:
    """The command line, in this process: a new one takes a second to start."""
    return CliRunner().invoke(COMMANDS, arguments)


def answers(*arguments: str) -> list[Any]:
    """What a command printed, a JSON value a line; it must have ended well."""
    done = summit(*arguments)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def reader(vilnius: Scenario, evaluator: Evaluator) -> Reader:
    """Reads entries of the Vilnius scenario."""
    return Reader(vilnius, evaluator)


def streamed(reader: Reader, *entries: Any) -> list[dict[str, Any]]:
    """The answers to entries as they would come through the pipe."""
    lines = [json.dumps(entry).encode() for entry in entries]
    return [json.loads(shown) for shown in stream(reader, Circumstances(), lines)]


# --- evaluate ---------------------------------------------------------------------------------------------------------


def test_every_worked_example_comes_out_of_the_command() -> None:
    lines = "".join(f"{json.dumps(example)}\n" for example in EXAMPLES)
    command = [str(SUMMIT), "evaluate", "vilnius-2023", "--draft", "-", "--json"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=120, check=True)
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(shown) == len(EXAMPLES)
    for example, answer in zip(EXAMPLES, shown, strict=True):
        expected = example["expect"]
        assert answer["consistent"] is True
        assert answer["broken_rules"] == []
        assert answer["objects"] == expected["objects"], example["name"]
        assert answer["accession_blockers"] == expected["accession_blockers"]
        assert {name: score["value"] for name, score in answer["scores"].items()} == expected["scores"]
        assert answer["brief_minimum"] == expected["brief_minimum"]


def test_one_package_with_everything_said_on_the_command_line(tmp_path: Path) -> None:
    example = next(e for e in EXAMPLES if e["complements"] and e["war"] == "W2")
    (tmp_path / "complements.json").write_text(json.dumps(example["complements"]))
    deals = ",".join([*example["deals"], *(["sd_tur_swe"] if example["sweden_deal"] else [])])
    (shown,) = answers(
        "evaluate", "vilnius-2023", "--json", "--draft", json.dumps(example["draft"]), "--war", "W2",
        "--deals", deals, "--complements", str(tmp_path / "complements.json"),
    )  # fmt: skip
    assert {name: score["value"] for name, score in shown["scores"].items()} == example["expect"]["scores"]
    assert list(shown) == ["consistent", "broken_rules", "objects", "scores", "accession_blockers", "brief_minimum"]


def test_no_consensus_and_broken_silences_cost(reader: Reader) -> None:
    adopted, failed = streamed(reader, HISTORY, {"draft": HISTORY, "adopted": False, "breaks": 2})
    assert failed["scores"]["S1"]["value"] < adopted["scores"]["S1"]["value"]
    assert failed["scores"]["S2"]["value"] <= 20
    assert failed["scores"]["S1"]["terms"]["broken_silences"] == -4
    (same,) = answers(
        "evaluate", "vilnius-2023", "--json", "--not-adopted", "--breaks", "2", "--draft", json.dumps(HISTORY)
    )
    assert same == failed


def test_terms_are_points_before_caps_and_add_up(reader: Reader) -> None:
    (shown,) = streamed(reader, {"draft": HISTORY, "deals": ["sd_tur_swe"]})
    for name, score in shown["scores"].items():
        assert sum(score["terms"].values()) == pytest.approx(score["value"]), name
    fourth = shown["scores"]["S4"]
    assert fourth["groups"] == {"D": 27, "R": 30}
    assert {term.split(".")[0] for term in fourth["terms"]} == {"D", "R"}


def test_an_inconsistent_package_is_answered_with_every_rule_it_breaks(reader: Reader) -> None:
    draft = {**HISTORY, "path": "bucharest_with_group", "reform": "explicit_eu", "target_date": "none"}
    (shown,) = streamed(reader, draft)
    assert shown["consistent"] is False
    assert shown["broken_rules"] == ["V07", "V12", "V16"]
    assert set(shown["scores"]) == {"S1", "S2", "S3", "S4", "S5", "S6"}


def test_a_complement_whose_signers_miss_the_rule_does_not_count(reader: Reader) -> None:
    def third(*signers: str) -> float:
        entry = {"name": "core_group", "signers": list(signers)}
        (shown,) = streamed(reader, {"draft": HISTORY, "complements": [entry]})
        points: float = shown["scores"]["S3"]["terms"]["core_group"]
        return points

    assert third("ISL") == 0
    assert third("USA", "GBR", "FRA", "DEU", "POL") > 0


WITHOUT_PATH = {issue: option for issue, option in HISTORY.items() if issue != "path"}
FAULTY = [
    pytest.param("{", "not JSON", id="not JSON"),
    pytest.param("", "not JSON", id="an empty line"),
    pytest.param("[]", "a line is a package", id="a list"),
    pytest.param("null", "a line is a package", id="null"),
    pytest.param("[" * 100_000, "nested too deep", id="nested"),
    pytest.param('{"path": "fast_track", "path": "fast_track"}', "'path' is given twice", id="doubled"),
    pytest.param(json.dumps(WITHOUT_PATH), "says nothing on: path", id="a missing issue"),
    pytest.param(json.dumps({**HISTORY, "pth": "x"}), "no issue 'pth'; did you mean 'path'?", id="unknown issue"),
    pytest.param(json.dumps({**HISTORY, "reform": "genral_review"}), "mean 'general_review'?", id="unknown option"),
    pytest.param(json.dumps({**HISTORY, "reform": 3}), "reform has no option 3; there are: none", id="a number"),
    pytest.param(json.dumps({**HISTORY, "reform": ["none"]}), "reform has no option ['none']", id="a list of options"),
    pytest.param(json.dumps({"draft": "history"}), "a package is an object", id="a name for a package"),
    pytest.param(json.dumps({"draft": HISTORY, "war": "W4"}), "there are: undecided, W1, W2, W3", id="unknown war"),
    pytest.param(json.dumps({"draft": HISTORY, "war": None}), "no outcome of the world None", id="no war"),
    pytest.param(json.dumps({"draft": HISTORY, "deals": ["sd_tur_sew"]}), "did you mean 'sd_tur_swe'?", id="deal"),
    pytest.param(json.dumps({"draft": HISTORY, "deals": "sd_tur_swe"}), "'deals' is a list", id="deals as a word"),
    pytest.param(json.dumps({"draft": HISTORY, "adopted": 1}), "'adopted' is true or false", id="adopted"),
    pytest.param(json.dumps({"draft": HISTORY, "breaks": -1}), "'breaks' is a whole number", id="breaks"),
    pytest.param(json.dumps({"draft": HISTORY, "sweden_deal": "yes"}), "is true or false", id="a flag"),
    pytest.param(json.dumps({"draft": HISTORY, "complement": []}), "did you mean 'complements'?", id="a slip"),
    pytest.param(
        json.dumps({"draft": HISTORY, "complements": [{"name": "core", "signers": []}]}),
        "no complement 'core'",
        id="unknown complement",
    ),
    pytest.param(
        json.dumps({"draft": HISTORY, "complements": [{"name": "core_group", "signers": ["XYZ"]}]}),
        "no seat 'XYZ'",
        id="unknown signer",
    ),
    pytest.param(
        json.dumps({"draft": HISTORY, "complements": [{"name": "core_group", "signer": ["USA"]}]}),
        "a complement is not as it should be",
        id="a complement without signers",
    ),
    pytest.param(
        json.dumps({"draft": HISTORY, "complements": [{"name": "core_group", "signers": ["USA"]}] * 2}),
        "entered twice",
        id="a complement twice",
    ),
]


@pytest.mark.parametrize(("line", "reason"), FAULTY)
def test_a_faulty_line_is_answered_and_the_stream_goes_on(reader: Reader, line: str, reason: str) -> None:
    good = json.dumps(HISTORY).encode()
    first, faulty, last = map(json.loads, stream(reader, Circumstances(), [good, line.encode(), good]))
    assert list(faulty) == ["error"]
    assert reason in faulty["error"]
    assert first == last
    assert "scores" in last


def test_bytes_that_are_no_text_and_endless_lines_are_answered_too(reader: Reader) -> None:
    shown = [json.loads(answer) for answer in stream(reader, Circumstances(), [b"\xff\xfe\n", b" " * 2_000_000])]
    assert [answer["error"].split(":")[0] for answer in shown] == ["not UTF-8", "longer than 1,000,000 characters"]


def test_what_an_entry_does_not_say_is_as_the_command_line_says(reader: Reader) -> None:
    given = Circumstances(world="W1", deals=frozenset({"sd_hun_eu_funds"}))
    lines = [json.dumps(entry).encode() for entry in ({"draft": HISTORY}, {"draft": HISTORY, "war": "W2", "deals": []})]
    as_given, as_said = map(json.loads, stream(reader, given, lines))
    assert as_given["accession_blockers"] == 0
    assert as_said["accession_blockers"] == 27


def test_answers_come_while_the_lines_go_in() -> None:
    with subprocess.Popen(
        [SUMMIT, "evaluate", "vilnius-2023", "--draft", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in (json.dumps(HISTORY), "{", json.dumps(HISTORY)):
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--draft", json.dumps(WITHOUT_PATH)), "says nothing on: path"),
        (("--draft", "{"), "not JSON"),
        (("--draft", "-", "--deals", "sd_tur_swe,sd_nobody"), "no side deal 'sd_nobody'"),
        (("--draft", json.dumps(HISTORY), "--war", "W9"), "no outcome of the world 'W9'"),
        (("--draft", json.dumps(HISTORY), "--breaks", "-1"), "'breaks' is a whole number"),
        (("--draft", json.dumps(HISTORY), "--complements", "/nowhere.json"), "No such file"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(arguments: tuple[str, ...], reason: str) -> None:
    done = summit("evaluate", "vilnius-2023", "--json", *arguments)
    assert done.exit_code == 1
    assert reason in json.loads(done.stdout)["error"]
    assert reason in done.stderr


def test_a_person_gets_a_table() -> None:
    done = summit("evaluate", "vilnius-2023", "--draft", json.dumps({**HISTORY, "common_funding": "common_nonlethal"}))
    assert done.exit_code == 0
    assert "HUN  no_common_funding" in done.stdout
    assert "Backed by money" in done.stdout


# --- many -------------------------------------------------------------------------------------------------------------


def random_entry(vilnius: Scenario, chance: random.Random) -> dict[str, Any]:
    """Any package in any circumstances; about a fifth of the complements are in force."""
    seats = list(vilnius.seats)
    complements = []
    for complement in vilnius.complements:
        if chance.random() < 0.5:
            entry: dict[str, Any] = {
                "name": complement.id,
                "signers": chance.sample(seats, chance.randint(0, len(seats))),
                "congress": chance.random() < 0.5,
                "defence": chance.random() < 0.2,
            }
            modes = [form.mode for form in complement.forms if form.mode is not None]
            if modes and chance.random() < 0.7:
                entry["mode"] = chance.choice(modes)
            if complement.statuses and chance.random() < 0.4:
                entry["status"] = chance.choice(list(complement.statuses))
            complements.append(entry)
    return {
        "draft": {issue.id: chance.choice(issue.option_ids) for issue in vilnius.issues},
        "war": chance.choice([outcome.id for outcome in vilnius.world_outcomes]),
        "deals": [deal.id for deal in vilnius.deals if chance.random() < 0.3],
        "complements": complements,
        "adopted": chance.random() < 0.8,
        "breaks": chance.randint(0, 7),
    }


def test_two_thousand_random_entries_are_answered_as_the_evaluator_would(
    vilnius: Scenario, evaluator: Evaluator, reader: Reader
) -> None:
    chance = random.Random(2023)
    entries = [random_entry(vilnius, chance) for _ in range(2000)]
    lines = [json.dumps(entry).encode() for entry in entries]
    before = time.process_time()
    shown = [json.loads(answer) for answer in stream(reader, Circumstances(), lines)]
    took = time.process_time() - before
    for entry, answer in zip(entries, shown, strict=True):
        package = evaluator.package(entry["draft"])
        around = Circumstances(
            world=entry["war"],
            deals=frozenset(entry["deals"]),
            complements=tuple(map(SignedComplement.model_validate, entry["complements"])),
            adopted=entry["adopted"],
            breaks=entry["breaks"],
        )
        assert answer["consistent"] is evaluator.is_consistent(package)
        assert answer["objects"] == {
            seat: list(reasons) for seat, reasons in evaluator.objectors(package, around).items()
        }
        for name, score in evaluator.scores(package, around).items():
            assert answer["scores"][name]["value"] == float(score.rounded)
    assert took < 6, f"{len(entries) / took:.0f} lines a second; a fast machine does a thousand and more"


# --- scenario and analyse ---------------------------------------------------------------------------------------------


def test_check_names_every_fault_and_ends_with_one(tmp_path: Path) -> None:
    broken = Path(shutil.copytree(TINY, tmp_path / "broken"))
    file = broken / "seats.yaml"
    file.write_text(file.read_text().replace("levers: [salt]", "levers: [silt]"))
    done = summit("scenario", "check", str(TINY), str(broken))
    assert done.exit_code == 1
    assert f"{TINY}: no fault · tiny: 2 issues" in done.stdout
    assert f"{broken}/seats.yaml:22:14: seats.NOR.levers[0]: there is no side deal 'silt'" in done.stdout
    (verdict,) = json.loads(summit("scenario", "check", str(broken), "--json").stdout)
    assert verdict["faults"] == [
        {
            "file": "seats.yaml",
            "line": 22,
            "column": 14,
            "place": "seats.NOR.levers[0]",
            "reason": "there is no side deal 'silt'; did you mean 'salt'?",
        }
    ]


def test_list_and_show_say_what_there_is(vilnius: Scenario) -> None:
    (listed,) = answers("scenario", "list", "--json")
    names = {entry["name"]: entry for entry in listed}
    assert [cast["id"] for cast in names["vilnius-2023"]["casts"]] == ["full", "council", "quick"]
    shown = summit("scenario", "show", "vilnius-2023", "--json")
    assert Scenario.model_validate_json(shown.stdout) == vilnius
    refused = summit("scenario", "show", "vilnius-2024")
    assert refused.exit_code == 1
    assert "did you mean 'vilnius-2023'?" in refused.stderr


def test_analyse_counts_what_the_quick_cast_can_agree_on() -> None:
    sets = (
        "",
        "sd_tur_swe,sd_hun_eu_funds",
        "sd_tur_swe,sd_hun_eu_funds,sd_tur_f16,sd_ukr_minority_law,sd_eu_reform_report",
    )
    (found,) = answers("analyse", "vilnius-2023", "--json", *(part for deals in sets for part in ("--deals", deals)))
    assert found["cast"] == "quick"
    assert found["size"] == {"combinations": 34_560, "consistent": 2600, "complete": True}
    assert [deal_set["acceptable_to_all"] for deal_set in found["deal_sets"]] == [68, 236, 280]


def test_analyse_refuses_what_is_too_large_and_offers_a_sample() -> None:
    refused = summit("analyse", "vilnius-2023", "--cast", "full", "--json")
    assert refused.exit_code == 1
    assert "--sample 20000" in json.loads(refused.stdout)["error"]
    (found,) = answers("analyse", "vilnius-2023", "--cast", "full", "--sample", "300", "--deals", "", "--json")
    assert found["size"]["sample"] == 300
    assert found["size"]["consistent"] == pytest.approx(20_500_000, rel=0.05)
    assert len(found["allies"]) == 31


# --- simulate ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("games", [1, 2, 9])
def test_games_are_the_same_and_in_order_however_many_processes_play_them(games: int) -> None:
    """One game is played by the command itself, the others by its workers."""
    command = [str(SUMMIT), "simulate", "first-steps", "--cast", "table", "--games", str(games), "--seed", "5"]
    alone, shared = (
        subprocess.run([*command, "--workers", workers], capture_output=True, text=True, timeout=120, check=True).stdout
        for workers in ("1", "3")
    )
    assert alone == shared
    assert [json.loads(line)["seed"] for line in alone.splitlines()] == [f"5:{game}" for game in range(1, games + 1)]
