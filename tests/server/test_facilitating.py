"""What whoever runs a game does over the wire: going back, forks, places, the press, rosters, deleting (rule 10)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from game_rules.engine import EVENTS, evolve
from game_rules.messages import SERVER
from game_rules.procedures.facilitation import PlaceTaken
from game_rules.procedures.seating import DeclareVacant, SeatVacated
from game_rules.saved_game import read_lines
from game_rules.snapshot import state_hash
from game_rules.state import GameState
from server.bus import Bus, MemoryBus
from server.store import MemoryStore
from server.ticker import left_places
from tests.rules.harness import given
from tests.server.table import Guest, House, Player, Table, house, token_of

pytestmark = [pytest.mark.rule("10"), pytest.mark.slow]


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


class Exercise:
    """A facilitator, Washington, Budapest and the chair, in the first session, with one draft on the table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.guests: dict[str, Guest] = {}

    @classmethod
    async def open(cls, home: House, **how: Any) -> Exercise:
        exercise = cls(await home.table(kind="exercise", **how))
        for seat in ("USA", "HUN", "SG"):
            exercise.guests[seat] = await exercise.table.seat(seat, f"Person of {seat}")
            await exercise.guests[seat].play()
        runs = await exercise.table.creator.play()
        await runs.wish("start_game")
        while runs.public["clock"]["phase"] != "council_1":
            assert (await runs.wish("advance_phase"))["type"] == "ack"
        await exercise.player("USA").wish("table_draft", package=exercise.package())
        await runs.until(lambda player: "d1" in player.public["drafts"])
        return exercise

    @property
    def runs(self) -> Player:
        assert self.table.creator.socket is not None
        return self.table.creator.socket

    def player(self, seat: str) -> Player:
        socket = self.guests[seat].socket
        assert socket is not None
        return socket

    def package(self) -> dict[str, str]:
        """The status quo, as a delegate writes it."""
        scenario = self.runs.public["scenario"]
        fixed = {issue["id"] for issue in scenario["issues"] if issue["fixed"]}
        return {issue: option for issue, option in scenario["status_quo"].items() if issue not in fixed}

    async def moments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.table.creator.get(self.table.creator.path("moments"))).json()
        return found

    async def moment(self, type: str) -> int:
        return int(next(one["seq"] for one in reversed(await self.moments()) if one["type"] == type))

    async def close(self) -> None:
        for guest in (*self.guests.values(), self.table.creator):
            await guest.close()


@pytest.fixture
async def exercise(home: House) -> AsyncIterator[Exercise]:
    opened = await Exercise.open(home)
    yield opened
    await opened.close()


# --- going back


async def test_the_facilitator_finds_the_moments_to_go_back_to(exercise: Exercise) -> None:
    found = await exercise.moments()
    assert [one["type"] for one in found][-2:] == ["phase_began", "draft_tabled"]
    assert all(one["phase"] for one in found)
    assert [one["seq"] for one in found] == sorted(one["seq"] for one in found)


async def test_a_game_is_taken_back_for_everybody_who_looks_at_it(exercise: Exercise) -> None:
    hungary = exercise.player("HUN")
    await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
    answer = await exercise.runs.wish("rewind_game", moment=await exercise.moment("draft_tabled"))
    assert answer["type"] == "ack"
    await hungary.until(lambda player: player.public["drafts"]["d1"]["status"] == "open")
    assert hungary.public["clock"]["status"] == "paused"
    undone = [entry["type"] for entry in hungary.public["record"] if entry["undone"]]
    assert undone == ["draft_withdrawn"]
    assert hungary.view == await _fresh_view(exercise.guests["HUN"]), "old view and updates are the view"


async def _fresh_view(guest: Guest) -> Any:
    again = await Player.connect(guest.address, guest.game, await guest.ticket())
    await again.until(lambda player: player.view is not None)
    await again.close()
    return again.view


async def test_a_client_cannot_hand_in_an_earlier_state_of_its_own(exercise: Exercise) -> None:
    for field in ("earlier", "_earlier", "snapshot", "state"):
        own: dict[str, Any] = {field: {"drafts": {}}}
        answer = await exercise.runs.wish("rewind_game", moment=3, **own)
        assert answer["type"] == "malformed", field


