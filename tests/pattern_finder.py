"""Every regular expression of the product, and how it is used: what modules hold once imported, and what calls give."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_CALLS = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# Importing these starts something.
_PROGRAMS = {"indexer.__main__", "search.__main__", "indexer.readers.worker"}


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and whether it is only ever tried from the beginning of a text."""

    place: str
    pattern: re.Pattern[Any]
    anchored: bool


def used_patterns() -> list[Used]:
    """Give every pattern of the product once."""
    found: dict[re.Pattern[Any], Used] = {}
    for path in sorted([*(ROOT / "indexer").rglob("*.py"), *(ROOT / "search").rglob("*.py")]):
        for one in _of_module(path):
            before = found.get(one.pattern)
            anchored = one.anchored and (before is None or before.anchored)
            found[one.pattern] = Used(one.place, one.pattern, anchored)
    return list(found.values())


def _of_module(path: Path) -> Iterator[Used]:
    place = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    for line, pattern, call in _given(source):
        yield Used(f"{place}:{line}", pattern, call in {"match", "fullmatch"})
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    if "re.compile(" not in source or name in _PROGRAMS:
        return
    for variable, value in vars(importlib.import_module(name)).items():
        methods = set(re.findall(rf"\b{re.escape(variable)}\.(\w+)\(", source)) & _CALLS
        # What stands in a table, or is handed on, may be used in any way.
        anchored = bool(methods) and methods <= {"match", "fullmatch"}
        for pattern in _held(value):
            yield Used(f"{place}:{variable}", pattern, anchored)


def _held(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for part in [*value.keys(), *value.values()]:
            yield from _held(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _held(part)


def _given(source: str) -> Iterator[tuple[int, re.Pattern[Any], str]]:
    """Yield the patterns that calls of ``re`` give as plain strings: line, pattern, call."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        called, first = node.func, node.args[0]
        of_re = isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in _CALLS
        if of_re and isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
            said = ast.unparse(node)
            yield node.lineno, re.compile(first.value, re.IGNORECASE if "re.I" in said else 0), called.attr
