"""Any wish at all, of any command there is: for each of its fields something that a state holds, or nearly.

A strategy hangs on the name of a field or else on its type, so that a new command is wished for without a line here. A
field whose name is that of a part of the state (`draft`, `amendment`, `offer`, ...) takes the ids of that part. What
comes out is well formed and may well be refused; what the rules allow, `random_games.well_formed` knows how to wish.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as some
from hypothesis.strategies import SearchStrategy
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game_rules.engine import Command
from game_rules.messages import SERVER, Actor, bot, deputy
from game_rules.state import GameState
from tests.rules.harness import FACILITATOR, TIMER
from tests.rules.random_games import historical, neighbours

Draw: TypeAlias = Callable[[SearchStrategy[Any]], Any]

COMMAND_TYPES: Mapping[str, type[Command]] = {
    get_args(command.model_fields["type"].annotation)[0]: command for command in get_args(Command)
}
"""Every command there is, by its `type`."""

MADE_ONCE = frozenset({"create_game", "fork_game"})
"""Commands that open a game: nobody at the table wishes them."""

PRESS = Actor("press", "press")


def wish(draw: Draw, state: GameState, type: str, words: Callable[[], str], bound: Mapping[str, Any]) -> Command:
    """A command of this type. `words` gives a new text each time; `bound` are fields that are not for chance.

    Raises LookupError for a field that nobody knows how to fill.
    """
    command = COMMAND_TYPES[type]
    known = {name: value for name, value in bound.items() if name in command.model_fields}
    filled = {
        name: _field(draw, state, name, field, words if name in command.texts else None, known)
        for name, field in command.model_fields.items()
        if name != "type" and name not in known
    }
    return command.model_validate({"type": type, **known, **filled})


def somebody(state: GameState) -> SearchStrategy[Actor]:
    """Whoever could send a command: people, also those who left, stand-ins, whoever runs the game, press, clock."""
    people = [Actor("member", member.id, member.seat) for member in state.members.values()]
    stand_ins = [stand_in(seat) for seat in state.seats for stand_in in (bot, deputy)]
    return some.sampled_from([*people, *people, *people, *stand_ins, FACILITATOR, FACILITATOR, PRESS, TIMER, SERVER])


# --- by name


def _draft_package(state: GameState, bound: Mapping[str, Any]) -> tuple[str, ...]:
    """The text that a change would change: the draft's that is spoken of, else what really happened."""
    draft = state.drafts.get(str(bound.get("draft")))
    return draft.package if draft is not None else historical(state)


