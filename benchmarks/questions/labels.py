"""Judged questions that refer to papers by hash, page and place only, so that no word of a paper is kept here.

A place is counted in letters and digits of the page's text as PDFium gives it, so it does not depend on how spaces,
hyphens or lines are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from search.evaluate import read_gold


def read(path: Path, folders: Iterable[Path]) -> list[Mapping[str, Any]]:
    """Read judged questions, with the words of their evidence looked up where only its place is given.

    Args:
        path: one JSON object a line; evidence has ``file`` and ``quote``, or ``paper`` (its SHA-256), ``start``
            and ``end``.
        folders: where the papers are; a question of which a paper is not there is left out.

    Raises:
        BadArguments: there is no such file, or a line is not a judged question.
    """
    rows = read_gold(path, ("paper", "start", "end"))
    if not any("paper" in one for row in rows for one in _places(row)):
        return rows
    papers = {_digest(file): file for folder in folders for file in folder.rglob("*.pdf")}
    return [
        {**row, **{name: _quoted(row.get(name) or [], papers) for name in ("evidence", "also_ok")}}
        for row in rows
        if all(one["paper"] in papers for one in _places(row))
    ]


def _places(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*(row.get("evidence") or []), *(row.get("also_ok") or [])]


def _quoted(places: Sequence[Mapping[str, Any]], papers: Mapping[str, Path]) -> list[Mapping[str, Any]]:
    return [
        {
            "file": papers[one["paper"]].name,
            "page": one["page"],
            "quote": between(_page(papers[one["paper"]], one["page"]), one["start"], one["end"]),
        }
        for one in places
    ]


def between(text: str, start: int, end: int) -> str:
    """Give the text from its letter or digit number ``start`` up to number ``end``, counted from 0."""
    counted = [at for at, sign in enumerate(text) if sign.isalnum()]
    return text[counted[start] : counted[end - 1] + 1]


@cache
def _page(path: Path, number: int) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return str(document[number - 1].get_textpage().get_text_range())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
