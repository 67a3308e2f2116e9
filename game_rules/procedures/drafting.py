"""The text on the floor: drafts, cosponsors, revisions, amendments and the basis (rules 2.1 to 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.messages import EVERYONE, Actor, Audience, Command, DraftId, Event, Id, IssueId, Reason, SeatId, TextId
from game_rules.procedures.standing import (
    act,
    demand,
    numbered,
    why_not_across_own_line,
    why_not_preside,
    why_not_vote,
    why_not_write,
)
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import Package
from game_rules.state import Amendment, Draft, Folded, GameState, Revision

# --- commands


class TableDraft(Command):
    """Puts a package on the floor. Issues the cast has fixed may be left out."""

    type: Literal["table_draft"]
    formal_act: ClassVar[bool] = True
    package: Mapping[Id, Id]


class ReviseDraft(Command):
    type: Literal["revise_draft"]
    formal_act: ClassVar[bool] = True
    draft: Id
    revision: int
    changes: Mapping[Id, Id]


class WithdrawDraft(Command):
    type: Literal["withdraw_draft"]
    draft: Id
    revision: int


class Cosponsor(Command):
    type: Literal["cosponsor"]
    draft: Id
    revision: int


class WithdrawCosponsorship(Command):
    type: Literal["withdraw_cosponsorship"]
    draft: Id
    revision: int


class ProposeAmendment(Command):
    """Asks the author to change one or several issues of a draft (rule 2.3)."""

    type: Literal["propose_amendment"]
    texts: ClassVar[tuple[str, ...]] = ("note",)
    draft: Id
    revision: int
    changes: Mapping[Id, Id]
    note: Reason | None = None


class WithdrawAmendment(Command):
    type: Literal["withdraw_amendment"]
    amendment: Id


class SplitAmendment(Command):
    """The proposer turns an amendment of several issues into one amendment for each."""

    type: Literal["split_amendment"]
    amendment: Id


class AnswerAmendment(Command):
    """The author takes in the named issues; none of them means declined."""

    type: Literal["answer_amendment"]
    formal_act: ClassVar[bool] = True
    amendment: Id
    accept: tuple[Id, ...]


class NameBasis(Command):
    """The chair names the draft that the room works on (rule 2.2)."""

    type: Literal["name_basis"]
    draft: Id


# --- events. stored: renaming needs an upcaster


class DraftTabled(Event):
    type: Literal["draft_tabled"] = "draft_tabled"
    draft: DraftId
    author: SeatId
    package: Package
    folded: Folded | None = None

    def audience(self) -> Audience:
        return EVERYONE


class DraftRevised(Event):
    type: Literal["draft_revised"] = "draft_revised"
    draft: DraftId
    revision: int
    package: Package
    amendment: str | None = None
    folded: Folded | None = None

    def audience(self) -> Audience:
        return EVERYONE


class DraftWithdrawn(Event):
    type: Literal["draft_withdrawn"] = "draft_withdrawn"
    draft: DraftId

    def audience(self) -> Audience:
        return EVERYONE


class DraftCosponsored(Event):
    type: Literal["draft_cosponsored"] = "draft_cosponsored"
    draft: DraftId
    seat: SeatId

    def audience(self) -> Audience:
        return EVERYONE


class CosponsorshipWithdrawn(Event):
    type: Literal["cosponsorship_withdrawn"] = "cosponsorship_withdrawn"
    draft: DraftId
    seat: SeatId

    def audience(self) -> Audience:
        return EVERYONE


class AmendmentProposed(Event):
    type: Literal["amendment_proposed"] = "amendment_proposed"
    texts: ClassVar[tuple[str, ...]] = ("note",)
    amendment: str
    draft: DraftId
    revision: int
    proposer: SeatId
    changes: tuple[tuple[IssueId, str], ...]
    note: TextId | None = None

    def audience(self) -> Audience:
        return EVERYONE


class AmendmentWithdrawn(Event):
    type: Literal["amendment_withdrawn"] = "amendment_withdrawn"
    amendment: str

    def audience(self) -> Audience:
        return EVERYONE


class AmendmentSplit(Event):
    type: Literal["amendment_split"] = "amendment_split"
    amendment: str
    parts: tuple[str, ...]

    def audience(self) -> Audience:
        return EVERYONE


class AmendmentAnswered(Event):
    type: Literal["amendment_answered"] = "amendment_answered"
    amendment: str
    accepted: tuple[IssueId, ...]

    def audience(self) -> Audience:
        return EVERYONE


class BasisNamed(Event):
    type: Literal["basis_named"] = "basis_named"
    draft: DraftId

    def audience(self) -> Audience:
        return EVERYONE


# --- the basis


def basis(state: GameState) -> Draft | None:
    """The draft the room works on: the one the chair named, else the open one with most cosponsors, else the first."""
    named = state.drafts.get(state.named_basis) if state.named_basis else None
    if named is not None and named.open:
        return named
    return max(
        (draft for draft in state.drafts.values() if draft.open and not draft.fallback),
        key=lambda draft: len(draft.cosponsors),
        default=None,
    )  # max keeps the first of equals, and drafts stand in the order they were tabled: ties go to the earliest


def open_draft_of(state: GameState, seat: SeatId) -> Draft | None:
    return next((d for d in state.drafts.values() if d.open and d.author == seat and not d.fallback), None)


# --- what is in a package


def read_package(state: GameState, options: Mapping[IssueId, str]) -> Package:
    """One option for each issue, in the scenario's order; fixed issues are filled in. Raises Rejected."""
    for issue in options:
        if issue not in state.rules.issue_place:
            raise Rejected(refuse(no.ISSUE_UNKNOWN, issue=issue, issues=state.rules.issues))
    fixed = state.rules.cast.fixed
    whole = {**fixed, **options}
    missing = tuple(issue for issue in state.rules.issues if issue not in whole)
    if missing:
        raise Rejected(refuse(no.ISSUE_MISSING, issues=missing))
    for issue, option in whole.items():
        if option not in state.rules.options[issue]:
            raise Rejected(refuse(no.OPTION_UNKNOWN, issue=issue, option=option, options=state.rules.options[issue]))
        if fixed.get(issue, option) != option:
            raise Rejected(refuse(no.ISSUE_FIXED, issue=issue, option=fixed[issue]))
    return tuple(whole[issue] for issue in state.rules.issues)


