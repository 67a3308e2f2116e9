"""How server processes hear of each other's moves. Nothing correct hangs on it."""

from server.bus.interface import Bus
from server.bus.memory import MemoryBus
from server.bus.redis import RedisBus

__all__ = ["Bus", "MemoryBus", "RedisBus", "bus_for"]


def bus_for(redis_url: str | None) -> Bus:
    """Redis where there is one, else this process alone."""
    return RedisBus(redis_url) if redis_url else MemoryBus()
