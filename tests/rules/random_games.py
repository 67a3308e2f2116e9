"""Games played by chance: for properties that must hold of every game, whoever does whatever in it.

Everything hangs on a `random.Random` that the test seeds. Most wishes are ones that the rules offer to whoever makes
them, some are not; texts are numbered. What is offered is asked of `affordances`, so its tables are walked as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, get_args

from game_rules.affordances import affordances
from game_rules.conditions import mentions
from game_rules.engine import COMMANDS, Command, Event, decide, evolve, next_due
from game_rules.memo import Memo
from game_rules.messages import SERVER, Actor, GameKind, Role, bot, deputy
from game_rules.procedures.complements import sheets_of
from game_rules.procedures.delegation import agreed_by
from game_rules.procedures.drafting import basis, open_draft_of
from game_rules.procedures.positions import POLL_SECONDS
from game_rules.procedures.promises import phases_ahead
from game_rules.procedures.rewinding import AboutAMoment, EarlierMoment, is_undone
from game_rules.procedures.seating import CreateGame
from game_rules.procedures.single_text import accepted_language
from game_rules.procedures.standing import circumstances
from game_rules.procedures.trade import betrayals
from game_rules.rejections import Rejected
from game_rules.scenario import Package, Scenario
from game_rules.state import GameState, Objection
from tests.rules.harness import FACILITATOR, NOON, SECOND, TIMER, summit


@dataclass(frozen=True)
class Wish:
    """Who wishes what, when. `number` tells wishes of one game apart and makes its command id."""

    number: int
    command: Command
    by: Actor
    at: int


@dataclass(frozen=True)
class Played:
    """A wish and what followed: events, or the code of a refusal."""

    wish: Wish
    before: GameState | None
    events: tuple[Event, ...]
    after: GameState
    refused: str | None = None


def new_game(seed: str = "s", kind: GameKind = "exercise", scenario: Scenario | None = None, **how: Any) -> CreateGame:
    return CreateGame.model_validate(
        {
            "type": "create_game",
            "game": "g1",
            "scenario": scenario or summit(),
            "cast": "quick",
            "kind": kind,
            "clock_minutes": 60,
            "seed": seed,
            **how,
        }
    )


FACILITATING = frozenset(
    {"take_place", "leave_place", "move_member", "grant_time", "rewind_game", "annotate"}
    | {"open_instructions", "open_trade", "open_rooms"}
)
"""What a facilitator is offered, at most times."""

RARE = frozenset(
    {"leave_seat", "end_game", "advance_phase", "pause_game", "extend_phase", "set_policy", "remove_member"}
    | FACILITATING
    | {"set_role", "answer_absence", "drop_act", "move_member", "sign_complement", "withdraw_signature"}
    | {"post_message", "post_message:delegation", "post_message:facilitator", "withdraw_draft", "cancel_silence"}
    | {"agree_inside", "strike_agreed"}
    | {"offer_deals", "withdraw_from_offer", "decline_offer", "make_promise"}
)
"""Acts that are offered all the time and would crowd out the meeting."""

ASKED_APART = frozenset(
    {"state_position:consent", "answer_poll:consent", "take_rung:associate", "answer_amendment:whole"}
    | {"make_promise:will_not_object", "make_promise:will_cosponsor"}
)
"""Ways to do what is offered as an act already."""


def command(type: str, **fields: Any) -> Command:
    return COMMANDS.validate_python({"type": type, **fields})


class RandomPlay:
    """What everybody at one table does next, by chance."""

    def __init__(self, seed: int, kind: GameKind = "exercise", **how: Any) -> None:
        self.chance = Random(seed)
        settings = {"formal": "head" if seed % 3 == 1 else "delegates"}
        if kind == "exercise" and seed % 4 == 0:
            settings["policy"] = "ask"
        self.create = new_game(f"seed {seed}", kind, **{**settings, **how})
        complements = self.create.scenario.complements
        self._rallying = self.chance.choice(complements).id if complements else ""
        self._wishes = 0
        self.at = NOON
        self._seen: list[EarlierMoment] = []
        self._last: GameState | None = None

    def opening(self) -> Iterator[Wish]:
        """The game is made, most seats are taken, and it begins."""
        yield self._wish(self.create, SERVER)
        cast = self.create.scenario.cast(self.create.cast).seats
        table = [seat for seat in self.create.scenario.seats if seat in cast]
        people = [seat for seat in table if self.chance.random() < 0.8] or table[:1]
        for seat in people:
            yield self._wish(self._joins(seat, host=True), SERVER)
            for _ in range(self.chance.choice((0, 0, 1, 2))):
                yield self._wish(self._joins(seat), SERVER)
        runs = FACILITATOR if self.create.kind == "exercise" else Actor("member", f"m-{people[0]}-2", people[0])
        yield self._wish(command("start_game"), runs)

    def next(self, state: GameState) -> Wish:
        """The next wish; what falls due before it comes first."""
        self._remember(state)
        at = self.at + self.chance.choice((0, 1, 5, 10, 20, 45)) * SECOND
        due = next_due(state)
        if due is not None and due <= at:
            self.at = max(due, self.at)
            return self._wish(command("advance_clock"), TIMER)
        self.at = at
        return self._wish(*self._chosen(state))

    def _remember(self, state: GameState) -> None:
        """Keeps a moment that everybody saw, by the number of its wish, to take the game back to."""
        seen = self._last is not None and state.record is not self._last.record
        if seen and state.clock.status in ("running", "paused"):
            self._seen = [*self._seen[-9:], EarlierMoment(self._wishes, self.at, state, self._wishes, True)]
        self._last = state

    def _wish(self, wished: Command, by: Actor) -> Wish:
        self._wishes += 1
        return Wish(self._wishes, wished, by, self.at)

    def _text(self) -> str:
        return f"text {self._wishes}"

    # --- who, and what

    def _chosen(self, state: GameState) -> tuple[Command, Actor]:
        kinds: list[tuple[float, Callable[[GameState], tuple[Command, Actor] | None]]] = [
            (0.05, self._server_wish),
            (0.05 if state.clock.status != "paused" else 0.7, self._steering_wish),
            (0.25, self._talk),
            (0.08, self._any_act),
            (0.60, self._betrayal_act),
            (0.15 if state.formal == "delegates" else 0.4, self._silence_act),
            (0.15, self._poll_act),
            (0.08, self._trade_act),
            (0.10 if state.pending else 0.0, self._signature),
            (0.10, self._signing_beside),
            (0.06 if state.kind == "exercise" else 0.0, self._news),
            (_facilitates(state), self._facilitating),
            (0.02, self._press),
            (1.00, self._offered_act),
        ]
        for share, choose in kinds:
            if self.chance.random() < share and (chosen := choose(state)) is not None:
                return chosen
        return self._talk(state)

    def _facilitating(self, state: GameState) -> tuple[Command, Actor] | None:
        """What a facilitator does for a seat, with the clock and after the game."""
        acts = [type for type, _ in offered(state, FACILITATOR) if type in FACILITATING]
        if not acts:
            return None
        type = self.chance.choice(sorted(acts))
        if type != "rewind_game":
            wished = self._well_formed(state, FACILITATOR, type, None)
            return (wished, FACILITATOR) if wished else None
        moments = [one for one in self._seen if not is_undone(state, one.seq)]
        if not moments:
            return None
        moment = replace(self.chance.choice(moments), until=self._wishes)
        return _about(command("rewind_game", moment=moment.seq), moment), FACILITATOR

    def _press(self, state: GameState) -> tuple[Command, Actor] | None:
        if not state.press:
            return command("admit_press", press="reporter", name=self._text()), SERVER
        return command("post_message", room="dispatches", text=self._text()), Actor("press", "reporter")

    def _joins(self, seat: str, host: bool = False) -> Command:
        member = f"m-{seat}-{self._wishes + 1}"
        return command("join_seat", seat=seat, member=member, name=f"name {self._wishes}", host=host)

    def _server_wish(self, state: GameState) -> tuple[Command, Actor] | None:
        away = [one.id for one in state.members.values() if one.present and one.away_since is not None]
        if away and self.chance.random() < 0.3:
            return command("mark_back", member=self.chance.choice(away)), SERVER
        seat = self.chance.choice(list(state.seats))
        there = state.seats[seat]
        if there.members and there.vacant:
            return command("return_to_seat", member=there.members[0]), SERVER
        if there.members and self.chance.random() < 0.3:
            return command("declare_vacant", seat=seat), SERVER
        if there.members and self.chance.random() < 0.5:
            member = state.members[self.chance.choice(there.members)]
            seen = "mark_away" if member.away_since is None else "mark_back"
            return command(seen, member=member.id), SERVER
        return self._joins(seat), SERVER

    def _steering_wish(self, state: GameState) -> tuple[Command, Actor] | None:
        if state.kind == "exercise":
            by = FACILITATOR
        else:
            host = state.members.get(state.host or "")
            if host is None:
                return None
            by = Actor("member", host.id, host.seat)
        if state.clock.asked is not None and self.chance.random() < 0.7:
            wished = self._well_formed(state, by, "answer_absence", None)
            return (wished, by) if wished else None
        if state.clock.status == "paused":
            return command("resume_game"), by
        acts = ("advance_phase", "advance_phase", "pause_game", "extend_phase", "set_policy", "cancel_silence")
        type = "open_results" if state.outcome and not state.opened else self.chance.choice(acts)
        wished = self._well_formed(state, by, type, None)
        return (wished, by) if wished else None

    def actors(self, state: GameState) -> list[Actor]:
        """Everybody who sits somewhere, stand-ins included."""
        found: list[Actor] = []
        for seat, there in state.seats.items():
            match state.player(seat):
                case "people":
                    found.extend(Actor("member", member, seat) for member in there.members)
                case "facilitator":
                    found.append(Actor("facilitator", FACILITATOR.id, seat))
                case "bot":
                    found.append(bot(seat))
                case "deputy":
                    found.append(deputy(seat))
                case "silent":
                    pass
        return found

    def _somebody(self, state: GameState) -> Actor:
        return self.chance.choice(self.actors(state) or [FACILITATOR])

    def _talk(self, state: GameState) -> tuple[Command, Actor]:
        by = self._somebody(state)
        if by.seat is None:
            return command("post_message", room="plenary", text=self._text()), by
        line = "facilitator" if state.kind == "exercise" else "delegation"
        room = self.chance.choice(("plenary", "delegation", line, "caucus", "caucus"))
        if room == "caucus":
            others = self.chance.sample(
                [seat for seat in state.seats if seat != by.seat], self.chance.choice((1, 1, 2))
            )
            room = "+".join((by.seat, *others))
        refs = tuple(f"draft:{draft}" for draft in state.drafts if self.chance.random() < 0.2)[:8]
        return command("post_message", room=room, text=self._text(), refs=refs), by

    def _any_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """Something that may well be refused."""
        by = self._somebody(state)
        drafts, amendments, objections = list(state.drafts), list(state.amendments), list(state.objections)
        draft = self.chance.choice([*drafts, "d99"])
        wishes: list[Mapping[str, Any]] = [
            {"type": "cosponsor", "draft": draft, "revision": self.chance.choice((1, 2))},
            {"type": "withdraw_draft", "draft": draft, "revision": 1},
            {"type": "name_basis", "draft": draft},
            {"type": "answer_amendment", "amendment": self.chance.choice([*amendments, "d9.a9"]), "accept": []},
            {"type": "withdraw_objection", "objection": self.chance.choice([*objections, "o99"])},
            {"type": "start_game"},
            {"type": "open_results"},
            {"type": "put_fallback"},
            {"type": "post_message", "room": "FRA+POL", "text": self._text()},
            {"type": "open_silence", "draft": draft, "revision": 1, "seconds": 3},
            {"type": "answer_poll", "poll": "p99", "position": "support"},
        ]
        return COMMANDS.validate_python(self.chance.choice(wishes)), by

    def _offered_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """Something the rules offer to somebody."""
        by = self._somebody(state)
        acts = [offer for offer in offered(state, by) if offer[0] not in ASKED_APART]
        offers = [offer for offer in acts if offer[0] not in RARE or self.chance.random() < 0.03]
        self.chance.shuffle(offers)
        wishes = (self._well_formed(state, by, type, thing) for type, thing in offers)
        return next(((wish, by) for wish in wishes if wish), None)

    def _signing_beside(self, state: GameState) -> tuple[Command, Actor] | None:
        """A signature to a complement, or one taken back. Each game has one that most rally to."""
        named = [one for one in self.actors(state) if one.seat in _named_signers(state)]
        by = self.chance.choice(named) if named and self.chance.random() < 0.5 else self._somebody(state)
        types = (*4 * ("sign_complement",), "withdraw_signature")
        type = self.chance.choice(types)
        open_ones = [thing for name, thing in offered(state, by) if name == type and thing is not None]
        if not open_ones:
            return None
        most = self._rallying
        thing = most if most in open_ones and self.chance.random() < 0.8 else self.chance.choice(open_ones)
        wish = self._well_formed(state, by, type, thing)
        return (wish, by) if wish else None

    def _news(self, state: GameState) -> tuple[Command, Actor] | None:
        """What a facilitator does with the news."""
        offers = [offer for offer in offered(state, FACILITATOR) if offer[0].endswith("_inject")]
        if not offers:
            return None
        type = self.chance.choice(sorted({name for name, _ in offers}))
        thing = self.chance.choice([thing for name, thing in offers if name == type])
        wish = self._well_formed(state, FACILITATOR, type, thing)
        return (wish, FACILITATOR) if wish else None

    def _poll_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """An answer to the straw poll that is running."""
        if state.poll is None:
            return None
        position = self.chance.choice(("support", "can_accept", "concern"))
        return command("answer_poll", poll=state.poll.id, position=position), self._somebody(state)

    def _trade_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """A signature that somebody waits for, a counter-offer, a bundle of deals, or a promise."""
        awaited = {seat for offer in state.offers.values() if offer.status == "open" for seat in offer.parties}
        asked = [by for by in self.actors(state) if by.seat in awaited or self.chance.random() < 0.2]
        waiting = [
            (type, thing, by)
            for by in asked
            for type, thing in offered(state, by)
            if type in ("sign_offer", "offer_deals", "make_promise")
        ]
        if not waiting:
            return None
        lifting = [one for one in waiting if _lifts_a_line(state, one[1])]
        type, thing, by = self.chance.choice(lifting if lifting and self.chance.random() < 0.7 else waiting)
        deals = [deal for kind, deal, other in waiting if kind == "offer_deals" and other == by and deal]
        if type == "sign_offer" and deals and self.chance.random() < 0.15:
            return command("offer_deals", deals=deals[:2], counter_to=thing, note=self._text()), by
        if type == "offer_deals" and self.chance.random() < 0.2:
            return command("offer_deals", deals=deals[:2]), by
        wish = self._well_formed(state, by, type, thing)
        return (wish, by) if wish else None

    def _betrayal_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """An objection to everything, by somebody whom a deal had paid to be silent."""
        traitors = [by for by in self.actors(state) if betrays(state, by)] if state.silence and state.deals else []
        if not traitors:
            return None
        said = {**_silent(state), "issues": state.rules.issues, "reason": self._text(), "lift": "more"}
        return command("break_silence", **said), self.chance.choice(traitors)

    def _silence_act(self, state: GameState) -> tuple[Command, Actor] | None:
        """A rung, a break, or more time, by somebody who may."""
        if state.silence is None:
            return None
        by = self._somebody(state)
        type = self.chance.choice(("take_rung", "take_rung", "break_silence", "extend_silence", "extend_silence"))
        if (type, None) not in offered(state, by):
            return None
        wish = self._well_formed(state, by, type, None)
        return (wish, by) if wish else None

    def _signature(self, state: GameState) -> tuple[Command, Actor] | None:
        """Somebody looks at what waits for a signature."""
        pending = self.chance.choice(list(state.pending.values()))
        there = state.seats[pending.seat]
        if there.vacant or not there.members or state.player(pending.seat) != "people":
            return None
        by = Actor("member", self.chance.choice(there.members), pending.seat)
        type = self.chance.choice(("sign_act", "sign_act", "sign_act", "drop_act"))
        if (type, pending.id) not in offered(state, by):
            return None
        wish = self._well_formed(state, by, type, pending.id)
        return (wish, by) if wish else None

    def _well_formed(self, state: GameState, by: Actor, type: str, thing: str | None) -> Command | None:
        """The command with arguments that leave the rules nothing but the act itself to refuse."""
        return well_formed(state, by, type, thing, self.chance, self._text())


def _facilitates(state: GameState) -> float:
    """More often after the end, where it is most of what is left to do."""
    if state.kind != "exercise":
        return 0.0
    return 0.05 if state.outcome is None else 0.6


def _about(named: Command, moment: EarlierMoment) -> Command:
    """The command with what the log says of the moment it names."""
    assert isinstance(named, AboutAMoment)
    return named.seeing(moment)


TABLES = ("offers", "deals", "drafts", "amendments", "objections", "pending", "complements", "injects")
"""The tables of affordances that hang on things, each by the thing's id."""


