"""Keeps a part of a view as long as the parts of the state it is made of are the same objects.

States share what did not change, so identity tells what did: an unchanged part costs a look-up, and two views that
share parts are compared at the speed of what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, TypeVar

Built = TypeVar("Built")
Arguments = ParamSpec("Arguments")


class Memo:
    """The last value built under each key. Not shared between games."""

    def __init__(self) -> None:
        self._last: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def of(
        self,
        key: Hashable,
        parts: tuple[Any, ...],
        build: Callable[Arguments, Built],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Built:
        """The value last built under `key` if its parts are the same objects (or equal numbers and strings)."""
        last = self._last.get(key)
        if last is not None and all(map(_same, last[0], parts)):
            return last[1]  # type: ignore[no-any-return]
        value = build(*args, **kwargs)
        self._last[key] = (parts, value)
        return value

    def grown(
        self, key: Hashable, whole: tuple[Any, ...], build: Callable[[Any], Built | None], keep: int
    ) -> list[Built]:
        """The last `keep` values built from a tuple that only grows; values of earlier elements stay the same objects.

        `build` returns None for elements that do not show.
        """
        seen, shown = self._last.get(key, ((), []))
        known = len(seen)
        if len(whole) < known or (known and whole[known - 1] is not seen[-1]):
            known, shown = 0, []
        if len(whole) == known:
            return shown  # type: ignore[no-any-return]
        added = [value for value in map(build, whole[known:]) if value is not None]
        shown = [*shown, *added][-keep:] if added else shown
        self._last[key] = (whole, shown)
        return shown


def _same(old: object, new: object) -> bool:
    return old is new or (type(old) is type(new) and isinstance(new, str | int) and old == new)
