"""Injects: news from outside the room, with what it changes (rules 7.2 and 7.3).

They come by the schedule, on a moment of the floor, or from the facilitator of an exercise, who can also hold, skip,
edit and write them. Whatever brings one looks at public circumstances only, so that news betrays nothing. An effect
on a delegation's instructions reaches that delegation alone, as a note from its capital.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from game_rules import rejections as no
from game_rules.changing import replace
from game_rules.conditions import UnknownName, compile_condition
from game_rules.evaluation import Circumstances
from game_rules.faults.fault import parts
from game_rules.faults.references import Names
from game_rules.messages import (
    EVERYONE,
    NOBODY,
    Actor,
    Audience,
    Command,
    Event,
    Id,
    Message,
    Milliseconds,
    Name,
    SeatId,
    TextId,
    only,
)
from game_rules.procedures.around import PUBLIC_EFFECTS, in_world, narrowed, seats_of
from game_rules.procedures.complements import text_of_the_day
from game_rules.procedures.standing import demand, numbered, public_circumstances
from game_rules.rejections import Refusal, Rejected, refuse
from game_rules.scenario import AddPoints, Effect, Inject, InjectTrigger, Package, ProposeRevision
from game_rules.state import GameState, InjectPlan, InjectStatus, LiveEffects, News, Note

To: TypeAlias = Literal["everybody"] | Annotated[tuple[Id, ...], Field(min_length=1, max_length=64)]
Minute: TypeAlias = Annotated[int, Field(ge=0, le=10_000)]
MOST_EFFECTS = 20
"""Of one inject that a facilitator writes; the longest of Vilnius has two."""

BY_HAND = InjectTrigger(on="facilitator")

# --- commands, all of them the facilitator's


class FireInject(Command):
    """Lets an inject come now, whatever brings it otherwise; background news as well."""

    type: Literal["fire_inject"]
    inject: Id


class HoldInject(Command):
    """Keeps an inject back until it is released."""

    type: Literal["hold_inject"]
    inject: Id


class ReleaseInject(Command):
    """Puts an inject that was held or skipped back on the list. If its moment has passed it comes at once."""

    type: Literal["release_inject"]
    inject: Id


class SkipInject(Command):
    """Takes an inject off the list."""

    type: Literal["skip_inject"]
    inject: Id


class EditInject(Command):
    """Gives an inject other words, other readers or other effects before it comes. What is left out stays."""

    type: Literal["edit_inject"]
    texts: ClassVar[tuple[str, ...]] = ("news",)
    inject: Id
    news: Message | None = None
    to: To | None = None
    effects: Annotated[tuple[Effect, ...], Field(max_length=MOST_EFFECTS)] | None = None


class WriteInject(Command):
    """Prepares news of the facilitator's own. With a phase it comes by itself, `minute` minutes into it."""

    type: Literal["write_inject"]
    texts: ClassVar[tuple[str, ...]] = ("title", "news")
    title: Name
    news: Message
    to: To = "everybody"
    effects: Annotated[tuple[Effect, ...], Field(max_length=MOST_EFFECTS)] = ()
    until: Literal["next_phase"] | None = None
    phase: Id | None = None
    minute: Minute = 0


# --- events. stored: renaming needs an upcaster


class InjectFired(Event):
    """News came, to everybody or to one delegation (each of several gets its own): the scenario's words, or texts.

    What it changes is in other events, so that whoever reads the news reads nothing else.
    """

    type: Literal["inject_fired"] = "inject_fired"
    texts: ClassVar[tuple[str, ...]] = ("name", "text")
    seat: SeatId | None
    inject: str
    headline: str
    date: str
    news: str | None = None
    name: TextId | None = None
    text: TextId | None = None

    def audience(self) -> Audience:
        return EVERYONE if self.seat is None else only(self.seat)


class EffectsApplied(Event):
    """An inject came: its effects hold from now on, with `lapses` until the next phase."""

    type: Literal["effects_applied"] = "effects_applied"
    told: ClassVar[bool] = False
    inject: str
    effects: tuple[Effect, ...]
    lapses: bool

    def audience(self) -> Audience:
        return NOBODY


class InstructionsChanged(Event):
    """What an inject changes of one delegation's instructions."""

    type: Literal["instructions_changed"] = "instructions_changed"
    seat: SeatId
    inject: str
    changes: tuple[Effect, ...]
    lapses: bool

    def audience(self) -> Audience:
        return only(self.seat)


