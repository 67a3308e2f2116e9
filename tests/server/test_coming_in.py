"""Links, codes, sessions and claims: who gets in, and that opening an address claims nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import websockets

from server.ws.connection import BAD_TICKET, MALFORMED_HELLO, REVOKED
from tests.server.table import Guest, House, Player, Table, house, token_of


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


@pytest.fixture
async def table(home: House) -> AsyncIterator[Table]:
    opened = await home.table()
    yield opened
    await opened.close()


async def test_the_creator_of_an_open_game_is_its_host_and_has_the_links(table: Table) -> None:
    assert table.links["host"]
    assert table.links["facilitator"] is None
    lobby = (await table.creator.get(table.creator.path("lobby"))).json()
    assert lobby["you"]["kind"] == "host"
    assert lobby["status"] == "lobby"
    assert {seat["id"] for seat in lobby["seats"]} >= {"HUN", "POL", "UKR", "SG", "SWE", "EU"}


async def test_tokens_travel_in_fragments_only(table: Table) -> None:
    for link in filter(None, table.links.values()):
        address, _, token = link.partition("#")
        assert len(token) >= 10
        assert "?" not in address


async def test_a_session_cookie_is_for_the_browser_alone(home: House) -> None:
    guest = Guest(home.address)
    answer = await guest.post(
        "/api/games", {"scenario": "vilnius-2023", "cast": "quick", "kind": "open", "clock_minutes": 60}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    await guest.close()


async def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    async with house(public_url="https://summit.example.org") as home:
        guest = Guest(home.address)
        guest.http.headers["Origin"] = "https://summit.example.org"
        answer = await guest.post(
            "/api/games", {"scenario": "vilnius-2023", "cast": "quick", "kind": "open", "clock_minutes": 60}
        )
        assert answer.headers["set-cookie"].startswith("__Host-summit-")
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"]
        assert answer.json()["links"]["join"].startswith("https://summit.example.org/g/")
        await guest.close()


async def test_a_code_opens_the_lobby_and_claims_nothing(table: Table) -> None:
    typed = f" {table.code[:5].lower()}-{table.code[5:].lower()} "
    guest = Guest(table.address, table.game)
    assert (await guest.get(f"/api/codes/{typed.strip()}")).json() == {"game": table.game}
    lobby = (await guest.get(guest.path(f"lobby?code={table.code}"))).json()
    assert all(seat["taken_by"] == 0 for seat in lobby["seats"])
    assert lobby["you"] is None
    assert not guest.http.cookies
    await guest.close()


async def test_no_get_claims_a_seat_however_often_a_link_is_previewed(table: Table) -> None:
    link = (await table.creator.post(table.creator.path("links"), {"seat": "HUN"})).json()["url"]
    preview = Guest(table.address, table.game)
    for _ in range(20):
        await preview.http.get(link.removeprefix(table.address))
    lobby = (await table.creator.get(table.creator.path("lobby"))).json()
    assert all(seat["taken_by"] == 0 for seat in lobby["seats"])
    await preview.close()


@pytest.mark.rule("1.3")
async def test_a_free_seat_has_one_winner(table: Table) -> None:
    guests = [Guest(table.address, table.game) for _ in range(12)]
    body = {"seat": "HUN", "name": "Anna", "code": table.code}
    answers = await asyncio.gather(*(guest.http.post(guest.path("claims"), json=body) for guest in guests))
    assert sorted(answer.status_code for answer in answers) == [200, *[409] * 11]
    refused = next(answer for answer in answers if answer.status_code == 409).json()["error"]
    assert refused == {"code": "seat.taken", "params": {"seat": "HUN"}, "rule": "1.3"}
    for guest in guests:
        await guest.close()


@pytest.mark.rule("1.3")
async def test_a_seat_link_lets_several_into_one_delegation(table: Table) -> None:
    link = (await table.creator.post(table.creator.path("links"), {"seat": "HUN"})).json()["url"]
    names = ("Anna", "Béla")
    members = []
    for name in names:
        guest = Guest(table.address, table.game)
        entered = await guest.enter(token_of(link))
        assert (entered["kind"], entered["invited_to"], entered["seat"]) == ("seat", "HUN", None)
        members.append(await guest.claim("HUN", name))
        await guest.claim("POL", status=403)  # the link is for Hungary
        await guest.close()
    lobby = (await table.creator.get(table.creator.path("lobby"))).json()
    assert next(seat for seat in lobby["seats"] if seat["id"] == "HUN")["taken_by"] == 2
    assert len({member["member"] for member in members}) == 2


async def test_claiming_ones_own_seat_again_changes_nothing(table: Table) -> None:
    guest = await table.seat("POL")
    first = await guest.claim("POL")
    assert await guest.claim("POL") == first
    refused = await guest.claim("HUN", status=409)
    assert refused["error"]["code"] == "seat.already_seated"
    await guest.close()


async def test_wrong_and_foreign_tokens_get_one_answer(home: House, table: Table) -> None:
    other = await home.table()
    guest = Guest(table.address, table.game)
    for token in ("x" * 22, token_of(str(other.links["host"])), other.code, "0000000000"):
        assert await guest.enter(token, 403) == {"error": {"code": "forbidden", "params": {}}}
    for path in ("lobby", "replay", "links", "export", "lobby?code=0000000000"):
        await guest.get(guest.path(path), 403)
    guest.game = "nosuchgame"
    assert await guest.enter("x" * 22, 403) == {"error": {"code": "forbidden", "params": {}}}
    for one in (guest, other):
        await one.close()


async def test_a_revoked_link_ends_sessions_and_sockets_within_a_second(table: Table) -> None:
    link = (await table.creator.post(table.creator.path("links"), {"seat": "HUN"})).json()
    guest = Guest(table.address, table.game)
    await guest.enter(token_of(link["url"]))
    await guest.claim("HUN")
    player = await guest.play()
    await table.creator.post(table.creator.path(f"links/{link['id']}/revoke"))
    async with asyncio.timeout(1):
        assert await player.until_gone() == REVOKED
    assert player.last("goodbye") == {"type": "goodbye", "code": "revoked"}
    await guest.get(guest.path("lobby"), 403)
    await guest.enter(token_of(link["url"]), 403)
    shown = (await table.creator.get(table.creator.path("links"))).json()
    assert [one["revoked"] for one in shown if one["id"] == link["id"]] == [True]
    assert all(one["url"] is None for one in shown)
    await guest.close()


@pytest.mark.rule("10")
async def test_only_who_runs_the_game_hands_out_links(table: Table) -> None:
    guest = await table.seat("POL")
    await guest.post(guest.path("links"), {"seat": "HUN"}, 403)
    await guest.get(guest.path("links"), 403)
    await guest.close()


@pytest.mark.rule("1.1")
async def test_an_exercise_has_a_facilitator_who_sits_nowhere(home: House) -> None:
    exercise = await home.table(kind="exercise")
    assert exercise.links["facilitator"]
    await exercise.creator.claim("HUN", status=403)
    player = await exercise.creator.play()
    assert player.private["you"]["kind"] == "facilitator"
    assert (await player.wish("start_game"))["type"] == "ack"
    watcher = Guest(home.address, exercise.game)
    await watcher.enter(token_of(str(exercise.links["projector"])))
    screen = await watcher.play()
    assert screen.private["you"]["kind"] == "projector"
    assert screen.private["us"] is screen.private["brief"] is None
    assert (await screen.wish("pause_game"))["code"] == "game.facilitator_only"
    for one in (watcher, exercise):
        await one.close()


async def test_leaving_gives_up_the_seat_and_the_session(table: Table) -> None:
    guest = await table.seat("POL")
    player = await guest.play()
    await guest.post(guest.path("leave"))
    await player.until_gone()
    lobby = (await table.creator.get(table.creator.path("lobby"))).json()
    assert next(seat for seat in lobby["seats"] if seat["id"] == "POL")["taken_by"] == 0
    await guest.get(guest.path("lobby"), 403)
    await guest.close()


async def test_leaving_by_command_ends_the_delegations_view(table: Table) -> None:
    guest = await table.seat("POL")
    player = await guest.play()
    assert player.private["brief"] is not None
    await player.send({"type": "command", "command_id": "c1", "command": {"type": "leave_seat"}})
    await player.until_gone()
    again = await guest.play()
    assert again.private["you"]["kind"] == "lobby"
    assert again.private["brief"] is None
    await guest.close()


# --- the socket's gate ------------------------------------------------------------------------------------------------


async def test_a_ticket_is_good_once_and_for_its_game(home: House, table: Table) -> None:
    guest = await table.seat("POL")
    ticket = await guest.ticket()
    first = await Player.connect(table.address, table.game, ticket)
    await first.until(lambda player: player.view)
    other = await home.table()
    for game, used in ((table.game, ticket), (other.game, await guest.ticket()), (table.game, "forged")):
        player = await Player.connect(table.address, game, used)
        assert await player.until_gone() == BAD_TICKET
    for one in (first, guest, other):
        await one.close()


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1", "{address}.evil.example", "{address}/", "https://127.0.0.1"],
)
async def test_a_page_from_elsewhere_gets_no_socket_and_changes_nothing(table: Table, origin: str) -> None:
    foreign = origin.format(address=table.address)
    guest = await table.seat("POL")
    ticket = await guest.ticket()
    with pytest.raises(Exception, match="403"):
        await Player.connect(table.address, table.game, ticket, origin=foreign)
    answer = await guest.http.post(guest.path("leave"), headers={"Origin": foreign})
    assert answer.status_code == 403
    await guest.close()


@pytest.mark.parametrize("first", ["", "{", "[]", '{"type":"ping"}', '{"type":"hello"}', '{"type":"hello","ticket":1}'])
async def test_whoever_does_not_say_hello_is_sent_away(table: Table, first: str) -> None:
    uri = f"{table.address.replace('http', 'ws', 1)}/api/games/{table.game}/socket"
    player = Player(await websockets.connect(uri, origin=table.address, compression=None))  # type: ignore[arg-type]
    await player.send(first)
    assert await player.until_gone() == MALFORMED_HELLO
    assert player.last("malformed")


async def test_an_unknown_game_is_no_game(table: Table) -> None:
    guest = await table.seat("POL")
    player = await Player.connect(table.address, "nosuchgame", await guest.ticket())
    assert await player.until_gone() == BAD_TICKET
    await guest.close()