def _changes(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> dict[str, str]:
    found = neighbours(_draft_package(state, bound), state)
    return dict(draw(some.sampled_from(found))) if found else {state.rules.issues[0]: "nothing"}


def _package(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> dict[str, str]:
    whole = state.rules.package_dict(_draft_package(state, bound))
    for _ in range(draw(some.integers(0, 2))):
        package = tuple(whole[issue] for issue in state.rules.issues)
        whole |= dict(draw(some.sampled_from(neighbours(package, state) or [{}])))
    return whole


def _revision(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> int:
    spoken_of = str(bound.get("draft") or bound.get("source"))
    draft = state.drafts.get(spoken_of)
    return draw(some.sampled_from([draft.revision if draft else 1] * 5 + [1, 2])) or 1


def _seconds(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> int:
    bounds = state.rules.scenario.silence
    return int(draw(some.sampled_from([60, 120, bounds.min_seconds, bounds.max_seconds, bounds.max_seconds + 1])))


def _room(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> str:
    seats = list(state.seats)
    caucus = some.lists(some.sampled_from(seats), min_size=2, max_size=3, unique=True).map("+".join)
    line = some.sampled_from(seats).map(lambda seat: f"facilitator:{seat}")
    return str(draw(some.sampled_from(["plenary", "delegation", "facilitator", "dispatches"]) | caucus | line))


def _refs(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> list[str]:
    known = [f"draft:{draft}" for draft in state.drafts] + [f"issue:{issue}" for issue in state.rules.issues]
    return list(draw(some.lists(some.sampled_from(known), max_size=2, unique=True)))


def _effects(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> list[Any]:
    """Some that the scenario's own news have."""
    known = [list(inject.effects) for inject in state.rules.scenario.injects if inject.effects]
    return list(draw(some.sampled_from([[], *known])))


def _lifted_by(draw: Draw, state: GameState, bound: Mapping[str, Any]) -> list[str]:
    scenario = state.rules.scenario
    known = [f"deal:{deal.id}" for deal in scenario.deals] + [f"inject:{inject.id}" for inject in scenario.injects]
    return list(draw(some.lists(some.sampled_from([*known, "deal:none"]), max_size=2, unique=True)))


BY_NAME: Mapping[str, Callable[[Draw, GameState, Mapping[str, Any]], Any]] = {
    "changes": _changes,
    "package": _package,
    "options": _changes,
    "revision": _revision,
    "seconds": _seconds,
    "room": _room,
    "refs": _refs,
    "effects": _effects,
    "lifted_by": _lifted_by,
}


# --- by the ids that a state knows


def _ids(state: GameState, name: str) -> list[str]:
    """What a field of this name could name; with something that is not there."""
    scenario, rules = state.rules.scenario, state.rules
    named: dict[str, Any] = {
        "seat": rules.seats,
        "by": rules.seats,
        "to": rules.seats,
        "issue": rules.issues,
        "accept": rules.issues,
        "deal": (deal.id for deal in scenario.deals),
        "complement": (complement.id for complement in scenario.complements),
        "inject": (inject.id for inject in scenario.injects),
        "mode": (form.mode for complement in scenario.complements for form in complement.forms if form.mode),
        "phase": (phase.id for phase in rules.agenda),
        "until": (phase.id for phase in rules.agenda),
        "source": (*state.drafts, *state.amendments),
        "counter_to": getattr(state, "offers", ()),
        "act": getattr(state, "pending", ()),
        "poll": (state.poll.id,) if state.poll else (),
    }
    one = name.removesuffix("s")
    of_state: Any = getattr(state, f"{one}s", ())
    found = named.get(name) or named.get(one) or of_state
    return [*map(str, found), f"no-{one}"]


def _id(draw: Draw, state: GameState, name: str) -> str:
    *known, unknown = _ids(state, name)
    return str(draw(some.sampled_from([*known * 4, unknown]))) if known else unknown


# --- by type


def _field(
    draw: Draw,
    state: GameState,
    name: str,
    field: FieldInfo,
    words: Callable[[], str] | None,
    bound: Mapping[str, Any],
) -> Any:
    if not field.is_required() and draw(some.integers(0, 3)) == 0:
        return field.get_default(call_default_factory=True)
    if words is not None:
        return words()
    return _valued(draw, state, name, field.annotation, tuple(field.metadata), bound)


def _valued(
    draw: Draw, state: GameState, name: str, kind: Any, limits: tuple[Any, ...], bound: Mapping[str, Any]
) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        chosen = draw(some.sampled_from([one for one in inner if one is not NoneType] * 3 + [*inner]))
        return None if chosen is NoneType else _valued(draw, state, name, chosen, limits, bound)
    if origin is Annotated:
        return _valued(draw, state, name, inner[0], (*limits, *inner[1:]), bound)
    if origin is Literal:
        return draw(some.sampled_from(inner))
    if name in BY_NAME:
        return BY_NAME[name](draw, state, bound)
    if kind is bool:
        return draw(some.booleans())
    if kind is int:
        return draw(some.integers(_limit(limits, Ge, "ge", 0), _limit(limits, Le, "le", 200)))
    if kind is str:
        return _id(draw, state, name)
    if origin in (tuple, list, frozenset, set):
        fewest, most = _limit(limits, MinLen, "min_length", 0), min(3, _limit(limits, MaxLen, "max_length", 3))
        known = some.sampled_from(_ids(state, name))
        return list(draw(some.lists(known, min_size=fewest, max_size=max(fewest, most), unique=True)))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return {one: _field(draw, state, one, field, None, bound) for one, field in fields}
    raise LookupError(f"nobody knows how to fill {name!r}: {kind}")


def _limit(limits: tuple[Any, ...], kind: type, attribute: str, otherwise: int) -> int:
    """A bound of the field, however it is written down."""
    plain = [one for limit in limits for one in (limit.metadata if isinstance(limit, FieldInfo) else (limit,))]
    return next((int(getattr(one, attribute)) for one in plain if isinstance(one, kind)), otherwise)
