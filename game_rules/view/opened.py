"""What a facilitator has opened to all after the game, part by part (rules 5.2, 9.1)."""

from __future__ import annotations

from collections.abc import Callable

from game_rules.memo import Memo
from game_rules.messages import SeatId
from game_rules.procedures.debriefing import rooms_may_be_opened
from game_rules.state import PUBLIC_ROOMS, GameState, Promise, Room
from game_rules.view import shape
from game_rules.view.brief import brief_view
from game_rules.view.trade import betrayal_view

FACILITATORS_LINE = "facilitator:"
"""How the ids of the lines between a delegation and the facilitator begin."""

RoomView = Callable[[GameState, Room, Memo], shape.RoomView]


def opened_view(state: GameState, memo: Memo, room_view: RoomView) -> shape.OpenedPartsView | None:
    """None as long as nothing is opened. A game taken back to before its end is closed again."""
    if not state.shown or state.outcome is None:
        return None

    shown = state.shown
    return {
        "instructions": memo.of("instructions", (state.rules,), _instructions, state)
        if "instructions" in shown
        else None,
        "trade": _trade(state) if "trade" in shown else None,
        "rooms": _rooms(state, memo, room_view) if "rooms" in shown else None,
    }


def _instructions(state: GameState) -> dict[SeatId, shape.OpenedInstructionsView]:
    return {
        seat: {**brief_view(state.rules, seat), "reservation": state.evaluator.reservation(seat)}
        for seat in state.rules.seats
    }


def _trade(state: GameState) -> shape.OpenedTradeView:
    titles = {deal.id: deal.title for deal in state.rules.scenario.deals}
    return {
        "deals": [
            {"deal": signed.deal, "title": titles[signed.deal], "signers": list(signed.parties), "at": signed.at}
            for signed in state.deals.values()
        ],
        "promises": [_promise(promise) for promise in state.promises.values()],
        "betrayals": [betrayal_view(one) for one in state.betrayals],
    }


def _promise(promise: Promise) -> shape.OpenedPromiseView:
    form = promise.form
    return {
        "by": promise.by,
        "to": promise.to,
        "text": promise.text,
        "kind": form.kind if form else None,
        "options": dict(form.options) if form else {},
        "about": (form.deal or form.complement) if form else None,
        "verdict": promise.verdict,
        "at": promise.at,
    }


def _rooms(state: GameState, memo: Memo, room_view: RoomView) -> dict[str, shape.RoomView]:
    """The delegations' rooms. The facilitator's lines stay between two: nobody was told otherwise (rule 5.2)."""
    assert rooms_may_be_opened(state)
    return {
        room.id: room_view(state, room, memo)
        for room in state.rooms.values()
        if room.id not in PUBLIC_ROOMS and not room.id.startswith(FACILITATORS_LINE)
    }
