"""The threads in which the database is spoken to: one for SQLite, a few for PostgreSQL.

Work waits in a queue. A thread takes what waits, for as many commands as may share a commit, runs it in one
transaction, commits, and only then tells anybody. Work on one game is never in two threads of this process at once.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from server.store.connections import Connection
from server.store.interface import DatabaseAway

log = structlog.get_logger(__name__)

Work = Callable[[Connection], Any]
QUEUE_LIMIT = 10_000
BATCH_LIMIT = 256


@dataclass(slots=True)
class Job:
    """Something to do in a transaction. `key` orders: jobs of one key run one after another."""

    key: str
    work: Work
    done: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


@dataclass
class Workers:
    """Threads with a connection each. `after_commit` and `after_rollback` run in the thread, with the jobs' keys."""

    connect: Callable[[], Connection]
    count: int
    shares_commits: bool
    after_commit: Callable[[Sequence[str]], None]
    after_rollback: Callable[[Sequence[str]], None]
    _waiting: dict[str, deque[Job]] = field(default_factory=dict)
    _busy: set[str] = field(default_factory=set)
    _size: int = 0
    _closing: bool = False
    _failures: int = 0
    """How often the database was away: a connection from before the last time is not tried again."""

    def start(self) -> None:
        self._changed = threading.Condition()
        self._loop = asyncio.get_running_loop()
        self._threads = [
            threading.Thread(target=self._run, name=f"database-{number}", daemon=True) for number in range(self.count)
        ]
        for thread in self._threads:
            thread.start()

    async def stop(self) -> None:
        """Finishes what waits, then ends the threads."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)

    async def run(self, key: str, work: Work) -> Any:
        """The result of the work, once committed. Raises what the work raised, or DatabaseAway."""
        job = Job(key, work, self._loop.create_future())
        with self._changed:
            if self._closing or self._size >= QUEUE_LIMIT:
                raise DatabaseAway("the database's queue is full")
            self._waiting.setdefault(key, deque()).append(job)
            self._size += 1
            self._changed.notify()
        return await job.done

    # --- in the threads --------------------------------------------------------------------------------------------

    def _run(self) -> None:
        connection: Connection | None = None
        made_after = 0
        while jobs := self._take():
            if connection is not None and made_after != self._failures:
                _drop(connection)
                connection = None
            made_after = self._failures
            connection = self._serve(connection, jobs)
            self._give_back(jobs)
        if connection is not None:
            connection.close()

    def _take(self) -> list[Job]:
        """What waits and may share a commit; nothing once the workers stop."""
        with self._changed:
            while not (free := [key for key in self._waiting if key not in self._busy]):
                if self._closing and not self._waiting:
                    return []
                self._changed.wait()
            jobs: list[Job] = []
            for key in free if self.shares_commits else free[:1]:
                queue = self._waiting[key]
                while queue and len(jobs) < BATCH_LIMIT:
                    jobs.append(queue.popleft())
                if not queue:
                    del self._waiting[key]
            self._busy.update(job.key for job in jobs)
            self._size -= len(jobs)
            return jobs

    def _give_back(self, jobs: list[Job]) -> None:
        with self._changed:
            self._busy.difference_update(job.key for job in jobs)
            # Somebody may wait for one of these keys, or for the end.
            self._changed.notify_all()
        self._loop.call_soon_threadsafe(_deliver, jobs)

    def _serve(self, connection: Connection | None, jobs: list[Job]) -> Connection | None:
        """Runs the jobs; returns the connection if it is still good."""
        try:
            if connection is None:
                connection = self.connect()
            self._commit_together(connection, jobs)
            return connection
        except Exception as error:
            away = connection is None or isinstance(error, connection.away)
            log.warning("database.away" if away else "database.failed", error=type(error).__name__)
            self._failures += 1
            self.after_rollback([job.key for job in jobs])
            for job in jobs:
                job.error = DatabaseAway(type(error).__name__) if away else error
            _drop(connection)
            return None

    def _commit_together(self, connection: Connection, jobs: list[Job]) -> None:
        try:
            connection.begin()
            for job in jobs:
                _attempt(connection, job)
            connection.commit()
        except connection.conflicts:
            # One of them broke a key: the safety net below the lock. Alone, each finds out for itself.
            connection.rollback()
            self.after_rollback([job.key for job in jobs])
            for job in jobs:
                self._commit_alone(connection, job)
            return
        self.after_commit([job.key for job in jobs])

    def _commit_alone(self, connection: Connection, job: Job) -> None:
        try:
            connection.begin()
            _attempt(connection, job)
            connection.commit()
        except connection.conflicts as error:
            connection.rollback()
            self.after_rollback([job.key])
            job.error = error
        else:
            self.after_commit([job.key])


def _attempt(connection: Connection, job: Job) -> None:
    """Runs one job. What it raises by itself concerns nobody else: it has written nothing."""
    job.result = job.error = None
    try:
        job.result = job.work(connection)
    except (*connection.away, *connection.conflicts):
        raise
    except Exception as error:
        job.error = error


def _drop(connection: Connection | None) -> None:
    if connection is None:
        return
    try:
        connection.rollback()
        connection.close()
    except Exception as error:  # it was broken before
        log.debug("database.close", error=type(error).__name__)


def _deliver(jobs: list[Job]) -> None:
    """In the loop: tells everybody, in the order of the commit."""
    for job in jobs:
        if job.done.done():  # whoever asked has gone
            continue
        if job.error is not None:
            job.done.set_exception(job.error)
        else:
            job.done.set_result(job.result)
