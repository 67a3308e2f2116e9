"""News and the world as everybody reads them, notes as one delegation does, a facilitator's list (rules 7.2, 7.3)."""

from __future__ import annotations

from typing import Any

from game_rules.conditions import OUTCOME
from game_rules.evaluation import UNDECIDED
from game_rules.procedures import injects
from game_rules.procedures.injects import Planned
from game_rules.procedures.standing import public_circumstances
from game_rules.scenario import (
    AddPoints,
    ChangeRedLine,
    Effect,
    ProposeRevision,
    Scenario,
    SetAcceptable,
    SetFlag,
    SetPreference,
    SetWorld,
    ShiftSalience,
    ShiftScore,
)
from game_rules.state import GameState, News, Note, Rules
from game_rules.view import shape
from game_rules.wording import in_words


def foreseen(rules: Rules) -> list[shape.ForeseenView]:
    """What may happen outside the room and is no surprise."""
    return [{"id": inject.id, "title": inject.title} for inject in rules.scenario.injects if inject.foreseen]


def world_view(state: GameState) -> shape.WorldView:
    """The state of the world that red lines look at: moved by news, and in the aftermath as it was drawn."""
    scenario = state.rules.scenario
    if state.outcome is not None:
        world = {**scenario.outcome(state.outcome.world).world, OUTCOME: state.outcome.world}
    else:
        world = dict(state.evaluator.situation(public_circumstances(state)).world)
    outcome = scenario.outcome(str(world.get(OUTCOME, UNDECIDED)))
    return {
        "title": outcome.title,
        "story": outcome.story,
        "variables": [{"id": one.id, "title": one.title, "value": world[one.id]} for one in scenario.world_variables],
    }


def news_view(news: News) -> shape.NewsView:
    return {
        "inject": news.inject,
        "headline": news.headline,
        "date": news.date,
        "news": news.news,
        "name": news.name,
        "text": news.text,
        "at": news.at,
    }


def note_view(rules: Rules, note: Note) -> shape.NoteView:
    """A note from the capital: the news, and what of the delegation's instructions changes with it."""
    return {
        **news_view(note.news),
        "changes": [change for effect in note.changes for change in changes_in(rules.scenario, effect)],
        "until": "next_phase" if note.lapses else None,
        "over": note.over,
    }


def changes_in(scenario: Scenario, effect: Effect) -> list[shape.ChangedInstruction]:
    """One effect as its delegation reads it; an effect on everybody changes nobody's instructions."""
    params: dict[str, Any]
    match effect:
        case ShiftSalience(dimension=dimension, by=by):
            title = next(one.title for one in scenario.dimensions if one.id == dimension)
            params = {"dimension": dimension, "title": title, "by": by}
        case SetPreference(order=order):
            params = {"order": list(order)}
        case SetAcceptable(options=options):
            params = {"options": list(options)}
        case ChangeRedLine(red_line=red_line, held=held):
            line = scenario.red_line(red_line)
            params = {"red_line": red_line, "held": held, "title": line.title, "sentence": line.sentence}
        case AddPoints(points=points, when=when):
            params = {"points": points, "when": in_words(when, scenario) if when is not None else None}
        case ProposeRevision(change=change):
            params = {"change": dict(change)}
        case SetFlag() | SetWorld() | ShiftScore():
            return []
    return [{"kind": effect.kind, "params": params}]


# --- the facilitator's list


def plan_views(state: GameState) -> list[shape.InjectPlanView]:
    return [_plan(state, planned) for planned in injects.plans(state)]


def _plan(state: GameState, planned: Planned) -> shape.InjectPlanView:
    due = injects.moment_of(state, planned) if planned.comes_by_itself else None
    return {
        "id": planned.id,
        "title": planned.headline,
        "name": planned.name,
        "date": planned.date,
        "part": planned.part,
        "news": planned.news or "",
        "text": planned.text,
        "to": list(planned.to or ()),
        "effects": [effect.model_dump(mode="json", exclude_none=True) for effect in planned.effects],
        "until": "next_phase" if planned.lapses else None,
        "trigger": planned.trigger.model_dump(mode="json", exclude_none=True),
        "status": planned.status,
        "due_at": due,
    }
