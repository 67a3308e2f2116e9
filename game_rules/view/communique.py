"""The adopted text as it would be printed: numbered paragraphs, statements and footnotes (rules 2.2, 4.3, 4.7).

Sentences come from the scenario's options; what delegations wrote stays a text id. It knows nothing of points or
lines: a communiqué is public from the moment it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game_rules.messages import IssueId, SeatId
from game_rules.scenario import Package
from game_rules.state import Adoption, Rules, Rung, TakenRung
from game_rules.view import shape


def communique(rules: Rules, adopted: Adoption) -> shape.CommuniqueView:
    """The adopted package as a document.

    A paragraph an issue, in the scenario's order; an option without words gives none, and numbers run on without a
    gap. Footnotes are numbered as a reader meets them: by the first paragraph they hang on, then by the order of the
    table; those on issues the text is silent on come last.
    """
    scenario = rules.scenario
    sentences = _sentences(rules, adopted.package)
    numbers = {issue: number for number, issue in enumerate(sentences, start=1)}
    footnotes = _footnotes(_said(rules, adopted.rungs, "footnote"), numbers)
    return {
        "title": scenario.communique.title if scenario.communique else scenario.title,
        "opening": scenario.communique.opening if scenario.communique else "",
        "paragraphs": [
            {
                "number": numbers[issue],
                "issue": issue,
                "sentence": sentence,
                "footnotes": [note["number"] for note in footnotes if issue in note["issues"]],
            }
            for issue, sentence in sentences.items()
        ],
        "statements": [
            {"seat": seat, "text": taken.text or ""} for seat, taken in _said(rules, adopted.rungs, "statement")
        ],
        "footnotes": footnotes,
        "associated": [seat for seat, _ in _said(rules, adopted.rungs, "associate")],
    }


def _sentences(rules: Rules, package: Package) -> dict[IssueId, str]:
    """What the text says on each issue it speaks of."""
    said = (
        (issue.id, next(option.text for option in issue.options if option.id == chosen))
        for issue, chosen in zip(rules.scenario.issues, package, strict=True)
    )
    return {issue: text for issue, text in said if text}


def _said(rules: Rules, rungs: Mapping[SeatId, TakenRung], rung: Rung) -> list[tuple[SeatId, TakenRung]]:
    """Who stands on this rung of the ladder, in the order of the table."""
    return [(seat, rungs[seat]) for seat in rules.voters if seat in rungs and rungs[seat].rung == rung]


def _footnotes(said: Sequence[tuple[SeatId, TakenRung]], numbers: Mapping[IssueId, int]) -> list[shape.FootnoteView]:
    last = len(numbers) + 1
    met = sorted(said, key=lambda one: min(numbers.get(issue, last) for issue in one[1].issues))
    return [
        {
            "number": number,
            "seat": seat,
            "issues": list(taken.issues),
            "paragraphs": [numbers[issue] for issue in taken.issues if issue in numbers],
            "text": taken.text or "",
        }
        for number, (seat, taken) in enumerate(met, start=1)
    ]
