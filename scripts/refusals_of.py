"""Which refusals a command may meet, read from the source of the rules.

Follows every name that a command's `case` in the engine leads to, through the modules of `game_rules.procedures`, and
collects the codes on the way. Branches are not weighed: what is listed is what may come, never less. The engine's own
steps (what the agenda does by itself after a command) are not followed: nobody is refused those.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import get_args

from game_rules.engine import Command

RULES = Path(__file__).resolve().parent.parent / "game_rules"
PROCEDURES = "game_rules.procedures"

ASKING_FOR_A_KIND = ("act", "why_not_act", "why_not_now")
OF_SOME_KINDS = {"SILENCE_NOT_YET": {"silence"}, "PAUSED": {"draft", "position", "silence"}}
"""Codes that `why_not_now` has for some kinds of act only."""


@dataclass(frozen=True)
class Reached:
    """What a command leads to: constants of `game_rules.rejections`, and functions as `module.name`."""

    codes: frozenset[str]
    functions: frozenset[str]


@dataclass
class _Module:
    """The names of one module: what it defines, and where the names it imports come from (`module.name`)."""

    name: str
    defined: dict[str, list[ast.AST]] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)


@cache
def reached(command: str) -> Reached:
    """What the command class of this name leads to. Raises KeyError for a class that the engine does not decide."""
    prepared = ["delegation.prepare"] if command in _formal() else []
    return _followed([*_named(_cases()[command], _engine()), *prepared])


@cache
def _formal() -> frozenset[str]:
    """The classes of formal acts, which a delegate may have to prepare (rule 1.4)."""
    commands = get_args(Command)
    return frozenset(model.__name__ for model in commands if model.formal_act)


@cache
def reached_by_every_act() -> Reached:
    """What every act on record meets first."""
    return _followed(["standing.why_not_act"])


def _followed(names: Iterable[str]) -> Reached:
    codes: set[str] = set()
    functions: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in functions or name in codes:
            continue
        if name.startswith("no."):
            codes.add(name)
        elif name.partition(".")[0] in _procedures():
            functions.add(name)
            waiting.extend(_leads_to(name))
    kinds = {kind for name in functions for kind in _kinds_asked(name)}
    possible = {code.removeprefix("no.") for code in codes}
    if kinds:
        possible = {code for code in possible if OF_SOME_KINDS.get(code, kinds) & kinds}
    return Reached(frozenset(possible), frozenset(functions))


def _kinds_asked(function: str) -> Iterator[str]:
    """The kinds of act, as in `why_not_act(state, by, "silence")`, that a function asks for."""
    module_name, _, name = function.partition(".")
    for node in (inner for outer in _procedures()[module_name].defined.get(name, ()) for inner in ast.walk(outer)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING_FOR_A_KIND:
            yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def _leads_to(function: str) -> Iterator[str]:
    module_name, _, name = function.partition(".")
    module = _procedures()[module_name]
    for node in module.defined.get(name, ()):
        yield from _named([node], module)
        if isinstance(node, ast.FunctionDef) and any(_is_act(one) for one in node.decorator_list):
            yield "standing.why_not_act"  # what `Act` asks before the predicate's own questions


def _is_act(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "act"


def _named(nodes: list[ast.AST], module: _Module) -> Iterator[str]:
    """Everything of other modules and of its own that this code speaks of, as `module.name`."""
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "no":
                yield f"no.{node.attr}"
            elif node.value.id in module.modules:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name):
            if node.id in module.defined:
                yield f"{module.name}.{node.id}"
            elif node.id in module.imported:
                yield module.imported[node.id]


@cache
def _procedures() -> dict[str, _Module]:
    return {path.stem: _read(path) for path in sorted((RULES / "procedures").glob("*.py")) if path.stem != "__init__"}


@cache
def _engine() -> _Module:
    return _read(RULES / "engine.py")


def _read(path: Path) -> _Module:
    module = _Module(path.stem)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            module.defined[node.name] = [node]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            module.defined[node.targets[0].id] = [node.value]
        elif isinstance(node, ast.ImportFrom) and node.module == PROCEDURES:
            module.modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PROCEDURES}."):
            source = str(node.module).rpartition(".")[2]
            module.imported.update({alias.asname or alias.name: f"{source}.{alias.name}" for alias in node.names})
    return module


@cache
def _cases() -> dict[str, list[ast.AST]]:
    """The code that decides each command, by the name of its class: its `case`, or the `if` before there is a state."""
    found: dict[str, list[ast.AST]] = {}
    for name in ("decide", "_decide"):
        for node in ast.walk(_engine().defined[name][0]):
            for command, body in _decided_in(node):
                found.setdefault(command, []).extend(body)
    return found


def _decided_in(node: ast.AST) -> Iterator[tuple[str, list[ast.stmt]]]:
    if isinstance(node, ast.match_case) and isinstance(node.pattern, ast.MatchClass):
        yield _class_name(node.pattern.cls), node.body
    elif isinstance(node, ast.If) and isinstance(node.test, ast.Call) and ast.unparse(node.test.func) == "isinstance":
        yield _class_name(node.test.args[1]), node.body


def _class_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)
