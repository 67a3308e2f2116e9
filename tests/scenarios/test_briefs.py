"""Each brief is tied to its seat's data: what it wants, cannot accept and can trade is what the seat's row says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game_rules.briefs import parse_brief
from game_rules.scenario import Brief, Scenario

FOLDER = Path(__file__).parents[2] / "scenarios" / "vilnius-2023" / "briefs"
SEATS = sorted(path.stem for path in FOLDER.glob("*.md"))
MOST_WORDS = 350
HEADINGS = [
    "## What your government wants",
    "## Where your limits are",
    "## What you might trade",
    "## Whom to see first",
]


def brief_of(scenario: Scenario, seat: str) -> Brief:
    """The seat's brief; every seat has one."""
    brief = scenario.seats[seat].brief
    assert brief is not None, seat
    return brief


def test_every_seat_has_a_brief(vilnius: Scenario) -> None:
    assert set(SEATS) == set(vilnius.seats)


@pytest.mark.parametrize("seat", SEATS)
def test_a_brief_has_its_parts_and_is_short(vilnius: Scenario, seat: str) -> None:
    text = brief_of(vilnius, seat).text
    assert [line for line in text.splitlines() if line.startswith("## ")] == HEADINGS
    assert "<!--" not in text
    assert len(re.findall(r"\S+", text)) <= MOST_WORDS
    assert " you" in text.lower()


@pytest.mark.parametrize("seat", SEATS)
def test_a_briefs_aims_are_the_seats_ideal(vilnius: Scenario, seat: str) -> None:
    aims = brief_of(vilnius, seat).aims
    assert {aim.issue: aim.option for aim in aims}.items() <= vilnius.seats[seat].ideal.items()
    assert 3 <= len(aims) <= 5
    assert "path" in {aim.issue for aim in aims}


@pytest.mark.parametrize("seat", SEATS)
def test_a_brief_has_a_sentence_for_each_red_line_of_its_seat_and_no_other(vilnius: Scenario, seat: str) -> None:
    brief = brief_of(vilnius, seat)
    assert set(brief.red_line_sentences) == {line.id for line in vilnius.seats[seat].red_lines}
    assert all(brief.red_line_sentences.values())
    assert len(set(brief.red_line_sentences.values())) == len(brief.red_line_sentences)
    assert brief.paths_sentence


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_brief_can_trade_is_the_seats(vilnius: Scenario, seat: str) -> None:
    brief, own = brief_of(vilnius, seat), vilnius.seats[seat]
    signs = {deal.id for deal in vilnius.deals if seat in deal.signers}
    assert set(own.levers) <= set(brief.deal_sentences)
    assert set(brief.deal_sentences) <= signs | set(own.levers) | {"sd_tur_swe"}, "the chair may witness Sweden's deal"
    assert set(brief.soft_line_sentences) <= {line.id for line in own.soft_lines}
    assert set(brief.complement_sentences) <= {complement.id for complement in vilnius.complements}


def test_a_brief_is_parsed_into_its_sentences() -> None:
    brief = parse_brief(
        "# Utopia\n\nYou speak for Utopia.\n\n## What your government wants\n"
        "- A road. <!-- aim: path=road -->\n\n## Where your limits are\n- Any road but that. <!-- paths -->\n"
        "- No toll,\n  ever. <!-- red_line: no_toll -->\n\n## What you might trade\n"
        "- Salt. <!-- deal: salt --> <!-- soft_line: wants_salt -->\n"
    )
    assert [(aim.issue, aim.option, aim.sentence) for aim in brief.aims] == [("path", "road", "A road.")]
    assert brief.paths_sentence == "Any road but that."
    assert brief.red_line_sentences == {"no_toll": "No toll, ever."}
    assert brief.deal_sentences == {"salt": "Salt."} == {"salt": brief.soft_line_sentences["wants_salt"]}
    assert "<!--" not in brief.text


@pytest.mark.parametrize(
    ("markdown", "reason"),
    [
        ("- A road. <!-- aim: path -->", "issue=option"),
        ("- A road. <!-- goal: path=road -->", "not a tag"),
        ("A road. <!-- paths -->", "outside a bullet"),
    ],
)
def test_a_tag_that_ties_nothing_is_refused(markdown: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_brief(markdown)
