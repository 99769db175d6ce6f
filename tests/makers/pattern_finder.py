"""Every regular expression of the product, and how it is used: what modules hold once imported, and what calls give."""

from __future__ import annotations

import ast
import builtins
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from docs import house

ROOT = Path(__file__).resolve().parents[2]
_CALLS = {"match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_ANCHORED = {"match", "fullmatch"}


@dataclass(frozen=True)
class Used:
    """A pattern, where it stands, and whether it is only ever tried from the beginning of a text."""

    place: str
    pattern: re.Pattern[Any]
    anchored: bool


def used_patterns() -> list[Used]:
    """Give every pattern of the product once."""
    found: dict[re.Pattern[Any], Used] = {}
    for path in _modules():
        for one in _of_module(path):
            before = found.get(one.pattern)
            anchored = one.anchored and (before is None or before.anchored)
            found[one.pattern] = Used(one.place, one.pattern, anchored)
    return list(found.values())


def made_when_called() -> set[str]:
    """Give the places where a pattern is made of what only a call knows, other than of words that are escaped."""
    return {f"{_place(path)}:{function}" for path in _modules() for function in _unknown(path)}


def _modules() -> list[Path]:
    """Give the modules that have patterns; importing the others is not needed, and starts programs and pages."""
    every = sorted([*(ROOT / "indexer").rglob("*.py"), *(ROOT / "search").rglob("*.py")])
    return [path for path in every if re.search(r"^import re$", path.read_text(encoding="utf-8"), re.M)]


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imported(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def _of_module(path: Path) -> Iterator[Used]:
    source = path.read_text(encoding="utf-8")
    module = _imported(path)
    tree = house.parsed(source)
    for call in [*_calls(tree, _CALLS), *(call for one in _functions(tree) for call in _calls(one, {"compile"}))]:
        pattern = _given(call, module)
        if pattern is not None:
            yield Used(f"{_place(path)}:{call.lineno}", pattern, call.func.attr in _ANCHORED)
    for variable, value in vars(module).items():
        # Also of a variable that runs over it, or over several with it.
        named = [variable, *re.findall(rf"\bfor (\w+) in [^:\n]*\b{re.escape(variable)}\b", source)]
        methods = {one for name in named for one in re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source)} & _CALLS
        # What stands in a table, or is handed on, may be used in any way.
        anchored = bool(methods) and methods <= _ANCHORED
        for pattern in _held(value):
            yield Used(f"{_place(path)}:{variable}", pattern, anchored)


def _held(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for part in [*value.keys(), *value.values()]:
            yield from _held(part)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from _held(part)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for name in value.__dataclass_fields__:
            yield from _held(getattr(value, name))


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _calls(tree: ast.AST, named: set[str]) -> Iterator[Any]:
    """Yield the calls of these functions of ``re``, which take a pattern."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            if of_re and node.func.attr in named:
                yield node


def _given(call: ast.Call, module: ModuleType) -> re.Pattern[Any] | None:
    """Give the pattern of a call where the module alone says what it is."""
    others = [*call.args[1:], *(one.value for one in call.keywords)]
    flags = next((one for one in others if re.match(r"re\.[A-Z]", ast.unparse(one))), None)
    try:
        return re.compile(_value(call.args[0], module), _value(flags, module) if flags else 0)
    except NameError:
        return None


def _value(expression: ast.expr, module: ModuleType) -> Any:
    # Our own source, and nothing that is run again: a pattern is joined of constants.
    return eval(compile(ast.Expression(expression), "", "eval"), vars(module))  # noqa: S307


def _unknown(path: Path) -> Iterator[str]:
    tree = house.parsed(path.read_text(encoding="utf-8"))
    known = {*vars(builtins), *vars(_imported(path))}
    named = {one.id for function in _functions(tree) for one in ast.walk(function) if isinstance(one, ast.Name)}
    # What no function names is called when the module is imported; what it makes is held by then.
    for function in (one for one in _functions(tree) if one.name in named or not one.name.startswith("_")):
        for call in _calls(function, {*_CALLS, "compile"}):
            if not known.issuperset(_unescaped(call.args[0], function)):
                yield function.name


def _unescaped(node: ast.AST, function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names of which an expression is made, but for what ``re.escape`` is called with or mapped over."""
    if isinstance(node, ast.Call) and "re.escape" in map(ast.unparse, (node.func, *node.args)):
        return
    if isinstance(node, ast.Name):
        given = [one.value for one in ast.walk(function) if node.id in _targets(one)]
        if not given:
            yield node.id
        for value in given:
            yield from _unescaped(value, function)
        return
    # Of "this if so else that" only this and that are in the pattern.
    for part in (node.body, node.orelse) if isinstance(node, ast.IfExp) else ast.iter_child_nodes(node):
        yield from _unescaped(part, function)


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.AugAssign):
        return [ast.unparse(node.target)]
    return [ast.unparse(one) for one in node.targets] if isinstance(node, ast.Assign) else []
