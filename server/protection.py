"""What every HTTP request and answer passes: who may send, how much, and what browsers may do with the answer."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.routes.errors import error
from server.settings import Settings

BODY_BYTES = 64 * 1024

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        # For the one address of the service worker (clients/web/src/net/install.ts).
        "trusted-types summit-worker",
    )
)


def policy_with(hashes: Iterable[str]) -> str:
    """The policy for a page that holds scripts of these hashes."""
    allowed = " ".join(("script-src 'self'", *(f"'sha256-{one}'" for one in hashes)))
    return CONTENT_SECURITY_POLICY.replace("script-src 'self'", allowed)


SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Protection:
    """ASGI middleware around everything but sockets, which have a gate of their own."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sends = self._guarded(scope, send)
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE_METHODS and not self._may_change(headers):
            await error(403, "forbidden")(scope, receive, sends)
        elif int(headers.get("content-length") or 0) > BODY_BYTES:
            await error(413, "too_large")(scope, receive, sends)
        else:
            await self._bounded(scope, receive, sends)

    def _may_change(self, headers: Headers) -> bool:
        """A page from elsewhere may not act with somebody's cookie; scripts, which send no Origin, have none."""
        origin = headers.get("origin")
        return origin is None or origin in self._settings.origins

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def bounded() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > BODY_BYTES:
                raise HTTPException(413)
            return message

        await self._app(scope, bounded, send)

    def _guarded(self, scope: Scope, send: Send) -> Send:
        private = scope["path"].startswith("/api/")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if private:
                    headers.setdefault("Cache-Control", "no-store")
                if self._settings.secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        return guarded
