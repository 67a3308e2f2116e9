"""Who sits where: creation, joining, leaving, vacancy and return, hosts and absence policies (rules 1.1 to 1.7)."""

import pytest

from game_rules.engine import decide
from game_rules.messages import SERVER
from game_rules.procedures.clock import StartGame
from game_rules.procedures.seating import (
    RULES_VERSION,
    CreateGame,
    HostPassed,
    MemberJoined,
    MemberLeft,
    PolicySet,
    SeatRetaken,
    SeatVacated,
)
from game_rules.rejections import Rejected
from tests.rules.harness import (
    HISTORICAL,
    MINUTE,
    NOON,
    Fields,
    actor,
    at,
    created,
    given,
    happened,
    in_phase,
    rules,
    seated,
    tabled,
    under_silence,
    vilnius,
)

OPEN = created("open")


def joined(seat: str, member: str, role: str = "head", host: bool = False) -> MemberJoined:
    return MemberJoined.model_validate({"seat": seat, "member": member, "name": "t", "role": role, "host": host})


def wish_to_create(**how: object) -> CreateGame:
    return CreateGame.model_validate(
        {
            "type": "create_game",
            "game": "g1",
            "scenario": vilnius(),
            "cast": "quick",
            "kind": "open",
            "clock_minutes": 60,
            "seed": "s",
            **how,
        }
    )


# --- creation


@pytest.mark.rule("1.2", "7.1")
@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param({"cast": "quick"}, None, id="rule 1.2: a cast of the scenario"),
        pytest.param({"cast": "security_council"}, "game.cast_unknown", id="rule 1.2: a cast the scenario lacks"),
        pytest.param({"clock_minutes": 44}, "game.clock_out_of_bounds", id="rule 7.1: a minute too short"),
        pytest.param({"clock_minutes": 45}, None, id="rule 7.1: the shortest clock"),
        pytest.param({"clock_minutes": 180}, None, id="rule 7.1: the longest clock"),
        pytest.param({"clock_minutes": 181}, "game.clock_out_of_bounds", id="rule 7.1: a minute too long"),
    ],
)
def test_a_game_is_created_within_what_the_scenario_offers(how: Fields, code: str | None) -> None:
    if code is None:
        assert len(decide(None, wish_to_create(**how), SERVER, NOON)) == 1
    else:
        with pytest.raises(Rejected) as refused:
            decide(None, wish_to_create(**how), SERVER, NOON)
        assert refused.value.refusal.code.name == code


def test_a_game_is_created_once_and_by_the_server_alone() -> None:
    given().asked(wish_to_create(), SERVER, NOON).rejected("game.exists")
    with pytest.raises(Rejected) as refused:
        decide(None, wish_to_create(), actor("HUN"), NOON)
    assert refused.value.refusal.code.name == "game.server_only"


def test_nothing_but_creation_happens_to_a_game_that_does_not_exist() -> None:
    with pytest.raises(Rejected) as refused:
        decide(None, StartGame(type="start_game"), SERVER, NOON)
    assert refused.value.refusal.code.name == "game.not_started"


def test_the_first_event_pins_scenario_digest_and_rules_version() -> None:
    """design 4: a saved game replays after the scenario file has changed."""
    event = created(seed="of this game")
    assert event.scenario == vilnius()
    assert event.scenario_digest == vilnius().digest()
    assert (event.rules_version, event.seed) == (RULES_VERSION, "of this game")


@pytest.mark.rule("1.2")
def test_seats_nobody_takes_are_played_by_bots() -> None:
    state = given(seats=()).state
    assert {state.player(seat) for seat in state.seats} == {"bot"}


# --- joining


@pytest.mark.rule("1.3")
def test_the_first_in_a_seat_heads_the_delegation_and_the_next_are_delegates() -> None:
    first = given(seats=()).when("join_seat", by="server", seat="HUN", member="a", name="t")
    first.then(joined("HUN", "a"))
    first.next().when("join_seat", by="server", seat="HUN", member="b", name="t").then(joined("HUN", "b", "delegate"))


@pytest.mark.rule("1.6")
def test_a_seat_that_was_taken_follows_the_games_absence_policy_from_then_on() -> None:
    """rule 1.6: unclaimed seats are bots, abandoned ones deputies."""
    left = given(in_phase("consultations"), seats=[seated("HUN")]).when("leave_seat", by="HUN")
    assert left.state.player("HUN") == "deputy"


