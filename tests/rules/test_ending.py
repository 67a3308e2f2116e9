"""How a summit ends: adoption, fallback, deadlock, the outcome and each delegation's result (rules 8.1 to 8.10)."""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.engine import EVENTS, fold
from game_rules.evaluation import Circumstances
from game_rules.procedures.clock import FallbackDue, PhaseBegan
from game_rules.procedures.ending import OutcomeReached, ResultsOpened, score_json
from game_rules.procedures.positions import PollOpened
from game_rules.procedures.silence import (
    FallbackPut,
    ObjectionWithdrawn,
    RungTaken,
    SilenceBroken,
    SilenceCancelled,
    SilenceHeld,
    SilenceOpened,
)
from game_rules.scenario import Package
from game_rules.simulation import simulate
from game_rules.snapshot import dump_state
from game_rules.view import SPECTATOR, member_viewer, view
from tests.rules.harness import (
    ACTION_PLAN,
    DEADLINE,
    FALLBACK_PENDING,
    HISTORICAL,
    MINUTE,
    NOON,
    SECOND,
    WITH_REVIEW,
    Answer,
    Fields,
    broken,
    created,
    given,
    in_phase,
    package,
    rules,
    tabled,
    under_silence,
    vilnius,
)

PUT_BY, ENDS_AT = NOON + MINUTE, NOON + 3 * MINUTE
FALLBACK: Package = tuple(vilnius().fallback.options[issue] for issue in rules().issues)
STATUS_QUO: Package = tuple(vilnius().status_quo.options[issue] for issue in rules().issues)
PUT = FallbackPut(draft="d1", author="SG", package=FALLBACK)
FALLBACK_PUT = (*FALLBACK_PENDING, PUT, under_silence(deadline=ENDS_AT).model_copy(update={"fallback": True}))
BREAK: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "why", "lift": "what"}


def put_under_silence(by: str | None, deadline: int = ENDS_AT) -> SilenceOpened:
    return SilenceOpened(draft="d1", revision=1, opened_by=by, deadline=deadline, fallback=True)


def outcome(answer: Answer) -> OutcomeReached:
    (found,) = [event for event in answer.events if isinstance(event, OutcomeReached)]
    return found


def adopted(of: Package = HISTORICAL, *meanwhile: Any) -> tuple[Any, ...]:
    """A text that stands in the leaders' session, whose time is up."""
    return (
        *in_phase("leaders", NOON),
        tabled("USA", of),
        under_silence(),
        meanwhile,
        SilenceHeld(draft="d1", revision=1),
    )


# --- adopted, or the fallback


@pytest.mark.rule("8.1")
def test_the_text_that_stands_at_the_end_of_the_leaders_session_is_adopted() -> None:
    answer = given(adopted()).when("advance_clock", by="timer")
    answer.then_types(OutcomeReached, PhaseBegan)
    reached = outcome(answer)
    assert (reached.ending, reached.package, reached.adopted) == ("adopted", HISTORICAL, True)
    assert answer.state.phase.id == "aftermath"


@pytest.mark.rule("8.1")
def test_a_leaders_session_without_a_text_has_three_more_minutes() -> None:
    given(in_phase("leaders", NOON)).when("advance_clock", by="timer").then(FallbackDue(put_by=PUT_BY, ends_at=ENDS_AT))


@pytest.mark.rule("8.1")
@pytest.mark.parametrize(
    ("by", "code"),
    [
        pytest.param("SG", None, id="rule 8.1: the chair"),
        pytest.param("server", None, id="rule 8.1: or the server"),
        pytest.param("USA", "seat.chair_only", id="rule 8.1: no ally"),
        pytest.param("facilitator", "seat.not_seated", id="rule 8.1: nor the facilitator"),
    ],
)
def test_who_puts_the_fallback(by: str, code: str | None) -> None:
    given(FALLBACK_PENDING).when("put_fallback", by=by).decided(code)