async def test_forking_and_admitting_are_no_frames_of_anybody(exercise: Exercise) -> None:
    for wish in ({"type": "fork_game", "moment": 3}, {"type": "admit_press", "press": "p", "name": "n"}):
        answer = await exercise.runs.wish(str(wish.pop("type")), **wish)
        assert answer["type"] == "malformed"


async def test_the_replay_goes_on_and_marks_what_was_undone(exercise: Exercise) -> None:
    await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
    await exercise.runs.wish("rewind_game", moment=await exercise.moment("draft_tabled"))
    guest = exercise.guests["HUN"]
    moments = (await guest.get(guest.path("replay/moments"))).json()
    # on a busy machine news may break meanwhile
    moments = [one for one in moments if one["entry"] and one["entry"]["type"] != "inject_fired"]
    assert [(one["entry"]["type"], one["undone"]) for one in moments[-3:]] == [
        ("draft_tabled", False),
        ("draft_withdrawn", True),
        ("game_taken_back", False),
    ]
    shown = [(await guest.get(guest.path(f"replay?at={one['n']}"))).json()["view"] for one in moments[-3:]]
    assert [one["public"]["drafts"]["d1"]["status"] for one in shown] == ["open", "withdrawn", "open"]
    assert (await exercise.moments())[-1]["type"] == "game_taken_back"


async def test_a_saved_game_that_was_taken_back_verifies_and_folds_to_the_same_state(
    home: House, exercise: Exercise
) -> None:
    await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
    await exercise.runs.wish("rewind_game", moment=await exercise.moment("draft_tabled"))
    creator = exercise.table.creator
    saved = read_lines((await creator.get(creator.path("export"))).text.splitlines())
    state: GameState | None = None
    for record in saved.records:
        state = evolve(state, EVENTS.validate_json(record.event), record.actor, record.at)
    assert state is not None
    assert state_hash(state) == state_hash(await home.services.service.state(exercise.table.game))


async def test_another_process_and_one_that_starts_anew_see_the_same() -> None:
    """The bus of one process only: the second finds what happened in the log."""
    store, bus = MemoryStore(), MemoryBus()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(house(store, bus))
        second = await stack.enter_async_context(house(store, _Deaf()))
        exercise = await Exercise.open(first)
        guest = Guest(second.address, exercise.table.game)
        await guest.enter(token_of(str(exercise.table.links["projector"])))
        there = await guest.play()
        await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
        await exercise.runs.wish("rewind_game", moment=await exercise.moment("draft_tabled"))
        await there.until(lambda player: player.public["clock"]["status"] == "paused")
        assert there.public["drafts"]["d1"]["status"] == "open"
        third = await stack.enter_async_context(house(store, _Deaf()))
        here = state_hash(await first.services.service.state(exercise.table.game))
        assert here == state_hash(await third.services.service.state(exercise.table.game))
        await guest.close()
        await exercise.close()


async def test_a_server_that_starts_anew_finds_the_game_as_it_was_taken_back(tmp_path: Path) -> None:
    """The log on disk is all there is: nothing of the server that took the game back is left."""
    database = f"sqlite:///{tmp_path / 'summit.sqlite'}"
    async with house(database_url=database) as home:
        exercise = await Exercise.open(home)
        await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
        await exercise.runs.wish("rewind_game", moment=await exercise.moment("draft_tabled"))
        before = state_hash(await home.services.service.state(exercise.table.game))
        await exercise.close()
    async with house(database_url=database) as home:
        assert state_hash(await home.services.service.state(exercise.table.game)) == before


def test_a_place_is_left_when_its_facilitator_is_not_connected() -> None:
    state = given(SeatVacated(seat="HUN", stand_in="bot"), PlaceTaken(seat="HUN", facilitator="f-1")).state
    assert left_places(state, frozenset({"f-2", "m-HUN"})) == ("HUN",)
    assert left_places(state, frozenset({"f-1"})) == ()


def _Deaf() -> Bus:  # noqa: N802 - named for what it is here: a bus that no other process rings
    return MemoryBus()


# --- a place


