"""The WebSocket: its first gate, before it is accepted."""

from __future__ import annotations

from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from server.services import services_of
from server.ws.connection import Connection


class Socket:
    """Play: docs/protocol.md. An ASGI endpoint of its own, so that frames go out through as few hands as can be."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        services = services_of(websocket)
        if websocket.headers.get("origin") not in services.settings.origins:
            await websocket.close()  # before it was accepted: the browser sees 403
            return
        await websocket.accept()
        connection = Connection(
            websocket,
            send,
            scope["path_params"]["game"],
            services.service,
            services.access,
            services.hub,
            services.settings,
        )
        await connection.serve()


route = WebSocketRoute("/api/games/{game}/socket", Socket(), name="socket")
