"""Which later decisions change earlier ones: corrections of minutes, and rescissions by minute number or by date.

A decision changes another only if it names it: "minute 45 of 9 April 2019 be rescinded", "in minute 43 for £5,500 read
£550", "the decision of 9 April 2019 on the crossing be revoked". What fits no one decision changes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from indexer.archive import codec
from indexer.archive.database import Database
from indexer.archive.filtering import one_of
from indexer.archive.names import aliases
from indexer.records import Alias
from indexer.text import dates
from indexer.text.words import LETTERS, STOP_WORDS

How = Literal["corrected", "rescinded"]
# What the database looks for first; the patterns below decide.
_MARKS = ("%rescind%", "%revok%", "%set aside%", "%annul%", "%quash%", "%overturn%", "%superseded%", "%correct%",
          "%amend%", "%for % read %", "%and not %", "%instead of%", "%replac%")  # fmt: skip
_RESCINDED = (
    r"rescind(?:ed|s)?|revoke[ds]?|set aside|annul(?:led|s)?|quash(?:ed|es)?|overturn(?:ed|s)?|superseded|replaced"
)
_MINUTE = re.compile(
    r"\b(?:minutes?|resolution|item)\s*(?:nos?\b\.?|numbers?|ref(?:erence)?\b\.?)?\s*(?P<number>\d[\w./-]*\w|\d)(?![\w%])",
    re.IGNORECASE,
)
_NEAR = 90  # characters between what is named and the word that says what becomes of it
_EFFECT = re.compile(rf"\b(?:{_RESCINDED})\b", re.IGNORECASE)
_EARLIER = re.compile(r"\b(?:decision|resolution)s?\b", re.IGNORECASE)
_CORRECTION = re.compile(
    r"\bcorrect(?:ed|ions?)\b|\bamend(?:ed|ments?)\b|\bfor\b.{1,60}\bread\b|\bshould read\b|\band not\b|\binstead of\b"
    r"|\breplac(?:ed|ing)\b",
    re.IGNORECASE | re.DOTALL,
)
# "as a correct record" corrects nothing
_RECORD = re.compile(r"\b(?:true|correct|accurate)(?: and (?:true|correct|accurate))? record\b", re.IGNORECASE)
_AMOUNT = re.compile(r"£?\d[\d,.]*\d|£?\d")
_NUMBER = 4  # characters of a number that is known wherever it stands
_FEW = 2  # words that a rescission without a number must share with the decision that it names


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    text: str
    item: str
    title: str
    authority: str
    board: str
    day: str
    confirms: str | None
    names: tuple[str, ...] = ()  # of the board, with those that it goes by elsewhere
    sat: Mapping[tuple[int, str], str] = field(default_factory=dict)  # as `sittings` gives it


_COLUMNS = "id, text, item, title, authority, board, meeting_date, confirms"


def changes(connection: Database) -> list[tuple[int, How, int]]:
    """Return (earlier id, what became of it, later id) for every decision that another one changes."""
    either = " OR ".join("lower(text) LIKE ?" for _ in _MARKS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM decisions WHERE recommendation = 0 AND meeting_date IS NOT NULL "  # noqa: S608
        f"AND ({either}) ORDER BY meeting_date, id",
        _MARKS,
    )
    marked = [_Row(*row) for row in rows.fetchall()]
    groups, sat = (_groups(aliases(connection)), sittings(connection)) if marked else ({}, {})
    named = (replace(row, names=groups.get((row.authority, row.board), (row.board,)), sat=sat) for row in marked)
    pairs = [(earlier.id, how, later.id) for later in named for how, earlier in _named(connection, later)]
    return list(dict.fromkeys(pairs))


def sittings(connection: Database) -> dict[tuple[int, str], str]:
    """Return the day of the minutes that record a meeting's later sitting, by their paper and that sitting's day.

    Minutes of an adjourned meeting are approved, corrected and rescinded by the day on which it began.
    """
    rows = connection.execute(
        "SELECT DISTINCT own.id >> 20, own.meeting_date, minutes.meeting_date FROM sections own JOIN sections minutes "
        "ON minutes.id = ((own.id >> 20) << 20) + own.parent AND minutes.kind = 'minutes' "
        "WHERE own.meeting_date <> minutes.meeting_date"
    )
    return {(paper, day): first for paper, day, first in rows}


def _groups(known: Iterable[Alias]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The names of each board by each of them: a decision printed under one may be changed under another."""
    groups: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in known:
        names = [groups.get((one.authority, name), (name,)) for name in (one.board, one.name)]
        joined = tuple(dict.fromkeys(name for group in names for name in group))
        groups.update({(one.authority, name): joined for name in joined})
    return groups


