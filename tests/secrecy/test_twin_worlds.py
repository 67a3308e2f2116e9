"""Nobody gets a byte that hangs on what they may not know (rule 9.2) - and the check notices when somebody does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

import game_rules.engine
import game_rules.view
import game_rules.view.trade
import server.game_service
import server.live_game
import server.replay
from game_rules import affordances
from game_rules import rejections as no
from game_rules.memo import Memo
from game_rules.messages import EVERYONE, Actor, Event, Everyone
from game_rules.procedures import around, facilitation, injects, positions, standing, talk, trade
from game_rules.rejections import Refusal, refuse
from game_rules.state import Draft, GameState, Recorded
from game_rules.view.news import note_view
from game_rules.view.public import public_half
from server.decider import Step, judge
from tests.rules.harness import summit
from tests.secrecy.twin_worlds import leak

GAMES = int(os.environ.get("SUMMIT_TWIN_GAMES", "50"))
"""How many games `make test` compares with their twins."""
QUICK_GAMES = 3
"""So many of them in `make check`, and so many of the leaks."""
GAMES_FOR_A_LEAK = 20
"""A leak must show within so many games."""
WISHES = 70
EACH = 4
"""A game is looked at by every fourth of those at the table, another fourth each time: all of them in four games."""


@pytest.fixture(autouse=True)
def _streams_without_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a stream is drawn by chance and says nothing: here it is always the same."""
    monkeypatch.setattr(server.live_game, "secrets", SimpleNamespace(token_urlsafe=lambda size: "stream"))


@pytest.mark.rule("3.1", "5.3", "9.1", "9.2", "9.3")
@pytest.mark.parametrize(
    "game",
    [pytest.param(game, marks=() if game < QUICK_GAMES else pytest.mark.slow) for game in range(GAMES)],
)
def test_what_a_viewer_may_not_know_moves_no_byte_of_what_it_gets(game: int) -> None:
    """rule 9.2: every seat with somebody in it, spectators, the projector and the lobby."""
    # every fourth game is strict: they too must take turns
    turn = (game + game // EACH) % EACH
    assert asyncio.run(leak(game, WISHES, slice(turn, None, EACH))) is None


# --- ten leaks and more, put in on purpose


def in_public(monkeypatch: pytest.MonkeyPatch, look: Callable[[GameState], Any]) -> None:
    """Something worked out from the whole state stands in the public half."""

    def leaky(state: GameState, memo: Memo) -> Any:
        return {**public_half(state, memo), "leak": look(state)}

    monkeypatch.setattr(game_rules.view, "public_half", leaky)


def points_of_another_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(
        monkeypatch,
        lambda state: {one.id: state.evaluator.points("HUN", one.package) for one in state.drafts.values()},
    )


def private_rooms_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: sorted(state.rooms))


def all_messages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: sum(len(room.messages) for room in state.rooms.values()))


def a_poll_says_who_has_answered_before_it_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: dict(state.poll.answers) if state.poll else None)


def the_seed_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: state.seed)


def the_scenarios_digest_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: state.rules.digest)


