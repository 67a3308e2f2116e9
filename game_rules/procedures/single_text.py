"""The chair's single negotiating text: accepted language, folded into one draft of its own (rule 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from game_rules import rejections as no
from game_rules.messages import Actor, Command, DraftId, Event, Id, IssueId
from game_rules.procedures.drafting import (
    DraftRevised,
    DraftTabled,
    basis,
    changed_package,
    next_draft_id,
    open_draft_of,
    read_package,
    why_not_consistent,
    why_not_current,
    why_not_open,
    why_not_thawed,
)
from game_rules.procedures.standing import act, demand, why_not_across_own_line, why_not_preside
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.state import Amendment, Draft, Folded, GameState


class FoldLanguage(Command):
    """Takes sentences of a draft or of an accepted amendment into the chair's own text (rule 2.3).

    The chair's open draft is revised; without one, the basis with these sentences is tabled as the chair's.
    `revision` is the one the source showed (rule 2.5).
    """

    type: Literal["fold_language"]
    formal_act: ClassVar[bool] = True
    source: Id
    revision: int
    issues: tuple[Id, ...]


def accepted_language(source: Draft | Amendment, issues: tuple[IssueId, ...]) -> dict[IssueId, str]:
    """Option by issue of what the source's author stands by; `issues` are the scenario's, in its order.

    rule 2.3: "the author accepts or declines, whole or issue by issue; the chair may fold accepted language". A draft
    is its author's word in every sentence. Of an amendment only what the author took in is; what is still asked
    for, or was declined, is one delegation's wish.
    """
    if isinstance(source, Draft):
        return dict(zip(issues, source.package, strict=True))
    return {issue: option for issue, option in source.changes if issue in source.accepted}


@act("draft")
def why_not_fold_language(state: GameState, by: Actor, source: Draft | Amendment) -> Refusal | None:
    """The chair, from an open draft of somebody else's or an amendment that was taken in, into a text that may change.

    There must be something to fold into: the chair's own draft or the basis.
    """
    refusal = why_not_preside(state, by) or _why_not_a_source(source, by)
    if refusal is not None:
        return refusal
    into = _own_text(state) or basis(state)
    if into is None or into.fallback:
        return refuse(no.FOLD_NEEDS_A_BASIS)
    return why_not_thawed(state, into) if into.author == by.seat else None


def _why_not_a_source(source: Draft | Amendment, by: Actor) -> Refusal | None:
    if isinstance(source, Amendment):
        return None if source.accepted else refuse(no.FOLD_NOT_ACCEPTED, source=source.id, issues=())
    return refuse(no.OWN_DRAFT, draft=source.id) if source.author == by.seat else why_not_open(source)


def text_to_change(state: GameState) -> DraftId | None:
    """What would be folded into now: the chair's own open draft, else the basis."""
    into = _own_text(state) or basis(state)
    return into.id if into is not None else None


def _own_text(state: GameState) -> Draft | None:
    return open_draft_of(state, state.rules.chair)


def fold_language(state: GameState, command: FoldLanguage, by: Actor) -> tuple[Event, ...]:
    source = _find_source(state, command.source)
    demand(why_not_fold_language(state, by, source) or _why_not_as_seen(state, source, command.revision))
    language = accepted_language(source, state.rules.issues)
    named = tuple(issue for issue in state.rules.issues if issue in command.issues)
    if not named or not set(command.issues) <= language.keys():
        raise Rejected(refuse(no.FOLD_NOT_ACCEPTED, source=source.id, issues=tuple(language)))
    changes = {issue: language[issue] for issue in named}
    folded = Folded(source.id, named)
    own = _own_text(state)
    return _revised(state, own, changes, folded) if own is not None else _tabled(state, changes, folded)


def _revised(state: GameState, own: Draft, changes: Mapping[IssueId, str], folded: Folded) -> tuple[Event, ...]:
    package = changed_package(state, own.package, changes)
    demand(why_not_across_own_line(state, own.author, package))
    return (DraftRevised(draft=own.id, revision=own.revision + 1, package=package, folded=folded),)


def _tabled(state: GameState, changes: Mapping[IssueId, str], folded: Folded) -> tuple[Event, ...]:
    """The basis with these sentences, as the chair's own. Folded from the basis itself it is taken over unchanged."""
    on_floor = basis(state)
    assert on_floor is not None  # the predicate has seen to it
    package = read_package(state, {**state.rules.package_dict(on_floor.package), **changes})
    chair = state.rules.chair
    demand(why_not_consistent(state, package) or why_not_across_own_line(state, chair, package))
    return (DraftTabled(draft=next_draft_id(state), author=chair, package=package, folded=folded),)


def _find_source(state: GameState, source: str) -> Draft | Amendment:
    found = state.drafts.get(source) or state.amendments.get(source)
    if found is None:
        raise Rejected(refuse(no.FOLD_SOURCE_UNKNOWN, source=source))
    return found


def _why_not_as_seen(state: GameState, source: Draft | Amendment, revision: int) -> Refusal | None:
    if isinstance(source, Draft):
        return why_not_current(state, source, revision)
    if source.revision == revision:  # an amendment stays as it was put, against the revision it was put against
        return None
    said = tuple(f"{issue}={option}" for issue, option in source.changes)
    return refuse(no.DRAFT_STALE, draft=source.draft, revision=revision, current=source.revision, options=said)
