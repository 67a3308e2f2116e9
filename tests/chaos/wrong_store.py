"""Stores that are wrong on purpose: what killing servers and sending twice must bring to light."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from server.store import sql
from server.store.interface import Addition


def ack_before_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a transaction is answered when its work is done; the commit comes later."""
    honest = sql.SqlStore.transact

    async def early(self: sql.SqlStore, game: str, work: Callable[[Any], Any]) -> Any:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()

        def tell(result: Any) -> None:
            if not done.done():
                done.set_result(result)

        def telling(transaction: Any) -> Any:
            result = work(transaction)
            loop.call_soon_threadsafe(tell, result)
            return result

        committed = asyncio.ensure_future(honest(self, game, telling))
        await asyncio.wait({done, committed}, return_when=asyncio.FIRST_COMPLETED)
        return done.result() if done.done() else committed.result()

    monkeypatch.setattr(sql.SqlStore, "transact", early)


def no_deduplication(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is kept, so none is found when a command comes again."""
    honest = sql._Transaction.append

    def forgetful(self: sql._Transaction, addition: Addition) -> None:
        honest(self, replace(addition, answer=None))

    monkeypatch.setattr(sql._Transaction, "append", forgetful)


WRONG_STORES = {"ack before commit": ack_before_commit, "no de-duplication": no_deduplication}