class RevisionHanded(Event):
    """The chair is handed another wording, to put forward if it likes."""

    type: Literal["revision_handed"] = "revision_handed"
    seat: SeatId
    inject: str
    changes: tuple[Effect, ...]

    def audience(self) -> Audience:
        return only(self.seat)


class EffectsLapsed(Event):
    """A new phase began: what held until then no longer does."""

    type: Literal["effects_lapsed"] = "effects_lapsed"
    told: ClassVar[bool] = False
    injects: tuple[str, ...]

    def audience(self) -> Audience:
        return NOBODY


class InjectPassed(Event):
    """The moment of an inject came without its condition: it waits for the beginning of the next phase."""

    type: Literal["inject_passed"] = "inject_passed"
    told: ClassVar[bool] = False
    inject: str

    def audience(self) -> Audience:
        return NOBODY


class InjectHeld(Event):
    type: Literal["inject_held"] = "inject_held"
    inject: str

    def audience(self) -> Audience:
        return NOBODY


class InjectReleased(Event):
    type: Literal["inject_released"] = "inject_released"
    inject: str

    def audience(self) -> Audience:
        return NOBODY


class InjectSkipped(Event):
    type: Literal["inject_skipped"] = "inject_skipped"
    inject: str

    def audience(self) -> Audience:
        return NOBODY


class InjectEdited(Event):
    type: Literal["inject_edited"] = "inject_edited"
    texts: ClassVar[tuple[str, ...]] = ("text",)
    inject: str
    text: TextId | None
    to: To | None
    effects: tuple[Effect, ...] | None

    def audience(self) -> Audience:
        return NOBODY


class InjectWritten(Event):
    type: Literal["inject_written"] = "inject_written"
    texts: ClassVar[tuple[str, ...]] = ("name", "text")
    inject: str
    name: TextId
    text: TextId
    to: To
    effects: tuple[Effect, ...]
    lapses: bool
    phase: str | None
    minute: int

    def audience(self) -> Audience:
        return NOBODY


# --- the list of what may come


@dataclass(frozen=True, slots=True)
class Planned:
    """An inject of this game as it stands on the facilitator's list: the scenario's with what was made of it, or own.

    `to` is None for everybody. `name` and `text` are ids of a facilitator's words, in place of the scenario's.
    """

    id: str
    part: str
    headline: str
    date: str
    news: str | None
    name: TextId | None
    text: TextId | None
    to: tuple[SeatId, ...] | None
    effects: tuple[Effect, ...]
    lapses: bool
    trigger: InjectTrigger
    status: InjectStatus
    passed_in: int | None

    @property
    def comes_by_itself(self) -> bool:
        """rule 7.3: a game starts at the baseline, which has the background in it already."""
        return self.status == "waiting" and self.part != "background" and self.trigger.on != "facilitator"


UNTOUCHED = InjectPlan()


def plans(state: GameState, on: str | None = None) -> Iterator[Planned]:
    """Every inject of the game, the scenario's in its order, then the facilitator's own.

    With `on` only those that this kind of moment brings.
    """
    scenario = state.rules.scenario.injects
    for inject in scenario:
        if on is None or inject.trigger.on == on:
            yield _of_scenario(inject, state.injects.get(inject.id, UNTOUCHED))
    known = {inject.id for inject in scenario}
    for identifier, plan in state.injects.items():
        if identifier not in known:
            planned = _of_facilitator(identifier, plan)
            if on in (None, planned.trigger.on):
                yield planned


def _of_scenario(inject: Inject, plan: InjectPlan) -> Planned:
    to = inject.to if plan.to is None else plan.to
    return Planned(
        id=inject.id,
        part=inject.part,
        headline=inject.title,
        date=inject.date,
        news=inject.news if plan.text is None else None,
        name=None,
        text=plan.text,
        to=None if to == "everybody" else to,
        effects=inject.effects if plan.effects is None else plan.effects,
        lapses=inject.until is not None,
        trigger=inject.trigger,
        status=plan.status,
        passed_in=plan.passed_in,
    )


