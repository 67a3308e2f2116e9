"""Several people in a seat: roles, who signs what, the acting head (rules 1.3 and 1.4)."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from game_rules import engine
from game_rules.affordances import affordances
from game_rules.engine import EVENTS, next_due
from game_rules.memo import Memo
from game_rules.messages import Actor, MemberId
from game_rules.messages import Command as AnyCommand
from game_rules.procedures.clock import GamePaused, GameResumed
from game_rules.procedures.delegation import (
    MOST_AGREED,
    ActDropped,
    ActLapsed,
    ActPrepared,
    ActSigned,
    AgreedInside,
    AgreedStruck,
    SignatureWarning,
    acting_head,
    signs,
    why_not_prepare,
)
from game_rules.procedures.drafting import DraftTabled
from game_rules.procedures.seating import MemberAway, MemberBack, MemberJoined, RoleSet, SeatVacated
from game_rules.procedures.silence import RungTaken, SilenceBroken, SilenceHeld
from game_rules.snapshot import dump_state, load_state
from game_rules.state import GameState
from game_rules.view import LOBBY, facilitator_viewer, member_viewer, view
from game_rules.view.public import record_entry
from tests.rules.harness import (
    ACTION_PLAN,
    DEADLINE,
    HISTORICAL,
    MINUTE,
    NOON,
    SECOND,
    Fields,
    Given,
    at,
    broken,
    created,
    everybody_seated,
    given,
    happened,
    in_phase,
    open_issues,
    seated,
    tabled,
    under_silence,
)
from tests.rules.random_games import play

pytestmark = pytest.mark.rule("1.4")

HEADS = created(formal="head")
TEAM = (seated("HUN", "b", "delegate"), seated("HUN", "c", "delegate"), seated("HUN", "a", "adviser"))

BREAK: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "why", "lift": "what"}
RUNG: Fields = {"draft": "d1", "revision": 1, "rung": "statement", "text": "said"}
TABLE: Fields = {"package": open_issues(HISTORICAL)}


def in_session(*history: Any, **how: Any) -> Given:
    """A council session of a game whose formal acts are the head's, with three more people for Hungary."""
    game = created(**{"formal": "head", **how})
    return given(in_phase("council_1", ends_at=NOON + 30 * MINUTE), *TEAM, *history, game=game)


def under_way(*history: Any) -> Given:
    return in_session(tabled(), under_silence(), *history)


def prepared(type: str, fields: Fields, act: str = "HUN.1", member: str = "b") -> ActPrepared:
    wish: AnyCommand = engine.COMMANDS.validate_python({"type": type, **fields})
    return ActPrepared(act=act, seat="HUN", member=member, command=wish.model_dump(mode="json"))


# --- who is in a delegation (rule 1.3)


@pytest.mark.rule("1.3")
@pytest.mark.parametrize(
    ("there", "asked_for", "role"),
    [
        pytest.param((), None, "head", id="the first is head"),
        pytest.param((), "adviser", "head", id="the first is head, whatever the link said"),
        pytest.param(("head",), None, "delegate", id="the next is a delegate"),
        pytest.param(("head",), "adviser", "adviser", id="or an adviser, if the link says so"),
        pytest.param(("head",), "head", "delegate", id="no second head sits down"),
        pytest.param(("adviser",), None, "head", id="beside an adviser somebody has to head"),
    ],
)
def test_what_somebody_is_in_a_delegation(there: tuple[str, ...], asked_for: str | None, role: str) -> None:
    people = [seated("HUN", f"p{number}", one) for number, one in enumerate(there)]
    wish: Fields = {"seat": "HUN", "member": "new", "name": "t", "role": asked_for}
    answer = given(seats=people).when("join_seat", by="server", **wish)
    answer.then(MemberJoined.model_validate({"seat": "HUN", "member": "new", "name": "t", "role": role}))