@pytest.mark.rule("8.1")
def test_the_chair_puts_the_fallback_until_the_three_minutes_are_over() -> None:
    """rule 8.1: a full package, exempt from the cast's fixed issues."""
    answer = given(FALLBACK_PENDING).when("put_fallback", by="SG", at=NOON + 20 * SECOND)
    answer.then(PUT, put_under_silence("SG"))
    assert any(FALLBACK[rules().issue_place[issue]] != option for issue, option in rules().cast.fixed.items())


@pytest.mark.rule("8.1")
@pytest.mark.parametrize(
    ("late", "puts"),
    [
        pytest.param(-1, False, id="rule 8.1: the chair has a minute"),
        pytest.param(0, True, id="rule 8.1: then the server puts it"),
        pytest.param(30 * SECOND, True, id="rule 8.1: late, for the shortest silence at least"),
    ],
)
def test_the_server_puts_the_fallback_when_the_chair_does_nothing(late: int, puts: bool) -> None:
    at = PUT_BY + late
    answer = given(FALLBACK_PENDING).when("advance_clock", by="timer", at=at)
    if puts:
        shortest = at + vilnius().silence.min_seconds * SECOND
        answer.then(PUT, put_under_silence(None, max(ENDS_AT, shortest)))
    else:
        answer.nothing()


@pytest.mark.rule("8.1")
def test_the_fallback_is_put_once_and_only_when_it_is_due() -> None:
    given(in_phase("leaders")).when("put_fallback", by="SG").rejected("fallback.not_due")
    given(adopted()).when("put_fallback", by="SG").rejected("fallback.not_due")
    given(FALLBACK_PUT).when("put_fallback", by="SG").rejected("silence.running", draft="d1")


@pytest.mark.rule("8.1")
def test_no_other_text_goes_under_silence_any_more() -> None:
    """rule 8.1: three more minutes, for the fallback."""
    game = given(FALLBACK_PENDING, tabled(draft="d7"))
    game.when("open_silence", by="SG", draft="d7", revision=1, seconds=120).rejected("phase.forbids")


@pytest.mark.rule("8.1")
def test_a_fallback_that_held_is_the_outcome() -> None:
    answer = given(FALLBACK_PUT).when("advance_clock", by="timer", at=ENDS_AT)
    answer.then_types(SilenceHeld, OutcomeReached, PhaseBegan)
    reached = outcome(answer)
    assert (reached.ending, reached.package, reached.adopted) == ("fallback", FALLBACK, True)


@pytest.mark.rule("8.1")
def test_a_fallback_that_is_broken_is_a_deadlock_and_the_status_quo_is_scored() -> None:
    answer = given(FALLBACK_PUT).when("break_silence", by="POL", **BREAK)
    answer.then_types(SilenceBroken, OutcomeReached, PhaseBegan)
    reached = outcome(answer)
    assert (reached.ending, reached.package, reached.adopted) == ("deadlock", STATUS_QUO, False)
    assert reached.figures["breaks"] == 1


@pytest.mark.rule("8.1")
def test_an_earlier_objection_does_not_bar_the_fallback() -> None:
    earlier = (*in_phase("leaders"), tabled("USA", FALLBACK), under_silence(), broken())
    game = given(earlier, FallbackDue(put_by=PUT_BY, ends_at=ENDS_AT))
    game.when("put_fallback", by="SG").accepted()


@pytest.mark.rule("1.7", "8.1")
def test_a_fallback_that_is_cancelled_is_put_again_by_the_server() -> None:
    """rules 1.7 and 8.1: the game ends. A chair that took it back again and again would see to it that it did not."""
    given(FALLBACK_PUT).when("cancel_silence", by="SG", reason="r").rejected("fallback.stands")
    game = given(FALLBACK_PUT).when("cancel_silence", by="facilitator", at=NOON + 30 * SECOND, reason="r")
    game.then(SilenceCancelled(reason="r"))
    again = game.next().when("advance_clock", by="timer", at=PUT_BY)
    again.then_types(FallbackPut, SilenceOpened)
    assert [draft.open for draft in again.state.drafts.values()] == [False, True]
    again.next().when("advance_clock", by="timer", at=ENDS_AT).then_types(SilenceHeld, OutcomeReached, PhaseBegan)


