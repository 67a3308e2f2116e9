"""What changed between two views, as operations that a client applies in order (the sync law: old + ops = new)."""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from game_rules.state import KEPT


class Operation(TypedDict):
    """`set` puts `value` at `path`, `remove` takes the key away, `append` adds `values` and keeps the last `keep`."""

    op: Literal["set", "remove", "append"]
    path: list[str]
    value: NotRequired[Any]
    values: NotRequired[list[Any]]
    keep: NotRequired[int]


def diff(old: Any, new: Any) -> list[Operation]:
    """The operations that turn `old` into `new`; both are views or halves of one. Empty when they are equal."""
    operations: list[Operation] = []
    _compare(old, new, [], operations)
    return operations


def apply(view: dict[str, Any], operations: list[Operation]) -> dict[str, Any]:
    """The view after the operations; nothing of the old one is changed."""
    for operation in operations:
        view = _changed(view, operation["path"], operation)
    return view


def _compare(old: Any, new: Any, path: list[str], operations: list[Operation]) -> None:
    if old is new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        operations.extend({"op": "remove", "path": [*path, key]} for key in old if key not in new)
        for key, value in new.items():
            if key in old:
                _compare(old[key], value, [*path, key], operations)
            else:
                operations.append({"op": "set", "path": [*path, key], "value": value})
        return
    if isinstance(old, list) and isinstance(new, list) and path and (added := _appended(old, new)) is not None:
        if added:
            operations.append({"op": "append", "path": path, "values": added, "keep": KEPT})
        return
    if old != new:
        operations.append({"op": "set", "path": path, "value": new})


def _appended(old: list[Any], new: list[Any]) -> list[Any] | None:
    """The new elements if `new` is `old` grown at the end, within the window that views keep; else None."""
    if not old or not isinstance(old[0], dict):
        return None
    moved_on = 0
    if len(new) == KEPT:
        moved_on = next((place for place, one in enumerate(old) if one is new[0]), len(old))
    kept = old[moved_on:]
    if not kept or len(kept) > len(new) or any(left is not right for left, right in zip(kept, new, strict=False)):
        return None
    return new[len(kept) :]


def _changed(node: Any, path: list[str], operation: Operation) -> Any:
    if not path:
        if operation["op"] == "append":
            return [*node, *operation["values"]][-operation["keep"] :]
        return operation["value"]
    key, *rest = path
    if operation["op"] == "remove" and not rest:
        return {name: value for name, value in node.items() if name != key}
    return {**node, key: _changed(node.get(key), rest, operation)}