@pytest.mark.rule("1.2", "1.3")
@pytest.mark.parametrize(
    ("by", "fields", "code"),
    [
        pytest.param("server", {"seat": "FIN"}, "seat.unknown", id="rule 1.2: a seat outside the cast"),
        pytest.param(
            "server", {"seat": "HUN", "member": "m-POL"}, "seat.already_seated", id="rule 1.3: sits elsewhere"
        ),
        pytest.param("HUN", {"seat": "HUN"}, "game.server_only", id="only a claim seats people"),
        pytest.param("facilitator", {"seat": "HUN"}, "game.server_only", id="not even the facilitator's wish"),
    ],
)
def test_joining_is_refused(by: str, fields: Fields, code: str) -> None:
    given().when("join_seat", by=by, **{"member": "new", "name": "t", **fields}).rejected(code)


def test_the_first_to_sit_down_in_an_open_game_is_its_host_and_nobody_after_them() -> None:
    first = given(game=OPEN, seats=()).when("join_seat", by="server", seat="HUN", member="a", name="t", host=True)
    first.then(joined("HUN", "a", host=True))
    second = first.next().when("join_seat", by="server", seat="POL", member="b", name="t", host=True)
    second.then(joined("POL", "b"))
    assert second.state.host == "a"


def test_an_exercise_has_no_host() -> None:
    given(seats=()).when("join_seat", by="server", seat="HUN", member="a", name="t", host=True).then(joined("HUN", "a"))


# --- leaving


@pytest.mark.rule("1.5")
def test_the_last_to_leave_leaves_the_seat_vacant() -> None:
    """rule 1.5: vacancy is on record"""
    given().when("leave_seat", by="HUN").then(
        MemberLeft(seat="HUN", member="m-HUN"), SeatVacated(seat="HUN", stand_in="deputy")
    )


@pytest.mark.rule("1.5")
def test_a_delegation_that_keeps_somebody_is_not_vacant() -> None:
    given(seated("HUN", "b", "delegate")).when("leave_seat", by="HUN").then(MemberLeft(seat="HUN", member="m-HUN"))


@pytest.mark.rule("1.4")
def test_the_longest_present_delegate_heads_a_delegation_whose_head_left() -> None:
    """rule 1.4: an adviser who came earlier does not."""
    game = given(seated("HUN", "a", "adviser"), seated("HUN", "b", "delegate"), seated("HUN", "c", "delegate"))
    after = game.when("leave_seat", by="HUN").state
    assert {member: after.members[member].role for member in ("a", "b", "c")} == {
        "a": "adviser",
        "b": "head",
        "c": "delegate",
    }


@pytest.mark.rule("10")
def test_the_facilitator_removes_a_member() -> None:
    game = given()
    game.when("remove_member", by="HUN", member="m-POL").rejected("game.facilitator_only")
    game.when("remove_member", by="facilitator", member="nobody").rejected("seat.member_unknown")
    removed = game.when("remove_member", by="facilitator", member="m-HUN")
    removed.then(MemberLeft(seat="HUN", member="m-HUN", removed=True), SeatVacated(seat="HUN", stand_in="deputy"))
    removed.next().when("remove_member", by="facilitator", member="m-HUN").rejected("seat.member_unknown")


@pytest.mark.rule("1.3")
def test_whoever_left_does_not_act_any_more() -> None:
    game = given(in_phase("consultations"), tabled()).when("leave_seat", by="HUN").next()
    game.when("cosponsor", by="HUN", draft="d1", revision=1).rejected("seat.not_seated")
    game.when("leave_seat", by="HUN").rejected("seat.not_seated")


# --- vacancy and return


VACATED = SeatVacated(seat="HUN", stand_in="deputy")


@pytest.mark.rule("1.5")
def test_a_seat_falls_vacant_by_a_command_of_the_server_alone() -> None:
    game = given()
    game.when("declare_vacant", by="POL", seat="HUN").rejected("game.server_only")
    game.when("declare_vacant", by="server", seat="FIN").rejected("seat.unknown")
    vacant = game.when("declare_vacant", by="server", seat="HUN").then(VACATED).next()
    vacant.when("declare_vacant", by="server", seat="HUN").rejected("seat.empty")
    assert vacant.state.player("HUN") == "deputy"


@pytest.mark.rule("1.5")
def test_a_returning_member_has_the_seat_back_at_once() -> None:
    back = given(VACATED).when("return_to_seat", by="server", member="m-HUN")
    back.then(SeatRetaken(seat="HUN", member="m-HUN"))
    assert back.state.player("HUN") == "people"