@pytest.mark.rule("4.2", "8.1")
def test_a_silence_opened_in_the_leaders_session_is_waited_for() -> None:
    game = given(in_phase("leaders", NOON + MINUTE), tabled(), under_silence())
    held = game.when("advance_clock", by="timer", at=DEADLINE)
    held.then_types(SilenceHeld, OutcomeReached, PhaseBegan)
    lost = game.when("break_silence", by="HUN", at=NOON + 2 * MINUTE, **BREAK).next()
    lost.when("advance_clock", by="timer", at=NOON + 2 * MINUTE).then_types(FallbackDue)


@pytest.mark.rule("10")
def test_a_game_broken_off_is_scored_as_it_stands() -> None:
    """rule 10: the facilitator ends it."""
    without = given(in_phase("council_1"), tabled(), under_silence()).when("end_game", by="facilitator")
    assert (outcome(without).ending, outcome(without).package, outcome(without).adopted) == ("ended", STATUS_QUO, False)
    assert without.state.silence is None
    with_text = given(in_phase("council_1"), adopted()[2:]).when("end_game", by="facilitator")
    assert (outcome(with_text).ending, outcome(with_text).package) == ("ended", HISTORICAL)


@pytest.mark.rule("4.7")
def test_a_silence_whose_deadline_has_passed_held_before_the_game_was_broken_off() -> None:
    """rule 4.7: deadline passed, nobody broke."""
    answer = given(in_phase("council_1"), tabled(), under_silence()).when("end_game", by="facilitator", at=DEADLINE)
    answer.then_types(SilenceHeld, OutcomeReached, PhaseBegan)
    assert outcome(answer).package == HISTORICAL


@pytest.mark.rule("3.3")
def test_a_poll_that_runs_at_the_end_is_dropped() -> None:
    """rule 3.3: nothing shows before it closes."""
    poll = PollOpened(poll="p1", draft="d1", revision=1, closes_at=ENDS_AT)
    state = given(adopted(HISTORICAL), poll).when("advance_clock", by="timer").state
    assert (state.poll, state.polls) == (None, ())


# --- the aftermath


@pytest.mark.rule("8.2")
def test_the_seed_draws_how_the_war_ends() -> None:
    """rule 8.2: and the same seed the same way."""
    worlds = [
        outcome(given(adopted(), game=created(seed=f"seed {number}")).when("advance_clock", by="timer")).world
        for number in range(40)
    ]
    assert set(worlds) == set(vilnius().aftermath.chances)
    again = outcome(given(adopted(), game=created(seed="seed 7")).when("advance_clock", by="timer"))
    assert again.world == worlds[7]


@pytest.mark.rule("8.6")
def test_the_chances_are_parts_of_a_whole() -> None:
    """rule 8.6: a lucky draw is not mistaken for a good deal."""
    figures = outcome(given(adopted()).when("advance_clock", by="timer")).figures
    assert sum(figures["chances"].values()) == vilnius().aftermath.whole
    assert figures["worlds"].keys() == figures["chances"].keys()


@pytest.mark.rule("8.5")
def test_in_a_deadlock_nobody_is_asked_to_ratify_and_the_six_considerations_are_scored_all_the_same() -> None:
    figures = outcome(given(FALLBACK_PUT).when("break_silence", by="POL", **BREAK)).figures
    assert all(world["refusals"] == {} for world in figures["worlds"].values())
    assert len(figures["scores"]) == 6
    accession = outcome(given(adopted()).when("advance_clock", by="timer")).figures["worlds"]
    assert any(world["refusals"] for world in accession.values())