def changed_package(state: GameState, package: Package, changes: Mapping[IssueId, str]) -> Package:
    """The package with these issues changed. Raises Rejected when nothing changes or the result cannot be tabled."""
    changed = read_package(state, {**state.rules.package_dict(package), **changes})
    if changed == package:
        raise Rejected(refuse(no.NOTHING_CHANGES))
    demand(why_not_consistent(state, changed))
    return changed


def why_not_consistent(state: GameState, package: Package) -> Refusal | None:
    """An inconsistent package cannot be tabled; the refusal names each rule and every option involved (rule 2.1)."""
    broken = state.evaluator.broken_rules(package)
    if not broken:
        return None
    involved = dict(pair for rule in broken for pair in rule.options)
    options = tuple(f"{issue}={involved[issue]}" for issue in state.rules.issues if issue in involved)
    return refuse(no.INCONSISTENT, rules=tuple(rule.id for rule in broken), options=options)


# --- predicates


def find_draft(state: GameState, draft: DraftId) -> Draft:
    found = state.drafts.get(draft)
    if found is None:
        raise Rejected(refuse(no.DRAFT_UNKNOWN, draft=draft))
    return found


def find_amendment(state: GameState, amendment: str) -> Amendment:
    found = state.amendments.get(amendment)
    if found is None:
        raise Rejected(refuse(no.AMENDMENT_UNKNOWN, amendment=amendment))
    return found


def why_not_open(draft: Draft) -> Refusal | None:
    return None if draft.open else refuse(no.DRAFT_WITHDRAWN, draft=draft.id)


