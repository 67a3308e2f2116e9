"""A scenario in other languages: `translations/<language>.yaml`, with those words that are public from the start.

Whoever asks gets a translation whole, so there is no place in it for what only some may know, or nobody yet: briefs,
red lines, deals, news to come. The rules know no language; what is here goes to clients and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from game_rules.faults import Place
from game_rules.scenario import Scenario
from game_rules.spelling import did_you_mean
from server.scenario_files.faults import FileFault, written
from server.scenario_files.folder import TRANSLATIONS, Source, add_yaml, decoded, is_translation

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")  # as the browser calls it: de, pt-BR, sr-Latn
MOST_NAMED = 5  # places that a remark names of those that are not translated yet


@dataclass(frozen=True)
class Translation:
    """The words of a scenario in one language, by their places; a place that is missing stays English."""

    language: str
    words: Mapping[Place, str]


def translatable(scenario: Scenario) -> dict[Place, str]:
    """What may be translated, in English: what every player may read before the game begins."""
    words: dict[Place, str] = {("title",): scenario.title, ("summary",): scenario.summary}
    if scenario.communique is not None:
        words["communique", "title"] = scenario.communique.title
        words["communique", "opening"] = scenario.communique.opening
    for issue in scenario.issues:
        words["issues", issue.id, "title"] = issue.title
        words["issues", issue.id, "question"] = issue.question
        for option in issue.options:
            words["issues", issue.id, "options", option.id, "label"] = option.label
            words["issues", issue.id, "options", option.id, "text"] = option.text
    words |= {("structural_rules", rule.id): rule.sentence for rule in scenario.structural_rules}
    words |= {("agenda", phase.id): phase.title for phase in scenario.agenda}
    words |= {("casts", cast.id): cast.title for cast in scenario.casts}
    words |= {("world_variables", variable.id): variable.title for variable in scenario.world_variables}
    words["status_quo", "title"] = scenario.status_quo.title
    return {place: english for place, english in words.items() if english}


def read_translations(
    files: Mapping[str, bytes], scenario: Scenario
) -> tuple[tuple[Translation, ...], tuple[FileFault, ...]]:
    """The translations among a scenario's files, or every fault in them."""
    english = translatable(scenario)
    found: list[Translation] = []
    faults: list[FileFault] = []
    for name, content in files.items():
        if not is_translation(name):
            continue
        language = name.removeprefix(f"{TRANSLATIONS}/").removesuffix(".yaml")
        reader = _Reader(name, english)
        if LANGUAGE.fullmatch(language):
            reader.read(content)
        else:
            reader.source.fault(name, f"{language!r} is no language: name the file de.yaml, fr.yaml, uk.yaml …")
        faults += reader.source.faults
        found.append(Translation(language, reader.words))
    return tuple(found), tuple(faults)


def completeness(translation: Translation, scenario: Scenario) -> str:
    """How much of a scenario is translated, in a sentence."""
    english = translatable(scenario)
    missing = [written(place) for place in english if place not in translation.words]
    done = f"{len(english) - len(missing)} of {len(english)}"
    told = f"{TRANSLATIONS}/{translation.language}.yaml: {done} texts are translated"
    if not missing:
        return told
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    return f"{told}; English stays {', '.join(missing[:MOST_NAMED])}{more}"


class _Reader:
    """One file: its words by place, and what is wrong with it."""

    def __init__(self, file: str, english: Mapping[Place, str]) -> None:
        self.file = file
        self.english = english
        self.words: dict[Place, str] = {}
        self.source = Source(positions={(): (file, 1, 1)})

    def read(self, content: bytes) -> None:
        text = decoded(self.source, self.file, content)
        if text is not None:
            add_yaml(self.source, self.file, text)
        if not self.source.faults:
            self._walk((), self.source.data)
            self._wordings_of_one_issue_together()

    def _walk(self, place: Place, value: Any) -> None:
        if isinstance(value, dict) and place not in self.english:
            for key, inner in value.items():
                if self._may_hold((*place, key)):
                    self._walk((*place, key), inner)
        elif place not in self.english:
            self.source.fault_at(place, f"here stand the words of {_listed(self._below(place))}, each under its key")
        elif not isinstance(value, str) or not value.strip():
            self.source.fault_at(place, f"here stands the translation of {self.english[place]!r}, and it is a text")
        else:
            self.words[place] = value

    def _may_hold(self, place: Place) -> bool:
        known = self._below(place[:-1])
        if place[-1] in known:
            return True
        self.source.fault_at(
            place,
            f"unknown key {place[-1]!r}{did_you_mean(str(place[-1]), known)}; only what is public from the start is "
            "translated",
        )
        return False

    def _below(self, place: Place) -> list[str]:
        """The keys that may stand under a place."""
        depth = len(place)
        found = (str(known[depth]) for known in self.english if len(known) > depth and known[:depth] == place)
        return list(dict.fromkeys(found))

    def _wordings_of_one_issue_together(self) -> None:
        """Wordings are compared word by word and stand in one pair of brackets: they have to be in one language."""
        for issue in self._below(("issues",)):
            wordings = [place for place in self.english if place[:2] == ("issues", issue) and place[-1] == "text"]
            missing = [place for place in wordings if place not in self.words]
            if 0 < len(missing) < len(wordings):
                names = ", ".join(str(place[3]) for place in missing)
                self.source.fault_at(
                    ("issues", issue, "options"),
                    f"some wordings of this issue are translated and some are not ({names}): translate all or none",
                )


def _listed(keys: list[str]) -> str:
    return ", ".join(keys[:MOST_NAMED]) + (" …" if len(keys) > MOST_NAMED else "")
