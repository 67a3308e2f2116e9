"""Names that were meant: what to say of a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST_LISTED = 12  # names told when none is close; more would bury the message


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'reform'?`, else the names there are when they are few, else nothing."""
    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        folded = {known_name.casefold(): known_name for known_name in names}
        close = [folded[name.casefold()]] if name.casefold() in folded else []
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; there are: {', '.join(names)}" if 0 < len(names) <= MOST_LISTED else ""
