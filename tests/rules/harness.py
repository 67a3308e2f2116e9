"""Given these events, when somebody wishes this, then that happens: the language of the tests of the rules.

A test names what happened before as events, one command, and what must follow. The game is the Vilnius summit with
its quick cast, a person in every seat (`m-HUN` heads Hungary), run by a facilitator. Moments are milliseconds;
`NOON` is when the game was made, and unless a test says otherwise everything happens then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from game_rules.engine import COMMANDS, Command, Event, decide, evolve
from game_rules.messages import SERVER, Actor, GameKind
from game_rules.messages import Event as AnyEvent
from game_rules.procedures.clock import FallbackDue, GameStarted, PhaseBegan
from game_rules.procedures.drafting import DraftCosponsored, DraftTabled
from game_rules.procedures.seating import CreateGame, GameCreated, MemberJoined
from game_rules.procedures.silence import SilenceBroken, SilenceOpened
from game_rules.rejections import CODES, Refusal, Rejected
from game_rules.scenario import Package, Scenario
from game_rules.state import GameState, Rules, rules_of
from server.scenario_files import load_scenario

NOON = 1_689_076_800_000
"""11 July 2023, 12:00 UTC."""
SECOND = 1_000
MINUTE = 60 * SECOND

FACILITATOR = Actor("facilitator", "white-cell")
TIMER = Actor("timer", "ticker")


# --- the game ----------------------------------------------------------------------------------------------------


@cache
def summit() -> Scenario:
    """The Vilnius summit as it is played, read once for all tests of the rules."""
    return load_scenario(Path(__file__).parents[2] / "scenarios" / "vilnius-2023")


@cache
def vilnius() -> Scenario:
    """The same summit without a surprise: its news come by the facilitator's hand alone.

    So a test of one procedure sees that procedure's events and no others; tests of news play `summit()`.
    """
    data = summit().model_dump(mode="json", by_alias=True, exclude_none=True)
    for inject in data["injects"]:
        inject["trigger"] = {"on": "facilitator"}
    return Scenario.model_validate(data)


@cache
def rules() -> Rules:
    """The quick cast's: six allies, seven open issues."""
    scenario = vilnius()
    return rules_of(scenario, scenario.digest(), "quick", scenario.clocks.default_minutes)


def package(**changes: str) -> Package:
    """What the summit really agreed, as the quick cast can write it, with these issues changed.

    Nobody in the quick cast objects to it unchanged.
    """
    whole = {**vilnius().history.options, **rules().cast.fixed, **changes}
    return tuple(whole[issue] for issue in rules().issues)


HISTORICAL = package()
WITH_REVIEW = package(target_date="review_next_summit")
ACTION_PLAN = package(path="membership_action_plan")
"""Crosses Hungary's and Türkiye's red lines while Sweden is not settled."""


def open_issues(of: Package) -> dict[str, str]:
    """The package as a delegate writes it: without what the cast has fixed."""
    return {issue: option for issue, option in rules().package_dict(of).items() if issue not in rules().cast.fixed}


def created(kind: GameKind = "exercise", **how: Any) -> GameCreated:
    """The game's first event. `how` are fields of CreateGame: strict, policy, unclaimed, reading, seed."""
    wish = CreateGame(
        **{
            "type": "create_game",
            "game": "g1",
            "scenario": vilnius(),
            "cast": "quick",
            "kind": kind,
            "clock_minutes": vilnius().clocks.default_minutes,
            "seed": "a seed",
            **how,
        }
    )
    (event,) = decide(None, wish, SERVER, NOON)
    assert isinstance(event, GameCreated)
    return event


def seated(seat: str, member: str | None = None, role: str = "head", host: bool = False) -> MemberJoined:
    return MemberJoined.model_validate(
        {"seat": seat, "member": member or f"m-{seat}", "name": f"name-of-{seat}", "role": role, "host": host}
    )


def everybody_seated() -> tuple[MemberJoined, ...]:
    return tuple(seated(seat) for seat in rules().seats)


def phase_began(phase: str, ends_at: int | None = NOON + 10 * MINUTE) -> PhaseBegan:
    return PhaseBegan(phase=phase, ends_at=ends_at)


def in_phase(phase: str, ends_at: int | None = NOON + 10 * MINUTE) -> tuple[Event, ...]:
    return (GameStarted(), phase_began(phase, ends_at))


# --- things that happened, as short as tests want them ------------------------------------------------------------


def tabled(by: str = "USA", of: Package = HISTORICAL, draft: str = "d1") -> DraftTabled:
    return DraftTabled(draft=draft, author=by, package=of)


def cosponsored(*seats: str, draft: str = "d1") -> tuple[DraftCosponsored, ...]:
    return tuple(DraftCosponsored(draft=draft, seat=seat) for seat in seats)


