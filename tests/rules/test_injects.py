"""News from outside the room: when it comes, whom it reaches, what it changes and for how long (rule 7.3)."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from game_rules.engine import Event, next_due
from game_rules.procedures.clock import PhaseBegan
from game_rules.procedures.injects import (
    EffectsApplied,
    EffectsLapsed,
    InjectEdited,
    InjectFired,
    InjectHeld,
    InjectPassed,
    InjectReleased,
    InjectSkipped,
    InjectWritten,
    InstructionsChanged,
    RevisionHanded,
)
from game_rules.procedures.silence import SilenceHeld, SilenceOpened
from game_rules.procedures.standing import circumstances, public_circumstances
from game_rules.scenario import AddPoints, SetFlag, ShiftSalience
from game_rules.view import SPECTATOR, facilitator_viewer, member_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    DEADLINE,
    HISTORICAL,
    MINUTE,
    NOON,
    WITH_REVIEW,
    Answer,
    Given,
    broken,
    created,
    given,
    in_phase,
    package,
    phase_began,
    summit,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.rule("7.3")

ABSURD = package(trigger="allies_agree", target_date="none", perspective="future_in_nato")
SALIENT = {"kind": "salience", "dimension": "borders", "by": 2}
FLAG = {"kind": "flag", "flag": "stall"}


EARLIER = (InjectPassed(inject="EV_ERDOGAN_EU"), InjectSkipped(inject="EV_ERDOGAN_EU"))


def with_news(*history: Any, **how: Any) -> Given:
    """The summit as it is played, with its schedule; what consultations would have brought is over."""
    return given(EARLIER, history, game=created(scenario=summit(), **how))


def come(answer: Answer) -> list[str]:
    """The injects that came, by their ids on the facilitator's list."""
    return [event.inject for event in answer.events if isinstance(event, EffectsApplied)]


def passed(answer: Answer) -> list[str]:
    return [event.inject for event in answer.events if isinstance(event, InjectPassed)]


def fired(inject: str, *history: Any) -> Given:
    """A quiet game in which the facilitator has let this inject come."""
    return given(in_phase("council_1"), history).when("fire_inject", by="facilitator", inject=inject).next()


def changes(answer: Answer, seat: str) -> tuple[Any, ...]:
    return tuple(
        change
        for event in answer.events
        if isinstance(event, InstructionsChanged) and event.seat == seat
        for change in event.changes
    )


# --- by the schedule


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(MINUTE - 1, [], id="a moment before"),
        pytest.param(MINUTE, ["EV_F16"], id="a minute into the first Council session"),
        pytest.param(6 * MINUTE, ["EV_F16", "EV_MEDVEDEV"], id="and what comes later"),
    ],
)
def test_a_scheduled_inject_comes_at_its_minute(after: int, expected: list[str]) -> None:
    game = with_news(in_phase("council_1", NOON + 12 * MINUTE))
    assert come(game.when("advance_clock", by="timer", at=NOON + after)) == expected


def test_the_schedule_stretches_with_the_clock() -> None:
    """rule 7.1: phases scale with the chosen length, and so do the minutes of the news."""
    game = with_news(in_phase("council_1", NOON + 24 * MINUTE), clock_minutes=120)
    assert come(game.when("advance_clock", by="timer", at=NOON + 2 * MINUTE - 1)) == []
    assert come(game.when("advance_clock", by="timer", at=NOON + 2 * MINUTE)) == ["EV_F16"]


@pytest.mark.rule("7.1")
def test_a_pause_stops_the_schedule() -> None:
    paused = with_news(in_phase("council_1")).when("pause_game", by="facilitator", at=NOON + 30_000).next()
    resumed = paused.when("resume_game", by="facilitator", at=NOON + 10 * MINUTE).next()
    assert next_due(resumed.state) == NOON + 10 * MINUTE + 30_000
    assert come(resumed.when("advance_clock", by="timer", at=NOON + 10 * MINUTE + 30_000)) == ["EV_F16"]


@pytest.mark.rule("4.6")
def test_what_is_due_comes_in_its_order_and_once() -> None:
    """A silence that ends at the same moment ends first; nothing comes twice."""
    game = with_news(in_phase("council_1"), tabled(), under_silence(deadline=NOON + MINUTE))
    answer = game.when("advance_clock", by="timer", at=NOON + MINUTE)
    kinds = [event.type for event in answer.events]
    assert kinds.index("silence_held") < [*kinds].index("inject_fired")
    assert come(answer) == ["EV_COMM", "EV_F16"]
    assert come(answer.next().when("advance_clock", by="timer", at=NOON + 2 * MINUTE)) == []


