"""Where games are kept. The interface is in `interface`; rows and SQL stay in this package."""

from server.store.interface import Store
from server.store.memory import MemoryStore
from server.store.sql import SqlStore

__all__ = ["MEMORY_URL", "MemoryStore", "SqlStore", "Store", "store_for"]

MEMORY_URL = "memory://"


def store_for(url: str, *, allow_unsafe: bool = False) -> Store:
    """The store at an address: `sqlite:///FILE`, `postgresql://…`, or `memory://`. Raises DatabaseRefused."""
    if url == MEMORY_URL:
        return MemoryStore()
    return SqlStore(url, allow_unsafe=allow_unsafe)
