"""The house in figures and as a map.

``python -m docs.house d3a1801 HEAD`` prints a table of counts, before and after, for CONTRIBUTING.
``python -m docs.house map [ROOM]`` prints every module below a room (all by default) with its docstring's first line.

Modules and lines are those of ``indexer/``, ``search/`` and ``app.py``. Patterns are calls of ``re``. Constants are
numbers of ``search/`` outside its settings, bounds and thresholds: those with a name in capitals at the top of a
module, alone, in a row or as a stretch of time, and fractions anywhere. Not counted is what is no choice: the number of
a format (``…_VERSION``), 0.0 and 1.0, and what keeps a division from zero. Copies are runs of six lines, blank ones and
imports left out, that are in more than one place.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress

_RUN = 6
_TRIES = 3
_NUMBERS = ("search/settings.py", "search/bounds.py", "search/thresholds.py")
_GUARD = 1e-3  # a fraction below it only keeps a division from zero
_CALLS = {"compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


def sources(revision: str) -> dict[str, str]:
    """Give the text of every module of the product at a revision, by its path."""
    listed = _git("ls-tree", "-r", "--name-only", revision, "indexer", "search", "app.py").splitlines()
    return {path: _git("show", f"{revision}:{path}") for path in listed if path.endswith(".py")}


def parsed(text: str) -> ast.Module:
    """Parse a module.

    CPython 3.11 counts the depth of syntax trees over all threads: one that parses at the same moment, as Streamlit's
    do, can make it fail for no reason of the text's.
    """
    for _ in range(_TRIES):
        with suppress(SystemError):
            return ast.parse(text)
    return ast.parse(text)


def counts(modules: Mapping[str, str]) -> dict[str, int]:
    """Count what the table shows."""
    trees = {path: parsed(text) for path, text in modules.items()}
    lines = {path: len(text.splitlines()) for path, text in modules.items()}
    return {
        "modules": len(modules),
        "modules over 300 lines": sum(length > 300 for length in lines.values()),
        "lines": sum(lines.values()),
        "patterns": sum(_is_pattern(node) for tree in trees.values() for node in ast.walk(tree)),
        "modules that spell out months": sum(
            "february" in text.lower() and "december" in text.lower() for text in modules.values()
        ),
        "constants outside settings and bounds": sum(
            _numbers(node) + _fractions(node)
            for path, tree in trees.items()
            if path.startswith("search/") and path not in _NUMBERS
            for node in tree.body
        ),
        "copied runs of six lines": _copies(modules),
    }


def _is_pattern(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in _CALLS


def _numbers(node: ast.stmt) -> int:
    """Count the whole numbers, and stretches of time, that a statement at the top of a module gives a name."""
    if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
        return 0
    names = node.targets if isinstance(node, ast.Assign) else [node.target]
    named = [one.id for name in names for one in ast.walk(name) if isinstance(one, ast.Name)]
    if not all(name.isupper() and not name.endswith("VERSION") for name in named):
        return 0
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    return sum(_is_whole(value) or ast.unparse(value).startswith("timedelta(") for value in values)


def _is_whole(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and type(value.value) is int


def _fractions(node: ast.stmt) -> int:
    found = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, float))
    return sum(value not in (0.0, 1.0) and value >= _GUARD for value in found)


def _copies(modules: Mapping[str, str]) -> int:
    runs = Counter(run for text in modules.values() for run in _runs(text))
    return sum(count > 1 for count in runs.values())


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    imports = [node for node in ast.walk(parsed(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    left_out = {number for node in imports for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    lines = [line.strip() for number, line in enumerate(text.splitlines(), 1) if number not in left_out]
    said = [line for line in lines if len(line) > 3 and not line.startswith("#")]
    return (tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1))


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], capture_output=True, text=True, check=True).stdout  # noqa: S603, S607


def house_map(modules: Mapping[str, str], room: str = "") -> list[str]:
    """Give a line for each module below a room, and one for each room before its modules."""
    lines = []
    for folder, name, path in sorted((*path.rpartition("/")[::2], path) for path in modules if path.startswith(room)):
        about = (ast.get_docstring(parsed(modules[path])) or "").partition("\n")[0]
        # "__init__.py" comes before names in small letters.
        lines.append(f"\n{folder}/  {about}" if name == "__init__.py" else f"  {name:24} {about}")
    return lines


def main(revisions: list[str]) -> None:
    """Print the map, or the table in Markdown."""
    if revisions[:1] == ["map"]:
        sys.stdout.write("\n".join(house_map(sources("HEAD"), "".join(revisions[1:2]))) + "\n")
        return
    columns = {revision: counts(sources(revision)) for revision in revisions}
    rows = [["", *columns], ["---"] * (len(columns) + 1)]
    rows += [[name, *(f"{column[name]:,}" for column in columns.values())] for name in next(iter(columns.values()))]
    sys.stdout.write("\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:] or ["d3a1801", "HEAD"])
