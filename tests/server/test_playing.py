"""A game over HTTP and WebSocket, as browsers play it: moves, refusals, nonsense, lost lines."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from game_rules.saved_game import read_lines
from server.live_game import LiveGame
from server.ws.frames import FRAME_CHARACTERS
from tests.server.table import Gone, Guest, House, Player, Table, house

LONG = "x" * 100_000
MARKUP = "<script>alert(1)</script><b>& 'quoted' \"text\""


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


@dataclass
class Room:
    """A game that has begun, with Hungary and Poland at the table."""

    table: Table
    anna: Guest
    ola: Guest
    hungary: Player
    poland: Player


@pytest.fixture
async def room(home: House) -> AsyncIterator[Room]:
    table = await home.table()
    anna, ola = await table.host("HUN", "Anna"), await table.seat("POL", "Ola")
    hungary, poland = await anna.play(), await ola.play()
    for act in ("start_game", "advance_phase"):
        assert (await hungary.wish(act))["type"] == "ack"
    await poland.until(lambda player: player.public["clock"]["phase"] == hungary.public["clock"]["phase"])
    yield Room(table, anna, ola, hungary, poland)
    for guest in (anna, ola):
        await guest.close()


def say(command_id: str, text: str, room: str = "HUN+POL") -> dict[str, object]:
    command = {"type": "post_message", "room": room, "text": text, "refs": []}
    return {"type": "command", "command_id": command_id, "command": command}


@pytest.mark.rule("5.1", "5.3")
async def test_two_delegations_talk_and_a_third_hears_nothing(room: Room) -> None:
    guest = await room.table.seat("TUR")
    turkey = await guest.play()
    seen = turkey.after
    assert (await room.poland.wish("post_message", room="HUN+POL", text="Shall we?", refs=[]))["type"] == "ack"
    await room.hungary.until(lambda player: "HUN+POL" in player.private["rooms"])
    [message] = room.hungary.private["rooms"]["HUN+POL"]["messages"]
    assert room.hungary.texts[message["text"]] == "Shall we?"
    await turkey.wish("post_message", "t1", room="plenary", text="Good morning", refs=[])
    assert turkey.after == seen + 1  # one public update, and no trace of the other
    assert message["text"] not in turkey.texts
    await guest.close()


async def test_a_public_update_is_the_same_bytes_for_everybody(room: Room) -> None:
    start = len(room.hungary.raw_public), len(room.poland.raw_public)
    for number in range(5):
        await room.poland.wish("post_message", room="plenary", text=f"number {number}", refs=[])
    await room.hungary.until(lambda player: len(player.raw_public) >= start[0] + 5)
    assert room.hungary.raw_public[start[0] :] == room.poland.raw_public[start[1] :]


async def test_the_updates_lead_to_the_view_that_a_newcomer_gets(room: Room) -> None:
    for number in range(5):
        await room.poland.wish("post_message", room="plenary" if number % 2 else "HUN+POL", text="x", refs=[])
    await room.poland.send(say("p-last", "done", "plenary"))
    await room.poland.answer("p-last")
    fresh = await Player.connect(room.table.address, room.table.game, await room.ola.ticket())
    await fresh.until(lambda player: player.view)
    assert fresh.view == room.poland.view
    await fresh.close()


async def test_a_view_may_come_packed_and_is_the_same(room: Room) -> None:
    await room.poland.wish("post_message", room="plenary", text="To everybody", refs=[])
    await room.poland.wish("post_message", room="HUN+POL", text="To you alone", refs=[])
    whole, packed = await room.anna.play(), await room.anna.play(packed=True)
    other = await room.ola.play(packed=True)
    assert not whole.packed
    assert (packed.view, packed.texts) == (whole.view, whole.texts)
    # What is compressed is the same for everybody, so that its length tells nobody anything.
    assert packed.packed == other.packed
    assert b"To everybody" in gzip.decompress(packed.packed[0])
    assert b"To you alone" not in gzip.decompress(packed.packed[0])
    await other.wish("post_message", "more", room="plenary", text="And more", refs=[])
    for player in (whole, packed):
        await player.until(lambda player: "And more" in player.texts.values())
    assert packed.public == whole.public
    for player in (whole, packed, other):
        await player.close()


async def test_who_resumes_gets_updates_though_it_asked_for_packed(room: Room) -> None:
    stream, after = room.hungary.stream, room.hungary.after
    await room.hungary.drop()
    await room.poland.wish("post_message", room="plenary", text="Meanwhile", refs=[])
    back = await room.anna.play((stream, after), packed=True)
    await back.until(lambda player: player.after > after)
    assert back.resumed
    assert not back.packed


async def test_two_tabs_of_one_member_see_and_do_the_same(room: Room) -> None:
    other = await Player.connect(room.table.address, room.table.game, await room.ola.ticket())
    await other.until(lambda player: player.view)
    assert (await other.wish("post_message", "tab2", room="plenary", text="from the other tab", refs=[]))[
        "type"
    ] == "ack"
    await room.poland.until(lambda player: "from the other tab" in player.texts.values())
    await other.close()
    assert (await room.poland.wish("post_message", "tab1", room="plenary", text="still here", refs=[]))["type"] == "ack"
    assert room.poland.view is not None


# --- once, and the same answer ----------------------------------------------------------------------------------------


async def test_a_command_sent_thirty_times_over_two_tabs_has_one_effect(room: Room) -> None:
    other = await Player.connect(room.table.address, room.table.game, await room.ola.ticket())
    await other.until(lambda player: player.view)
    for player in (room.poland, other):
        await asyncio.gather(*(player.send(say("once", "only once")) for _ in range(15)))
    for player in (room.poland, other):
        await player.until(
            lambda one: len([f for f in one.frames if f.get("command_id") == "once" and f["type"] == "ack"]) == 15
        )
    assert len(room.poland.private["rooms"]["HUN+POL"]["messages"]) == 1
    await other.close()


async def test_a_refusal_is_answered_the_same_when_it_is_sent_again(room: Room) -> None:
    first = await room.poland.wish("pause_game", "p1")
    assert first["code"] == "game.host_only"
    assert await room.poland.wish("pause_game", "p1") == first


async def test_one_id_for_two_commands_is_refused(room: Room) -> None:
    await room.poland.wish("post_message", "same", room="plenary", text="one", refs=[])
    answer = await room.poland.wish("post_message", "same", room="plenary", text="another", refs=[])
    assert (answer["type"], answer["pointer"], answer["problem"]) == ("malformed", "/command_id", "used_before")


# --- nonsense ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "pointer", "problem"),
    [
        ("{", "", "json_invalid"),
        ("[]", "", None),
        ('{"type":"nonsense"}', "", "union_tag_invalid"),
        ('{"type":"command","command_id":"c1"}', "/command", "missing"),
        ('{"type":"command","command_id":"no spaces","command":{"type":"pause_game"}}', "/command_id", None),
        ('{"type":"command","command_id":"c1","command":{"type":"create_game"}}', "/command", "union_tag_invalid"),
        ('{"type":"command","command_id":"c1","command":{"type":"join_seat"}}', "/command", "union_tag_invalid"),
        ('{"type":"command","command_id":"c1","command":{"type":"pause_game","x":1}}', "/command/x", "extra_forbidden"),
        (
            '{"type":"command","command_id":"c1","command":{"type":"extend_phase","seconds":"60"}}',
            "/command/seconds",
            "int_type",
        ),
        ('{"type":"hello","ticket":"x"}', "/type", "hello_once"),
        ("x" * (FRAME_CHARACTERS + 1), "", "too_long"),
    ],
)  # fmt: skip
async def test_a_malformed_frame_is_answered_with_a_place_and_costs_nothing(
    room: Room, frame: str, pointer: str, problem: str | None
) -> None:
    await room.poland.send(frame)
    await room.poland.until(lambda player: player.last("malformed"))
    answer = room.poland.last("malformed")
    assert answer is not None
    assert answer["pointer"] == pointer
    assert problem is None or answer["problem"] == problem
    assert (await room.poland.wish("post_message", "after", room="plenary", text="still here", refs=[]))[
        "type"
    ] == "ack"


@pytest.mark.parametrize("text", ["", "   ", "\u202e\u202e"])
async def test_a_text_that_says_nothing_is_refused(room: Room, text: str) -> None:
    answer = await room.poland.wish("post_message", "e1", room="plenary", text=text, refs=[])
    assert (answer["type"], answer["pointer"], answer["problem"]) == ("malformed", "/command/text", "string_too_short")


async def test_markup_is_text_and_nothing_else(room: Room) -> None:
    await room.poland.wish("post_message", room="plenary", text=MARKUP, refs=[])
    await room.hungary.until(lambda player: MARKUP in player.texts.values())


async def test_a_message_of_100_kb_is_answered_and_costs_nobody_anything(room: Room) -> None:
    await room.poland.send(say("long", LONG))
    await room.poland.until(lambda player: player.last("malformed"))
    assert (await room.hungary.wish("post_message", room="plenary", text="here", refs=[]))["type"] == "ack"


@pytest.mark.parametrize("name", [LONG, "", "\u202e", "  "])
async def test_impossible_names_are_refused(room: Room, name: str) -> None:
    guest = Guest(room.table.address, room.table.game)
    answer = await guest.http.post(guest.path("claims"), json={"seat": "TUR", "name": name, "code": room.table.code})
    assert answer.status_code in (413, 422)
    assert answer.json()["error"]["code"] in ("too_large", "malformed")
    assert LONG not in answer.text
    await guest.close()


async def test_names_lose_what_could_deceive(room: Room) -> None:
    guest = await room.table.seat("TUR", "  Ay\u202ese\u200b  <b>Y\u0131lmaz</b>\n")
    player = await guest.play()
    [member] = player.public["seats"]["TUR"]["members"]
    assert player.texts[member["name"]] == "Ayse <b>Yılmaz</b>"
    await guest.close()


async def test_too_many_moves_at_once_are_put_off_not_lost() -> None:
    async with house(commands_burst=5, commands_per_second=1) as home:
        table = await home.table()
        player = await (await table.host("HUN")).play()
        answers = [await player.wish("pause_game", f"c{number}") for number in range(8)]
        assert [answer["type"] for answer in answers][:5] == ["rejected"] * 5
        assert answers[-1]["type"] == "unavailable"
        assert 0 < answers[-1]["retry_after_ms"] <= 1_001
        await table.close()


# --- lost lines -------------------------------------------------------------------------------------------------------


async def test_a_client_that_lost_its_line_gets_what_it_missed_and_nothing_twice(room: Room) -> None:
    stream, after = room.poland.stream, room.poland.after
    await room.poland.drop()
    for number in range(3):
        await room.hungary.wish("post_message", room="plenary", text=f"missed {number}", refs=[])
    again = await room.ola.play((stream, after))
    assert again.resumed
    await again.until(lambda player: "missed 2" in player.texts.values())
    assert [frame["type"] for frame in again.frames[:2]] == ["welcome", "resumed"]
    assert not [frame for frame in again.frames if frame["type"] == "view"]


@pytest.mark.parametrize("resume", [("nosuchstream", 3), ("", 0)])
async def test_a_stream_that_is_not_known_begins_anew(room: Room, resume: tuple[str, int]) -> None:
    again = await Player.connect(room.table.address, room.table.game, await room.ola.ticket(), resume)
    await again.until(lambda player: player.view)
    assert not again.resumed
    await again.close()


async def test_nobody_can_resume_beyond_what_was_sent(room: Room) -> None:
    again = await Player.connect(
        room.table.address, room.table.game, await room.ola.ticket(), (room.poland.stream, 10_000)
    )
    await again.until(lambda player: player.view)
    await again.close()


# --- troubles of our own ----------------------------------------------------------------------------------------------


async def test_a_game_that_cannot_be_shown_costs_the_others_nothing(
    home: House, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await home.table()
    guest = await other.host("HUN")
    player = await guest.play()
    shown = LiveGame._look_at

    def poisoned(live: LiveGame, state: object) -> None:
        if live.game == other.game:
            raise RuntimeError("poisoned")
        shown(live, state)  # type: ignore[arg-type]

    monkeypatch.setattr(LiveGame, "_look_at", poisoned)
    await player.send({"type": "command", "command_id": "c1", "command": {"type": "start_game"}})
    with pytest.raises(Gone):
        await player.until(lambda _: False)
    assert other.game in home.services.service.broken
    monkeypatch.undo()
    again = await guest.play()  # the log is right, and the game goes on
    assert again.public["clock"]["status"] == "running"
    assert (await room.poland.wish("post_message", room="plenary", text="fine", refs=[]))["type"] == "ack"
    await guest.close()


async def test_a_bug_in_a_command_is_told_with_an_incident_and_changes_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buggy(*given: object, **named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("server.decider.decide", buggy)
    answer = await room.poland.wish("post_message", "b1", room="plenary", text="x", refs=[])
    assert answer["type"] == "internal"
    assert len(answer["incident"]) == 8
    monkeypatch.undo()
    assert (await room.poland.wish("post_message", "b1", room="plenary", text="x", refs=[]))["type"] == "ack"


# --- beside the table -------------------------------------------------------------------------------------------------


@pytest.mark.rule("5.3", "9.2")
async def test_the_replay_numbers_only_what_the_viewer_saw(room: Room) -> None:
    before = (await room.ola.get(room.ola.path("replay"))).json()
    guest = await room.table.seat("TUR")
    await room.hungary.wish("post_message", room="HUN+POL", text="between us", refs=[])
    turkish = (await guest.get(guest.path("replay/moments"))).json()
    polish = (await room.ola.get(room.ola.path("replay/moments"))).json()
    assert [moment["n"] for moment in polish] == list(range(len(polish)))
    assert [moment["n"] for moment in turkish] == list(range(len(turkish)))
    assert len(polish) == before["moments"] + 2  # the newcomer, and the message
    last = (await room.ola.get(room.ola.path("replay"))).json()
    assert last["view"] == room.poland.view
    assert "between us" in last["texts"].values()
    start = (await room.ola.get(room.ola.path("replay?at=0"))).json()
    assert start["view"]["public"]["clock"]["status"] == "lobby"
    await guest.close()


@pytest.mark.rule("8.8")
async def test_ones_own_value_of_a_package(room: Room) -> None:
    scenario = room.poland.public["scenario"]
    package = {issue["id"]: scenario["status_quo"][issue["id"]] for issue in scenario["issues"] if not issue["fixed"]}
    answer = (await room.ola.post(room.ola.path("appraisals"), {"package": package})).json()
    assert 0 <= answer["points"] <= 100
    assert set(answer["options"]) == set(package)
    refused = await room.ola.post(room.ola.path("appraisals"), {"package": {"path": "nonsense"}}, 409)
    assert refused.json()["error"]["code"].startswith("package.")


@pytest.mark.rule("10")
async def test_a_facilitators_export_is_a_whole_saved_game(home: House) -> None:
    table = await home.table(kind="exercise")
    await table.seat("HUN", "Anna")
    lines = (await table.creator.get(table.creator.path("export"))).text.splitlines()
    saved = read_lines(lines)
    assert saved.game == table.game
    assert "Anna" in {text.text for text in saved.texts}
    await table.close()


@pytest.mark.rule("9.1")
async def test_players_get_the_whole_game_once_its_results_are_open(room: Room) -> None:
    """Rules 9.1 and 9.5: the file holds what every delegation was told."""
    await room.ola.get(room.ola.path("export"), 403)
    await room.hungary.wish("end_game")
    await room.ola.get(room.ola.path("export"), 403)
    await room.hungary.wish("open_results")
    assert "outcome_reached" in (await room.ola.get(room.ola.path("export"))).text
