"""Players without people: bots that play everything, deputies that only hold the line (rules 1.6, 9.4, 11).

A stand-in is handed its seat's view and its seat's own instructions, nothing more, and wishes the same commands as a
person. It is deterministic: the same view, the same mind, the same wishes. The shell decides when it gets a turn.
"""

from game_rules.bots.mind import Mind, mind_of
from game_rules.bots.pace import beats_between, takes_turn, turn_interval
from game_rules.bots.turn import deputy_turn, last_word, turn

__all__ = ["Mind", "beats_between", "deputy_turn", "last_word", "mind_of", "takes_turn", "turn", "turn_interval"]
