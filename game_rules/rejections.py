"""Every way the rules say no: a stable code, the names of its parameters, and the rule behind it.

The sentence a person reads is in the client's catalogue; nothing here is shown as it stands. A code may not be
reused with another meaning: scripts and translations hang on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

Parameter = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A reason for refusal. `parameters` are the names `Refusal.params` must carry; `rule` is the rule it enforces."""

    name: str
    rule: str
    parameters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not allowed to this actor now: worked out from what the actor may see (rule 9.3)."""

    code: Code
    params: Mapping[str, Parameter] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As a frame carries it. Equal refusals give the same object: do not change it."""
        return _as_json(self.code, tuple(self.params.items())) if self.params else _bare_json(self.code.name)


@lru_cache(maxsize=4_096)
def _as_json(code: Code, params: tuple[tuple[str, Parameter], ...]) -> dict[str, Any]:
    shown = {key: list(value) if isinstance(value, tuple) else value for key, value in params}
    return {"code": code.name, "params": shown, "rule": code.rule}


@cache
def _bare_json(name: str) -> dict[str, Any]:
    return {"code": name, "params": {}, "rule": CODES[name].rule}


class Rejected(Exception):
    """Raised by `decide`: the rules forbid the command, and nothing changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.name)
        self.refusal = refusal


CODES: dict[str, Code] = {}


def _code(name: str, rule: str, *parameters: str) -> Code:
    code = Code(name, rule, frozenset(parameters))
    CODES[name] = code
    return code


def refuse(code: Code, **params: Parameter) -> Refusal:
    """A refusal with exactly the parameters its code names."""
    if params.keys() != code.parameters:
        raise TypeError(f"{code.name} takes {sorted(code.parameters)}, not {sorted(params)}")
    return Refusal(code, params) if params else _bare(code)


@cache
def _bare(code: Code) -> Refusal:
    return Refusal(code)


# who may act
NOT_SEATED = _code("seat.not_seated", "1.3")
ADVISERS_DO_NOT_ACT = _code("seat.adviser", "1.3")
DEPUTIES_START_NOTHING = _code("seat.deputy", "1.6")
STAND_IN_ONLY_WHILE_VACANT = _code("seat.not_vacant", "1.5", "seat")
SEAT_UNKNOWN = _code("seat.unknown", "1.2", "seat")
SEAT_TAKEN = _code("seat.taken", "1.3", "seat")
SEAT_EMPTY = _code("seat.empty", "1.5", "seat")
MEMBER_UNKNOWN = _code("seat.member_unknown", "1.3")
ALREADY_SEATED = _code("seat.already_seated", "1.3", "seat")
NOT_A_VOTER = _code("seat.no_vote", "1.1", "seat")
PRINCIPAL_IS_NO_COSPONSOR = _code("seat.principal_no_cosponsor", "1.1", "seat")
OBSERVERS_DO_NOT_DRAFT = _code("seat.observer_no_draft", "1.1", "seat")
CHAIR_ONLY = _code("seat.chair_only", "1.1")
FACILITATOR_ONLY = _code("game.facilitator_only", "10")
HOST_ONLY = _code("game.host_only", "10")
SERVER_ONLY = _code("game.server_only", "1.5")
ACT_UNKNOWN = _code("act.unknown", "1.4", "act")
HEAD_SIGNS = _code("act.head_signs", "1.4")
ACT_PREPARED = _code("act.prepared_already", "1.4")
ACT_NOT_YOURS = _code("act.not_yours", "1.4")
AGREED_UNKNOWN = _code("agreed.unknown", "1.3", "agreed")
AGREED_ENOUGH = _code("agreed.enough", "1.3", "most")
HEAD_CHOOSES_ROLES = _code("role.head_chooses", "1.3")
ROLE_UNCHANGED = _code("role.unchanged", "1.3", "role")
HEAD_NAMES_ANOTHER = _code("role.head_names_another", "1.4")
MEMBER_AWAY = _code("seat.member_away", "1.4")
MEMBER_THERE = _code("seat.member_there", "1.4")
ASK_NEEDS_FACILITATOR = _code("policy.ask_needs_facilitator", "1.6")
ABSENCE_NOT_ASKED = _code("absence.not_asked", "1.6")
# the game
GAME_EXISTS = _code("game.exists", "7.1")
NOT_CONFIRMED = _code("game.not_confirmed", "10")
CAST_UNKNOWN = _code("game.cast_unknown", "1.2", "cast", "casts")
CLOCK_OUT_OF_BOUNDS = _code("game.clock_out_of_bounds", "7.1", "least", "most")
NOT_STARTED = _code("game.not_started", "7.1")
ALREADY_STARTED = _code("game.already_started", "7.1")
PAUSED = _code("game.paused", "7.1")
NOT_PAUSED = _code("game.not_paused", "7.1")
GAME_OVER = _code("game.over", "8.1")
GAME_NOT_OVER = _code("game.not_over", "9.1")
ALREADY_OPEN = _code("game.already_open", "9.1")
PHASE_FORBIDS = _code("phase.forbids", "7.1", "act", "phase")
PHASE_WAITS_FOR_SILENCE = _code("phase.waits_for_silence", "4.2")
NOTHING_TO_ADVANCE_TO = _code("phase.last", "7.1")
PHASE_TIME_UP = _code("phase.time_up", "4.6", "phase")
EXTENSION_OUT_OF_BOUNDS = _code("phase.extension_out_of_bounds", "7.1", "least", "most")
# what a facilitator does
PLACE_HAS_PEOPLE = _code("place.has_people", "10", "seat")
PLACE_TAKEN_ALREADY = _code("place.taken_already", "10", "seat")
PLACE_NOT_TAKEN = _code("place.not_taken", "10")
MOMENT_UNKNOWN = _code("moment.unknown", "10", "moment")
MOMENT_NOT_IN_PLAY = _code("moment.not_in_play", "10", "moment")
MOMENT_UNDONE = _code("moment.undone", "10", "moment")
ROOMS_STAY_CLOSED = _code("room.stays_closed", "5.2")
PRESS_HAS_NO_NAME = _code("press.no_name", "1.1")
PRESS_KNOWN = _code("press.known", "1.1")
# drafts
DRAFT_UNKNOWN = _code("draft.unknown", "2.2", "draft")
DRAFT_WITHDRAWN = _code("draft.withdrawn", "2.2", "draft")
DRAFT_NOT_YOURS = _code("draft.not_yours", "2.2", "author")
DRAFT_STALE = _code("draft.stale_revision", "2.5", "draft", "revision", "current", "options")
DRAFT_FROZEN = _code("draft.under_silence", "2.6", "draft")
ONE_OPEN_DRAFT = _code("draft.one_open_draft", "2.2", "draft")
OWN_DRAFT = _code("draft.own", "2.2", "draft")
ALREADY_COSPONSOR = _code("draft.already_cosponsor", "2.2", "draft")
NOT_COSPONSOR = _code("draft.not_cosponsor", "2.2", "draft")
NOTHING_CHANGES = _code("draft.nothing_changes", "2.3")
ALREADY_BASIS = _code("draft.already_basis", "2.2", "draft")
ISSUE_UNKNOWN = _code("package.issue_unknown", "2.1", "issue", "issues")
OPTION_UNKNOWN = _code("package.option_unknown", "2.1", "issue", "option", "options")
ISSUE_MISSING = _code("package.issue_missing", "2.1", "issues")
ISSUE_FIXED = _code("package.issue_fixed", "1.2", "issue", "option")
INCONSISTENT = _code("package.inconsistent", "2.1", "rules", "options")
AMENDMENT_UNKNOWN = _code("amendment.unknown", "2.3", "amendment")
AMENDMENT_CLOSED = _code("amendment.closed", "2.3", "amendment")
AMENDMENT_NOT_YOURS = _code("amendment.not_yours", "2.3", "proposer")
AMENDMENT_NOT_ANSWERABLE = _code("amendment.author_answers", "2.3", "author")
AMENDMENT_ISSUES = _code("amendment.issues", "2.3", "issues")
AMENDMENT_WHOLE = _code("amendment.single_issue", "2.3", "amendment")
FOLD_SOURCE_UNKNOWN = _code("fold.source_unknown", "2.3", "source")
FOLD_NOT_ACCEPTED = _code("fold.not_accepted", "2.3", "source", "issues")
FOLD_NEEDS_A_BASIS = _code("fold.needs_a_basis", "2.3")
OWN_LINE = _code("strict.own_red_line", "4.8", "lines")
# positions
CONFESSIONAL_TO_SELF = _code("position.chair_has_no_confessional", "3.1")
CONCERN_NAMES_ISSUES = _code("position.concern_names_issues", "3.1")
OBJECTION_NEEDS_REASON = _code("position.objection_needs_reason", "3.1")
POLL_RUNNING = _code("poll.running", "3.3")
POLL_NOT_RUNNING = _code("poll.not_running", "3.3")
POLL_OUT_OF_BOUNDS = _code("poll.out_of_bounds", "3.3", "least", "most")
# silence
SILENCE_RUNNING = _code("silence.running", "4.2", "draft")
SILENCE_NOT_RUNNING = _code("silence.not_running", "4.2")
SILENCE_CLOSED = _code("silence.closed", "4.6")
SILENCE_OUT_OF_BOUNDS = _code("silence.out_of_bounds", "4.2", "least", "most")
SILENCE_NOT_YET = _code("silence.not_before_council", "4.2", "phase")
SILENCE_CHAIR_PRESENT = _code("silence.chair_opens", "4.2")
SILENCE_COSPONSORS = _code("silence.too_few_cosponsors", "4.2", "needed")
SILENCE_ONCE_A_SESSION = _code("silence.once_a_session", "4.2")
SILENCE_EXTENDED_ONCE = _code("silence.extended_once", "4.2")
SILENCE_BARRED = _code("silence.barred", "4.5", "objection", "seat")
SILENCE_ADOPTED_TEXT = _code("silence.already_adopted", "4.7", "draft")
FOOTNOTE_ISSUES = _code("silence.footnote_issues", "4.3", "most", "excluded")
RUNG_NEEDS_TEXT = _code("silence.rung_needs_text", "4.3", "rung")
BREAK_NEEDS_ISSUES = _code("silence.break_names_issues", "4.4")
RUNG_UNCHANGED = _code("silence.rung_unchanged", "4.3", "rung")
OBJECTION_UNKNOWN = _code("objection.unknown", "4.5", "objection")
OBJECTION_NOT_YOURS = _code("objection.not_yours", "4.5", "seat")
OBJECTION_WITHDRAWN = _code("objection.withdrawn", "4.5", "objection")
FALLBACK_NOT_DUE = _code("fallback.not_due", "8.1")
FALLBACK_STANDS = _code("fallback.stands", "8.1")
# trade
DEAL_UNKNOWN = _code("deal.unknown", "6.1", "deal")
DEAL_IN_FORCE = _code("deal.in_force", "6.1", "deal")
DEAL_NEEDS_MORE = _code("deal.needs_more", "6.1", "deal")
OFFER_IS_EMPTY = _code("offer.empty", "6.1")
OFFER_STANDS = _code("offer.stands", "6.1", "offer")
OFFER_UNKNOWN = _code("offer.unknown", "6.1", "offer")
OFFER_CLOSED = _code("offer.closed", "6.1", "offer")
OFFER_SIGNED = _code("offer.signed_already", "6.1", "offer")
OFFER_NOT_SIGNED = _code("offer.not_signed", "6.1", "offer")
PROMISE_TO_SELF = _code("promise.to_self", "6.3")
PROMISE_IS_EMPTY = _code("promise.empty", "6.3")
PROMISE_FORM = _code("promise.form", "6.3", "kind")
PROMISE_NOT_YOURS = _code("promise.not_yours_to_keep", "6.3", "kind")
PROMISE_UNTIL = _code("promise.until", "6.3", "phases")
LIFT_UNKNOWN = _code("objection.lift_unknown", "4.5", "reference")
LIFT_HAPPENED = _code("objection.lift_happened", "4.5", "reference")
# talk
ROOM_NOT_YOURS = _code("room.not_yours", "5.1")
ROOM_NEEDS_OTHERS = _code("room.needs_others", "5.1")
ROOM_SEATS_UNKNOWN = _code("room.seats_unknown", "5.1", "seats")
REFERENCE_UNKNOWN = _code("room.reference_unknown", "5.1", "reference")
NO_FACILITATOR = _code("room.no_facilitator", "5.1")
# complements
COMPLEMENT_UNKNOWN = _code("complement.unknown", "6.5", "complement")
COMPLEMENT_MODE = _code("complement.mode_unknown", "6.5", "complement", "modes")
COMPLEMENT_NO_DEFENCE = _code("complement.no_defence", "6.5", "complement")
COMPLEMENT_SIGNED = _code("complement.already_signed", "6.5", "complement")
COMPLEMENT_NOT_SIGNED = _code("complement.not_signed", "6.5", "complement")
COMPLEMENT_IN_FORCE = _code("complement.in_force", "6.5", "complement")
CHAIR_SIGNS_NOTHING = _code("complement.chair_signs_nothing", "6.5")
# news
INJECT_UNKNOWN = _code("inject.unknown", "7.3", "inject")
INJECT_HAS_COME = _code("inject.has_come", "7.3", "inject")
INJECT_STATUS = _code("inject.status", "7.3", "inject", "status")
INJECT_NAME_UNKNOWN = _code("inject.name_unknown", "7.3", "kind", "name")
INJECT_CONDITION = _code("inject.condition", "7.3", "reason")
INJECT_PUBLIC_EFFECTS = _code("inject.public_effects", "7.3", "kinds")
INJECT_OTHERS_INSTRUCTIONS = _code("inject.others_instructions", "7.3", "seats")