@pytest.mark.rule("1.3", "10")
@pytest.mark.parametrize(
    ("by", "member", "role", "code"),
    [
        pytest.param("HUN", "b", "adviser", None, id="a head, in its delegation"),
        pytest.param("HUN", "b", "head", None, id="a head names the next"),
        pytest.param("HUN", "m-POL", "adviser", "role.head_chooses", id="no head elsewhere"),
        pytest.param("HUN", "m-HUN", "delegate", "role.head_names_another", id="no delegation without a head"),
        pytest.param("HUN", "b", "delegate", "role.unchanged", id="what they are already"),
        pytest.param("HUN", "nobody", "delegate", "seat.member_unknown", id="nobody"),
        pytest.param("HUN/b", "c", "adviser", "role.head_chooses", id="no delegate"),
        pytest.param("HUN/a", "b", "adviser", "role.head_chooses", id="no adviser"),
        pytest.param("bot:HUN", "b", "adviser", "role.head_chooses", id="no stand-in"),
        pytest.param("server", "b", "adviser", "role.head_chooses", id="not the server"),
        pytest.param("facilitator", "b", "adviser", None, id="the facilitator, anywhere"),
        pytest.param("facilitator", "m-HUN", "adviser", "role.head_names_another", id="not even the facilitator"),
    ],
)
def test_who_gives_whom_which_role(by: str, member: str, role: str, code: str | None) -> None:
    in_session().when("set_role", by=by, member=member, role=role).decided(code)


@pytest.mark.rule("1.3")
def test_whoever_becomes_head_takes_the_place_of_the_one_before() -> None:
    named = in_session().when("set_role", by="HUN", member="c", role="head")
    named.then(RoleSet(seat="HUN", member="c", role="head"))
    assert roles(named.state) == {"m-HUN": "delegate", "b": "delegate", "c": "head", "a": "adviser"}
    named.next().when("set_role", by="HUN", member="b", role="adviser").rejected("role.head_chooses")


def roles(state: GameState) -> dict[MemberId, str]:
    return {member: state.members[member].role for member in state.seats["HUN"].members}


@pytest.mark.rule("1.3")
def test_the_host_of_an_open_game_gives_roles_in_every_delegation() -> None:
    people = (seated("HUN", host=True), seated("POL"), seated("POL", "p2", "delegate"))
    game = given(seats=people, game=created("open"))
    game.when("set_role", by="HUN", member="p2", role="adviser").accepted()
    game.when("set_role", by="POL", member="m-HUN", role="adviser").rejected("role.head_chooses")


@pytest.mark.rule("1.3", "5.1")
def test_a_delegation_has_a_room_of_its_own_and_everybody_in_it_talks_there() -> None:
    game = in_session()
    for member in ("m-HUN", "b", "a"):
        game = game.when("post_message", by=f"HUN/{member}", room="delegation", text="t").accepted().next()
    rooms = view(game.state, member_viewer("a", "HUN"))["private"]["rooms"]
    assert [[said["member"] for said in room["messages"]] for room in rooms.values()] == [["m-HUN", "b", "a"]]
    assert not view(game.state, member_viewer("m-POL", "POL"))["private"]["rooms"]


@pytest.mark.rule("1.3")
def test_everything_on_record_says_which_member_acted() -> None:
    """Over every event that an act of anybody's makes, in random games of several people a seat."""
    acts = 0
    for seed in range(8):
        for step in play(seed, 80, "open" if seed % 2 else "exercise"):
            records = (step.after.record, *step.after.private_records.values())
            if step.wish.by.kind != "member" or not step.events:
                continue
            entries = [one for record in records for one in record if any(one.event is event for event in step.events)]
            told = [event for event in step.events if event.told]
            assert {id(one.event) for one in entries} == {id(event) for event in told}
            for entry in map(record_entry, entries):
                acts += 1
                assert (entry["by"], entry["member"]) == (step.wish.by.seat, step.wish.by.id)
                assert not entry["stand_in"]
    assert acts > 200


# --- formal acts (rule 1.4)


FORMAL = {
    "table_draft", "revise_draft", "fold_language", "answer_amendment", "open_silence", "put_fallback", "take_rung",
    "break_silence", "offer_deals", "sign_offer", "sign_complement", "withdraw_signature",
}  # fmt: skip
"""Tabling, accepting, signing, opening silence, a rung of the ladder: nothing else waits for anybody."""


