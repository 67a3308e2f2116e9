"""A scenario small enough to reckon by hand: three towns and a mayor decide on a harbour. For tests of the engine."""

from __future__ import annotations

from typing import Any

from game_rules.scenario import Scenario


def harbour_data() -> dict[str, Any]:
    """The harbour as the loader would hand it over; a fresh copy each time."""
    return {
        "slug": "harbour",
        "title": "The harbour",
        "summary": "Three towns and a mayor decide where the harbour goes and who pays.",
        "format_version": 1,
        "principal": "SEA",
        "ranked_issue": "place",
        "dimensions": [
            {"id": "where", "title": "Where"},
            {"id": "money", "title": "Money"},
            {"id": "calm", "title": "Calm"},
        ],
        "issues": [
            {
                "id": "place",
                "title": "Place",
                "question": "Where?",
                "dimension": "where",
                "ranked_by_seat": True,
                "options": [option("nowhere"), option("north"), option("south")],
            },
            {
                "id": "toll",
                "title": "Toll",
                "question": "What toll?",
                "dimension": "money",
                "options": [option("free"), option("low"), option("high")],
            },
            {
                "id": "crane",
                "title": "Crane",
                "question": "A crane?",
                "dimension": "money",
                "options": [option("bare"), option("crane")],
            },
        ],
        "structural_rules": [
            {
                "id": "R1",
                "sentence": "No crane without a harbour, and none without a toll.",
                "broken_when": {
                    "all": [
                        {"issue": "crane", "is": "crane"},
                        {"any": [{"issue": "place", "is": "nowhere"}, {"issue": "toll", "is": "free"}]},
                    ]
                },
            }
        ],
        "option_sets": [{"id": "paid", "title": "Paid", "issue": "toll", "options": ["low", "high"]}],
        "named_conditions": [
            {"id": "stormy", "sentence": "A storm.", "when": {"world": "weather", "is": "storm"}},
            {"id": "paid_in_storm", "sentence": "Both.", "when": {"all": [{"in_set": "paid"}, {"named": "stormy"}]}},
        ],
        "world_variables": [{"id": "weather", "title": "Weather", "values": ["calm", "storm"]}],
        "world_outcomes": [
            {"id": "undecided", "title": "Open", "story": "Nobody knows.", "world": {"weather": "calm"}},
            {"id": "fair", "title": "Fair", "story": "The sea is calm.", "world": {"weather": "calm"}},
            {"id": "foul", "title": "Foul", "story": "The sea is rough.", "world": {"weather": "storm"}},
        ],
        "flags": ["bridge", "strike"],
        "table_order": ["MAY", "ASH", "BIR", "CED", "SEA"],
        "ideals": {"thrifty": {"place": "north", "toll": "free", "crane": "bare"}},
        "seats": {
            "MAY": seat("Mayor", "chair"),
            "CED": seat("Cedar", preference_order=["south"], acceptable=["south"]),
            "ASH": seat(
                "Ash",
                acceptable=["nowhere", "north"],
                stretch=[{"option": "south", "when": {"flag": "bridge"}}],
                red_lines=[{"id": "no_high_toll", "confidence": "H"}, {"id": "no_storm_toll", "confidence": "S"}],
                soft_lines=[{"id": "wants_bridge", "points": -4}],
                complement_points={"ferry": 10},
                broken_silence_points=-2,
            ),
            "BIR": seat("Birch", red_lines=[{"id": "no_high_toll", "confidence": "M"}]),
            "SEA": seat("Seafarers", "principal", red_lines=[{"id": "no_high_toll", "confidence": "L"}]),
        },
        "red_lines": [
            {
                "id": "no_high_toll",
                "title": "No high toll",
                "sentence": "No high toll.",
                "lifted_by": "A lower toll.",
                "section": "I",
                "crossed_when": {
                    "all": [
                        {"issue": "toll", "at_least": "high"},
                        {"not": {"all": [{"holder": "ASH"}, {"deal": "bridge_deal"}]}},
                    ]
                },
            },
            {
                "id": "no_storm_toll",
                "title": "No toll in a storm",
                "sentence": "No toll in a storm.",
                "lifted_by": "Calm.",
                "section": "II",
                "crossed_when": {"named": "paid_in_storm"},
            },
        ],
        "soft_lines": [
            {
                "id": "wants_bridge",
                "title": "A bridge",
                "sentence": "A bridge.",
                "costs_when": {"not": {"flag": "bridge"}},
            }
        ],
        "casts": [
            {"id": "all", "title": "All", "seats": ["MAY", "ASH", "BIR", "CED", "SEA"]},
            {"id": "two", "title": "Two", "seats": ["MAY", "ASH", "BIR", "SEA"], "fixed": {"crane": "bare"}},
        ],
        "agenda": [
            {"id": "lobby", "title": "Lobby", "minutes": 0, "kind": "lobby", "allows": []},
            {"id": "briefing", "title": "Briefing", "minutes": 5, "kind": "briefing", "allows": ["talk"]},
            {"id": "walk", "title": "Walk", "minutes": 10, "kind": "consultations", "allows": ["talk", "draft"]},
            {"id": "sitting", "title": "Sitting", "minutes": 10, "kind": "council", "allows": ["talk", "silence"]},
            {"id": "close", "title": "Close", "minutes": 10, "kind": "leaders", "allows": ["talk", "silence"]},
            {"id": "after", "title": "After", "minutes": 5, "kind": "aftermath", "allows": []},
            {"id": "debrief", "title": "Debrief", "minutes": 5, "kind": "debrief", "allows": []},
        ],
        "clocks": {"min_minutes": 45, "max_minutes": 90, "default_minutes": 45},
        "silence": {"min_seconds": 60, "max_seconds": 120, "default_seconds": 90, "fallback_seconds": 90},
        "status_quo": package("nowhere", "free", "bare"),
        "fallback": package("north", "free", "bare"),
        "deals": [
            {
                "id": "bridge_deal",
                "title": "A bridge",
                "text": "Birch builds Ash a bridge.",
                "sets_flags": ["bridge"],
                "sides": [
                    {"seats": ["ASH"], "gives": "Its grudge.", "gets": "A bridge.", "points": 7},
                    {"seats": ["BIR"], "gives": "A bridge.", "gets": "Peace.", "points": -3},
                ],
            }
        ],
        "complements": [
            {
                "id": "ferry",
                "title": "A ferry",
                "text": "A ferry.",
                "section": "IV",
                "statuses": {"planned": "0.5"},
                "congress_test": {"pass_at": 8, "bonuses": [{"points": 2, "when": {"flag": "bridge"}}]},
                "forms": [
                    {
                        "mode": "small",
                        "title": "Small",
                        "text": "A small ferry.",
                        "in_force_when": {"all": [{"mode": "small"}, {"signed": "ASH"}]},
                        "strength": {"fixed": "1/4"},
                    },
                    {
                        "mode": "large",
                        "title": "Large",
                        "text": "A large ferry.",
                        "in_force_when": {"all": [{"mode": "large"}, {"allies_signed": 2}, {"congress": "passed"}]},
                        "strength": {"allies_full_at": 3},
                    },
                ],
            }
        ],
        "injects": [],
        "scores": [
            {
                "id": "T",
                "title": "Trade",
                "question": "Does trade grow?",
                "basis": "stylised",
                "groups": [
                    {
                        "id": "gain",
                        "max": 60,
                        "terms": [
                            {"id": "place", "by": "place", "points": {"north": 40, "south": 50}},
                            {"id": "ferry", "points": 30, "times": {"strength": "ferry"}},
                        ],
                    },
                    {
                        "id": "calm",
                        "start": 20,
                        "min": 0,
                        "terms": [
                            {"id": "breaks", "points": -5, "times": {"count": "breaks"}, "at_least": -12},
                            {"id": "weather", "points": -40, "when": {"named": "stormy"}},
                        ],
                    },
                ],
                "caps": [{"id": "no_text", "max": 30, "when": {"adopted": False}}],
            }
        ],
        "figures": [
            {
                "id": "mood",
                "title": "Mood",
                "question": "How is the mood?",
                "basis": "stylised",
                "groups": [
                    {
                        "id": "all",
                        "start": 50,
                        "terms": [
                            {"id": "trade", "points": "1/2", "times": {"score": "T", "less": 50}},
                            {"id": "worse_off", "points": -10, "times": {"count": "below_reservation"}},
                            {"id": "crossed", "points": -8, "times": {"lines_crossed": "SEA"}},
                        ],
                    }
                ],
            }
        ],
        "accession": {
            "section": "II",
            "worlds": ["fair", "foul"],
            "read": [{"issue": "toll", "read_as": "low", "unless": {"in_set": "paid"}}],
            "red_lines": ["no_high_toll", "no_storm_toll"],
        },
        "aftermath": {
            "whole": 100,
            "chances": {"fair": 80, "foul": 20},
            "shifts": [
                {
                    "id": "breakwater",
                    "parts": 30,
                    "taken_from": "foul",
                    "given_to": "fair",
                    "when": {"issue": "crane", "is": "crane"},
                }
            ],
        },
        "benchmark": {
            "id": "plan",
            "title": "The plan",
            "section": "V",
            "grades": [
                {"id": "met", "sentence": "Met.", "when": {"issue": "place", "at_least": "north"}},
                {"id": "below", "sentence": "Below."},
            ],
            "checklist": [{"id": "crane", "title": "A crane", "when": {"issue": "crane", "is": "crane"}}],
        },
        "history": {
            "title": "What was built",
            "choices": [
                {"issue": "place", "option": "north", "why": "It was.", "confidence": "H"},
                {"issue": "toll", "option": "low", "why": "It was.", "confidence": "H"},
                {"issue": "crane", "option": "bare", "why": "It was.", "confidence": "H"},
            ],
        },
    }


def option(name: str) -> dict[str, str]:
    """An option that says what it is called."""
    return {"id": name, "label": name, "text": f"We choose {name}."}


def package(place: str, toll: str, crane: str) -> dict[str, Any]:
    """A named full package."""
    return {"title": place, "sentence": place, "options": {"place": place, "toll": toll, "crane": crane}}


def seat(name: str, kind: str = "voting", **more: Any) -> dict[str, Any]:
    """A thrifty seat that cares twice as much for the place as for the money."""
    return {
        "name": name,
        "kind": kind,
        "camp": "thrifty",
        "preference_order": ["north", "south"],
        "salience": {"where": 4, "money": 2, "calm": 9},
        **more,
    }


def harbour() -> Scenario:
    """The harbour, built."""
    return Scenario.model_validate(harbour_data())