@pytest.mark.rule("10", "1.5")
async def test_a_facilitator_plays_a_seat_until_its_people_return(home: House, exercise: Exercise) -> None:
    await exercise.guests["HUN"].close()
    game = exercise.table.game
    await home.services.service.demand(game, SERVER, "v", DeclareVacant(type="declare_vacant", seat="HUN"))
    runs = exercise.runs
    assert (await runs.wish("take_place", seat="HUN"))["type"] == "ack"
    await runs.until(lambda player: player.private["you"]["seat"] == "HUN")
    assert runs.private["brief"] is not None
    # what a text is worth to the seat, and what would help it most, as its own people read it
    creator, draft = exercise.table.creator, runs.public["drafts"]["d1"]
    assert (await creator.post(creator.path("appraisals"), {"package": draft["package"]})).json()["drivers"]
    assert (await runs.wish("cosponsor", draft="d1", revision=1))["type"] == "ack"
    assert (await runs.wish("pause_game"))["type"] == "ack"
    await runs.until(lambda player: player.public["clock"]["status"] == "paused")
    assert runs.public["drafts"]["d1"]["cosponsors"] == ["HUN"]
    record = {entry["type"]: entry["by"] for entry in runs.public["record"]}
    assert (record["draft_cosponsored"], record["game_paused"]) == ("HUN", None)
    cookies = exercise.guests["HUN"].http.cookies
    exercise.guests["HUN"] = Guest(exercise.table.address, game)
    exercise.guests["HUN"].http.cookies = cookies
    await exercise.guests["HUN"].play()
    await runs.until(lambda player: player.public["seats"]["HUN"]["player"] == "people")
    assert (await runs.wish("cosponsor", draft="d1", revision=1))["code"] == "seat.not_seated"


async def test_whoever_is_moved_comes_back_to_the_new_seat(exercise: Exercise) -> None:
    hungary = exercise.player("HUN")
    member = exercise.runs.public["seats"]["HUN"]["members"][0]["id"]
    assert (await exercise.runs.wish("move_member", member=member, seat="TUR"))["type"] == "ack"
    await hungary.until_gone()
    again = await exercise.guests["HUN"].play()
    assert again.private["you"]["seat"] == "TUR"


@pytest.mark.rule("10", "9.2")
async def test_time_granted_to_one_seat_is_an_extension_to_the_others(exercise: Exercise) -> None:
    seen = len(exercise.player("USA").frames)
    assert (await exercise.runs.wish("grant_time", seat="HUN", seconds=60))["type"] == "ack"
    await exercise.player("HUN").until(lambda player: player.private["record"])
    await exercise.player("USA").until(lambda player: len(player.frames) > seen)
    others = json.dumps(exercise.player("USA").frames[seen:])
    assert "phase_extended" in others
    assert "HUN" not in others
    assert "time_granted" not in others


# --- press and spectators


async def _link(exercise: Exercise, **body: Any) -> Guest:
    creator = exercise.table.creator
    made = (await creator.post(creator.path("links"), body, 201)).json()
    guest = Guest(exercise.table.address, exercise.table.game)
    await guest.enter(token_of(made["url"]))
    return guest


@pytest.mark.rule("1.1")
async def test_the_press_comes_by_a_link_and_publishes_under_its_name(exercise: Exercise) -> None:
    press = await _link(exercise, kind="press")
    page = await press.play()
    assert page.private["you"]["kind"] == "press"
    assert (await page.wish("post_message", room="dispatches", text="Too early"))["code"] == "press.no_name"
    await press.post(press.path("press"), {"name": "The Daily"}, 204)
    assert (await page.wish("post_message", room="dispatches", text="Talks go on"))["type"] == "ack"
    assert (await page.wish("post_message", room="plenary", text="Hello"))["code"] == "room.not_yours"
    hungary = exercise.player("HUN")
    await hungary.until(lambda player: player.public["rooms"]["dispatches"]["messages"])
    message = hungary.public["rooms"]["dispatches"]["messages"][-1]
    assert hungary.texts[hungary.public["press"][message["member"]]["name"]] == "The Daily"
    assert hungary.texts[message["text"]] == "Talks go on"
    await press.claim("TUR", status=403)
    await press.close()


@pytest.mark.rule("1.1", "9.1")
async def test_a_spectator_watches_and_does_nothing(exercise: Exercise) -> None:
    spectator = await _link(exercise, kind="spectator")
    page = await spectator.play()
    assert page.private["you"]["kind"] == "spectator"
    assert page.private["can"]["acts"] == {}
    assert (await page.wish("post_message", room="plenary", text="Hello"))["code"] == "seat.not_seated"
    await spectator.claim("TUR", status=403)
    await spectator.post(spectator.path("press"), {"name": "The Daily"}, 403)
    await spectator.close()


