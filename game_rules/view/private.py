"""The half of a view that belongs to one viewer: brief, own points, own rooms, what it may do (rule 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import cast

from game_rules.affordances import affordances
from game_rules.changing import replace
from game_rules.evaluation import Circumstances
from game_rules.memo import Memo, WhenAsked
from game_rules.messages import SeatId
from game_rules.procedures.delegation import deadline_of, why_not_sign
from game_rules.procedures.standing import circumstances
from game_rules.scenario import Package
from game_rules.state import KEPT, PUBLIC_ROOMS, Draft, GameState, Recorded, Room, Rules, StatedPosition
from game_rules.view import shape
from game_rules.view.brief import brief_view
from game_rules.view.news import note_view, plan_views
from game_rules.view.public import positions_view, record_entry, room_view
from game_rules.view.stakes import stakes_view
from game_rules.view.trade import betrayal_view, ledger_when_asked, trade_view
from game_rules.view.viewer import Viewer, in_place


def private_half(state: GameState, viewer: Viewer, memo: Memo) -> shape.PrivateView:
    """Built from nothing upwards, out of the viewer's own secrets and public facts."""
    if viewer.actor is not None and viewer.actor.is_stand_in:
        return cast(shape.PrivateView, _for_a_stand_in(state, viewer, memo))
    viewer = in_place(state, viewer)
    moment = (
        state.rules,
        state.clock,
        state.members,
        state.seats,
        state.host,
        state.drafts,
        state.amendments,
        state.named_basis,
        state.confessionals,
        state.silence,
        state.silences,
        state.objections,
        state.poll,
        state.rooms,
        state.agreed,
        state.adopted,
        state.outcome,
        state.opened,
        state.private_records,
        state.offers,
        state.deals,
        state.promises,
        state.betrayals,
        state.complements,
        state.effects,
        state.news,
        state.notes,
        state.injects,
        state.pending,
        state.done_for,
        state.places,
        state.press,
        state.shown,
        state.annotations,
    )
    return memo.of("private half", moment, _private_half, state, viewer, memo)


def _private_half(state: GameState, viewer: Viewer, memo: Memo) -> shape.PrivateView:
    seat = viewer.seat
    return {
        "you": memo.of("you", (state.members, state.host, state.seats, state.places), _you, state, viewer),
        "brief": memo.of(("brief", seat), (state.rules, state.effects), _brief, state, seat) if seat else None,
        "us": us(state, seat, memo) if seat is not None else None,
        "stakes": _stakes(state, seat, memo) if seat is not None else None,
        "rooms": memo.of("rooms", (state.rooms, state.outcome, state.places), _rooms, state, viewer, memo),
        "confessionals": memo.of("confessionals", (state.confessionals,), _confessionals, state, viewer, memo),
        "answer": state.poll.answers.get(seat) if state.poll is not None and seat is not None else None,
        "record": memo.grown("record", _own_record(state, viewer), record_entry, KEPT),
        "trade": trade_view(state, viewer, memo),
        "can": affordances(state, viewer.actor, memo),
        "table": _table(state, memo) if viewer.sees_everything else None,
        "facilitation": _facilitation(state, viewer) if viewer.sees_everything else None,
        "pending": memo.of("pending", (state.pending, state.silence), _pending, state, viewer),
        "agreed": memo.of("agreed", (state.agreed, state.outcome, state.places), _agreed, state, viewer),
        "notes": memo.of(("notes", seat), (state.notes.get(seat or ""),), _notes, state, seat),
        "done_for_us": memo.grown("done for us", state.done_for.get(seat or "", ()), record_entry, KEPT),
    }


def _for_a_stand_in(state: GameState, viewer: Viewer, memo: Memo) -> WhenAsked:
    """The same half for a bot or deputy, of which only what it looks at is built: nobody draws it or compares it."""

    def part(name: str) -> object:
        look = _LOOKED_AT.get(name)
        return look(state, viewer, memo) if look is not None else _private_half(state, viewer, memo)[name]  # type: ignore[literal-required]

    return WhenAsked(shape.PrivateView.__annotations__, part)


def _brief(state: GameState, seat: SeatId) -> shape.BriefView:
    return brief_view(state.rules, seat, circumstances(state, seat))


