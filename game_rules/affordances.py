"""What a viewer may do now and, if not, why (rule 9.3).

The same predicates that `decide` demands are asked here, so a button that is offered works and a grey one says the
reason `decide` would give. Nothing but the actor's own view decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from game_rules.memo import WhenAsked
from game_rules.messages import Actor
from game_rules.procedures import (
    clock,
    complements,
    debriefing,
    delegation,
    drafting,
    ending,
    facilitation,
    injects,
    positions,
    press,
    promises,
    rewinding,
    seating,
    silence,
    single_text,
    talk,
    trade,
)
from game_rules.procedures.standing import ACT_KINDS, Act, ActKind, why_not_act
from game_rules.rejections import Refusal
from game_rules.scenario import Complement
from game_rules.state import Amendment, Draft, GameState, Objection, Offer, PendingAct

if TYPE_CHECKING:  # a view is built with what stands here: at run time it comes first
    from game_rules.memo import Memo
    from game_rules.view.shape import Affordance, AffordancesView

Acts: TypeAlias = "dict[str, Affordance]"

STEERING: dict[str, Callable[[GameState, Actor], Refusal | None]] = {
    "start_game": clock.why_not_start_game,
    "pause_game": clock.why_not_pause_game,
    "resume_game": clock.why_not_resume_game,
    "extend_phase": clock.why_not_extend_phase,
    "advance_phase": clock.why_not_advance_phase,
    "end_game": clock.why_not_end_game,
    "open_results": ending.why_not_open_results,
    "set_policy": seating.why_not_set_policy,
    "answer_absence": seating.why_not_answer_absence,
    "set_role": seating.why_not_set_roles,
    "remove_member": seating.why_not_remove_member,
    "move_member": seating.why_not_move_member,
    "open_instructions": debriefing.why_not_open_instructions,
    "open_trade": debriefing.why_not_open_trade,
}

FACILITATING: dict[str, Callable[[GameState, Actor], Refusal | None]] = {
    "take_place": facilitation.why_not_take_place,
    "leave_place": facilitation.why_not_leave_place,
    "grant_time": facilitation.why_not_grant_time,
    "rewind_game": rewinding.why_not_rewind_game,
    "open_rooms": debriefing.why_not_open_rooms,
    "annotate": debriefing.why_not_annotate,
    "write_inject": injects.why_not_direct,
}

PRESIDING: dict[str, Callable[[GameState, Actor], Refusal | None]] = {
    "open_poll": positions.why_not_call_poll,
    "extend_silence": silence.why_not_extend_silence,
    "cancel_silence": silence.why_not_cancel_silence,
    "put_fallback": silence.why_not_put_fallback,
}

OF_A_SEAT: dict[str, Callable[[GameState, Actor], Refusal | None]] = {
    "leave_seat": seating.why_not_leave_seat,
    "table_draft": drafting.why_not_table_draft,
    "answer_poll": positions.why_not_answer_poll,
    "answer_poll:consent": positions.why_not_answer_with_consent,
    "take_rung": silence.why_not_take_rung,
    "take_rung:associate": silence.why_not_associate,
    "break_silence": silence.why_not_break_silence,
    "make_promise": promises.why_not_promise,
    "make_promise:will_not_object": promises.why_not_promise_silence,
    "make_promise:will_cosponsor": promises.why_not_promise_backing,
    "post_message": talk.why_not_speak,
    "post_message:delegation": talk.why_not_speak_inside,
    "post_message:facilitator": talk.why_not_call_facilitator,
    "agree_inside": delegation.why_not_agree_inside,
    "strike_agreed": delegation.why_not_strike_agreed,
}

OF_A_FACILITATOR = {**STEERING, **FACILITATING, **PRESIDING}
OF_A_STAND_IN = {**PRESIDING, **OF_A_SEAT}
OF_A_DELEGATION = {**STEERING, **OF_A_STAND_IN}

_OFFERED = {"facilitator": OF_A_FACILITATOR, "bot": OF_A_STAND_IN, "deputy": OF_A_STAND_IN}

ON_A_DRAFT: dict[str, Callable[[GameState, Actor, Draft], Refusal | None]] = {
    "revise_draft": drafting.why_not_change_draft,
    "withdraw_draft": drafting.why_not_change_draft,
    "cosponsor": drafting.why_not_cosponsor,
    "withdraw_cosponsorship": drafting.why_not_withdraw_cosponsorship,
    "propose_amendment": drafting.why_not_propose_amendment,
    "name_basis": drafting.why_not_name_basis,
    "fold_language": single_text.why_not_fold_language,
    "state_position": positions.why_not_state_position,
    "state_position:consent": positions.why_not_consent,
    "open_poll": positions.why_not_open_poll,
    "open_silence": silence.why_not_open_silence,
}

ON_AN_AMENDMENT: dict[str, Callable[[GameState, Actor, Amendment], Refusal | None]] = {
    "withdraw_amendment": drafting.why_not_withdraw_amendment,
    "split_amendment": drafting.why_not_split_amendment,
    "answer_amendment": drafting.why_not_answer_amendment,
    "answer_amendment:whole": drafting.why_not_take_in,
    "fold_language": single_text.why_not_fold_language,
}

ON_A_PENDING_ACT: dict[str, Callable[[GameState, Actor, PendingAct], Refusal | None]] = {
    "sign_act": delegation.why_not_sign_act,
    "drop_act": delegation.why_not_drop_act,
}

ON_AN_OBJECTION: dict[str, Callable[[GameState, Actor, Objection], Refusal | None]] = {
    "withdraw_objection": silence.why_not_withdraw_objection,
}

ON_AN_OFFER: dict[str, Callable[[GameState, Actor, Offer], Refusal | None]] = {
    "sign_offer": trade.why_not_sign_offer,
    "decline_offer": trade.why_not_decline_offer,
    "withdraw_from_offer": trade.why_not_withdraw_from_offer,
}

ON_A_DEAL: dict[str, Callable[[GameState, Actor, str], Refusal | None]] = {
    "offer_deals": trade.why_not_offer_deal,
}


ON_A_COMPLEMENT: dict[str, Callable[[GameState, Actor, Complement], Refusal | None]] = {
    "sign_complement": complements.why_not_sign_complement,
    "withdraw_signature": complements.why_not_withdraw_signature,
}

ON_AN_INJECT: dict[str, Callable[[GameState, Actor, injects.Planned], Refusal | None]] = {
    "fire_inject": injects.why_not_fire,
    "hold_inject": injects.why_not_hold,
    "release_inject": injects.why_not_release,
    "skip_inject": injects.why_not_skip,
    "edit_inject": injects.why_not_edit,
}


def affordances(state: GameState, by: Actor | None, memo: Memo) -> AffordancesView:
    """Everything the viewer could wish, each with None (it may) or the refusal it would get.

    Drafts, amendments and objections that are closed offer nothing and are left out. A viewer without a seat or a
    game to steer (`by` is None) may do nothing.
    """
    if by is None or by.kind == "press":
        nothing: AffordancesView = {
            "acts": {},
            "drafts": {},
            "amendments": {},
            "objections": {},
            "offers": {},
            "deals": {},
            "complements": {},
            "injects": {},
            "pending": {},
        }
        return nothing if by is None else {**nothing, "acts": _of_the_press(state, by)}
    if by.is_stand_in:
        return cast("AffordancesView", _asked_when_needed(state, by, memo))
    moment = (
        state.clock,
        state.silence,
        state.seats,
        state.members,
        state.host,
        state.adopted,
        state.objections,
        state.silences,
        state.outcome,
        state.opened,
        state.shown,
        state.places,
        state.pending,
        state.named_basis,
        state.poll and state.poll.id,
        state.deals,
        state.complements,
        state.effects,
        state.news,
    )
    own = state.agreed.get(by.seat or "")
    things = (state.drafts, state.amendments, state.offers, state.injects, own)
    return memo.of("can", (by, *moment, *things), _all, state, by, memo, moment)


def _of_the_press(state: GameState, by: Actor) -> Acts:
    refusal = press.why_not_publish(state, by)
    return {"post_message": None if refusal is None else cast("Affordance", refusal.to_json())}


def _all(state: GameState, by: Actor, memo: Memo, moment: tuple[object, ...]) -> AffordancesView:
    drafts = state.drafts
    standing = memo.of("standing", (by, *moment), _standing, state, by)
    into = single_text.text_to_change(state) if by.seat == state.rules.chair else None
    return {
        "acts": memo.of("acts", (by, *moment, *_own_things(state, by)), _acts, state, by, standing),
        "drafts": {
            one.id: memo.of(("draft", one.id), (by, *moment, one, into), _on, state, by, one, ON_A_DRAFT, standing)
            for one in drafts.values()
            if one.open
        },
        "amendments": {
            one.id: memo.of(
                ("amendment", one.id),
                (by, *moment, one, drafts[one.draft], into),
                _on,
                state,
                by,
                one,
                ON_AN_AMENDMENT,
                standing,
            )
            for one in state.amendments.values()
            if _is_offered(state, by, one)
        },
        "objections": {
            one.id: memo.of(("objection", one.id), (by, *moment, one), _on, state, by, one, ON_AN_OBJECTION, standing)
            for one in state.objections.values()
            if not one.withdrawn
        },
        "offers": {
            one.id: memo.of(("offer", one.id), (by, *moment, one), _on, state, by, one, ON_AN_OFFER, standing)
            for one in _open_offers(state, by)
        },
        "deals": {
            deal: memo.of(("deal", deal), (by, *moment, state.offers), _on, state, by, deal, ON_A_DEAL, standing)
            for deal in _own_deals(state, by)
        },
        "complements": {
            one.id: memo.of(("complement", one.id), (by, *moment), _on, state, by, one, ON_A_COMPLEMENT, standing)
            for one in _open_complements(state, by)
        },
        "injects": {one.id: _on(state, by, one, ON_AN_INJECT, standing) for one in _listed_injects(state, by)},
        "pending": {
            one.id: memo.of(("pending", one.id), (by, *moment, one), _on, state, by, one, ON_A_PENDING_ACT, standing)
            for one in state.pending.values()
            if one.seat == by.seat
        },
    }


def _open_offers(state: GameState, by: Actor) -> Iterator[Offer]:
    return (one for one in state.offers.values() if one.status == "open" and by.seat in one.parties)


def _open_complements(state: GameState, by: Actor) -> tuple[Complement, ...]:
    """What the delegation may sign, or not now; whoever has no seat signs nothing."""
    return state.rules.scenario.complements if by.seat is not None else ()


def _listed_injects(state: GameState, by: Actor) -> Iterator[injects.Planned]:
    """The facilitator's list, without what has come. Nobody else is shown that there is one."""
    planned = injects.plans(state) if by.kind == "facilitator" else iter(())
    return (one for one in planned if one.status != "fired")


