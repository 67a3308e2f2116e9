"""A bot in the chair: names a basis, opens silence when no public objection stands, puts the fallback (rule 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from game_rules.bots.looking import package_objected_to
from game_rules.bots.mind import Mind
from game_rules.bots.words import words_of
from game_rules.messages import Command
from game_rules.procedures.drafting import AnswerAmendment, NameBasis, ReviseDraft, TableDraft
from game_rules.procedures.silence import OpenSilence, PutFallback
from game_rules.procedures.talk import PostMessage

Looked = Mapping[str, Any]
Wish = tuple[Command, ...]
CONSENTING = ("support", "can_accept")
HEARD_SHARE = 2
"""Silence opens once every second ally has said where it stands; in the leaders' session it no longer waits."""


def presides(view: Looked, mind: Mind) -> Iterator[Wish]:
    """What the chair wishes now, most urgent first."""
    chair = _Chair(view, mind)
    yield from chair.put_fallback()
    if chair.public["silence"] is not None:
        return
    yield from chair.tabled_draft()
    yield from chair.folded_amendments()
    yield from chair.mended_draft()
    yield from chair.named_basis()
    yield from chair.opened_silence()


class _Chair:
    """The room as the chair sees it."""

    def __init__(self, view: Looked, mind: Mind) -> None:
        self.public: Looked = view["public"]
        self.private: Looked = view["private"]
        self.can: Looked = self.private["can"]
        self.mind = mind
        self.words = words_of(self.public["scenario"])
        self.voters = [seat["id"] for seat in self.public["scenario"]["seats"] if seat["kind"] == "voting"]
        self.phase = next(
            phase for phase in self.public["scenario"]["agenda"] if phase["id"] == self.public["clock"]["phase"]
        )

    def may(self, act: str) -> bool:
        return act in self.can["acts"] and self.can["acts"][act] is None

    def may_on(self, draft: str, act: str) -> bool:
        offered = self.can["drafts"].get(draft, {})
        return act in offered and offered[act] is None

    def put_fallback(self) -> Iterator[Wish]:
        if self.may("put_fallback"):
            yield (PutFallback(type="put_fallback"),)

    # --- a text of its own

    def own_draft(self) -> Looked | None:
        return next(
            (
                draft
                for draft in self.public["drafts"].values()
                if draft["author"] == self.mind.seat and draft["status"] == "open" and not draft["fallback"]
            ),
            None,
        )

    def tabled_draft(self) -> Iterator[Wish]:
        """A middle text for the room to work on, once some delegation has spoken or the Council sits."""
        waits = self.phase["kind"] == "consultations" and not self.public["drafts"]
        if not self.may("table_draft") or self.own_draft() is not None or waits:
            return
        issues = [issue["id"] for issue in self.public["scenario"]["issues"]]
        yield (TableDraft(type="table_draft", package=dict(zip(issues, self.mind.best, strict=True))),)

    def folded_amendments(self) -> Iterator[Wish]:
        """Takes into its own text what lifts an objection and moves no sentence that was moved before (rule 2.3)."""
        for identifier, offered in self.can["amendments"].items():
            if offered["answer_amendment"] is None:
                amendment = self.public["amendments"][identifier]
                accept = tuple(amendment["changes"]) if self._worth_folding(amendment) else ()
                yield (AnswerAmendment(type="answer_amendment", amendment=identifier, accept=accept),)

    def _worth_folding(self, amendment: Looked) -> bool:
        draft = self.public["drafts"][amendment["draft"]]
        moved = {
            issue
            for past in draft["history"]
            for issue, option in draft["package"].items()
            if past["package"][issue] != option
        }
        package = self.mind.package(draft["package"])
        changed = self.mind.changed(package, amendment["changes"])
        return moved.isdisjoint(amendment["changes"]) and changed != package and self.mind.consistent(changed)

    def mended_draft(self) -> Iterator[Wish]:
        """After a break: another wording of an issue the objector named, the least far from its own text (rule 4.5)."""
        draft = self.own_draft()
        if draft is None or not self.may_on(draft["id"], "revise_draft"):
            return
        objection = self._standing_objection(draft)
        if objection is None:
            return
        package = self.mind.package(draft["package"])
        barred = {self._objected_package(one) for one in self.public["objections"].values() if not one["withdrawn"]}
        candidates = [
            {issue["id"]: option["id"]}
            for issue in self.public["scenario"]["issues"]
            if issue["id"] in objection["issues"] and issue["fixed"] is None
            for option in issue["options"]
            if option["id"] != draft["package"][issue["id"]]
        ]
        possible = [
            (self.mind.points(changed), changes)
            for changes in candidates
            if self.mind.consistent(changed := self.mind.changed(package, changes)) and changed not in barred
        ]
        if possible:
            _, changes = max(possible, key=lambda one: one[0])
            yield (ReviseDraft(type="revise_draft", draft=draft["id"], revision=draft["revision"], changes=changes),)

    def _standing_objection(self, draft: Looked) -> Looked | None:
        return next(
            (
                one
                for one in self.public["objections"].values()
                if one["draft"] == draft["id"] and one["revision"] == draft["revision"] and not one["withdrawn"]
            ),
            None,
        )

    def _objected_package(self, objection: Looked) -> tuple[str, ...]:
        return self.mind.package(package_objected_to(self.public, objection))

    # --- procedure

    def _support(self, draft: Looked) -> tuple[int, int]:
        """Public objections (fewer is better, so negative) and allies that are known to go along."""
        said = self._said(draft)
        objecting = sum(position == "would_object" for position in said.values())
        behind = {seat for seat, position in said.items() if position in CONSENTING}
        return -objecting, len(behind | ({draft["author"], *draft["cosponsors"]} & set(self.voters)))

    def _said(self, draft: Looked) -> dict[str, str]:
        """Allies' positions on the revision that stands: what they told the room and, over it, the chair (rule 3.1)."""
        spoken = (self.public["positions"].get(draft["id"], {}), self.private["confessionals"].get(draft["id"], {}))
        latest: dict[str, Looked] = {}
        for positions in spoken:
            for seat, one in positions.items():
                if seat not in latest or one["at"] >= latest[seat]["at"]:
                    latest[seat] = one
        return {
            seat: one["position"]
            for seat, one in latest.items()
            if one["revision"] == draft["revision"] and seat in self.voters
        }

    def named_basis(self) -> Iterator[Wish]:
        """The text with the fewest objections; the one the room already works on stays while it is as good."""
        drafts = [draft for draft in self.public["drafts"].values() if draft["status"] == "open"]
        if not drafts:
            return
        basis = self.public["floor"]["basis"]
        own = self.own_draft()
        wanted = max(drafts, key=lambda draft: (*self._support(draft), draft is own))
        if own is not None and not self.public["floor"]["named_by_chair"]:
            wanted = own
        better = basis is None or self._support(wanted) > self._support(self.public["drafts"][basis])
        first = not self.public["floor"]["named_by_chair"]
        if (better or first) and self.may_on(wanted["id"], "name_basis"):
            yield (NameBasis(type="name_basis", draft=wanted["id"]),)

    def opened_silence(self) -> Iterator[Wish]:
        if self.public["adopted"] is not None:
            return
        ready = [draft for draft in self.public["drafts"].values() if self._ready(draft)]
        if not ready:
            return
        best = max(ready, key=self._support)
        opened = OpenSilence(
            type="open_silence",
            draft=best["id"],
            revision=best["revision"],
            seconds=self.public["scenario"]["silence"]["default_seconds"],
        )
        said = PostMessage(type="post_message", room="plenary", text=self.words.opening_silence())
        yield (opened, said) if self.may("post_message") else (opened,)

    def _ready(self, draft: Looked) -> bool:
        """No public objection stands, and enough allies have spoken; leaders do not wait for the others."""
        if not self.may_on(draft["id"], "open_silence"):
            return False
        said = self._said(draft)
        if self.phase["kind"] == "leaders":
            return bool(draft["id"] == self.public["floor"]["basis"])
        heard = set(said) | ({draft["author"], *draft["cosponsors"]} & set(self.voters))
        return "would_object" not in said.values() and len(heard) * HEARD_SHARE >= len(self.voters)