def test_formal_acts_are_tabling_accepting_signing_opening_silence_and_the_ladder() -> None:
    marked = {get_args(one.model_fields["type"].annotation)[0] for one in get_args(engine.Command) if one.formal_act}
    known = {get_args(one.model_fields["type"].annotation)[0] for one in get_args(engine.Command)}
    assert marked == FORMAL & known


@pytest.mark.parametrize(
    ("formal", "by", "waits"),
    [
        pytest.param("delegates", "HUN", False, id="any delegate acts: the head"),
        pytest.param("delegates", "HUN/b", False, id="any delegate acts: a delegate"),
        pytest.param("head", "HUN", False, id="the head alone acts: the head"),
        pytest.param("head", "HUN/b", True, id="the head alone acts: a delegate's waits"),
    ],
)
def test_whose_formal_acts_wait(formal: str, by: str, waits: bool) -> None:
    tabling = in_session(formal=formal).when("table_draft", by=by, **TABLE)
    if waits:
        tabling.then(prepared("table_draft", TABLE))
        assert not tabling.state.drafts
    else:
        tabling.then(DraftTabled(draft="d1", author="HUN", package=HISTORICAL))


@pytest.mark.rule("1.3", "1.4")
def test_an_advisers_formal_act_is_not_even_prepared() -> None:
    in_session().when("table_draft", by="HUN/a", **TABLE).rejected("seat.adviser")


def test_what_is_not_formal_waits_for_nobody() -> None:
    game = in_session(tabled())
    game.when("state_position", by="HUN/b", draft="d1", revision=1, position="support").accepted()
    game.when("cosponsor", by="HUN/b", draft="d1", revision=1).accepted()
    game.when("propose_amendment", by="HUN/b", draft="d1", revision=1, changes={"target_date": "review_next_summit"})


@pytest.mark.parametrize(
    ("type", "fields", "code"),
    [
        ("table_draft", {"package": {"path": "nowhere"}}, "package.issue_missing"),
        ("break_silence", {**BREAK, "revision": 2}, "draft.stale_revision"),
        ("break_silence", {**BREAK, "issues": []}, "silence.break_names_issues"),
        ("take_rung", {"draft": "d1", "revision": 1, "rung": "statement"}, "silence.rung_needs_text"),
        ("open_silence", {"draft": "d1", "revision": 1, "seconds": 180}, "silence.chair_opens"),
    ],
)
def test_what_could_not_be_done_is_not_prepared_either(type: str, fields: Fields, code: str) -> None:
    under_way().when(type, by="HUN/b", **fields).rejected(code)


def test_the_signature_is_the_act_and_the_record_says_who_prepared_it() -> None:
    waiting = under_way(prepared("break_silence", BREAK))
    signed = waiting.when("sign_act", by="HUN", act="HUN.1")
    signed.then(ActSigned(act="HUN.1", seat="HUN", prepared_by="b"), broken())
    breaks = [entry for entry in signed.state.record if isinstance(entry.event, SilenceBroken)]
    assert [(entry.by.id, entry.by.seat) for entry in breaks] == [("m-HUN", "HUN")]
    assert not signed.state.pending
    signed.next().when("sign_act", by="HUN", act="HUN.1").rejected("act.unknown")


def test_signing_is_refused_as_the_act_itself_would_be_and_the_act_goes_on_waiting() -> None:
    waiting = in_session(tabled("HUN"), prepared("table_draft", TABLE))
    waiting.when("sign_act", by="HUN", act="HUN.1").rejected("draft.one_open_draft")
    assert waiting.state.pending
    late = under_way(prepared("break_silence", BREAK))
    late.when("sign_act", by="HUN", act="HUN.1", at=DEADLINE).rejected("silence.closed")


