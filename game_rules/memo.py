"""Keeps what was made of parts of a state, a piece of a view for example, as long as they are the same objects.

States share what did not change, so identity tells what did: an unchanged part costs a look-up, and two views that
share parts are compared at the speed of what differs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from operator import is_
from typing import Any, ParamSpec, TypeVar

Built = TypeVar("Built")
Arguments = ParamSpec("Arguments")


class Memo:
    """The last value built under each key. Games that share one lose nothing but time."""

    def __init__(self) -> None:
        self._last: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}
        self._entries: dict[Hashable, tuple[Mapping[str, Any], dict[str, Any]]] = {}

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
        if last is not None and (all(map(is_, last[0], parts)) or _alike(last[0], parts)):
            return last[1]  # type: ignore[no-any-return]
        value = build(*args, **kwargs)
        self._last[key] = (parts, value)
        return value

    def each(self, key: Hashable, entries: Mapping[str, Any], build: Callable[[Any], Built]) -> dict[str, Built]:
        """A value built from every entry of a mapping; an entry that is the same object keeps its value."""
        seen, shown = self._entries.get(key, ({}, {}))
        if entries is not seen:
            shown = {
                name: shown[name] if name in shown and seen[name] is one else build(one)
                for name, one in entries.items()
            }
            self._entries[key] = (entries, shown)
        return shown

    def grown(self, key: Hashable, window: tuple[Any, ...], build: Callable[[Any], Built], keep: int) -> list[Built]:
        """The last `keep` values built from a window that only moves on; what stays keeps its value, by identity."""
        seen, shown = self._last.get(key, ((), []))
        if window is seen:
            return shown  # type: ignore[no-any-return]
        fresh = _new_in(window, seen)
        shown = ([*shown, *map(build, fresh)] if len(fresh) < len(window) else [build(one) for one in window])[-keep:]
        self._last[key] = (window, shown)
        return shown


def _new_in(window: tuple[Any, ...], seen: tuple[Any, ...]) -> tuple[Any, ...]:
    """The elements after the last one seen before; all of them if it is not there any more."""
    if seen:
        for place in range(len(window) - 1, -1, -1):
            if window[place] is seen[-1]:
                return window[place + 1 :]
    return window


def _alike(seen: tuple[Any, ...], parts: tuple[Any, ...]) -> bool:
    """Whether what is not the same object is an equal number or string. Most often all is, which is sooner told."""
    for old, new in zip(seen, parts, strict=False):
        if old is not new and not (isinstance(new, str | int) and type(old) is type(new) and old == new):
            return False
    return True


class WhenAsked(dict[str, Any]):
    """Answers that are worked out when they are looked up: a bot asks for a few of what a screen shows all of.

    To look at it is a mapping with all its names. It is a dictionary of what was asked so far, because an answer that
    is known then costs what a dictionary's does, and stand-ins look things up more than they do anything else.
    """

    __slots__ = ("_answer", "_names")

    def __init__(self, names: Collection[str], answer: Callable[[str], Any]) -> None:
        """`names` are looked through often: give a mapping or a set, or a very short list."""
        self._names = names
        self._answer = answer

    def __missing__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        answer = self[name] = self._answer(name)
        return answer

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name] if name in self._names else default

    keys, values, items = Mapping.keys, Mapping.values, Mapping.items  # type: ignore[assignment]
