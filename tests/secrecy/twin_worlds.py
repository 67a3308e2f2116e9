"""Two games that differ only in what one viewer may not know, and what that viewer gets of each (rule 9.2).

A random game is played on the real service, in memory. Its twin is given the same public commands, and everything
else in it is different: the instructions of all other delegations, the seed, what is said and confided out of the
viewer's hearing, how often, and what the others answered before a straw poll closes. All that the viewer gets of the
two must be the same bytes: frames in their order and number, answers to its own commands, appraisals, its replay.
Deals that nobody else looks at are offered, signed and promised otherwise, or not at all. The games stop before their
outcome, which tells everybody more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from gzip import decompress as gunzip
from itertools import count
from random import Random
from typing import Any

from pydantic_core import to_json

from game_rules.appraisal import appraise
from game_rules.conditions import mentions
from game_rules.engine import Command, Event, decide
from game_rules.messages import Actor, GameKind, SeatId
from game_rules.procedures.around import PUBLIC_EFFECTS, narrowed, seats_of
from game_rules.procedures.complements import CongressVoted, die
from game_rules.procedures.debriefing import Annotate
from game_rules.procedures.delegation import ActDropped, ActPrepared, ActSigned, AgreeInside, StrikeAgreed
from game_rules.procedures.ending import OutcomeReached
from game_rules.procedures.facilitation import GrantTime
from game_rules.procedures.injects import FireInject, WriteInject
from game_rules.procedures.positions import AnswerPoll, StatePosition
from game_rules.procedures.promises import MakePromise
from game_rules.procedures.rewinding import AboutAMoment
from game_rules.procedures.seating import CreateGame, MemberJoined
from game_rules.procedures.talk import PostMessage
from game_rules.procedures.trade import (
    DealPublished,
    DeclineOffer,
    OfferCountered,
    OfferDeals,
    OfferMade,
    SignOffer,
    WithdrawFromOffer,
)
from game_rules.rejections import Rejected
from game_rules.scenario import Effect, Scenario
from game_rules.state import GameState
from game_rules.view import LOBBY, PROJECTOR, SPECTATOR, Viewer, member_viewer, view
from server.bus.memory import MemoryBus
from server.game_service import GameService
from server.replay import Replays
from server.store.interface import GameRow
from server.store.memory import MemoryStore
from tests.rules.harness import FACILITATOR, NOON, rules, summit
from tests.rules.random_games import RandomPlay, Wish, command

GAME = "g1"
KEY_OF_TEXTS = b"the key to texts is the server's, and no secret of the game"
WATCHERS = (SPECTATOR, PROJECTOR, LOBBY)


# --- one world


@dataclass(eq=False)
class Screen:
    """All that one viewer gets."""

    viewer: Viewer
    got: list[str] = field(default_factory=list)
    open: bool = True

    def push(self, frame: str | bytes) -> None:
        self.got.append(frame if isinstance(frame, str) else f"packed in {len(frame)}: {gunzip(frame).decode()}")

    def close(self, code: str) -> None:
        self.got.append(f"closed: {code}")
        self.open = False


class World:
    """One game on a server of its own, with a clock that stands still until it is moved."""

    def __init__(self, create: CreateGame) -> None:
        self._now = NOON
        self._create = create
        self.store = MemoryStore(clock=lambda: self._now)
        self.service = GameService(self.store, MemoryBus())
        self.screens: dict[Viewer, Screen] = {}
        self.moments: dict[int, int] = {}
        """Which event of this world's log each wish of the first world ended at."""

    async def open(self, watchers: Iterable[Viewer]) -> None:
        await self.service.create(self._create, GameRow(GAME, "CODE", "Table 1", NOON), KEY_OF_TEXTS)
        for viewer in watchers:
            await self.look(viewer)

    async def state(self) -> GameState:
        return await self.service.state(GAME)

    async def look(self, viewer: Viewer) -> None:
        """The viewer opens the game, or reloads the page; a page that reloads asks for packed views."""
        reloads = viewer in self.screens
        screen = self.screens.setdefault(viewer, Screen(viewer))
        screen.open = True
        await self.service.join(GAME, screen, viewer, packed=reloads)

    async def wish(self, wish: Wish, command_id: str) -> None:
        """Submits a command; whoever sent it reads the answer."""
        self._now = max(self._now, wish.at)
        wished = wish.command
        if isinstance(wished, AboutAMoment):  # each world looks its own log up
            wished = type(wished).model_validate({**wished.model_dump(), "moment": self.moments.get(wished.moment, 1)})
        verdict = await self.service.submit(GAME, wish.by, command_id, wished)
        if verdict.step is not None:
            self.moments[wish.number] = verdict.step.after.seq
        screen = self.screens.get(Viewer("seat", wish.by))
        if screen is not None and screen.open:
            screen.push(verdict.reply)

    async def hand_out(self, viewer: Viewer) -> list[str]:
        """Everything else the viewer may ask for: a fresh view, an appraisal of each draft, its own replay."""
        state = await self.state()
        texts = [to_json(view(state, viewer)).decode()]
        if viewer.seat is not None:
            packages = [draft.package for draft in state.drafts.values()][:2]
            texts += [to_json(appraise(state, viewer.seat, package)).decode() for package in packages]
        return texts + await self._replay(viewer)

    async def _replay(self, viewer: Viewer) -> list[str]:
        replays = Replays(self.store)
        moments = await replays.moments(GAME, viewer)
        shown = [to_json({"n": one.n, "at": one.at, "entry": one.entry}).decode() for one in moments]
        some = [await replays.view(GAME, viewer, one.n) for one in moments[:: max(1, len(moments) // 3)]]
        words = await replays.text_ids(GAME, viewer)
        return [*shown, *(to_json(one).decode() for one in some), *words]


# --- the game and its twin


@dataclass(frozen=True)
class Happened:
    """A wish of the first world, and the events that followed; none when it was refused."""

    wish: Wish
    events: tuple[Event, ...]

    def shows_to(self, viewer: Viewer) -> bool:
        return any(viewer.may_know(event.audience()) for event in self.events)


@dataclass(frozen=True)
class FirstWorld:
    """A game that was played, and what each viewer got of it."""

    create: CreateGame
    script: tuple[Happened, ...]
    got: dict[Viewer, list[str]]


async def play_first(seed: int, wishes: int, kind: GameKind, strict: bool) -> FirstWorld:
    """A random game, stopped before its outcome, with everybody looking on."""
    play = RandomPlay(seed, kind, strict=strict)
    world = World(play.create)
    opening = play.opening()
    next(opening)
    await world.open(WATCHERS)
    script: list[Happened] = []

    async def wish(one: Wish) -> bool:
        events = _decided(await world.state(), one)
        if any(isinstance(event, OutcomeReached) for event in events):
            return False
        script.append(Happened(one, events))
        await _wished(world, script[-1], f"c{one.number}")
        return True

    for one in opening:
        await wish(one)
    for _ in range(wishes):
        if not await wish(play.next(await world.state())):
            break
    return FirstWorld(play.create, tuple(script), {viewer: await _all_of(world, viewer) for viewer in world.screens})


async def play_twin(first: FirstWorld, viewer: Viewer, seed: int) -> list[str]:
    """What the viewer gets of a world that differs in everything it may not know."""
    chance = Random(seed)
    scenario = twin_scenario(viewer.seat)
    create = first.create.model_copy(update={"scenario": scenario, "seed": other_seed(first)})
    world = World(create)
    trade = trade_of(first.script, chance)
    await world.open([viewer] if viewer in WATCHERS else [])
    for number, happened in enumerate(first.script):
        for extra in _whispers(await world.state(), viewer, happened.wish.at, chance, trade):
            await world.wish(extra, f"x{number}.{extra.number}")
        for place, other in enumerate(_otherwise(happened, viewer, chance, trade)):
            await _wished(world, other, f"c{happened.wish.number}" if place == 0 else f"x{number}", only=viewer)
    return await _all_of(world, viewer)


def other_seed(first: FirstWorld) -> str:
    """Another seed, with which the votes of legislatures that everybody saw come out the same."""
    events = [event for happened in first.script for event in happened.events]
    votes = {event.complement: event.dice for event in events if isinstance(event, CongressVoted)}
    tests = {one.id: one.congress_test for one in summit().complements if one.congress_test is not None}

    def thrown(seed: str, complement: str) -> tuple[int, ...]:
        test = tests[complement]
        return tuple(die(seed, complement, number, test.sides) for number in range(test.dice))

    seeds = (f"another than {first.create.seed}, number {number}" for number in count())
    return next(seed for seed in seeds if all(thrown(seed, one) == dice for one, dice in votes.items()))


async def _wished(world: World, happened: Happened, command_id: str, only: Viewer | None = None) -> None:
    await world.wish(happened.wish, command_id)
    for event in happened.events:
        if isinstance(event, MemberJoined):
            viewer = member_viewer(event.member, event.seat)
            if only in (None, viewer):
                await world.look(viewer)


async def _all_of(world: World, viewer: Viewer) -> list[str]:
    """What came by itself, what a reload brings, and what can be asked for."""
    if world.screens[viewer].open:
        await world.look(viewer)
    return [*world.screens[viewer].got, *await world.hand_out(viewer)]


def _decided(state: GameState, wish: Wish) -> tuple[Event, ...]:
    try:
        return decide(state, wish.command, wish.by, wish.at)
    except Rejected:
        return ()


# --- what differs


PREPARED = (ActPrepared, ActSigned, ActDropped)
"""Formal acts that waited for the head of delegation, and what became of them (rule 1.4)."""

TRADE = (OfferDeals, SignOffer, DeclineOffer, WithdrawFromOffer)


@dataclass(frozen=True)
class Trade:
    """What of the trade out of the viewer's hearing may be otherwise in a twin.

    `dropped` are sets of parties whose offers to each other are never made; all other sets of parties, and deals on
    which something hangs that everybody sees, stay as they were. `untouched` are deals that nobody traded.
    """

    dropped: frozenset[tuple[SeatId, ...]]
    untouched: tuple[str, ...]

    def drops(self, events: tuple[Event, ...]) -> bool:
        """Whether an act on an offer is one of those that never happen."""
        return any(getattr(event, "parties", None) in self.dropped for event in events)


def trade_of(script: tuple[Happened, ...], chance: Random) -> Trade:
    """Half of the sets of parties whose trade nobody else can tell from the record drop it."""
    events = [event for happened in script for event in happened.events]
    made = [event for event in events if isinstance(event, OfferMade)]
    watched = summit().public_deals | {event.deal for event in events if isinstance(event, DealPublished)}
    needed = {
        name
        for deal in summit().deals
        if deal.needs is not None
        for kind, name in mentions(deal.needs, summit().vocabulary)
        if kind == "deal"
    }
    kept = {event.parties for event in made if (watched | needed) & set(event.deals)}
    for happened in script:
        for event in happened.events:
            if isinstance(event, OfferCountered):  # whoever reads of a counter may not have known what it answers
                kept |= {one.parties for one in made if one.offer in (event.offer, event.counter)}
    loose = sorted({event.parties for event in made} - kept)
    traded = {deal for event in made for deal in event.deals}
    return Trade(
        dropped=frozenset(parties for parties in loose if chance.random() < 0.7),
        untouched=tuple(deal for deal in rules().deal_parties if deal not in traded | watched | needed),
    )


def _otherwise(happened: Happened, viewer: Viewer, chance: Random, trade: Trade) -> Iterator[Happened]:
    """The same wish, unless the viewer may not know of it: then another one, two, or none."""
    wish = happened.wish
    if isinstance(wish.command, GrantTime) and viewer.seat != wish.command.seat:
        # rule 10: who got the time is not for the others to see
        yield _with(happened, wish.command.model_copy(update={"seat": _another_seat(wish.command.seat, viewer)}))
    elif wish.by == viewer.actor or happened.shows_to(viewer):
        yield happened
    elif not happened.events:
        return  # what was refused to others never happened
    elif isinstance(wish.command, AnswerPoll):
        # the answer that stands when the poll closes becomes public: it comes after another that does not stand
        yield _with(happened, wish.command.model_copy(update={"position": "would_object"}))
        yield happened
    elif any(isinstance(event, PREPARED) for event in happened.events):
        # what everybody sees later may be the signing of this; an offer that is never made is never signed
        if not trade.drops(happened.events):
            yield happened
    elif isinstance(wish.command, TRADE):
        if not trade.drops(happened.events):
            yield _with(happened, _on_other_grounds(wish.command, chance))
    elif isinstance(wish.command, StrikeAgreed) and chance.random() < 0.7:
        return  # what stays on the list of others
    elif isinstance(wish.command, PostMessage | StatePosition | MakePromise | AgreeInside):
        for _ in range(chance.choice((1, 1, 2)) if chance.random() < 0.7 else 0):
            yield _with(happened, _reworded(wish.command, chance))
    elif isinstance(wish.command, WriteInject):
        yield _with(happened, _written_otherwise(wish.command, viewer))
    elif isinstance(wish.command, FireInject) and chance.random() < 0.7:
        return  # news to others alone, which never comes
    elif isinstance(wish.command, Annotate) and chance.random() < 0.7:
        return  # a remark that nobody has read yet, and that is never written
    else:
        yield happened  # what a facilitator prepares is read by all when it comes


def _written_otherwise(command: WriteInject, viewer: Viewer) -> WriteInject:
    """The same place on the facilitator's list; what the viewer reads of it stays, and what is changed for it."""
    reads = command.to == "everybody" or viewer.seat in command.to
    words = {} if reads else {"title": "other news", "news": "quite another thing"}
    return command.model_copy(update={**words, "effects": _known_effects(command.effects, viewer.seat)})


def _known_effects(effects: tuple[Effect, ...], seat: SeatId | None) -> tuple[Effect, ...]:
    """What everybody knows of, and what is for this seat alone; what the others are told is otherwise: nothing."""
    chair = seat == rules().chair
    return tuple(
        narrowed(effect, seat) if seat is not None else effect
        for effect in effects
        if isinstance(effect, PUBLIC_EFFECTS) or seat in seats_of(effect) or (chair and effect.kind == "revision")
    )


def _another_seat(seat: SeatId, viewer: Viewer) -> SeatId:
    return next(other for other in ("USA", "HUN", "POL") if other not in (seat, viewer.seat))


def _with(happened: Happened, command: Command) -> Happened:
    return replace(happened, wish=replace(happened.wish, command=command))


def _on_other_grounds(command: Command, chance: Random) -> Command:
    """The same act on an offer, with other words."""
    words = f"other grounds {chance.random()}"
    if isinstance(command, OfferDeals):
        return command.model_copy(update={"note": words})
    return command.model_copy(update={"reason": words}) if isinstance(command, DeclineOffer) else command


def _reworded(command: PostMessage | StatePosition | MakePromise | AgreeInside, chance: Random) -> Command:
    words = f"quite another thing {chance.random()}"
    if isinstance(command, AgreeInside):
        return command.model_copy(update={"text": words})
    if isinstance(command, MakePromise):
        return command.model_copy(update={"text": words, "form": None})
    if isinstance(command, PostMessage):
        return command.model_copy(update={"text": words, "refs": ("issue:path",)})
    return command.model_copy(update={"position": "would_object", "reason": words, "issues": ("path",)})


def _whispers(state: GameState, viewer: Viewer, at: int, chance: Random, trade: Trade) -> Iterator[Wish]:
    """Things said out of the viewer's hearing that nobody said in the first world."""
    if chance.random() < 0.6:
        return
    others = [
        Actor("member", member, seat)
        for seat, there in state.seats.items()
        if seat != viewer.seat and not there.vacant
        for member in there.members
    ]
    by = chance.choice([*others, FACILITATOR])
    seats = [seat for seat in state.seats if seat not in (viewer.seat, by.seat)]
    drafts = [draft for draft in state.drafts.values() if draft.open]
    words = f"a whisper {chance.random()}"
    wishes: list[Command] = [
        command("post_message", room="delegation", text=words),
        command("agree_inside", text=words),
        command("post_message", room=f"{by.seat}+{chance.choice(seats)}", text=words),
        command("post_message", room=f"facilitator:{chance.choice(seats)}", text=words),
        command("withdraw_draft", draft="d77", revision=1),
    ]
    wishes += 2 * [command("make_promise", to=chance.choice(seats), text=words)]
    wishes += [command("offer_deals", deals=[deal], note=words) for deal in trade.untouched]
    wishes += [
        command("sign_offer", offer=one.id) for one in state.offers.values() if {*one.deals} <= {*trade.untouched}
    ]
    if drafts and viewer.seat != state.rules.chair:
        about: dict[str, Any] = {"draft": drafts[-1].id, "revision": drafts[-1].revision, "in_confidence": True}
        wishes += 3 * [command("state_position", position="concern", issues=["path"], reason=words, **about)]
    wish = Wish(chance.randrange(10**9), chance.choice(wishes), by, at)
    events = _decided(state, wish)
    # what a delegate prepares takes a number, and the head signs by number
    prepared = any(isinstance(event, PREPARED) for event in events)
    if not prepared and not any(viewer.may_know(event.audience()) for event in events):
        yield wish


@cache
def twin_scenario(seat: SeatId | None) -> Scenario:
    """The summit with other instructions for everybody but this seat.

    The others hold no red lines, so that whatever they were allowed in the first world they are allowed here.
    """
    data = summit().model_dump(mode="json", by_alias=True, exclude_none=True)
    options = {issue["id"]: [option["id"] for option in issue["options"]] for issue in data["issues"]}
    for other, held in data["seats"].items():
        if other != seat:
            held.update(_other_instructions(held, options))
    for deal in data["deals"]:
        for side in deal["sides"]:
            if seat not in side["seats"]:
                side.update(points=3 - side["points"] // 2, gives="Something else.", gets="Something else.")
        if seat not in summit().deal(deal["id"]).signers:
            deal["text"] = "Quite another deal."
        if deal["id"] in summit().public_deals:
            _watched_by_another(data, deal["id"], seat)
    for inject, told in zip(summit().injects, data["injects"], strict=True):
        told["effects"] = [
            effect.model_dump(mode="json", by_alias=True, exclude_none=True)
            for effect in _known_effects(inject.effects, seat)
        ]
    return Scenario.model_validate(data)


def _watched_by_another(data: dict[str, Any], deal: str, seat: SeatId | None) -> None:
    """That a deal is public when signed is no secret; who looks at it is (rule 6.2)."""
    watchers = (other for other in data["seats"] if other != seat and other not in summit().deal(deal).signers)
    held = data["seats"][next(watchers)]
    held["points"] = [*held.get("points", ()), {"id": f"looks_at_{deal}", "points": 2, "when": {"deal": deal}}]


def _other_instructions(held: dict[str, Any], options: dict[str, list[str]]) -> dict[str, Any]:
    order = list(reversed(held["preference_order"]))
    ideal = {issue: known[(known.index(held["ideal"][issue]) + 1) % len(known)] for issue, known in options.items()}
    return {
        "ideal": {**ideal, summit().ranked_issue: order[0]},
        "preference_order": order,
        "acceptable": None,
        "stretch": [],
        "red_lines": [],
        "soft_lines": [],
        "salience": {dimension: (weight * 7 + 3) % 11 for dimension, weight in held["salience"].items()},
        "broken_silence_points": -9,
        "reservation_offset": held["reservation_offset"] + 11,
        "brief": {"text": "Quite another brief."},
    }


# --- the verdict


async def leak(seed: int, wishes: int, viewers: slice = slice(None)) -> str | None:
    """Where a viewer of the game got something else than in its twin; None when nobody did.

    `viewers` chooses among those who looked on, in the order they came.
    """
    kind: GameKind = "open" if seed % 3 == 0 else "exercise"
    first = await play_first(seed, wishes, kind, strict=seed % 4 == 0)
    for viewer, got in list(first.got.items())[viewers]:
        other = await play_twin(first, viewer, seed)
        if got != other:
            return f"game {seed}, {viewer}: {_first_difference(got, other)}"
    return None


def _first_difference(got: list[str], other: list[str]) -> str:
    for place, (one, two) in enumerate(zip(got, other, strict=False)):
        if one != two:
            at = next((k for k, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
            return f"frame {place}: …{one[max(0, at - 120) : at + 60]}… is …{two[max(0, at - 120) : at + 60]}…"
    return f"{len(got)} frames, not {len(other)}"
