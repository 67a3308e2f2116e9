"""`summit demo`: a server with a game in the middle of its consultations, and a link for everybody."""

from __future__ import annotations

import hashlib
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from game_rules.bots.pace import BEAT
from game_rules.engine import Command
from game_rules.messages import Actor
from game_rules.procedures.clock import AdvancePhase, StartGame
from server.access import now_ms
from server.cli.serve import DatabaseUrl, Host, Port, run_server, settings_with, tell_the_address
from server.new_game import GamePlan, OpenedGame, open_game
from server.services import Services
from server.settings import default_data_folder
from server.stand_ins import StandInsAtTheTable

SCENARIO, CAST, CLOCK_MINUTES = "vilnius-2023", "quick", 90

BEATS_PLAYED = 36
"""Three minutes of a table of bots: drafts lie on the floor, positions are stated, nothing is decided."""


class Clockwork:
    """A clock that the stand-ins are shown, a beat at a time, until it has caught up with the real one."""

    def __init__(self, beats: int) -> None:
        self.now = now_ms() - beats * BEAT

    def __call__(self) -> int:
        return self.now


async def open_demo(services: Services) -> OpenedGame:
    """A game opened by a facilitator and played by bots until the middle of its consultations."""
    scenario = services.catalogue.get(SCENARIO)
    number = len(await services.store.games())
    seed = hashlib.sha256(f"demo {number}".encode()).digest()
    plan = GamePlan(scenario, CAST, "exercise", CLOCK_MINUTES, "Demonstration", reading="live", seed=seed)
    opened = await open_game(services.service, services.access, plan)
    facilitator = Actor("facilitator", opened.creator.session.member)
    opening: tuple[Command, ...] = (StartGame(type="start_game"), AdvancePhase(type="advance_phase"))
    for number, command in enumerate(opening):
        await services.service.demand(opened.row.id, facilitator, f"demo:{number}", command)
    await _let_bots_play(services, opened.row.id)
    return opened


async def _let_bots_play(services: Services, game: str) -> None:
    clock = Clockwork(BEATS_PLAYED)
    stand_ins = StandInsAtTheTable(services.service, clock)
    for _ in range(BEATS_PLAYED):
        await stand_ins.take_turns(game)
        clock.now += BEAT


async def tell_the_links(services: Services) -> None:
    """Prints the way in for every seat, the facilitator and the projector."""
    opened = await open_demo(services)
    state = await services.service.state(opened.row.id)
    links = Table("who", "link", title=f"A game in its consultations, code {opened.row.code}")
    for seat in state.rules.seats.values():
        _, url = await services.access.new_link(opened.row.id, "seat", seat.id)
        links.add_row(seat.name, url)
    links.add_row("Facilitator", opened.own)
    links.add_row("Projector", opened.projector)
    await tell_the_address(services)
    Console(width=160).print(links)


def add_to(app: typer.Typer) -> None:
    @app.command()
    def demo(
        host: Host = None,
        port: Port = None,
        database_url: DatabaseUrl = None,
        stand_ins: Annotated[bool, typer.Option(help="Whether bots go on playing the seats nobody takes.")] = True,
    ) -> None:
        """Serves the game with a demonstration in the middle of its consultations."""
        database_url = database_url or f"sqlite:///{default_data_folder() / 'demo.sqlite3'}"
        run_server(settings_with(host=host, port=port, database_url=database_url, stand_ins=stand_ins), tell_the_links)
