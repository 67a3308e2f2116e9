"""Views for the tests of the web client: a short game played on the real rules, seen by Poland and by the wall.

The client's tests draw every screen from them, so a view whose shape has changed fails there at once.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from game_rules import engine
from game_rules.appraisal import appraise
from game_rules.messages import SERVER, Actor, FormalActs, GameKind, bot
from game_rules.procedures import (
    clock,
    complements,
    drafting,
    injects,
    positions,
    promises,
    seating,
    silence,
    talk,
    trade,
)
from game_rules.scenario import Scenario
from game_rules.state import GameState
from game_rules.view import PROJECTOR, Viewer, Views, facilitator_viewer, member_viewer, text_ids
from server.scenario_files import load_scenario

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "clients/web/tests/fixtures"
BEGIN = 1_689_058_800_000  # 11 July 2023, 09:00 in Vilnius
MINUTE = 60_000
ANNA = Actor("member", "m-anna", "POL")
BEN = Actor("member", "m-ben", "DEU")
CIA = Actor("member", "m-cia", "POL")
DORA = Actor("member", "m-dora", "SG")
FACILITATOR = Actor("facilitator", "f-dora")


class Play:
    """A game in memory. Free text stands in for its own id, so that the fixtures can be read."""

    def __init__(
        self, scenario: Scenario, cast: str, kind: GameKind = "open", formal: FormalActs = "delegates"
    ) -> None:
        self.at = BEGIN
        self.state: GameState | None = None
        self.do(
            SERVER,
            seating.CreateGame(
                type="create_game",
                game="fixture",
                scenario=scenario,
                cast=cast,
                kind=kind,
                clock_minutes=60,
                seed="1",
                formal=formal,
            ),
        )

    @property
    def runs(self) -> Actor:
        """Whoever runs the game: Anna, who set it up and plays, or the facilitator of an exercise."""
        return ANNA if self.now.kind == "open" else FACILITATOR

    @property
    def now(self) -> GameState:
        assert self.state is not None
        return self.state

    def do(self, by: Actor, command: engine.Command, minutes: float = 0.2) -> None:
        self.at += int(minutes * MINUTE)
        for event in engine.decide(self.state, command, by, self.at):
            self.state = engine.evolve(self.state, event, by, self.at)

    def wait(self, minutes: float) -> None:
        self.do(SERVER, clock.AdvanceClock(type="advance_clock"), minutes)


def generate() -> dict[str, str]:
    """The fixtures, by their paths in the repository."""
    scenario = load_scenario(ROOT / "scenarios" / "vilnius-2023")
    quick, full = Play(scenario, "quick"), Play(scenario, "full")
    exercise = Play(scenario, "quick", "exercise", "head")
    chaired = Play(scenario, "quick")
    _full_table(full)
    return {
        f"{FOLDER}/{name}.json": json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, content in (
            *_quick_game(quick),
            *_exercise(exercise),
            *_chaired(chaired),
            ("full", _seen(full, member_viewer("m-anna", "POL"))),
            ("fallback", _seen(_last_text(Play(scenario, "quick")), member_viewer("m-anna", "POL"))),
        )
    }


def _quick_game(play: Play) -> Iterator[tuple[str, dict[str, Any]]]:
    eyes = member_viewer("m-anna", "POL")
    _sit_down(play)
    yield "lobby", _seen(play, eyes)
    _open_meeting(play)
    _negotiate(play)
    yield "table", {**_seen(play, eyes), "appraisal": _appraisal(play)}
    yield "projector", _seen(play, PROJECTOR)
    _trade(play)
    yield "trade", _seen(play, eyes)
    _under_silence(play)
    yield "silence", _seen(play, eyes)
    play.wait(5)
    play.do(ANNA, clock.EndGame(type="end_game"))
    yield "outcome", _seen(play, eyes)


def _exercise(play: Play) -> Iterator[tuple[str, dict[str, Any]]]:
    """A delegation of two whose head signs: Cia has prepared a break of silence and an offer."""
    _sit_down(play)
    play.do(SERVER, seating.JoinSeat(type="join_seat", seat="POL", member=CIA.id, name="Cia"))
    _open_meeting(play)
    _negotiate(play)
    _news(play)
    _under_silence(play)
    play.do(
        CIA,
        silence.BreakSilence(
            type="break_silence",
            draft="d1",
            revision=1,
            issues=("target_date",),
            reason="A promise without a date is what Bucharest gave.",
            lift="A review at the next summit.",
        ),
    )
    play.do(CIA, trade.OfferDeals(type="offer_deals", deals=("sd_grain",), note="Grain first."))
    yield "head", _seen(play, member_viewer("m-anna", "POL"))
    yield "delegate", _seen(play, member_viewer("m-cia", "POL"))
    yield "facilitator", _seen(play, facilitator_viewer(FACILITATOR.id))
    play.wait(5)
    play.do(FACILITATOR, clock.EndGame(type="end_game"))
    yield "debrief", _seen(play, facilitator_viewer(FACILITATOR.id))


def _chaired(play: Play) -> Iterator[tuple[str, dict[str, Any]]]:
    """The chair has a text of its own on the table, a change to it to answer, and asks all of them about it."""
    _sit_down(play)
    play.do(SERVER, seating.JoinSeat(type="join_seat", seat="SG", member=DORA.id, name="Dora"))
    _open_meeting(play)
    _negotiate(play)
    play.do(DORA, drafting.TableDraft(type="table_draft", package=_package(play, trigger="after_review")))
    mine = list(play.now.drafts)[-1]
    change = {"target_date": "review_next_summit"}
    play.do(bot("FRA"), drafting.ProposeAmendment(type="propose_amendment", draft=mine, revision=1, changes=change))
    play.do(DORA, positions.OpenPoll(type="open_poll", draft=mine, revision=1, seconds=60))
    yield "chair", _seen(play, member_viewer(DORA.id, "SG"))


def _seen(play: Play, viewer: Viewer) -> dict[str, Any]:
    views = Views()
    view = {"public": views.public(play.now), "private": views.private(play.now, viewer)}
    return {"view": view, "texts": {text: text for text in sorted(set(text_ids(view)))}, "now": play.at}


def _appraisal(play: Play) -> dict[str, Any]:
    draft = play.now.drafts["d1"]
    return appraise(play.now, "POL", draft.package)


def _sit_down(play: Play) -> None:
    for who, name, host in ((ANNA, "Anna", True), (BEN, "Ben", False)):
        join = seating.JoinSeat(type="join_seat", seat=who.seat or "", member=who.id, name=name, host=host)
        play.do(SERVER, join)


def _open_meeting(play: Play) -> None:
    play.do(play.runs, clock.StartGame(type="start_game"))
    play.do(play.runs, clock.AdvancePhase(type="advance_phase"))


def _package(play: Play, **changes: str) -> dict[str, str]:
    """The text of July 2023 with what the cast has settled, and these changes."""
    rules = play.now.rules
    history = {**rules.scenario.history.options, **rules.cast.fixed}
    return {**history, **changes}


def _negotiate(play: Play) -> None:
    revision: dict[str, Any] = {"draft": "d1", "revision": 1}
    play.do(bot("FRA"), drafting.TableDraft(type="table_draft", package=_package(play)))
    play.do(bot("USA"), drafting.Cosponsor(type="cosponsor", **revision))
    play.do(
        bot("HUN"),
        positions.StatePosition(
            type="state_position",
            position="would_object",
            issues=("reform",),
            in_confidence=False,
            reason="Reform has to be measured, not assessed.",
            lift="Named benchmarks.",
            **revision,
        ),
    )
    play.do(
        bot("TUR"),
        positions.StatePosition(type="state_position", position="concern", issues=("assurances",), **revision),
    )
    play.do(
        bot("DEU") if play.now.player("DEU") == "bot" else BEN,
        positions.StatePosition(type="state_position", position="can_accept", **revision),
    )
    play.do(
        ANNA,
        drafting.ProposeAmendment(
            type="propose_amendment",
            changes={"trigger": "after_review", "target_date": "review_next_summit"},
            note="A date to look at it again costs nobody anything.",
            **revision,
        ),
    )
    if play.now.rules.cast.id == "quick":
        play.do(
            bot("HUN"),
            drafting.ProposeAmendment(type="propose_amendment", changes={"reform": "explicit_benchmarked"}, **revision),
        )
    for who, room, words in (
        (
            bot("FRA"),
            "plenary",
            "We have put a text on the table that everybody here can live with. Read paragraph 10.",
        ),
        (BEN, "plenary", "It goes as far as Berlin can go. Do not touch the trigger."),
        (ANNA, "plenary", "A promise without a date is what Bucharest gave."),
        (BEN, "DEU+POL", "Anna, what would you need to stay silent?"),
        (ANNA, "DEU+POL", "A review at the next summit. In writing."),
        (BEN, "DEU+POL", "Let me ask at home."),
        (ANNA, "delegation", "Note to self: Berlin is moving."),
    ):
        play.do(who, talk.PostMessage(type="post_message", room=room, text=words))
    play.do(play.runs, clock.AdvancePhase(type="advance_phase"))


def _trade(play: Play) -> None:
    """Offers that wait, one that was declined, promises each way, a commitment beside the alliance."""
    play.do(
        bot("USA"),
        trade.OfferDeals(
            type="offer_deals",
            deals=("sd_eastern_flank",),
            note="Washington stays in the east, if Warsaw stays in the text.",
        ),
    )
    play.do(BEN, trade.OfferDeals(type="offer_deals", deals=("sd_defence_pledge",)))
    declined = list(play.now.offers)[-1]
    play.do(ANNA, trade.DeclineOffer(type="decline_offer", offer=declined, reason="Not before there is a date."))
    play.do(ANNA, trade.OfferDeals(type="offer_deals", deals=("sd_grain",), note="Grain first."))
    play.do(
        bot("FRA"),
        promises.MakePromise(type="make_promise", to="POL", text="Paris will be with you on the date."),
    )
    play.do(
        ANNA,
        promises.MakePromise.model_validate(
            {
                "type": "make_promise",
                "to": "DEU",
                "form": {"kind": "will_not_object", "options": {"trigger": "after_review"}},
                "until": "council_2",
            }
        ),
    )
    for who in (bot("USA"), bot("FRA"), ANNA):
        play.do(who, complements.SignComplement(type="sign_complement", complement="core_group"))


def _news(play: Play) -> None:
    """News to everybody that changes what Warsaw wants, and news that waits."""
    play.do(FACILITATOR, injects.FireInject(type="fire_inject", inject=_note_for(play, "POL")))
    play.do(FACILITATOR, injects.HoldInject(type="hold_inject", inject=_first_of_summit(play)))


def _note_for(play: Play, seat: str) -> str:
    """News that brings a change of that delegation's own instructions."""
    return next(
        inject.id
        for inject in play.now.rules.scenario.injects
        if any(seat in getattr(effect, "seats", ()) for effect in inject.effects)
    )


