"""One turn of a stand-in: from a view to the few commands it wishes now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from game_rules.bots.chair import presides
from game_rules.bots.looking import package_objected_to, progress_of
from game_rules.bots.mind import Mind
from game_rules.bots.trading import Trader
from game_rules.bots.words import Words, words_of
from game_rules.messages import Command
from game_rules.procedures.drafting import (
    AnswerAmendment,
    Cosponsor,
    ProposeAmendment,
    TableDraft,
    WithdrawDraft,
)
from game_rules.procedures.positions import AnswerPoll, StatePosition
from game_rules.procedures.silence import BreakSilence, TakeRung, WithdrawObjection
from game_rules.procedures.talk import PostMessage
from game_rules.state import Position

Looked = Mapping[str, Any]
Wish = tuple[Command, ...]
DRAFTS_ON_THE_FLOOR = 4
COSPONSORS_TO_BE_DISCUSSED = 2
"""rule 9.4: stand-ins speak of the basis and of drafts with two cosponsors, and of nothing else."""


def turn(view: Looked, mind: Mind) -> tuple[Command, ...]:
    """The one thing a bot wishes now, with the sentence it says to it, if any. The view is its own seat's."""
    if view["public"]["clock"]["status"] != "running":
        return ()
    table = _Table(view, mind)
    return next(table.presiding() if table.kind == "chair" else table.wishes(), ())


def deputy_turn(view: Looked, mind: Mind) -> tuple[Command, ...]:
    """A deputy starts nothing: it answers a straw poll and the amendments to a draft left in its care (rule 1.6)."""
    if view["public"]["clock"]["status"] != "running":
        return ()
    table = _Table(view, mind)
    return next(chain(table.answered_poll(), table.answered_amendments()), ())


def last_word(view: Looked, mind: Mind) -> tuple[Command, ...]:
    """What a deputy says at the last moment of a silence: a break on a crossed red line, else nothing (rule 1.6)."""
    table = _Table(view, mind)
    silence = view["public"]["silence"]
    if silence is None or view["private"]["can"]["acts"].get("break_silence", "") is not None:
        return ()
    return next(table.broken_silence(silence, below_reservation=False), ())


