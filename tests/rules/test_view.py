"""What each viewer may know (rules 2.4, 5.3, 9.1 to 9.5), and that what views keep is what they would build again."""

from __future__ import annotations

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as some

from game_rules.messages import only
from game_rules.procedures.drafting import AmendmentProposed, BasisNamed
from game_rules.procedures.positions import PositionConfided
from game_rules.procedures.seating import SeatVacated
from game_rules.procedures.silence import RungTaken
from game_rules.view import (
    LOBBY,
    PROJECTOR,
    SPECTATOR,
    Viewer,
    Views,
    apply,
    diff,
    facilitator_viewer,
    member_viewer,
    stand_in_viewer,
    text_ids,
    view,
)
from tests.rules.harness import (
    ACTION_PLAN,
    HISTORICAL,
    WITH_REVIEW,
    broken,
    cosponsored,
    created,
    given,
    in_phase,
    package,
    rules,
    seated,
    tabled,
    under_silence,
)
from tests.rules.random_games import play

HUNGARY = member_viewer("m-HUN", "HUN")
FACILITATOR = facilitator_viewer("white-cell")
FLOOR = (*in_phase("consultations"), tabled())


def confided(draft: str, by: str, position: str = "support") -> PositionConfided:
    said = {"draft": draft, "revision": 1, "seat": by, "position": position, "chair": "SG"}
    return PositionConfided.model_validate(said)


# --- the public half


@pytest.mark.rule("9.1")
def test_everybody_sees_the_same_public_half() -> None:
    state = given(FLOOR).state
    halves = [view(state, viewer)["public"] for viewer in (HUNGARY, FACILITATOR, SPECTATOR, PROJECTOR, LOBBY)]
    assert all(half == halves[0] for half in halves)


@pytest.mark.rule("1.1", "9.1")
@pytest.mark.parametrize("watcher", [SPECTATOR, PROJECTOR, LOBBY])
def test_whoever_only_watches_has_nothing_of_their_own(watcher: Viewer) -> None:
    """rule 9.1: projector and spectator see what is public."""
    private = view(given(FLOOR).state, watcher)["private"]
    assert (private["brief"], private["us"], private["rooms"], private["record"], private["table"]) == (
        None, None, {}, [], None,
    )  # fmt: skip
    assert not any(private["can"].values())
    assert private["trade"] is None


@pytest.mark.rule("9.1")
def test_a_delegation_sees_its_own_brief_and_value_and_nobody_elses() -> None:
    private = view(given(FLOOR).state, HUNGARY)["private"]
    assert private["brief"] is not None
    assert [line["id"] for line in private["brief"]["red_lines"]] == [
        line.id for line in rules().scenario.seat("HUN").red_lines
    ]
    assert private["us"] is not None
    assert private["us"]["drafts"]["d1"]["points"] == rules().evaluator.points("HUN", HISTORICAL)
    assert private["table"] is None


@pytest.mark.rule("9.1")
def test_only_the_facilitator_sees_every_delegations_value() -> None:
    table = view(given(FLOOR).state, FACILITATOR)["private"]["table"]
    assert table is not None
    assert table["seats"].keys() == rules().seats.keys()


def test_the_lines_that_a_draft_crosses_name_the_issues_they_rest_on() -> None:
    us = view(given(in_phase("consultations"), tabled("POL", ACTION_PLAN)).state, HUNGARY)["private"]["us"]
    assert us is not None
    crossed = us["drafts"]["d1"]["crosses"]
    assert [one["line"] for one in crossed] == ["path_not_acceptable", "requires_sweden_linkage_resolved"]
    assert "path" in crossed[0]["issues"]


@pytest.mark.rule("1.6")
def test_that_a_seat_is_played_by_a_stand_in_is_public() -> None:
    state = given(SeatVacated(seat="HUN", stand_in="deputy"), seats=[seated("HUN")]).state
    seats = view(state, SPECTATOR)["public"]["seats"]
    assert (seats["HUN"]["player"], seats["POL"]["player"]) == ("deputy", "bot")


@pytest.mark.rule("9.5")
@pytest.mark.parametrize("secret", ["a seed nobody guesses", "sha256"])
def test_neither_seed_nor_digest_travels_to_a_seat(secret: str) -> None:
    state = given(FLOOR, game=created(seed="a seed nobody guesses")).state
    assert (state.rules.digest if secret == "sha256" else secret) not in str(view(state, HUNGARY))


def test_a_bot_sees_what_a_person_in_its_seat_would_see() -> None:
    """rule 11: a bot is handed its seat's view and nothing more."""
    state = given(FLOOR, confided("d1", "POL"), seats=[seated("POL")]).state
    bot, person = view(state, stand_in_viewer("bot", "HUN")), view(state, HUNGARY)
    for part in ("brief", "us", "rooms", "confessionals", "record", "table"):
        assert bot["private"][part] == person["private"][part]


# --- the floor with its brackets


def floor(*history: object) -> dict[str, object]:
    paragraphs = view(given(in_phase("consultations"), history).state, SPECTATOR)["public"]["floor"]["paragraphs"]
    return {one["issue"]: one for one in paragraphs}


