"""What the aftermath asks of a text in a world, and the page that tells it (rules 8.3 to 8.6).

The questions and every sentence are the scenario's; here they are chosen by their conditions and put in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from game_rules.conditions import Condition, Package, SeatId, Situation, Test, always, compile_condition
from game_rules.scenario import Answer, Scenario, StoryPart


class Telling:
    """A scenario's questions and story, ready to be told of a package in a situation."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._questions = [
            (question.id, [(answer, self._test(answer.when)) for answer in question.answers])
            for question in scenario.aftermath.questions
        ]
        self._story = [
            (part, [(line.text, self._test(line.when)) for line in part.lines]) for part in scenario.aftermath.story
        ]

    def _test(self, condition: Condition | None) -> Test:
        return always if condition is None else compile_condition(condition, self._scenario.vocabulary)

    def answers(self, package: Package, situation: Situation) -> dict[str, Answer]:
        """The answer to each question in that world: the first whose condition holds."""
        return {
            question: next(answer for answer, holds in answers if holds(package, situation))
            for question, answers in self._questions
        }

    def page(
        self, package: Package, situation: Situation, world: str, refusals: Mapping[SeatId, Sequence[str]]
    ) -> list[str]:
        """The story of that world in paragraphs: the scenario's parts in order, without those that say nothing.

        `refusals` are the allies that would refuse accession; nobody is asked where no text was adopted.
        """
        told = (self._paragraph(part, lines, package, situation, world, refusals) for part, lines in self._parts())
        return [paragraph for paragraph in told if paragraph]

    def _parts(self) -> list[tuple[StoryPart, list[tuple[str, Test]]]]:
        # a scenario without a story of its own is told by its world and its questions
        return self._story or [(StoryPart(id=what, tell=what), []) for what in ("world", "questions", "accession")]

    def _paragraph(
        self,
        part: StoryPart,
        lines: list[tuple[str, Test]],
        package: Package,
        situation: Situation,
        world: str,
        refusals: Mapping[SeatId, Sequence[str]],
    ) -> str:
        match part.tell:
            case "world":
                return self._scenario.outcome(world).story
            case "questions":
                return " ".join(answer.sentence for answer in self.answers(package, situation).values())
            case "accession":
                return self._accession(situation, refusals)
            case None:
                return next((text for text, holds in lines if holds(package, situation)), "")

    def _accession(self, situation: Situation, refusals: Mapping[SeatId, Sequence[str]]) -> str:
        words = self._scenario.accession.words
        if words is None:
            return ""
        if not situation.adopted:
            return words.not_asked
        if not refusals:
            return words.all_ratify
        names = [self._scenario.seat(seat).name for seat in refusals]
        return words.some_refuse.format(
            refusing=len(names), allies=len(self._scenario.voting_seats), names=_listed(names)
        )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
