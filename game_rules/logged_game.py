"""A game that is played and logged in one place, without a server: for simulations, goldens and tests.

What a server spreads over processes and a database stands here in memory: the command's texts become ids, the engine
decides, the events become records of the chain. The same seed and commands give the same log, byte for byte.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from game_rules.engine import EVENTS, Command, Event, decide, evolve
from game_rules.messages import Actor, Milliseconds
from game_rules.messages import Command as AnyCommand
from game_rules.moments import look_back
from game_rules.procedures.rewinding import AboutAMoment
from game_rules.rejections import Rejected
from game_rules.saved_game import Record, Text, chain_start, chained, commit_text, write_lines
from game_rules.scenario import canonical_json
from game_rules.state import GameState

Told = Callable[[GameState, tuple[Event, ...], Actor, Milliseconds], None]


@dataclass(frozen=True, slots=True)
class Wished:
    """A command as it came, its words included. `refused` is the code of the refusal, if the rules forbade it."""

    command: AnyCommand
    by: Actor
    at: Milliseconds
    id: str
    refused: str | None = None


class LoggedGame:
    """One game, its log, its texts and what was wished. `heard` are told of every command that had an effect."""

    def __init__(self, game: str, seed: str, *, keep_log: bool = True) -> None:
        self.game = game
        self.heard: list[Told] = []
        self.records: list[Record] = []
        self.texts: dict[str, Text] = {}
        self.wished: list[Wished] = []
        self._keep_log = keep_log
        self._key = hmac.digest(seed.encode(), b"texts", "sha256")
        self._seq = 0
        self._commands = 0
        self._state: GameState | None = None

    @property
    def state(self) -> GameState:
        """Raises ValueError before the game is created."""
        if self._state is None:
            raise ValueError("no game was created yet")
        return self._state

    @property
    def events(self) -> int:
        """How many events the game has."""
        return self._seq

    def wish(
        self, command: AnyCommand, by: Actor, at: Milliseconds, command_id: str | None = None
    ) -> tuple[Event, ...]:
        """Decides, folds and logs a command. Raises Rejected, and then nothing changed."""
        self._commands += 1
        identifier = command_id or f"c{self._commands}"
        known, texts = self._without_texts(command, by, identifier)
        if isinstance(known, AboutAMoment) and not known.is_answered:
            known = known.seeing(look_back(self.records, known.moment))
        if self._keep_log:
            events = self._decided(known, command, by, at, identifier)
        else:
            events = decide(self._state, known, by, at)
        for event in events:
            self._state = evolve(self._state, event, by, at)
        self._seq += len(events)
        if self._keep_log:
            self._log(events, by, at, identifier, texts)
        for heard in self.heard:
            heard(self.state, events, by, at)
        return events

    def _decided(
        self, known: Command, command: AnyCommand, by: Actor, at: Milliseconds, identifier: str
    ) -> tuple[Event, ...]:
        """The events of the command; what was wished goes with the log, refusals too."""
        refused = None
        try:
            return decide(self._state, known, by, at)
        except Rejected as rejected:
            refused = rejected.refusal.code.name
            raise
        finally:
            self.wished.append(Wished(command, by, at, identifier, refused))

    def lines(self) -> Iterable[str]:
        """The saved game, line by line."""
        return write_lines(self.game, self.records, self.texts.values())

    def head(self) -> str:
        """The head of the chain after the last record."""
        start = chain_start(self.game)
        return next((head for _, head in reversed(list(chained(self.records, start)))), start).hex()

    def _without_texts(self, command: AnyCommand, by: Actor, identifier: str) -> tuple[Command, tuple[Text, ...]]:
        written = [(field, text) for field in command.texts if (text := getattr(command, field)) is not None]
        if not written:
            return command, ()  # type: ignore[return-value]
        texts = {field: commit_text(self._key, by.key, identifier, field, text) for field, text in written}
        ids = {field: text.id for field, text in texts.items()}
        return command.model_copy(update=ids), tuple(texts.values())  # type: ignore[return-value]

    def _log(
        self, events: tuple[Event, ...], by: Actor, at: Milliseconds, identifier: str, texts: tuple[Text, ...]
    ) -> None:
        first = self._seq - len(events) + 1
        for seq, event in enumerate(events, first):
            body = canonical_json(EVENTS.dump_python(event, mode="json")).decode()
            self.records.append(Record(seq, at, by, identifier, body))
        if events:
            self.texts |= {text.id: text for text in texts}