def _own_deals(state: GameState, by: Actor) -> Iterator[str]:
    """The deals that the delegation signs in this cast."""
    return (deal for deal, parties in state.rules.deal_parties.items() if by.seat in parties)


def _is_offered(state: GameState, by: Actor, amendment: Amendment) -> bool:
    """An amendment that waits for its answer; to the chair also one that was taken in, for folding (rule 2.3)."""
    if amendment.status == "open":
        return state.drafts[amendment.draft].open
    return bool(amendment.accepted) and by.seat == state.rules.chair


def _asked_when_needed(state: GameState, by: Actor, memo: Memo) -> WhenAsked:
    """The same affordances, for a stand-in: nobody draws them, and no diff is made of them."""
    standing = memo.of("standing", (state.clock, state.seats, state.places), _standing_when_asked, state, by)

    def on(things: Mapping[str, Any], offered: Mapping[str, Callable[..., Refusal | None]]) -> WhenAsked:
        def of(identifier: str) -> WhenAsked:
            thing = things[identifier]
            return WhenAsked(offered, lambda name: _asked(offered[name], standing, state, by, thing))

        return WhenAsked(things, of)

    def part(name: str) -> WhenAsked:
        if name == "acts":
            return WhenAsked(OF_A_STAND_IN, lambda act: _asked(OF_A_STAND_IN[act], standing, state, by))
        things, offered = _THINGS[name]
        return on(things(state, by), offered)

    return WhenAsked(_PARTS, part)