@pytest.mark.rule("4.3")
def test_breaks_statements_and_footnotes_cost_cohesion() -> None:
    """rule 4.3: 8, 1 and 3."""
    rungs = (
        RungTaken(seat="HUN", rung="footnote", issues=("reform",), text="t"),
        RungTaken(seat="POL", rung="statement", text="t"),
        RungTaken(seat="TUR", rung="associate"),
        RungTaken(seat="DEU", rung="silent"),
    )
    broken_before = (
        *in_phase("leaders", NOON),
        tabled("POL", WITH_REVIEW, "d9"),
        under_silence("d9"),
        broken(draft="d9"),
    )

    def cohesion(*history: Any) -> float:
        figures = outcome(given(history).when("advance_clock", by="timer")).figures
        value: float = figures["figures"]["cohesion"]["value"]
        return value

    plain = cohesion(adopted())
    assert plain - cohesion(adopted(HISTORICAL, *rungs)) == pytest.approx(3 + 1)
    assert plain - cohesion(broken_before, adopted()[2:]) == pytest.approx(8)


# --- each delegation's result


def result(answer: Answer, seat: str) -> dict[str, Any]:
    return dict(outcome(answer).results[seat])


def over(*history: Any) -> Answer:
    return given(history).when("advance_clock", by="timer")


@pytest.mark.rule("8.7")
def test_a_result_is_the_points_of_what_came_about() -> None:
    answer = over(adopted())
    evaluator = rules().evaluator
    for seat in rules().seats:
        found = result(answer, seat)
        found.pop("terms")
        assert found == {
            "points": evaluator.points(seat, HISTORICAL, Circumstances()),
            "reservation": evaluator.reservation(seat),
            "breaks_without_cause": 0,
            "consented_across": [],
            "deals": [],
            "promises": {"kept": 0, "broken": 0, "never_tested": 0},
            "total": evaluator.points(seat, HISTORICAL, Circumstances()),
        }


@pytest.mark.rule("8.7")
def test_consenting_across_a_red_line_costs_fifteen_once_however_many_lines() -> None:
    answer = over(adopted(ACTION_PLAN))
    hungary, germany = result(answer, "HUN"), result(answer, "DEU")
    assert hungary["consented_across"] == ["path_not_acceptable", "requires_sweden_linkage_resolved"]
    assert hungary["total"] == hungary["points"] - 15
    assert germany["total"] == germany["points"]


@pytest.mark.rule("1.1", "8.7")
@pytest.mark.parametrize("seat", ["UKR", "SWE", "EU", "SG"])
def test_whoever_has_no_vote_consents_to_nothing(seat: str) -> None:
    crossing = package(path="bucharest_repeat", perspective="bucharest_verbatim")
    answer = over(adopted(crossing))
    if seat == "UKR":
        assert rules().evaluator.objections("UKR", crossing)
    assert result(answer, seat)["consented_across"] == []


def after_breaking(of: Package, by: str = "HUN", *then: Any) -> Answer:
    """Somebody breaks a silence on a text; later the historical text is adopted."""
    break_it = (tabled("POL", of, "d9"), under_silence("d9"), broken(by, draft="d9"), then)
    return over(in_phase("leaders", NOON), break_it, adopted()[2:])


@pytest.mark.rule("8.7")
def test_breaking_without_cause_costs_ten() -> None:
    """rule 8.7: no red line crossed, and points at or above the reservation."""
    fine = after_breaking(WITH_REVIEW, "TUR")
    assert not rules().evaluator.objections("TUR", WITH_REVIEW)
    assert rules().evaluator.points("TUR", WITH_REVIEW) >= rules().evaluator.reservation("TUR")
    turkey = result(fine, "TUR")
    assert (turkey["breaks_without_cause"], turkey["total"]) == (1, turkey["points"] - 10)
    assert result(fine, "USA")["breaks_without_cause"] == 0