DEADLINE = NOON + 3 * MINUTE


def under_silence(draft: str = "d1", revision: int = 1, deadline: int = DEADLINE, by: str = "SG") -> SilenceOpened:
    return SilenceOpened(draft=draft, revision=revision, opened_by=by, deadline=deadline)


def broken(by: str = "HUN", draft: str = "d1", revision: int = 1, objection: str = "o1") -> SilenceBroken:
    return SilenceBroken(
        objection=objection, seat=by, draft=draft, revision=revision, issues=("path",), reason="why", lift="what"
    )


FALLBACK_PENDING = (*in_phase("leaders"), FallbackDue(put_by=NOON + MINUTE, ends_at=NOON + 3 * MINUTE))


# --- given, when, then --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class At:
    """Events of another moment than noon, or of another actor than the server."""

    moment: int
    events: tuple[Any, ...]
    by: Actor = SERVER


def at(moment: int, *events: Any, by: str | Actor = SERVER) -> At:
    return At(moment, events, actor(by))


Fields = dict[str, Any]
"""Fields of a command, for decision tables."""

History = Iterable[Any]
"""Events, sequences of them, and `at(...)`."""


def actor(by: str | Actor) -> Actor:
    """`HUN` (the head of the delegation), `HUN/m-2`, `bot:HUN`, `deputy:HUN`, `facilitator`, `timer` or `server`."""
    if isinstance(by, Actor):
        return by
    named = {"facilitator": FACILITATOR, "timer": TIMER, "server": SERVER}
    if by in named:
        return named[by]
    kind, _, seat = by.partition(":")
    if seat:
        return Actor("bot" if kind == "bot" else "deputy", seat, seat)
    seat, _, member = by.partition("/")
    return Actor("member", member or f"m-{seat}", seat)


def happened(state: GameState | None, history: History, moment: int = NOON, by: Actor = SERVER) -> GameState:
    """The state after these events."""
    for one in history:
        if isinstance(one, At):
            state = happened(state, one.events, one.moment, one.by)
        elif isinstance(one, AnyEvent):
            state = evolve(state, one, by, moment)  # type: ignore[arg-type]  # every event of a test is in the union
        else:
            state = happened(state, one, moment, by)
    assert state is not None
    return state


@dataclass(frozen=True)
class Given:
    """A game as it stands before the command."""

    state: GameState

    def when(self, type: str, /, by: str | Actor = "USA", at: int = NOON, **fields: Any) -> Answer:
        """Somebody wishes something. `fields` are those of the command, as they come over the wire."""
        return self.asked(COMMANDS.validate_python({"type": type, **fields}), actor(by), at)

    def asked(self, command: Command, by: Actor, moment: int) -> Answer:
        try:
            events = decide(self.state, command, by, moment)
        except Rejected as no:
            return Answer(self, by, moment, refusal=no.refusal)
        return Answer(self, by, moment, events=events)


@dataclass(frozen=True)
class Answer:
    """What followed. Every check gives the answer back, so that checks can be strung together."""

    before: Given
    by: Actor
    moment: int
    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None

    def then(self, *expected: Event) -> Answer:
        """Exactly these events, in this order."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert self.events == expected
        return self

    def then_types(self, *expected: type[AnyEvent]) -> Answer:
        """Exactly events of these types, in this order."""
        assert self.refusal is None, f"refused: {self.refusal}"
        assert tuple(type(event) for event in self.events) == expected
        return self

    def accepted(self) -> Answer:
        assert self.refusal is None, f"refused: {self.refusal}"
        return self

    def nothing(self) -> Answer:
        """Neither an event nor a refusal."""
        return self.then()

    def rejected(self, code: str, **params: Any) -> Answer:
        """Refused with this code, and at least these parameters."""
        assert code in CODES, f"no such code: {code}"
        assert self.refusal is not None, f"accepted: {self.events}"
        assert self.refusal.code.name == code
        assert params.items() <= dict(self.refusal.params).items()
        return self

    def decided(self, code: str | None) -> Answer:
        """For decision tables: refused with the code, or accepted where there is none."""
        return self.accepted() if code is None else self.rejected(code)

    @property
    def state(self) -> GameState:
        """The state after the events."""
        self.accepted()
        return happened(self.before.state, self.events, self.moment, self.by)

    def next(self, *more: Any) -> Given:
        """The game goes on from here, with `more` having happened too."""
        return Given(happened(self.state, more, self.moment))


def given(*history: Any, game: GameCreated | None = None, seats: Iterable[Event] | None = None) -> Given:
    """The quick summit after these events. `game` is another first event, `seats` who sits down, else everybody."""
    people = everybody_seated() if seats is None else tuple(seats)
    return Given(happened(None, ((game or created()), people, history)))
