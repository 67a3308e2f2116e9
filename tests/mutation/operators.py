"""What mistakes are made: a choice of cosmic-ray's operators, and three of our own.

cosmic-ray knows eleven other operators for a plus and eight for a comparison; most are caught by the first test that
comes along, and would make a sample look better than it is. One or two of each kind are kept, those that a tired
author might write. Membership, forgotten calls and forgotten arguments are what the rules are made of, and cosmic-ray
has no operator for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import parso
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.plugins import get_operator

Position = tuple[int, int]
"""Line, from 1, and column, from 0."""

OF_COSMIC_RAY = (
    "ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add", "ReplaceBinaryOperator_Mul_FloorDiv",
    "ReplaceBinaryOperator_Div_Mul", "ReplaceBinaryOperator_FloorDiv_Mul", "ReplaceBinaryOperator_Mod_Add",
    "ReplaceBinaryOperator_BitOr_BitAnd", "ReplaceBinaryOperator_BitAnd_BitOr",
    "ReplaceComparisonOperator_Eq_NotEq", "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Lt_LtE", "ReplaceComparisonOperator_Lt_GtE",
    "ReplaceComparisonOperator_LtE_Lt", "ReplaceComparisonOperator_LtE_Gt",
    "ReplaceComparisonOperator_Gt_GtE", "ReplaceComparisonOperator_Gt_LtE",
    "ReplaceComparisonOperator_GtE_Gt", "ReplaceComparisonOperator_GtE_Lt",
    "ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_Not",
    "AddNot", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceAndWithOr", "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ExceptionReplacer", "NumberReplacer", "RemoveDecorator",
    "ZeroIterationForLoop",
)  # fmt: skip


class SwapMembership(Operator):  # type: ignore[misc]  # untyped
    """`in` becomes `not in`, and the other way round."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Position, Position]]:
        if _membership(node) is not None:
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        place = _membership(node)
        assert place is not None
        said = node.children[place]
        other = "in" if said.get_code(include_prefix=False) == "not in" else "not in"
        node.children[place] = parso.python.tree.Keyword(other, said.start_pos, prefix=" ")
        return node

    @classmethod
    def examples(cls) -> Iterable[Example]:
        return (Example("a in b", "a not in b"), Example("a not in b", "a in b"))


def _membership(node: Any) -> int | None:
    """Where among its children a comparison says `in` or `not in`."""
    if node.type != "comparison":
        return None
    said = (child.get_code(include_prefix=False) for child in node.children)
    return next((place for place, code in enumerate(said) if code in ("in", "not in")), None)


class ForgetCall(Operator):  # type: ignore[misc]  # untyped
    """A call whose result nobody wants is left out: above all, a demand of the rules."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Position, Position]]:
        if node.type == "simple_stmt" and _is_call(node.children[0]):
            yield node.start_pos, node.children[0].end_pos

    def mutate(self, node: Any, index: int) -> Any:
        call = node.children[0]
        node.children[0] = parso.python.tree.Keyword("pass", call.start_pos, prefix=call.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls) -> Iterable[Example]:
        return (Example("demand(x)\n", "pass\n"),)


def _is_call(node: Any) -> bool:
    return bool(
        node.type == "atom_expr" and node.children[-1].type == "trailer" and node.children[-1].children[0] == "("
    )


class ForgetArgument(Operator):  # type: ignore[misc]  # untyped
    """One of several arguments given by name is left out: a part of the state that a fact forgets to change."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Position, Position]]:
        for argument in _named(node):
            yield argument.start_pos, argument.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        gone = node.children.index(_named(node)[index])
        # with the comma after it, or the one before when it is the last
        comma = gone if gone + 1 < len(node.children) else gone - 1
        del node.children[comma : comma + 2]
        return node

    @classmethod
    def examples(cls) -> Iterable[Example]:
        return (Example("f(a, b=1, c=2)", "f(a, c=2)"), Example("f(a, b=1, c=2)", "f(a, b=1)", occurrence=1))


def _named(node: Any) -> list[Any]:
    if node.type != "arglist":
        return []
    return [child for child in node.children if child.type == "argument" and child.children[1] == "="]


def operators() -> Mapping[str, Operator]:
    """All of them by name, in a fixed order: a seeded sample depends on it."""
    ours: tuple[type[Operator], ...] = (SwapMembership, ForgetCall, ForgetArgument)
    return {
        **{name: get_operator(f"core/{name}")() for name in OF_COSMIC_RAY},
        **{one.__name__: one() for one in ours},
    }