def _named(connection: Database, later: _Row) -> Iterator[tuple[How, _Row]]:
    """Yield the decisions that ``later`` names as rescinded or corrected."""
    text = " ".join(later.text.split())
    for effect in _EFFECT.finditer(text):
        around = text[max(0, effect.start() - _NEAR) : effect.end() + _NEAR]
        for match in _MINUTE.finditer(around):
            day = _day(around[match.end() :])
            rows = _minuted(connection, later, match["number"], day) or _bearing(
                connection, later, match["number"], day
            )
            yield from (("rescinded", row) for row in rows)
        if not _MINUTE.search(around) and _EARLIER.search(around) and (day := _day(around)):
            yield from (("rescinded", row) for row in _on(connection, later, day, text))
    plain = _RECORD.sub("", text)
    if _CORRECTION.search(plain) and not _EFFECT.search(plain):
        yield from (("corrected", row) for row in _corrected(connection, later, plain))


def _day(text: str) -> date | None:
    return dates.parse(text)


def _corrected(connection: Database, later: _Row, text: str) -> list[_Row]:
    """The decisions of the minutes being approved that a correction names by number, or by the figure it corrects."""
    day = codec.date_from_text(later.confirms)
    amounts = {match.group() for match in _AMOUNT.finditer(dates.without(text[_first(text) :]))}
    numbers = [match["number"] for match in _MINUTE.finditer(text)]
    if numbers:
        rows = [row for number in numbers for row in _minuted(connection, later, number, day)]
    else:
        rows = _of_meeting(connection, later, day) if day else []
    holding = [row for row in rows if amounts & {match.group() for match in _AMOUNT.finditer(row.text)}]
    if numbers:
        return holding or rows
    return holding if len(holding) == 1 else []


def _first(text: str) -> int:
    """Where a correction begins: the words before it say which minutes are approved."""
    correction = _CORRECTION.search(text)
    begin = re.search(r"\bsubject to\b", text, re.IGNORECASE)
    return min((match.end() for match in (correction, begin) if match), default=0) if not begin else begin.end()


def _minuted(connection: Database, later: _Row, number: str, day: date | None) -> list[_Row]:
    """The decisions under a minute of the same body: of the day that is named, else of the last meeting that had it."""
    plain = number.strip(".").casefold()
    if day:
        return [row for row in _of_meeting(connection, later, day) if row.item.strip(".").casefold() == plain]
    query = (
        f"SELECT {_COLUMNS} FROM decisions WHERE recommendation = 0 AND authority = ? "  # noqa: S608
        f"AND {one_of('board', later.names)} AND meeting_date < ? AND item = ? ORDER BY meeting_date DESC, id"
    )
    rows = [_Row(*row) for row in connection.execute(query, (later.authority, *later.names, later.day, number))]
    return [row for row in rows if row.day == rows[0].day]


def _bearing(connection: Database, later: _Row, number: str, day: date | None) -> list[_Row]:
    """The one decision of the same body that has a number in its own words: "to adopt Resolution No. 22-014"."""
    query = (
        f"SELECT {_COLUMNS} FROM decisions WHERE recommendation = 0 AND authority = ? "  # noqa: S608
        f"AND {one_of('board', later.names)} AND meeting_date < ? AND text LIKE ? ORDER BY meeting_date DESC, id"
    )
    rows = [_Row(*row) for row in connection.execute(query, (later.authority, *later.names, later.day, f"%{number}%"))]
    whole = re.compile(rf"(?<![\w./-]){re.escape(number)}(?![\w/-])")
    of_day = [row for row in rows if whole.search(row.text) and (not day or row.day == day.isoformat())]
    return of_day if len(of_day) == 1 and len(number) >= _NUMBER else []


def _of_meeting(connection: Database, later: _Row, day: date) -> list[_Row]:
    """The decisions of the minutes of a day, those of later sittings among them."""
    first = day.isoformat()
    days = [first, *sorted({sitting for (_, sitting), began in later.sat.items() if began == first})]
    query = (
        f"SELECT {_COLUMNS} FROM decisions WHERE recommendation = 0 AND authority = ? "  # noqa: S608
        f"AND {one_of('board', later.names)} AND {one_of('meeting_date', days)} ORDER BY id"
    )
    rows = [_Row(*row) for row in connection.execute(query, (later.authority, *later.names, *days))]
    return [row for row in rows if first in (row.day, later.sat.get((row.id >> 20, row.day))) and row.day < later.day]


def _on(connection: Database, later: _Row, day: date, text: str) -> list[_Row]:
    """The decision of a day that a rescission describes by its words: the one that shares most of them."""
    said = _telling(text) | _telling(later.title)
    scored = [
        (len(said & (_telling(row.text) | _telling(row.title))), row) for row in _of_meeting(connection, later, day)
    ]
    best = max((score for score, _ in scored), default=0)
    best_rows = [row for score, row in scored if score == best]
    return best_rows if best >= _FEW and len({row.item for row in best_rows}) == 1 else []


def _telling(text: str) -> set[str]:
    return {word for word in LETTERS.findall(text.casefold()) if len(word) > 2} - STOP_WORDS - _FORM


_FORM = frozenset(
    ("resolved", "agreed", "resolution", "decision", "minute", "meeting", "rescinded", "revoked", "council")
)
