"""Complements as everybody sees them: what may be signed, who has, what is in force (rules 6.5, 9.1)."""

from __future__ import annotations

from game_rules.conditions import Roster
from game_rules.memo import Memo
from game_rules.procedures import around
from game_rules.procedures.complements import sheets_of
from game_rules.scenario import Complement, ComplementForm, CongressTest
from game_rules.state import CongressVote, GameState, OpenComplement, Rules, Sheet
from game_rules.view import shape
from game_rules.wording import missing_signatures, signature_rule, vote_in_words


def described(rules: Rules) -> list[shape.ComplementDescription]:
    """What nations may sign in this game, with the signature rules of its cast."""
    return [_described(rules, complement) for complement in rules.scenario.complements]


def _described(rules: Rules, complement: Complement) -> shape.ComplementDescription:
    return {
        "id": complement.id,
        "title": complement.title,
        "text": complement.text,
        "section": complement.section,
        "forms": [_form(rules, complement, form) for form in complement.forms],
        "may_promise_defence": complement.may_promise_defence,
        "congress_test": _test(complement.congress_test),
    }


def _form(rules: Rules, complement: Complement, form: ComplementForm) -> shape.ComplementFormView:
    rule = rules.evaluator.signature_rule(complement, form.mode)
    return {
        "mode": form.mode,
        "title": form.title,
        "text": form.text,
        "rule": signature_rule(rule, rules.scenario, _roster(rules)),
    }


def _test(test: CongressTest | None) -> str | None:
    return vote_in_words(test) if test is not None else None


def complements_view(state: GameState, memo: Memo) -> dict[str, shape.ComplementView]:
    """Every complement of the scenario with its sheets, signed or not."""
    return {
        one.id: memo.of(("complement", one.id), (state.complements.get(one.id),), _complement, state, one)
        for one in state.rules.scenario.complements
    }


def _complement(state: GameState, complement: Complement) -> shape.ComplementView:
    opened = state.complements.get(complement.id, OpenComplement())
    return {
        "sheets": [
            {
                "mode": sheet.mode,
                "defence": sheet.defence,
                "signers": list(state.rules.in_table_order(set(sheet.signers))),
                "missing": _missing(state, complement, sheet, opened),
                "in_force": sheet.in_force,
            }
            for sheet in sheets_of(state, complement)
        ],
        "vote": _vote(opened.vote),
        "in_force": _in_force(state, complement, opened),
    }


def _missing(state: GameState, complement: Complement, sheet: Sheet, opened: OpenComplement) -> str:
    rules = state.rules
    rule = rules.evaluator.signature_rule(complement, sheet.mode)
    law = opened.vote is not None and opened.vote.passed
    return missing_signatures(rule, rules.scenario, _roster(rules), frozenset(sheet.signers), law=law)


def _roster(rules: Rules) -> Roster:
    return Roster(frozenset(rules.voters), len(rules.scenario.voting_seats))


def _vote(vote: CongressVote | None) -> shape.VoteView | None:
    if vote is None:
        return None
    return {"dice": list(vote.dice), "bonus": vote.bonus, "pass_at": vote.pass_at, "passed": vote.passed}


def _in_force(state: GameState, complement: Complement, opened: OpenComplement) -> shape.InForceView | None:
    if not any(sheet.in_force for sheet in opened.sheets):
        return None
    chief = around.chief_sheet(state, complement.id, opened)
    found = state.evaluator.in_force(around.entry(state, complement.id, chief))
    if found is None:
        return None
    return {"mode": found.mode, "defence": found.defence, "strength": round(100 * found.strength)}