def _notes(state: GameState, seat: SeatId | None) -> list[shape.NoteView]:
    return [note_view(state.rules, note) for note in state.notes.get(seat or "", ())]


def _you(state: GameState, viewer: Viewer) -> shape.YouView:
    actor = viewer.actor
    member = state.members.get(actor.id) if actor is not None and actor.kind == "member" else None
    return {
        "kind": viewer.kind,
        "seat": viewer.seat,
        "member": actor.id if actor is not None and (member or actor.kind == "press") else None,
        "role": member.role if member else None,
        "host": member is not None and member.id == state.host,
        "signs": actor is not None and actor.seat is not None and why_not_sign(state, actor) is None,
    }


def _pending(state: GameState, viewer: Viewer) -> list[shape.PendingActView]:
    return [
        {
            "id": act.id,
            "seat": act.seat,
            "member": act.member,
            "command": dict(act.command),
            "at": act.at,
            "until": deadline_of(state, act),
        }
        for act in state.pending.values()
        if viewer.sees_everything or act.seat == viewer.seat
    ]


def _agreed(state: GameState, viewer: Viewer) -> list[shape.AgreedView]:
    """As `_heard` has it of a delegation's room: what was agreed there is part of what was said there."""
    return [
        {"id": one.id, "seat": seat, "member": one.member, "text": one.text, "at": one.at}
        for seat, listed in state.agreed.items()
        for one in listed
        if not one.struck and _may_read_inside(state, viewer, seat, one.at)
    ]


def _may_read_inside(state: GameState, viewer: Viewer, seat: SeatId, at: int) -> bool:
    if not viewer.sees_everything:
        return viewer.seat == seat
    if state.reading == "live" or (state.reading == "after the end" and state.outcome is not None):
        return True
    place = state.places.get(seat)
    return viewer.seat == seat and place is not None and at >= place.since


def us(state: GameState, seat: SeatId, memo: Memo) -> shape.UsView:
    """The delegation's own value of every draft on the floor, by its own lights."""
    drafts = memo.of(("appraisals", seat), (state.drafts, *_around(state)), _appraisals, state, seat, memo)
    return memo.of(("us", seat), (drafts, state.outcome), _us, state, seat, drafts)


def _us(state: GameState, seat: SeatId, drafts: dict[str, shape.AppraisalView]) -> shape.UsView:
    return {
        "reservation": state.evaluator.reservation(seat),
        "drafts": drafts,
        "result": cast(shape.ResultView, dict(state.outcome.results[seat])) if state.outcome else None,
    }


def _stakes(state: GameState, seat: SeatId, memo: Memo) -> shape.StakesView | None:
    package = state.silence.package if state.silence is not None else None
    return memo.of(("stakes", seat), (package, state.promises, *_around(state)), stakes_view, state, seat)


def _appraisals(state: GameState, seat: SeatId, memo: Memo) -> dict[str, shape.AppraisalView]:
    return {
        draft.id: memo.of(
            ("appraisal", seat, draft.id), (draft.revisions, *_around(state)), _appraisal, state, seat, draft
        )
        for draft in state.drafts.values()
        if draft.open
    }


def _around(state: GameState) -> tuple[object, ...]:
    """What the circumstances of a text are made of."""
    return (state.breaks(), state.deals, state.complements, state.effects)


def _appraisal(state: GameState, seat: SeatId, draft: Draft) -> shape.AppraisalView:
    points, crosses = _judged(state.rules, seat, draft.package, circumstances(state, seat))
    earlier = draft.revisions[-2].package if len(draft.revisions) > 1 else None
    before = _judged(state.rules, seat, earlier, circumstances(state, seat))[0] if earlier is not None else None
    return {"revision": draft.revision, "points": points, "before": before, "crosses": crosses}


def crossings(state: GameState, seat: SeatId, package: Package) -> list[shape.CrossingView]:
    """The seat's own lines the package crosses, each with the issues it rests on."""
    return _judged(state.rules, seat, package, circumstances(state, seat))[1]


@lru_cache(maxsize=32_768)
def _judged(
    rules: Rules, seat: SeatId, package: Package, around: Circumstances
) -> tuple[int, list[shape.CrossingView]]:
    """Points and crossings, kept: thirty viewers, every reload and every replay ask for the same packages."""
    evaluator = rules.evaluator
    crossed = evaluator.crossing(seat, package, around)
    return evaluator.points(seat, package, around), [{"line": one.id, "issues": list(one.issues)} for one in crossed]


