"""Commands in, frames out: decide in a transaction, commit, acknowledge, and only then tell.

One service a process. It holds the games that somebody looks at (`LiveGame`), notices what other processes did to
them, and keeps each game's troubles to itself: a game that raises is marked and logged, the others go on.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import structlog

from game_rules.engine import Command
from game_rules.messages import SERVER, Actor
from game_rules.procedures.seating import CreateGame, JoinSeat, MarkBack, ReturnToSeat
from game_rules.rejections import Refusal, Rejected
from game_rules.saved_game import Text
from game_rules.state import GameState
from game_rules.view.viewer import Viewer
from server import metrics
from server.bus.interface import Bus, Typing
from server.decider import AnotherBody, Forbidden, Moment, Request, Step, Verdict, judge, load, steps
from server.live_game import Gap, LiveGame, Receiver
from server.store.interface import DatabaseAway, GameId, GameRow, GameTransaction, GameUnknown, Head, Session, Store
from server.texts import branch, without_texts

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
"""How often the heads of games are looked at: what a lost doorbell costs at most."""

RETRY_AFTER_MS = 1_000


class Broken(Exception):
    """Our bug, or a log that was tampered with. `incident` is what people quote and the log has the story of."""

    def __init__(self, incident: str) -> None:
        super().__init__(incident)
        self.incident = incident


def incident(event: str, game: GameId, error: BaseException) -> str:
    """Puts a failure on record under a name that can be told to people."""
    name = secrets.token_hex(4)
    metrics.INCIDENTS.inc()
    log.error(event, game=game, incident=name, exc_info=error)
    return name


class GameService:
    """What the routes, the sockets and the ticker ask of games."""

    def __init__(self, store: Store, bus: Bus) -> None:
        self.store = store
        self.bus = bus
        self.heads: Mapping[GameId, Head] = {}
        self.broken: dict[GameId, str] = {}
        self._live: dict[GameId, LiveGame] = {}
        self._opening: dict[GameId, asyncio.Task[LiveGame]] = {}
        self._catching_up: dict[GameId, asyncio.Task[None]] = {}
        self._behind: set[GameId] = set()
        self._text_keys: dict[GameId, bytes | None] = {}
        self._on_epoch: list[Callable[[GameId], None]] = []

    # --- creating --------------------------------------------------------------------------------------------------

    async def create(self, command: CreateGame, row: GameRow, seed: bytes) -> None:
        """Opens a game in its lobby. Raises Rejected, and KeyError when the id or code is taken."""
        key = branch(seed, "texts")
        await self.store.create(row, key)
        try:
            await self.demand(row.id, SERVER, "create", command)
        except BaseException:
            await self.store.delete(row.id)
            raise

    async def delete(self, game: GameId) -> None:
        """Removes a game with its log, texts, links and sessions; here at once, elsewhere within a second."""
        await self.store.delete(game)
        self._text_keys.pop(game, None)
        self.broken.pop(game, None)
        self._close(game, "game_deleted")

    # --- commands --------------------------------------------------------------------------------------------------

    async def submit(
        self,
        game: GameId,
        actor: Actor,
        command_id: str,
        command: Command,
        *,
        session: Session | None = None,
        epoch: int = 0,
        guard: Callable[[GameState], Refusal | None] | None = None,
        texts: tuple[Text, ...] = (),
    ) -> Verdict:
        """Decides a command, commits it, and shows everybody what it did. The answer is the sender's to hear.

        `texts` come along beside the command's own: those that it speaks of already.

        A refusal by the rules is an answer, not an exception. Raises Forbidden, AnotherBody, EmptyText, TextsErased,
        GameUnknown, DatabaseAway (the outcome is unknown: ask again with the same id), and Broken.
        """
        key = await self._text_key(game) if command.texts else None
        core, own_texts = without_texts(command, key, actor, command_id)
        texts = (*own_texts, *texts)
        request = Request(
            core,
            actor,
            command_id,
            texts,
            session.id if session else None,
            epoch,
            guard,
            kept=actor.kind in ("member", "facilitator", "press"),
        )
        verdict = await self._decided(game, request)
        metrics.COMMANDS.labels(actor.kind, "refused" if verdict.refusal else "done").inc()
        if verdict.step is not None:
            self._show(game, verdict.step, texts)
            self.bus.ring(game, verdict.step.after.seq)
        return verdict

    async def _decided(self, game: GameId, request: Request) -> Verdict:
        try:
            return await self.store.transact(game, partial(judge, request=request))
        except (Forbidden, AnotherBody, GameUnknown, DatabaseAway):
            raise
        except Exception as error:
            raise Broken(incident("game.command_failed", game, error)) from error

    async def demand(
        self, game: GameId, actor: Actor, command_id: str, command: Command, texts: tuple[Text, ...] = ()
    ) -> Verdict:
        """Like submit, for the server's own commands: a refusal is raised as Rejected."""
        verdict = await self.submit(game, actor, command_id, command, texts=texts)
        if verdict.refusal:
            raise Rejected(verdict.refusal)
        return verdict

    async def join_seat(
        self, game: GameId, command: JoinSeat, guard: Callable[[GameState], Refusal | None] | None = None
    ) -> None:
        """Seats a person. Raises Rejected."""
        verdict = await self.submit(game, SERVER, f"join:{command.member}:{secrets.token_hex(4)}", command, guard=guard)
        if verdict.refusal:
            raise Rejected(verdict.refusal)

    async def welcome_back(self, game: GameId, member: str) -> None:
        """A member is connected: if a stand-in plays the seat meanwhile, it is theirs again at once (rule 1.5)."""
        live = await self.live(game)
        known = live.state.members.get(member)
        if known is None or not known.present:
            return
        if live.state.seats[known.seat].vacant:
            command_id = f"return:{member}:{live.now.seq}"
            await self.submit(game, SERVER, command_id, ReturnToSeat(type="return_to_seat", member=member))
        elif known.away_since is not None:
            await self.submit(game, SERVER, f"back:{member}:{live.now.seq}", MarkBack(type="mark_back", member=member))

    async def _text_key(self, game: GameId) -> bytes | None:
        if game not in self._text_keys:
            self._text_keys[game] = await self.store.text_key(game)
        return self._text_keys[game]

    # --- looking ---------------------------------------------------------------------------------------------------

    async def state(self, game: GameId) -> GameState:
        """The game as it is now. Raises GameUnknown, DatabaseAway, Broken."""
        return (await self.live(game)).state

    async def live(self, game: GameId) -> LiveGame:
        """The game as this process shows it, opened if need be, with everything in it that was committed before."""
        live = self._live.get(game)
        if live is not None:
            return live
        opening = self._opening.get(game)
        if opening is None:
            opening = asyncio.create_task(self._open(game), name=f"open-{game}")
            self._opening[game] = opening
            opening.add_done_callback(lambda _: self._opening.pop(game, None))
        return await asyncio.shield(opening)

    async def _open(self, game: GameId) -> LiveGame:
        try:
            now = await self.store.transact(game, load)
            known = await self.store.texts(game)
            head = (await self.store.heads([game]))[game]
        except (GameUnknown, DatabaseAway):
            raise
        except Exception as error:
            raise Broken(incident("game.cannot_be_loaded", game, error)) from error
        if now.state is None:
            raise GameUnknown(game)
        live = LiveGame(game, now, {id: text.text if text else None for id, text in known.items()})
        live.epoch = head.access_epoch
        self._live[game] = live
        metrics.LIVE_GAMES.set(len(self._live))
        # What was committed since the state was loaded was not shown: there was nothing to show it.
        await self._read_on(live)
        return live

    async def refresh(self, game: GameId) -> LiveGame:
        """The game with everything in it that other processes committed before now."""
        live = await self.live(game)
        await self._read_on(live)
        return live

    async def join(
        self,
        game: GameId,
        receiver: Receiver,
        viewer: Viewer,
        resume: tuple[str, int] | None = None,
        *,
        packed: bool = False,
    ) -> None:
        """Lets a socket see the game from now on. Raises what `live` raises."""
        live = await self.live(game)
        try:
            live.join(receiver, viewer, resume, packed=packed)
        except Exception as error:
            raise Broken(incident("game.cannot_be_shown", game, error)) from error

    def leave(self, game: GameId, receiver: Receiver) -> None:
        live = self._live.get(game)
        if live is not None:
            live.leave(receiver, asyncio.get_running_loop().time())

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, game: GameId, step: Step, texts: Iterable[Text]) -> None:
        """Shows what a command of this process did, or catches up when another process was faster."""
        live = self._live.get(game)
        if live is None:
            return
        live.texts.update((text.id, text.text) for text in texts)
        try:
            live.advance((step,))
        except Gap:
            self.catch_up(game)
        except Exception as error:
            self._give_up(game, error)

    def catch_up(self, game: GameId) -> None:
        """Reads and shows what this process has not shown yet. Returns at once; one reader a game."""
        if game not in self._live:
            return
        self._behind.add(game)
        if game not in self._catching_up:
            self._catching_up[game] = asyncio.create_task(self._catch_up(game), name=f"catch-up-{game}")

    async def _catch_up(self, game: GameId) -> None:
        try:
            while game in self._behind and (live := self._live.get(game)):
                self._behind.discard(game)
                await self._read_on(live)
        except DatabaseAway:
            pass  # the next look at the heads tries again
        except GameUnknown:
            self._close(game, "game_deleted")
        except Exception as error:
            self._give_up(game, error)
        finally:
            self._catching_up.pop(game, None)

    async def _read_on(self, live: LiveGame) -> None:
        """Shows what was committed and not shown yet."""
        records = await self.store.records(live.game, live.now.seq)
        if not records or records[0].seq != live.now.seq + 1:
            return  # nothing new, or this process has shown it meanwhile
        missed = list(steps(records, live.now))
        if unknown := [id for id in _text_ids(missed) if id not in live.texts]:
            found = await self.store.texts(live.game, unknown)
            live.texts.update((id, text.text if text else None) for id, text in found.items())
        live.advance(missed)

    def _give_up(self, game: GameId, error: Exception) -> None:
        """A game that cannot be shown is closed here; whoever looks at it comes back to it as it is stored."""
        self.broken[game] = incident("game.cannot_be_shown", game, error)
        self._close(game, "shutting_down")

    def _close(self, game: GameId, code: str) -> None:
        live = self._live.pop(game, None)
        if live is None:
            return
        for receiver in live.receivers:
            receiver.close(code)

    # --- other processes -------------------------------------------------------------------------------------------

    def on_epoch(self, call: Callable[[GameId], None]) -> None:
        """Whom to tell when somebody's access to a game was revoked."""
        self._on_epoch.append(call)

    def heard(self, game: GameId, head: int) -> None:
        """A doorbell: somebody moved a game on."""
        live = self._live.get(game)
        if live is not None and live.now.seq < head:
            self.catch_up(game)

    async def look(self) -> None:
        """Looks at the heads of the games shown here and of all running and paused games. Raises DatabaseAway."""
        self.heads = await self.store.heads(tuple(self._live))
        now = asyncio.get_running_loop().time()
        for game, live in list(self._live.items()):
            head = self.heads.get(game)
            if head is None:
                self._close(game, "game_deleted")
                continue
            self._compare(live, head)
            live.forget_absent(now)
            if live.empty and head.status != "running":
                del self._live[game]
        metrics.LIVE_GAMES.set(len(self._live))

    def _compare(self, live: LiveGame, head: Head) -> None:
        if live.now.seq < head.seq:
            self.catch_up(live.game)
        if live.epoch != head.access_epoch:
            live.epoch = head.access_epoch
            for call in self._on_epoch:
                call(live.game)

    def receivers(self, game: GameId) -> Sequence[Receiver]:
        live = self._live.get(game)
        return live.receivers if live else ()

    def broadcast(self, game: GameId, frame: str) -> None:
        live = self._live.get(game)
        if live is not None:
            live.broadcast(frame)

    def show_typing(self, game: GameId, typing: Typing) -> None:
        """Tells those here who may read the room that somebody writes in it."""
        live = self._live.get(game)
        if live is not None:
            live.show_typing(typing)

    async def close(self) -> None:
        """Says goodbye to every socket; they come back to whoever serves the game next."""
        for game in list(self._live):
            self._close(game, "shutting_down")
        for task in (*self._opening.values(), *self._catching_up.values()):
            task.cancel()


def _text_ids(made: Iterable[Step]) -> list[str]:
    """The ids of the texts that these events speak of."""
    held = [getattr(event, field) for step in made for event in step.events for field in event.texts]
    return [id for id in held if id is not None]


async def moment_of(store: Store, game: GameId) -> Moment:
    """The game as it is stored, for tools without a service. Raises GameUnknown."""

    def work(transaction: GameTransaction) -> Moment:
        return load(transaction)

    return await store.transact(game, work)
