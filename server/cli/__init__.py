"""The command line. Each module brings its commands; this one puts them together and says no in plain words."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import typer

from server.store.interface import DatabaseRefused

app = typer.Typer(
    name="summit",
    help="Vilnius Summit: a negotiation server, and tools for its scenarios and saved games.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

MODULES = ("serve", "demo", "saved_games", "simulate", "settings", "scenario", "evaluate", "analyse")


def _assemble() -> None:
    for name in MODULES:
        module = f"server.cli.{name}"
        if find_spec(module) is not None:
            import_module(module).add_to(app)


def main() -> None:
    """Runs the command line; what cannot be used ends it with a sentence, not with a trace."""
    _assemble()
    try:
        app()
    except DatabaseRefused as refused:
        print(f"summit: {refused}", file=sys.stderr)
        sys.exit(1)
