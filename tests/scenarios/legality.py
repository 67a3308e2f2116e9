"""What no state of a game may be, whatever scenario it is a game of, and whole games by bots held against it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from game_rules.engine import EVENTS, Command, decide, evolve, next_due
from game_rules.logged_game import LoggedGame
from game_rules.messages import SERVER, Actor, Milliseconds, bot
from game_rules.procedures.clock import AdvanceClock, StartGame
from game_rules.procedures.drafting import TableDraft
from game_rules.procedures.seating import JoinSeat
from game_rules.procedures.silence import OpenSilence
from game_rules.procedures.standing import circumstances
from game_rules.rejections import Rejected
from game_rules.scenario import Package, Scenario
from game_rules.simulation import DIRECTOR, TIMER, Simulated, simulate
from game_rules.snapshot import dump_state, load_state
from game_rules.state import Draft, GameState

Faults = Iterator[str]
"""What is illegal, in words; none when all is well."""

POINTS = range(101)
"""rule 8.8: a package is worth 0 to 100 points to each seat."""


def faults_of_a_game(scenario: Scenario, cast: str, seed: str) -> list[str]:
    """Bots play a whole game, from the lobby to the end of the debrief; every state on the way is looked at."""
    played = simulate(scenario, cast, seed, keep_log=True)
    return [f"{scenario.slug}, {cast}, seed {seed}: {fault}" for fault in _of_a_game(played)]


def _of_a_game(played: Simulated) -> Faults:
    game = played.game
    if played.refused:
        yield f"the rules refused {played.refused} commands of bots, which are offered what they wish"
    yield from _of_the_outcome(game.state)
    at = _closed(game)
    yield from _of_the_log(game)
    yield from _after_the_end(game.state, at)


# --- on the way -------------------------------------------------------------------------------------------------------


def _of_the_log(game: LoggedGame) -> Faults:
    """The log folded anew, event by event: it must lead where the game led, through legal states only."""
    before: GameState | None = None
    for record in game.records:
        state = evolve(before, EVENTS.validate_json(record.event), record.actor, record.at)
        for fault in illegal(before, state):
            yield f"after event {record.seq}: {fault}"
        before = state
    for earlier, later in pairwise(game.records):
        if later.at < earlier.at:
            yield f"event {later.seq} is older than the one before it"
    if before is None or before != game.state:
        yield "the log folds to another state than the game was in"
    elif load_state(dump_state(before), before.rules.scenario) != before:
        yield "the state comes back from a snapshot as another"


def illegal(before: GameState | None, state: GameState) -> Faults:
    """What the state may not be. What did not change since the state before is not looked at again."""
    if before is None or state.drafts is not before.drafts:
        yield from _drafts(state)
        yield from _worth(state)
    elif state.effects is not before.effects or state.deals is not before.deals:
        yield from _worth(state)
    if state.silence is not None and (before is None or state.silence is not before.silence):
        yield from _silence(state)
    if before is not None and state.adopted is not before.adopted:
        yield from _adopted(state)
    if before is None or state.deals is not before.deals:
        yield from _deals(state)
    if before is not None and state.clock.phase < before.clock.phase:
        yield "the agenda went back"
    if before is not None and before.outcome is not None and state.outcome is not before.outcome:
        yield "the outcome changed after it was reached"
    if before is not None and before.clock.status == "ended":
        yield "something happened after the end"


def _drafts(state: GameState) -> Faults:
    authors = [draft.author for draft in state.drafts.values() if draft.open and not draft.fallback]
    if len(set(authors)) < len(authors):
        yield "a seat has two open drafts (rule 2.2)"
    for draft in state.drafts.values():
        yield from _package(state, draft.package, f"the draft {draft.id}", free=draft.fallback)
        if set(draft.cosponsors) - set(state.rules.voters):
            yield f"somebody without a vote cosponsors {draft.id} (rule 1.1)"


def _package(state: GameState, package: Package, what: str, *, free: bool) -> Faults:
    """A package is consistent, and keeps what the cast fixes; the fallback is free of that (rule 8.1)."""
    if broken := state.evaluator.broken_rules(package):
        yield f"{what} is inconsistent: {broken} (rule 2.1)"
    fixed = state.rules.cast.fixed.items()
    if not free and not fixed <= state.rules.package_dict(package).items():
        yield f"{what} changes what the cast fixes"


def _worth(state: GameState) -> Faults:
    around = circumstances(state)
    for package in {draft.package for draft in state.drafts.values()}:
        for seat in state.rules.seats:
            if state.evaluator.points(seat, package, around) not in POINTS:
                yield f"a draft is not worth 0 to 100 points to {seat} (rule 8.8)"


def _silence(state: GameState) -> Faults:
    silence, bounds = state.silence, state.rules.scenario.silence
    assert silence is not None  # asked only then
    draft: Draft = state.drafts[silence.draft]
    if (draft.revision, draft.package) != (silence.revision, silence.package):
        yield "the text under silence moved (rule 2.6)"
    most = max(bounds.max_seconds, bounds.fallback_seconds) * (2 if silence.extended else 1)
    if not bounds.min_seconds * 1_000 <= silence.deadline - silence.opened_at <= most * 1_000:
        yield "the silence is shorter or longer than the scenario allows (rule 4.2)"
    if "silence" not in state.phase.allows:
        yield f"a text is under silence in {state.phase.id!r}"
    if set(silence.rungs) - set(state.rules.voters):
        yield "somebody without a vote is on the ladder (rule 1.1)"


def _adopted(state: GameState) -> Faults:
    adopted = state.adopted
    if adopted is None:
        yield "an adopted text is gone (rule 4.7)"
        return
    revisions = state.drafts[adopted.draft].revisions
    if revisions[adopted.revision - 1].package != adopted.package:
        yield "what was adopted is not what stood under silence"
    yield from _package(state, adopted.package, "the adopted text", free=adopted.fallback)


def _deals(state: GameState) -> Faults:
    for deal, signed in state.deals.items():
        if signed.parties != state.rules.deal_parties.get(deal):
            yield f"{deal!r} was signed by {signed.parties}, and not by its signers in this cast (rule 6.1)"


# --- at the end -------------------------------------------------------------------------------------------------------


def _of_the_outcome(state: GameState) -> Faults:
    outcome, scenario = state.outcome, state.rules.scenario
    assert outcome is not None  # a simulation ends with one
    text = state.adopted.package if state.adopted else state.rules.status_quo
    if (outcome.adopted, outcome.package) != (state.adopted is not None, text):
        yield "the outcome is not of the text that stands (rule 8.1)"
    if outcome.world not in scenario.aftermath.chances:
        yield f"the world went on as {outcome.world!r}, which has no chance (rule 8.2)"
    if sum(outcome.figures["chances"].values()) != scenario.aftermath.whole:
        yield "the chances do not add up"
    for name, score in {**outcome.figures["scores"], **outcome.figures["figures"]}.items():
        if not 0 <= score["value"] <= 100:
            yield f"the score {name!r} is {score['value']}"
    for seat, result in outcome.results.items():
        if result["points"] not in POINTS:
            yield f"{seat} ends with {result['points']} points (rule 8.8)"


def _closed(game: LoggedGame) -> Milliseconds:
    """Lets the clock run until nothing falls due any more. The moment after that."""
    while (due := next_due(game.state)) is not None:
        game.wish(AdvanceClock(type="advance_clock"), TIMER, due)
    return game.records[-1].at + 1


def _after_the_end(state: GameState, at: Milliseconds) -> Faults:
    if state.clock.status != "ended":
        yield f"the clock stands at {state.clock.status!r} when nothing falls due any more (rule 1.7)"
    if decide(state, AdvanceClock(type="advance_clock"), TIMER, at):
        yield "something fell due after the end"
    seat = next(iter(state.rules.voters))
    draft = next(iter(state.drafts), "d1")
    options = state.rules.package_dict(state.rules.status_quo)
    tries: tuple[tuple[Command, Actor], ...] = (
        (TableDraft(type="table_draft", package=options), bot(seat)),
        (OpenSilence(type="open_silence", draft=draft, revision=1, seconds=60), bot(state.rules.chair)),
        (JoinSeat(type="join_seat", seat=seat, member="late", name="Late"), SERVER),
        (StartGame(type="start_game"), DIRECTOR),
    )
    for command, by in tries:
        if _has_effect(state, command, by, at):
            yield f"{command.type} had an effect after the end"


def _has_effect(state: GameState, command: Command, by: Actor, at: Milliseconds) -> bool:
    try:
        return bool(decide(state, command, by, at))
    except Rejected:
        return False
