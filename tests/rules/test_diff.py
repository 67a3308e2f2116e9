"""What changed between two views: old + operations = new, in few operations (the sync law)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from game_rules.state import KEPT
from game_rules.view import apply, diff

JSON = some.recursive(
    some.none() | some.booleans() | some.integers(-3, 3) | some.sampled_from(["", "a", "b"]),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)
VIEWS = some.dictionaries(some.sampled_from("abcd"), JSON, max_size=4)


@given(VIEWS, VIEWS)
def test_the_old_view_and_the_operations_make_the_new_view(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = json.dumps(old)
    assert apply(old, diff(old, new)) == new
    assert json.dumps(old) == before, "the old view is left as it was"


@given(VIEWS)
def test_equal_views_differ_in_nothing(one: dict[str, Any]) -> None:
    assert diff(one, json.loads(json.dumps(one))) == []


@given(VIEWS, VIEWS)
def test_operations_go_over_the_wire(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert apply(old, json.loads(json.dumps(diff(old, new)))) == new


@pytest.mark.parametrize(
    ("old", "new", "operations"),
    [
        pytest.param({"a": 1}, {"a": 2}, [{"op": "set", "path": ["a"], "value": 2}], id="a value"),
        pytest.param({}, {"a": None}, [{"op": "set", "path": ["a"], "value": None}], id="a new key, even of null"),
        pytest.param({"a": None}, {}, [{"op": "remove", "path": ["a"]}], id="a key that is gone"),
        pytest.param(
            {"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, [{"op": "set", "path": ["a", "c"], "value": 3}], id="deep"
        ),
        pytest.param({"a": [1]}, {"a": [1, 2]}, [{"op": "set", "path": ["a"], "value": [1, 2]}], id="lists of values"),
        pytest.param({"a": {}}, {"a": []}, [{"op": "set", "path": ["a"], "value": []}], id="another kind"),
        pytest.param(
            {"a": []}, {"a": [{"n": 1}]}, [{"op": "set", "path": ["a"], "value": [{"n": 1}]}], id="a first entry"
        ),
    ],
)
def test_operations_say_what_changed_and_no_more(old: Any, new: Any, operations: list[Any]) -> None:
    assert diff(old, new) == operations


def entries(start: int, stop: int) -> list[dict[str, int]]:
    return [{"n": number} for number in range(start, stop)]


@pytest.mark.parametrize(
    ("length", "more"),
    [(1, 1), (1, 5), (KEPT - 1, 1), (KEPT - 1, 3), (KEPT, 1), (KEPT, 7), (KEPT, KEPT - 1)],
)
def test_a_list_that_moves_on_is_appended_to(length: int, more: int) -> None:
    """An entry more in a full window costs one entry, not the window."""
    everything = entries(0, length + more)
    old, new = {"record": everything[:length]}, {"record": everything[-KEPT:]}
    operations = diff(old, new)
    assert [operation["op"] for operation in operations] == ["append"]
    assert len(operations[0]["values"]) == more
    assert apply(old, operations) == new


def test_a_window_of_which_nothing_is_left_is_sent_whole() -> None:
    everything = entries(0, 2 * KEPT)
    old, new = {"record": everything[:KEPT]}, {"record": everything[KEPT:]}
    operations = diff(old, new)
    assert [operation["op"] for operation in operations] == ["set"]
    assert apply(old, operations) == new


@given(some.integers(1, KEPT), some.integers(0, KEPT + 3), some.booleans())
def test_any_movement_of_a_window_keeps_the_law(length: int, more: int, shared: bool) -> None:
    everything = entries(0, length + more)
    old = {"rooms": {"plenary": everything[:length]}}
    new = {"rooms": {"plenary": everything[-KEPT:] if shared else entries(0, length + more)[-KEPT:]}}
    assert apply(old, diff(old, new)) == new


def test_what_is_the_same_object_is_not_looked_at() -> None:
    """States share what did not change: a view of a long game is compared at the speed of what differs."""

    class Untouchable(dict[str, int]):
        def __eq__(self, other: object) -> bool:
            raise AssertionError("compared")

        __hash__ = None

    shared = Untouchable(a=1)
    assert diff({"x": shared, "y": 1}, {"x": shared, "y": 2}) == [{"op": "set", "path": ["y"], "value": 2}]
