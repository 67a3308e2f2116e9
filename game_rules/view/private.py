"""The half of a view that belongs to one viewer: brief, own points, own rooms, what it may do (rule 9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from game_rules.affordances import affordances
from game_rules.evaluation import Circumstances
from game_rules.messages import SeatId
from game_rules.procedures.delegation import deadline_of, why_not_sign
from game_rules.procedures.standing import circumstances
from game_rules.scenario import Package, Seat
from game_rules.state import KEPT, Draft, GameState, Recorded, Room, Rules, StatedPosition
from game_rules.view import shape
from game_rules.view.memo import Memo
from game_rules.view.public import positions_view, record_entry, room_view
from game_rules.view.viewer import Viewer


def private_half(state: GameState, viewer: Viewer, memo: Memo) -> shape.PrivateView:
    """Built from nothing upwards, out of the viewer's own secrets and public facts."""
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
        state.adopted,
        state.outcome,
        state.opened,
        state.private_records,
        state.pending,
        state.done_for,
    )
    return memo.of("private half", moment, _private_half, state, viewer, memo)


def _private_half(state: GameState, viewer: Viewer, memo: Memo) -> shape.PrivateView:
    seat = viewer.seat
    return {
        "you": memo.of("you", (state.members, state.host, state.seats), _you, state, viewer),
        "brief": memo.of("brief", (state.rules,), _brief, state.rules, seat),
        "us": us(state, seat, memo) if seat is not None else None,
        "rooms": memo.of("rooms", (state.rooms, state.outcome), _rooms, state, viewer, memo),
        "confessionals": memo.of("confessionals", (state.confessionals,), _confessionals, state, viewer, memo),
        "answer": state.poll.answers.get(seat) if state.poll is not None and seat is not None else None,
        "record": memo.grown("record", _own_record(state, viewer), record_entry, KEPT),
        "can": affordances(state, viewer.actor, memo),
        "table": _table(state, memo) if viewer.sees_everything else None,
        "pending": memo.of("pending", (state.pending, state.silence), _pending, state, viewer),
        "done_for_us": memo.grown("done for us", state.done_for.get(seat or "", ()), record_entry, KEPT),
    }


def _you(state: GameState, viewer: Viewer) -> shape.YouView:
    actor = viewer.actor
    member = state.members.get(actor.id) if actor is not None and actor.kind == "member" else None
    return {
        "kind": viewer.kind,
        "seat": viewer.seat,
        "member": member.id if member else None,
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


def _brief(rules: Rules, seat: SeatId | None) -> shape.BriefView | None:
    if seat is None:
        return None
    of_seat = rules.seats[seat]
    brief = of_seat.brief
    return {
        "markdown": brief.text if brief else "",
        "aims": [{"issue": aim.issue, "option": aim.option, "sentence": aim.sentence} for aim in brief.aims]
        if brief
        else [],
        "paths": brief.paths_sentence if brief else "",
        "red_lines": [_line(rules, of_seat, held.id) for held in of_seat.red_lines],
        "ideal": dict(of_seat.ideal),
        "salience": dict(of_seat.salience),
    }


def _line(rules: Rules, seat: Seat, red_line: str) -> shape.LineView:
    line = rules.scenario.red_line(red_line)
    own_words = seat.brief.red_line_sentences.get(red_line) if seat.brief else None
    return {"id": line.id, "title": line.title, "sentence": own_words or line.sentence, "section": line.section}


def us(state: GameState, seat: SeatId, memo: Memo) -> shape.UsView:
    """The delegation's own value of every draft on the floor, by its own lights."""
    breaks = state.breaks()
    drafts = memo.of(("appraisals", seat), (state.drafts, breaks), _appraisals, state, seat, memo)
    return memo.of(("us", seat), (drafts, state.outcome), _us, state, seat, drafts)


def _us(state: GameState, seat: SeatId, drafts: dict[str, shape.AppraisalView]) -> shape.UsView:
    return {
        "reservation": state.evaluator.reservation(seat),
        "drafts": drafts,
        "result": cast(shape.ResultView, dict(state.outcome.results[seat])) if state.outcome else None,
    }


def _appraisals(state: GameState, seat: SeatId, memo: Memo) -> dict[str, shape.AppraisalView]:
    return {
        draft.id: memo.of(
            ("appraisal", seat, draft.id), (draft.revisions, state.breaks()), _appraisal, state, seat, draft
        )
        for draft in state.drafts.values()
        if draft.open
    }


def _appraisal(state: GameState, seat: SeatId, draft: Draft) -> shape.AppraisalView:
    points, crosses = _judged(state.rules, seat, draft.package, circumstances(state))
    return {"revision": draft.revision, "points": points, "crosses": crosses}


def crossings(state: GameState, seat: SeatId, package: Package) -> list[shape.CrossingView]:
    """The seat's own lines the package crosses, each with the issues it rests on."""
    return _judged(state.rules, seat, package, circumstances(state))[1]


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
    return {room.id: room_view(state, room, memo) for room in state.rooms.values() if _may_read(state, viewer, room)}


def _may_read(state: GameState, viewer: Viewer, room: Room) -> bool:
    if viewer.sees_everything:
        if room.id.startswith("facilitator:") or state.reading == "live":
            return True
        return state.reading == "after the end" and state.outcome is not None
    return viewer.seat is not None and viewer.seat in room.seats


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


def _table(state: GameState, memo: Memo) -> shape.TableView:
    return {"seats": {seat: us(state, seat, memo) for seat in state.rules.seats}}