def _of_facilitator(identifier: str, plan: InjectPlan) -> Planned:
    assert plan.to is not None
    by_the_clock = plan.phase is not None
    return Planned(
        id=identifier,
        part="free",
        headline="",
        date="",
        news=None,
        name=plan.name,
        text=plan.text,
        to=None if plan.to == "everybody" else plan.to,
        effects=plan.effects or (),
        lapses=plan.lapses,
        trigger=InjectTrigger(on="phase", phase=plan.phase, minute=plan.minute) if by_the_clock else BY_HAND,
        status=plan.status,
        passed_in=plan.passed_in,
    )


# --- when they come


def moment_of(state: GameState, planned: Planned) -> Milliseconds | None:
    """When a scheduled inject's next moment is, in this phase; None when it has none (rule 7.3).

    That is so many minutes into its phase, which the game's clock stretches. One that did not come there (its condition
    was wanting, the phase was cut short) has its next moment at the beginning of each following phase, until the
    outcome. A moment that passed while it was held is made up for when it is released.
    """
    trigger, clock = planned.trigger, state.clock
    if trigger.phase is None or clock.phase_began_at is None or planned.passed_in == clock.phase:
        return None
    own = _place(state, trigger.phase)
    if own == clock.phase:
        return clock.phase_began_at + _scaled(state, own, trigger.minute)
    return clock.phase_began_at if own < clock.phase and state.outcome is None else None


def _place(state: GameState, phase: str) -> int:
    return next(place for place, one in enumerate(state.rules.agenda) if one.id == phase)


def _scaled(state: GameState, place: int, minute: int) -> Milliseconds:
    """Minutes of the scenario's default clock in milliseconds of this game's."""
    whole = state.rules.agenda[place].minutes
    return minute * state.rules.phase_milliseconds[place] // whole if whole else minute * 60_000


def next_moment(state: GameState) -> Milliseconds | None:
    """When the next scheduled inject is due."""
    return min((due for due, _ in _scheduled(state)), default=None)


def _scheduled(state: GameState) -> tuple[tuple[Milliseconds, Planned], ...]:
    """Asked after every event; worked out when a phase begins, the clock moves, or a plan changes."""
    return state.rules.memo.of("scheduled injects", (state.clock, state.injects, state.outcome), _dates, state)


def _dates(state: GameState) -> tuple[tuple[Milliseconds, Planned], ...]:
    own = (planned for planned in plans(state, "phase") if planned.comes_by_itself)
    return tuple((due, planned) for planned in own if (due := moment_of(state, planned)) is not None)


def what_is_due(state: GameState) -> tuple[Event, ...]:
    """The scheduled inject whose moment is the earliest (of equals the first on the list), or that it passed."""
    _, planned = min(_scheduled(state), key=lambda found: found[0])
    if _holds(state, planned, text_of_the_day(state), public_circumstances(state)):
        return come(state, planned)
    return (InjectPassed(inject=planned.id),)


MOMENTS: Mapping[str, str] = {
    "silence_opened": "silence_opened",
    "silence_broken": "silence_broken",
    "silence_held": "adopted",
    "deal_published": "deal_signed",
}
"""Events of the floor that bring injects, by the moment that a trigger names. A deal counts once everybody knows."""


BRINGING = frozenset({"phase_began", *MOMENTS})
"""The types of event that `brought_by` looks at."""


def brought_by(state: GameState, event: Event, besides: Iterable[str] = ()) -> tuple[Event, ...]:
    """What follows when this event has just been folded: news on that moment, and in a new phase what lapses.

    `besides` are injects that come anyway.
    """
    kind: str = getattr(event, "type", "")
    if kind == "phase_began":
        lapsing = tuple(live.inject for live in state.effects if live.lapses)
        return (EffectsLapsed(injects=lapsing),) if lapsing else ()
    if kind not in MOMENTS:
        return ()
    judged = _text_of_the_moment(state, kind)
    around = public_circumstances(state)
    return tuple(_that_come(state, MOMENTS[kind], judged, around, besides))


def _text_of_the_moment(state: GameState, kind: str) -> Package:
    """The text that a condition is judged on: the one put under silence, the one broken or adopted, else the day's."""
    return state.silences[-1].silence.package if kind == "silence_broken" else text_of_the_day(state)