def why_not_current(state: GameState, draft: Draft, revision: int) -> Refusal | None:
    """A command that speaks of a draft names the revision its author saw; else it is shown the text now (rule 2.5).

    `options` are the sentences that are new since the revision that was named; all of them if there never was one.
    """
    if revision == draft.revision:
        return None
    seen = draft.revisions[revision - 1].package if 0 < revision < draft.revision else (None,) * len(draft.package)
    new = tuple(
        f"{issue}={now}"
        for issue, before, now in zip(state.rules.issues, seen, draft.package, strict=True)
        if now != before
    )
    return refuse(no.DRAFT_STALE, draft=draft.id, revision=revision, current=draft.revision, options=new)


def why_not_thawed(state: GameState, draft: Draft) -> Refusal | None:
    # rule 2.6: while a revision is under silence it is frozen
    if state.silence is not None and state.silence.draft == draft.id:
        return refuse(no.DRAFT_FROZEN, draft=draft.id)
    return None


def why_not_author(draft: Draft, by: Actor) -> Refusal | None:
    return None if draft.author == by.seat else refuse(no.DRAFT_NOT_YOURS, author=draft.author)


@act("draft")
def why_not_table_draft(state: GameState, by: Actor) -> Refusal | None:
    refusal = why_not_write(state, by)
    if refusal is not None or by.seat is None:
        return refusal
    own = open_draft_of(state, by.seat)
    return refuse(no.ONE_OPEN_DRAFT, draft=own.id) if own else None


