"""A saved game that was touched is found out, and the line is named (promises I1, in the file)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game_rules.saved_game import Damaged, read_lines, write_lines
from tests.replays.goldens import GOLDENS

GOLDEN = next(golden for golden in GOLDENS if golden.ending == "deadlock")
RECORDS = len(GOLDEN.saved.records)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The file of a golden: its header, a line for each record, a line for each text, its end."""
    return GOLDEN.lines()


@pytest.fixture(scope="module")
def short() -> list[str]:
    """The same game without its scenario, for the tests that read it a thousand times."""
    saved = GOLDEN.saved
    records = [replace(record, seq=record.seq - 1) for record in saved.records[1:]]
    return list(write_lines(saved.game, records, saved.texts))


def damaged_at(lines: list[str]) -> int:
    """The line, counted from 1, that the reader names."""
    with pytest.raises(Damaged) as damaged:
        read_lines(lines)
    assert damaged.value.fault.reason
    return damaged.value.fault.line


def test_an_untouched_game_is_read(lines: list[str]) -> None:
    assert read_lines(lines).game == "deadlock"


def with_letter_changed(line: str, place: int) -> str:
    return line[:place] + ("0" if line[place] != "0" else "1") + line[place + 1 :]


def test_a_byte_edited_in_any_line_is_named_with_its_line(lines: list[str]) -> None:
    for place, line in enumerate(lines[1:], start=1):
        last = max(at for at, character in enumerate(line) if character.isalnum())
        edited = [*lines[:place], with_letter_changed(line, last), *lines[place + 1 :]]
        assert damaged_at(edited) == place + 1


def test_another_name_in_the_header_breaks_the_chain_at_the_first_record(lines: list[str]) -> None:
    assert damaged_at([lines[0].replace("deadlock", "deadlick"), *lines[1:]]) == 2


def test_every_byte_of_a_record_counts(short: list[str]) -> None:
    number = next(place for place, line in enumerate(short) if '"silence_broken"' in line)
    for place in range(len(short[number])):
        edited = [*short[:number], with_letter_changed(short[number], place), *short[number + 1 :]]
        assert damaged_at(edited) == number + 1


def test_a_line_cut_out_is_named_where_it_should_stand(lines: list[str]) -> None:
    for place in (1, 2, RECORDS // 2, RECORDS - 1):
        assert damaged_at([*lines[:place], *lines[place + 1 :]]) == place + 1


def test_the_last_record_cut_out_is_missed_at_the_end(lines: list[str]) -> None:
    """Texts may follow any record, and may have been erased: only the end line says how many records there were."""
    assert damaged_at([*lines[:RECORDS], *lines[RECORDS + 1 :]]) == len(lines) - 1


def test_two_lines_swapped_are_named_at_the_first(short: list[str]) -> None:
    for place in range(1, RECORDS - 1):
        swapped = [*short[:place], short[place + 1], short[place], *short[place + 2 :]]
        assert damaged_at(swapped) == place + 1


def test_a_line_that_stands_twice_is_named(lines: list[str]) -> None:
    assert damaged_at([*lines[:3], lines[2], *lines[3:]]) == 4


def test_a_file_cut_short_is_named_where_it_stops(lines: list[str]) -> None:
    assert damaged_at(lines[:10]) == 11
    assert damaged_at(lines[:-1]) == len(lines)


def test_a_line_after_the_end_is_named(lines: list[str]) -> None:
    assert damaged_at([*lines, lines[-1]]) == len(lines) + 1
