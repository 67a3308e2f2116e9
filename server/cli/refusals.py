"""How the scenario tools say no: a sentence on standard error, JSON where JSON was asked for, exit code 1."""

from __future__ import annotations

import json
import sys

import typer


def refuse(reason: str, as_json: bool = False) -> typer.Exit:
    """Says why and gives the exit to raise. With JSON the reason is on standard output as `{"error": …}` as well."""
    if as_json:
        print(json.dumps({"error": reason}, ensure_ascii=False), flush=True)
    print(f"summit: {reason}", file=sys.stderr)
    return typer.Exit(1)
