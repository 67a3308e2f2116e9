"""What a running silence asks of one delegation, told before it decides: rules 6.3, 6.4 and 8.7, seen from before."""

from __future__ import annotations

from game_rules.messages import SeatId
from game_rules.procedures.ending import BREAK_WITHOUT_CAUSE, CONSENT_ACROSS_A_LINE, has_cause
from game_rules.procedures.promises import against
from game_rules.procedures.standing import circumstances
from game_rules.procedures.trade import settled_by_deals
from game_rules.state import GameState
from game_rules.view import shape


def stakes_view(state: GameState, seat: SeatId) -> shape.StakesView | None:
    """None for who has no vote, and while no silence runs."""
    if state.silence is None or seat not in state.rules.voters:
        return None
    package, around, evaluator = state.silence.package, circumstances(state, seat), state.evaluator
    settled = settled_by_deals(state, seat, package, around)
    return {
        "breaking": 0 if has_cause(evaluator, seat, package, around) else BREAK_WITHOUT_CAUSE,
        "consenting": CONSENT_ACROSS_A_LINE if evaluator.objections(seat, package, around) else 0,
        "promises": [promise.id for promise in against(state, seat, package)],
        "deals": [
            {"deal": deal, "issues": list(dict.fromkeys(issue for line in lines for issue in line.issues))}
            for deal, lines in settled.items()
        ],
    }
