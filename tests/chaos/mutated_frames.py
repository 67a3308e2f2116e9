"""F1: frames that chance has bitten: each is a frame, or Malformed, or refused by the rules. Nothing else is raised."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any

import pytest

from game_rules.engine import decide
from game_rules.messages import Actor
from game_rules.rejections import Rejected
from game_rules.state import GameState
from server.texts import EmptyText, without_texts
from server.ws import frames
from tests.chaos.experiment import Experiment, Tries
from tests.rules.random_games import play

CORPUS_GAMES = 6
KEY_OF_TEXTS = b"a key"
SPICES = '{}[]",:\\0919-+.eE\x00\x7f\u202e😀nulltruefalse \n/'
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**63, 10**400, float("inf"), float("nan")),
    *("", " ", "x" * 5_000, "\ud800", "\x00", "__proto__", "../..", "HUN+POL+" * 50, "d1", "chair", "1"),
    *([], {}, [[]], {"": ""}, ["HUN"] * 500),
)


@dataclass(frozen=True)
class Sent:
    """A good frame, who sent it when, and the game as it was then."""

    frame: str
    by: Actor
    at: int
    state: GameState


@cache
def corpus() -> tuple[Sent, ...]:
    hello = {"type": "hello", "ticket": "t" * 40, "resume": {"stream": "s" * 12, "after": 7}}
    found: list[Sent] = []
    for seed in range(CORPUS_GAMES):
        for step in play(seed):
            if step.before is None or step.wish.command.type not in frames.COMMAND_TYPES:
                continue
            command = step.wish.command.model_dump(mode="json", exclude_none=True)
            frame = {"type": "command", "command_id": f"c{step.wish.number}", "command": command}
            found.append(Sent(json.dumps(frame), step.wish.by, step.wish.at, step.before))
    return (*found, *(replace(found[0], frame=json.dumps(other)) for other in (hello, {"type": "ping"})))


def frame_tries(count: int, seed: int) -> Tries:
    """One try a frame."""
    chance = Random(seed)
    for _ in range(count):
        sent = chance.choice(corpus())
        yield trouble(replace(sent, frame=chance.choice(BITES)(sent.frame, chance)))


def trouble(sent: Sent) -> str | None:
    """What went wrong on the frame's way to the rules; None when it was read or refused as it should be."""
    try:
        frame = frames.parse(sent.frame)
        if isinstance(frame, frames.CommandFrame):
            command, _ = without_texts(frame.command, KEY_OF_TEXTS, sent.by, frame.command_id)
            decide(sent.state, command, sent.by, sent.at)
    except frames.Malformed as malformed:
        json.loads(malformed.frame())
    except (Rejected, EmptyText):
        pass
    except Exception as error:
        return f"{type(error).__name__} ({error}) from {sent.frame[:300]!r}"
    return None


# --- bites


def of_characters(frame: str, chance: Random) -> str:
    """Some characters go, come, or change."""
    letters = list(frame)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place = chance.randrange(len(letters) + 1)
        letters[place : place + chance.choice((0, 1, 1, 3))] = chance.choice(("", chance.choice(SPICES)))
    return "".join(letters)


def of_the_end(frame: str, chance: Random) -> str:
    return frame[: chance.randrange(len(frame))] + chance.choice(("", "}" * 3, "\x00", "[" * 9_000))


def of_two(frame: str, chance: Random) -> str:
    """The beginning of one frame and the end of another."""
    other = chance.choice(corpus()).frame
    return frame[: chance.randrange(len(frame))] + other[chance.randrange(len(other)) :]


def of_a_value(frame: str, chance: Random) -> str:
    """One value, somewhere in it, is another: of another type, too large, too deep, or gone."""
    body = json.loads(frame)
    holder, key = chance.choice(list(_places(body)))
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(("extra", "", "Type", "seat", "at"))] = holder[key]
        case _:
            holder[key] = chance.choice(NASTY)
    return json.dumps(body)


def of_depth(frame: str, chance: Random) -> str:
    depth = chance.choice((5, 200, 3_000))
    return frame.replace('"type"', f'"x":{"[" * depth}{"]" * depth},"type"', 1)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the JSON, as (holder, key or index)."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


BITES: tuple[Callable[[str, Random], str], ...] = (
    of_characters,
    of_characters,
    of_the_end,
    of_two,
    of_a_value,
    of_a_value,
    of_depth,
)


def parsing_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    def by_hand(data: str) -> Any:
        frame = json.loads(data)
        return frames.Ping(type="ping") if frame["type"] == "ping" else frame["command"]["type"]

    monkeypatch.setattr(frames, "parse", by_hand)


MUTATED_FRAMES = Experiment(
    id="F1",
    name="mutated_frames",
    what="mutated frames in process: nothing but validation errors and refusals",
    unit="frames",
    count=1_000_000,
    tries=frame_tries,
    wrong={"parsing by hand": parsing_by_hand},
    enough=100,
)