def _lifts_a_line(state: GameState, thing: str | None) -> bool:
    """Whether a deal, or one of an offer, lifts a line of a seat that signs it: what can be betrayed later."""
    offer = state.offers.get(thing or "")
    deals = offer.deals if offer else (thing or "",)
    lifted = state.rules.lifted_by_deal
    return any(seat in state.rules.deal_parties[deal] for deal in deals if deal in lifted for seat in lifted[deal])


def betrays(state: GameState, by: Actor) -> bool:
    """Whether the actor would betray a deal by objecting to everything in the text under silence (rule 6.4)."""
    silence = state.silence
    signed = any(by.seat in deal.parties for deal in state.deals.values())
    if silence is None or not signed or ("break_silence", None) not in offered(state, by):
        return False
    everything = Objection(
        id="o",
        seat=by.seat or "",
        draft=silence.draft,
        revision=silence.revision,
        package=silence.package,
        issues=state.rules.issues,
        reason="why",
        lift="what",
        at=silence.opened_at,
        around=circumstances(state),
    )
    return bool(betrayals(state, everything))


def offered(state: GameState, by: Actor) -> Iterator[tuple[str, str | None]]:
    """The acts that are offered to the actor, each with the draft, amendment or objection it is about."""
    can = affordances(state, by, Memo())
    yield from ((type, None) for type, refusal in can["acts"].items() if refusal is None)
    for things in (can[table] for table in TABLES):  # type: ignore[literal-required]
        for thing, acts in things.items():
            yield from ((type, thing) for type, refusal in acts.items() if refusal is None)


