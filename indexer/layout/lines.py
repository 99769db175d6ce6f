"""Words side by side into runs, runs into visual lines: the smallest steps of reading a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.layout.marks import Word
from indexer.text.words import BULLETS

# A gap wider than this many type sizes parts two cells; spaces of justified lines stay below it.
CELL_GAP = 1.0
# A label of a list entry or numbered clause that is set apart from its text: bullets, 1. a) (ii) 5.2
LABEL = re.compile(
    rf"^(?:[{BULLETS}∙·\uf0b7\uf0a7\uf0d8*o–—-]|\(?(?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})[.):]\)?"
    r"|\(?\d{1,3}(?:\.\d{1,3}){1,3}[.):]?|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))$"
)
# The number of a minute or heading, printed without a stop: 225, 12a
NUMBER = re.compile(r"^\d{1,3}[a-zA-Z]?$")
# Two figures side by side, or a sum of money and a word, are cells at a smaller gap than words are.
FIGURE_GAP = 0.4
SUM_GAP = 0.8
# Gaps of a line of prose are alike where none is this many times the usual one: then none splits cells, however wide.
_ALIKE = 1.6
_PROSE_WORDS = 6
# Signs that end a sentence or part of one.
ENDS = (".", ":", ";", "?", "!")
# A gap in a line, at most so many type sizes wide, is none between cells where one of so many lines near it crosses it.
_CROSSED = 2.5
_CROSSING = 4
_ALIGNED = 3.0  # points
# The first word of a cell of figures.
FIGURE = re.compile(r"^[(+–-]*+[£$€]?[(+–-]*\d[\d,.]*[%)a-z]*$|^[–-]$|^n/a$", re.I)
_SUM = re.compile(r"^[(+–-]*+£?[(+–-]*\d{1,3}(?:,\d{3})*(?:\.\d+)?[%)km]*$")


@dataclass(slots=True)
class Run:
    """Words side by side on one baseline, without a gap as wide as a table's."""

    words: list[Word]
    x0: float
    y0: float
    x1: float
    y1: float

    size: float = field(init=False)
    """Type size of its first word, in points."""

    def __post_init__(self) -> None:
        self.size = self.words[0].size or (self.y1 - self.y0)

    @property
    def middle(self) -> float:
        """Height of its centre on the sheet, in points."""
        return (self.y0 + self.y1) / 2


def runs(words: Sequence[Word]) -> list[Run]:
    """Join neighbouring words of a baseline; sorted from the top, then from the left."""
    joined: list[Run] = []
    last = None
    for word in words:
        if last is not None:
            # The commonest question of all: written out, since calls would cost more than the answer.
            em = max(1.0, word.size if word.size < last.size else last.size)
            gap = word.x0 - last.x1
            high = last.y1 if last.y1 < word.y1 else word.y1
            low = last.y0 if last.y0 > word.y0 else word.y0
            least = min(last.y1 - last.y0, word.y1 - word.y0)
            near = -0.3 * em <= gap <= CELL_GAP * (em if em > 4 else 4.0) and high - low > 0.5 * least
            if near and (gap < FIGURE_GAP * em or not _figures(last.words[-1].text, word.text, gap / em)):
                _extend(last, word)
                continue
        last = Run([word], word.x0, word.y0, word.x1, word.y1)
        joined.append(last)
    return _merged(joined)


def _figures(left: str, right: str, gap: float) -> bool:
    """Whether two neighbours are cells of a row of figures although the gap (in type sizes) is a small one."""
    if not (left[-1] in ")%" or left[-1].isdigit() or right[0] in "(-£" or right[0].isdigit()):
        return False
    sums = bool(_SUM.match(left)) + bool(_SUM.match(right))
    return sums == 2 or (sums == 1 and gap > SUM_GAP)


def _same_line(a: Run, b: Run | Word) -> bool:
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return overlap > 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _extend(run: Run, word: Word) -> None:
    run.words.append(word)
    if word.x1 > run.x1:
        run.x1 = word.x1
    if word.x0 < run.x0:
        run.x0 = word.x0
    if word.y0 < run.y0:
        run.y0 = word.y0
    if word.y1 > run.y1:
        run.y1 = word.y1


def _merged(parts: list[Run]) -> list[Run]:
    """Join runs that the file wrote apart (a bold word, a superscript) although they are side by side."""
    parts.sort(key=lambda run: (run.middle, run.x0))
    done: list[Run] = []
    for line in lines(parts):
        last = line[0]
        spaces = _spaces(line) if len(line) > 1 else 0.0
        for run in line[1:]:
            em = max(min(last.size, run.size), 4.0)
            gap = run.x0 - last.x1
            if gap < max(FIGURE_GAP * em, spaces) or (
                gap <= CELL_GAP * em and not _figures(last.words[-1].text, run.words[0].text, gap / em)
            ):
                for word in run.words:
                    _extend(last, word)
            else:
                done.append(last)
                last = run
        done.append(last)
    return done