@pytest.mark.rule("1.5")
def test_somebody_new_in_a_vacant_seat_takes_it_from_its_stand_in() -> None:
    taken = given(VACATED).when("join_seat", by="server", seat="HUN", member="b", name="t")
    assert taken.state.player("HUN") == "people"


@pytest.mark.rule("1.5")
@pytest.mark.parametrize(
    ("member", "code"),
    [
        pytest.param("m-HUN", "seat.taken", id="rule 1.5: the seat is not vacant"),
        pytest.param("nobody", "seat.member_unknown", id="rule 1.5: not a member"),
    ],
)
def test_a_return_is_refused(member: str, code: str) -> None:
    given().when("return_to_seat", by="server", member=member).rejected(code)


@pytest.mark.rule("1.5")
@pytest.mark.parametrize(
    ("command", "about"),
    [
        ("return_to_seat", {"member": "m-HUN"}),
        ("declare_vacant", {"seat": "POL"}),
        ("join_seat", {"seat": "HUN", "member": "b", "name": "t"}),
        ("mark_away", {"member": "m-POL"}),
    ],
)
@pytest.mark.parametrize("by", ["POL", "SG", "facilitator"])
def test_who_is_there_is_for_the_server_alone_to_say(command: str, about: Fields, by: str) -> None:
    given(VACATED).when(command, by=by, **about).rejected("game.server_only")


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    ("policy", "stand_in", "code"),
    [
        pytest.param("deputy", "deputy", None, id="rule 1.6: a deputy sits in"),
        pytest.param("deputy", "bot", "seat.not_vacant", id="rule 1.6: another stand-in than the policy's"),
        pytest.param("bot", "bot", None, id="rule 1.6: a bot sits in"),
        pytest.param("bot", "deputy", "seat.not_vacant", id="rule 1.6: no deputy for a bot's seat"),
        pytest.param("silent", "deputy", "seat.not_vacant", id="rule 1.6: silence is consent"),
        pytest.param("silent", "bot", "seat.not_vacant", id="rule 1.6: nobody sits in for the silent"),
    ],
)
def test_a_vacant_seat_is_played_by_its_policy_and_nobody_else(policy: str, stand_in: str, code: str | None) -> None:
    policy_set = PolicySet.model_validate({"seat": "HUN", "policy": policy})
    game = given(in_phase("council_1"), tabled(), policy_set, VACATED, under_silence())
    break_: Fields = {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "r", "lift": "l"}
    game.when("break_silence", by=f"{stand_in}:HUN", **break_).decided(code)


@pytest.mark.rule("1.6")
def test_no_stand_in_acts_while_somebody_sits_there() -> None:
    game = given(in_phase("consultations"), tabled())
    game.when("cosponsor", by="deputy:HUN", draft="d1", revision=1).rejected("seat.not_vacant", seat="HUN")


@pytest.mark.rule("1.6")
def test_the_policy_is_the_facilitators_or_hosts_to_set() -> None:
    """rule 1.6: per game and per seat"""
    game = given()
    game.when("set_policy", by="HUN", seat="HUN", policy="bot").rejected("game.facilitator_only")
    game.when("set_policy", by="facilitator", seat="FIN", policy="bot").rejected("seat.unknown")
    game.when("set_policy", by="facilitator", seat="HUN", policy="bot").then(PolicySet(seat="HUN", policy="bot"))


# --- the host of an open game


HOSTED = (
    seated("HUN", "a", host=True),
    at(NOON + MINUTE, seated("POL", "b")),
    at(NOON + 2 * MINUTE, seated("USA", "c")),
)


@pytest.mark.rule("1.7")
def test_a_host_who_leaves_passes_the_game_to_whoever_is_there_longest() -> None:
    game = given(*HOSTED, game=OPEN, seats=())
    game.when("leave_seat", by="HUN/a").then(
        MemberLeft(seat="HUN", member="a"), SeatVacated(seat="HUN", stand_in="deputy"), HostPassed(member="b")
    )


@pytest.mark.rule("1.7")
def test_a_host_whose_line_is_cut_passes_the_game_on_too() -> None:
    game = given(*HOSTED, game=OPEN, seats=())
    vacant = game.when("declare_vacant", by="server", seat="HUN").then(VACATED, HostPassed(member="b")).next()
    vacant.when("return_to_seat", by="server", member="a").then(SeatRetaken(seat="HUN", member="a"))
    vacant.when("start_game", by="HUN/a").rejected("game.host_only")