# --- well-formed arguments


def neighbours(package: Package, state: GameState) -> list[dict[str, str]]:
    """The changes of one issue that leave a consistent package of the cast."""
    table, evaluator = state.rules, state.evaluator
    return [
        {issue: option}
        for place, issue in enumerate(table.issues)
        if issue not in table.cast.fixed
        for option in table.options[issue]
        if option != package[place] and evaluator.is_consistent((*package[:place], option, *package[place + 1 :]))
    ]


def historical(state: GameState) -> Package:
    """What the summit really agreed, as the cast can write it."""
    whole = {**state.rules.scenario.history.options, **state.rules.cast.fixed}
    return tuple(whole[issue] for issue in state.rules.issues)


def _changed(state: GameState, package: Package, changes: Mapping[str, str]) -> Package:
    return tuple(changes.get(issue, option) for issue, option in zip(state.rules.issues, package, strict=True))


def _suits(state: GameState, by: Actor, package: Package, already: Package | None = None) -> bool:
    """Whether a strict game lets the actor sign up to the package."""
    if not state.strict or by.seat is None:
        return True
    around = circumstances(state, by.seat)
    known = state.evaluator.objections(by.seat, already, around) if already else ()
    return set(state.evaluator.objections(by.seat, package, around)) <= set(known)