def the_clock_knows_when_somebody_last_spoke(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(
        monkeypatch,
        lambda state: max((room.messages[-1].at for room in state.rooms.values()), default=None),
    )


def a_confessional_moves_the_moment_of_the_public_position(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = positions.position_confided

    def leaky(state: GameState, event: positions.PositionConfided, at: int) -> GameState:
        after = honest(state, event, at)
        of_draft = after.positions.get(event.draft, {})
        said = of_draft.get(event.seat)
        if said is None:
            return after
        moved = {**of_draft, event.seat: replace(said, at=at)}
        return replace(after, positions={**after.positions, event.draft: moved})

    monkeypatch.setattr(positions, "position_confided", leaky)


def the_record_holds_private_events(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(state: GameState, entry: Recorded) -> GameState:
        return replace(state, record=(*state.record, entry))

    monkeypatch.setattr(game_rules.engine, "_recorded", leaky)


def messages_are_numbered_through_all_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = talk.message_posted

    def leaky(state: GameState, event: talk.MessagePosted, at: int) -> GameState:
        number = sum(len(room.messages) for room in (*state.rooms.values(), *state.public_rooms.values()))
        return honest(state, event.model_copy(update={"refs": (*event.refs, f"number:{number}")}), at)

    monkeypatch.setattr(talk, "message_posted", leaky)


def an_affordance_hangs_on_anothers_red_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(state: GameState, by: Actor, draft: Draft) -> Refusal | None:
        if any(state.evaluator.objections(seat, draft.package) for seat in state.rules.voters if seat != by.seat):
            return refuse(no.SILENCE_BARRED, objection="o1", seat="somebody")
        return None

    monkeypatch.setitem(affordances.ON_A_DRAFT, "open_silence", leaky)


def hidden_events_send_empty_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = server.live_game.LiveGame._look_at

    def leaky(self: server.live_game.LiveGame, state: GameState) -> None:
        sent = {audience: audience.count for audience in self.audiences}
        honest(self, state)
        for audience, before in sent.items():
            if audience.count == before:
                audience.push('{"type":"update","half":"private","ops":[],"texts":{}}')

    monkeypatch.setattr(server.live_game.LiveGame, "_look_at", leaky)


def delegations_share_the_window_of_the_private_record(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = game_rules.engine._recorded

    def leaky(state: GameState, entry: Recorded) -> GameState:
        after = honest(state, entry)
        whole = sum(map(len, after.private_records.values()))
        kept = {reader: record[max(0, whole - 12) :] for reader, record in after.private_records.items()}
        return replace(after, private_records=kept)

    monkeypatch.setattr(game_rules.engine, "_recorded", leaky)


def texts_of_other_rooms_come_along(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = server.live_game.LiveGame.texts_of

    def leaky(self: server.live_game.LiveGame, value: Any) -> dict[str, str | None]:
        return {**honest(self, value), **dict(list(self.texts.items())[-1:])}

    monkeypatch.setattr(server.live_game.LiveGame, "texts_of", leaky)


def a_refusal_counts_the_log(monkeypatch: pytest.MonkeyPatch) -> None:

    def leaky(transaction: Any, request: Any) -> Any:
        verdict = judge(transaction, request)
        return replace(verdict, reply=verdict.reply[:-1] + f',"after":{transaction.head.seq}}}')

    monkeypatch.setattr(server.game_service, "judge", leaky)


def moments_of_the_replay_are_numbered_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = server.replay._moment

    def leaky(number: int, place: int, step: Step, old: Any, new: Any) -> server.replay.OwnMoment:
        return replace(honest(number, place, step, old, new), at=place)

    monkeypatch.setattr(server.replay, "_moment", leaky)


def everybody_hears_confessionals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game_rules.view.private._confided", lambda state, viewer: state.confessionals)


def offers_are_numbered_through_all_parties(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trade, "numbered", lambda prefix, count, state: f"{prefix}{len(state.offers) + 1}")


def a_deal_shows_to_those_who_do_not_sign_it(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: sorted(state.deals))


def promises_between_others_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: len(state.promises))


def a_refusal_hangs_on_a_deal_between_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(state: GameState, by: Actor) -> Refusal | None:
        hidden = [deal for deal in state.deals.values() if not deal.public and by.seat not in deal.parties]
        return refuse(no.DEAL_IN_FORCE, deal="something") if hidden else None

    monkeypatch.setitem(affordances.OF_A_DELEGATION, "make_promise", leaky)


def points_count_deals_between_others(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: len(standing.circumstances(state).deals))


def a_signer_sees_the_other_side_of_its_deal(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = game_rules.view.trade._deal

    def leaky(state: GameState, deal: str, seat: str | None, everything: bool) -> Any:
        sides = [side.points for side in state.rules.scenario.deal(deal).sides]
        return {**honest(state, deal, seat, everything), "sides": sides}

    monkeypatch.setattr(game_rules.view.trade, "_deal", leaky)


def everybody_reads_for_whom_the_clock_was_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facilitation.TimeGranted, "audience", lambda self: EVERYONE)


def annotations_are_counted_before_the_results(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: len(state.annotations))


def notes_from_the_capital_are_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(state: GameState, seat: str | None) -> Any:
        return [note_view(state.rules, note) for notes in state.notes.values() for note in notes]

    monkeypatch.setattr("game_rules.view.private._notes", leaky)


def instructions_are_told_to_whoever_reads_the_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(injects.InstructionsChanged, "audience", lambda event: EVERYONE)


def the_effects_of_news_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    in_public(monkeypatch, lambda state: sum(len(live.effects) for live in state.effects))


def a_brief_follows_every_capital(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game_rules.procedures.around.effects_known_to", lambda state, seat: around.all_effects(state))
    monkeypatch.setattr("game_rules.view.brief.seats_of", lambda effect: tuple(summit().seats))


LEAKS = [
    offers_are_numbered_through_all_parties,
    a_deal_shows_to_those_who_do_not_sign_it,
    a_refusal_hangs_on_a_deal_between_others,
    promises_between_others_are_counted,
    points_count_deals_between_others,
    a_signer_sees_the_other_side_of_its_deal,
    points_of_another_seat,
    private_rooms_are_listed,
    all_messages_are_counted,
    a_poll_says_who_has_answered_before_it_closes,
    the_seed_travels,
    the_scenarios_digest_travels,
    the_clock_knows_when_somebody_last_spoke,
    a_confessional_moves_the_moment_of_the_public_position,
    the_record_holds_private_events,
    messages_are_numbered_through_all_rooms,
    an_affordance_hangs_on_anothers_red_lines,
    hidden_events_send_empty_frames,
    delegations_share_the_window_of_the_private_record,
    texts_of_other_rooms_come_along,
    a_refusal_counts_the_log,
    moments_of_the_replay_are_numbered_for_all,
    everybody_hears_confessionals,
    notes_from_the_capital_are_for_all,
    instructions_are_told_to_whoever_reads_the_news,
    the_effects_of_news_are_counted,
    a_brief_follows_every_capital,
    everybody_reads_for_whom_the_clock_was_moved,
    annotations_are_counted_before_the_results,
]


@pytest.mark.parametrize(
    "put_in",
    [
        pytest.param(put_in, id=put_in.__name__, marks=() if place < QUICK_GAMES else pytest.mark.slow)
        for place, put_in in enumerate(LEAKS)
    ],
)
def test_the_check_notices(put_in: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """promises L1: a harness counts only when it fails on the wrong designs."""
    put_in(monkeypatch)
    assert any(asyncio.run(leak(game, WISHES)) for game in range(1, GAMES_FOR_A_LEAK))


@pytest.mark.rule("9.1")
def test_every_event_type_says_who_may_know_it() -> None:
    """style 5: there is no default but nobody."""
    without = [
        event.__name__
        for event in Event.__subclasses__()
        if "audience" not in event.__dict__ and not event.__name__.startswith("_")
    ]
    assert without == ["GameCreated"], "the first event holds the seed and everybody's instructions"
    assert not isinstance(Event.audience(Event()), Everyone)