@pytest.mark.parametrize(
    ("type", "by", "code"),
    [
        ("sign_act", "HUN", None),
        ("sign_act", "HUN/b", "act.head_signs"),
        ("sign_act", "HUN/c", "act.head_signs"),
        ("sign_act", "HUN/a", "seat.adviser"),
        ("sign_act", "POL", "act.unknown"),
        ("sign_act", "facilitator", "act.unknown"),
        ("drop_act", "HUN", None),
        ("drop_act", "HUN/b", None),
        ("drop_act", "HUN/c", "act.not_yours"),
        ("drop_act", "HUN/a", "act.not_yours"),
        ("drop_act", "POL", "act.unknown"),
    ],
)
def test_who_signs_and_who_lays_aside(type: str, by: str, code: str | None) -> None:
    under_way(prepared("break_silence", BREAK)).when(type, by=by, act="HUN.1").decided(code)


def test_an_act_that_is_laid_aside_is_gone_and_its_number_is_not_given_again() -> None:
    dropped = in_session(prepared("table_draft", TABLE)).when("drop_act", by="HUN/b", act="HUN.1")
    dropped.then(ActDropped(act="HUN.1", seat="HUN"))
    dropped.next().when("table_draft", by="HUN/c", **TABLE).then(prepared("table_draft", TABLE, "HUN.2", "c"))


def test_what_waits_for_the_head_is_not_prepared_a_second_time() -> None:
    game = under_way(prepared("break_silence", BREAK))
    game.when("break_silence", by="HUN/c", **{**BREAK, "reason": "in other words"}).rejected("act.prepared_already")
    game.when("take_rung", by="HUN/c", **RUNG).then(prepared("take_rung", RUNG, "HUN.2", "c"))
    game.when("break_silence", by="HUN", **BREAK).then_types(SilenceBroken, ActLapsed)
    game.when("drop_act", by="HUN/b", act="HUN.1").next().when("break_silence", by="HUN/c", **BREAK).accepted()


@pytest.mark.parametrize(
    ("type", "waiting", "other"),
    [
        pytest.param("offer_deals", {"deals": ["sd_hun_ukr"]}, {"deals": ["sd_hun_ger"]}, id="other deals"),
        pytest.param(
            "open_silence",
            {"draft": "d1", "revision": 1, "seconds": 180},
            {"draft": "d2", "revision": 1, "seconds": 180},
            id="another draft",
        ),
        pytest.param(
            "open_silence",
            {"draft": "d1", "revision": 1, "seconds": 180},
            {"draft": "d1", "revision": 2, "seconds": 180},
            id="another revision",
        ),
    ],
)
def test_what_is_about_something_else_is_another_act(type: str, waiting: Fields, other: Fields) -> None:
    state, by = in_session(prepared(type, waiting)).state, Actor("member", "b", "HUN")
    assert why_not_prepare(state, by, type, waiting) is not None
    assert why_not_prepare(state, by, type, other) is None


@pytest.mark.rule("1.4", "9.2")
def test_what_waits_is_known_to_the_own_delegation_and_the_facilitator_alone() -> None:
    game = under_way(prepared("break_silence", BREAK))
    own = view(game.state, member_viewer("a", "HUN"))["private"]["pending"]
    assert [(one["id"], one["member"], one["until"]) for one in own] == [("HUN.1", "b", DEADLINE)]
    assert own[0]["command"]["reason"] == "why"
    assert view(game.state, facilitator_viewer("f"))["private"]["pending"] == own
    before = under_way()
    for viewer in (member_viewer("m-POL", "POL"), LOBBY):
        assert view(game.state, viewer) == view(before.state, viewer)


def test_the_members_see_whether_their_word_counts_and_what_they_may_do_with_what_waits() -> None:
    state = under_way(prepared("break_silence", BREAK)).state
    shown = {member: view(state, member_viewer(member, "HUN"))["private"] for member in ("m-HUN", "b", "a")}
    assert {member: one["you"]["signs"] for member, one in shown.items()} == {"m-HUN": True, "b": False, "a": False}
    can = {member: one["can"]["pending"]["HUN.1"] for member, one in shown.items()}
    assert can["m-HUN"] == {"sign_act": None, "drop_act": None}
    assert can["b"]["sign_act"] is not None
    assert can["b"]["drop_act"] is None
    # another act is offered to a delegate: it prepares; this one waits already
    acts = affordances(state, Actor("member", "b", "HUN"), Memo())["acts"]
    assert acts["take_rung"] is None
    assert acts["break_silence"] == {"code": "act.prepared_already", "params": {}, "rule": "1.4"}


