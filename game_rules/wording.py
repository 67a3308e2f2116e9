"""Conditions in words: for whoever reads what a signature rule asks, or what an instruction hangs on.

Nothing is decided here. The words are titles and sentences of the scenario, strung together.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from game_rules.conditions import (
    ANY,
    Adopted,
    AlliesSigned,
    AlliesSigning,
    AllOf,
    AnyOf,
    Condition,
    DealSigned,
    FlagSet,
    HeldBy,
    InForce,
    InMode,
    InSet,
    LawPassed,
    Named,
    Not,
    OnIssue,
    OnWorld,
    Roster,
    SignedBy,
)
from game_rules.messages import SeatId
from game_rules.scenario import CongressTest, Scenario


def signature_rule(condition: Condition, scenario: Scenario, roster: Roster) -> str:
    """Who must sign, as one sentence; thresholds are those of the roster's cast (rule 1.2)."""
    words = [part for part in _signature_parts(condition, scenario, roster) if part]
    return _sentence("; ".join(words))


def _signature_parts(condition: Condition, scenario: Scenario, roster: Roster) -> Iterable[str]:
    match condition:
        case AllOf(all=parts):
            for part in parts:
                yield from _signature_parts(part, scenario, roster)
        case AnyOf(any=parts):
            yield " or ".join(part for one in parts for part in _signature_parts(one, scenario, roster))
        case Not(negated=negated):
            yield "not: " + "; ".join(_signature_parts(negated, scenario, roster))
        case SignedBy(signed=seats, at_least=least):
            names = [scenario.seat(seat).name for seat in seats]
            all_of_them = least is None or least == len(names)
            yield f"signed by {_and(names)}" if all_of_them else f"signed by at least {least} of {_and(names)}"
        case AlliesSigned(allies_signed=number, never_below=least):
            yield f"signed by at least {roster.share(number, least)} allies in all"
        case LawPassed():
            yield "the legislature's vote is won"
        case InMode():
            pass  # the form itself
        case _:
            raise ValueError("a complement's 'in_force_when' takes signature conditions only")


def missing_signatures(
    condition: Condition, scenario: Scenario, roster: Roster, signers: AbstractSet[SeatId], *, law: bool
) -> str:
    """What a signature rule still waits for, as one sentence; empty when it is met. `law`: the vote was won."""
    return _sentence("; ".join(_missing(condition, scenario, roster, signers, law)))


def _missing(
    condition: Condition, scenario: Scenario, roster: Roster, signers: AbstractSet[SeatId], law: bool
) -> Iterable[str]:
    match condition:
        case AllOf(all=parts):
            for part in parts:
                yield from _missing(part, scenario, roster, signers, law)
        case AnyOf(any=parts):
            ways = [list(_missing(part, scenario, roster, signers, law)) for part in parts]
            if all(ways):
                yield " or ".join(_and(way) for way in ways)
        case SignedBy(signed=seats, at_least=least):
            lacking = [scenario.seat(seat).name for seat in seats if seat not in signers]
            number = (least or len(seats)) - (len(seats) - len(lacking))
            if number > 0:
                yield _and(lacking) if number == len(lacking) else f"{number} of {_and(lacking)}"
        case AlliesSigned(allies_signed=number, never_below=least):
            more = roster.share(number, least) - len(signers & roster.allies)
            if more > 0:
                yield f"{more} more {'ally' if more == 1 else 'allies'}"
        case LawPassed():
            if not law:
                yield "the legislature's vote"
        case _:
            pass  # the form itself, or what must not be: nobody can sign for it


def vote_in_words(test: CongressTest) -> str:
    """A legislature's test: the dice, what they must reach, and what is added to them."""
    added = [f"{bonus.points:+d} if {bonus.note}" for bonus in test.bonuses if bonus.note]
    return _sentence("; ".join([f"{test.dice} dice with {test.sides} sides must reach {test.pass_at}", *added]))


def in_words(condition: Condition, scenario: Scenario) -> str:
    """What a condition about a text and its circumstances looks at. Raises UnknownName for a name it lacks."""
    match condition:
        case AllOf(all=parts):
            return " and ".join(filter(None, (_within(part, scenario) for part in parts)))
        case AnyOf(any=parts):
            return " or ".join(filter(None, (_within(part, scenario) for part in parts)))
        case Not(negated=negated):
            return f"not ({in_words(negated, scenario)})"
        case OnIssue():
            issue = scenario.issue(condition.issue)
            accepted = scenario.vocabulary.accepted(condition)
            return f"{issue.title}: " + " / ".join(option.label for option in issue.options if option.id in accepted)
        case InSet(in_set=name):
            return next((group.title for group in scenario.option_sets if group.id == name), name)
        case Named(named=name):
            sentence = next((one.sentence for one in scenario.named_conditions if one.id == name), name)
            return sentence.rstrip(".")
        case OnWorld():
            title = next((one.title for one in scenario.world_variables if one.id == condition.world), condition.world)
            values = condition.among if condition.among is not None else (condition.equals,)
            return f"{title}: " + " / ".join(str(value) for value in values)
        case DealSigned(deal=deal):
            return scenario.deal(deal).title
        case FlagSet(flag=flag):
            return flag.replace("_", " ")
        case InForce(complement=complement):
            return "something in force" if complement == ANY else scenario.complement(complement).title
        case Adopted(adopted=adopted):
            return "a text is adopted" if adopted else "no text is adopted"
        case AlliesSigning(allies_signing=number):
            return f"at least {number} allies sign something"
        case HeldBy():
            return ""
        case _:
            raise ValueError("a signature condition stands only in a complement's 'in_force_when'")


def _within(part: Condition, scenario: Scenario) -> str:
    words = in_words(part, scenario)
    return f"({words})" if isinstance(part, AllOf | AnyOf) and words else words


def _and(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
