"""The golden replays: the same seed and commands give the same log, byte for byte, and a log gives the same game.

promises R9. Red after a change of the rules, the bots or the views? Read the transcripts' diff; if every line of it is
meant, `make replays`.
"""

from __future__ import annotations

import contextlib
import difflib
import itertools
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from game_rules.engine import EVENTS, evolve
from game_rules.logged_game import LoggedGame
from game_rules.procedures.seating import RULES_VERSION, GameCreated
from game_rules.procedures.silence import SilenceBroken
from game_rules.procedures.standing import circumstances
from game_rules.rejections import Rejected
from game_rules.saved_game import read_lines, write_lines
from game_rules.scenario import canonical_json
from game_rules.snapshot import dump_state, load_state, state_hash
from game_rules.state import GameState, Outcome
from game_rules.view.private import crossings
from tests.replays.goldens import (
    FOLDER,
    GOLDENS,
    HASHES,
    Golden,
    lines_of,
    named,
    scenario_file,
    without_scenario,
    write_wishes,
)
from tests.replays.hashes import state_hashes, states, view_hashes
from tests.replays.record import SOURCES

HINT = "If every line of this is meant: make replays"
SHOWN_LINES = 30

every_golden = pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)


def assert_same(now: str, recorded: Path) -> None:
    """Fails with the first lines that differ, cut to what fits a screen."""
    before = recorded.read_text(encoding="utf-8")
    if now == before:
        return
    pairs = difflib.unified_diff(before.split("\n"), now.split("\n"), recorded.name, "now", lineterm="", n=1)
    shown = [line[:160] for _, line in zip(range(SHOWN_LINES), pairs, strict=False)]
    pytest.fail("\n".join([*shown, HINT]), pytrace=False)


@cache
def seen(golden: Golden) -> tuple[GameState, ...]:
    """The game after each of its events."""
    return tuple(states(golden))


def happened(golden: Golden) -> list[str]:
    """The types of its events, in order."""
    return [json.loads(record.event)["type"] for record in golden.saved.records]


def outcome_of(golden: Golden) -> Outcome:
    outcome = seen(golden)[-1].outcome
    assert outcome is not None
    return outcome


@every_golden
def test_playing_it_again_gives_the_same_log_byte_for_byte(golden: Golden) -> None:
    game = golden.played(golden.scenario())
    assert_same(without_scenario(lines_of(game), golden.scenario()), golden.log)
    assert_same(write_wishes(game.wished), golden.commands)


@every_golden
def test_deciding_its_commands_again_gives_the_same_events_and_refusals(golden: Golden) -> None:
    created = EVENTS.validate_json(golden.saved.records[0].event)
    assert isinstance(created, GameCreated)
    if created.rules_version != RULES_VERSION:
        pytest.skip("a game of older rules is folded, not decided again")
    game = LoggedGame(created.game, created.seed)
    for wish in golden.wished():
        with contextlib.suppress(Rejected):
            game.wish(wish.command, wish.by, wish.at, wish.id)
    assert_same(write_wishes(game.wished), golden.commands)
    assert_same(without_scenario(lines_of(game), golden.scenario()), golden.log)


@every_golden
def test_its_transcript_is_what_its_log_tells(golden: Golden) -> None:
    assert_same(golden.told(golden.saved, golden.wished()), golden.transcript)