def test_one_whose_condition_does_not_hold_waits_for_the_beginning_of_the_next_phase() -> None:
    """Erdoğan's price is named while Sweden is not settled; Sweden is settled first here, later no more."""
    flag: dict[str, Any] = {"effects": [{"kind": "flag", "flag": "sweden_deal"}]}
    game = given(in_phase("consultations", NOON + 13 * MINUTE), game=created(scenario=summit()))
    settled = game.when("write_inject", by="facilitator", title="t", news="n", **flag)
    settled = settled.next().when("fire_inject", by="facilitator", inject="own.1")
    at_its_moment = settled.next().when("advance_clock", by="timer", at=NOON + 2 * MINUTE)
    at_its_moment.then(InjectPassed(inject="EV_ERDOGAN_EU"))
    assert next_due(at_its_moment.state) == NOON + 13 * MINUTE
    unsettled = at_its_moment.next().when(
        "write_inject", by="facilitator", title="t", news="n",
        effects=[{"kind": "flag", "flag": "sweden_deal", "value": False}],
    )  # fmt: skip
    unsettled = unsettled.next().when("fire_inject", by="facilitator", inject="own.2")
    later = unsettled.next().when("advance_clock", by="timer", at=NOON + 13 * MINUTE)
    assert [event.type for event in later.events[:2]] == ["phase_began", "inject_fired"]
    assert come(later) == ["EV_ERDOGAN_EU"]


def test_a_phase_cut_short_leaves_its_news_to_the_next() -> None:
    cut = with_news(in_phase("council_1", NOON + 12 * MINUTE)).when("advance_phase", by="facilitator", at=NOON + 1)
    answer = cut.next().when("advance_clock", by="timer", at=NOON + 1_000)
    assert come(answer) == ["EV_F16", "EV_MEDVEDEV"]


def test_nothing_scheduled_for_the_summit_comes_after_the_outcome() -> None:
    ended = with_news(in_phase("council_1", NOON + 12 * MINUTE)).when("end_game", by="facilitator", at=NOON + 1)
    answer = ended.next().when("advance_clock", by="timer", at=NOON + 3 * MINUTE)
    assert not {"EV_F16", "EV_MEDVEDEV"} & set(come(answer))


def test_the_background_is_in_the_baseline_and_comes_by_hand_alone() -> None:
    game = given(in_phase("briefing", NOON + 5 * MINUTE), game=created(scenario=summit()))
    at = NOON
    background = {inject.id for inject in summit().injects if inject.part == "background"}
    while (due := next_due(game.state)) is not None:
        at = max(due, at)
        answer = game.when("advance_clock", by="timer", at=at)
        assert not background & set(come(answer))
        game = answer.next()
    assert game.state.outcome is not None
    by_hand = given(in_phase("council_1")).when("fire_inject", by="facilitator", inject="EV_DAM")
    assert come(by_hand) == ["EV_DAM"]
    assert len(background) == 25


# --- on a moment of the floor


def opened(text: Any) -> Answer:
    game = with_news(in_phase("council_1"), tabled("USA", text))
    return game.when("open_silence", by="SG", draft="d1", revision=1, seconds=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ABSURD, ["EV_TWEET"], id="events: allies agree, no date, below irreversible"),
        pytest.param(WITH_REVIEW, [], id="with a date it is not absurd"),
        pytest.param(package(trigger="after_review"), [], id="nor with another trigger"),
        pytest.param(package(perspective="irreversible"), [], id="nor when the path is irreversible"),
    ],
)
def test_the_text_put_under_silence_may_bring_news(text: Any, expected: list[str]) -> None:
    answer = opened(text)
    assert isinstance(answer.events[0], SilenceOpened)
    assert come(answer) == expected


