"""A class in the middle of an exercise: ten people, three drafts, an objection, silence, an adopted text.

Everybody has a line of their own to a real server. Nobody's name is that of a person of 2023.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.server.table import Guest, Player, Table
from tests.web.serving import SILENCE_SECONDS

PEOPLE = {
    "SG": "Ingrid",
    "FRA": "Camille",
    "DEU": "Jonas",
    "HUN": "Réka",
    "POL": "Anna",
    "TUR": "Emre",
    "USA": "Marcus",
    "UKR": "Oksana",
    "SWE": "Elsa",
    "EU": "Pieter",
}

SETTLED = {
    "minority": "eu_aligned",
    "borders": "decide_before_invitation",
    "low_level": "task_options",
    "common_funding": "voluntary_fund",
    "forum": "council_and_hlg",
    "planning": "tasked",
    "negotiation": "ukraine_decides",
    "no_substitute": "absent",
}
PARTNERSHIP = {
    **SETTLED,
    "path": "new_partnership",
    "perspective": "future_in_nato",
    "trigger": "allies_agree",
    "target_date": "review_next_summit",
    "nonforce": "deferred",
    "reform": "general_review",
    "assurances": "multi_year",
}
FAST_TRACK = {
    **PARTNERSHIP,
    "path": "fast_track_with_conditions",
    "perspective": "irreversible",
    "trigger": "on_ceasefire",
    "assurances": "guaranteed_floor",
}
ACTION_PLAN = {
    **PARTNERSHIP,
    "path": "membership_action_plan",
    "perspective": "irreversible",
    "trigger": "after_review",
    "reform": "explicit_eu",
}

FIRST_WORDS = (
    ("SG", "Colleagues, let us work from the German draft. I hope to put a text under silence in the first session."),
    ("DEU", "It gives Kyiv a Council where it sits as an equal, and support that is planned for years."),
    ("UKR", "We have been told “when allies agree” since 2008. Which step comes after this one?"),
    ("HUN", "No review that works like a date. Budapest will say so at the end as well, if need be."),
    ("TUR", "Ankara can live with this text. Sweden is another matter, and another room."),
    ("FRA", "Paris would go further. If the guarantees grow, we can stay with the partnership."),
    ("USA", "Washington stands behind A. Every sentence more costs us a vote at home."),
)
WHISPERS = (
    ("FRA", "If you bring Ankara along on the guarantees, we drop draft B tonight."),
    ("POL", "And the action plan? Warsaw cannot go home with a partnership alone."),
    ("FRA", "Propose it to A. We will not be the ones who object."),
)


@dataclass
class Class:
    """Everybody at the table, each with a line of their own, and whoever runs the exercise."""

    table: Table
    people: dict[str, Player]
    facilitator: Player
    guests: list[Guest]

    @classmethod
    async def gather(cls, address: str) -> Class:
        table = await Table.open(address, kind="exercise", name="Security studies, table 1")
        guests = {code: await table.seat(code, name) for code, name in PEOPLE.items() if code != "POL"}
        people = {code: await guest.play() for code, guest in guests.items()}
        return cls(table, people, await table.creator.play(), [*guests.values(), table.creator])

    async def add(self, code: str, guest: Guest) -> None:
        self.people[code] = await guest.play()
        self.guests.append(guest)

    async def act(self, code: str, kind: str, **fields: Any) -> None:
        answer = await self.people[code].wish(kind, **fields)
        assert answer["type"] == "ack", (code, kind, answer)

    async def run(self, kind: str, **fields: Any) -> None:
        answer = await self.facilitator.wish(kind, **fields)
        assert answer["type"] == "ack", (kind, answer)

    async def draft_by(self, code: str) -> dict[str, Any]:
        """The draft of that seat, once everybody can see it."""
        await self.facilitator.until(lambda one: any(d["author"] == code for d in one.public["drafts"].values()))
        drafts = self.facilitator.public["drafts"].values()
        return next(draft for draft in drafts if draft["author"] == code)

    async def on(self, author: str, code: str, kind: str, **fields: Any) -> None:
        """An act on the draft of that author, as it is now."""
        draft = await self.draft_by(author)
        await self.act(code, kind, draft=draft["id"], revision=draft["revision"], **fields)

    async def close(self) -> None:
        for guest in self.guests:
            await guest.close()


async def consultations(room: Class) -> None:
    """From the briefing until a text is on the floor that most could live with, and one objects to."""
    await room.run("advance_phase")
    await room.act("DEU", "table_draft", package=PARTNERSHIP)
    await room.act("FRA", "table_draft", package=FAST_TRACK)
    await room.act("UKR", "table_draft", package=ACTION_PLAN)
    await room.act("SG", "name_basis", draft=(await room.draft_by("DEU"))["id"])
    for code, text in FIRST_WORDS:
        await room.act(code, "post_message", room="plenary", text=text, refs=[])
    for code, text in WHISPERS:
        await room.act(code, "post_message", room="FRA+POL", text=text, refs=[])
    await room.act("UKR", "post_message", room="POL+UKR", text="Thank you for asking what comes after.", refs=[])
    await room.on("DEU", "USA", "cosponsor")
    await room.on("UKR", "POL", "cosponsor")
    await room.on("DEU", "TUR", "state_position", position="can_accept", issues=[], in_confidence=False)
    await room.on("DEU", "FRA", "state_position", position="concern", issues=["assurances"], in_confidence=False)
    await room.on(
        "DEU", "FRA", "propose_amendment", changes={"assurances": "guaranteed_floor"}, note="Paris would stay."
    )
    await room.on(
        "DEU",
        "HUN",
        "state_position",
        position="would_object",
        issues=["target_date"],
        reason="A review is a date by another name.",
        lift="Take the review out, and release what the Union owes us.",
        in_confidence=False,
    )
    await room.on(
        "DEU", "HUN", "propose_amendment", changes={"target_date": "none"}, note="No date, and nothing like one."
    )
    await room.act("DEU", "offer_deals", deals=["sd_eastern_flank"], counter_to=None, note="With the text, not before.")
    await room.act("FRA", "make_promise", to="POL", text="Paris will not object to Warsaw's amendments.", form=None)


async def silence(room: Class) -> None:
    """The German draft, bettered, two minutes under silence."""
    await room.on("DEU", "DEU", "revise_draft", changes={"reform": "explicit_eu", "target_date": "none"})
    await room.facilitator.until(lambda one: any(draft["revision"] == 2 for draft in one.public["drafts"].values()))
    await room.run("advance_phase")
    await room.on("DEU", "SG", "open_silence", seconds=10 * SILENCE_SECONDS)
    await room.on("DEU", "USA", "take_rung", rung="associate", issues=[])
    text = "Hungary reads this text together with the rights of its minority in Transcarpathia."
    await room.on("DEU", "HUN", "take_rung", rung="statement", issues=[], text=text)


async def adoption(room: Class) -> None:
    """Once more, shortly, until it holds; then on to the end."""
    await room.act("SG", "cancel_silence", reason="Kyiv asks for a moment to read it.")
    await room.on("DEU", "SG", "open_silence", seconds=SILENCE_SECONDS)
    await room.on("DEU", "USA", "take_rung", rung="associate", issues=[])
    await room.on("DEU", "HUN", "take_rung", rung="statement", issues=[], text="Minority rights come next.")
    adopted = SILENCE_SECONDS + 10
    await room.facilitator.until(lambda one: one.public["adopted"] is not None, patience=adopted)
    while room.facilitator.public["outcome"] is None:
        phase = room.facilitator.public["clock"]["phase"]
        await room.run("advance_phase")
        await room.facilitator.until(lambda one, was=phase: one.public["clock"]["phase"] != was)  # type: ignore[misc]
