"""A scenario in other languages: what may be translated, what is said of a wrong file, what is still English."""

from __future__ import annotations

from pathlib import Path

import pytest

from game_rules.scenario import Scenario
from server.scenario_catalogue import scenario_folders
from server.scenario_files import FaultyScenario, check_folder, load_scenario, load_translations, translatable

pytestmark = pytest.mark.usefixtures("cache_of_its_own")


def translate(folder: Path, text: str, file: str = "de.yaml") -> None:
    (folder / "translations").mkdir(exist_ok=True)
    (folder / "translations" / file).write_text(text, encoding="utf-8")


def issue_of(folder: Path) -> tuple[str, list[str]]:
    """An issue whose wordings all say something, and its options."""
    issue = next(one for one in load_scenario(folder).issues if all(option.text for option in one.options))
    return issue.id, [option.id for option in issue.options]


def test_a_translation_changes_nothing_of_the_scenario_itself(tiny: Path) -> None:
    before = load_scenario(tiny).digest()
    translate(tiny, "title: Die Furt\n")
    assert load_scenario(tiny).digest() == before
    assert load_translations(tiny)["de"].words == {("title",): "Die Furt"}


def test_how_much_is_translated_is_told_and_is_no_fault(tiny: Path) -> None:
    translate(tiny, "title: Die Furt\n")
    checked = check_folder(tiny)
    assert checked.faults == ()
    (told,) = [remark for remark in checked.remarks if remark.startswith("translations/de.yaml: ")]
    assert f"1 of {len(translatable(load_scenario(tiny)))} texts" in told
    assert "English stays" in told


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        pytest.param("titel: Die Furt", "titel", "did you mean 'title'?", id="a slip in a key"),
        pytest.param("briefs: {NOR: Sie …}", "briefs", "only what is public from the start", id="a secret"),
        pytest.param("issues: {tol: {title: Zoll}}", "issues.tol", "did you mean 'toll'?", id="no such issue"),
        pytest.param("title: {de: Die Furt}", "title", "and it is a text", id="not a text"),
        pytest.param("title: ''", "title", "and it is a text", id="nothing"),
        pytest.param("issues: Fragen", "issues", "each under its key", id="a text too high up"),
    ],
)
def test_a_wrong_key_is_told_with_file_line_and_what_would_be_right(
    tiny: Path, text: str, place: str, reason: str
) -> None:
    translate(tiny, f"# German\n{text}\n")
    (fault,) = check_folder(tiny).faults
    assert (fault.file, fault.line, fault.place) == ("translations/de.yaml", 2, place)
    assert reason in fault.reason
    with pytest.raises(FaultyScenario):
        load_scenario(tiny)


def test_the_wordings_of_an_issue_are_translated_together(tiny: Path) -> None:
    issue, options = issue_of(tiny)
    translate(tiny, f"issues: {{{issue}: {{options: {{{options[0]}: {{text: Anders}}}}}}}}\n")
    (fault,) = check_folder(tiny).faults
    assert options[1] in fault.reason
    assert "all or none" in fault.reason
    all_of_them = ", ".join(f"{option}: {{text: Anders}}" for option in options)
    translate(tiny, f"issues: {{{issue}: {{options: {{{all_of_them}}}}}}}\n")
    assert check_folder(tiny).faults == ()


@pytest.mark.parametrize("file", ["german.yaml", "DE.yaml", "de.yml"])
def test_a_file_is_called_by_its_language(tiny: Path, file: str) -> None:
    translate(tiny, "title: Die Furt\n", file)
    (fault,) = check_folder(tiny).faults
    assert fault.file == f"translations/{file}"


@pytest.mark.parametrize("slug", sorted(scenario_folders(None)))
def test_nothing_that_is_told_to_some_or_later_can_be_translated(slug: str) -> None:
    scenario = load_scenario(scenario_folders(None)[slug])
    offered = set(translatable(scenario).values())
    assert not offered & set(secrets_of(scenario))


def secrets_of(scenario: Scenario) -> list[str]:
    """Whole sentences: a title in two words may well be that of an issue too."""
    lines = [line.sentence for line in scenario.red_lines]
    briefs = [
        words
        for seat in scenario.seats.values()
        if seat.brief is not None
        for words in (seat.brief.text, seat.brief.paths_sentence, *seat.brief.red_line_sentences.values())
    ]
    deals = [deal.text for deal in scenario.deals]
    news = [inject.news for inject in scenario.injects]
    return [*lines, *briefs, *deals, *news, *(world.story for world in scenario.world_outcomes)]


@pytest.mark.parametrize("language", ["de", "fr", "uk"])
@pytest.mark.parametrize("slug", ["first-steps", "vilnius-2023"])
def test_what_comes_with_the_server_is_translated_whole(slug: str, language: str) -> None:
    folder = scenario_folders(None)[slug]
    assert load_translations(folder)[language].words.keys() == translatable(load_scenario(folder)).keys()
