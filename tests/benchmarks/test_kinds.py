"""Each kind of odd paper has at least three variants of our own among the tests; `kinds.csv` beside this says which."""

from __future__ import annotations

import ast
import csv
import re
from math import prod
from pathlib import Path

from benchmarks import cases
from docs import house

TESTS = Path(__file__).parents[1]
KINDS = Path(__file__).with_name("kinds.csv")
CASES = Path(cases.__file__).with_name("cases.jsonl")
LEAST = 3


def sizes(function: ast.FunctionDef) -> int:
    """How many cases a test tries: those that it is given, or its assertions."""
    lists = [
        node.args[1]
        for node in function.decorator_list
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.parametrize"
    ]
    given = prod(LEAST if not isinstance(one, ast.List | ast.Tuple) else len(one.elts) for one in lists)
    return max(given, sum(isinstance(node, ast.Assert) for node in ast.walk(function)))


def test_each_kind_of_odd_paper_has_three_variants_among_the_tests() -> None:
    known = {
        node.name: sizes(node)
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(house.parsed(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    with KINDS.open(encoding="utf-8", newline="") as file:
        named = {row["kind"]: row["tests"].split() for row in csv.DictReader(file)}
    stated = re.findall(r'"case": "([^-]+)-', CASES.read_text("utf-8"))
    kinds = {kind for one in stated for kind in ([one[:2] + letter for letter in "cd"] if "[cd]" in one else [one])}
    assert kinds <= set(named)
    assert {kind: sorted(set(tests) - known.keys()) for kind, tests in named.items() if set(tests) - known.keys()} == {}
    assert {kind for kind, tests in named.items() if sum(known[test] for test in tests) < LEAST} == set()
