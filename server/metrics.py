"""Figures for Prometheus. They say how much, never who: no names, no texts, no ids of people."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

COMMANDS = Counter(
    "summit_commands", "Commands answered, by who asked and how it ended.", ("actor", "answer"), registry=REGISTRY
)
COMMAND_SECONDS = Histogram(
    "summit_command_seconds",
    "From a command's arrival to its answer, commit included.",
    registry=REGISTRY,
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5),
)
SOCKETS = Gauge("summit_sockets", "Sockets that were let in.", registry=REGISTRY)
SOCKETS_CUT = Counter(
    "summit_sockets_cut", "Sockets given up by the server, by reason.", ("reason",), registry=REGISTRY
)
LIVE_GAMES = Gauge("summit_live_games", "Games that this process shows or lets run.", registry=REGISTRY)
INCIDENTS = Counter("summit_incidents", "Failures of our own, each in the log under its name.", registry=REGISTRY)
DATABASE_AWAY = Counter("summit_database_away", "Commands that the database did not answer.", registry=REGISTRY)