def _change(state: GameState, by: Actor, package: Package, chance: Random, already: bool = False) -> dict[str, str]:
    """One or two consistent changes of the package that suit the actor; empty when there are none."""
    keeps = package if already else None
    found = [one for one in neighbours(package, state) if _suits(state, by, _changed(state, package, one), keeps)]
    if not found:
        return {}
    one = chance.choice(found)
    further = [two for two in neighbours(_changed(state, package, one), state) if not two.keys() & one.keys()]
    both = {**one, **chance.choice(further)} if further else one
    return both if chance.random() < 0.4 and _suits(state, by, _changed(state, package, both), keeps) else one


def _new_package(state: GameState, by: Actor, chance: Random) -> Package | None:
    package = historical(state)
    for _ in range(chance.randrange(5)):
        package = _changed(state, package, _change(state, by, package, chance))
    return package if _suits(state, by, package) else None


def well_formed(state: GameState, by: Actor, type: str, thing: str | None, chance: Random, text: str) -> Command | None:
    """A command of this type whose arguments are beyond reproach; None where none are to be had.

    `type` is a key of an affordance table, `thing` the id of the draft, amendment or objection it stands under.
    """
    name, _, way = type.partition(":")
    fields = _fields(state, by, name, way, thing, chance, text)
    if fields is None:
        return None
    wished = command(name, **fields)
    if isinstance(wished, AboutAMoment):  # the moment that is now
        return _about(wished, EarlierMoment(wished.moment, NOON, state, wished.moment, True))
    return wished


