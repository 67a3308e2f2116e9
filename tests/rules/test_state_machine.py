"""Everybody does anything, in every scenario, and what must always hold is looked at after each step.

hypothesis chooses who wishes what and when, and finds the shortest game that breaks an invariant. Wishes are of every
command there is and of what the rules offer; beside people and stand-ins, strangers to the act try their luck too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as over
from hypothesis import seed as seeded
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pydantic import ValidationError

from game_rules.affordances import affordances
from game_rules.engine import COMMANDS, EVENTS, Command, decide, evolve, fold, next_due
from game_rules.memo import Memo
from game_rules.messages import SERVER, Actor, Audience, Everyone, GameKind
from game_rules.procedures.rewinding import AboutAMoment, EarlierMoment, is_undone
from game_rules.rejections import Rejected
from game_rules.scenario import Scenario
from game_rules.snapshot import dump_state, load_state, state_hash
from game_rules.state import GameState
from game_rules.view import SPECTATOR, Viewer, member_viewer, view
from server.scenario_files import load_scenario
from tests.rules.harness import FACILITATOR, NOON, SECOND, TIMER, given, in_phase, tabled
from tests.rules.random_games import ASKED_APART, RandomPlay, command, new_game, well_formed
from tests.rules.wishes import COMMAND_TYPES, MADE_ONCE, somebody, wish

SCENARIOS = sorted(path.parent for path in (Path(__file__).parents[2] / "scenarios").glob("*/scenario.yaml"))

STEPS = 50
GAMES = 12
AT_THE_TABLE = sorted(COMMAND_TYPES.keys() - MADE_ONCE)

LONGEST = 1_000
"""Steps of the clock after which a game would never end."""

STILL_MOVES = frozenset(
    {"seats", "members", "host", "policy", "places", "press", "public_rooms", "rooms"}
    | {"opened", "shown", "annotations", "record", "private_records", "done_for"}
)
"""Parts of a state that may change after the end: who is there, what is said, what is shown."""


@cache
def scenario_in(folder: Path) -> Scenario:
    return load_scenario(folder)


class Summit(RuleBasedStateMachine):
    """One game."""

    scenario: ClassVar[Scenario]

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON
        self.log: list[tuple[str, Actor, int]] = []
        self.moments: list[EarlierMoment] = []
        self.secrets = Secrets()
        self.texts = 0
        self.state: GameState
        self.table: RandomPlay

    # --- what happens

    @initialize(
        cast=some.integers(0, 5),
        kind=some.sampled_from(["exercise", "open"]),
        strict=some.booleans(),
        policy=some.sampled_from(["deputy", "bot", "silent", "ask"]),
        reading=some.sampled_from(["never", "live"]),
        formal=some.sampled_from(["delegates", "delegates", "head"]),
        absent=some.integers(0, 3),
    )
    def game_begins(self, cast: int, kind: GameKind, policy: str, absent: int, **how: Any) -> None:
        casts = [one.id for one in self.scenario.casts]
        how |= {"cast": casts[max(0, cast - 4) % len(casts)]}  # mostly the first
        how |= {"clock_minutes": self.scenario.clocks.default_minutes}
        how |= {"policy": "deputy" if kind == "open" and policy == "ask" else policy}  # nobody would answer
        create = new_game(SEED, kind, self.scenario, **how)
        self.table = RandomPlay(0, kind, scenario=self.scenario, **how)
        (event,) = decide(None, create, SERVER, self.at)
        self.state = evolve(None, event, SERVER, self.at)
        self.log.append((EVENTS.dump_json(event).decode(), SERVER, self.at))
        self.secrets.begin(self.state)
        people = [seat for place, seat in enumerate(self.state.seats) if place % 4 != absent]
        for seat in people:
            for number, role in enumerate(("head", "delegate", "adviser")[: 1 + (len(seat) + absent) % 3]):
                joins = command(
                    "join_seat", seat=seat, member=f"m-{seat}-{number}", name=self.word(), role=role, host=True
                )
                self.tried(joins, SERVER)
        self.tried(command("start_game"), FACILITATOR if kind == "exercise" else self.host())

    @rule(seconds=some.sampled_from([0, 5, 20, 60, 200, 600, 1_200]))
    def time_passes(self, seconds: int) -> None:
        until = self.at + seconds * SECOND
        while (due := next_due(self.state)) is not None and due <= until:
            self.at = max(due, self.at)
            assert self.tried(command("advance_clock"), TIMER) is None, "what is due happens"
        self.at = until

    @rule(seed=some.integers(0, 10**6), wishes=some.integers(5, 40))
    def the_meeting_goes_on(self, seed: int, wishes: int) -> None:
        """As random games go: with an eye to what a meeting needs, so that it comes to a text, silence and an end."""
        self.table.chance = Random(seed)
        self.table.at = self.at
        for _ in range(wishes):
            wish = self.table.next(self.state)
            self.at = wish.at
            wished = self.before_the_log(wish.command, self.table.chance, sensible=True)
            if wished is not None:
                self.tried(wished, wish.by)

    @rule(data=some.data(), types=some.lists(some.sampled_from(AT_THE_TABLE), min_size=1, max_size=6))
    def they_wish_anything(self, data: Any, types: list[str]) -> None:
        for type in types:
            wished = self.wish(data, type, {})
            if wished is not None:
                self.tried(wished, data.draw(somebody(self.state)))

    @rule(data=some.data(), often=some.integers(1, 3))
    def somebody_does_what_is_offered(self, data: Any, often: int) -> None:
        """rule 9.3: what is offered is accepted."""
        for _ in range(often):
            by = data.draw(some.sampled_from(self.present()))
            offers = [one for one in shown_to(self.state, by) if one[3] is None]
            if not offers:
                continue
            act, _, thing, _ = data.draw(some.sampled_from(sorted(offers, key=str)))
            chance = data.draw(some.randoms(use_true_random=False))
            wished = well_formed(self.state, by, act, thing, chance, self.word())
            wished = self.before_the_log(wished, chance, sensible=True)
            if wished is not None:
                assert self.tried(wished, by) is None, f"{wished!r} was offered to {by}"

    @rule(data=some.data())
    def somebody_tries_what_is_greyed(self, data: Any) -> None:
        """rule 9.3: what is not offered is refused, for the reason shown."""
        by = data.draw(some.sampled_from(self.present()))
        # a way to do an act is refused for its own arguments: test_affordances tries those
        grey = [one for one in shown_to(self.state, by) if one[3] is not None and one[0] not in ASKED_APART]
        if not grey:
            return
        act, table, thing, refusal = data.draw(some.sampled_from(sorted(grey, key=str)))
        type, _, room = act.partition(":")
        wished = self.wish(data, type, {**self.about(table, thing), "room": room or "plenary"})
        if wished is not None:
            refused = self.tried(wished, by)
            # what is spoken of is looked for first
            named_nothing = refused is not None and refused.endswith("unknown")
            assert refused == refusal["code"] or named_nothing, f"{wished!r} by {by}: {refused}, shown {refusal}"

    # --- what always holds

    @invariant()
    def a_snapshot_holds_everything(self) -> None:
        if len(self.log) % 7 == 0 and self.log:
            again = load_state(dump_state(self.state), self.scenario)
            assert again == self.state
            assert dump_state(again) == dump_state(self.state)

    @invariant()
    def nobody_is_shown_what_is_others(self) -> None:
        """rules 5.3, 9.1, 9.5; the next of those who look on after each step."""
        if self.log and self.state.outcome is None:
            viewers = self.viewers()
            viewer = viewers[len(self.log) % len(viewers)]
            leaked = self.secrets.hidden_from(viewer) & set(strings(view(self.state, viewer)))
            assert not leaked, f"{viewer} is shown {sorted(leaked)}"

    @invariant()
    def moments_never_go_back(self) -> None:
        """rule 4.6"""
        if self.log:
            moments = [entry.at for entry in self.state.record]
            assert moments == sorted(moments)
            assert all(moment <= self.at for moment in moments)

    def teardown(self) -> None:
        """The log folds to the state, and the clock alone brings the game to its end (rule 1.7)."""
        if not self.log:
            return
        assert state_hash(self.folded()) == state_hash(self.state)
        if self.state.clock.status == "paused":
            self.goes_on()
        if self.state.clock.status == "lobby":
            return
        for _ in islice(iter(lambda: next_due(self.state), None), LONGEST):
            self.time_passes(600)
        assert self.state.clock.status == "ended"
        assert self.state.outcome is not None, "rule 8.1"
        assert state_hash(self.folded()) == state_hash(self.state)

    # --- how

    def tried(self, wished: Command, by: Actor) -> str | None:
        """The code of the refusal; None when it was accepted."""
        try:
            events = decide(self.state, wished, by, self.at)
        except Rejected as no:
            return no.refusal.code.name
        before = self.state
        for event in events:
            self.state = evolve(self.state, event, by, self.at)
            self.log.append((EVENTS.dump_json(event).decode(), by, self.at))
            self.secrets.told(event.model_dump(mode="json"), event.audience())
        if before.clock.status == "ended" and self.state.taken_back == before.taken_back:
            self.stays_as_it_was(before)
        if events:
            public = any(isinstance(event.audience(), Everyone) for event in events)
            seq = len(self.log)
            self.moments.append(EarlierMoment(seq, self.at, self.state, seq, public))
        return None

    def stays_as_it_was(self, before: GameState) -> None:
        """rule 8.1: nothing happens after the end."""
        for part in fields(GameState):
            if part.name not in STILL_MOVES:
                assert getattr(self.state, part.name) == getattr(before, part.name), part.name

    def wish(self, data: Any, type: str, bound: dict[str, Any]) -> Command | None:
        try:
            wished = wish(data.draw, self.state, type, self.word, bound)
        except ValidationError:
            return None  # fields that do not go together: no frame would bring it
        return self.before_the_log(wished, data.draw(some.randoms(use_true_random=False)))

    def sensible(self, by: Actor, act: str, thing: str | None, chance: Any) -> Command | None:
        try:
            return well_formed(self.state, by, act, thing, chance, self.word())
        except ValidationError:
            return None

    def before_the_log(self, wished: Command | None, chance: Any, sensible: bool = False) -> Command | None:
        """The same; one that speaks of a moment comes with what the log says of it, as from whoever keeps the log.

        A sensible one speaks of a moment to which the game can be taken back; None when there is none.
        """
        if not isinstance(wished, AboutAMoment):
            return wished
        known = [one for one in self.moments if not sensible or self.can_go_back_to(one)]
        if not known:
            return None
        earlier = replace(chance.choice(known), until=len(self.log))
        return wished.model_copy(update={"moment": earlier.seq}).seeing(earlier)

    def can_go_back_to(self, moment: EarlierMoment) -> bool:
        in_play = moment.state.clock.status in ("running", "paused")
        return moment.public and in_play and not is_undone(self.state, moment.seq)

    def about(self, table: str, thing: str | None) -> dict[str, Any]:
        """Fields that name what an act hangs on, in the version that its actor sees."""
        one = table.removesuffix("s")
        if thing is not None:
            of = self.state.drafts.get(thing)
            return {one: thing, table: [thing], "source": thing, **({"revision": of.revision} if of else {})}
        silence, poll = self.state.silence, self.state.poll
        return {
            **({"draft": silence.draft, "revision": silence.revision} if silence else {}),
            **({"poll": poll.id} if poll else {}),
        }

    def word(self) -> str:
        """A text that nobody wrote before."""
        self.texts += 1
        return f"text-{self.texts}"

    def present(self) -> list[Actor]:
        """Whoever sits there now, stand-ins of vacant seats included, and whoever runs an exercise."""
        found = [FACILITATOR] if self.state.kind == "exercise" else []
        for seat, there in self.state.seats.items():
            player = self.state.player(seat)
            if player == "people":
                found += [Actor("member", member, seat) for member in there.members]
            elif player in ("bot", "deputy"):
                found.append(Actor(player, seat, seat))
        return found or [FACILITATOR]

    def viewers(self) -> list[Viewer]:
        here = [member_viewer(by.id, by.seat) for by in self.present() if by.kind == "member" and by.seat]
        return [*here, SPECTATOR]

    def host(self) -> Actor:
        host = self.state.members[self.state.host or ""]
        return Actor("member", host.id, host.seat)

    def goes_on(self) -> None:
        """Somebody who may lets a paused game go on; where they have gone, somebody new comes and does."""
        resume = command("resume_game")
        if all(self.tried(resume, by) for by in [FACILITATOR, *self.present()]):
            seat = next(iter(self.state.seats))
            self.tried(command("join_seat", seat=seat, member="m-late", name=self.word()), SERVER)
            assert self.tried(resume, Actor("member", "m-late", seat)) is None

    def folded(self) -> GameState:
        return fold((EVENTS.validate_json(event), by, at) for event, by, at in self.log)


def shown_to(state: GameState, by: Actor) -> Iterator[tuple[str, str, str | None, Any]]:
    """(act, table, thing it hangs on, refusal or None), whatever tables there are."""
    can: Any = affordances(state, by, Memo())
    for table, acts in can.items():
        if table == "acts":
            yield from ((act, table, None, refusal) for act, refusal in acts.items())
        else:
            yield from ((act, table, thing, acts[thing][act]) for thing in acts for act in acts[thing])


# --- what is whose

SEED = "a seed that nobody guesses"

TELLING = re.compile(r"text[ -]\d+.*|[A-Z]+(?:[+>][A-Z]+)+(?:\.\d+)*|[A-Z]+\.\d+")
"""What tells something by itself: a text, a room of some seats, a private thing numbered within who may see it."""


class Secrets:
    """What each viewer may know, worked out from the audiences of events and nothing else."""

    def __init__(self) -> None:
        self._everything: set[str] = set()
        self._told: list[tuple[Audience, frozenset[str]]] = []
        self._known: dict[str | None, set[str]] = defaultdict(set)

    def begin(self, state: GameState) -> None:
        """What the scenario gives: red lines and deals are secrets of those who hold or sign them."""
        scenario = state.rules.scenario
        lines = {line.id for line in scenario.red_lines}
        briefs = {seat: held.brief.text for seat, held in scenario.seats.items() if held.brief and held.brief.text}
        self._everything = {SEED, state.rules.digest, *lines, *(deal.id for deal in scenario.deals), *briefs.values()}
        # what is in a first view is known: an id that is also the name of something public, one's own lines, deals
        for seat in state.seats:
            self._known[seat] = set(strings(view(state, member_viewer("nobody", seat))))
        self._known[None] = set(strings(view(state, SPECTATOR)))

    def told(self, event: Any, audience: Audience) -> None:
        found = frozenset(one for one in strings(event) if TELLING.fullmatch(one) or one in self._everything)
        self._everything |= found
        if found:
            self._told.append((audience, found))

    def hidden_from(self, viewer: Viewer) -> set[str]:
        known = (found for audience, found in self._told if viewer.may_know(audience))
        return self._everything - self._known[viewer.seat] - set().union(*known)


def strings(value: Any) -> Iterator[str]:
    """Every string in it, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, held in value.items():
            yield str(key)
            yield from strings(held)
    elif isinstance(value, list | tuple):
        for held in value:
            yield from strings(held)


