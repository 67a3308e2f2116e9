"""The half of a view that everybody shares: the floor, public positions, plenary, who sits where (rule 9.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from game_rules.memo import Memo, WhenAsked
from game_rules.procedures.clock import phase_extension_bounds
from game_rules.procedures.delegation import acting_head, warning_seconds
from game_rules.procedures.drafting import basis
from game_rules.procedures.positions import poll_bounds
from game_rules.procedures.promises import may_fall_due
from game_rules.procedures.silence import is_lifted, may_be_footnoted, silence_extension_bounds
from game_rules.state import (
    KEPT,
    PUBLIC_ROOMS,
    Adoption,
    Amendment,
    ClosedSilence,
    Draft,
    GameState,
    Member,
    Message,
    Objection,
    Outcome,
    Poll,
    Recorded,
    Revision,
    Room,
    Rules,
    SeatState,
    Silence,
    StatedPosition,
    TakenRung,
)
from game_rules.view import shape
from game_rules.view.aftermath import explained, history_view, prospects_view, world_as_it_came_out
from game_rules.view.communique import communique
from game_rules.view.complements import complements_view, described
from game_rules.view.news import foreseen, news_view, world_view
from game_rules.view.opened import opened_view
from game_rules.view.trade import betrayal_view, public_deals, titles_of_lifts


def public_half(state: GameState, memo: Memo) -> shape.PublicView:
    """Built from nothing upwards: what is not put in here is not public."""
    return cast(shape.PublicView, {name: part(state, memo) for name, part in _PARTS.items()})


def public_half_when_asked(state: GameState, memo: Memo) -> shape.PublicView:
    """The same half for a stand-in, of which only what it looks at is built: of the floor seldom the text."""

    def part(name: str) -> object:
        return _floor_asked(state, memo) if name == "floor" else _PARTS[name](state, memo)

    return cast(shape.PublicView, WhenAsked(_PARTS, part))


def _game(state: GameState) -> shape.GameView:
    return {
        "id": state.game,
        "kind": state.kind,
        "cast": state.rules.cast.id,
        "strict": state.strict,
        "reading": state.reading,
        "host": state.host,
        "formal": state.formal,
        "pace": state.rules.pace,
        "policy": state.policy,
    }


def _scenario(rules: Rules) -> shape.ScenarioView:
    scenario, fixed = rules.scenario, rules.cast.fixed
    return {
        "slug": scenario.slug,
        "title": scenario.title,
        "summary": scenario.summary,
        "issues": [
            {
                "id": issue.id,
                "title": issue.title,
                "question": issue.question,
                "section": issue.section or "",
                "options": [
                    {"id": option.id, "label": option.label, "text": option.text, "section": option.section or ""}
                    for option in issue.options
                ],
                "fixed": fixed.get(issue.id),
                "footnote": may_be_footnoted(scenario, issue.id),
            }
            for issue in scenario.issues
        ],
        "seats": [
            {"id": seat.id, "name": seat.name, "kind": seat.kind, "flag": seat.flag} for seat in rules.seats.values()
        ],
        "rules": [
            {"id": rule.id, "sentence": rule.sentence, "section": rule.section or ""}
            for rule in scenario.structural_rules
        ],
        "agenda": [
            {
                "id": phase.id,
                "title": phase.title,
                "kind": phase.kind,
                "seconds": length // 1_000,
                "allows": list(phase.allows),
                "promises": may_fall_due(phase),
            }
            for phase, length in zip(rules.agenda, rules.phase_milliseconds, strict=True)
        ],
        "status_quo": dict(scenario.status_quo.options),
        "status_quo_title": scenario.status_quo.title,
        "complements": described(rules),
        "foreseen": foreseen(rules),
        "silence": {
            "min_seconds": rules.silence.min_seconds,
            "max_seconds": rules.silence.max_seconds,
            "default_seconds": rules.silence.default_seconds,
        },
        "lengths": {
            "poll": _bounds(poll_bounds(rules)),
            "phase_extension": _bounds(phase_extension_bounds(rules)),
            "silence_extension": _bounds(silence_extension_bounds(rules)),
        },
        "signature_warning_seconds": warning_seconds(rules),
    }


def _bounds(bounds: tuple[int, int]) -> shape.BoundsView:
    least, most = bounds
    return {"least": least, "most": most}


def _clock(state: GameState) -> shape.ClockView:
    clock = state.clock
    fallback: shape.FallbackView | None = None
    if clock.fallback_put_by is not None and clock.fallback_ends_at is not None:
        fallback = {"put_by": clock.fallback_put_by, "ends_at": clock.fallback_ends_at}
    return {
        "status": clock.status,
        "phase": state.phase.id,
        "phase_ends_at": clock.phase_ends_at,
        "paused_at": clock.paused_at,
        "fallback": fallback,
        "asked": {"seat": clock.asked.seat, "until": clock.asked.until} if clock.asked is not None else None,
    }


def _seats(state: GameState, memo: Memo) -> dict[str, shape.SeatView]:
    def one(seat: str, there: SeatState) -> shape.SeatView:
        people = [state.members[member] for member in there.members]
        return memo.of(("seat", seat), (there, seat in state.places, *people), _seat, state, seat, people)

    return {seat: one(seat, there) for seat, there in state.seats.items()}


def _seat(state: GameState, seat: str, people: list[Member]) -> shape.SeatView:
    acting = acting_head(state, seat)
    return {
        "members": [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "away": person.away_since is not None,
                "acting_head": person.id == acting,
            }
            for person in people
        ],
        "player": state.player(seat),
        "policy": state.seats[seat].policy,
    }


def _drafts(state: GameState, memo: Memo) -> dict[str, shape.DraftView]:
    return memo.each("draft", state.drafts, partial(_draft, state.rules))


def _draft(rules: Rules, draft: Draft) -> shape.DraftView:
    return {
        "id": draft.id,
        "author": draft.author,
        "revision": draft.revision,
        **_revision(rules, draft.revisions[-1]),
        "cosponsors": list(draft.cosponsors),
        "status": "open" if draft.open else "withdrawn",
        "tabled_at": draft.tabled_at,
        "history": [_revision(rules, past) for past in draft.revisions[:-1]],
        "fallback": draft.fallback,
    }


def _revision(rules: Rules, revision: Revision) -> shape.RevisionView:
    folded = revision.folded
    return {
        "package": rules.package_dict(revision.package),
        "at": revision.at,
        "amendment": revision.amendment,
        "folded": {"source": folded.source, "issues": list(folded.issues)} if folded else None,
    }


def _amendments(state: GameState, memo: Memo) -> dict[str, shape.AmendmentView]:
    return memo.each("amendment", state.amendments, _amendment)


def _amendment(one: Amendment) -> shape.AmendmentView:
    return {
        "id": one.id,
        "draft": one.draft,
        "revision": one.revision,
        "proposer": one.proposer,
        "changes": dict(one.changes),
        "note": one.note,
        "status": one.status,
        "accepted": list(one.accepted),
        "at": one.at,
    }


def positions_view(
    stated: Mapping[str, Mapping[str, StatedPosition]], memo: Memo
) -> dict[str, dict[str, shape.PositionView]]:
    """Positions by draft and seat."""

    return {draft: memo.each(("positions", draft), by_seat, _position) for draft, by_seat in stated.items()}


def _position(one: StatedPosition) -> shape.PositionView:
    return {
        "position": one.position,
        "revision": one.revision,
        "issues": list(one.issues),
        "reason": one.reason,
        "lift": one.lift,
        "at": one.at,
    }


# --- the text on the floor with its brackets


def _floor(state: GameState) -> shape.FloorView:
    on_floor = basis(state)
    if on_floor is None:
        return {"basis": None, "named_by_chair": False, "paragraphs": []}
    return {
        "basis": on_floor.id,
        "named_by_chair": state.named_basis == on_floor.id,
        "paragraphs": _paragraphs(state, on_floor),
    }


def _floor_asked(state: GameState, memo: Memo) -> WhenAsked:
    moment = (state.drafts, state.amendments, state.named_basis)
    return memo.of("floor when asked", moment, _floor_when_asked, state)


def _floor_when_asked(state: GameState) -> WhenAsked:
    on_floor = basis(state)
    fields: Mapping[str, Callable[[], object]] = {
        "basis": lambda: on_floor.id if on_floor is not None else None,
        "named_by_chair": lambda: on_floor is not None and state.named_basis == on_floor.id,
        "paragraphs": lambda: _paragraphs(state, on_floor) if on_floor is not None else [],
    }
    return WhenAsked(fields, lambda name: fields[name]())


def _paragraphs(state: GameState, on_floor: Draft) -> list[shape.ParagraphView]:
    carriers = _carriers(state, on_floor)
    return [_paragraph(state.rules, place, issue, on_floor, carriers) for place, issue in enumerate(state.rules.issues)]


Carrier = tuple[str, Mapping[int, str], tuple[str, ...]]
"""Id of a draft or amendment, the options it carries by place of the issue, the seats behind it."""


def _carriers(state: GameState, on_floor: Draft) -> list[Carrier]:
    """Open drafts and amendments beside the basis: where they differ, the text shows brackets (rule 2.4)."""
    drafts: list[Carrier] = [
        (draft.id, dict(enumerate(draft.package)), (draft.author, *draft.cosponsors))
        for draft in state.drafts.values()
        if draft.open and draft is not on_floor and not draft.fallback
    ]
    places = state.rules.issue_place
    amendments: list[Carrier] = [
        (one.id, {places[issue]: option for issue, option in one.changes}, (one.proposer,))
        for one in state.amendments.values()
        if one.status == "open" and state.drafts[one.draft].open
    ]
    return drafts + amendments


def _paragraph(rules: Rules, place: int, issue: str, on_floor: Draft, carriers: list[Carrier]) -> shape.ParagraphView:
    said = on_floor.package[place]
    behind: dict[str, set[str]] = {said: {on_floor.author, *on_floor.cosponsors}}
    sources: dict[str, list[str]] = {}
    for identifier, options, seats in carriers:
        option = options.get(place)
        if option is None:
            continue
        behind.setdefault(option, set()).update(seats)
        if option != said:
            sources.setdefault(option, []).append(identifier)
    # a seat that proposes another wording of this paragraph is not behind the one it would replace
    for option in sources:
        behind[said] -= behind[option] - {on_floor.author}
    return {
        "issue": issue,
        "option": said,
        "seats": list(rules.in_table_order(behind[said])),
        "alternatives": [
            {"option": option, "seats": list(rules.in_table_order(behind[option])), "sources": sources[option]}
            for option in rules.options[issue]
            if option in sources
        ],
    }


# --- silence, objections, polls


def _rungs(rungs: Mapping[str, TakenRung]) -> dict[str, shape.RungView]:
    return {
        seat: {"rung": taken.rung, "issues": list(taken.issues), "text": taken.text, "at": taken.at}
        for seat, taken in rungs.items()
    }


def _silence(silence: Silence | None) -> shape.SilenceView | None:
    if silence is None:
        return None
    return {
        "draft": silence.draft,
        "revision": silence.revision,
        "opened_by": silence.opened_by,
        "opened_at": silence.opened_at,
        "deadline": silence.deadline,
        "extended": silence.extended,
        "fallback": silence.fallback,
        "rungs": _rungs(silence.rungs),
    }


def _closed_silence(closed: ClosedSilence) -> shape.ClosedSilenceView:
    return {
        "draft": closed.silence.draft,
        "revision": closed.silence.revision,
        "result": closed.result,
        "at": closed.at,
        "objection": closed.objection,
        "reason": closed.reason,
        "rungs": _rungs(closed.silence.rungs),
    }


def _objections(state: GameState, memo: Memo) -> dict[str, shape.ObjectionView]:
    return {
        one.id: memo.of(("objection", one.id), (one, state.deals, state.news), _objection, state, one)
        for one in state.objections.values()
    }


def _objection(state: GameState, one: Objection) -> shape.ObjectionView:
    return {
        "id": one.id,
        "seat": one.seat,
        "draft": one.draft,
        "revision": one.revision,
        "issues": list(one.issues),
        "reason": one.reason,
        "lift": one.lift,
        "lifted_by": list(one.lifted_by),
        "titles": titles_of_lifts(state, one),
        "lifted": is_lifted(state, one),
        "withdrawn": one.withdrawn,
        "at": one.at,
    }


def _poll(poll: Poll | None) -> shape.PollView | None:
    # rule 3.3: nothing of the answers shows before the poll closes, not even how many there are
    if poll is None:
        return None
    return {"id": poll.id, "draft": poll.draft, "revision": poll.revision, "closes_at": poll.closes_at}


def _poll_result(poll: Poll) -> shape.PollResultView:
    return {"id": poll.id, "draft": poll.draft, "revision": poll.revision, "answers": dict(poll.answers)}


# --- rooms and the record


def room_view(state: GameState, room: Room, memo: Memo) -> shape.RoomView:
    """A room with its last messages."""
    return memo.of(("room", room.id), (room,), _room, state, room, memo)


def _room(state: GameState, room: Room, memo: Memo) -> shape.RoomView:
    return {
        "seats": list(room.seats),
        "readers": readers(state, room.id),
        "messages": memo.grown(("messages", room.id), room.messages, _message, KEPT),
    }


def readers(state: GameState, room: str) -> list[str]:
    """Who can read a room beside its seats; shown before anybody writes (rule 5.2)."""
    if room in PUBLIC_ROOMS:
        return ["everybody"]
    if room.startswith("facilitator:"):
        return ["facilitator"]
    if state.kind != "exercise" or state.reading == "never":
        return []
    facilitator = "facilitator" if state.reading == "live" else "facilitator after the end"
    return [facilitator, "everybody if it is opened"]


def _press(state: GameState) -> dict[str, shape.PressView]:
    return {id: {"name": name} for id, name in state.press.items()}


def _message(message: Message) -> shape.MessageView:
    return {
        "seat": message.seat,
        "member": message.member,
        "at": message.at,
        "text": message.text,
        "refs": list(message.refs),
    }


def record_entry(entry: Recorded) -> shape.RecordEntry:
    """An entry of the record of the meeting, with the fields of its event."""
    fields: dict[str, Any] = entry.event.model_dump(mode="json")
    by = entry.by
    return {
        "at": entry.at,
        "by": by.seat,
        "member": by.id if by.kind == "member" else None,
        "stand_in": by.is_stand_in,
        "undone": entry.undone,
        "type": fields.pop("type"),
        "event": fields,
    }


# --- the end


def _adopted(state: GameState) -> shape.AdoptionView | None:
    adopted: Adoption | None = state.adopted
    if adopted is None:
        return None
    return {
        "draft": adopted.draft,
        "revision": adopted.revision,
        "package": state.rules.package_dict(adopted.package),
        "at": adopted.at,
        "fallback": adopted.fallback,
        "rungs": _rungs(adopted.rungs),
        "communique": communique(state.rules, adopted),
    }


def _outcome(state: GameState) -> shape.OutcomeView | None:
    outcome: Outcome | None = state.outcome
    if outcome is None:
        return None
    figures = outcome.figures
    history = figures["history"]
    view: shape.OutcomeView = {
        "ending": outcome.ending,
        "package": state.rules.package_dict(outcome.package),
        "adopted": outcome.adopted,
        "breaks": figures["breaks"],
        "world": outcome.world,
        "scores": figures["scores"],
        "mean": figures["mean"],
        "figures": figures["figures"],
        "benchmark": figures["benchmark"],
        "checklist": figures["checklist"],
        "worlds": {world: world_as_it_came_out(state.rules, world, figures) for world in figures["worlds"]},
        "prospects": prospects_view(state.rules, figures["prospects"]),
        "history": history_view(state.rules, history),
        "explained": explained(state.rules),
        "titles": _titles(state.rules),
        "opened": _opened(state, outcome) if state.opened else {},
    }
    return view


def _titles(rules: Rules) -> dict[str, str]:
    scenario = rules.scenario
    return {
        **{rule.id: rule.title for rule in (*scenario.scores, *scenario.figures)},
        **{mark.id: mark.title for mark in scenario.benchmark.checklist},
        **{grade.id: grade.sentence for grade in scenario.benchmark.grades},
        **{line.id: line.title for line in scenario.red_lines},
        **{other.id: other.sentence for other in scenario.accession.others},
        # accession asks allies that have no seat at this table (rule 1.2); nothing else in the view names them
        **{id: seat.name for id, seat in scenario.seats.items() if id not in rules.seats},
    }


def _opened(state: GameState, outcome: Outcome) -> dict[str, shape.OpenedView]:
    return {
        seat: {
            **cast(shape.ResultView, result),
            "red_lines": [line.id for line in state.rules.seats[seat].red_lines],
            "betrayals": [betrayal_view(one) for one in state.betrayals if one.seat == seat],
        }
        for seat, result in outcome.results.items()
    }


_PARTS: Mapping[str, Callable[[GameState, Memo], object]] = {
    "game": lambda state, memo: memo.of("game", (state.host, state.policy), _game, state),
    "scenario": lambda state, memo: memo.of("scenario", (state.rules,), _scenario, state.rules),
    "clock": lambda state, memo: memo.of("clock", (state.clock,), _clock, state),
    "seats": lambda state, memo: memo.of("seats", (state.seats, state.members, state.places), _seats, state, memo),
    "drafts": lambda state, memo: memo.of("drafts", (state.drafts,), _drafts, state, memo),
    "amendments": lambda state, memo: memo.of("amendments", (state.amendments,), _amendments, state, memo),
    "positions": lambda state, memo: memo.of("positions", (state.positions,), positions_view, state.positions, memo),
    "floor": lambda state, memo: memo.of("floor", (state.drafts, state.amendments, state.named_basis), _floor, state),
    "silence": lambda state, memo: memo.of("silence", (state.silence,), _silence, state.silence),
    "silences": lambda state, memo: memo.grown("silences", state.silences, _closed_silence, KEPT),
    "objections": lambda state, memo: memo.of(
        "objections", (state.objections, state.deals, state.news), _objections, state, memo
    ),
    "deals": lambda state, memo: memo.of("deals", (state.deals,), public_deals, state),
    "complements": lambda state, memo: memo.of("complements", (state.complements,), complements_view, state, memo),
    "world": lambda state, memo: memo.of("world", (state.effects, state.outcome), world_view, state),
    "news": lambda state, memo: memo.grown("news", state.news, news_view, KEPT),
    "poll": lambda state, memo: memo.of("poll", (state.poll,), _poll, state.poll),
    "polls": lambda state, memo: memo.grown("polls", state.polls, _poll_result, KEPT),
    "rooms": lambda state, memo: {name: room_view(state, room, memo) for name, room in state.public_rooms.items()},
    "record": lambda state, memo: memo.grown("record", state.record, record_entry, KEPT),
    "adopted": lambda state, memo: memo.of("adopted", (state.adopted,), _adopted, state),
    "press": lambda state, memo: memo.of("press", (state.press,), _press, state),
    "opened": lambda state, memo: memo.of(
        "opened",
        (state.shown, state.outcome, state.deals, state.promises, state.betrayals, state.rooms),
        opened_view,
        state,
        memo,
        room_view,
    ),
    "outcome": lambda state, memo: memo.of("outcome", (state.outcome, state.opened), _outcome, state),
}
"""Every field of the public half, and what of a state it is built from. Nothing else is public."""