def _fields(
    state: GameState, by: Actor, type: str, way: str, thing: str | None, chance: Random, text: str
) -> dict[str, Any] | None:
    bounds = state.rules.scenario.silence
    draft = state.drafts.get(thing or "")
    about = {"draft": draft.id, "revision": draft.revision} if draft else {}
    package = draft.package if draft else historical(state)
    match type:
        case "table_draft":
            new = _new_package(state, by, chance)
            return {"package": state.rules.package_dict(new)} if new else None
        case "revise_draft":
            changes = _change(state, by, package, chance) if draft and not draft.fallback else {}
            return {**about, "changes": changes} if changes else None
        case "propose_amendment":
            changes = _change(state, by, package, chance, already=True) if draft and not draft.fallback else {}
            return {**about, "changes": changes, "note": text} if changes else None
        case "answer_amendment" if way == "whole":
            return {"amendment": thing, "accept": [issue for issue, _ in state.amendments[thing or ""].changes]}
        case "answer_amendment":
            return {"amendment": thing, "accept": _acceptable(state, by, thing or "", chance)}
        case "withdraw_amendment" | "split_amendment":
            return {"amendment": thing}
        case "name_basis":
            return {"draft": thing}
        case "fold_language":
            return _folded(state, by, thing or "", chance)
        case "withdraw_objection":
            return {"objection": thing}
        case "state_position":
            kinds = ["concern", "would_object"] if way != "consent" else []
            kinds += ["support", "can_accept"] if way == "consent" or _suits(state, by, package) else []
            issues = _two(chance, state.rules.issues)
            confided = by.seat != state.rules.chair and chance.random() < 0.4
            said = {"position": chance.choice(kinds), "issues": issues, "reason": text, "lift": f"{text}, lift"}
            return {**about, **said, "in_confidence": confided}
        case "open_poll":
            basis = draft or next((one for one in state.drafts.values() if one.open), None)
            if basis is None:
                return None
            return {"draft": basis.id, "revision": basis.revision, "seconds": chance.randint(*POLL_SECONDS)}
        case "answer_poll":
            asked = state.drafts[state.poll.draft].package if state.poll else historical(state)
            answers = ("support", "concern") if _suits(state, by, asked) else ("concern", "would_object")
            answers = ("support", "can_accept") if way == "consent" else answers
            return {"poll": state.poll.id if state.poll else "p1", "position": chance.choice(answers)}
        case "open_silence":
            return {**about, "seconds": chance.randint(bounds.min_seconds, bounds.max_seconds)}
        case "extend_silence":
            return {"seconds": chance.randint(30, bounds.max_seconds)}
        case "cancel_silence":
            return {"reason": text}
        case "take_rung":
            return {**_silent(state), "rung": way, "text": text} if way else _rung(state, by, chance, text)
        case "break_silence":
            return _break(state, by, chance, text)
        case "extend_phase":
            return {"seconds": chance.randint(60, 600)}
        case "offer_deals":
            return {"deals": [thing], "note": text}
        case "sign_offer" | "withdraw_from_offer":
            return {"offer": thing}
        case "decline_offer":
            return {"offer": thing, "reason": text}
        case "make_promise":
            return _promise(state, by, chance, text, way)
        case "set_policy":
            policies = ("deputy", "silent", "bot", "ask") if state.kind == "exercise" else ("deputy", "silent", "bot")
            return {"seat": chance.choice([*state.seats, None]), "policy": chance.choice(policies)}
        case "answer_absence":
            policy = chance.choice(("deputy", "silent", "bot", "ask"))
            return {"seat": state.clock.asked.seat if state.clock.asked else "HUN", "policy": policy}
        case "set_role":
            return _another_role(state, by, chance)
        case "sign_act":
            return {"act": thing} if _could_be_done(state, by, thing or "") else None
        case "drop_act":
            return {"act": thing}
        case "agree_inside":
            return {"text": text}
        case "strike_agreed":
            standing = [one.id for one in agreed_by(state, by.seat)]
            return {"agreed": chance.choice(standing)} if standing else None
        case "sign_complement" | "withdraw_signature":
            return _sheet(state, by, thing or "", chance, withdraw=type == "withdraw_signature")
        case "fire_inject" | "hold_inject" | "release_inject" | "skip_inject":
            return {"inject": thing}
        case "edit_inject":
            return {"inject": thing, "news": text}
        case "write_inject":
            return {"title": text, "news": f"{text}, news", **_effects(state, chance)}
        case "move_member":
            moving = [(member.id, member.seat) for member in state.members.values() if member.present]
            if not moving:
                return None
            member, seat = chance.choice(moving)
            return {"member": member, "seat": chance.choice([other for other in state.seats if other != seat])}
        case "remove_member":
            present = [member.id for member in state.members.values() if member.present]
            return {"member": chance.choice(present)} if present else None
        case "take_place":
            vacant = [seat for seat, there in state.seats.items() if there.vacant and seat not in state.places]
            return {"seat": chance.choice(vacant)} if vacant else None
        case "grant_time":
            least, most = (state.rules.paced(60), state.rules.silence.max_seconds)
            return {"seat": chance.choice(list(state.seats)), "seconds": chance.randint(least, max(least, most))}
        case "rewind_game" | "annotate":
            return {"moment": 1} if type == "rewind_game" else {"moment": 1, "text": text}
        case "post_message":
            return {"room": way or "plenary", "text": text}
        case _:
            return about


