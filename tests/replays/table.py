"""The language of scripted games: people who sit down and act, on a clock that a script moves by hand.

A script says when (`table.at("6:10")`, minutes and seconds since the game was made) and what (`usa.tables(...)`). What
falls due in between happens at its own moment, as it does on a server. A command that speaks of a draft names the
revision that stands on the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from game_rules.bots import last_word, mind_of
from game_rules.engine import COMMANDS, Event, next_due
from game_rules.logged_game import LoggedGame
from game_rules.messages import SERVER, Actor, IssueId, Role, SeatId, deputy
from game_rules.moments import look_back
from game_rules.procedures.clock import AdvanceClock
from game_rules.procedures.rewinding import ForkGame
from game_rules.procedures.seating import CreateGame, DeclareVacant, JoinSeat, ReturnToSeat
from game_rules.procedures.standing import circumstances
from game_rules.rejections import Rejected
from game_rules.scenario import Scenario
from game_rules.state import GameState, Position
from game_rules.view import stand_in_viewer, view

OPENING = 1_689_076_800_000
"""11 July 2023, 12:00 UTC, in milliseconds. Only differences matter."""

FACILITATOR = Actor("facilitator", "white-cell")
TIMER = Actor("timer", "agenda")


def moment(clock: str) -> int:
    """`"6:10"` after the opening, in milliseconds since 1970."""
    minutes, seconds = clock.split(":")
    return OPENING + (int(minutes) * 60 + int(seconds)) * 1_000


class Table:
    """One scripted game."""

    def __init__(self, name: str, scenario: Scenario, seed: str, **how: Any) -> None:
        """`how` are fields of CreateGame other than the scenario: cast, kind, clock_minutes, strict, policy, ..."""
        self.game = LoggedGame(name, seed)
        self._now = OPENING
        asked = {
            "cast": "quick",
            "kind": "exercise",
            "clock_minutes": scenario.clocks.default_minutes,
            "unclaimed": "silent",
            **how,
        }
        create = CreateGame.model_validate(
            {"type": "create_game", "game": name, "scenario": scenario, "seed": seed, **asked}
        )
        self.game.wish(create, SERVER, OPENING)

    @property
    def state(self) -> GameState:
        return self.game.state

    def at(self, clock: str) -> None:
        """Lets everything happen that falls due until then."""
        then = moment(clock)
        assert then >= self._now, f"the script goes back in time: {clock}"
        while (due := next_due(self.state)) is not None and due <= then:
            self.game.wish(AdvanceClock(type="advance_clock"), TIMER, max(due, self._now))
        self._now = then

    def wish(self, by: Actor, type_: str, **fields: Any) -> tuple[Event, ...]:
        """Raises Rejected."""
        command = COMMANDS.validate_python({"type": type_, **fields})
        return self.game.wish(command, by, self._now)

    # --- people

    def seats(self, seat: SeatId, name: str, role: Role | None = None, *, host: bool = False) -> Person:
        """Somebody sits down. Members are called `HUN.1`, `HUN.2`, ..., in the order they came."""
        number = 1 + sum(member.seat == seat for member in self.state.members.values())
        member = f"{seat}.{number}"
        join = JoinSeat(type="join_seat", seat=seat, member=member, name=name, role=role, host=host)
        self.game.wish(join, SERVER, self._now)
        return Person(self, Actor("member", member, seat))

    def loses(self, seat: SeatId) -> None:
        """The server has seen nobody of the delegation for a while."""
        self.game.wish(DeclareVacant(type="declare_vacant", seat=seat), SERVER, self._now)

    def sees_again(self, person: Person) -> None:
        self.game.wish(ReturnToSeat(type="return_to_seat", member=person.actor.id), SERVER, self._now)

    def misses(self, person: Person) -> None:
        """The server has not seen this member for a while; others of the delegation are there."""
        self.wish(SERVER, "mark_away", member=person.actor.id)

    def finds(self, person: Person) -> None:
        """Whom it missed."""
        self.wish(SERVER, "mark_back", member=person.actor.id)

    def hears_deputy(self, seat: SeatId) -> None:
        """The deputy of a vacant seat has its last word under silence, if its instructions give it one (rule 1.6)."""
        seen = view(self.state, stand_in_viewer("deputy", seat))
        for command in last_word(
            seen, mind_of(self.state.rules, seat, self.state.seed).under(circumstances(self.state, seat))
        ):
            self.game.wish(command, deputy(seat), self._now)

    # --- the facilitator

    def steers(self, type_: str, **fields: Any) -> None:
        """An act of the facilitator's that has no words: `start_game`, `pause_game`, `extend_phase` with seconds."""
        self.wish(FACILITATOR, type_, **fields)

    @property
    def now(self) -> int:
        """The moment that is now, by its number in the log: to be taken back to later (`rewinds`)."""
        return self.game.events

    def rewinds(self, moment: int) -> None:
        """Takes the game back to a moment; the clock stands still until `steers("resume_game")`."""
        self.steers("rewind_game", moment=moment)

    def takes_up(self, other: LoggedGame, moment: int) -> None:
        """A fork: this game, in which nobody sits yet, begins as the other stood then. The clock stands still."""
        command = ForkGame(type="fork_game", moment=moment).seeing(look_back(other.records, moment))
        self.game.wish(command, SERVER, self._now)

    def plays(self, seat: SeatId) -> Person:
        """The facilitator takes the place of a seat that nobody plays, and acts in its name."""
        self.steers("take_place", seat=seat)
        return Person(self, Actor(FACILITATOR.kind, FACILITATOR.id, seat))

    def admits(self, name: str) -> Person:
        """Somebody of the press, who `tells("dispatches", ...)`."""
        press = Actor("press", f"press.{1 + len(self.state.press)}")
        self.wish(SERVER, "admit_press", press=press.id, name=name)
        return Person(self, press)

    def announces(self, text: str) -> None:
        self.wish(FACILITATOR, "post_message", room="dispatches", text=text)

    def whispers(self, seat: SeatId, text: str) -> None:
        self.wish(FACILITATOR, "post_message", room=f"facilitator:{seat}", text=text)