def _first_of_summit(play: Play) -> str:
    return next(inject.id for inject in play.now.rules.scenario.injects if inject.part == "summit")


def _under_silence(play: Play) -> None:
    revision: dict[str, Any] = {"draft": "d1", "revision": 1}
    play.do(bot("SG"), silence.OpenSilence(type="open_silence", seconds=180, **revision))
    play.do(bot("USA"), silence.TakeRung(type="take_rung", rung="associate", **revision))
    play.do(
        bot("TUR"),
        silence.TakeRung(
            type="take_rung", rung="statement", text="Türkiye recalls that common funds are for allies.", **revision
        ),
    )


def _last_text(play: Play) -> Play:
    """A silence called off, one broken, and the leaders left with the fallback, on which Warsaw gave its word."""
    _sit_down(play)
    _open_meeting(play)
    _negotiate(play)
    _under_silence(play)
    play.do(bot("SG"), silence.CancelSilence(type="cancel_silence", reason="Budapest asks for an hour."))
    _under_silence(play)
    play.do(
        bot("HUN"),
        silence.BreakSilence(
            type="break_silence",
            draft="d1",
            revision=1,
            issues=("reform",),
            reason="Reform has to be measured, not assessed.",
            lift="Named benchmarks.",
            lifted_by=("deal:sd_hun_eu_funds",),
        ),
    )
    way_in = play.now.rules.scenario.fallback.options["path"]
    play.do(
        ANNA,
        promises.MakePromise.model_validate(
            {
                "type": "make_promise",
                "to": "DEU",
                "form": {"kind": "will_not_object", "options": {"path": way_in}},
            }
        ),
    )
    while play.now.clock.fallback_ends_at is None:
        play.do(play.runs, clock.AdvancePhase(type="advance_phase"))
    play.do(bot("SG"), silence.PutFallback(type="put_fallback"))
    return play


def _full_table(play: Play) -> None:
    _sit_down(play)
    _open_meeting(play)
    _negotiate(play)
