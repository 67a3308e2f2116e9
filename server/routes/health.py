"""For those who run the server: is it alive, can it work, how much does it do."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException

from server.metrics import REGISTRY
from server.routes.bodies import Health
from server.routes.callers import Running
from server.settings import LOOPBACK
from server.store.interface import DatabaseAway

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> Health:
    """The process answers."""
    return Health(status="ok")


@router.get("/readyz", responses={503: {"model": Health}})
async def ready(response: Response, services: Running) -> Health:
    """The database answers. Redis need not: without it the server is slower and right."""
    try:
        await services.store.ready()
    except DatabaseAway:
        response.status_code = 503
        return Health(status="away")
    return Health(status="ok")


@router.get("/metrics", response_class=Response, include_in_schema=False)
async def metrics(request: Request, services: Running) -> Response:
    """Figures for Prometheus: to this machine, and to everybody only when the setting says so."""
    if not services.settings.metrics and not _from_this_machine(request):
        raise HTTPException(404)
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _from_this_machine(request: Request) -> bool:
    return request.client is not None and request.client.host in LOOPBACK