@pytest.mark.rule("8.1")
@every_golden
def test_it_ends_the_way_it_is_there_to_show(golden: Golden) -> None:
    assert outcome_of(golden).ending == golden.ending


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "12345"])
def test_states_are_the_same_whatever_the_hash_seed(seed: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.replays.hashes"],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == {golden.name: state_hashes(golden) for golden in GOLDENS}


@every_golden
def test_its_last_state_and_all_views_of_it_have_the_recorded_hashes(golden: Golden) -> None:
    recorded = json.loads(HASHES.read_text(encoding="utf-8"))[golden.name]
    last = seen(golden)[-1]
    assert {"state": state_hash(last), "views": view_hashes(last)} == recorded, HINT


@every_golden
def test_folding_through_a_snapshot_is_folding_in_one_go(golden: Golden) -> None:
    scenario, records = golden.scenario(), golden.saved.records
    whole = seen(golden)
    for cut in range(0, len(records), max(1, len(records) // 3)):
        state = load_state(dump_state(whole[cut]), scenario)
        for record in records[cut + 1 :]:
            state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
        assert state_hash(state) == state_hash(whole[-1])


@every_golden
def test_its_events_survive_json(golden: Golden) -> None:
    for record in golden.saved.records:
        event = EVENTS.validate_json(record.event)
        assert canonical_json(EVENTS.dump_python(event, mode="json")).decode() == record.event


@every_golden
def test_its_log_keeps_the_order_of_things(golden: Golden) -> None:
    records = golden.saved.records
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert all(before.at <= after.at for before, after in itertools.pairwise(records))
    types = [json.loads(record.event)["type"] for record in records]
    assert types.index("game_created") == 0
    assert types.count("outcome_reached") == 1
    assert "game_closed" not in types[:-1]


@pytest.mark.rule("5.4")
@every_golden
def test_its_words_stand_in_the_side_table_alone(golden: Golden) -> None:
    saved = golden.saved
    log = "\n".join(record.event for record in saved.records[1:])
    assert saved.texts
    assert not [text.text for text in saved.texts if f'"{text.text}"' in log]


@every_golden
def test_what_was_exported_is_exported_the_same_again(golden: Golden) -> None:
    """Reading verifies the chain; `write_lines` is what an export is made by."""
    saved = golden.saved
    assert read_lines(golden.lines()) == saved
    assert list(write_lines(saved.game, saved.records, saved.texts)) == golden.lines()


# --- what the goldens show together


VILNIUS = [golden for golden in GOLDENS if golden.slug == "vilnius-2023"]


def test_there_is_a_golden_for_each_way_a_game_can_end() -> None:
    assert {golden.ending for golden in GOLDENS} == {"adopted", "fallback", "deadlock", "ended"}


def test_there_is_a_golden_of_each_scenario() -> None:
    shipped = {path.parent.name for path in SOURCES.glob("*/scenario.yaml")}
    assert {golden.slug for golden in GOLDENS} == shipped


@pytest.mark.rule("2.1", "4.8")
def test_each_way_into_the_alliance_is_adopted_in_some_golden() -> None:
    """Also those that somebody's instructions forbid: people may accept what they should not, at a price."""
    scenario = VILNIUS[0].scenario()
    ways = {option.id for issue in scenario.issues if issue.id == scenario.ranked_issue for option in issue.options}
    adopted = {
        seen(golden)[-1].rules.package_dict(outcome_of(golden).package)[scenario.ranked_issue]
        for golden in VILNIUS
        if outcome_of(golden).ending == "adopted"
    }
    assert adopted == ways


@pytest.mark.rule("8.2")
def test_each_ending_of_the_war_is_drawn_in_some_golden() -> None:
    drawn = {outcome_of(golden).world for golden in VILNIUS}
    assert drawn == set(VILNIUS[0].scenario().aftermath.chances)


SHOWN = {
    "deal_bought": {"offer_made", "offer_countered", "offer_declined", "deals_in_force", "silence_held"},
    "deal_betrayed": {"deals_in_force", "silence_broken", "deal_betrayed", "promise_judged"},
    "another_end": {"game_forked", "game_taken_up", "game_resumed"},
    "taken_back": {"silence_broken", "game_rewound", "game_taken_back", "time_granted", "silence_held"},
    "conditions": {"act_prepared", "act_signed", "act_dropped", "signature_warning", "act_lapsed", "silence_held"},
    "empty_chairs": {"seat_vacated", "absence_asked", "absence_answered", "seat_retaken"},
    "news": {"inject_written", "inject_edited", "instructions_changed", "revision_handed", "effects_lapsed"},
    "beside": {"complement_signed", "complement_signature_withdrawn", "congress_voted", "complement_in_force"},
    "fast_track": {"place_taken", "place_left", "member_moved", "press_admitted", "annotation_made", "rooms_opened"},
}
"""What each of these goldens is there to show."""


@pytest.mark.rule("1.4", "1.6", "6.1", "6.3", "6.4", "6.5", "7.3")
@pytest.mark.parametrize("name", SHOWN)
def test_a_golden_shows_what_it_is_there_for(name: str) -> None:
    assert SHOWN[name] - set(happened(named(name))) == set()


@pytest.mark.rule("6.1")
@pytest.mark.parametrize("seat", ["HUN", "TUR"])
def test_a_deal_that_was_bought_lifts_what_stood_in_the_way(seat: str) -> None:
    """Their instructions forbid the text as it was tabled, and allow it as it is adopted; not a word has changed."""
    bought = seen(named("deal_bought"))
    tabled = next(state for state in bought if state.drafts)
    adopted = bought[-1]
    assert adopted.drafts["d1"].package == tabled.drafts["d1"].package
    assert crossings(tabled, seat, tabled.drafts["d1"].package)
    assert not crossings(adopted, seat, adopted.drafts["d1"].package)


@pytest.mark.rule("1.4")
def test_a_break_that_no_head_signed_does_not_count() -> None:
    last = seen(named("conditions"))[-1]
    assert [silence.result for silence in last.silences] == ["held"]


@pytest.mark.rule("6.4")
def test_a_deal_is_betrayed_by_whom_it_paid() -> None:
    assert {(one.seat, one.deal) for one in seen(named("deal_betrayed"))[-1].betrayals} == {("HUN", "sd_hun_eu_funds")}


@pytest.mark.rule("6.5", "8.1")
def test_what_nations_signed_stands_though_no_text_was_agreed() -> None:
    last = seen(named("beside"))[-1]
    assert outcome_of(named("beside")).ending == "deadlock"
    assert {"core_group", "israel_model"} <= {one.name for one in circumstances(last).complements}


@pytest.mark.rule("10")
def test_what_was_taken_back_stays_on_record_as_undone() -> None:
    last = seen(named("taken_back"))[-1]
    assert [silence.result for silence in last.silences] == ["held"]
    assert any(isinstance(entry.event, SilenceBroken) for entry in last.record if entry.undone)


def test_every_kind_of_event_happens_in_some_golden() -> None:
    """What is stored must be readable for ever: each event type has a sample on record."""
    known = set(EVENTS.json_schema()["discriminator"]["mapping"])
    missing = known - {type for golden in GOLDENS for type in happened(golden)}
    assert missing == set(), "let it happen in a script under tests/replays/scripts, then: make replays"


def test_no_file_is_left_of_a_golden_that_is_gone() -> None:
    kept = {path for golden in GOLDENS for path in (golden.log, golden.commands, golden.transcript)}
    kept |= {scenario_file(golden.slug) for golden in GOLDENS} | {HASHES}
    assert {path for path in FOLDER.rglob("*") if path.is_file()} == kept
