"""What can be played."""

from __future__ import annotations

from fastapi import APIRouter, Response

from game_rules.scenario import Scenario
from server.routes.bodies import CastSummary, ScenarioSummary, TranslatedText
from server.routes.callers import Running
from server.scenario_files import translatable
from server.scenario_files.faults import written

router = APIRouter(prefix="/api/scenarios", tags=["scenarios"])


@router.get("")
async def list_scenarios(services: Running) -> list[ScenarioSummary]:
    """Every scenario with its casts and the clocks one may choose."""
    return [_summary(services.catalogue.get(slug)) for slug in services.catalogue.slugs]


@router.get("/{slug}/translations/{language}")
async def read_translation(
    slug: str, language: str, services: Running, response: Response
) -> dict[str, TranslatedText]:
    """A scenario's words in another language, by their place in it; none where nobody has translated them."""
    english = translatable(services.catalogue.get(slug))
    found = await services.catalogue.translation(slug, language)
    # the same for everybody; what a new release changes may wait a little
    response.headers["Cache-Control"] = "public, max-age=600"
    return {written(place): TranslatedText(of=english[place], says=words) for place, words in found.words.items()}


def _summary(scenario: Scenario) -> ScenarioSummary:
    clocks = scenario.clocks
    return ScenarioSummary(
        slug=scenario.slug,
        title=scenario.title,
        summary=scenario.summary,
        casts=[
            CastSummary(id=cast.id, title=cast.title, seats=list(cast.seats), voting=len(scenario.allies_of(cast.id)))
            for cast in scenario.casts
        ],
        clock_minutes={"least": clocks.min_minutes, "most": clocks.max_minutes, "usual": clocks.default_minutes},
        clock_days={
            "least": clocks.slow.min_days,
            "most": clocks.slow.max_days,
            "usual": clocks.slow.default_days,
        },
    )
