"""The pages of the aftermath: each ending of the world, the chances over all of them, what really happened (8.2-8.10).

The figures were worked out once, when the outcome was reached; here the scenario's words are put beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game_rules.scenario import Scenario
from game_rules.state import Rules
from game_rules.terms import ScoreRule
from game_rules.view import shape


def world_as_it_came_out(rules: Rules, world: str, figures: Mapping[str, Any]) -> shape.EndingOfWarView:
    """What the text came to if the world went on so."""
    described = rules.scenario.outcome(world)
    there = figures["worlds"][world]
    return {
        "title": described.title,
        "story": described.story,
        "page": there["page"],
        "chance": _per_cent(rules, figures["chances"][world]),
        "scores": there["scores"],
        "mean": there["mean"],
        "terms": there["terms"],
        "figures": there["figures"],
        "questions": [
            {
                "id": question.id,
                "title": question.title,
                "section": question.section or "",
                "answer": there["answers"][question.id]["answer"],
                "sentence": there["answers"][question.id]["sentence"],
            }
            for question in rules.scenario.aftermath.questions
        ],
        "refusals": there["refusals"],
        "ratified": there["ratified"],
    }


def _per_cent(rules: Rules, parts: int) -> int:
    return parts * 100 // rules.scenario.aftermath.whole


def prospects_view(rules: Rules, prospects: Mapping[str, Any]) -> shape.ProspectsView:
    return {
        "answers": {
            question: {answer: _per_cent(rules, parts) for answer, parts in answers.items()}
            for question, answers in prospects["answers"].items()
        },
        "ratifies": {ally: _per_cent(rules, parts) for ally, parts in prospects["ratifies"].items()},
        "all_ratify": _per_cent(rules, prospects["all_ratify"]),
        "mean": prospects["mean"],
    }


def history_view(rules: Rules, judged: Mapping[str, Any]) -> shape.HistoryView:
    scenario = rules.scenario
    history = scenario.history
    return {
        "package": rules.package_dict(tuple(judged["package"])),
        "scores": judged["scores"],
        "mean": judged["mean"],
        "figures": judged["figures"],
        "benchmark": judged["benchmark"],
        "checklist": judged["checklist"],
        "title": history.title,
        "why": {choice.issue: choice.why for choice in history.choices},
        "confidence": {choice.issue: choice.confidence for choice in history.choices},
        "complements": [
            {
                "id": signed.name,
                "title": scenario.complement(signed.name).title,
                "mode": signed.mode,
                "status": signed.status,
                "signers": [scenario.seat(seat).name for seat in signed.signers],
            }
            for signed in history.complements
        ],
        "deals": [scenario.deal(deal).title for deal in history.deals],
        "promised_deals": [scenario.deal(deal).title for deal in history.promised_deals],
        "against_the_brief": list(history.against_the_brief),
        "later": [{"date": fact.date, "text": fact.text} for fact in history.later],
    }


def explained(rules: Rules) -> dict[str, dict[str, shape.TermView]]:
    """Which remark each term of each figure encodes, by the names that the figures' terms have."""
    return {rule.id: _terms(rule) for rule in _judged(rules.scenario)}


def _judged(scenario: Scenario) -> tuple[ScoreRule, ...]:
    return (*scenario.scores, *scenario.figures)


def _terms(rule: ScoreRule) -> dict[str, shape.TermView]:
    return {
        term.id if len(rule.groups) == 1 else f"{group.id}.{term.id}": {
            "section": term.section or "",
            "note": term.note or "",
        }
        for group in rule.groups
        for term in group.terms
    }
