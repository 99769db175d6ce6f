"""Every regular expression of the product: those that modules hold when they are imported, and those in calls."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# Running these starts something.
_PROGRAMS = {"indexer.__main__", "search.__main__", "indexer.readers.worker"}


def patterns() -> dict[str, re.Pattern[Any]]:
    """Give every pattern by the place where it stands."""
    found: dict[str, re.Pattern[Any]] = {}
    for path in sorted([*(ROOT / "indexer").rglob("*.py"), *(ROOT / "search").rglob("*.py")]):
        place = path.relative_to(ROOT).as_posix()
        for line, pattern in _written(path):
            found[f"{place}:{line}"] = pattern
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if "re.compile(" in path.read_text(encoding="utf-8") and name not in _PROGRAMS:
            module = importlib.import_module(name)
            for variable, value in vars(module).items():
                for at, pattern in enumerate(_held(value)):
                    found[f"{place}:{variable}:{at}"] = pattern
    # One pattern that several modules import is tried once.
    first = {pattern: place for place, pattern in reversed(found.items())}
    return {place: pattern for pattern, place in first.items()}


def _held(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for part in [*value.keys(), *value.values()]:
            yield from _held(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _held(part)


def _written(path: Path) -> Iterator[tuple[int, re.Pattern[Any]]]:
    """Yield the patterns that calls of ``re`` give as plain strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        called, first = node.func, node.args[0]
        if isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in _CALLS:
            flags = (
                re.IGNORECASE
                if any(
                    "IGNORECASE" in ast.unparse(part) or "re.I" in ast.unparse(part)
                    for part in [*node.args[1:], *node.keywords]
                )
                else 0
            )
            if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                yield node.lineno, re.compile(first.value, flags)