# --- the runs

MEETING = given(in_phase("council_1"), tabled()).state


def machine(folder: Path) -> type[Summit]:
    return type(f"SummitOf{folder.name.title().replace('-', '')}", (Summit,), {"scenario": scenario_in(folder)})


def play_summits(folder: Path, games: int, number: int | None = None) -> None:
    """So many games of the scenario: always the same ones, or those of a number."""
    play = machine(folder) if number is None else seeded(number)(machine(folder))
    run_state_machine_as_test(
        play,
        settings=settings(
            max_examples=games,
            stateful_step_count=STEPS,
            derandomize=number is None,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # making a failing game shorter takes minutes: ask for it with HYPOTHESIS_PROFILE=explore
            phases=[Phase.generate, *([Phase.shrink] if settings().print_blob else [])],
            report_multiple_bugs=False,
        ),
    )


@pytest.mark.rule("1.7", "4.6", "5.3", "8.1", "9.1", "9.3", "9.5")
@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_whoever_does_whatever_the_rules_hold(folder: Path) -> None:
    play_summits(folder, GAMES)


@pytest.mark.parametrize("type", AT_THE_TABLE)
def test_every_command_can_be_wished(type: str) -> None:
    """The machine above tries whatever command there is, also one that came after it was written."""

    @settings(max_examples=5, phases=[Phase.generate])
    @over(some.data())
    def wished(data: Any) -> None:
        made = wish(data.draw, MEETING, type, lambda: "words", {})
        assert made.type == type
        assert COMMANDS.validate_json(COMMANDS.dump_json(made)) == made

    wished()
