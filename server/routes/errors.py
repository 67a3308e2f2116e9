"""Every way an HTTP request is answered with no: one form, stable codes, nothing of the request echoed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from game_rules.rejections import Rejected
from server.access import NoAccess
from server.decider import AnotherBody, Forbidden
from server.game_service import Broken, incident
from server.roster import BadRoster
from server.scenario_catalogue import ScenarioUnknown
from server.services import TooMany
from server.store.interface import DatabaseAway, GameUnknown
from server.texts import EmptyText, TextsErased
from server.ws.frames import json_pointer


class ErrorDetail(BaseModel):
    code: str
    params: dict[str, Any] = {}
    rule: str | None = None
    pointer: str | None = None


class ErrorBody(BaseModel):
    """What every answer of 4xx and 5xx holds. `code` is stable; the sentence is in the client's catalogue."""

    error: ErrorDetail


def error(status: int, code: str, params: Mapping[str, Any] | None = None, **more: Any) -> JSONResponse:
    body = {"error": {"code": code, "params": dict(params or {}), **more}}
    headers = {"Retry-After": str(params["seconds"])} if params and "seconds" in params else None
    return JSONResponse(body, status, headers)


def _forbidden(request: Request, problem: Exception) -> JSONResponse:
    # Not yours and not there look the same.
    return error(403, "forbidden")


def _rejected(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Rejected)
    return JSONResponse({"error": problem.refusal.to_json()}, 409)


def _invalid(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, RequestValidationError)
    first = problem.errors()[0]
    place, kind = first["loc"], str(first["type"])
    return error(422, "malformed", {"problem": kind, "in": str(place[0])}, pointer=json_pointer(place[1:]))


def _http(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, HTTPException)
    codes = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
    return error(problem.status_code, codes.get(problem.status_code, "refused"))


def _away(request: Request, problem: Exception) -> JSONResponse:
    return error(503, "unavailable", {"seconds": 1})


def _too_many(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, TooMany)
    return error(429, "too_many", {"seconds": problem.seconds})


def _empty(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, EmptyText)
    return error(422, "malformed", {"problem": "string_too_short", "in": "body"}, pointer=f"/{problem.field}")


def _bad_roster(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, BadRoster)
    faults = [{"line": one.line, "field": one.field, "expected": list(one.expected)} for one in problem.faults]
    return error(422, "roster.lines", {"faults": faults})


def _broken(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Broken)
    return error(500, "internal", {"incident": problem.incident})


def _unexpected(request: Request, problem: Exception) -> JSONResponse:
    return error(500, "internal", {"incident": incident("http.failed", "-", problem)})


def add_error_handlers(app: FastAPI) -> None:
    handlers = {
        NoAccess: _forbidden,
        Forbidden: _forbidden,
        GameUnknown: _forbidden,
        Rejected: _rejected,
        RequestValidationError: _invalid,
        HTTPException: _http,
        DatabaseAway: _away,
        TooMany: _too_many,
        EmptyText: _empty,
        BadRoster: _bad_roster,
        TextsErased: lambda request, problem: error(410, "texts_erased"),
        AnotherBody: lambda request, problem: error(409, "command_id.used_before"),
        ScenarioUnknown: lambda request, problem: error(404, "scenario.unknown"),
        Broken: _broken,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
