"""`summit settings`: every setting, what it means, and what it is now."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import make_url

from server.settings import Settings


def add_to(app: typer.Typer) -> None:
    @app.command()
    def settings() -> None:
        """Lists the settings with their values. Passwords are not shown."""
        now = Settings()
        table = Table("setting", "now", "what it does")
        for name, field in Settings.model_fields.items():
            table.add_row(f"SUMMIT_{name.upper()}", shown(getattr(now, name)), field.description or "")
        Console().print(table)


def shown(value: object) -> str:
    """A setting's value for people; an address without its password."""
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    text = str(value)
    return make_url(text).render_as_string(hide_password=True) if "://" in text and "@" in text else text
