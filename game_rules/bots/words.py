"""What stand-ins say: short, to the point, and about the text alone. Public reasons only (rule 9.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from game_rules.memo import Memo


class Words:
    """Sentences about issues and options in the scenario's own labels, from the public half of a view."""

    def __init__(self, scenario: Mapping[str, Any]) -> None:
        self._titles = {issue["id"]: issue["title"] for issue in scenario["issues"]}
        self._labels = {
            (issue["id"], option["id"]): option["label"] for issue in scenario["issues"] for option in issue["options"]
        }

    def issues(self, issues: Sequence[str]) -> str:
        titles = [self._titles[issue].lower() for issue in issues]
        return ", ".join(titles[:-1]) + (" and " if len(titles) > 1 else "") + titles[-1] if titles else "the text"

    def change(self, changes: Mapping[str, str]) -> str:
        return "; ".join(
            f"{self._titles[issue].lower()}: {self._labels[issue, option].lower()}" for issue, option in changes.items()
        )

    def objection(self, package: Mapping[str, str], issues: Sequence[str]) -> str:
        said = self.change({issue: package[issue] for issue in issues})
        return f"Our capital cannot agree to this wording ({said})."

    def lift(self, cure: Mapping[str, str] | None) -> str:
        return (
            f"We could join the others on this: {self.change(cure)}." if cure else "We would need a different way in."
        )

    def amendment(self, changes: Mapping[str, str]) -> str:
        return f"With this we could live with the text: {self.change(changes)}."

    def tabled(self, package: Mapping[str, str], ranked: str) -> str:
        return f"We have tabled a draft ({self._labels[ranked, package[ranked]].lower()}). We look for cosponsors."

    def opening_silence(self) -> str:
        return "I hear no objection to this text. I put it under silence."

    def word_given(self) -> str:
        return "We have what we asked for. We will not stand in the way of this text."


def words_of(scenario: Mapping[str, Any]) -> Words:
    """The words of a scenario: made once while it is the same object, which it is as long as a game is played."""
    return _MEMO.of(Words, (scenario,), Words, scenario)


_MEMO = Memo()
