"""decide and evolve: commands a second in one process, at a full table (issue 2: 20,000 of a typical one)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from benchmarks.figures import Figure
from benchmarks.full_table import FullTable, amendment, full_table, message
from game_rules.engine import Command, decide, evolve
from game_rules.messages import Actor
from game_rules.procedures.complements import SignComplement
from game_rules.procedures.delegation import SignAct
from game_rules.procedures.drafting import Cosponsor
from game_rules.procedures.positions import StatePosition
from game_rules.procedures.promises import Form, MakePromise
from game_rules.procedures.silence import TakeRung
from game_rules.procedures.trade import OfferDeals, WithdrawFromOffer

RUNS = 9
COMMANDS = 2_000
TARGET = 20_000

Wish = tuple[Command, Actor]


def messages(table: FullTable, number: int) -> Wish:
    return message(), table.people[number % len(table.people)]


def positions(table: FullTable, number: int) -> Wish:
    turn, seat = divmod(number, len(table.people))
    position = StatePosition(
        type="state_position", draft="d3", revision=1, position=("support", "can_accept")[turn % 2]
    )
    return position, table.people[seat]


def cosponsors(table: FullTable, number: int) -> Wish:
    """Each ally in the middle of the table joins each of the drafts that are not frozen and not its own."""
    draft = 2 + number % 9
    return Cosponsor(type="cosponsor", draft=f"d{draft}", revision=1), table.allies[10 + number // 9 % 11]


def amendments(table: FullTable, number: int) -> Wish:
    return amendment(2 + number % 9), table.allies[10 + number % 21]


def rungs(table: FullTable, number: int) -> Wish:
    turn, seat = divmod(number, len(table.allies))
    rung = TakeRung(type="take_rung", draft="d1", revision=1, rung=("associate", "silent")[turn % 2])
    return rung, table.allies[seat]


def offers(table: FullTable, number: int) -> Wish:
    """Every deal that needs nothing else, offered by its first signer with people and taken back, over and over."""
    rules = table.game.state.rules
    deals = [deal for deal in rules.deal_parties if deal not in rules.deal_needs]
    round_, place = divmod(number // 2, len(deals))
    parties = rules.deal_parties[deals[place]]
    proposer = next(person for person in table.people if person.seat in parties)
    if number % 2 == 0:
        return OfferDeals(type="offer_deals", deals=(deals[place],)), proposer
    alike = [deal for deal in deals if rules.deal_parties[deal] == parties]
    offer = f"{'+'.join(parties)}.{round_ * len(alike) + alike.index(deals[place]) + 1}"
    return WithdrawFromOffer(type="withdraw_from_offer", offer=offer), proposer


def complements(table: FullTable, number: int) -> Wish:
    """Every ally puts its name to a complement, then to the next."""
    sheet, ally = divmod(number, len(table.allies))
    complement = table.game.state.rules.scenario.complements[sheet].id
    return SignComplement(type="sign_complement", complement=complement), table.allies[ally]


def promises(table: FullTable, number: int) -> Wish:
    giver, taker = table.allies[number % len(table.allies)], table.allies[(number + 1) % len(table.allies)]
    assert taker.seat is not None
    form = Form(kind="will_not_object", options={"target_date": "none"})
    return MakePromise(type="make_promise", to=taker.seat, form=form), giver


def prepared(table: FullTable, number: int) -> Wish:
    """A delegate prepares a rung, the head signs it."""
    turn, place = divmod(number // 2, len(table.allies))
    head = table.allies[place]
    if number % 2:
        return SignAct(type="sign_act", act=f"{head.seat}.{turn + 1}"), head
    rung = TakeRung(type="take_rung", draft="d1", revision=1, rung=("associate", "silent")[turn % 2])
    return rung, Actor("member", f"d-{head.seat}", head.seat)


KINDS: dict[str, tuple[Callable[[FullTable, int], Wish], int]] = {
    "a message in the plenary": (messages, COMMANDS),
    "a position on a draft": (positions, COMMANDS),
    "a rung of the ladder": (rungs, COMMANDS),
    "an amendment": (amendments, 200),
    "a cosponsor": (cosponsors, 99),
    "an offer made or taken back": (offers, 200),
    "a signature under a complement": (complements, 93),
    "a promise": (promises, 200),
}
"""What is measured, and how many of it the table bears before it is no table any more."""


def commands_a_second(table: FullTable, kind: Callable[[FullTable, int], Wish], count: int) -> float:
    """One command after another, each in the state that the last has left. The commands are made beforehand."""
    wishes = [kind(table, number) for number in range(count)]
    state, at = table.game.state, table.at
    start = time.process_time()
    for command, by in wishes:
        at += 1
        for event in decide(state, command, by, at):
            state = evolve(state, event, by, at)
    return count / (time.process_time() - start)


def run() -> Iterator[Figure]:
    table = full_table()
    for name, (kind, count) in KINDS.items():
        yield _measured(name, table, kind, count)
    of_heads = full_table(formal="head")
    of_heads.seat_delegates()
    yield _measured("a rung prepared or signed", of_heads, prepared, COMMANDS)


def _measured(name: str, table: FullTable, kind: Callable[[FullTable, int], Wish], count: int) -> Figure:
    commands_a_second(table, kind, count)
    values = [commands_a_second(table, kind, count) for _ in range(RUNS)]
    return Figure(f"decide + evolve, full cast: {name}", values, "/s", at_least=TARGET)
