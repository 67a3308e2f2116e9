"""What happens in a process of its own: tests with a mistake in one module, or with somebody watching what they reach.

Nothing here imports the game: the process is a fork of one that holds all libraries and none of our code, so that the
module with the mistake is imported like any other, and files on disk stay as they are.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import resource
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import coverage
import pytest

MEMORY = 4 << 30
QUIET = ("-q", "-p", "no:cacheprovider", "-m", "not slow and not postgres and not redis and not browser")

AT_IMPORT = ""
"""Reached while modules were imported, by no test in particular."""


@dataclass
class Survey:
    """What the tests do when nothing is wrong: seconds each takes, which fail, and who reaches which line of a file."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    reached: dict[str, dict[int, list[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`killer` is the test that failed first; the tests' exit status tells a failure from one that hindered them."""

    status: int
    killer: str | None = None


# --- with a mistake


def try_mutant(answer: Connection, module: str, path: str, source: str, tests: Sequence[str]) -> None:
    """Runs the tests, quickest first, until one fails."""
    _go_quiet()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.meta_path.insert(0, _Finder(module, path, source))
    chosen = _Chosen(tests)
    status = pytest.main([*QUIET, "-x", *_files(tests)], plugins=[chosen])
    answer.send(Verdict(int(status), chosen.killer))


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module from a source that is on no disk."""

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._mutated = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._mutated, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, module: str, path: str, source: str) -> None:
        self._module, self._loader = module, _Loader(module, path, source)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._loader.path, loader=self._loader)


class _Chosen:
    """Keeps some of the collected tests, in the order they are named, and the name of the first that fails."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._order = {test: place for place, test in enumerate(tests)}
        self.killer: str | None = None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self._order), key=lambda item: self._order[item.nodeid]
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.killer is None:
            self.killer = report.nodeid


# --- with somebody watching


def survey(answer: Connection, root: str, files: Sequence[str], tests: Sequence[str]) -> None:
    """Runs all tests once and says what each takes, and reaches in the files."""
    _go_quiet()
    watched = {file: str(Path(root, file)) for file in files}
    watch = coverage.Coverage(data_file=None, include=list(watched.values()), config_file=False)
    found = Survey()
    watch.start()
    pytest.main([*QUIET, *tests], plugins=[_Watcher(watch, found)])
    watch.stop()
    data = watch.get_data()
    found.reached = {file: dict(data.contexts_by_lineno(path)) for file, path in watched.items()}
    answer.send(found)


class _Watcher:
    def __init__(self, watch: coverage.Coverage, found: Survey) -> None:
        self._watch, self._found = watch, found

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._watch.switch_context(item.nodeid)
        answered = yield
        self._watch.switch_context(AT_IMPORT)
        return answered

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        took = self._found.seconds.get(report.nodeid, 0.0)
        self._found.seconds[report.nodeid] = took + report.duration
        if report.failed:
            self._found.failed.add(report.nodeid)


# --- what both need


def libraries(answer: Connection, tests: Sequence[str]) -> None:
    """The modules that the tests import and that are not ours: what a process can hold before it is forked."""
    _go_quiet()
    pytest.main([*QUIET, "--collect-only", *tests])
    answer.send(sorted(name for name in sys.modules if not name.startswith(("game_rules", "server", "tests", "_"))))


def fitting(survey: Survey, file: str, lines: Iterable[int]) -> list[str]:
    """The tests that reach one of the lines, quickest first.

    What ran while modules were imported is kept by them (tables, compiled conditions): then whoever reaches the file
    at all may notice, and of a file that holds no code but that, anybody.
    """
    reached: Mapping[int, list[str]] = survey.reached[file]
    who = {test for line in lines for test in reached.get(line, ())}
    if AT_IMPORT in who:
        who = {test for tests in reached.values() for test in tests if test != AT_IMPORT} or set(survey.seconds)
    return sorted(who - survey.failed - {AT_IMPORT}, key=lambda test: (survey.seconds.get(test, 0.0), test))


def _files(tests: Iterable[str]) -> list[str]:
    return sorted({test.partition("::")[0] for test in tests})


def _go_quiet() -> None:
    """Nobody reads what the tests print."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
