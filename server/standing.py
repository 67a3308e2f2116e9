"""Who somebody is to the rules, from the session the shell gave them: actor of commands, viewer of a view.

Where a person sits is on record in the game; the session only says who they are.
"""

from __future__ import annotations

from game_rules.messages import Actor, Command
from game_rules.procedures.facilitation import in_whose_name
from game_rules.state import GameState
from game_rules.view import LOBBY, PROJECTOR, SPECTATOR, Viewer, facilitator_viewer, member_viewer, press_viewer
from server.store.interface import Session


def seat_of(state: GameState, member: str) -> str | None:
    """Where a member sits now."""
    known = state.members.get(member)
    return known.seat if known is not None and known.present else None


def actor_of(session: Session, state: GameState, command: Command) -> Actor:
    """In whose name the session's command goes on record. The payload has no say in it."""
    if session.kind == "facilitator":
        return in_whose_name(state, command, Actor("facilitator", session.member))
    if session.kind == "press":
        return Actor("press", session.member)
    return Actor("member", session.member, seat_of(state, session.member))


def viewer_of(session: Session, state: GameState) -> Viewer:
    """Whose eyes the session looks with; without a seat it sees what is public."""
    if session.kind == "facilitator":
        return facilitator_viewer(session.member)
    if session.kind == "press":
        return press_viewer(session.member)
    if session.kind == "projector":
        return PROJECTOR
    if session.kind == "spectator":
        return SPECTATOR
    seat = seat_of(state, session.member)
    return member_viewer(session.member, seat) if seat else LOBBY


def runs_the_game(session: Session, state: GameState) -> bool:
    """Whether the session may hand out links: the facilitator; the host of an open game, also before sitting down."""
    if state.kind == "exercise":
        return session.kind == "facilitator"
    return session.member == state.host or (session.kind == "host" and state.host is None)


def may_sit(session: Session) -> bool:
    """Whether the session is of somebody who plays: those who run an exercise, report or watch do not."""
    return session.kind in ("host", "seat", "visitor")