@pytest.mark.rule("8.7")
def test_a_break_on_a_crossed_red_line_has_its_cause() -> None:
    hungary = result(after_breaking(ACTION_PLAN, "HUN"), "HUN")
    assert (hungary["breaks_without_cause"], hungary["total"]) == (0, hungary["points"])


@pytest.mark.rule("8.7")
def test_a_break_on_a_text_worth_less_than_no_text_has_its_cause() -> None:
    evaluator = rules().evaluator
    poor = next(
        (seat, one)
        for seat in rules().voters
        for issue in rules().issues
        for option in rules().options[issue]
        for one in [package(**{issue: option})]
        if evaluator.points(seat, one) < evaluator.reservation(seat) and not evaluator.objections(seat, one)
    )
    seat, text = poor
    assert result(after_breaking(text, seat), seat)["breaks_without_cause"] == 0


@pytest.mark.rule("8.7")
def test_withdrawing_the_objection_later_does_not_undo_the_break() -> None:
    """rule 8.7: each silence it broke."""
    answer = after_breaking(WITH_REVIEW, "TUR", ObjectionWithdrawn(objection="o1"))
    assert result(answer, "TUR")["breaks_without_cause"] == 1


@pytest.mark.rule("8.7")
def test_both_penalties_add_up() -> None:
    break_it = (tabled("POL", WITH_REVIEW, "d9"), under_silence("d9"), broken("TUR", draft="d9"))
    answer = over(in_phase("leaders", NOON), break_it, adopted(ACTION_PLAN)[2:])
    turkey = result(answer, "TUR")
    assert turkey["total"] == turkey["points"] - 10 - 15


# --- who sees the results


@pytest.mark.rule("8.5", "9.1")
def test_a_result_is_the_delegations_own_until_the_facilitator_opens_it() -> None:
    ended = over(adopted())
    assert view(ended.state, SPECTATOR)["public"]["outcome"]["opened"] == {}  # type: ignore[index]
    us = view(ended.state, member_viewer("m-HUN", "HUN"))["private"]["us"]
    assert us is not None
    assert us["result"] == result(ended, "HUN")
    opened = ended.next().when("open_results", by="facilitator").then(ResultsOpened())
    shown = view(opened.state, SPECTATOR)["public"]["outcome"]["opened"]  # type: ignore[index]
    assert shown.keys() == rules().seats.keys()


@pytest.mark.rule("9.1")
def test_results_are_opened_once_and_when_there_are_some() -> None:
    given(in_phase("council_1")).when("open_results", by="facilitator").rejected("game.not_over")
    over(adopted()).next().when("open_results", by="HUN").rejected("game.facilitator_only")
    over(adopted()).next(ResultsOpened()).when("open_results", by="facilitator").rejected("game.already_open")


# --- how the figures are shown


@pytest.mark.rule("8.10")
def test_groups_are_shown_apart_only_where_a_score_has_several() -> None:
    """Deterrence and restraint stand apart in S4; the other considerations are one sum each."""
    scores = rules().evaluator.scores(HISTORICAL, Circumstances(world="W1"))
    shown = {name: score_json(score) for name, score in scores.items()}
    assert [name for name, score in shown.items() if "groups" in score] == ["S4"]
    for name, score in scores.items():
        assert shown[name].get("groups", {}).keys() == (score.groups.keys() if len(score.groups) > 1 else set())


# --- what the page shows


