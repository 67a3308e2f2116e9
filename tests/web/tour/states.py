"""What the tour shows, in the order of an afternoon, and the page that says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.web.serving import ROOT
from tests.web.tour.camera import SIZES, THEMES

PAGE = ROOT / "docs" / "tour.md"
IMAGES = ROOT / "docs" / "images"


@dataclass(frozen=True)
class State:
    name: str
    title: str
    says: str


STATES = (
    State("start", "The start page", "Three doors: try it alone, set up a table, or run an exercise for a class."),
    State("new", "Setting a table", "What is played, by how many, and who runs it. Everything has a sensible default."),
    State("lobby", "The lobby", "Who sits where. Whoever has the link chooses a seat and gives a name."),
    State(
        "welcome",
        "The first minute",
        "Who you are: a mission, three aims, your red lines. Of the delegations only yours sees it.",
    ),
    State(
        "look-around", "Looking around", "Two minutes through the table; skipped with a key, called back from the menu."
    ),
    State(
        "table",
        "The table",
        "The text on the floor with its brackets, the ring of seats, the talk, and what it is worth to us.",
    ),
    State(
        "paragraph", "A paragraph", "Who wants which words, and why they say so; what became of the sentence so far."
    ),
    State("compare", "Drafts side by side", "Two or three drafts, and where they differ."),
    State(
        "change",
        "Proposing a change",
        "Other words for a paragraph, what they bring us, and the text as it would then read.",
    ),
    State("nation", "A nation", "What it has said in public, our rooms with it, our deals."),
    State("map", "The room as a map", "The same seats on the map; shape and colour say who stands where."),
    State("talk", "Talk", "The plenary, rooms of a few, the own delegation; unread counts and who is typing."),
    State("trade", "Trade", "Deals offered and in force, promises both ways, commitments beside the text."),
    State("news", "News", "What the outside hears, and what comes from it."),
    State("us", "Us", "What the text is worth to the government, which lines it crosses, what would help most."),
    State("brief", "The brief", "One key away at all times."),
    State("silence", "Under silence", "The whole table changes: the text, the countdown, the ladder of dissent."),
    State("break", "Breaking silence", "A written reason, what it will cost, and a second, deliberate step."),
    State(
        "facilitator", "The facilitator's table", "Everything the delegates see, and what each draft is worth to whom."
    ),
    State(
        "run", "Running the meeting", "The clock, the agenda, silence and the end: everything that moves the meeting."
    ),
    State("projector", "The wall", "For the projector: the public side, large enough to read from the last row."),
    State("preferences", "Preferences", "Language, theme, sounds: each person's own."),
    State("outcome", "What became of it", "The war, the text, the ratification: told when the meeting is over."),
    State(
        "considerations",
        "Six considerations",
        "How the outcome does by the brief's six considerations, with every term.",
    ),
    State("replay", "The replay", "Any moment again, from the eyes of the own seat."),
)


def file(state: State, size: str, theme: str) -> Path:
    return IMAGES / f"{state.name}-{size}-{theme}.webp"


def pictures() -> set[Path]:
    """Every picture the tour has."""
    return {file(state, size, theme) for state in STATES for size in SIZES for theme in THEMES}


def tour_page() -> str:
    """docs/tour.md."""
    parts = [HEAD]
    for state in STATES:
        parts.append(f"## {state.title}\n\n{state.says}\n\n{_first(state)}\n\n{_others(state)}\n")
    return "\n".join(parts)


HEAD = """# A tour

Every main state of the client, on a laptop and on a phone, in the light, the dark and the high-contrast theme. The
pictures are of one afternoon on a real server; `make screenshots` plays it and takes them anew.
"""


def _picture(state: State, size: str, theme: str, width: int) -> str:
    path = file(state, size, theme).relative_to(PAGE.parent).as_posix()
    return f'<img src="{path}" alt="{state.title}, {size}, {NAMED[theme]}" width="{width}">'


NAMED = {"light": "light", "dark": "dark", "contrast": "high contrast"}


def _first(state: State) -> str:
    return _picture(state, "laptop", "light", 700) + "\n" + _picture(state, "phone", "light", 180)


def _others(state: State) -> str:
    shown = [_picture(state, size, theme, 340 if size == "laptop" else 88) for theme in THEMES[1:] for size in SIZES]
    return "\n".join(["<details><summary>Dark and high contrast</summary>", "", *shown, "", "</details>"])