def _another_role(state: GameState, by: Actor, chance: Random) -> dict[str, Any] | None:
    """A part for somebody who does not head a delegation; whoever heads one gives parts in it alone."""
    there = [one for one in state.members.values() if one.present and one.role != "head"]
    if by.kind == "member" and by.id != state.host:
        there = [one for one in there if one.seat == by.seat]
    if not there:
        return None
    member = chance.choice(there)
    return {"member": member.id, "role": chance.choice([one for one in get_args(Role) if one != member.role])}


def _could_be_done(state: GameState, by: Actor, act: str) -> bool:
    """Whether a prepared act still fits the moment, so that the signature alone decides."""
    pending = state.pending[act]
    try:
        decide(state, COMMANDS.validate_python(pending.command), by, pending.at)
    except Rejected:
        return False
    return True


def _break(state: GameState, by: Actor, chance: Random, text: str) -> dict[str, Any]:
    """An objection to two paragraphs or to all of them; some name a deal of the objector's that would lift it."""
    waits = [f"deal:{deal}" for deal, parties in state.rules.deal_parties.items() if by.seat in parties]
    lifts = [one for one in waits if one.partition(":")[2] not in state.deals]
    issues = chance.sample(state.rules.issues, chance.choice((2, len(state.rules.issues))))
    said = {**_silent(state), "issues": issues, "reason": text, "lift": "more"}
    return {**said, "lifted_by": [chance.choice(lifts)]} if lifts and chance.random() < 0.4 else said