@pytest.mark.parametrize("body", [{"kind": "seat"}, {"kind": "press", "seat": "HUN"}, {"kind": "facilitator"}])
async def test_a_link_that_fits_nobody_is_not_made(exercise: Exercise, body: dict[str, str]) -> None:
    creator = exercise.table.creator
    await creator.post(creator.path("links"), body, 422)


# --- forks


async def test_a_fork_goes_on_from_there_with_new_people(exercise: Exercise) -> None:
    await exercise.player("HUN").wish(
        "state_position", draft="d1", revision=1, position="concern", issues=["path"], reason="Not yet."
    )
    creator = exercise.table.creator
    body = {"moment": await exercise.moment("draft_tabled")}
    made = (await creator.post(creator.path("forks"), body, 201)).json()
    assert made["game"] != exercise.table.game
    other = Guest(exercise.table.address, made["game"])
    other.http.cookies = creator.http.cookies
    runs = await other.play()
    assert list(runs.public["drafts"]) == ["d1"]
    assert runs.public["positions"] == {}
    assert runs.public["clock"]["status"] == "paused"
    assert not any(seat["members"] for seat in runs.public["seats"].values())
    poland = await Table(exercise.table.address, made["game"], made["code"], made["links"], other).seat("POL")
    delegate = await poland.play()
    assert (await runs.wish("resume_game"))["type"] == "ack"
    assert (await delegate.wish("cosponsor", draft="d1", revision=1))["type"] == "ack"
    saved = read_lines((await other.get(other.path("export"))).text.splitlines())
    assert [json.loads(record.event)["type"] for record in saved.records][:3] == [
        "game_created",
        "game_forked",
        "game_taken_up",
    ]
    await poland.close()
    await other.close()


async def test_the_words_on_the_table_go_along_with_a_fork(exercise: Exercise) -> None:
    await exercise.player("HUN").wish(
        "state_position", draft="d1", revision=1, position="concern", issues=["path"], reason="Not yet."
    )
    await exercise.player("HUN").wish("post_message", room="HUN+USA", text="Between us.")
    await exercise.player("USA").wish("withdraw_draft", draft="d1", revision=1)
    await exercise.player("USA").wish("table_draft", package=exercise.package())
    creator = exercise.table.creator
    made = (await creator.post(creator.path("forks"), {"moment": await exercise.moment("draft_tabled")}, 201)).json()
    other = Guest(exercise.table.address, made["game"])
    other.http.cookies = creator.http.cookies
    runs = await other.play()
    said = runs.public["positions"]["d1"]["HUN"]
    assert runs.texts[said["reason"]] == "Not yet."
    saved = (await other.get(other.path("export"))).text
    assert "Between us." not in saved
    await other.close()


@pytest.mark.rule("10", "9.1")
async def test_a_host_forks_and_looks_back_only_once_the_results_are_open(home: House) -> None:
    table = await home.table()
    host = await table.host("USA")
    await host.get(host.path("moments"), 403)
    await host.post(host.path("forks"), {"moment": 3}, 403)
    await host.play()
    assert host.socket is not None
    for act in ("start_game", "advance_phase", "end_game", "open_results"):
        assert (await host.socket.wish(act))["type"] == "ack"
    moments = (await host.get(host.path("moments"))).json()
    await host.post(host.path("forks"), {"moment": moments[1]["seq"]}, 201)
    await host.post(host.path("forks"), {"moment": 99_999}, 409)
    await table.close()


# --- rosters


async def test_a_list_gives_everybody_a_link_of_their_own(exercise: Exercise) -> None:
    creator = exercise.table.creator
    text = "name,seat,role\r\nÁkos,HUN,adviser\r\nZofia,poland\r\n\r\n"
    invited = (await creator.post(creator.path("roster"), {"text": text}, 201)).json()["invited"]
    assert [(one["name"], one["seat"], one["role"]) for one in invited] == [
        ("Ákos", "HUN", "adviser"),
        ("Zofia", "POL", None),
    ]
    guest = Guest(exercise.table.address, exercise.table.game)
    entered = await guest.enter(token_of(invited[0]["url"]))
    assert entered["invited_to"] == "HUN"
    await guest.claim("HUN", "Ákos")
    assert exercise.runs.public is not None
    await exercise.runs.until(lambda player: len(player.public["seats"]["HUN"]["members"]) == 2)
    assert exercise.runs.public["seats"]["HUN"]["members"][-1]["role"] == "adviser"
    await guest.close()