@pytest.mark.rule("8.10")
def test_the_six_considerations_are_shown_with_every_term() -> None:
    """brief V: six of them; each term is there, those that are worth nothing too, and adds up within its bounds."""
    shown = view(over(adopted()).state, SPECTATOR)["public"]["outcome"]
    assert shown is not None
    assert list(shown["scores"]) == ["S1", "S2", "S3", "S4", "S5", "S6"]
    for rule in (*vilnius().scores, *vilnius().figures):
        score = shown["scores"].get(rule.id) or shown["figures"][rule.id]
        single = len(rule.groups) == 1
        named = {term.id if single else f"{group.id}.{term.id}" for group in rule.groups for term in group.terms}
        assert named <= score["terms"].keys()
        assert shown["explained"][rule.id].keys() == named
        for world in shown["worlds"].values():
            assert named <= (world["terms"].get(rule.id) or world["figures"][rule.id])["terms"].keys()
    assert shown["scores"]["S4"]["groups"].keys() == {"D", "R"}


@pytest.mark.rule("8.10")
def test_the_mean_is_that_of_the_six_considerations() -> None:
    shown = view(over(adopted()).state, SPECTATOR)["public"]["outcome"]
    assert shown is not None
    for worth in (shown, shown["history"]):
        assert worth["mean"] == pytest.approx(sum(score["value"] for score in worth["scores"].values()) / 6, abs=0.05)
    for world in shown["worlds"].values():
        assert world["mean"] == pytest.approx(sum(world["scores"].values()) / 6, abs=0.05)


@pytest.mark.rule("8.10")
def test_no_consideration_is_shown_before_the_aftermath() -> None:
    before = view(given(adopted()).state, member_viewer("m-HUN", "HUN"))
    assert before["public"]["outcome"] is None
    assert '"S1"' not in str(before)


@pytest.mark.rule("8.10")
def test_what_really_happened_is_judged_and_told_beside_it() -> None:
    """brief VI: the minimum is arguable in the historical text."""
    shown = view(over(adopted()).state, SPECTATOR)["public"]["outcome"]
    assert shown is not None
    history = shown["history"]
    assert history["package"] == dict(vilnius().history.options)
    assert history["why"].keys() == history["confidence"].keys() == history["package"].keys()
    assert history["benchmark"] == "arguable"
    assert [one["status"] for one in history["complements"]] == ["framework"]
    assert len(history["deals"]) == 4
    assert history["later"][-1]["date"] == "October 2024"


@pytest.mark.rule("8.7", "8.8")
def test_a_result_says_where_its_points_come_from() -> None:
    answer = over(adopted())
    for seat in rules().seats:
        terms = result(answer, seat)["terms"]
        assert terms["issues"].keys() == terms["most"].keys() == set(rules().issues)
        assert all(terms["issues"][issue] <= terms["most"][issue] for issue in rules().issues)
        reckoned = sum(terms["issues"].values()) + sum(terms["signed"].values())
        assert result(answer, seat)["points"] == pytest.approx(min(max(reckoned, 0), 100), abs=1.5)


@pytest.mark.rule("8.7")
def test_consent_is_judged_by_the_instructions_of_that_moment() -> None:
    """A line that a capital gives after its delegation has consented was not crossed; one it takes back later was."""
    given_later = given(adopted()).when("fire_inject", by="facilitator", inject="EV_X_NUCLEAR").next()
    germany = result(given_later.when("advance_clock", by="timer"), "DEU")
    assert germany["consented_across"] == []
    settled = {"kind": "red_line", "seats": ["HUN"], "red_line": "requires_sweden_linkage_resolved", "held": False}
    across = given(adopted(ACTION_PLAN))
    taken = across.when("write_inject", by="facilitator", title="t", news="n", effects=[settled])
    late = taken.next().when("fire_inject", by="facilitator", inject="own.1").next()
    hungary = result(late.when("advance_clock", by="timer"), "HUN")
    assert "requires_sweden_linkage_resolved" in hungary["consented_across"]


@pytest.mark.rule("8.6")
def test_the_outcome_read_from_the_log_is_the_same_bytes() -> None:
    """Live and after a restart everybody gets the figures in one order."""
    played = simulate(vilnius(), "quick", "order", keep_log=True).game
    read = fold((EVENTS.validate_json(record.event), record.actor, record.at) for record in played.records)
    assert dump_state(read) == dump_state(played.state)
