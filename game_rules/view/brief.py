"""A delegation's instructions as it reads them."""

from __future__ import annotations

from game_rules.messages import SeatId
from game_rules.scenario import Seat
from game_rules.state import Rules
from game_rules.view import shape


def brief_view(rules: Rules, seat: SeatId) -> shape.BriefView:
    of_seat = rules.seats[seat]
    brief = of_seat.brief
    return {
        "markdown": brief.text if brief else "",
        "aims": [{"issue": aim.issue, "option": aim.option, "sentence": aim.sentence} for aim in brief.aims]
        if brief
        else [],
        "paths": brief.paths_sentence if brief else "",
        "red_lines": [_line(rules, of_seat, held.id) for held in of_seat.red_lines],
        "ideal": dict(of_seat.ideal),
        "salience": dict(of_seat.salience),
    }


def _line(rules: Rules, seat: Seat, red_line: str) -> shape.LineView:
    line = rules.scenario.red_line(red_line)
    own_words = seat.brief.red_line_sentences.get(red_line) if seat.brief else None
    return {"id": line.id, "title": line.title, "sentence": own_words or line.sentence, "section": line.section}
