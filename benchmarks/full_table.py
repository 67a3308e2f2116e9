"""A full-cast game in one process, in the middle of things: what a typical command meets.

31 allies and Ukraine have people, ten drafts with amendments and positions are on the floor, the plenary's window is
full, and a text is under the silence procedure.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

from game_rules.logged_game import LoggedGame
from game_rules.messages import SERVER, Actor, Command, FormalActs
from game_rules.procedures.clock import AdvancePhase, StartGame
from game_rules.procedures.drafting import Cosponsor, ProposeAmendment, TableDraft
from game_rules.procedures.positions import StatePosition
from game_rules.procedures.seating import CreateGame, JoinSeat
from game_rules.procedures.silence import OpenSilence
from game_rules.procedures.talk import PostMessage
from game_rules.scenario import Scenario
from game_rules.state import KEPT, Position
from server.scenario_catalogue import Catalogue

START = 1_689_076_800_000
"""11 July 2023, 12:00 UTC."""
SECOND = 1_000

DIRECTOR = Actor("facilitator", "white-cell")
DRAFTS = 10
WORDS = "We can go along with this if the review comes before the next summit, and not after it."


@cache
def vilnius() -> Scenario:
    return Catalogue(None).get("vilnius-2023")


class FullTable:
    """The game, and the clock by which its commands come: one a second."""

    def __init__(self, formal: FormalActs = "delegates") -> None:
        self.game = LoggedGame("full-table", "benchmark")
        self.at = START
        self._open(formal)
        self.people = [
            Actor("member", f"m-{seat}", seat)
            for seat, known in self.game.state.rules.seats.items()
            if known.kind in ("voting", "principal")
        ]
        self.allies = [person for person in self.people if person.seat != "UKR"]

    def wish(self, command: Command, by: Actor) -> None:
        self.at += SECOND
        self.game.wish(command, by, self.at)

    def _open(self, formal: FormalActs) -> None:
        create = CreateGame(
            type="create_game",
            game=self.game.game,
            scenario=vilnius(),
            cast="full",
            kind="exercise",
            clock_minutes=180,
            seed="benchmark",
            formal=formal,
        )
        self.wish(create, SERVER)

    def seat_delegates(self) -> list[Actor]:
        """A second member in each ally's delegation, who signs nothing where formal acts are the head's."""
        delegates = [Actor("member", f"d-{ally.seat}", ally.seat) for ally in self.allies]
        for delegate in delegates:
            assert delegate.seat is not None
            name = f"Delegate of {delegate.seat}"
            join = JoinSeat(type="join_seat", seat=delegate.seat, member=delegate.id, name=name, role="delegate")
            self.wish(join, SERVER)
        return delegates

    def play_to_consultations(self) -> None:
        for person in self.people:
            assert person.seat is not None
            name = f"Head of {person.seat}"
            join = JoinSeat(type="join_seat", seat=person.seat, member=person.id, name=name, role="head")
            self.wish(join, SERVER)
        self.wish(StartGame(type="start_game"), DIRECTOR)
        self.wish(AdvancePhase(type="advance_phase"), DIRECTOR)

    def fill_the_floor(self) -> None:
        """Drafts, an amendment and a cosponsor of each, everybody's position, and a window full of messages."""
        package = vilnius().history.options
        for number, author in enumerate(self.allies[:DRAFTS], start=1):
            self.wish(TableDraft(type="table_draft", package=package), author)
            sponsor, proposer = self.allies[-number], self.allies[-number - 1]
            self.wish(Cosponsor(type="cosponsor", draft=f"d{number}", revision=1), sponsor)
            self.wish(amendment(number), proposer)
        for person in self.people:
            self.wish(next(positions(2)), person)
        for person in itertools.islice(itertools.cycle(self.people), KEPT):
            self.wish(message(), person)

    def open_silence(self) -> None:
        """Into the first Council session; the chair's seat is the bot's."""
        self.wish(AdvancePhase(type="advance_phase"), DIRECTOR)
        chair = self.game.state.rules.chair
        self.wish(OpenSilence(type="open_silence", draft="d1", revision=1, seconds=300), Actor("bot", chair, chair))


def message() -> PostMessage:
    return PostMessage(type="post_message", room="plenary", text=WORDS, refs=("draft:d1", "issue:target_date"))


def amendment(draft: int) -> ProposeAmendment:
    changes = {"target_date": "none", "reform": "none"}
    return ProposeAmendment(
        type="propose_amendment", draft=f"d{draft}", revision=1, changes=changes, note="So that we can all agree."
    )


def positions(draft: int) -> Iterator[StatePosition]:
    """A seat's positions on a draft, one after the other."""
    either: tuple[Position, ...] = ("support", "can_accept")
    for position in itertools.cycle(either):
        yield StatePosition(type="state_position", draft=f"d{draft}", revision=1, position=position)


def full_table(formal: FormalActs = "delegates") -> FullTable:
    """The table with silence running."""
    table = FullTable(formal)
    table.play_to_consultations()
    table.fill_the_floor()
    table.open_silence()
    return table
