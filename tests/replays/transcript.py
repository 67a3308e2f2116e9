"""A golden as a person reads it: who did what, and what changed for whom.

Full views when play begins and when it is over, for five viewers; between them only changes. The public half of a view
is the same for everybody and stands once, under `all`. Everybody else is there by the hash of what they see: a viewer
who is not named at a step got nothing from it.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from game_rules.engine import EVENTS, Event, evolve
from game_rules.logged_game import Wished
from game_rules.messages import Actor
from game_rules.procedures.seating import GameCreated
from game_rules.procedures.talk import MessagePosted
from game_rules.saved_game import Record, SavedGame
from game_rules.state import GameState
from game_rules.view import SPECTATOR, Views, facilitator_viewer, member_viewer
from tests.replays.table import FACILITATOR
from tests.replays.view_lines import QUOTED_CHARACTERS, Lines, Wording, duration, fingerprint

WIDTH = 118
WHOLE = 10_000
"""Longer than any text."""
NAMED_APART = 9
"""When more of the others are moved by one step, one hash stands for all of them."""

SEEN_IN_VIEWS = frozenset({"type", "package", "figures", "results", "scenario"}) | frozenset(
    {"state", "undone", "undone_for", "seats", "headline", "date", "parties"}
)
"""Fields of events that the views below show better."""
MOMENTS = frozenset({"deadline", "ends_at", "put_by", "closes_at", "until", "to_at", "moment_at"})
COUNTED = frozenset({"game_rewound", "promise_made"})
"""Events whose `until` is no moment."""
NOTHING: tuple[Any, ...] = (None, False, [], {})

IMPLIED = frozenset({"seat", "member", "author", "proposer"})
"""Fields that mostly name who acted: left out where they do."""


TURNS = frozenset(
    {
        "phase_began",
        "draft_tabled",
        "draft_revised",
        "basis_named",
        "silence_opened",
        "silence_broken",
        "silence_held",
        "fallback_due",
        "outcome_reached",
    }
)
"""Where a long game turns: the steps at which its transcript shows what changed."""


def transcript(saved: SavedGame, wished: Sequence[Wished], watched: Sequence[str], *, turns_only: bool = False) -> str:
    """The transcript of a golden. `watched` are the seats whose views are shown in full, beside the spectator.

    Each seat is seen with the eyes of its first member, or of one who could be where bots play. With `turns_only`
    steps between the turns of a long game are there by what was done and one hash of everything that changed.
    """
    return "\n".join(_Telling(saved, watched, turns_only).told(wished)) + "\n"


class _Telling:
    def __init__(self, saved: SavedGame, watched: Sequence[str], turns_only: bool) -> None:
        self._saved = saved
        self._turns_only = turns_only
        self._opening = saved.records[0].at
        self._records: dict[str, list[Record]] = defaultdict(list)
        for record in saved.records:
            self._records[record.command_id].append(record)
        created = EVENTS.validate_json(saved.records[0].event)
        assert isinstance(created, GameCreated)
        cast = created.scenario.cast(created.cast)
        self._texts = {text.id: text.text for text in saved.texts}
        self._wording = Wording(self._texts, cast.fixed, self._opening)
        seats = {seat: member_viewer(f"{seat}.1", seat) for seat in cast.seats}
        self._watched = {**{seat: seats.pop(seat) for seat in watched}, "spectator": SPECTATOR}
        self._others = {**seats, "facilitator": facilitator_viewer(FACILITATOR.id)}
        self._views = Views()
        self._state: GameState | None = None
        self._public: Any = None
        self._public_lines: Lines = {}
        self._halves: dict[str, Any] = {}
        self._lines: dict[str, Lines] = {}
        self._hashes: dict[str, str] = {}

    def told(self, wished: Sequence[Wished]) -> Iterator[str]:
        seats = ", ".join(self._watched)
        yield f"{self._saved.game}: {len(self._saved.records)} events, head {self._saved.head.hex()[:16]}"
        yield f"Watched: {seats}. Times are minutes since the game was made. all = what everybody sees."
        yield "# = hashes of what changed: the public half (all), and the private halves of those who are not watched."
        if self._turns_only:
            yield "Between the turns of the game: what was done, and one hash of all that changed."
        yield ""
        at_first: dict[str, Lines] | None = None
        for one in wished:
            yield from self._step(one, in_play=at_first is not None)
            if at_first is None and self._state is not None and self._state.clock.status != "lobby":
                yield from self._full_views("WHEN PLAY BEGINS", {})
                at_first = dict(self._lines)
        yield from self._full_views("WHEN IT IS OVER", at_first or {})

    def _step(self, wished: Wished, *, in_play: bool) -> Iterator[str]:
        """One command: what came of it and, once play has begun, what changed for whom."""
        events = self._events(wished)
        in_full = in_play and not (self._turns_only and TURNS.isdisjoint(event.type for event, _ in events))
        if in_full:
            yield ""
            yield from self._headline(wished)
            moved = self._moved(events)
            yield from self._told_apart(moved)
            yield from self._hashes_of([name for name in moved if name == "all" or name in self._others])
        elif in_play:
            headline = list(self._headline(wished, QUOTED_CHARACTERS))
            together = fingerprint([self._hashes[name] for name in self._moved(events)])
            yield from [*headline[:-1], f"{headline[-1]}  # {together}"]
        else:
            yield from self._headline(wished)
            yield from self._hashes_of(list(self._moved(events)))

    def _events(self, wished: Wished) -> tuple[tuple[Event, Record], ...]:
        return tuple((EVENTS.validate_json(record.event), record) for record in self._records[wished.id])

    # --- what was done

    def _headline(self, wished: Wished, characters: int = WHOLE) -> Iterator[str]:
        """Who did what, and when; texts up to so many characters."""
        who = f"{self._wording.moment(wished.at)}  {self._who(wished.by)}"
        if wished.refused is not None:
            asked = _fields(wished.command.model_dump(mode="json", exclude_defaults=True, exclude={"scenario"}))
            yield from _wrapped(who, f"may not {_words(wished.command.type)} ({asked}): {wished.refused}")  # type: ignore[attr-defined]
            return
        for event, _ in self._events(wished):
            yield from _wrapped(who, self._event(event, wished.by, characters))
            who = " " * len(who)

    def _who(self, by: Actor) -> str:
        if by.kind == "member" and self._state is not None and by.id in self._state.members:
            name = self._texts.get(self._state.members[by.id].name, by.id)
            return f"{by.seat} {name}"
        return f"{by.seat}'s {by.kind}" if by.seat else f"the {by.kind}"

    def _event(self, event: Event, by: Actor, characters: int) -> str:
        fields = event.model_dump(mode="json", exclude_defaults=True)
        said = [
            f"{_words(name)} {self._field(event, name, value, characters)}"
            for name, value in fields.items()
            if name not in SEEN_IN_VIEWS and value not in NOTHING and not _implied(name, value, by)
        ]
        if isinstance(event, MessagePosted):
            refs = f" [{' '.join(event.refs)}]" if event.refs else ""
            return f"in {event.room}: {self._wording.quoted(event.text, characters)}{refs}"
        return f"{_words(event.type).upper()}  {', '.join(said)}".rstrip()

    def _field(self, event: Event, name: str, value: Any, characters: int) -> str:
        if name in event.texts:
            return self._wording.quoted(value, characters)
        if name in MOMENTS and event.type not in COUNTED:
            return self._wording.moment(value)
        if name == "command":
            return self._prepared(event, value, characters)
        return duration(value) if name == "shift" else _value(value)

    def _prepared(self, event: Event, command: Mapping[str, Any], characters: int) -> str:
        """What waits for a head of delegation."""
        said = {
            name: self._wording.quoted(held, characters) if name in event.texts else _value(held)
            for name, held in command.items()
            if name != "type" and held not in NOTHING
        }
        return f"{_words(command['type'])} ({', '.join(f'{_words(name)} {held}' for name, held in said.items())})"

    # --- what changed

    def _moved(self, events: Iterable[tuple[Event, Record]]) -> dict[str, str]:
        """Folds the events: everybody whose view changed, with what changed in words."""
        for event, record in events:
            self._state = evolve(self._state, event, record.actor, record.at)
        return dict(self._look(self._state)) if self._state is not None else {}

    def _hashes_of(self, names: Sequence[str]) -> Iterator[str]:
        private = [name for name in names if name != "all"]
        said = [f"all {self._hashes['all']}"] if "all" in names else []
        if len(private) > NAMED_APART:
            said.append(f"{len(private)} others {fingerprint([self._hashes[name] for name in private])}")
        else:
            said += [f"{name} {self._hashes[name]}" for name in private]
        if said:
            yield from _wrapped("      #", ", ".join(said))

    def _told_apart(self, moved: Mapping[str, str]) -> Iterator[str]:
        """What changed, once for all those to whom it is the same."""
        readers: dict[str, list[str]] = defaultdict(list)
        for name, changes in moved.items():
            if changes:
                readers[changes].append(name)
        for changes, names in readers.items():
            yield from _wrapped(f"      {' '.join(names)}:", changes)

    def _look(self, state: GameState) -> Iterator[tuple[str, str]]:
        """Everybody whose view moved, with what moved in words; the words are empty for those who are not watched."""
        public = self._views.public(state)
        if public != self._public:
            self._public, before = public, self._public_lines
            self._hashes["all"] = fingerprint(public)
            self._public_lines = self._wording.lines(public)
            yield "all", _difference(before, self._public_lines)
        for name, viewer in {**self._watched, **self._others}.items():
            half = self._views.private(state, viewer)
            if half is self._halves.get(name) or half == self._halves.get(name):
                continue
            self._halves[name] = half
            self._hashes[name] = fingerprint(half)
            if name in self._watched:
                before, self._lines[name] = self._lines.get(name, {}), self._wording.lines(half)
                yield name, _difference(before, self._lines[name]) or "details of refusals"
            else:
                yield name, ""

    # --- full views

    def _full_views(self, title: str, at_first: Mapping[str, Lines]) -> Iterator[str]:
        """Everything that the watched see; of what they had `at_first` already, only that they still have it."""
        yield from ("", f"---- {title} ".ljust(WIDTH, "-"))
        yield from _wrapped("", f"ALL  {self._hashes['all']}")
        yield from _sections(self._public_lines, {})
        for name in self._watched:
            yield from _wrapped("", f"{name}  {self._hashes[name]}")
            yield from _sections(self._lines[name], at_first.get(name, {}))
        others = ", ".join(f"{name} {self._hashes[name]}" for name in self._others)
        yield from _wrapped("", f"OTHERS  {others}")
        yield "-" * WIDTH


def _implied(name: str, value: Any, by: Actor) -> bool:
    return name in IMPLIED and value in (by.seat, by.id)


def _difference(before: Lines, after: Lines) -> str:
    """What is new or gone, by section; what one may do now or no more, by reason."""
    old, new = _by_section(before), _by_section(after)
    permissions = _permissions(_changed_permissions(old.pop("can", {}), new.pop("can", {})))
    changed = (
        f"{section}: {_changed_fields(old.get(section, {}), fields)}"
        for section, fields in new.items()
        if old.get(section) != fields
    )
    gone = (f"{section}: over" for section in old if section not in new)
    return "; ".join([*changed, *gone, *permissions])


def _changed_fields(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    changed = (f"{field} {value}" for field, value in new.items() if old.get(field) != value)
    return ", ".join([*changed, *(f"{field} gone" for field in old if field not in new)])


def _changed_permissions(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, list[str]]:
    """Acts by what is said of them now: `yes`, the code of a refusal, or `gone`."""
    may: dict[str, list[str]] = defaultdict(list)
    for act, value in new.items():
        if old.get(act) != value:
            may[value].append(act)
    for act in old:
        if act not in new:
            may["gone"].append(act)
    return may


def _permissions(may: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for value, acts in may.items():
        listed = ", ".join(_grouped(acts))
        if value == "yes":
            yield f"may {listed}"
        elif value == "gone":
            yield f"closed {', '.join(dict.fromkeys(act.rpartition('.')[0] or act for act in acts))}"
        else:
            yield f"may not {listed} ({value})"


def _grouped(acts: Iterable[str]) -> Iterator[str]:
    """`d1.a1.answer_amendment` and its like, once for each thing: `d1: cosponsor revise_draft`."""
    by_thing: dict[str, list[str]] = defaultdict(list)
    for act in acts:
        thing, _, name = act.rpartition(".")
        by_thing[thing].append(name)
    for thing, names in by_thing.items():
        yield f"{thing}: {' '.join(names)}" if thing else " ".join(names)


def _sections(lines: Lines, at_first: Lines) -> Iterator[str]:
    sections = _by_section(lines)
    known = _by_section(at_first)
    may = _changed_permissions(known.pop("can", {}), sections.pop("can", {}))
    for section, fields in sections.items():
        said = "; ".join(f"{field} {value}" for field, value in fields.items())
        yield from _wrapped(f"  {section}:", "as at first" if known.get(section) == fields else said)
    for sentence in _permissions(may):
        yield from _wrapped("  ", sentence)


def _by_section(lines: Lines) -> dict[str, dict[str, str]]:
    sections: dict[str, dict[str, str]] = defaultdict(dict)
    for (section, field), value in lines.items():
        sections[section][field] = value
    return sections


def _fields(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{_words(name)} {_value(value)}" for name, value in values.items() if name != "type")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={_inner(held)}" for key, held in sorted(value.items()))
    if isinstance(value, list):
        return " ".join("=".join(map(str, one)) if isinstance(one, list) else _inner(one) for one in value)
    return str(value)


def _inner(value: Any) -> str:
    """Something that stands in a list or among fields."""
    if isinstance(value, dict):
        return f"({_value(value)})"
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        f"{label}  {text}" if label.strip() else f"{label}{text}",
        WIDTH,
        subsequent_indent=" " * 10,
        break_long_words=False,
        break_on_hyphens=False,
    )