def test_the_weaker_revision_is_handed_to_the_chair_only_if_kyiv_called_the_text_absurd() -> None:
    quiet = with_news(in_phase("leaders", NOON + 12 * MINUTE)).when("advance_clock", by="timer", at=NOON + MINUTE)
    assert passed(quiet) == ["EV_REWRITE"]
    loud = opened(ABSURD).next(SilenceHeld(draft="d1", revision=1), phase_began("leaders", NOON + 12 * MINUTE))
    answer = loud.when("advance_clock", by="timer", at=NOON + MINUTE)
    assert "EV_REWRITE" in come(answer)
    (handed,) = [event for event in answer.events if isinstance(event, RevisionHanded)]
    assert (handed.seat, handed.changes[0].model_dump()["change"]) == ("SG", {"trigger": "unspecified"})


def test_a_deal_brings_news_once_everybody_knows_of_it() -> None:
    """rule 6.2: news hang on public facts alone."""
    offered = with_news(in_phase("council_1")).when("offer_deals", by="TUR", deals=["sd_tur_swe"])
    answer = offered.next().when("sign_offer", by="SWE", offer="TUR+SWE.1")
    kinds = [event.type for event in answer.events]
    assert kinds.index("deals_in_force") < kinds.index("deal_published") < kinds.index("inject_fired")
    assert come(answer) == ["EV_SWEDEN", "EV_HUN_FOLLOW"]


def test_an_adoption_is_news() -> None:
    game = with_news(in_phase("council_2", NOON + 30 * MINUTE), tabled(), under_silence())
    answer = game.when("advance_clock", by="timer", at=DEADLINE)
    assert come(answer)[-1] == "EV_COMM"


def test_a_broken_silence_may_be_news() -> None:
    data = summit().model_dump(mode="json", by_alias=True, exclude_none=True)
    (quarrel,) = [inject for inject in data["injects"] if inject["id"] == "EV_X_LEAK"]
    quarrel["trigger"] = {"on": "silence_broken", "when": {"issue": "path", "is": "membership_action_plan"}}
    scenario = type(summit()).model_validate(data)

    def after_breaking(text: Any) -> list[str]:
        game = given(in_phase("council_1"), tabled("USA", text), under_silence(), game=created(scenario=scenario))
        wish: dict[str, Any] = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "r", "lift": "l"}
        return come(game.when("break_silence", by="HUN", **wish))

    assert after_breaking(ACTION_PLAN) == ["EV_X_LEAK"]
    assert after_breaking(HISTORICAL) == []


# --- whom it reaches, and what it changes


def test_news_to_everybody_is_public_and_what_it_changes_is_the_delegations_own() -> None:
    game = given(in_phase("council_1"))
    answer = game.when("fire_inject", by="facilitator", inject="EV_MEDVEDEV")
    answer.then_types(InjectFired, EffectsApplied, *3 * (InstructionsChanged,))
    told = [event.seat for event in answer.events if isinstance(event, InstructionsChanged)]
    assert told == ["DEU", "POL", "USA"], "in the order of the table"
    assert changes(answer, "POL") == (ShiftSalience(kind="salience", seats=("POL",), dimension="path", by=1),)
    public = view(answer.state, SPECTATOR)["public"]
    assert [news["inject"] for news in public["news"]] == ["EV_MEDVEDEV"]
    assert "effects" not in str(public["news"])


def test_a_note_is_written_under_those_that_came_before() -> None:
    game = given(in_phase("council_1"))
    for by in (1, 2, 3):
        salience = [{**SALIENT, "seats": ["POL"], "by": by}]
        game = game.when("write_inject", by="facilitator", title="t", news="n", to=["POL"], effects=salience).next()
    for inject in ("own.1", "own.2", "own.3"):
        game = game.when("fire_inject", by="facilitator", inject=inject).next()
    assert [
        (note.news.inject, [change.model_dump()["by"] for change in note.changes]) for note in game.state.notes["POL"]
    ] == [
        ("news.POL.1", [1]),
        ("news.POL.2", [2]),
        ("news.POL.3", [3]),
    ]


def test_a_note_shows_its_change_and_the_brief_follows() -> None:
    before = view(given(in_phase("council_1")).state, member_viewer("m-USA", "USA"))["private"]
    after = view(fired("EV_MEDVEDEV").state, member_viewer("m-USA", "USA"))["private"]
    (note,) = after["notes"]
    assert note["changes"] == [
        {"kind": "salience", "params": {"dimension": "borders", "title": "Borders and the use of force", "by": 1}}
    ]
    assert (note["until"], note["over"]) == ("next_phase", False)
    assert before["brief"] is not None
    assert after["brief"] is not None
    assert after["brief"]["salience"]["borders"] == before["brief"]["salience"]["borders"] + 1
    assert (before["brief"]["changed"], after["brief"]["changed"]) == ([], ["salience:borders"])