def before_the_outcome(state: GameState, package: Package) -> tuple[Event, ...]:
    """News of the aftermath that changes what the figures say: it comes before they are worked out (rule 8.10)."""
    without_effects = [planned.id for planned in plans(state) if not planned.effects]
    return tuple(_that_come(state, "aftermath", package, _at_the_end(state), without_effects))


def after_the_outcome(state: GameState) -> tuple[Event, ...]:
    """The other news of the aftermath, in the world that was drawn."""
    assert state.outcome is not None
    there = in_world(_at_the_end(state), state.outcome.world)
    return tuple(_that_come(state, "aftermath", state.outcome.package, there, ()))


def _at_the_end(state: GameState) -> Circumstances:
    return replace(public_circumstances(state), adopted=state.adopted is not None)


def _that_come(
    state: GameState, on: str, package: Package, around: Circumstances, besides: Iterable[str]
) -> Iterator[Event]:
    left_out = frozenset(besides)
    for planned in plans(state, on):
        due = planned.comes_by_itself and planned.id not in left_out
        if due and _holds(state, planned, package, around):
            yield from come(state, planned)


def _holds(state: GameState, planned: Planned, package: Package, around: Circumstances) -> bool:
    """Whether the inject's condition is true of this text, by what everybody knows."""
    when = planned.trigger.when
    if when is None:
        return True
    return compile_condition(when, state.rules.scenario.vocabulary)(package, state.evaluator.situation(around))


def come(state: GameState, planned: Planned) -> tuple[Event, ...]:
    """The inject comes: the news to its readers, the effects to the state, the changes to each capital's own."""
    return (
        *_news(state, planned),
        EffectsApplied(inject=planned.id, effects=planned.effects, lapses=planned.lapses),
        *_instructions(state, planned),
        *_revision(state, planned),
    )


def _news(state: GameState, planned: Planned) -> Iterator[InjectFired]:
    readers = (None,) if planned.to is None else tuple(seat for seat in state.rules.seats if seat in planned.to)
    for seat in readers:
        yield InjectFired(
            seat=seat,
            inject=_shown_to(state, planned, seat),
            headline=planned.headline,
            date=planned.date,
            news=planned.news,
            name=planned.name,
            text=planned.text,
        )


def _instructions(state: GameState, planned: Planned) -> Iterator[InstructionsChanged]:
    for seat in state.rules.seats:
        changes = tuple(narrowed(effect, seat) for effect in planned.effects if seat in seats_of(effect))
        if changes:
            shown = _shown_to(state, planned, seat)
            yield InstructionsChanged(seat=seat, inject=shown, changes=changes, lapses=planned.lapses)


def _revision(state: GameState, planned: Planned) -> Iterator[RevisionHanded]:
    chair = state.rules.chair
    revisions = tuple(effect for effect in planned.effects if isinstance(effect, ProposeRevision))
    if revisions:
        yield RevisionHanded(seat=chair, inject=_shown_to(state, planned, chair), changes=revisions)


def _shown_to(state: GameState, planned: Planned, seat: SeatId | None) -> str:
    """The id under which it is read. A facilitator's own is numbered among those that its reader has read.

    A number of the facilitator's list would tell how much else is on it (rule 9.2).
    """
    if planned.name is None:
        return planned.id
    if planned.to is None or seat is None:
        read, prefix = state.news, "news."
    else:
        read, prefix = tuple(note.news for note in state.notes.get(seat, ())), f"news.{seat}."
    return numbered(prefix, 1 + sum(one.inject.startswith(prefix) for one in read), state)


# --- predicates


def why_not_direct(state: GameState, by: Actor) -> Refusal | None:
    """Only an exercise has somebody who directs the news; an open game runs by schedule and condition (rule 7.3)."""
    if state.kind != "exercise" or by.kind != "facilitator":
        return refuse(no.FACILITATOR_ONLY)
    over = state.clock.status == "ended" or state.outcome is not None
    return refuse(no.GAME_OVER) if over else None


def why_not_fire(state: GameState, by: Actor, planned: Planned) -> Refusal | None:
    refusal = why_not_direct(state, by)
    if refusal is not None:
        return refusal
    if state.clock.status == "lobby":
        return refuse(no.NOT_STARTED)
    return _why_not_touch(planned, "waiting", "held", "skipped")


def why_not_hold(state: GameState, by: Actor, planned: Planned) -> Refusal | None:
    return why_not_direct(state, by) or _why_not_touch(planned, "waiting")


