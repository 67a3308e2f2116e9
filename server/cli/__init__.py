"""The command line. Each module brings its commands; this one puts them together and says no in plain words."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

import typer

app = typer.Typer(
    name="summit",
    help="Vilnius Summit: a negotiation server, and tools for its scenarios and saved games.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

MODULES = ("serve", "demo", "saved_games", "simulate", "settings", "scenario", "evaluate", "analyse")


@app.callback()
def _summit() -> None:  # so that one command by itself is still called by its name
    pass


def assemble() -> None:
    """Adds the commands of every module that is there; a second call changes nothing."""
    if app.registered_commands:
        return
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    # A command with a module of its own needs no other: `summit evaluate` would wait seconds for the web server.
    for name in (asked,) if asked in MODULES else MODULES:
        module = f"server.cli.{name}"
        if find_spec(module) is not None:
            import_module(module).add_to(app)


def main() -> None:
    """Runs the command line; what cannot be used ends it with a sentence, not with a trace."""
    assemble()
    try:
        app()
    except Exception as error:
        from server.store.interface import DatabaseRefused  # here, because it brings the whole database with it

        if not isinstance(error, DatabaseRefused):
            raise
        print(f"summit: {error}", file=sys.stderr)
        sys.exit(1)
