"""Bargaining solutions against the examples of the papers they come from."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game_rules.analysis.solutions import (
    egalitarian_optimum,
    kalai_smorodinsky_solution,
    nash_solution,
    pareto_frontier,
    utilitarian_optimum,
    zone_of_possible_agreement,
)
from game_rules.analysis.valuation import Points


def rows(*points: tuple[int, ...]) -> Points:
    """Outcomes by parties."""
    return np.array(points, dtype=np.int64)


NOTHING = np.array([0, 0], dtype=np.int64)

# Nash (1950), section "Examples": what Bill and Jack own and what each thing is worth to (Bill, Jack).
BILLS = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACKS = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}


def test_nash_1950_bill_and_jack_barter_as_in_the_paper() -> None:
    things = {**BILLS, **JACKS}
    # Each allocation says for each thing whether Bill has it after the barter.
    allocations = list(product((True, False), repeat=len(things)))
    worth = rows(
        *(
            (
                sum(bill for has, (bill, _) in zip(allocation, things.values(), strict=True) if has),
                sum(jack for has, (_, jack) in zip(allocation, things.values(), strict=True) if not has),
            )
            for allocation in allocations
        )
    )
    own = np.array([sum(b for b, _ in BILLS.values()), sum(j for _, j in JACKS.values())])
    assert own.tolist() == [12, 6]
    found = nash_solution(worth, own)
    assert found is not None
    assert {name for name, has in zip(things, allocations[found], strict=True) if has} == {"box", "pen", "toy", "knife"}
    assert worth[found].tolist() == [24, 11]


def test_kalai_smorodinsky_1975_more_for_everybody_does_not_hurt_the_second_party() -> None:
    # The paper's objection to Nash: the triangle to (1, 0.7) offers the second party more everywhere but at one point,
    # and Nash gives it less than the set through (3/4, 3/4) does. In 1/30,000.
    smaller = rows(*((30 * x, min(30_000 - 10 * x, 90 * (1000 - x))) for x in range(1001)))
    larger = rows(*((30 * x, 30_000 - 9 * x) for x in range(1001)))
    assert (larger[:, 1] >= smaller[:, 1]).all()

    def second(found: int | None, outcomes: Points) -> int:
        assert found is not None
        return int(outcomes[found, 1])

    assert second(nash_solution(smaller, NOTHING), smaller) == 22_500
    assert second(nash_solution(larger, NOTHING), larger) == 21_000
    assert second(kalai_smorodinsky_solution(smaller, NOTHING), smaller) == 22_500
    # Where the ray to the ideal point (1, 1) leaves the set: y = 1 - 0.3 x = x, so 1/1.3.
    assert second(kalai_smorodinsky_solution(larger, NOTHING), larger) == pytest.approx(30_000 / 1.3, abs=30)


def test_the_sums_and_the_smallest_gain_choose_differently() -> None:
    outcomes = rows((90, 20), (55, 50), (50, 52))
    assert utilitarian_optimum(outcomes, NOTHING) == 0
    assert egalitarian_optimum(outcomes, NOTHING) == 1
    assert egalitarian_optimum(outcomes, np.array([10, 10])) == 1


def test_the_second_smallest_gain_settles_a_tie_then_the_order() -> None:
    assert egalitarian_optimum(rows((5, 5, 9), (5, 9, 9), (9, 5, 9)), np.zeros(3, dtype=np.int64)) == 1
    assert nash_solution(rows((2, 6), (3, 4), (4, 3)), NOTHING) == 0
    assert kalai_smorodinsky_solution(rows((10, 4), (4, 10), (6, 6), (6, 6)), NOTHING) == 2


def test_without_a_possible_agreement_there_is_no_solution() -> None:
    outcomes, demanding = rows((10, 10), (20, 0)), np.array([15, 5])
    for solution in (nash_solution, kalai_smorodinsky_solution, utilitarian_optimum, egalitarian_optimum):
        assert solution(outcomes, demanding) is None
        assert solution(outcomes[:0], demanding) is None


def test_a_red_line_keeps_an_outcome_out_whatever_its_points() -> None:
    outcomes = rows((90, 90), (50, 50), (50, 10))
    objecting = np.array([[True, False], [False, False], [False, False]])
    assert zone_of_possible_agreement(outcomes, np.array([20, 20]), objecting).tolist() == [False, True, False]


def test_the_frontier_drops_what_another_outcome_beats_and_keeps_equals() -> None:
    outcomes = rows((1, 9), (5, 5), (5, 5), (4, 5), (9, 1), (8, 0))
    assert pareto_frontier(outcomes).tolist() == [True, True, True, False, True, False]
    assert pareto_frontier(outcomes[:0]).tolist() == []


@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=40))
def test_nobody_on_the_frontier_is_beaten_and_everybody_off_it_is(outcomes: list[tuple[int, int, int]]) -> None:
    points = rows(*outcomes)

    def beaten(row: int) -> bool:
        return any((other >= points[row]).all() and (other > points[row]).any() for other in points)

    assert pareto_frontier(points).tolist() == [not beaten(row) for row in range(len(points))]


@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=40))
def test_every_solution_is_on_the_frontier_of_its_zone(outcomes: list[tuple[int, int, int]]) -> None:
    points, reservation = rows(*outcomes), np.array([1, 2, 3])
    zone = (points >= reservation).all(axis=1)
    best = pareto_frontier(points[zone])
    for solution in (kalai_smorodinsky_solution, utilitarian_optimum, egalitarian_optimum):
        found = solution(points[zone], reservation)
        assert found is None or best[found]