@pytest.mark.rule("1.7")
def test_the_only_person_stays_host_and_finds_the_game_as_they_left_it() -> None:
    game = given(seated("HUN", "a", host=True), game=OPEN, seats=())
    vacant = game.when("declare_vacant", by="server", seat="HUN").then(VACATED).next()
    vacant.when("return_to_seat", by="server", member="a").then(SeatRetaken(seat="HUN", member="a"))


@pytest.mark.rule("1.7")
def test_whoever_returns_first_to_a_game_without_a_host_runs_it() -> None:
    game = given(*HOSTED[:2], VACATED, SeatVacated(seat="POL", stand_in="deputy"), game=OPEN, seats=())
    game.when("return_to_seat", by="server", member="b").then(
        SeatRetaken(seat="POL", member="b"), HostPassed(member="b")
    )


@pytest.mark.rule("1.7")
def test_whoever_joins_a_game_whose_host_is_gone_runs_it() -> None:
    """rule 1.7: somebody must be able to start, pause and advance it."""
    alone = given(seated("HUN", "a", host=True), game=OPEN, seats=())
    deserted = alone.when("leave_seat", by="HUN/a").next()
    deserted.when("join_seat", by="server", seat="POL", member="b", name="t").then(
        joined("POL", "b"), HostPassed(member="b")
    )


# --- roles


ACTS: list[tuple[str, Fields]] = [
    ("table_draft", {"package": {}}),
    ("cosponsor", {"draft": "d1", "revision": 1}),
    ("state_position", {"draft": "d1", "revision": 1, "position": "support"}),
    ("open_silence", {"draft": "d1", "revision": 1, "seconds": 180}),
    ("post_message", {"room": "plenary", "text": "t"}),
    ("post_message", {"room": "HUN+POL", "text": "t"}),
]


@pytest.mark.rule("1.3")
@pytest.mark.parametrize(("type", "fields"), ACTS, ids=[f"rule 1.3: {type} {f.get('room', '')}" for type, f in ACTS])
def test_an_adviser_does_not_act_for_the_delegation(type: str, fields: Fields) -> None:
    game = given(in_phase("council_1"), tabled(), seated("HUN", "a", "adviser"))
    game.when(type, by="HUN/a", **fields).rejected("seat.adviser")


@pytest.mark.rule("1.3")
def test_an_adviser_talks_inside_the_delegation() -> None:
    game = given(in_phase("council_1"), seated("HUN", "a", "adviser"))
    game.when("post_message", by="HUN/a", room="delegation", text="t").accepted()


@pytest.mark.rule("1.3")
@pytest.mark.parametrize("by", ["facilitator", "timer", "server"])
def test_whoever_has_no_seat_does_not_act_for_one(by: str) -> None:
    given(in_phase("council_1"), tabled()).when("cosponsor", by=by, draft="d1", revision=1).rejected("seat.not_seated")


def test_the_table_is_in_the_scenarios_order() -> None:
    assert tuple(given().state.seats) == tuple(rules().seats)
    assert happened(None, (created(),)).rules.chair == "SG"


@pytest.mark.rule("1.6")
@pytest.mark.parametrize(
    ("type", "fields", "code"),
    [
        ("table_draft", {"package": dict(zip(rules().issues, HISTORICAL, strict=True))}, "seat.deputy"),
        ("cosponsor", {"draft": "d1", "revision": 1}, "seat.deputy"),
        ("state_position", {"draft": "d1", "revision": 1, "position": "support"}, "seat.deputy"),
        ("post_message", {"room": "plenary", "text": "t"}, "seat.deputy"),
        ("take_rung", {"draft": "d1", "revision": 1, "rung": "associate"}, "seat.deputy"),
        ("break_silence", {"draft": "d1", "revision": 1, "issues": ["path"], "reason": "r", "lift": "l"}, None),
    ],
)
def test_a_deputy_starts_nothing_and_answers_when_asked(type: str, fields: Fields, code: str | None) -> None:
    game = given(in_phase("council_1"), tabled(), under_silence(), SeatVacated(seat="HUN", stand_in="deputy"))
    game.when(type, by="deputy:HUN", **fields).decided(code)


@pytest.mark.rule("1.6", "4.2")
def test_a_deputy_in_the_chair_presides_over_nothing() -> None:
    game = given(in_phase("council_1"), tabled(), SeatVacated(seat="SG", stand_in="deputy"))
    game.when("open_silence", by="deputy:SG", draft="d1", revision=1, seconds=180).rejected("seat.deputy")
    game.when("open_poll", by="deputy:SG", draft="d1", revision=1, seconds=60).rejected("seat.deputy")
