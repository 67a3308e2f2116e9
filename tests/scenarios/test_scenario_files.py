"""A scenario broken in every way a scenario can be, and what is said of it: file, line, place, reason."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from game_rules.scenario import Scenario
from server.scenario_files import FaultyScenario, FileFault, check_files, check_folder, load_scenario
from server.scenario_files.sandbox import check_untrusted

TINY = Path(__file__).parent / "tiny"
VILNIUS = Path(__file__).parents[2] / "scenarios" / "vilnius-2023"


pytestmark = pytest.mark.usefixtures("cache_of_its_own")


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replaces the one occurrence of `old`."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def line_of(folder: Path, file: str, marker: str) -> int:
    """The line on which the marker first stands."""
    text = (folder / file).read_text(encoding="utf-8")
    return text[: text.index(marker)].count("\n") + 1


def test_the_small_scenario_has_no_fault() -> None:
    assert check_folder(TINY).faults == ()


def test_vilnius_has_no_fault_and_says_what_the_quick_cast_closes() -> None:
    checked = check_folder(VILNIUS)
    assert checked.faults == ()
    assert checked.scenario is not None
    closed = [remark for remark in checked.remarks if not remark.startswith("translations/")]
    assert [remark.split(":")[0] for remark in closed] == [
        "in the cast quick nobody can reach path = fast_track",
        "in the cast quick nobody can reach trigger = immediate",
    ]


BROKEN = YAML(typ="safe", pure=True).load(Path(__file__).parent / "broken_scenarios.yaml")


@pytest.mark.parametrize(
    "slip", [pytest.param(slip, id=f"{number}: {slip['reason'][:60]}") for number, slip in enumerate(BROKEN)]
)
def test_a_fault_is_told_with_its_line_place_and_reason(tiny: Path, slip: dict[str, str]) -> None:
    change(tiny, slip["file"], slip["change"], slip["into"])
    told_in, place, reason = slip.get("told_in", slip["file"]), slip["place"], slip["reason"]
    line = line_of(tiny, told_in, slip["told_at"])
    faults = check_folder(tiny).faults
    assert any(
        fault.file == told_in and fault.line == line and place in fault.place and reason in fault.reason
        for fault in faults
    ), f"expected {told_in}:{line}: …{place}: …{reason}…, found:\n" + "\n".join(map(str, faults))
    assert len(faults) <= 6, "one slip should not bury its reader"


def test_every_fault_of_a_scenario_is_told_at_once(tiny: Path) -> None:
    change(tiny, "seats.yaml", "levers: [salt]", "levers: [silt]")
    change(tiny, "seats.yaml", "worlds: [flood]", "worlds: [flod]")
    change(tiny, "scenario.yaml", "whole: 10", "whole: 12")
    change(tiny, "briefs/NOR.md", "<!-- paths -->", "")
    assert len(check_folder(tiny).faults) == 4


def test_contradictory_rules_are_named_and_no_other(tiny: Path) -> None:
    rules = (
        "structural_rules:\n"
        "  - {id: some_bridge, sentence: Something., broken_when: {issue: bridge, is: nothing}}\n"
        "  - {id: no_free_bridge, sentence: Carts pay., broken_when: {issue: toll, is: free}}\n"
        "  - {id: no_road, sentence: No road., broken_when: {issue: bridge, is: road_bridge}}\n"
    )
    change(tiny, "scenario.yaml", "structural_rules:\n", rules)
    (fault,) = check_folder(tiny).faults
    assert "no_free_bridge, no_road and carts_need_a_road contradict" in fault.reason.replace("some_bridge, ", "")


# --- files ------------------------------------------------------------------------------------------------------------


def _missing_brief(tiny: Path) -> None:
    (tiny / "briefs/SUD.md").unlink()


def _brief_of_nobody(tiny: Path) -> None:
    (tiny / "briefs/EAST.md").write_text("# East\n")


def _utf16(tiny: Path) -> None:
    text = (tiny / "seats.yaml").read_text()
    (tiny / "seats.yaml").write_bytes(text.encode("utf-16"))


def _latin1(tiny: Path) -> None:
    change(tiny, "seats.yaml", "name: Southtown", "name: Südstadt")
    (tiny / "seats.yaml").write_bytes((tiny / "seats.yaml").read_text().encode("latin-1"))


def _rubbish(tiny: Path) -> None:
    (tiny / "seats.yaml").write_bytes(bytes(range(256)) * 40)


def _too_large(tiny: Path) -> None:
    with (tiny / "seats.yaml").open("a") as file:
        file.write("#" * 600_000)


def _too_large_together(tiny: Path) -> None:
    for number in range(6):
        (tiny / f"more{number}.yaml").write_text("#" * 500_000)


def _too_many(tiny: Path) -> None:
    for number in range(300):
        (tiny / f"more{number}.yaml").write_text("{}\n")


def _yml(tiny: Path) -> None:
    (tiny / "seats.yaml").rename(tiny / "seats.yml")


def _link(tiny: Path) -> None:
    (tiny / "passwd.yaml").symlink_to("/etc/passwd")


def _pipe(tiny: Path) -> None:
    os.mkfifo(tiny / "pipe.yaml")


def _empty(tiny: Path) -> None:
    (tiny / "seats.yaml").write_text("")


def _a_list(tiny: Path) -> None:
    (tiny / "seats.yaml").write_text("- a\n- b\n")


def _without_its_file(tiny: Path) -> None:
    (tiny / "scenario.yaml").unlink()


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        (_missing_brief, "seats.yaml:23:3: seats.SUD.brief: SUD has no brief: it is missing at briefs/SUD.md"),
        (_brief_of_nobody, "briefs/EAST.md:1:1: there is no seat 'EAST'"),
        (_utf16, "seats.yaml:1:1: this is UTF-16: save it as UTF-8"),
        (_latin1, "seats.yaml:24:12: not UTF-8: the byte 0xFC stands here"),
        (_rubbish, "seats.yaml:2:118: not UTF-8"),
        (_too_large, "bytes; a file may have 524,288"),
        (_too_large_together, "the files together are larger than"),
        (_too_many, "more files than a scenario may have"),
        (_yml, "seats.yml: the ending is .yaml: name it seats.yaml"),
        (_link, "passwd.yaml: not a plain file"),
        (_pipe, "pipe.yaml: not a plain file"),
        (_empty, "seats.yaml:1:1: expected keys with values at the top, found nothing"),
        (_a_list, "seats.yaml:1:1: expected keys with values at the top, found a list"),
        (_without_its_file, "scenario.yaml: a scenario needs this file"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tiny: Path, breaks: Callable[[Path], None], told: str) -> None:
    breaks(tiny)
    told_of = [str(fault) for fault in check_folder(tiny).faults]
    assert any(told in fault for fault in told_of), told_of


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "scenario.zip").write_bytes(b"PK\x03\x04")
    assert "a scenario is a folder, this is a file" in str(check_folder(tmp_path / "scenario.zip").faults[0])
    assert "there is no such folder" in str(check_folder(tmp_path / "nowhere").faults[0])


# --- bombs ------------------------------------------------------------------------------------------------------------

LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
FORMULA = "".join(
    f"  - {{id: n{n}, sentence: N., when: {{all: [{{named: n{n - 1}}}, {{named: n{n - 1}}}]}}}}\n" for n in range(1, 60)
)


def _laughs(tiny: Path) -> None:
    (tiny / "laughs.yaml").write_text(LAUGHS)


def _deep(tiny: Path) -> None:
    (tiny / "deep.yaml").write_text("a: " + "[" * 200_000)


def _wide(tiny: Path) -> None:
    (tiny / "wide.yaml").write_text("a: [" + "1," * 200_000 + "]")


def _quadratic(tiny: Path) -> None:
    (tiny / "keys.yaml").write_text("{" + "? " * 100_000 + "}")


def _formula(tiny: Path) -> None:
    change(
        tiny,
        "scenario.yaml",
        "named_conditions:\n",
        "named_conditions:\n  - {id: n0, sentence: N., when: {flag: promised}}\n" + FORMULA,
    )


def _power(tiny: Path) -> None:
    change(tiny, "seats.yaml", "points: -10, when", "points: '1e99999999', when")


def _digits(tiny: Path) -> None:
    change(tiny, "seats.yaml", "points: -10, when", "points: '" + "9" * 100_000 + "', when")


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        (_laughs, "is not allowed in a scenario"),
        (_deep, "nested more than"),
        (_wide, "values in one file"),
        (_quadratic, ""),
        (_formula, "written out, this condition has more than 2,000 parts"),
        (_power, "a fraction in quotes"),
        (_digits, "a fraction in quotes"),
    ],
)
def test_a_bomb_is_refused_while_it_is_read(tiny: Path, breaks: Callable[[Path], None], reason: str) -> None:
    breaks(tiny)
    before = time.process_time()
    faults = check_folder(tiny).faults
    assert time.process_time() - before < 2, "promised is one second; slow machines are given two"
    assert any(reason in fault.reason for fault in faults), faults


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param("a: [" + "x," * 15_000 + "]\nb: &x 1\n", id="an anchor at the end"),
        pytest.param('a: "' + "x" * 500_000 + '"', id="one long text"),
        pytest.param("#" * 500_000, id="a comment"),
        pytest.param("\n" * 500_000, id="empty lines"),
        pytest.param("a: b\n" + " c\n" * 150_000, id="a text over many lines"),
        pytest.param("a: |\n" + " x\n" * 150_000, id="a block over many lines"),
        pytest.param("".join(f"k{n}: 1\n" for n in range(30_000)), id="many keys"),
        pytest.param("a: 1\n" * 80_000, id="one key many times"),
        pytest.param("- " * 200_000, id="lists in lists"),
        pytest.param("{" * 200_000, id="mappings in mappings"),
        pytest.param("a: *" + "x" * 400_000, id="a long alias"),
    ],
)
def test_a_file_that_only_costs_time_costs_little(bomb: str) -> None:
    before = time.process_time()
    faults = check_files({"scenario.yaml": bomb.encode()}).faults
    assert time.process_time() - before < 2
    assert 0 < len(faults) < 100
    assert all(len(str(fault)) < 1_000 for fault in faults)


@pytest.mark.slow
def test_what_takes_too_long_or_too_much_is_refused_from_outside() -> None:
    (fault,) = check_untrusted(VILNIUS, memory=16 << 20).faults
    assert "refused: reading it took more than" in fault.reason


@pytest.mark.slow
def test_an_untrusted_scenario_without_fault_passes() -> None:
    verdict = check_untrusted(TINY)
    assert verdict.faults == ()
    assert verdict.summary.startswith("tiny: 2 issues, 4 seats")


WORDS = [
    "null",
    "[]",
    "{}",
    "-1",
    "0",
    "salt",
    "NOR",
    "true",
    "1.5",
    "any",
    "all",
    "holder",
    "[NOR,NOR]",
    "{all:[]}",
    "carts",
    "undecided",
    "outcome",
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_no_slip_of_the_pen_is_more_than_a_fault(seed: int) -> None:
    chance = random.Random(seed)
    sound = {path.relative_to(TINY).as_posix(): path.read_text() for path in sorted(TINY.rglob("*.*"))}
    for _ in range(15):
        files = dict(sound)
        for _ in range(chance.randint(1, 3)):
            file = chance.choice(list(files))
            words = re.split(r"(\W+)", files[file])
            words[chance.randrange(len(words))] = chance.choice([*WORDS, "", chance.choice(words)])
            files[file] = "".join(words)
        checked = check_files({file: text.encode() for file, text in files.items()})
        assert (checked.scenario is None) is bool(checked.faults)


# --- loading ----------------------------------------------------------------------------------------------------------


def test_loading_a_faulty_scenario_raises_all_its_faults(tiny: Path) -> None:
    change(tiny, "seats.yaml", "levers: [salt]", "levers: [silt]")
    with pytest.raises(FaultyScenario, match="silt") as raised:
        load_scenario(tiny)
    (fault,) = raised.value.faults
    assert isinstance(fault, FileFault)


def test_a_scenario_read_again_comes_from_what_was_kept_and_is_the_same(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_scenario(tiny)
    monkeypatch.setattr("server.scenario_files.check_files", lambda files: pytest.fail("read as YAML again"))
    again = load_scenario(tiny)
    assert again == first
    assert again.digest() == first.digest()


def test_a_changed_scenario_is_read_anew(tiny: Path) -> None:
    load_scenario(tiny)
    change(tiny, "scenario.yaml", "title: A bridge between two towns", "title: Another bridge")
    assert load_scenario(tiny).title == "Another bridge"


def test_what_was_kept_and_is_damaged_is_read_anew(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    load_scenario(tiny)
    (kept,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.json")
    kept.write_text("{}")
    assert isinstance(load_scenario(tiny), Scenario)


def test_the_word_no_is_a_word(tiny: Path) -> None:
    change(tiny, "scenario.yaml", "title: A bridge between two towns", "title: NO")
    assert load_scenario(tiny).title == "NO"