class Person:
    """A member of a delegation at a table."""

    def __init__(self, table: Table, actor: Actor) -> None:
        self.table = table
        self.actor = actor

    def _does(self, type_: str, **fields: Any) -> None:
        self.table.wish(self.actor, type_, **fields)

    def _does_to(self, draft: str, type_: str, **fields: Any) -> None:
        self._does(type_, draft=draft, revision=self.table.state.drafts[draft].revision, **fields)

    # --- talk

    def says(self, text: str, *refs: str) -> None:
        """In the plenary."""
        self._does("post_message", room="plenary", text=text, refs=refs)

    def tells(self, room: str, text: str, *refs: str) -> None:
        """In a smaller room: `delegation`, `facilitator`, or the seats it is for, joined by `+`."""
        if room not in ("delegation", "facilitator", "dispatches"):
            assert self.actor.seat is not None
            room = f"{self.actor.seat}+{room}"
        self._does("post_message", room=room, text=text, refs=refs)

    # --- the text

    def tables(self, **options: str) -> None:
        """A draft: what the summit really agreed, with these options changed."""
        rules = self.table.state.rules
        fixed = rules.cast.fixed
        agreed = {issue: option for issue, option in rules.scenario.history.options.items() if issue not in fixed}
        self._does("table_draft", package={**agreed, **options})

    def revises(self, draft: str, **options: str) -> None:
        self._does_to(draft, "revise_draft", changes=options)

    def withdraws(self, draft: str) -> None:
        self._does_to(draft, "withdraw_draft")

    def cosponsors(self, draft: str) -> None:
        self._does_to(draft, "cosponsor")

    def leaves_sponsors(self, draft: str) -> None:
        self._does_to(draft, "withdraw_cosponsorship")

    def amends(self, draft: str, note: str | None = None, **options: str) -> None:
        self._does_to(draft, "propose_amendment", changes=options, note=note)

    def splits(self, amendment: str) -> None:
        self._does("split_amendment", amendment=amendment)

    def takes_back(self, amendment: str) -> None:
        self._does("withdraw_amendment", amendment=amendment)

    def answers(self, amendment: str, *accepted: IssueId) -> None:
        """Takes these issues of it into the own draft; none is no."""
        self._does("answer_amendment", amendment=amendment, accept=accepted)

    def folds(self, source: str, *issues: IssueId) -> None:
        """Takes sentences of a draft into the chair's own text."""
        self._does("fold_language", source=source, revision=self.table.state.drafts[source].revision, issues=issues)

    def names_basis(self, draft: str) -> None:
        self._does("name_basis", draft=draft)

    # --- positions

    def takes_position(
        self,
        draft: str,
        position: Position,
        *issues: IssueId,
        reason: str | None = None,
        lift: str | None = None,
        in_confidence: bool = False,
    ) -> None:
        said = {"position": position, "issues": issues, "reason": reason, "lift": lift}
        self._does_to(draft, "state_position", **said, in_confidence=in_confidence)

    def polls(self, draft: str, seconds: int) -> None:
        self._does_to(draft, "open_poll", seconds=seconds)

    def answers_poll(self, position: Position) -> None:
        poll = self.table.state.poll
        assert poll is not None
        self._does("answer_poll", poll=poll.id, position=position)

    # --- trade

    def offers(self, *deals: str, counter_to: str | None = None, note: str | None = None) -> str:
        """Named deals, to come into force together; gives the id of the offer."""
        self._does("offer_deals", deals=deals, counter_to=counter_to, note=note)
        return list(self.table.state.offers)[-1]

    def signs(self, offer: str) -> None:
        self._does("sign_offer", offer=offer)

    def declines(self, offer: str, reason: str | None = None) -> None:
        self._does("decline_offer", offer=offer, reason=reason)

    def withdraws_from(self, offer: str) -> None:
        self._does("withdraw_from_offer", offer=offer)

    def promises(self, to: SeatId, text: str, **form: Any) -> None:
        """A word from delegation to delegation; `form` is what can be checked of it: kind, options, deal, ..."""
        self._does("make_promise", to=to, text=text, form=form or None)

    def signs_beside(self, complement: str, mode: str | None = None, *, defence: bool = False) -> None:
        """The nation's own name under a complement (rule 6.5)."""
        self._does("sign_complement", complement=complement, mode=mode, defence=defence)

    def takes_name_off(self, complement: str, mode: str | None = None, *, defence: bool = False) -> None:
        self._does("withdraw_signature", complement=complement, mode=mode, defence=defence)

    # --- silence

    def opens_silence(self, draft: str, seconds: int) -> None:
        self._does_to(draft, "open_silence", seconds=seconds)

    def extends_silence(self, seconds: int) -> None:
        self._does("extend_silence", seconds=seconds)

    def cancels_silence(self, reason: str) -> None:
        self._does("cancel_silence", reason=reason)

    def associates(self) -> None:
        self._takes_rung("associate")

    def stays_silent(self) -> None:
        self._takes_rung("silent")

    def states(self, text: str) -> None:
        """A national statement: dissent on record that does not block."""
        self._takes_rung("statement", text=text)

    def footnotes(self, *issues: IssueId, text: str) -> None:
        self._takes_rung("footnote", issues=issues, text=text)

    def _takes_rung(self, rung: Literal["silent", "associate", "statement", "footnote"], **fields: Any) -> None:
        self._under_silence("take_rung", rung=rung, **fields)

    def breaks(self, *issues: IssueId, reason: str, lift: str, lifted_by: tuple[str, ...] = ()) -> None:
        self._under_silence("break_silence", issues=issues, reason=reason, lift=lift, lifted_by=lifted_by)

    def _under_silence(self, type_: str, **fields: Any) -> None:
        silence = self.table.state.silence
        assert silence is not None
        self._does_to(silence.draft, type_, **fields)

    def withdraws_objection(self, objection: str) -> None:
        self._does("withdraw_objection", objection=objection)

    def puts_fallback(self) -> None:
        self._does("put_fallback")

    # --- what a delegate prepared, in a game in which the head signs

    def signs_act(self, act: str) -> None:
        self._does("sign_act", act=act)

    def drops_act(self, act: str) -> None:
        self._does("drop_act", act=act)

    def agrees_inside(self, text: str) -> None:
        """Puts it on the delegation's own list."""
        self._does("agree_inside", text=text)

    def strikes_agreed(self, agreed: str) -> None:
        self._does("strike_agreed", agreed=agreed)

    def makes(self, role: Role, person: Person) -> None:
        """Gives somebody of the delegation another role."""
        self._does("set_role", member=person.actor.id, role=role)

    # --- the seat, and in an open game the host's tools

    def leaves(self) -> None:
        self._does("leave_seat")

    def steers(self, type_: str, **fields: Any) -> None:
        self._does(type_, **fields)


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What stands inside is refused by the rules with this code, and changes nothing."""
    try:
        yield
    except Rejected as rejected:
        said = rejected.refusal.code.name
        assert said == code, f"refused with {said}, not with {code}"
    else:
        raise AssertionError(f"nothing was refused; expected {code}")