@act("draft")
def why_not_change_draft(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    """Revising and withdrawing are the author's, while the draft is open and not under silence."""
    return why_not_author(draft, by) or why_not_open(draft) or why_not_thawed(state, draft)


def why_not_ally(state: GameState, by: Actor) -> Refusal | None:
    # rule 1.1: the principal is not counted among cosponsors
    if by.seat is not None and state.rules.seats[by.seat].kind == "principal":
        return refuse(no.PRINCIPAL_IS_NO_COSPONSOR, seat=by.seat)
    return None


@act("draft")
def why_not_cosponsor(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    refusal = why_not_ally(state, by) or why_not_vote(state, by) or why_not_open(draft) or why_not_thawed(state, draft)
    if refusal is not None:
        return refusal
    if draft.author == by.seat:
        return refuse(no.OWN_DRAFT, draft=draft.id)
    if by.seat in draft.cosponsors:
        return refuse(no.ALREADY_COSPONSOR, draft=draft.id)
    return why_not_across_own_line(state, by.seat or "", draft.package)


@act("draft")
def why_not_withdraw_cosponsorship(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    refusal = why_not_open(draft) or why_not_thawed(state, draft)
    if refusal is not None:
        return refusal
    return None if by.seat in draft.cosponsors else refuse(no.NOT_COSPONSOR, draft=draft.id)


@act("draft")
def why_not_propose_amendment(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    refusal = why_not_write(state, by) or why_not_open(draft) or why_not_thawed(state, draft)
    if refusal is not None:
        return refusal
    return refuse(no.OWN_DRAFT, draft=draft.id) if draft.author == by.seat else None


@act("draft")
def why_not_withdraw_amendment(state: GameState, by: Actor, amendment: Amendment) -> Refusal | None:
    if amendment.proposer != by.seat:
        return refuse(no.AMENDMENT_NOT_YOURS, proposer=amendment.proposer)
    return why_not_pending(state, amendment)


def why_not_pending(state: GameState, amendment: Amendment) -> Refusal | None:
    if amendment.status != "open" or not state.drafts[amendment.draft].open:
        return refuse(no.AMENDMENT_CLOSED, amendment=amendment.id)
    return None


@act("draft")
def why_not_split_amendment(state: GameState, by: Actor, amendment: Amendment) -> Refusal | None:
    refusal = why_not_withdraw_amendment.own(state, by, amendment)
    if refusal is not None:
        return refusal
    return None if len(amendment.changes) > 1 else refuse(no.AMENDMENT_WHOLE, amendment=amendment.id)


@act("draft", answers=True)
def why_not_answer_amendment(state: GameState, by: Actor, amendment: Amendment) -> Refusal | None:
    draft = state.drafts[amendment.draft]
    if draft.author != by.seat:
        return refuse(no.AMENDMENT_NOT_ANSWERABLE, author=draft.author)
    return why_not_pending(state, amendment) or why_not_thawed(state, draft)


@act("draft", answers=True)
def why_not_take_in(state: GameState, by: Actor, amendment: Amendment) -> Refusal | None:
    """Taking an amendment in whole: the draft as it would read goes together and suits its author (rules 2.1, 4.8)."""
    refusal = why_not_answer_amendment.own(state, by, amendment)
    if refusal is not None:
        return refusal
    try:
        package = changed_package(state, state.drafts[amendment.draft].package, dict(amendment.changes))
    except Rejected as rejected:
        return rejected.refusal
    return why_not_across_own_line(state, by.seat or "", package)


@act("draft")
def why_not_name_basis(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
    refusal = why_not_preside(state, by) or why_not_open(draft)
    if refusal is not None:
        return refusal
    return refuse(no.ALREADY_BASIS, draft=draft.id) if state.named_basis == draft.id else None


# --- deciding


def _seat(by: Actor) -> SeatId:
    assert by.seat is not None  # every predicate above has seen to it
    return by.seat


def next_draft_id(state: GameState) -> DraftId:
    return numbered("d", len(state.drafts) + 1, state)


def _next_amendment_ids(state: GameState, draft: DraftId, count: int = 1) -> tuple[str, ...]:
    taken = sum(amendment.draft == draft for amendment in state.amendments.values())
    return tuple(numbered(f"{draft}.a", taken + number, state) for number in range(1, count + 1))


def table_draft(state: GameState, command: TableDraft, by: Actor) -> tuple[Event, ...]:
    demand(why_not_table_draft(state, by))
    package = read_package(state, command.package)
    demand(why_not_consistent(state, package) or why_not_across_own_line(state, _seat(by), package))
    return (DraftTabled(draft=next_draft_id(state), author=_seat(by), package=package),)


def revise_draft(state: GameState, command: ReviseDraft, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_change_draft(state, by, draft) or why_not_current(state, draft, command.revision))
    package = changed_package(state, draft.package, command.changes)
    demand(why_not_across_own_line(state, _seat(by), package))
    return (DraftRevised(draft=draft.id, revision=draft.revision + 1, package=package),)


def withdraw_draft(state: GameState, command: WithdrawDraft, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_change_draft(state, by, draft) or why_not_current(state, draft, command.revision))
    return (DraftWithdrawn(draft=draft.id),)


def cosponsor(state: GameState, command: Cosponsor, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_cosponsor(state, by, draft) or why_not_current(state, draft, command.revision))
    return (DraftCosponsored(draft=draft.id, seat=_seat(by)),)


def withdraw_cosponsorship(state: GameState, command: WithdrawCosponsorship, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_withdraw_cosponsorship(state, by, draft) or why_not_current(state, draft, command.revision))
    return (CosponsorshipWithdrawn(draft=draft.id, seat=_seat(by)),)


def propose_amendment(state: GameState, command: ProposeAmendment, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_propose_amendment(state, by, draft) or why_not_current(state, draft, command.revision))
    amended = changed_package(state, draft.package, command.changes)
    demand(why_not_across_own_line(state, _seat(by), amended, already=draft.package))
    changes = tuple(
        (issue, new) for issue, old, new in zip(state.rules.issues, draft.package, amended, strict=True) if old != new
    )
    (identifier,) = _next_amendment_ids(state, draft.id)
    return (
        AmendmentProposed(
            amendment=identifier,
            draft=draft.id,
            revision=draft.revision,
            proposer=_seat(by),
            changes=changes,
            note=command.note,
        ),
    )


def withdraw_amendment(state: GameState, command: WithdrawAmendment, by: Actor) -> tuple[Event, ...]:
    amendment = find_amendment(state, command.amendment)
    demand(why_not_withdraw_amendment(state, by, amendment))
    return (AmendmentWithdrawn(amendment=amendment.id),)


def split_amendment(state: GameState, command: SplitAmendment, by: Actor) -> tuple[Event, ...]:
    amendment = find_amendment(state, command.amendment)
    demand(why_not_split_amendment(state, by, amendment))
    parts = _next_amendment_ids(state, amendment.draft, len(amendment.changes))
    return (AmendmentSplit(amendment=amendment.id, parts=parts),)


def answer_amendment(state: GameState, command: AnswerAmendment, by: Actor) -> tuple[Event, ...]:
    amendment = find_amendment(state, command.amendment)
    demand(why_not_answer_amendment(state, by, amendment))
    proposed = tuple(issue for issue, _ in amendment.changes)
    if not set(command.accept) <= set(proposed):
        raise Rejected(refuse(no.AMENDMENT_ISSUES, issues=proposed))
    accepted = tuple(issue for issue in proposed if issue in command.accept)
    answered = AmendmentAnswered(amendment=amendment.id, accepted=accepted)
    if not accepted:
        return (answered,)
    draft = state.drafts[amendment.draft]
    changes = {issue: option for issue, option in amendment.changes if issue in accepted}
    package = changed_package(state, draft.package, changes)
    demand(why_not_across_own_line(state, _seat(by), package))
    revised = DraftRevised(draft=draft.id, revision=draft.revision + 1, package=package, amendment=amendment.id)
    return (answered, revised)


def name_basis(state: GameState, command: NameBasis, by: Actor) -> tuple[Event, ...]:
    draft = find_draft(state, command.draft)
    demand(why_not_name_basis(state, by, draft))
    return (BasisNamed(draft=draft.id),)


# --- folding


def _with_draft(state: GameState, draft: Draft) -> GameState:
    return replace(state, drafts={**state.drafts, draft.id: draft})


def _with_amendment(state: GameState, amendment: Amendment) -> GameState:
    return replace(state, amendments={**state.amendments, amendment.id: amendment})


def draft_tabled(state: GameState, event: DraftTabled, at: int) -> GameState:
    draft = Draft(event.draft, event.author, (Revision(event.package, at, folded=event.folded),))
    return _with_draft(state, draft)


def draft_revised(state: GameState, event: DraftRevised, at: int) -> GameState:
    draft = state.drafts[event.draft]
    revisions = (*draft.revisions, Revision(event.package, at, event.amendment, event.folded))
    return _with_draft(state, replace(draft, revisions=revisions))


def draft_withdrawn(state: GameState, event: DraftWithdrawn) -> GameState:
    return _with_draft(state, replace(state.drafts[event.draft], open=False))


def draft_cosponsored(state: GameState, event: DraftCosponsored) -> GameState:
    draft = state.drafts[event.draft]
    cosponsors = state.rules.in_table_order({*draft.cosponsors, event.seat})
    return _with_draft(state, replace(draft, cosponsors=cosponsors))


def cosponsorship_withdrawn(state: GameState, event: CosponsorshipWithdrawn) -> GameState:
    draft = state.drafts[event.draft]
    left = tuple(seat for seat in draft.cosponsors if seat != event.seat)
    return _with_draft(state, replace(draft, cosponsors=left))


def amendment_proposed(state: GameState, event: AmendmentProposed, at: int) -> GameState:
    amendment = Amendment(event.amendment, event.draft, event.revision, event.proposer, event.changes, at, event.note)
    return _with_amendment(state, amendment)


def amendment_withdrawn(state: GameState, event: AmendmentWithdrawn) -> GameState:
    return _with_amendment(state, replace(state.amendments[event.amendment], status="withdrawn"))


def amendment_split(state: GameState, event: AmendmentSplit, at: int) -> GameState:
    whole = state.amendments[event.amendment]
    parts = {
        part: replace(whole, id=part, changes=(change,), at=at)
        for part, change in zip(event.parts, whole.changes, strict=True)
    }
    return replace(state, amendments={**state.amendments, whole.id: replace(whole, status="withdrawn"), **parts})


def amendment_answered(state: GameState, event: AmendmentAnswered) -> GameState:
    amendment = state.amendments[event.amendment]
    if not event.accepted:
        return _with_amendment(state, replace(amendment, status="declined"))
    whole = len(event.accepted) == len(amendment.changes)
    status: Literal["accepted", "partly"] = "accepted" if whole else "partly"
    return _with_amendment(state, replace(amendment, status=status, accepted=event.accepted))


def basis_named(state: GameState, event: BasisNamed) -> GameState:
    return replace(state, named_basis=event.draft)