def test_a_stand_in_needs_no_signature() -> None:
    game = under_way(SeatVacated(seat="HUN", stand_in="deputy"))
    game.when("break_silence", by="deputy:HUN", **BREAK).then(broken())


@pytest.mark.rule("1.4", "1.6")
def test_a_deputy_signs_nothing_that_people_prepared() -> None:
    game = under_way(prepared("break_silence", BREAK), SeatVacated(seat="HUN", stand_in="deputy"))
    game.when("sign_act", by="deputy:HUN", act="HUN.1").rejected("seat.deputy")


def test_the_texts_of_what_waits_are_the_events_texts_and_it_outlives_log_and_snapshot() -> None:
    event = prepared("break_silence", BREAK)
    assert [getattr(event, field) for field in event.texts] == [None, "why", "what", None]
    assert EVENTS.validate_json(EVENTS.dump_json(event)) == event
    state = under_way(event).state
    assert load_state(dump_state(state), state.rules.scenario) == state


@pytest.mark.rule("1.4", "10")
def test_a_facilitator_in_the_place_needs_no_signature_and_gives_it() -> None:
    placed = Actor("facilitator", "white-cell", "HUN")
    empty = under_way(prepared("break_silence", BREAK), SeatVacated(seat="HUN", stand_in="deputy"))
    game = empty.when("take_place", by="facilitator", seat="HUN").next()
    game.when("take_rung", by=placed, **RUNG).then_types(RungTaken)
    game.when("sign_act", by=placed, act="HUN.1").then_types(ActSigned, SilenceBroken)


# --- a deadline over what waits


def test_an_unsigned_break_does_not_count_and_the_delegation_is_told_thirty_seconds_before() -> None:
    waiting = under_way(prepared("break_silence", BREAK))
    assert next_due(waiting.state) == DEADLINE - 30 * SECOND
    warned = waiting.when("advance_clock", by="timer", at=DEADLINE - 30 * SECOND)
    warned.then(SignatureWarning(act="HUN.1", seat="HUN", deadline=DEADLINE))
    assert next_due(warned.state) == DEADLINE
    over = warned.next().when("advance_clock", by="timer", at=DEADLINE)
    over.then(SilenceHeld(draft="d1", revision=1), ActLapsed(act="HUN.1", seat="HUN"))
    assert over.state.adopted is not None
    assert not over.state.pending


@pytest.mark.parametrize(
    ("left", "at_once"),
    [(30 * SECOND + 1, False), (30 * SECOND, True), (30 * SECOND - 1, True), (1, True)],
)
def test_with_less_than_thirty_seconds_left_the_warning_comes_at_once(left: int, at_once: bool) -> None:
    answer = under_way().when("take_rung", by="HUN/b", at=DEADLINE - left, **RUNG)
    warning = (SignatureWarning(act="HUN.1", seat="HUN", deadline=DEADLINE),) if at_once else ()
    answer.then(prepared("take_rung", RUNG), *warning)


@pytest.mark.rule("1.4", "7.1")
def test_a_later_deadline_warns_anew_and_a_pause_does_not() -> None:
    warned = under_way(prepared("break_silence", BREAK), SignatureWarning(act="HUN.1", seat="HUN", deadline=DEADLINE))
    moment = DEADLINE - 20 * SECOND
    extended = warned.when("extend_silence", by="SG", seconds=60, at=moment)
    assert next_due(extended.state) == DEADLINE + 30 * SECOND
    resumed = happened(warned.state, [at(moment, GamePaused()), at(moment + MINUTE, GameResumed(shift=MINUTE))])
    assert next_due(resumed) == DEADLINE + MINUTE