def _spaces(line: Sequence[Run]) -> float:
    """The widest space between words of a line that is prose set wide, in points; 0 for any other line."""
    words = [word for run in line for word in run.words]
    small = sum(word.text[:1].islower() for word in words)
    if len(words) < _PROSE_WORDS or 2 * small < len(words):
        return 0.0
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    usual = median(gaps)
    return _ALIKE * usual if min(gaps) > usual / _ALIKE else 0.0


def lines(parts: Sequence[Run]) -> list[list[Run]]:
    """Group runs by baseline: visual lines from the top, each from left to right."""
    out: list[list[Run]] = []
    for run in sorted(parts, key=lambda run: run.middle):
        if out and any(_same_line(other, run) for other in out[-1]):
            out[-1].append(run)
        elif len(out) > 1 and any(_same_line(other, run) for other in out[-2]):
            out[-2].append(run)
        else:
            out.append([run])
    for line in out:
        line.sort(key=lambda run: run.x0)
    return out


def row_tops(words: Sequence[Word], columns: Sequence[float]) -> list[float]:
    """Where rows of a table begin that has upright lines only: with a first cell, or a figure below another.

    None at all where figures stand side by side between two upright lines: columns are narrower than these.

    Args:
        words: all that the table holds.
        columns: the abscissas of its upright lines, from the left.
    """
    tops: list[float] = []
    figured: set[int] = set()
    for line in lines(runs(words)):
        inside = [word for run in line for word in run.words]
        places = [sum(edge < (word.x0 + word.x1) / 2 for edge in columns) for word in inside]
        figures = [at for word, at in zip(inside, places, strict=True) if FIGURE.match(word.text)]
        if len(figures) > len(set(figures)):
            return []
        if min(places) <= 1 or not figured.isdisjoint(figures):
            tops.append(min(word.y0 for word in inside))
            figured = set()
        figured.update(figures)
    return tops


def across(rows: list[list[Run]]) -> list[list[Run]]:
    """Close gaps of a line that more lines near it run across than have, and at which none starts: "Hedges   They"."""
    out = []
    for index, line in enumerate(rows):
        kept = line[:1]
        for run in line[1:]:
            last = kept[-1]
            gap = run.x0 - last.x1
            # Behind a colon is what a label names; figures and a word or two are cells.
            prose = len(run.words) > 2 and run.words[0].text[0].isalpha() and last.words[-1].text[-1] != ":"
            if prose and gap < _CROSSED * run.size:
                near = rows[max(index - _CROSSING, 0) : index] + rows[index + 1 : index + 1 + _CROSSING]
                crossed = sum(any(one.x0 < last.x1 and one.x1 > run.x0 for one in other) for other in near)
                shared = sum(any(a.x1 < run.x0 and b.x0 > last.x1 for a, b in pairwise(other)) for other in near)
                aligned = any(abs(one.x0 - run.x0) < _ALIGNED for other in near for one in other)
                if crossed > shared and not aligned:
                    words = last.words + run.words
                    kept[-1] = Run(words, last.x0, min(last.y0, run.y0), run.x1, max(last.y1, run.y1))
                    continue
            kept.append(run)
        out.append(kept)
    return out


def justified(rows: list[list[Run]]) -> list[list[Run]]:
    """Close the wide spaces of a justified line: one between lines of prose with the same edges."""
    out = []
    for index, line in enumerate(rows):
        near = [*rows[max(index - 1, 0) : index], *rows[index + 1 : index + 2]]
        beside = [other[0] for other in near if len(other) == 1 and _same_edges(line, other[0])]
        gap = max((b.x0 - a.x1 for a, b in pairwise(line)), default=0.0)
        if len(line) > 1 and beside and gap < (4 if len(beside) > 1 else 2) * line[0].size:
            words = [word for run in line for word in run.words]
            whole = Run(words, line[0].x0, min(r.y0 for r in line), line[-1].x1, max(r.y1 for r in line))
            out.append([whole])
        else:
            out.append(line)
    return out


def _same_edges(line: list[Run], other: Run) -> bool:
    size = line[0].size
    return (
        len(other.words) > 4
        and abs(line[0].x0 - other.x0) < 3
        and abs(line[-1].x1 - other.x1) < size
        and abs(line[0].y0 - other.y0) < 1.8 * size
    )


def labelled(line: list[Run]) -> list[Run]:
    """Join a list label, or the bare number of a heading, with the text to its right."""
    first = line[0]
    if len(line) < 2 or len(first.words) > 1:
        return line
    label, second = first.words[0].text, line[1]
    numbered = len(line) == 2 and bool(NUMBER.match(label)) and second.words[0].text[:1].isupper()
    if not (numbered or LABEL.match(label)) or second.x0 - first.x1 > 5 * first.size:
        return line
    words = first.words + second.words
    joined = Run(words, first.x0, min(first.y0, second.y0), second.x1, max(first.y1, second.y1))
    return [joined, *line[2:]]


def opens(run: Run) -> bool:
    """Whether a line begins like a new entry: a label, a capital or a digit."""
    text = run.words[0].text
    return bool(LABEL.match(text)) or text[:1].isupper() or text[:1].isdigit()