def test_a_red_line_that_is_given_is_in_the_brief_and_crossed() -> None:
    state = fired("EV_X_NUCLEAR").state
    lines = view(state, member_viewer("m-DEU", "DEU"))["private"]["brief"]
    assert lines is not None
    assert "no_automatic_invitation" in [line["id"] for line in lines["red_lines"]]
    forceful = package(path="fast_track_with_conditions", trigger="on_ceasefire", reform="explicit_eu")
    known = circumstances(state, "DEU")
    assert "no_automatic_invitation" in state.evaluator.objections("DEU", forceful, known)


EFFECTS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "salience", "seats": ["HUN"], "dimension": "path", "by": -3}, "salience:path"),
    ({"kind": "preference", "seat": "HUN", "order": ["bucharest_repeat", "new_partnership"]}, "preference"),
    ({"kind": "acceptable", "seat": "HUN", "options": ["bucharest_repeat"]}, "acceptable"),
    ({"kind": "red_line", "seats": ["HUN"], "red_line": "no_automatic_invitation", "held": True},
     "red_line:no_automatic_invitation"),
    ({"kind": "points", "seats": ["HUN"], "points": -9, "when": {"adopted": True}}, "points"),
]  # fmt: skip


@pytest.mark.parametrize(("effect", "named"), EFFECTS, ids=[named for _, named in EFFECTS])
def test_every_kind_of_instruction_reaches_its_delegation_alone(effect: dict[str, Any], named: str) -> None:
    """rule 9.1: `seat`: notes."""
    game = given(in_phase("council_1"), tabled())
    written = game.when("write_inject", by="facilitator", title="t", news="n", to=["HUN"], effects=[effect])
    answer = written.next().when("fire_inject", by="facilitator", inject="own.1")
    answer.then_types(InjectFired, EffectsApplied, InstructionsChanged)
    hungary = view(answer.state, member_viewer("m-HUN", "HUN"))["private"]
    assert hungary["brief"] is not None
    assert named in hungary["brief"]["changed"]
    assert [change["kind"] for note in hungary["notes"] for change in note["changes"]] == [effect["kind"]]
    for seat in ("POL", "SG"):
        other = member_viewer(f"m-{seat}", seat)
        assert view(answer.state, other) == view(game.state, other)
    assert view(answer.state, SPECTATOR) == view(game.state, SPECTATOR)


def test_effects_on_the_world_are_everybodys() -> None:
    """rule 7.2"""
    state = fired("EV_X_STALL").state
    assert public_circumstances(state).effects == (SetFlag(kind="flag", flag="stall"),)
    assert circumstances(state, "HUN").effects == public_circumstances(state).effects


def test_the_full_truth_holds_every_capitals_instructions_and_a_delegation_knows_its_own() -> None:
    state = fired("EV_MEDVEDEV").state
    assert len(circumstances(state).effects) == 2
    assert public_circumstances(state).effects == ()
    (own,) = circumstances(state, "POL").effects
    assert isinstance(own, ShiftSalience)
    assert own.seats == ("POL",)


# --- how long


def test_until_the_next_phase_is_the_only_duration() -> None:
    game = fired("EV_MEDVEDEV").when("fire_inject", by="facilitator", inject="EV_X_STALL").next()
    answer = game.when("advance_phase", by="facilitator")
    answer.then(answer.events[0], EffectsLapsed(injects=("EV_MEDVEDEV",)))
    assert isinstance(answer.events[0], PhaseBegan)
    poland = view(answer.state, member_viewer("m-POL", "POL"))["private"]
    assert [note["over"] for note in poland["notes"]] == [True]
    assert poland["brief"] is not None
    assert poland["brief"]["changed"] == []
    assert public_circumstances(answer.state).effects == (SetFlag(kind="flag", flag="stall"),)
    assert [event.type for event in answer.next().when("advance_phase", by="facilitator").events] == ["phase_began"]


