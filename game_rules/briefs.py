"""A seat's brief: Markdown for people, with comments that tie its sentences to the seat's data.

`<!-- aim: issue=option -->`, `<!-- paths -->`, `<!-- red_line: id -->`, `<!-- deal: id -->`, `<!-- soft_line: id -->`
and `<!-- complement: id -->` each belong to the bullet they stand in. `parse_brief` takes them out of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from game_rules.scenario import Aim, Brief

_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->", re.DOTALL)
_TAG = re.compile(r"(aim|red_line|deal|soft_line|complement):\s*(\S+)|(paths)")
_BULLET = re.compile(r"^\s*[-*]\s+", re.MULTILINE)


def parse_brief(markdown: str) -> Brief:
    """The brief of a seat from its Markdown file.

    Raises ValueError for a comment that is not one of the tags, an aim without `=`, or a tag outside a bullet.
    """
    aims: list[Aim] = []
    paths_sentence = ""
    tied: dict[str, dict[str, str]] = {kind: {} for kind in ("red_line", "deal", "soft_line", "complement")}
    for kind, name, sentence in _tagged_sentences(markdown):
        if kind == "paths":
            paths_sentence = sentence
        elif kind == "aim":
            issue, equals, option = name.partition("=")
            if not equals:
                raise ValueError(f"an aim is written 'issue=option', not {name!r}")
            aims.append(Aim(issue=issue, option=option, sentence=sentence))
        else:
            tied[kind][name] = sentence
    return Brief(
        text=_without_comments(markdown),
        aims=tuple(aims),
        paths_sentence=paths_sentence,
        red_line_sentences=tied["red_line"],
        deal_sentences=tied["deal"],
        soft_line_sentences=tied["soft_line"],
        complement_sentences=tied["complement"],
    )


def _tagged_sentences(markdown: str) -> Iterator[tuple[str, str, str]]:
    for block in _bullets(markdown):
        comments = _COMMENT.findall(block)
        sentence = " ".join(_BULLET.sub("", _COMMENT.sub("", block), count=1).split())
        for comment in comments:
            tag = _TAG.fullmatch(comment)
            if tag is None:
                raise ValueError(f"not a tag of a brief: {comment!r}")
            if not _BULLET.match(block):
                raise ValueError(f"the tag {comment!r} stands outside a bullet")
            yield tag[3] or tag[1], tag[2] or "", sentence


def _bullets(markdown: str) -> Iterator[str]:
    """The text cut before each bullet, heading and empty line, so that a bullet may run over several lines."""
    block: list[str] = []
    for line in markdown.splitlines():
        if (_BULLET.match(line) or line.startswith("#") or not line.strip()) and block:
            yield "\n".join(block)
            block = []
        block.append(line)
    if block:
        yield "\n".join(block)


def _without_comments(markdown: str) -> str:
    lines = [_COMMENT.sub("", line).rstrip() for line in markdown.splitlines()]
    return "\n".join(lines).strip() + "\n"
