"""Writes every generated file anew: `python -m scripts.generate`, or with `--check` only says which are stale.

A generator is a function without arguments that returns {path relative to the repository: text}. It lives beside what
it describes; here it is only listed, as "module:function". Generators must be deterministic: same code, same bytes.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GENERATORS: tuple[str, ...] = (
    "scripts.reference:pages",
    "scripts.protocol:pages",
    "scripts.rule_table:pages",
    "scripts.scenario_schema:pages",
    "scripts.client_types:generate",
    "scripts.client_fixtures:generate",
    "tests.vectors.sync_law:generate",
)


def generated_texts() -> dict[str, str]:
    """What every generated file should hold. Raises ValueError when two generators claim one file."""
    texts: dict[str, str] = {}
    for name in GENERATORS:
        module, _, function = name.partition(":")
        generate: Callable[[], Mapping[str, str]] = getattr(import_module(module), function)
        for path, text in generate().items():
            if path in texts:
                raise ValueError(f"{name} writes {path}, and so does a generator before it")
            texts[path] = text
    return texts


def is_fresh(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    check = parser.parse_args().check

    stale = {path: text for path, text in generated_texts().items() if not is_fresh(ROOT / path, text)}
    for path, text in sorted(stale.items()):
        print(f"stale: {path}" if check else f"wrote {path}")
        if not check:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
    if check and stale:
        print("Run `make gen` and commit what it writes.")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
