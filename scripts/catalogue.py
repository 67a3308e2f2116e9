"""Sentences of the client's catalogue, for pages that quote them. Reads the TypeScript as text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "clients" / "web" / "src" / "texts"

ENTRY = re.compile(r"""^\s+(?:'([\w.]+)'|(\w+)):\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"),$""", re.MULTILINE)


def sentences(file: str) -> dict[str, str]:
    """Key → sentence, as the file has it (ICU message syntax). Empty when there is no such file."""
    path = TEXTS / file
    if not path.is_file():
        return {}
    found = ENTRY.finditer(path.read_text(encoding="utf-8"))
    # A string in single or double quotes means the same in Python.
    return {quoted or bare: str(ast.literal_eval(text)) for quoted, bare, text in (match.groups() for match in found)}


def refusal_sentences() -> dict[str, str]:
    """By refusal code."""
    return sentences("en-refusals.ts")


def event_sentences() -> dict[str, str]:
    """By event type."""
    return sentences("en-events.ts")
