"""What a package is worth: who objects, each seat's points, the scores, accession, the chances of the aftermath."""

from game_rules.evaluation.circumstances import BASELINE, UNDECIDED, Circumstances
from game_rules.evaluation.evaluator import BrokenRule, Crossing, Evaluator, MissingIssue, UnknownOption
from game_rules.evaluation.instructions import PointTerms
from game_rules.evaluation.scores import GroupScore, Score

__all__ = [
    "BASELINE",
    "UNDECIDED",
    "BrokenRule",
    "Circumstances",
    "Crossing",
    "Evaluator",
    "GroupScore",
    "MissingIssue",
    "PointTerms",
    "Score",
    "UnknownOption",
]