def test_what_holds_until_the_next_phase_holds_when_the_outcome_is_worked_out() -> None:
    """rule 8.7: and lapses with the phase."""
    nuclear = given(in_phase("leaders")).when("fire_inject", by="facilitator", inject="EV_X_NUCLEAR").next()
    kinds = [event.type for event in nuclear.when("end_game", by="facilitator").events]
    assert kinds[:3] == ["outcome_reached", "phase_began", "effects_lapsed"]


# --- the facilitator's list


@pytest.mark.parametrize("command", ["fire_inject", "hold_inject", "release_inject", "skip_inject"])
@pytest.mark.parametrize(
    ("by", "kind"),
    [
        pytest.param("HUN", "exercise", id="rule 10: no delegation"),
        pytest.param("SG", "exercise", id="rule 10: nor the chair"),
        pytest.param("USA", "open", id="rule 7.3: in an open game nobody"),
    ],
)
def test_only_the_facilitator_of_an_exercise_directs_the_news(command: str, by: str, kind: Any) -> None:
    game = given(in_phase("council_1"), game=created(kind))
    game.when(command, by=by, inject="EV_X_LEAK").rejected("game.facilitator_only")
    game.when(command, by=by, inject="EV_NOBODY_WROTE").rejected("game.facilitator_only")


def test_in_an_open_game_news_come_by_schedule_and_condition() -> None:
    game = given(EARLIER, in_phase("council_1"), game=created("open", scenario=summit()))
    assert come(game.when("advance_clock", by="timer", at=NOON + MINUTE)) == ["EV_F16"]


STEPS: list[tuple[tuple[Event, ...], str, str | None]] = [
    ((), "fire_inject", None),
    ((), "hold_inject", None),
    ((), "skip_inject", None),
    ((), "release_inject", "inject.status"),
    ((InjectHeld(inject="EV_X_LEAK"),), "fire_inject", None),
    ((InjectHeld(inject="EV_X_LEAK"),), "hold_inject", "inject.status"),
    ((InjectHeld(inject="EV_X_LEAK"),), "release_inject", None),
    ((InjectHeld(inject="EV_X_LEAK"),), "skip_inject", None),
    ((InjectSkipped(inject="EV_X_LEAK"),), "skip_inject", "inject.status"),
    ((InjectSkipped(inject="EV_X_LEAK"),), "release_inject", None),
    ((InjectSkipped(inject="EV_X_LEAK"),), "fire_inject", None),
    ((InjectHeld(inject="EV_X_LEAK"), InjectReleased(inject="EV_X_LEAK")), "hold_inject", None),
    *(((EffectsApplied(inject="EV_X_LEAK", effects=(), lapses=False),), command, "inject.has_come")
      for command in ("fire_inject", "hold_inject", "release_inject", "skip_inject")),
]  # fmt: skip


@pytest.mark.parametrize(("before", "command", "code"), STEPS)
def test_what_may_be_done_with_an_inject(before: tuple[Event, ...], command: str, code: str | None) -> None:
    given(in_phase("council_1"), before).when(command, by="facilitator", inject="EV_X_LEAK").decided(code)


def test_the_list_can_be_prepared_in_the_lobby_and_fires_once_the_meeting_runs() -> None:
    lobby = given()
    lobby.when("hold_inject", by="facilitator", inject="EV_F16").then(InjectHeld(inject="EV_F16"))
    lobby.when("fire_inject", by="facilitator", inject="EV_F16").rejected("game.not_started")
    lobby.when("skip_inject", by="facilitator", inject="EV_NOTHING").rejected("inject.unknown")
    ended = given(in_phase("council_1")).when("end_game", by="facilitator").next()
    ended.when("fire_inject", by="facilitator", inject="EV_F16").rejected("game.over")


def test_what_is_held_or_skipped_does_not_come_by_itself_and_what_is_released_makes_up_for_it() -> None:
    game = with_news(in_phase("council_1", NOON + 12 * MINUTE), InjectHeld(inject="EV_F16"))
    later = game.when("advance_clock", by="timer", at=NOON + 3 * MINUTE).nothing()
    released = later.next().when("release_inject", by="facilitator", inject="EV_F16", at=NOON + 4 * MINUTE).next()
    assert come(released.when("advance_clock", by="timer", at=NOON + 4 * MINUTE)) == ["EV_F16"]
    skipped = with_news(in_phase("council_1", NOON + 12 * MINUTE), InjectSkipped(inject="EV_F16"))
    skipped.when("advance_clock", by="timer", at=NOON + 3 * MINUTE).nothing()


