"""How server processes hear of each other's moves. Nothing correct hangs on it."""

from server.bus.interface import Bus, Typing
from server.bus.memory import MemoryBus

__all__ = ["Bus", "MemoryBus", "Typing", "bus_for"]


def bus_for(redis_url: str | None) -> Bus:
    """Redis where there is one, else this process alone."""
    if redis_url is None:
        return MemoryBus()
    from server.bus.redis import RedisBus  # half a second to load, which most servers can save

    return RedisBus(redis_url)