class _Table:
    """The room as one delegation sees it."""

    def __init__(self, view: Looked, mind: Mind) -> None:
        self.view = view
        self.public: Looked = view["public"]
        self.private: Looked = view["private"]
        self.can: Looked = self.private["can"]
        self.mind = mind
        self.kind = mind.kind
        self.trader = Trader(view, mind)

    @property
    def words(self) -> Words:
        return words_of(self.public["scenario"])

    @property
    def progress(self) -> Fraction:
        """How much of the agenda's negotiation is over, 0 to 1, by phases."""
        return progress_of(self.public)

    def presiding(self) -> Iterator[Wish]:
        """The chair's: the meeting first, then the deals that need its signature."""
        yield from presides(self.view, self.mind)
        yield from self.trader.answered_offers()
        yield from self.trader.made_offers()

    def wishes(self) -> Iterator[Wish]:
        silence = self.public["silence"]
        if silence is not None and self.kind == "voting":
            yield from self._under(silence)
        yield from self.answered_poll()
        yield from self.answered_amendments()
        yield from self._withdrawn_objections()
        yield from self._tabled_draft()
        yield from self._positions()
        yield from self.trader.answered_offers()
        yield from self._amendments()
        yield from self._cosponsorship()
        yield from self.trader.wishes()
        yield from self._cleared_floor()

    def may(self, act: str) -> bool:
        return act in self.can["acts"] and self.can["acts"][act] is None

    def may_on(self, draft: str, act: str) -> bool:
        offered = self.can["drafts"].get(draft, {})
        return act in offered and offered[act] is None

    # --- under silence

    def _under(self, silence: Looked) -> Iterator[Wish]:
        if self.may("break_silence"):
            yield from self.broken_silence(silence, below_reservation=True)
        yield from self._associated(silence)

    def broken_silence(self, silence: Looked, *, below_reservation: bool) -> Iterator[Wish]:
        """A break when the text crosses an own line or, if asked, is worse than no text."""
        draft = self.public["drafts"][silence["draft"]]
        package = self.mind.package(draft["package"])
        crossed = self.mind.objections(package)
        worse = below_reservation and self.mind.points(package) < self.mind.reservation
        if not crossed and not worse:
            return
        issues = self._issues_behind(draft)
        yield (
            BreakSilence(
                type="break_silence",
                draft=draft["id"],
                revision=draft["revision"],
                issues=tuple(issues),
                reason=self.words.objection(draft["package"], issues),
                lift=self.words.lift(self.mind.smallest_cure(package)),
                lifted_by=tuple(f"deal:{deal}" for deal in self.trader.lifting(package)),
            ),
        )

    def _associated(self, silence: Looked) -> Iterator[Wish]:
        """A text that a delegation worked for gets its name on record."""
        draft = self.public["drafts"][silence["draft"]]
        stands_behind = self.mind.seat in (draft["author"], *draft["cosponsors"])
        if not stands_behind or not self.may("take_rung") or self.mind.seat in silence["rungs"]:
            return
        if not self._across_own_lines(self.mind.package(draft["package"])):
            yield (TakeRung(type="take_rung", draft=draft["id"], revision=draft["revision"], rung="associate"),)

    def _issues_behind(self, draft: Looked) -> list[str]:
        """The issues its objection rests on; the ranked issue stands for a text that is only not worth having."""
        named = self.mind.issues_behind(self.mind.package(draft["package"]))
        ordered = [issue["id"] for issue in self.public["scenario"]["issues"] if issue["id"] in named]
        return ordered[:3] or [self.public["scenario"]["issues"][0]["id"]]

    # --- answers

    def answered_poll(self) -> Iterator[Wish]:
        poll = self.public["poll"]
        if poll is None or not self.may("answer_poll") or self.private["answer"] is not None:
            return
        draft = self.public["drafts"][poll["draft"]]
        yield (AnswerPoll(type="answer_poll", poll=poll["id"], position=self._judged(draft)),)

    def answered_amendments(self) -> Iterator[Wish]:
        """Takes in what keeps its red lines and its reservation, whole or issue by issue; declines the rest."""
        offered = self.can["amendments"]
        for identifier in offered:
            amendment = self.public["amendments"][identifier]
            own = self.public["drafts"][amendment["draft"]]["author"] == self.mind.seat
            if own and offered[identifier]["answer_amendment"] is None:
                yield (self._answer(amendment),)

    def _answer(self, amendment: Looked) -> Command:
        draft = self.public["drafts"][amendment["draft"]]
        package = self.mind.package(draft["package"])
        settled = {issue for past in draft["history"] for issue in self._moved(past["package"], draft["package"])}
        accepted: dict[str, str] = {}
        for changes in (amendment["changes"], *({issue: new} for issue, new in amendment["changes"].items())):
            whole = self.mind.changed(package, {**accepted, **changes})
            # what was settled once is not opened again: two delegations must not pull one sentence to and fro
            if whole != package and settled.isdisjoint(changes) and self._acceptable(whole):
                accepted |= changes
        return AnswerAmendment(type="answer_amendment", amendment=amendment["id"], accept=tuple(accepted))

    def _moved(self, before: Looked, after: Looked) -> Iterator[str]:
        return (issue for issue, option in after.items() if before[issue] != option)

    def _acceptable(self, package: tuple[str, ...]) -> bool:
        return self.mind.consistent(package) and self.mind.can_live_with(package)

    def _withdrawn_objections(self) -> Iterator[Wish]:
        """Takes back an objection whose cause is gone: a deal was signed, or its capital thinks otherwise by now."""
        for identifier, objection in self.public["objections"].items():
            if objection["seat"] != self.mind.seat or objection["withdrawn"]:
                continue
            if self.can["objections"][identifier]["withdraw_objection"] is not None:
                continue
            package = package_objected_to(self.public, objection)
            if self.mind.can_live_with(self.mind.package(package)):
                yield (WithdrawObjection(type="withdraw_objection", objection=identifier),)

    # --- on the floor

    def _tabled_draft(self) -> Iterator[Wish]:
        if self.public["adopted"] is not None:
            return
        eager = self.mind.temper("eager to write", 3) == 0 or self.kind == "principal"
        if not eager or self._has_written() or self._floor_is_full() or not self.may("table_draft"):
            return
        best = self.mind.best
        options = {issue["id"]: option for issue, option in zip(self.public["scenario"]["issues"], best, strict=True)}
        if self._across_own_lines(best) or not self.mind.consistent(best) or self._stands(options):
            return
        ranked = self.public["scenario"]["issues"][0]["id"]
        yield (TableDraft(type="table_draft", package=options), *self._said(self.words.tabled(options, ranked)))

    def _said(self, text: str) -> Wish:
        return (PostMessage(type="post_message", room="plenary", text=text),) if self.may("post_message") else ()

    def _floor_is_full(self) -> bool:
        on_floor = [draft for draft in self.public["drafts"].values() if draft["status"] == "open"]
        return len(on_floor) >= DRAFTS_ON_THE_FLOOR

    def _has_written(self) -> bool:
        return any(draft["author"] == self.mind.seat for draft in self.public["drafts"].values())

    def _across_own_lines(self, package: tuple[str, ...]) -> bool:
        return bool(self.mind.objections(package))

    def _stands(self, options: Looked) -> bool:
        return any(draft["package"] == options for draft in self.public["drafts"].values())

    def _discussed(self) -> list[Looked]:
        """The basis, and drafts with two cosponsors (rule 9.4)."""
        basis = self.public["floor"]["basis"]
        return [
            draft
            for draft in self.public["drafts"].values()
            if draft["status"] == "open"
            and (draft["id"] == basis or len(draft["cosponsors"]) >= COSPONSORS_TO_BE_DISCUSSED)
        ]

    def _positions(self) -> Iterator[Wish]:
        for draft in self._discussed():
            said = self.public["positions"].get(draft["id"], {}).get(self.mind.seat)
            stands_behind = self.mind.seat in (draft["author"], *draft["cosponsors"])
            is_silent = said is None or said["revision"] != draft["revision"]
            if is_silent and not stands_behind and self.may_on(draft["id"], "state_position"):
                yield (self._position(draft),)

    def _position(self, draft: Looked) -> Command:
        judged = self._judged(draft)
        objects = judged == "would_object"
        package = self.mind.package(draft["package"])
        issues: Sequence[str] = self._issues_behind(draft) if objects else ()
        if judged == "concern":
            issues = self._sorest(draft)
        return StatePosition(
            type="state_position",
            draft=draft["id"],
            revision=draft["revision"],
            position=judged,
            issues=tuple(issues),
            reason=self.words.objection(draft["package"], issues) if objects else None,
            lift=self.words.lift(self.mind.smallest_cure(package)) if objects else None,
        )

    def _judged(self, draft: Looked) -> Position:
        package = self.mind.package(draft["package"])
        if self.mind.objections(package):
            return "would_object"
        points = self.mind.points(package)
        if points < self.mind.reservation:
            return "concern"
        return "support" if points >= self.mind.aspiration(self.progress) else "can_accept"

    def _sorest(self, draft: Looked) -> list[str]:
        """The open issue where another wording would give it most."""
        package = self.mind.package(draft["package"])
        ideal = self.private["brief"]["ideal"]
        gains = [
            (self.mind.points(self.mind.changed(package, {issue["id"]: ideal[issue["id"]]})), issue["id"])
            for issue in self.public["scenario"]["issues"]
            if issue["fixed"] is None
        ]
        return [max(gains, key=lambda gain: gain[0])[1]]

    def _amendments(self) -> Iterator[Wish]:
        """One amendment a revision of the basis: the smallest change that would let it live with the text."""
        basis = self.public["floor"]["basis"]
        if basis is None or not self.may_on(basis, "propose_amendment"):
            return
        draft = self.public["drafts"][basis]
        if self._has_proposed(draft):
            return
        package = self.mind.package(draft["package"])
        judged = self._judged(draft)
        if judged == "would_object":
            cure = self.mind.smallest_cure(package)
        else:
            cure = self.mind.best_step(package) if judged == "concern" else None
        if cure is not None:
            proposed = ProposeAmendment(
                type="propose_amendment",
                draft=draft["id"],
                revision=draft["revision"],
                changes=cure,
                note=self.words.amendment(cure),
            )
            yield (proposed,)

    def _has_proposed(self, draft: Looked) -> bool:
        return any(
            one["proposer"] == self.mind.seat and one["draft"] == draft["id"] and one["revision"] == draft["revision"]
            for one in self.public["amendments"].values()
        )

    def _cosponsorship(self) -> Iterator[Wish]:
        """Lends its name to the draft it values most, if that is worth more than half of what it came for."""
        if any(self.mind.seat in draft["cosponsors"] for draft in self.public["drafts"].values()):
            return
        drafts = [draft for draft in self.public["drafts"].values() if self.may_on(draft["id"], "cosponsor")]
        if not drafts:
            return
        favourite = max(drafts, key=lambda draft: self.mind.points(self.mind.package(draft["package"])))
        if self._judged(favourite) == "support":
            yield (Cosponsor(type="cosponsor", draft=favourite["id"], revision=favourite["revision"]),)

    def _cleared_floor(self) -> Iterator[Wish]:
        """Takes back an own draft that nobody joined once the room works on a text it can live with."""
        basis = self.public["floor"]["basis"]
        if basis is None or self.public["clock"]["phase"] == "consultations":
            return
        for draft in self.public["drafts"].values():
            lonely = draft["author"] == self.mind.seat and draft["id"] != basis and not draft["cosponsors"]
            if lonely and self.may_on(draft["id"], "withdraw_draft") and self._goes_along(basis):
                yield (WithdrawDraft(type="withdraw_draft", draft=draft["id"], revision=draft["revision"]),)

    def _goes_along(self, draft: str) -> bool:
        return self._judged(self.public["drafts"][draft]) in ("support", "can_accept")
