"""A delegation's instructions as it reads them."""

from __future__ import annotations

from collections.abc import Iterator

from game_rules.evaluation import BASELINE, Circumstances
from game_rules.messages import SeatId
from game_rules.procedures.around import seats_of
from game_rules.scenario import (
    AddPoints,
    ChangeRedLine,
    Effect,
    Scenario,
    Seat,
    SetAcceptable,
    SetPreference,
    ShiftSalience,
)
from game_rules.state import Rules
from game_rules.view import shape


def brief_view(rules: Rules, seat: SeatId, around: Circumstances = BASELINE) -> shape.BriefView:
    """The instructions as they stand under these circumstances; by themselves those it was sent with (rule 7.3)."""
    of_seat = rules.evaluator.instructed(seat, around)
    brief = of_seat.brief
    own = [effect for effect in around.effects if seat in seats_of(effect)]
    ranked = rules.scenario.ranked_issue
    return {
        "markdown": brief.text if brief else "",
        "aims": [{"issue": aim.issue, "option": aim.option, "sentence": aim.sentence} for aim in brief.aims]
        if brief
        else [],
        "paths": _paths(rules.scenario, of_seat, own),
        "red_lines": [_line(rules, of_seat, held.id) for held in of_seat.red_lines],
        "ideal": {**of_seat.ideal, ranked: of_seat.preference_order[0]},
        "salience": dict(of_seat.salience),
        "changed": sorted({name for effect in own for name in _named(effect)}),
    }


def _paths(scenario: Scenario, seat: Seat, own: list[Effect]) -> str:
    """Which options of the ranked issue it can live with: in the brief's words, until the capital says otherwise."""
    if not any(isinstance(effect, SetAcceptable) for effect in own):
        return seat.brief.paths_sentence if seat.brief else ""
    options = scenario.issue(scenario.ranked_issue).options
    return "; ".join(option.label for option in options if option.id in (seat.acceptable or ()))


def _named(effect: Effect) -> Iterator[str]:
    """What of the instructions an effect has changed."""
    match effect:
        case ShiftSalience(dimension=dimension):
            yield f"salience:{dimension}"
        case ChangeRedLine(red_line=red_line):
            yield f"red_line:{red_line}"
        case SetPreference() | SetAcceptable() | AddPoints():
            yield effect.kind
        case _:
            pass


def _line(rules: Rules, seat: Seat, red_line: str) -> shape.LineView:
    line = rules.scenario.red_line(red_line)
    own_words = seat.brief.red_line_sentences.get(red_line) if seat.brief else None
    return {"id": line.id, "title": line.title, "sentence": own_words or line.sentence, "section": line.section}