def test_what_waits_lapses_with_its_silence_however_that_ends() -> None:
    waiting = under_way(prepared("take_rung", RUNG), prepared("table_draft", TABLE, "HUN.2"))
    lapsed = ActLapsed(act="HUN.1", seat="HUN")
    assert waiting.when("cancel_silence", by="SG", reason="r").events[-1] == lapsed
    broken_by_others = waiting.when("break_silence", by="TUR", **BREAK)
    assert broken_by_others.events[-1] == lapsed
    assert set(broken_by_others.state.pending) == {"HUN.2"}


def test_what_waits_lapses_with_the_summit() -> None:
    ended = in_session(prepared("table_draft", TABLE)).when("end_game", by="facilitator")
    assert ended.events[-1] == ActLapsed(act="HUN.1", seat="HUN")
    assert not ended.state.pending


def test_a_signed_break_lapses_nothing_of_its_own() -> None:
    waiting = under_way(prepared("break_silence", BREAK), prepared("take_rung", RUNG, "HUN.2"))
    signed = waiting.when("sign_act", by="HUN", act="HUN.1")
    signed.then(ActSigned(act="HUN.1", seat="HUN", prepared_by="b"), broken(), ActLapsed(act="HUN.2", seat="HUN"))


def test_a_signed_rung_is_the_delegations() -> None:
    signed = under_way(prepared("take_rung", RUNG)).when("sign_act", by="HUN", act="HUN.1")
    signed.then_types(ActSigned, RungTaken)


# --- the acting head


AWAY = MemberAway(seat="HUN", member="m-HUN")


@pytest.mark.parametrize(
    ("history", "acting"),
    [
        pytest.param((), None, id="the head is there"),
        pytest.param((AWAY,), "b", id="the longest-present delegate"),
        pytest.param((AWAY, MemberAway(seat="HUN", member="b")), "c", id="who is there"),
        pytest.param((AWAY, RoleSet(seat="HUN", member="b", role="adviser")), "c", id="no adviser"),
        pytest.param((AWAY, MemberBack(seat="HUN", member="m-HUN")), None, id="until the head is back"),
        pytest.param(
            (AWAY, MemberAway(seat="HUN", member="b"), MemberAway(seat="HUN", member="c")), None, id="nobody is there"
        ),
    ],
)
def test_who_is_acting_head(history: tuple[Any, ...], acting: str | None) -> None:
    state = in_session(*history).state
    assert acting_head(state, "HUN") == acting
    shown = view(state, LOBBY)["public"]["seats"]["HUN"]["members"]
    assert [member["id"] for member in shown if member["acting_head"]] == ([acting] if acting else [])


def test_the_acting_head_acts_and_signs_and_the_other_delegates_prepare() -> None:
    game = under_way(AWAY, prepared("break_silence", BREAK, member="c"))
    game.when("take_rung", by="HUN/b", **RUNG).then_types(RungTaken)
    game.when("take_rung", by="HUN/c", **RUNG).then_types(ActPrepared)
    game.when("sign_act", by="HUN/b", act="HUN.1").then_types(ActSigned, SilenceBroken)
    assert signs(game.state, Actor("member", "b", "HUN"))
    back = game.when("mark_back", by="server", member="m-HUN").then(MemberBack(seat="HUN", member="m-HUN")).next()
    back.when("take_rung", by="HUN/b", **RUNG).then_types(ActPrepared)


@pytest.mark.parametrize(
    ("type", "by", "member", "code"),
    [
        ("mark_away", "server", "b", None),
        ("mark_away", "server", "m-HUN", "seat.member_away"),
        ("mark_away", "server", "nobody", "seat.member_unknown"),
        ("mark_away", "HUN", "b", "game.server_only"),
        ("mark_away", "facilitator", "b", "game.server_only"),
        ("mark_back", "server", "m-HUN", None),
        ("mark_back", "server", "b", "seat.member_there"),
        ("mark_back", "HUN", "m-HUN", "game.server_only"),
    ],
)
def test_who_is_away_is_the_servers_to_say(type: str, by: str, member: str, code: str | None) -> None:
    in_session(AWAY).when(type, by=by, member=member).decided(code)


