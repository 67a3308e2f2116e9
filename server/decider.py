"""What happens inside a command's transaction: load the state, ask the rules, and say what is to be written.

Runs in a thread of the store, over a locked game. It neither waits nor tells anybody: that is for afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pydantic_core import to_json

from game_rules.engine import EVENTS, Command, Event, decide, evolve, next_due
from game_rules.messages import Actor
from game_rules.moments import look_back, of_one_command
from game_rules.procedures.rewinding import AboutAMoment
from game_rules.procedures.seating import GameCreated
from game_rules.rejections import Refusal, Rejected
from game_rules.saved_game import Record, Text, chain_start
from game_rules.scenario import canonical_json
from game_rules.snapshot import SNAPSHOT_VERSION, UnknownSnapshot, dump_state, load_state
from game_rules.state import GameState
from server.store.interface import Addition, Answer, GameTransaction, Head, Snapshot

SNAPSHOT_FORM = str(SNAPSHOT_VERSION)

SNAPSHOT_EVERY = 200
"""Events between two snapshots: no load folds more than these."""


class Forbidden(Exception):
    """Not your game, not your seat, or not any more. The same answer as when there is nothing there."""


class AnotherBody(Exception):
    """The command id was used for another command before."""


@dataclass(frozen=True, slots=True)
class Request:
    """A command on its way into the transaction.

    `command` holds text ids; `texts` are their texts. `session` and `epoch` are who was let in, and when that was
    last checked. `guard` may refuse on what only the shell knows. `kept` says whether a refusal is remembered as the
    answer: for people it is, so that a command that is sent again is answered the same.
    """

    command: Command
    actor: Actor
    command_id: str
    texts: tuple[Text, ...] = ()
    session: str | None = None
    epoch: int = 0
    guard: Callable[[GameState], Refusal | None] | None = None
    kept: bool = True

    @property
    def body(self) -> bytes:
        """A digest of what is asked, over text ids: it says nothing of a text that was erased."""
        return hashlib.sha256(self.command.model_dump_json().encode()).digest()


@dataclass(frozen=True, slots=True)
class Moment:
    """A game after one of its events: the state, and where the chain stood then."""

    seq: int
    hash: bytes
    state: GameState | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one command did: its records and the game after them."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    after: Moment

    @property
    def first_seq(self) -> int:
        return self.records[0].seq


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to a command, as the frame that is sent, and what it did to the game, if anything."""

    reply: str
    step: Step | None
    epoch: int
    refusal: Refusal | None = None


def acknowledged(command_id: str) -> str:
    return to_json({"type": "ack", "command_id": command_id}).decode()


def rejected(command_id: str, refusal: Refusal) -> str:
    return to_json({"type": "rejected", "command_id": command_id, **refusal.to_json()}).decode()


# --- inside the transaction -----------------------------------------------------------------------------------------


def judge(transaction: GameTransaction, request: Request) -> Verdict:
    """Decides one command. Raises Forbidden and AnotherBody; whatever is raised, nothing is written."""
    _demand_access(transaction, request)
    epoch = transaction.head.access_epoch
    before = transaction.answer(request.actor.key, request.command_id)
    if before is not None:
        if before.body != request.body:
            raise AnotherBody
        return Verdict(before.reply, None, epoch)
    now = load(transaction)
    try:
        if request.guard and now.state and (refusal := request.guard(now.state)):
            raise Rejected(refusal)
        events = decide(now.state, _in_front_of_the_log(transaction, request.command), request.actor, transaction.now)
    except Rejected as no:
        return _refused(transaction, request, no.refusal)
    if not events:
        return Verdict(acknowledged(request.command_id), None, epoch)
    step = _step(now, request, events, transaction.now)
    reply = acknowledged(request.command_id)
    answer = Answer(request.actor.key, request.command_id, request.body, reply)
    head = head_after(transaction.head, step.after, transaction.now)
    snapshot = snapshot_of(step) if _crosses_a_snapshot(step) else None
    transaction.append(Addition(step.records, head, request.texts, answer, snapshot))
    transaction.memo = step.after
    return Verdict(reply, step, epoch)


