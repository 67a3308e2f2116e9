"""The tour is whole: its page is the one its states make, and of every state each picture is there, and no other."""

from __future__ import annotations

from tests.web.tour.states import IMAGES, PAGE, STATES, pictures, tour_page

HINT = "make screenshots"
MOST_BYTES = 7_500_000
"""Of all pictures: a clone should not take long."""


def test_the_page_shows_every_state_in_every_theme_and_size() -> None:
    assert PAGE.read_text(encoding="utf-8") == tour_page(), HINT
    assert len({state.name for state in STATES}) == len(STATES)


def test_every_picture_is_there_and_none_besides() -> None:
    assert set(IMAGES.iterdir()) == pictures(), HINT
    assert sum(picture.stat().st_size for picture in IMAGES.iterdir()) < MOST_BYTES