def test_news_can_be_edited_before_it_comes() -> None:
    game = given(in_phase("council_1"))
    to_poland: dict[str, Any] = {"to": ["POL"], "effects": [{**SALIENT, "seats": ["POL"]}]}
    edited = game.when("edit_inject", by="facilitator", inject="EV_F16", news="other words", **to_poland)
    edited.then_types(InjectEdited)
    answer = edited.next().when("fire_inject", by="facilitator", inject="EV_F16")
    (fact,) = [event for event in answer.events if isinstance(event, InjectFired)]
    assert (fact.seat, fact.news, fact.text, fact.headline) == ("POL", None, "other words", "F-16s")
    game.when("edit_inject", by="facilitator", inject="EV_F16").rejected("draft.nothing_changes")


def test_news_of_the_facilitators_own_comes_by_hand_or_by_the_clock() -> None:
    game = given(in_phase("council_1", NOON + 10 * MINUTE))
    by_clock = game.when("write_inject", by="facilitator", title="t", news="n", phase="council_1", minute=2)
    by_clock.then(
        InjectWritten(
            inject="own.1", name="t", text="n", to="everybody", effects=(), lapses=False, phase="council_1", minute=2
        )
    )
    due = by_clock.next().when("advance_clock", by="timer", at=NOON + 2 * MINUTE)
    due.then_types(InjectFired, EffectsApplied)
    (news,) = due.state.news
    assert (news.inject, news.name, news.text) == ("news.1", "t", "n")


def test_own_news_are_numbered_among_those_their_reader_has_read() -> None:
    """rule 9.2: not by their place on the facilitator's list, which would tell how much else is on it."""
    game = given(in_phase("council_1"))
    for to in (["POL"], ["HUN"], ["POL", "HUN"], ["HUN"]):
        game = game.when("write_inject", by="facilitator", title="t", news="n", to=to).next()
    for inject in ("own.1", "own.4", "own.3"):
        game = game.when("fire_inject", by="facilitator", inject=inject).next()
    read = {seat: [note.news.inject for note in game.state.notes[seat]] for seat in ("POL", "HUN")}
    assert read == {"POL": ["news.POL.1", "news.POL.2"], "HUN": ["news.HUN.1", "news.HUN.2"]}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"to": ["HUN"]}, None, id="news alone"),
        pytest.param({"effects": [FLAG]}, None, id="the world changes for everybody"),
        pytest.param({"to": ["HUN"], "effects": [FLAG]}, "inject.public_effects", id="or for nobody"),
        pytest.param(
            {"to": ["HUN"], "effects": [{"kind": "score", "score": "S1", "by": -2}]},
            "inject.public_effects",
            id="score",
        ),
        pytest.param(
            {"to": ["HUN"], "effects": [{"kind": "world", "variable": "occupied", "value": False}]},
            "inject.public_effects",
            id="world",
        ),
        pytest.param(
            {"to": ["HUN"], "effects": [{**SALIENT, "seats": ["POL"]}]},
            "inject.others_instructions",
            id="instructions without the news",
        ),
        pytest.param(
            {"to": ["HUN"], "effects": [{"kind": "revision", "change": {"trigger": "unspecified"}}]},
            "inject.others_instructions",
            id="a revision without the chair",
        ),
        pytest.param({"effects": [{**SALIENT, "seats": ["POL"]}]}, None, id="news to all, a note to one"),
        pytest.param({"to": ["GBR"]}, "seat.unknown", id="nobody of that name sits here"),
        pytest.param({"effects": [{"kind": "flag", "flag": "war"}]}, "inject.name_unknown", id="no such flag"),
        pytest.param(
            {"effects": [{**SALIENT, "seats": ["POL"], "dimension": "mood"}]}, "inject.name_unknown", id="no dimension"
        ),
        pytest.param(
            {"effects": [{"kind": "world", "variable": "phase", "value": "peace"}]},
            "inject.name_unknown",
            id="no value",
        ),
        pytest.param({"effects": [{"kind": "score", "score": "S9", "by": 1}]}, "inject.name_unknown", id="no score"),
        pytest.param(
            {"effects": [{"kind": "revision", "change": {"trigger": "soon"}}]}, "inject.name_unknown", id="no option"
        ),
        pytest.param(
            {"effects": [{"kind": "points", "seats": ["POL"], "points": 1, "when": {"issue": "path", "is": "soon"}}]},
            "inject.name_unknown",
            id="a condition about no option",
        ),
        pytest.param(
            {"effects": [{"kind": "points", "seats": ["POL"], "points": 1, "when": {"congress": "passed"}}]},
            "inject.condition",
            id="a condition that is about signatures",
        ),
        pytest.param({"phase": "tea"}, "inject.name_unknown", id="no such phase"),
    ],
)
def test_what_a_facilitator_writes_is_held_against_the_scenario(fields: dict[str, Any], code: str | None) -> None:
    game = given(in_phase("council_1"))
    game.when("write_inject", by="facilitator", title="t", news="n", **fields).decided(code)


