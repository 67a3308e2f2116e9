"""Puts the built client and the scenarios into what is distributed, so that a wheel serves the game without Node.

Knows where those two lie in the checkout and in the wheel, nothing of how the client is built.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CLIENT = Path("clients/web/dist")
SCENARIOS = Path("scenarios")


class ClientAndScenarios(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `server/_client` and `server/_scenarios` to a wheel; refuses to build without a built client."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout serves both from where they lie
            return
        client, scenarios = Path(self.root, CLIENT), Path(self.root, SCENARIOS)
        if not (client / "index.html").is_file():
            raise SystemExit(f"{CLIENT}/index.html is missing: build the client first (`make dist` does).")
        if not any(scenarios.glob("*/scenario.yaml")):
            raise SystemExit(f"{SCENARIOS}/ holds no scenario: a wheel without one has nothing to play.")
        if self.target_name == "wheel":
            build_data["force_include"] |= {str(client): "server/_client", str(scenarios): "server/_scenarios"}
