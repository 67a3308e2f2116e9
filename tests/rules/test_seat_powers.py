"""What each kind of seat may do: the powers of rule 1.1 over every command of a delegation.

Council session, a draft of Poland's with an amendment and a cosponsor, one's own draft where one is needed, a silence
where one is needed. A `None` says that the rules allow it; otherwise the code of the refusal.
"""

from __future__ import annotations

from typing import Any

import pytest

from game_rules.messages import Actor
from game_rules.procedures.drafting import AmendmentProposed
from game_rules.procedures.positions import PollOpened
from game_rules.view import SPECTATOR, view
from tests.rules.harness import (
    HISTORICAL,
    MINUTE,
    NOON,
    SECOND,
    WITH_REVIEW,
    Fields,
    broken,
    cosponsored,
    created,
    given,
    in_phase,
    open_issues,
    tabled,
    under_silence,
)

pytestmark = pytest.mark.rule("1.1")

KINDS = {"voting": "HUN", "chair": "SG", "principal": "UKR", "observer": "SWE", "EU": "EU"}
"""One seat of each kind, and the European Union, which observes as Sweden does."""

SESSION = (*in_phase("council_1", NOON + 20 * MINUTE), tabled("POL"), *cosponsored("DEU"))
SILENT = (*SESSION, under_silence())
AMENDED = AmendmentProposed(
    amendment="d1.a1", draft="d1", revision=1, proposer="USA", changes=(("target_date", "review_next_summit"),)
)
OF = {"draft": "d1", "revision": 1}
OWN = {"draft": "d2", "revision": 1}

NO_VOTE, CHAIR_ONLY, OBSERVER = "seat.no_vote", "seat.chair_only", "seat.observer_no_draft"
CHAIR_OPENS, AUTHOR_ANSWERS = "silence.chair_opens", "amendment.author_answers"

Codes = tuple[str | None, str | None, str | None, str | None]


def row(type: str, fields: Fields, codes: Codes, history: tuple[Any, ...] = SESSION, own: bool = False) -> Any:
    """`codes` for ally, chair, principal and observers; `own`: each has tabled a draft of its own before."""
    return pytest.param(type, fields, codes, history, own, id=type + (" of its own" if own else ""))


TABLE = [
    #                                                    ally, chair, principal, observers
    row("table_draft", {"package": open_issues(HISTORICAL)}, (None, None, None, OBSERVER)),
    row("revise_draft", {**OWN, "changes": {"target_date": "review_next_summit"}}, (None,) * 3 + (OBSERVER,), own=True),
    row("withdraw_draft", OWN, (None,) * 3 + (OBSERVER,), own=True),
    row("cosponsor", OF, (None, NO_VOTE, "seat.principal_no_cosponsor", NO_VOTE)),
    row("propose_amendment", {**OF, "changes": {"target_date": "review_next_summit"}}, (None,) * 3 + (OBSERVER,)),
    row("answer_amendment", {"amendment": "d1.a1", "accept": []}, (AUTHOR_ANSWERS,) * 4, (*SESSION, AMENDED)),
    row("state_position", {**OF, "position": "support"}, (None,) * 4),
    row("state_position", {**OF, "position": "support", "in_confidence": True},
        (None, "position.chair_has_no_confessional", None, None)),
    row("name_basis", {"draft": "d1"}, (CHAIR_ONLY, None, CHAIR_ONLY, CHAIR_ONLY)),
    row("open_poll", {**OF, "seconds": 60}, (CHAIR_ONLY, None, CHAIR_ONLY, CHAIR_ONLY)),
    row("answer_poll", {"poll": "p1", "position": "support"}, (None, NO_VOTE, None, None),
        (*SESSION, PollOpened(poll="p1", draft="d1", revision=1, closes_at=NOON + MINUTE))),
    row("open_silence", {**OF, "seconds": 180}, (CHAIR_OPENS, None, CHAIR_OPENS, CHAIR_OPENS)),
    row("extend_silence", {"seconds": 60}, (CHAIR_ONLY, None, CHAIR_ONLY, CHAIR_ONLY), SILENT),
    row("cancel_silence", {"reason": "r"}, (CHAIR_ONLY, None, CHAIR_ONLY, CHAIR_ONLY), SILENT),
    row("take_rung", {**OF, "rung": "associate"}, (None, NO_VOTE, NO_VOTE, NO_VOTE), SILENT),
    row("break_silence", {**OF, "issues": ["path"], "reason": "r", "lift": "l"}, (None,) + (NO_VOTE,) * 3, SILENT),
    row("withdraw_objection", {"objection": "o1"}, ("objection.not_yours",) * 4, (*SILENT, broken("TUR"))),
    row("put_fallback", {}, (CHAIR_ONLY, "fallback.not_due", CHAIR_ONLY, CHAIR_ONLY)),
    row("post_message", {"room": "plenary", "text": "t"}, (None,) * 4),
    row("make_promise", {"to": "USA", "text": "t"}, (None,) * 4),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("type", "fields", "codes", "history", "own"), TABLE)
def test_what_each_kind_of_seat_may_do(
    type: str, fields: Fields, codes: Codes, history: tuple[Any, ...], own: bool, kind: str
) -> None:
    seat = KINDS[kind]
    code = codes[min(list(KINDS).index(kind), 3)]
    if own and code is not None:
        return  # no draft of its own to revise: it may not table one, as another row says
    theirs = (tabled(seat, WITH_REVIEW, "d2"),) if own else ()
    wish = {**fields, **({"changes": {"target_date": "none"}} if own and "changes" in fields else {})}
    given(*history, *theirs).when(type, by=seat, at=NOON + SECOND, **wish).decided(code)


@pytest.mark.parametrize(("type", "fields", "codes", "history", "own"), TABLE)
def test_whoever_only_watches_does_nothing(
    type: str, fields: Fields, codes: Codes, history: tuple[Any, ...], own: bool
) -> None:
    """A spectator has no seat, and a person without a seat has nothing to act for."""
    answer = given(*history).when(type, by=Actor("member", "passer-by"), **fields)
    assert answer.refusal is not None


def test_a_spectator_sees_what_is_public_and_is_offered_nothing() -> None:
    state = given(*SESSION, game=created()).state
    seen = view(state, SPECTATOR)
    assert seen["private"]["brief"] is None
    assert seen["private"]["us"] is None
    assert not any(seen["private"]["can"].values())


def test_the_principal_counts_as_nobody_at_the_table_of_allies() -> None:
    """No vote and no ladder, and not one of the allies whose every third makes a text."""
    voters = given().state.rules.voters
    assert set(voters).isdisjoint({"UKR", "SG", "SWE", "EU"})
