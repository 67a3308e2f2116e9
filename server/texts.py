"""Free text on its way in: cleaned, bounded, and put in the side table under an id (rule 5.4).

The rules see ids only. Names lose every character that could make them look like another name or turn the line
around; messages keep line breaks.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import Any, TypeVar

from game_rules.messages import Actor
from game_rules.messages import Command as AnyCommand
from game_rules.procedures.press import AdmitPress
from game_rules.procedures.seating import JoinSeat
from game_rules.saved_game import Text, commit_text

C = TypeVar("C", bound=AnyCommand)

INVISIBLE = frozenset(
    [
        *range(0x200B, 0x2010),  # zero-width characters and direction marks
        *range(0x2028, 0x202F),  # line and paragraph separators, embeddings and overrides
        *range(0x2060, 0x2070),  # word joiner, invisible operators, isolates
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFEFF, 0xFFA0),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE1000),  # tags
    ]
)
OVERRIDES = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""What turns the direction of everything after it; a message may hold joiners, which some scripts and emoji need."""


def clean_name(name: str) -> str:
    """A name on one line, without controls, direction marks and zero-width characters. May come out empty."""
    seen = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", name))
    return " ".join("".join(char for char in seen if _plain(char) and ord(char) not in INVISIBLE).split())


def clean_text(text: str) -> str:
    """A text with line breaks and tabs, without other controls and direction overrides. May come out empty."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or (_plain(char) and ord(char) not in OVERRIDES)).strip()


def _plain(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Co", "Cn")


class EmptyText(Exception):
    """Nothing was left of a text that has to say something. `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class TextsErased(Exception):
    """The game's texts were erased, and the key to new ones with them: nothing more can be said in it."""


def without_texts(command: C, key: bytes | None, actor: Actor, command_id: str) -> tuple[C, tuple[Text, ...]]:
    """The command with ids in place of its texts, and the texts. Raises EmptyText, TextsErased."""
    texts: list[Text] = []
    ids: dict[str, Any] = {}
    clean = clean_name if isinstance(command, JoinSeat | AdmitPress) else clean_text
    for field in command.texts:
        written = getattr(command, field)
        if written is None:
            continue
        said = clean(written)
        if not said:
            raise EmptyText(field)
        if key is None:
            raise TextsErased
        texts.append(commit_text(key, actor.key, command_id, field, said))
        ids[field] = texts[-1].id
    return (command.model_copy(update=ids) if ids else command), tuple(texts)


def branch(seed: bytes, purpose: str) -> bytes:
    """A key for one purpose, from which neither the seed nor another branch can be worked out."""
    return hmac.digest(seed, f"vilnius-summit:{purpose}".encode(), "sha256")
