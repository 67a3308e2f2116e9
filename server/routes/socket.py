"""The WebSocket: its first gate, before it is accepted."""

from __future__ import annotations

from fastapi import APIRouter, WebSocket

from server.services import services_of
from server.ws.connection import Connection

router = APIRouter()


@router.websocket("/api/games/{game}/socket")
async def socket(websocket: WebSocket, game: str) -> None:
    """Play: docs/protocol.md. Refused with 403 for a page from anywhere else."""
    services = services_of(websocket)
    if websocket.headers.get("origin") not in services.settings.origins:
        await websocket.close()
        return
    await websocket.accept()
    connection = Connection(websocket, game, services.service, services.access, services.hub, services.settings)
    await connection.serve()