def _standing_when_asked(state: GameState, by: Actor) -> WhenAsked:
    """As `_standing`, for a stand-in: a seat's place at the table and the clock decide, and seldom change."""
    return WhenAsked(ACT_KINDS, lambda kind: why_not_act(state, by, cast("ActKind", kind)))


_THINGS: Mapping[
    str, tuple[Callable[[GameState, Actor], Mapping[str, Any]], Mapping[str, Callable[..., Refusal | None]]]
] = {
    "drafts": (lambda state, by: {one.id: one for one in state.drafts.values() if one.open}, ON_A_DRAFT),
    "amendments": (
        lambda state, by: {one.id: one for one in state.amendments.values() if _is_offered(state, by, one)},
        ON_AN_AMENDMENT,
    ),
    "objections": (
        lambda state, by: {one.id: one for one in state.objections.values() if not one.withdrawn},
        ON_AN_OBJECTION,
    ),
    "offers": (lambda state, by: {one.id: one for one in _open_offers(state, by)}, ON_AN_OFFER),
    "deals": (lambda state, by: {deal: deal for deal in _own_deals(state, by)}, ON_A_DEAL),
    "complements": (lambda state, by: {one.id: one for one in _open_complements(state, by)}, ON_A_COMPLEMENT),
    "injects": (lambda state, by: {}, {}),
    "pending": (
        lambda state, by: {one.id: one for one in state.pending.values() if one.seat == by.seat},
        ON_A_PENDING_ACT,
    ),
}
"""What a stand-in may act on, by part of its affordances, and the acts."""

