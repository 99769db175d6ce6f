"""Unanswerable questions made from answerable ones: of another year, of another council.

They keep the wording of real questions, and an archive of any council has its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ANSWERABLE = "answerable"
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:([/–-])(\d\d)\b)?")
_SHIFTS = (-5, 4, -4, 5, -3)  # years; taken in turn
_ELSEWHERE = ("Cumbria", "Norfolk", "Somerset", "Rotherham", "Durham", "Wiltshire", "Bradford", "Suffolk")
_GENERIC = frozenset("borough city council county district metropolitan of royal the town unitary".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to ask; ``kind`` is "answerable" or why it is not."""

    id: str
    question: str
    kind: str


def questions(gold: Iterable[Mapping[str, Any]], authorities: Sequence[str]) -> list[Asked]:
    """Give judged questions, and after each answerable one the unanswerable ones that it makes.

    Args:
        gold: judged questions; ``kind`` or ``why`` may say of what kind an unanswerable one is.
        authorities: those of the archive.
    """
    return [one for at, row in enumerate(gold) for one in _made(row, at, authorities)]


def as_written(gold: Iterable[Mapping[str, Any]]) -> list[Asked]:
    """Give judged questions without those that they make."""
    return [Asked(row["id"], row["question"], kind_of(row)) for row in gold]


def kind_of(row: Mapping[str, Any]) -> str:
    """Say why a judged question has no answer, or that it has one."""
    if row["type"] != "unanswerable":
        return ANSWERABLE
    kind = str(row.get("why") or row.get("kind") or "detail missing")
    return kind.replace("_", " ").replace("off-topic", "off topic")


def _made(row: Mapping[str, Any], at: int, authorities: Sequence[str]) -> Iterator[Asked]:
    (written,) = as_written([row])
    yield written
    id, text = written.id, written.question
    if written.kind != ANSWERABLE:
        return
    yield from (Asked(id, other, kind) for kind, other in altered(text, at, authorities))


def altered(text: str, at: int, authorities: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the kind and the wording of the unanswerable questions that an answerable one makes.

    Args:
        text: the question.
        at: its number, which says by how many years and to which council.
        authorities: those of the archive.
    """
    for kind, other in (("another year", _later(text, at)), ("another council", _elsewhere(text, at, authorities))):
        if other != text:
            yield kind, other


def _later(text: str, at: int) -> str:
    """Move all years of a question by the same number of years; "2015/16" stays a financial year."""

    def moved(match: re.Match[str]) -> str:
        year = int(match[1]) + _SHIFTS[at % len(_SHIFTS)]
        return f"{year}{match[2]}{(year + 1) % 100:02}" if match[2] else str(year)

    return _YEAR.sub(moved, text)


def _elsewhere(text: str, at: int, authorities: Sequence[str]) -> str:
    """Put another council's name in place of those of the archive."""
    places = [word for name in authorities for word in name.split() if word.lower() not in _GENERIC]
    other = next(name for name in (*_ELSEWHERE[at % len(_ELSEWHERE) :], *_ELSEWHERE) if name not in places)
    return re.sub(rf"\b(?:{'|'.join(map(re.escape, places))})\b", other, text) if places else text