@pytest.mark.parametrize(
    ("form", "text", "faults"),
    [
        pytest.param("csv", "Anna,XYZ", [(1, "seat")], id="no such seat"),
        pytest.param("csv", "Anna,HUN\n,POL\nOla,POL,king", [(2, "name"), (3, "role")], id="two wrong lines"),
        pytest.param("csv", "name,seat\n", [(1, "name")], id="nobody"),
        pytest.param("csv", "Anna,HUN,head,more", [(1, "line")], id="too many fields"),
        pytest.param("jsonl", '{"name": "Anna", "seat": "HUN"}\nnonsense', [(2, "line")], id="not JSON"),
        pytest.param("jsonl", '{"name": "Anna", "seat": "HUN", "age": 5}', [(1, "line")], id="a field too many"),
    ],
)
async def test_a_wrong_line_is_named_and_nobody_is_invited(
    exercise: Exercise, form: str, text: str, faults: list[tuple[int, str]]
) -> None:
    creator = exercise.table.creator
    before = len((await creator.get(creator.path("links"))).json())
    answer = (await creator.post(creator.path("roster"), {"format": form, "text": text}, 422)).json()["error"]
    assert answer["code"] == "roster.lines"
    assert [(fault["line"], fault["field"]) for fault in answer["params"]["faults"]] == faults
    assert all(fault["expected"] for fault in answer["params"]["faults"])
    assert len((await creator.get(creator.path("links"))).json()) == before


# --- annotations


@pytest.mark.rule("10", "9.1")
async def test_annotations_stand_in_the_replay_of_all_once_the_results_are_open(exercise: Exercise) -> None:
    tabled = await exercise.moment("draft_tabled")
    assert (await exercise.runs.wish("annotate", moment=tabled, text="Here it begins."))["type"] == "ack"
    creator, guest = exercise.table.creator, exercise.guests["HUN"]
    own = (await creator.get(creator.path("replay/annotations"))).json()
    assert list(own["texts"].values()) == ["Here it begins."]
    assert (await guest.get(guest.path("replay/annotations"))).json()["annotations"] == []
    await exercise.runs.wish("end_game")
    await exercise.runs.wish("open_results")
    (shown,) = (await guest.get(guest.path("replay/annotations"))).json()["annotations"]
    moments = (await guest.get(guest.path("replay/moments"))).json()
    assert moments[shown["n"]]["entry"]["type"] == "draft_tabled"


# --- deleting


async def test_a_game_is_deleted_only_when_it_is_named(exercise: Exercise) -> None:
    creator = exercise.table.creator
    refused = await creator.http.request("DELETE", f"/api/games/{creator.game}", json={"confirm": "yes"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "game.not_confirmed")
    guest = exercise.guests["HUN"]
    stolen = await guest.http.request("DELETE", f"/api/games/{guest.game}", json={"confirm": exercise.table.code})
    assert stolen.status_code == 403


async def test_a_deleted_game_is_gone_for_everybody_with_its_words(home: House, exercise: Exercise) -> None:
    creator, hungary = exercise.table.creator, exercise.player("HUN")
    code = exercise.table.code.lower()
    deleted = await creator.http.request("DELETE", f"/api/games/{creator.game}", json={"confirm": code})
    assert deleted.status_code == 204
    assert await hungary.until_gone() == 4404
    goodbye = hungary.last("goodbye")
    assert goodbye is not None
    assert goodbye["code"] == "game_deleted"
    store = home.services.store
    assert creator.game not in {row.id for row, _ in await store.games()}
    assert not await store.links(creator.game)
    assert not await store.sessions(creator.game)
    await exercise.guests["HUN"].get(exercise.guests["HUN"].path("lobby"), 403)


# --- rehearsing


@pytest.mark.rule("10", "11")
async def test_a_facilitator_rehearses_against_bots_alone() -> None:
    async with house(stand_ins=True) as home:
        table = await home.table(kind="exercise", clock_minutes=45)
        runs = await table.creator.play()
        assert (await runs.wish("start_game"))["type"] == "ack"
        assert {seat["player"] for seat in runs.public["seats"].values()} == {"bot"}
        while runs.public["clock"]["phase"] != "council_1":
            assert (await runs.wish("advance_phase"))["type"] == "ack"
            await asyncio.sleep(0)
        await runs.until(lambda player: player.public["drafts"], patience=60)
        await table.close()
