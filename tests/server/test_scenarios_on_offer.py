"""What can be played, as a client asks for it, and that each of it can be opened with the clock it names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.scenario_catalogue import scenario_folders
from tests.server.table import Guest, House, house


@pytest.fixture
async def home() -> AsyncIterator[House]:
    async with house() as served:
        yield served


@pytest.fixture
async def guest(home: House) -> AsyncIterator[Guest]:
    visitor = Guest(home.address)
    yield visitor
    await visitor.close()


def wish(offer: dict[str, Any], **otherwise: Any) -> dict[str, Any]:
    """A game of the offer's first cast, at its usual length."""
    usual = {"clock_minutes": offer["clock_minutes"]["usual"], "cast": offer["casts"][0]["id"]}
    return {"scenario": offer["slug"], "kind": "open", **usual, **otherwise}


@pytest.mark.rule("1.2", "7.1")
async def test_every_scenario_is_offered_with_its_casts_and_clocks(guest: Guest) -> None:
    offers = {offer["slug"]: offer for offer in (await guest.get("/api/scenarios")).json()}
    assert set(offers) == set(scenario_folders(None)) >= {"vilnius-2023", "bucharest-2008", "first-steps"}
    assert offers["first-steps"]["clock_minutes"] == {"least": 10, "most": 30, "usual": 10}
    assert offers["bucharest-2008"]["clock_minutes"] == {"least": 45, "most": 180, "usual": 60}
    assert {cast["id"]: cast["voting"] for cast in offers["bucharest-2008"]["casts"]} == {"full": 26, "quick": 7}
    assert all(offer["title"] and offer["summary"] for offer in offers.values())


@pytest.mark.rule("7.1")
async def test_each_is_opened_at_its_usual_length(guest: Guest) -> None:
    for offer in (await guest.get("/api/scenarios")).json():
        await guest.post("/api/games", wish(offer), status=201)


async def test_a_scenario_is_read_in_another_language_with_the_english_it_stands_for(guest: Guest) -> None:
    answer = await guest.get("/api/scenarios/first-steps/translations/de")
    assert answer.json()["title"] == {"of": "First steps", "says": "Erste Schritte"}
    assert answer.json()["issues.place.options.by_turns.label"] == {"of": "By turns", "says": "Abwechselnd"}
    assert answer.headers["cache-control"] == "public, max-age=600"  # the same for everybody
    assert (await guest.get("/api/scenarios/first-steps/translations/eo")).json() == {}
    await guest.get("/api/scenarios/no-such/translations/de", status=404)


@pytest.mark.rule("1.2", "7.1")
@pytest.mark.parametrize(
    ("otherwise", "code", "params"),
    [
        pytest.param({"clock_minutes": 60}, "game.clock_out_of_bounds", {"least": 10, "most": 30}, id="too long"),
        pytest.param({"clock_minutes": 9}, "game.clock_out_of_bounds", {"least": 10, "most": 30}, id="too short"),
        pytest.param({"cast": "quick"}, "game.cast_unknown", {"cast": "quick", "casts": ["table"]}, id="no such cast"),
    ],
)
async def test_what_a_scenario_does_not_have_is_refused_and_leaves_no_game(
    guest: Guest, otherwise: dict[str, Any], code: str, params: dict[str, Any]
) -> None:
    offers = {offer["slug"]: offer for offer in (await guest.get("/api/scenarios")).json()}
    answer = await guest.post("/api/games", wish(offers["first-steps"], **otherwise), status=409)
    error = answer.json()["error"]
    assert (error["code"], error["params"]) == (code, params)
    assert "links" not in answer.text
    assert "set-cookie" not in answer.headers