def _promise(state: GameState, by: Actor, chance: Random, text: str, kind: str = "") -> dict[str, Any]:
    """A promise about a text on the floor, about a deal of both, about a complement, or in words alone; or one of a
    kind.
    """
    to = chance.choice([seat for seat in state.seats if seat != by.seat])
    deals = [
        deal
        for deal, parties in state.rules.deal_parties.items()
        if {by.seat, to} <= set(parties) and deal not in state.deals
    ]
    kinds = ["will_not_object", "will_support", "will_cosponsor"] if by.seat in state.rules.voters else ["will_support"]
    package = state.rules.package_dict(
        chance.choice([one.package for one in state.drafts.values()] or [historical(state)])
    )
    issue = chance.choice(state.rules.issues)
    complement = chance.choice(state.rules.scenario.complements).id
    forms: list[dict[str, Any]] = 3 * [{"kind": chance.choice(kinds), "options": {issue: package[issue]}}]
    forms += [{"kind": "will_sign", "complement": complement}]
    forms += [{"kind": "will_sign", "deal": deal} for deal in deals[:2]]
    until = chance.choice([None, *phases_ahead(state)])
    spoken = {"to": to, "text": text}
    if kind:
        return {**spoken, "form": {"kind": kind, "options": {issue: package[issue]}}, "until": until}
    return spoken if chance.random() < 0.2 else {**spoken, "form": chance.choice(forms), "until": until}


def _named_signers(state: GameState) -> set[str]:
    """Those whom a signature rule asks for by name."""
    rules = (form.in_force_when for one in state.rules.scenario.complements for form in one.forms)
    return {seat for rule in rules for kind, seat in mentions(rule, state.rules.scenario.vocabulary) if kind == "seat"}


def _sheet(state: GameState, by: Actor, complement: str, chance: Random, withdraw: bool) -> dict[str, Any] | None:
    """A form of the complement that the delegation has signed and may leave, or has not signed yet."""
    named = state.rules.scenario.complement(complement)
    sheets = [
        sheet
        for sheet in sheets_of(state, named)
        if (by.seat in sheet.signers) is withdraw and not (withdraw and sheet.in_force)
    ]
    sheet = sheets[0] if sheets and chance.random() < 0.6 else chance.choice(sheets or list(sheets_of(state, named)))
    return {"complement": complement, "mode": sheet.mode, "defence": sheet.defence}


