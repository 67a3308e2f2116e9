"""Whether each seat has a brief, short enough, and tied to the seat's own data (sentence by sentence)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game_rules.conditions import Condition, DealSigned, FlagSet, Named
from game_rules.faults.fault import Fault, Place, parts
from game_rules.scenario import Brief, Scenario, Seat

MOST_WORDS = 350


def brief_faults(scenario: Scenario) -> Iterator[Fault]:
    """Missing and overlong briefs, and sentences tied to what the seat does not want, hold or trade."""
    for seat in scenario.seats.values():
        place: Place = ("seats", seat.id, "brief")
        if seat.brief is None:
            yield Fault(place, f"{seat.id} has no brief: it is missing at briefs/{seat.id}.md")
        else:
            yield from _faults(scenario, seat, seat.brief, place)


def _faults(scenario: Scenario, seat: Seat, brief: Brief, place: Place) -> Iterator[Fault]:
    words = len(brief.text.split())
    if words > MOST_WORDS:
        yield Fault(place, f"{words} words; a brief has at most {MOST_WORDS}")
    if seat.votes and not brief.paths_sentence:
        yield Fault(place, "no sentence is tagged 'paths': the brief must say what the seat can live with")
    for index, aim in enumerate(brief.aims):
        ideal = seat.ideal.get(aim.issue)
        if ideal is not None and ideal != aim.option:
            reason = f"the brief aims at {aim.issue} = {aim.option!r}, the seat's ideal is {ideal!r}"
            yield Fault((*place, "aims", index), reason)
    held = {line.id for line in seat.red_lines}
    for line in held - set(brief.red_line_sentences):
        yield Fault(place, f"no sentence is tagged 'red_line: {line}', which the seat holds")
    yield from _not_own(brief.red_line_sentences, held, (*place, "red_line_sentences"), "red line")
    soft = {line.id for line in seat.soft_lines}
    yield from _not_own(brief.soft_line_sentences, soft, (*place, "soft_line_sentences"), "soft line")
    yield from _not_own(brief.deal_sentences, _deals_of(scenario, seat), (*place, "deal_sentences"), "side deal")


def _not_own(sentences: Mapping[str, str], own: set[str], place: Place, kind: str) -> Iterator[Fault]:
    for name in sentences:
        if name not in own:
            yield Fault((*place, name), f"the brief speaks of the {kind} {name!r}, which is not the seat's")


def _deals_of(scenario: Scenario, seat: Seat) -> set[str]:
    """The side deals that are the seat's business: it signs them, has them as levers, or its lines look at them."""
    deals = set(seat.levers) | {deal.id for deal in scenario.deals if seat.id in deal.signers}
    flags = {flag: deal.id for deal in scenario.deals for flag in deal.sets_flags}
    for node in _looked_at(scenario, seat):
        if isinstance(node, DealSigned):
            deals.add(node.deal)
        elif isinstance(node, FlagSet) and node.flag in flags:
            deals.add(flags[node.flag])
    return deals


def _looked_at(scenario: Scenario, seat: Seat) -> Iterator[object]:
    """Every node of the seat's lines; each named condition once, so that one in a circle ends here too."""
    named = {item.id: item.when for item in scenario.named_conditions}
    waiting = list(_lines(scenario, seat))
    while waiting:
        for _, node in parts(waiting.pop()):
            if isinstance(node, Named) and node.named in named:
                waiting.append(named.pop(node.named))
            yield node


def _lines(scenario: Scenario, seat: Seat) -> Iterator[Condition]:
    red, soft = {line.id for line in seat.red_lines}, {line.id for line in seat.soft_lines}
    yield from (line.crossed_when for line in scenario.red_lines if line.id in red)
    yield from (line.costs_when for line in scenario.soft_lines if line.id in soft and line.costs_when is not None)
    yield from (stretch.when for stretch in seat.stretch)
