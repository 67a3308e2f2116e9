"""The browser client: files that never change under their name, and one page for every address people open."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

from server.protection import policy_with
from server.settings import CHECKOUT

PACKAGED = Path(__file__).resolve().parent.parent / "_client"
IN_CHECKOUT = CHECKOUT / "clients" / "web" / "dist"

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""The better one first. Browsers ask for Brotli only over TLS and on the same machine."""

MEDIA_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".webp": "image/webp"}
"""Not every machine knows these."""

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Vilnius Summit</title>
<h1>The client is not built</h1>
<p>This server runs, but the pages people see have not been built in this checkout.</p>
<p>Run <code>make setup</code> (or <code>make client</code>) and load this page again.</p>
</html>
"""

router = APIRouter(include_in_schema=False)


def client_folder() -> Path:
    """Where the built client lies: in an installed server, or in the checkout."""
    return PACKAGED if PACKAGED.is_dir() else IN_CHECKOUT


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
async def page(path: str, accept_encoding: Annotated[str | None, Header()] = None) -> Response:
    """A file of the client, or its page: the client knows its own addresses."""
    if path.startswith("api/"):
        raise HTTPException(404)
    folder = client_folder().resolve()
    file = (folder / path).resolve()
    if path and file.is_relative_to(folder) and file.is_file() and file.name != "index.html":
        # Built files carry a hash of their content in their name.
        return _file(file, IMMUTABLE if path.startswith("assets/") else REVALIDATE, accept_encoding)
    if path.startswith("assets/"):
        raise HTTPException(404)
    index = folder / "index.html"
    if not index.is_file():
        return HTMLResponse(NOT_BUILT, 503, {"Cache-Control": "no-store"})
    answer = _file(index, REVALIDATE, accept_encoding)
    answer.headers["Content-Security-Policy"] = _policy(index, index.stat().st_mtime_ns)
    return answer


@cache
def _policy(page: Path, _written: int) -> str:
    """Lets the scripts run that the build put into the page (clients/web/build/early.ts), and no other."""
    scripts = re.findall(rb"<script>(.*?)</script>", page.read_bytes(), re.DOTALL)
    return policy_with(b64encode(sha256(script).digest()).decode() for script in scripts)


def _file(file: Path, caching: str, accepted: str | None) -> FileResponse:
    """The file, or what the build compressed of it (clients/web/build/compressed.ts)."""
    media_type = MEDIA_TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    wanted = {part.strip() for part in (accepted or "").lower().split(",")}
    for encoding, suffix in ENCODINGS:
        packed = file.with_name(file.name + suffix)
        if encoding in wanted and packed.is_file():
            return FileResponse(packed, media_type=media_type, headers={**headers, "Content-Encoding": encoding})
    return FileResponse(file, media_type=media_type, headers=headers)