def _in_front_of_the_log(transaction: GameTransaction, command: Command) -> Command:
    """A command that names a moment of the log, with the game as it stood then; every other as it is."""
    if not isinstance(command, AboutAMoment) or command.is_answered:
        return command
    return command.seeing(look_back(transaction.records(0), command.moment, event_from_json))


def _demand_access(transaction: GameTransaction, request: Request) -> None:
    if request.session is None or request.epoch == transaction.head.access_epoch:
        return
    session = transaction.session(request.session)
    if session is None or session.revoked_at is not None:
        raise Forbidden


def _refused(transaction: GameTransaction, request: Request, refusal: Refusal) -> Verdict:
    reply = rejected(request.command_id, refusal)
    if request.kept:
        answer = Answer(request.actor.key, request.command_id, request.body, reply)
        transaction.append(Addition((), transaction.head, (), answer))
    return Verdict(reply, None, transaction.head.access_epoch, refusal)


def _step(now: Moment, request: Request, events: Sequence[Event], at: int) -> Step:
    records: list[Record] = []
    for event in events:
        record = Record(now.seq + 1, at, request.actor, request.command_id, event_to_json(event))
        now = Moment(record.seq, record.hash_after(now.hash), evolve(now.state, event, request.actor, at))
        records.append(record)
    return Step(tuple(records), tuple(events), now)


def head_after(head: Head, now: Moment, at: int) -> Head:
    """The game's row once it stands there."""
    assert now.state is not None
    return replace(head, seq=now.seq, hash=now.hash, at=at, status=now.state.clock.status, next_due=next_due(now.state))


# --- loading --------------------------------------------------------------------------------------------------------


def load(transaction: GameTransaction) -> Moment:
    """The game as it is now: what the last transaction left, or the last snapshot, and what was added since."""
    memo = transaction.memo
    if isinstance(memo, Moment) and memo.hash == transaction.head.hash:
        return memo
    start = memo if isinstance(memo, Moment) else _from_snapshot(transaction)
    now = start
    for step in steps(transaction.records(start.seq), start):
        now = step.after
    if now.hash != transaction.head.hash:
        raise ChainBroken(transaction.game)
    transaction.memo = now
    return now


class ChainBroken(Exception):
    """The log does not lead to its own head: somebody has changed the database by hand."""


def _from_snapshot(transaction: GameTransaction) -> Moment:
    """Where folding begins: the newest snapshot, or before the first event."""
    start = Moment(0, chain_start(transaction.game), None)
    kept = transaction.snapshot(SNAPSHOT_FORM)
    if kept is None:
        return start
    first = event_from_json(transaction.first().event)
    assert isinstance(first, GameCreated)
    try:
        return Moment(kept.seq, kept.hash, load_state(kept.state, first.scenario))
    except UnknownSnapshot:
        return start


def snapshot_of(step: Step) -> Snapshot:
    assert step.after.state is not None
    return Snapshot(step.after.seq, SNAPSHOT_FORM, step.after.hash, dump_state(step.after.state))


def _crosses_a_snapshot(step: Step) -> bool:
    return step.after.seq // SNAPSHOT_EVERY != (step.first_seq - 1) // SNAPSHOT_EVERY


def steps(records: Iterable[Record], start: Moment) -> Iterator[Step]:
    """The records grouped by the command that made them, with the game after each."""
    now = start
    for made in of_one_command(records):
        events = tuple(event_from_json(record.event) for record in made)
        for record, event in zip(made, events, strict=True):
            now = Moment(record.seq, record.hash_after(now.hash), evolve(now.state, event, record.actor, record.at))
        yield Step(made, events, now)


# --- events as JSON -------------------------------------------------------------------------------------------------


def event_to_json(event: Event) -> str:
    """The event as canonical JSON, as the log holds it."""
    return canonical_json(EVENTS.dump_python(event, mode="json")).decode()


def event_from_json(event: str) -> Event:
    """The event of that JSON. Raises pydantic's ValidationError."""
    # Only the first event of a game is long: it holds the scenario, which other games share.
    return _long_event(event) if len(event) > 10_000 else EVENTS.validate_json(event)


@lru_cache(maxsize=64)
def _long_event(event: str) -> Event:
    return EVENTS.validate_json(event)