def why_not_release(state: GameState, by: Actor, planned: Planned) -> Refusal | None:
    return why_not_direct(state, by) or _why_not_touch(planned, "held", "skipped")


def why_not_skip(state: GameState, by: Actor, planned: Planned) -> Refusal | None:
    return why_not_direct(state, by) or _why_not_touch(planned, "waiting", "held")


def why_not_edit(state: GameState, by: Actor, planned: Planned) -> Refusal | None:
    return why_not_direct(state, by) or _why_not_touch(planned, "waiting", "held", "skipped")


def _why_not_touch(planned: Planned, *statuses: InjectStatus) -> Refusal | None:
    if planned.status == "fired":
        return refuse(no.INJECT_HAS_COME, inject=planned.id)
    return None if planned.status in statuses else refuse(no.INJECT_STATUS, inject=planned.id, status=planned.status)


def why_not_send(state: GameState, to: tuple[SeatId, ...] | None, effects: tuple[Effect, ...]) -> Refusal | None:
    """Readers and effects are the scenario's, and each effect reaches only whom it may."""
    unknown = [seat for seat in to or () if seat not in state.rules.seats]
    if unknown:
        return refuse(no.SEAT_UNKNOWN, seat=unknown[0])
    refusal = _why_not_known(state, effects)
    if refusal is not None or to is None:
        return refusal
    public = tuple(effect.kind for effect in effects if isinstance(effect, PUBLIC_EFFECTS))
    if public:
        return refuse(no.INJECT_PUBLIC_EFFECTS, kinds=public)
    others = tuple(seat for effect in effects for seat in _concerned(state, effect) if seat not in to)
    return refuse(no.INJECT_OTHERS_INSTRUCTIONS, seats=others) if others else None


def _concerned(state: GameState, effect: Effect) -> tuple[SeatId, ...]:
    """Whom an effect tells something of its own: those it instructs, and the chair whom it hands a revision."""
    return (state.rules.chair,) if isinstance(effect, ProposeRevision) else seats_of(effect)


def _why_not_known(state: GameState, effects: tuple[Effect, ...]) -> Refusal | None:
    names = Names(state.rules.scenario)
    for effect in effects:
        for place, part in parts(effect, (effect.kind,)):
            for _, kind, name in names.references(part, place):
                if name not in names.known(kind):
                    return refuse(no.INJECT_NAME_UNKNOWN, kind=kind, name=str(name))
        if isinstance(effect, AddPoints) and effect.when is not None:
            try:
                compile_condition(effect.when, state.rules.scenario.vocabulary)
            except (UnknownName, ValueError) as fault:
                return refuse(no.INJECT_CONDITION, reason=str(fault))
    return None


# --- deciding


def find_inject(state: GameState, inject: str) -> Planned:
    """The inject on the list. Raises Rejected."""
    for planned in plans(state):
        if planned.id == inject:
            return planned
    raise Rejected(refuse(no.INJECT_UNKNOWN, inject=inject))


