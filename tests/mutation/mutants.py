"""Every mistake that the operators can make in some files, without those that no test could tell."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from tests.mutation.operators import Position, operators

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Mutant:
    """The `occurrence`-th place in the file at `path` (from the root) where the operator can strike, in `line`."""

    path: str
    operator: str
    occurrence: int
    line: int

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def source(self) -> str:
        """The file with the mistake in it."""
        mutated = mutate_code(_source(self.path), operators()[self.operator], self.occurrence)
        assert isinstance(mutated, str)
        return mutated

    def compiles(self) -> bool:
        """Whether it is Python: an operator may take the stars of an unpacking for a product."""
        try:
            ast.parse(self.source())
        except SyntaxError:
            return False
        return True

    def diff(self) -> str:
        before, after = _source(self.path).splitlines(), self.source().splitlines()
        lines = difflib.unified_diff(before, after, self.path, self.operator, lineterm="", n=0)
        return "\n".join(line for line in lines if not line.startswith(("---", "+++")))

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.operator} #{self.occurrence}"


def _source(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def mutants(paths: list[str]) -> list[Mutant]:
    """All of them, in the order of the files, then operators, then places."""
    return [mutant for path in paths for mutant in _mutants(path)]


def _mutants(path: str) -> Iterator[Mutant]:
    source = _source(path)
    tree = get_ast(source)
    nodes = list(ast_nodes(tree))
    silent = _untestable(ast.parse(source))
    for name, operator in operators().items():
        places = (positions for node in nodes for positions in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start and end <= last for first, last in silent.get(name, silent[""])):
                yield Mutant(path, name, occurrence, start[0])


Spans = list[tuple[Position, Position]]


def _untestable(tree: ast.Module) -> dict[str, Spans]:
    """Where a change changes nothing that happens; under the operator's name, else under "".

    Type checks are mypy's: annotations, `isinstance` of a union, `TYPE_CHECKING`. That values cannot be changed and
    that answers are kept is of no consequence to what they are: `frozen`, `slots`, `lru_cache`.
    """
    types: Spans = []
    kept: Spans = []
    for node in ast.walk(tree):
        types += [_span(one) for one in _types_in(node)]
        if isinstance(node, ast.FunctionDef):
            kept += [_span(one) for one in node.decorator_list if "cache" in ast.unparse(one)]
    # the decorator of cosmic-ray begins at its @
    kept = [((line, column - 1), (last + 1, 0)) for (line, column), (last, _) in kept]
    return {"": types, "NumberReplacer": _but_bounds(types, tree), "RemoveDecorator": kept}


def _types_in(node: ast.AST) -> list[ast.expr | ast.stmt | ast.keyword]:
    """What a node holds that is for mypy alone."""
    match node:
        case (
            ast.arg(annotation=ast.expr() as said)
            | ast.AnnAssign(annotation=said)
            | ast.FunctionDef(returns=ast.expr() as said)
        ):
            return [said]
        case ast.Call(func=ast.Name(id="isinstance" | "cast" | "TypeAdapter"), args=[*given]):
            return [*given]
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return [node]
        case ast.keyword(arg="frozen" | "slots" | "maxsize" | "strict"):
            return [node]
        case ast.Assign(value=value) if _is_alias(value):
            return [node]
        case _:
            return []


def _span(node: ast.expr | ast.stmt | ast.keyword) -> tuple[Position, Position]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _is_alias(value: ast.expr) -> bool:
    """`A | B` of names alone: a union of types."""
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, ast.BitOr) and _is_alias(value.left) and _is_alias(value.right)
    return isinstance(value, ast.Attribute) or (isinstance(value, ast.Name) and value.id[:1].isupper())


def _but_bounds(types: Spans, tree: ast.Module) -> Spans:
    """The same without annotations that hold a call: the bounds in `Field(ge=0)` are rules."""
    calls = [_span(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [span for span in types if not any(span[0] <= start and end <= span[1] for start, end in calls)]


# --- which lines a mutant's statement runs on


def statement_lines(source: str) -> dict[int, range]:
    """For each line the lines of the innermost statement it belongs to; of a compound one, its head."""
    found: dict[int, range] = {}
    for node in ast.walk(ast.parse(source)):  # outer statements first
        if isinstance(node, ast.stmt):
            lines = _own_lines(node)
            found |= dict.fromkeys(lines, lines)
    return found


def _own_lines(node: ast.stmt) -> range:
    body: list[ast.stmt] = getattr(node, "body", [])
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(one.lineno for one in decorators)])
    last = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
    return range(first, max(last, node.lineno) + 1)