_PARTS = ("acts", *_THINGS)


Standing: TypeAlias = Mapping[ActKind, Refusal | None] | WhenAsked


def _standing(state: GameState, by: Actor) -> Standing:
    """What every act of a kind begins with, asked once."""
    return {kind: why_not_act(state, by, kind) for kind in ACT_KINDS}


def _own_things(state: GameState, by: Actor) -> tuple[object, ...]:
    """What acts without a thing of their own hang on: the delegation's draft, its list of what it agreed, and the text
    that a straw poll asks about.
    """
    own = drafting.open_draft_of(state, by.seat) if by.seat is not None else None
    asked = state.drafts[state.poll.draft] if state.poll is not None else None
    return own.id if own is not None else None, state.agreed.get(by.seat or ""), asked


def _acts(state: GameState, by: Actor, standing: Standing) -> Acts:
    """What hangs on no draft. A facilitator has no seat to act for; a delegation is not shown a facilitator's tools."""
    offered = _OFFERED.get(by.kind, OF_A_DELEGATION)
    if by.kind == "facilitator" and by.seat is not None:
        offered = {**OF_A_SEAT, **offered}  # rule 10: the seat whose place was taken acts by the facilitator
    acts = {
        name: _asked(why_not, standing, state, by) or _prepared(state, by, name, {})
        for name, why_not in offered.items()
    }
    if by.kind == "facilitator" and by.seat is None:
        acts["post_message"] = None
    return acts


def _on(
    state: GameState, by: Actor, thing: Any, offered: Mapping[str, Callable[..., Refusal | None]], standing: Standing
) -> Acts:
    return {
        name: _asked(why_not, standing, state, by, thing) or _prepared(state, by, name, _named(thing))
        for name, why_not in offered.items()
    }


def _prepared(state: GameState, by: Actor, type: str, about: Mapping[str, Any]) -> Affordance:
    """Whether the act, which could be done, waits for the head's signature already (rule 1.4)."""
    refusal = delegation.why_not_prepare(state, by, type, about)
    return None if refusal is None else cast("Affordance", refusal.to_json())


def _named(thing: Any) -> Mapping[str, Any]:
    """A thing as the commands about it name it."""
    match thing:
        case Draft():
            return {"draft": thing.id, "source": thing.id, "revision": thing.revision}
        case Amendment():
            return {"amendment": thing.id, "source": thing.id}
        case Offer():
            return {"offer": thing.id}
        case Complement():
            return {"complement": thing.id}
        case str():
            return {"deals": (thing,)}
        case _:
            return {}


def _asked(
    why_not: Callable[..., Refusal | None], standing: Standing, state: GameState, by: Actor, *things: Any
) -> Affordance:
    if isinstance(why_not, Act):
        refusal = standing[why_not.kind] or why_not.own(state, by, *things)
    else:
        refusal = why_not(state, by, *things)
    return None if refusal is None else refusal.to_json()  # type: ignore[return-value]