@pytest.mark.rule("9.1")
def test_the_list_is_the_facilitators_alone() -> None:
    state = given(in_phase("council_1"), InjectHeld(inject="EV_F16")).state
    facilitation = view(state, facilitator_viewer("white-cell"))["private"]["facilitation"]
    assert facilitation is not None
    listed = {plan["id"]: plan for plan in facilitation["injects"]}
    assert listed.keys() == {inject.id for inject in summit().injects}
    assert listed["EV_F16"]["status"] == "held"
    hungary = view(state, member_viewer("m-HUN", "HUN"))["private"]
    assert (hungary["facilitation"], hungary["can"]["injects"]) == (None, {})


def test_the_list_says_when_each_is_due() -> None:
    facilitation = view(with_news(in_phase("council_1")).state, facilitator_viewer("white-cell"))["private"][
        "facilitation"
    ]
    assert facilitation is not None
    due = {plan["id"]: plan["due_at"] for plan in facilitation["injects"]}
    assert (due["EV_F16"], due["EV_MEDVEDEV"], due["EV_REWRITE"]) == (NOON + MINUTE, NOON + 6 * MINUTE, None)


@pytest.mark.rule("4.5")
def test_what_is_foreseen_is_named_to_everybody() -> None:
    foreseen = view(given().state, SPECTATOR)["public"]["scenario"]["foreseen"]
    assert [one["id"] for one in foreseen] == ["EV_SWEDEN", "EV_HUN_FOLLOW", "EV_F16", "EV_NUC", "EV_G7"]


@pytest.mark.rule("6.2")
def test_a_secret_deal_leaves_no_trace_in_what_brings_news() -> None:
    """Two games that differ in it bring the same news."""
    plain = with_news(in_phase("council_1"), tabled(), under_silence(), broken())
    private = next(deal for deal in plain.state.rules.deal_parties if deal not in summit().public_deals)
    first, *others = plain.state.rules.deal_parties[private]
    dealt = plain.when("offer_deals", by=first, deals=[private])
    (offer,) = dealt.state.offers
    for seat in others:
        dealt = dealt.next().when("sign_offer", by=seat, offer=offer)
    assert private in circumstances(dealt.state).deals
    assert public_circumstances(dealt.state) == public_circumstances(plain.state)


def test_a_scenario_condition_on_points_is_told_in_words() -> None:
    scenario = summit()
    (effect,) = [one for one in scenario.inject("EV_NOSUB").effects if isinstance(one, AddPoints)]
    germany = view(fired("EV_NOSUB").state, member_viewer("m-DEU", "DEU"))["private"]["notes"]
    (change,) = germany[0]["changes"]
    assert change["params"]["points"] == effect.points
    assert change["params"]["when"].startswith("No substitute")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"to": []}, id="news to nobody"),
        pytest.param({"to": [f"S{number}" for number in range(65)]}, id="more readers than seats"),
        pytest.param({"phase": "council_1", "minute": 10_001}, id="after a week"),
        pytest.param({"phase": "council_1", "minute": -1}, id="before the phase"),
        pytest.param({"effects": [FLAG] * 21}, id="more effects than anybody follows"),
    ],
)
def test_what_no_list_of_news_can_hold_is_no_command(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        given().when("write_inject", by="facilitator", title="t", news="n", **fields)


def test_the_greatest_news_that_a_list_can_hold() -> None:
    most: dict[str, Any] = {"phase": "council_1", "minute": 10_000, "effects": [FLAG] * 20}
    given().when("write_inject", by="facilitator", title="t", news="n", **most).accepted()