def test_only_an_action_of_ones_own_delegation_can_be_prepared() -> None:
    """A prepared act is decided as the head's: a package across others' lines waits like any other."""
    across: Fields = {"package": open_issues(ACTION_PLAN)}
    in_session().when("table_draft", by="HUN/b", **across).then(prepared("table_draft", across))


def test_everybody_seated_alone_signs_for_themselves() -> None:
    state = given(game=HEADS, seats=everybody_seated()).state
    assert all(signs(state, Actor("member", f"m-{seat}", seat)) for seat in state.seats)


# --- what a delegation agreed inside


def agreed(number: int = 1, member: str = "b", text: str = "t") -> AgreedInside:
    return AgreedInside(agreed=f"HUN.{number}", seat="HUN", member=member, text=text)


@pytest.mark.rule("1.3")
@pytest.mark.parametrize(
    ("by", "code"),
    [("HUN", None), ("HUN/b", None), ("HUN/a", "seat.adviser"), ("facilitator", "seat.not_seated"), ("POL", None)],
)
def test_who_puts_something_on_the_list_of_what_is_agreed_inside(by: str, code: str | None) -> None:
    in_session().when("agree_inside", by=by, text="t").decided(code)


@pytest.mark.rule("1.3")
def test_what_is_struck_is_gone_and_its_number_is_not_given_again() -> None:
    listed = in_session().when("agree_inside", by="HUN/b", text="t")
    listed.then(agreed())
    struck = listed.next().when("strike_agreed", by="HUN/c", agreed="HUN.1")
    struck.then(AgreedStruck(agreed="HUN.1", seat="HUN"))
    assert view(struck.state, member_viewer("b", "HUN"))["private"]["agreed"] == []
    struck.next().when("strike_agreed", by="HUN/b", agreed="HUN.1").rejected("agreed.unknown")
    struck.next().when("agree_inside", by="HUN", text="t").then(agreed(2, "m-HUN"))


@pytest.mark.rule("1.3", "9.3")
def test_nobody_strikes_from_the_list_of_others_nor_hears_that_there_is_one() -> None:
    listed = in_session(agreed())
    listed.when("strike_agreed", by="POL", agreed="HUN.1").rejected("agreed.unknown")
    listed.when("strike_agreed", by="HUN/a", agreed="HUN.1").rejected("seat.adviser")


@pytest.mark.rule("1.3")
def test_the_list_is_short() -> None:
    full = in_session(*(agreed(number) for number in range(1, MOST_AGREED + 1)))
    full.when("agree_inside", by="HUN/b", text="t").rejected("agreed.enough")
    struck = full.when("strike_agreed", by="HUN/b", agreed="HUN.3").next()
    struck.when("agree_inside", by="HUN/b", text="t").then(agreed(MOST_AGREED + 1))


@pytest.mark.rule("5.2", "9.2")
@pytest.mark.parametrize(("reading", "told"), [("never", 0), ("live", 1), ("after the end", 0)])
def test_what_is_agreed_inside_is_read_by_whoever_may_read_the_delegations_room(reading: str, told: int) -> None:
    game = given(*TEAM, in_phase("council_1"), agreed(), game=created(reading=reading))
    assert [one["id"] for one in view(game.state, member_viewer("a", "HUN"))["private"]["agreed"]] == ["HUN.1"]
    assert len(view(game.state, facilitator_viewer("f"))["private"]["agreed"]) == told
    before = given(*TEAM, in_phase("council_1"), game=created(reading=reading))
    for viewer in (member_viewer("m-POL", "POL"), LOBBY):
        assert view(game.state, viewer) == view(before.state, viewer)


@pytest.mark.rule("1.3")
def test_the_list_outlives_the_snapshot() -> None:
    state = in_session(agreed()).state
    assert load_state(dump_state(state), state.rules.scenario).agreed == state.agreed