def _rooms(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, shape.RoomView]:
    """The viewer's rooms: a room it is not in does not show, not even by its absence (rule 5.3)."""
    return {
        room.id: room_view(state, heard, memo)
        for room in state.rooms.values()
        if (heard := _heard(state, viewer, room)) is not None
    }


def may_read(state: GameState, viewer: Viewer, room: Room) -> bool:
    """Whether what is said in a room now shows in this viewer's view."""
    return _heard_now(state, viewer, room) is not None


def heard_by(state: GameState, viewer: Viewer, room: Room) -> list[shape.MessageView]:
    """The messages of a room, perhaps as it was earlier, that this viewer may read as the game is now."""
    heard = _heard_now(state, viewer, room)
    return room_view(state, heard, Memo())["messages"] if heard is not None else []


def _heard_now(state: GameState, viewer: Viewer, room: Room) -> Room | None:
    return room if room.id in PUBLIC_ROOMS else _heard(state, in_place(state, viewer), room)


def _heard(state: GameState, viewer: Viewer, room: Room) -> Room | None:
    """What the viewer may read of a room; None: nothing.

    A facilitator in a seat's place hears what is said there from then on. What was said before falls under the
    reading rule, which those who said it had read (rule 5.2).
    """
    if not viewer.sees_everything:
        return room if viewer.seat is not None and viewer.seat in room.seats else None
    if _facilitator_may_read(state, room):
        return room
    place = state.places.get(viewer.seat or "")
    if place is None or viewer.seat not in room.seats:
        return None
    return replace(room, messages=tuple(message for message in room.messages if message.at >= place.since))


def _facilitator_may_read(state: GameState, room: Room) -> bool:
    if room.id.startswith("facilitator:") or state.reading == "live":
        return True
    return state.reading == "after the end" and state.outcome is not None


def _confessionals(state: GameState, viewer: Viewer, memo: Memo) -> dict[str, dict[str, shape.PositionView]]:
    return positions_view(_confided(state, viewer), memo)


def _confided(state: GameState, viewer: Viewer) -> Mapping[str, Mapping[str, StatedPosition]]:
    """Positions in confidence: one's own; to the chair and the facilitator all of them (rules 3.1, 9.1)."""
    if viewer.sees_everything or viewer.seat == state.rules.chair:
        return state.confessionals
    # in the order of the drafts: the order in which delegations began to confide is not for others to know
    own = ((draft, state.confessionals.get(draft, {}).get(viewer.seat or "")) for draft in state.drafts)
    return {draft: {viewer.seat or "": said} for draft, said in own if said is not None}


def _own_record(state: GameState, viewer: Viewer) -> tuple[Recorded, ...]:
    reader = "facilitator" if viewer.sees_everything else viewer.seat
    return state.private_records.get(reader, ()) if reader is not None else ()


def _facilitation(state: GameState, viewer: Viewer) -> shape.FacilitationView:
    return {
        "injects": plan_views(state),
        "betrayals": [betrayal_view(one) for one in state.betrayals],
        "place": viewer.seat,
        "annotations": [
            {"moment": one.moment, "moment_at": one.moment_at, "text": one.text, "at": one.at}
            for one in state.annotations
        ],
    }


def _table(state: GameState, memo: Memo) -> shape.TableView:
    return {"seats": {seat: us(state, seat, memo) for seat in state.rules.seats}}


_LOOKED_AT: Mapping[str, Callable[[GameState, Viewer, Memo], object]] = {
    "brief": lambda state, viewer, memo: memo.of(
        "brief", (state.rules, state.effects), _brief, state, viewer.seat or ""
    ),
    "us": lambda state, viewer, memo: us(state, viewer.seat or "", memo),
    "confessionals": _confessionals,
    "answer": lambda state, viewer, memo: state.poll.answers.get(viewer.seat or "") if state.poll is not None else None,
    "trade": ledger_when_asked,
    "can": lambda state, viewer, memo: affordances(state, viewer.actor, memo),
}
"""What stand-ins look at, each by itself."""