def fire_inject(state: GameState, command: FireInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    planned = find_inject(state, command.inject)
    demand(why_not_fire(state, by, planned))
    return come(state, planned)


def hold_inject(state: GameState, command: HoldInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    planned = find_inject(state, command.inject)
    demand(why_not_hold(state, by, planned))
    return (InjectHeld(inject=planned.id),)


def release_inject(state: GameState, command: ReleaseInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    planned = find_inject(state, command.inject)
    demand(why_not_release(state, by, planned))
    return (InjectReleased(inject=planned.id),)


def skip_inject(state: GameState, command: SkipInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    planned = find_inject(state, command.inject)
    demand(why_not_skip(state, by, planned))
    return (InjectSkipped(inject=planned.id),)


def edit_inject(state: GameState, command: EditInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    planned = find_inject(state, command.inject)
    demand(why_not_edit(state, by, planned))
    if command.news is None and command.to is None and command.effects is None:
        raise Rejected(refuse(no.NOTHING_CHANGES))
    to = planned.to if command.to is None else _readers(command.to)
    demand(why_not_send(state, to, planned.effects if command.effects is None else command.effects))
    return (InjectEdited(inject=planned.id, text=command.news, to=command.to, effects=command.effects),)


def write_inject(state: GameState, command: WriteInject, by: Actor) -> tuple[Event, ...]:
    demand(why_not_direct(state, by))
    demand(why_not_send(state, _readers(command.to), command.effects))
    if command.phase is not None and command.phase not in {phase.id for phase in state.rules.agenda}:
        raise Rejected(refuse(no.INJECT_NAME_UNKNOWN, kind="phase", name=command.phase))
    known = {inject.id for inject in state.rules.scenario.injects}
    own = sum(identifier not in known for identifier in state.injects)
    return (
        InjectWritten(
            inject=numbered("own.", own + 1, state),
            name=command.title,
            text=command.news,
            to=command.to,
            effects=command.effects,
            lapses=command.until is not None,
            phase=command.phase,
            minute=command.minute,
        ),
    )


def _readers(to: To) -> tuple[SeatId, ...] | None:
    return None if to == "everybody" else to


# --- folding


def _planned(state: GameState, inject: str, plan: InjectPlan) -> GameState:
    return replace(state, injects={**state.injects, inject: plan})


def _with_status(state: GameState, inject: str, status: InjectStatus) -> GameState:
    return _planned(state, inject, replace(state.injects.get(inject, UNTOUCHED), status=status))


def inject_fired(state: GameState, event: InjectFired, at: Milliseconds) -> GameState:
    news = News(event.inject, at, event.headline, event.date, event.news, event.name, event.text)
    if event.seat is None:
        return replace(state, news=(*state.news, news))
    return _noted(state, event.seat, (*state.notes.get(event.seat, ()), Note(news)))


def _noted(state: GameState, seat: SeatId, notes: tuple[Note, ...]) -> GameState:
    return replace(state, notes={**state.notes, seat: notes})


def effects_applied(state: GameState, event: EffectsApplied) -> GameState:
    fired = _with_status(state, event.inject, "fired")
    if not event.effects:
        return fired
    return replace(fired, effects=(*fired.effects, LiveEffects(event.inject, event.effects, event.lapses)))


def instructions_changed(state: GameState, event: InstructionsChanged | RevisionHanded) -> GameState:
    """The changes go under the news that brought them: a note the delegation has already, or one made of the news."""
    lapses = isinstance(event, InstructionsChanged) and event.lapses
    notes = state.notes.get(event.seat, ())
    if notes and notes[-1].news.inject == event.inject:
        last = notes[-1]
        changed = replace(last, changes=(*last.changes, *event.changes), lapses=last.lapses or lapses)
        return _noted(state, event.seat, (*notes[:-1], changed))
    news = next(news for news in reversed(state.news) if news.inject == event.inject)
    return _noted(state, event.seat, (*notes, Note(news, event.changes, lapses)))


def effects_lapsed(state: GameState) -> GameState:
    notes = {
        seat: tuple(replace(note, over=True) if note.lapses else note for note in of_seat)
        if any(note.lapses and not note.over for note in of_seat)
        else of_seat
        for seat, of_seat in state.notes.items()
    }
    return replace(state, effects=tuple(live for live in state.effects if not live.lapses), notes=notes)


def inject_passed(state: GameState, event: InjectPassed) -> GameState:
    plan = state.injects.get(event.inject, UNTOUCHED)
    return _planned(state, event.inject, replace(plan, passed_in=state.clock.phase))


def inject_held(state: GameState, event: InjectHeld) -> GameState:
    return _with_status(state, event.inject, "held")


def inject_released(state: GameState, event: InjectReleased) -> GameState:
    return _with_status(state, event.inject, "waiting")


def inject_skipped(state: GameState, event: InjectSkipped) -> GameState:
    return _with_status(state, event.inject, "skipped")


def inject_edited(state: GameState, event: InjectEdited) -> GameState:
    plan = state.injects.get(event.inject, UNTOUCHED)
    edited = replace(
        plan,
        text=plan.text if event.text is None else event.text,
        to=plan.to if event.to is None else event.to,
        effects=plan.effects if event.effects is None else event.effects,
    )
    return _planned(state, event.inject, edited)


def inject_written(state: GameState, event: InjectWritten) -> GameState:
    plan = InjectPlan(
        name=event.name,
        text=event.text,
        to=event.to,
        effects=event.effects,
        lapses=event.lapses,
        phase=event.phase,
        minute=event.minute,
    )
    return _planned(state, event.inject, plan)