@pytest.mark.rule("2.4")
def test_where_drafts_and_amendments_differ_from_the_basis_the_text_shows_brackets() -> None:
    """rule 2.4: each alternative and the seats publicly behind it."""
    amendment = AmendmentProposed(
        amendment="d1.a1", draft="d1", revision=1, proposer="UKR", changes=(("path", "membership_action_plan"),)
    )
    shown = floor(
        tabled("USA"),
        cosponsored("DEU"),
        tabled("POL", package(path="membership_action_plan", target_date="review_next_summit"), "d2"),
        cosponsored("FRA", draft="d2"),
        BasisNamed(draft="d1"),
        amendment,
    )
    assert shown["path"] == {
        "issue": "path",
        "option": "new_partnership",
        "seats": ["DEU", "USA"],
        "alternatives": [
            {"option": "membership_action_plan", "seats": ["FRA", "POL", "UKR"], "sources": ["d2", "d1.a1"]}
        ],
    }
    assert shown["reform"] == {
        "issue": "reform",
        "option": "general_review",
        "seats": ["FRA", "DEU", "POL", "USA"],
        "alternatives": [],
    }


@pytest.mark.rule("2.2")
def test_an_empty_floor_has_no_text() -> None:
    assert floor() == {}


# --- nothing said in confidence shows, not even in an order


@pytest.mark.rule("9.2")
def test_own_confessionals_stand_in_the_order_of_the_drafts_whoever_confided_first() -> None:
    """rule 9.2: in no field, count, order, timing or size."""
    drafts = (*FLOOR, tabled("POL", WITH_REVIEW, "d2"))
    alone = given(drafts, confided("d1", "HUN"), confided("d2", "HUN")).state
    after_others = given(drafts, confided("d2", "FRA"), confided("d1", "HUN"), confided("d2", "HUN")).state
    for state in (alone, after_others):
        assert list(view(state, HUNGARY)["private"]["confessionals"]) == ["d1", "d2"]


@pytest.mark.rule("9.1")
def test_an_audience_of_seats_is_for_them_and_the_facilitator() -> None:
    audience = only("HUN", "SG")
    assert HUNGARY.may_know(audience)
    assert FACILITATOR.may_know(audience)
    assert not member_viewer("m-POL", "POL").may_know(audience)
    assert not SPECTATOR.may_know(audience)


# --- texts


@pytest.mark.rule("5.4")
def test_a_viewer_is_sent_the_texts_of_the_ids_it_sees() -> None:
    rung = RungTaken(seat="POL", rung="statement", text="text-of-the-statement")
    history = (*in_phase("council_1"), tabled(), under_silence(), rung, broken())
    state = given(history).state
    found = set(text_ids(view(state, SPECTATOR)["public"]))
    assert found == {f"name-of-{seat}" for seat in rules().seats} | {"why", "what", "text-of-the-statement"}


def test_the_scenarios_own_words_are_no_texts_of_the_table() -> None:
    ended = given(in_phase("council_1"), seats=()).when("end_game", by="facilitator").state
    assert list(text_ids(view(ended, HUNGARY))) == []


# --- properties


def viewers_of(state: object) -> list[Viewer]:
    seats = [stand_in_viewer("bot", "HUN"), member_viewer("nobody", "POL")]
    people = [member_viewer(one.id, one.seat) for one in getattr(state, "members", {}).values()]
    return [FACILITATOR, SPECTATOR, *seats, *people[:4]]


@settings(max_examples=settings().max_examples // 5)  # each is a whole game
@over(some.integers(0, 10_000))
def test_the_old_view_and_what_changed_make_the_new_view(seed: int) -> None:
    """promises L4, for every viewer after every command; and what is kept is what would be built again."""
    views = Views()
    seen: dict[Viewer, object] = {}
    for number, step in enumerate(play(seed, 60, "open" if seed % 2 else "exercise", strict=seed % 5 == 0)):
        for viewer in viewers_of(step.after):
            kept = {"public": views.public(step.after), "private": views.private(step.after, viewer)}
            if number % 7 == 0:
                assert kept == view(step.after, viewer)
            if viewer in seen:
                before = seen[viewer]
                assert isinstance(before, dict)
                assert apply(before, diff(before, kept)) == kept
                if not step.events:
                    assert diff(before, kept) == []
            seen[viewer] = kept


@settings(max_examples=settings().max_examples // 5)  # each is a whole game
@over(some.integers(0, 10_000))
def test_views_that_skipped_states_are_right_all_the_same(seed: int) -> None:
    """A memo is asked again after any number of commands, as by somebody who was away."""
    views = Views()
    for number, step in enumerate(play(seed, 80)):
        if number % 13 == seed % 13:
            assert views.public(step.after) == view(step.after, SPECTATOR)["public"]
            assert views.private(step.after, HUNGARY) == view(step.after, HUNGARY)["private"]


def test_a_viewer_who_comes_late_sees_what_the_others_see() -> None:
    steps = list(play(3, 120))
    views = Views()
    for step in steps:
        views.public(step.after)
    late = Views()
    assert late.public(steps[-1].after) == views.public(steps[-1].after)