def _effects(state: GameState, chance: Random) -> dict[str, Any]:
    """Readers and effects of an inject that a facilitator writes, and when it comes."""
    scenario = state.rules.scenario
    seat = chance.choice(list(state.seats))
    own: list[dict[str, Any]] = [
        {"kind": "salience", "seats": [seat], "dimension": chance.choice(scenario.dimensions).id, "by": 2},
        {"kind": "red_line", "seats": [seat], "red_line": chance.choice(scenario.red_lines).id, "held": True},
        {"kind": "points", "seats": [seat], "points": -3, "when": {"adopted": True}},
    ]
    public: list[dict[str, Any]] = [{"kind": "score", "score": scenario.scores[0].id, "by": -1}]
    public += [{"kind": "flag", "flag": flag} for flag in scenario.flags[:1]]
    comes = {"phase": chance.choice(scenario.agenda).id, "minute": chance.randrange(9)} if chance.random() < 0.5 else {}
    until = {"until": "next_phase"} if chance.random() < 0.5 else {}
    if chance.random() < 0.5:
        return {"to": [seat], "effects": [chance.choice(own)], **comes, **until}
    return {"effects": [chance.choice(own), chance.choice(public)], **comes, **until}


def _two(chance: Random, of: Sequence[str]) -> list[str]:
    """Two of them by chance; where there is only one, that one."""
    return chance.sample(list(of), min(2, len(of)))


def _silent(state: GameState) -> dict[str, Any]:
    silence = state.silence
    return {"draft": silence.draft, "revision": silence.revision} if silence else {"draft": "d1", "revision": 1}


def _rung(state: GameState, by: Actor, chance: Random, text: str) -> dict[str, Any]:
    kinds = ["statement", "footnote"]
    kinds += ["associate"] if state.silence and _suits(state, by, state.silence.package) else []
    issues = _two(chance, [one for one in state.rules.issues if one != state.rules.scenario.ranked_issue])
    return {**_silent(state), "rung": chance.choice(kinds), "issues": issues, "text": text}


def _acceptable(state: GameState, by: Actor, amendment: str, chance: Random) -> list[str]:
    """Issues that the author can take in: some of those that leave a consistent text that suits it, or none."""
    proposed = state.amendments[amendment]
    package = state.drafts[proposed.draft].package
    wanted = [issue for issue, _ in proposed.changes if chance.random() < 0.7]
    changed = _changed(state, package, {issue: option for issue, option in proposed.changes if issue in wanted})
    fixed = state.rules.cast.fixed
    good = changed != package and state.evaluator.is_consistent(changed) and _suits(state, by, changed)
    fits = all(fixed.get(issue, option) == option for issue, option in zip(state.rules.issues, changed, strict=True))
    return wanted if good and fits else []


def _folded(state: GameState, by: Actor, thing: str, chance: Random) -> dict[str, Any] | None:
    """Accepted language that changes the chair's own text, or that turns the basis into it, and keeps it sound."""
    source = state.drafts.get(thing) or state.amendments[thing]
    own = open_draft_of(state, state.rules.chair)
    into = own or basis(state)
    assert into is not None
    good = [
        issue
        for issue, option in accepted_language(source, state.rules.issues).items()
        if state.evaluator.is_consistent(changed := _changed(state, into.package, {issue: option}))
        and (own is None or changed != into.package)
        and _suits(state, by, changed)
    ]
    return {"source": thing, "revision": source.revision, "issues": [chance.choice(good)]} if good else None


# --- playing


def play(
    seed: int, wishes: int = 150, kind: GameKind = "exercise", *, to_the_end: bool = False, **how: Any
) -> Iterator[Played]:
    """A game of so many wishes, step by step; `to_the_end` lets the clock alone finish it. Refusals are steps too."""
    table = RandomPlay(seed, kind, **how)
    state: GameState | None = None
    for wish in table.opening():
        done = answered(state, wish)
        yield done
        state = done.after
    assert state is not None
    for _ in range(wishes):
        done = answered(state, table.next(state))
        yield done
        state = done.after
    if to_the_end:
        yield from by_the_clock(state, done.wish.at)


def by_the_clock(state: GameState, at: int) -> Iterator[Played]:
    """What falls due from then on, as long as something does."""
    while (due := next_due(state)) is not None:
        at = max(due, at)
        done = answered(state, Wish(0, command("advance_clock"), TIMER, at))
        yield done
        state = done.after


def answered(state: GameState | None, wish: Wish) -> Played:
    try:
        events = decide(state, wish.command, wish.by, wish.at)
    except Rejected as no:
        assert state is not None
        return Played(wish, state, (), state, no.refusal.code.name)
    after = state
    for event in events:
        after = evolve(after, event, wish.by, wish.at)
    assert after is not None
    return Played(wish, state, events, after)
