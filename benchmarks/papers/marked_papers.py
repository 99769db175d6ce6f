"""Fictional papers for `benchmarks.marks`: exempt ones, marked as officers and programs mark, and public ones.

Every paper is printed from here, the same each time, so that the set needs no files of its own. A public paper may
speak of exemption in every way that public papers do; a marked one says in its mark alone that it is exempt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

from benchmarks.papers import marked_words
from benchmarks.papers.marked_sheets import (
    HEIGHT,
    WIDTH,
    chart,
    edge,
    inked,
    lettered,
    plain,
    printed,
    scan,
    slanted,
    stacked,
    tiled,
)


class Sample(NamedTuple):
    """A paper of a set: its name gives its kind and number, ``secret`` whether it must be withheld."""

    name: str
    secret: bool
    write: Callable[[Path], None]
    picture: bool = False
    suffix: str = ".pdf"

    @property
    def kind(self) -> str:
        """Its kind: the name without its number."""
        return self.name.rsplit(" ", 1)[0]


def samples() -> tuple[Sample, ...]:
    """Every paper of the set, always in the same order."""
    return (*_overprinted(), *_edges(), *_spelt(), *_pictured(), *_sentences(), *_public(), *_public_overlays())


def _overprinted() -> Iterator[Sample]:
    """Marks over the text, at angles, in sizes and shades."""
    texts = (
        "CONFIDENTIAL",
        "EXEMPT",
        "NOT FOR PUBLICATION",
        "RESTRICTED",
        "PINK PAPER",
        "Private and Confidential",
        "PART 2",
    )
    looks = (
        (45, 70, 0.85),
        (30, 40, 0.5),
        (-45, 60, 0.75),
        (60, 48, 0.9),
        (15, 30, 0.6),
        (-20, 22, 0.0),
        (75, 50, 0.8),
    )
    for number, (text, (angle, size, grey)) in enumerate(zip(texts * 3, looks * 3, strict=True)):
        points = min(size, 620 / len(text)) * (1 if number < 7 else 0.7 if number < 14 else 0.5)
        mark = partial(slanted, text=text, angle=angle + 3 * (number // 7), size=points, grey=grey)
        yield Sample(
            f"slanted {number}",
            True,
            partial(printed, number=number, mark=mark, under=number % 2 == 0, on=1 + number % 2),
        )
    for number, text in enumerate(("EXEMPT", "CONFIDENTIAL", "NOT FOR PUBLICATION", "STRICTLY PRIVATE")):
        mark = partial(slanted, text=text, angle=0, size=44 - 8 * (number % 3), grey=0.8)
        yield Sample(f"level {number}", True, partial(printed, number=number, mark=mark))
    for number, (text, angle) in enumerate(product(("CONFIDENTIAL", "EXEMPT", "NOT FOR PUBLICATION"), (0, 45))):
        yield Sample(
            f"tiled {number}", True, partial(printed, number=number, mark=partial(tiled, text=text, angle=angle))
        )
    for number, (text, angle, lean) in enumerate(
        product(("CONFIDENTIAL", "EXEMPT", "RESTRICTED"), (45, -30), (True, False))
    ):
        mark = partial(lettered, text=text, angle=angle, size=40, step=34, lean=lean)
        yield Sample(f"letter by letter {number}", True, partial(printed, number=number, mark=mark))


def _edges() -> Iterator[Sample]:
    """Marks at the edges, up and down the margins, upside down, and alone in the midst of a sheet."""
    texts = (
        "EXEMPT - NOT FOR PUBLICATION",
        "CONFIDENTIAL",
        "NOT FOR PUBLICATION",
        "PRIVATE AND CONFIDENTIAL",
        "RESTRICTED",
    )
    places = (
        (30, 300, 90),
        (WIDTH - 30, 560, 270),
        (72, 30, 0),
        (WIDTH - 72, 24, 180),
        (72, HEIGHT - 40, 0),
        (320, HEIGHT - 28, 0),
    )
    for number, ((x, y, turn), text) in enumerate(product(places, texts)):
        mark = partial(edge, text=text, x=x, y=y, turn=turn, size=8 + number % 3)
        yield Sample(f"edge {number}", True, partial(printed, number=number, mark=mark, on=1 + number % 2))
    for number, text in enumerate(("EXEMPT", "CONFIDENTIAL", "RESTRICTED")):
        yield Sample(f"stacked {number}", True, partial(printed, number=number, mark=partial(stacked, text=text)))
    for number, text in enumerate(("NOT FOR PUBLICATION", "CONFIDENTIAL", "PINK PAPER", "EXEMPT REPORT")):
        write = partial(printed, number=number, mark=partial(edge, text=text, x=200, y=150, turn=0, size=11), on=2)
        yield Sample(f"alone in mid sheet {number}", True, write)


def _spelt() -> Iterator[Sample]:
    """Marks in odd spellings, at the head or the foot."""
    for number, text in enumerate(marked_words.SPELT):
        mark = partial(edge, text=text, x=72, y=HEIGHT - 45 if number % 2 else 32, turn=0, font="Helvetica")
        yield Sample(f"spelling {number}", True, partial(printed, number=number, mark=mark))


def _pictured() -> Iterator[Sample]:
    """Marks that are pictures, and scans that lie in any direction."""
    places = ((72.0, HEIGHT - 60, 220.0), (330.0, 20.0, 200.0), (150.0, 120.0, 300.0))
    for number, (text, at) in enumerate(product(("NOT FOR PUBLICATION", "CONFIDENTIAL", "EXEMPT"), places)):
        yield Sample(
            f"picture {number}",
            True,
            partial(printed, number=number, mark=partial(inked, text=text, turn=0, at=at)),
            True,
        )
    for number, (text, turn) in enumerate(product(("CONFIDENTIAL", "NOT FOR PUBLICATION"), (45, 30, -45))):
        mark = partial(inked, text=text, turn=turn, at=(120, 200, 360), ink=170)
        yield Sample(f"slanted picture {number}", True, partial(printed, number=number, mark=mark), True)
    for number, (text, turn) in enumerate(product(("EXEMPT - NOT FOR PUBLICATION", "CONFIDENTIAL"), range(4))):
        yield Sample(f"scan {number}", True, partial(scan, number=number, mark=text, turn=turn), True)


def _sentences() -> Iterator[Sample]:
    """Papers that say it of themselves in the words of the Act."""
    for number, text in enumerate(marked_words.SENTENCES):
        yield Sample(f"sentence {number}", True, partial(plain, number=number, extra=(text,)))


def _public() -> Iterator[Sample]:
    """Public papers that speak of exemption, in the midst or at the head of a sheet."""
    for number, text in enumerate(marked_words.MIDST):
        yield Sample(f"public, in the text {number}", False, partial(plain, number=number, extra=(text,)))
    for number, text in enumerate(marked_words.HEADS):
        yield Sample(f"public, at the head {number}", False, partial(plain, number=number, before=(text,)))
        foot = partial(edge, text=text, x=72, y=30, turn=0, font="Helvetica")
        yield Sample(f"public, at the foot {number}", False, partial(printed, number=number, mark=foot))


def _public_overlays() -> Iterator[Sample]:
    """Public papers with something over or beside their text."""
    for number, (text, angle) in enumerate(
        product(("DRAFT", "SAMPLE", "COPY", "UNCONFIRMED", "FOR INFORMATION"), (45, -30, 0, 60))
    ):
        mark = partial(slanted, text=text, angle=angle, size=50, grey=0.8)
        yield Sample(f"public, overprinted {number}", False, partial(printed, number=number, mark=mark))
    charts = (
        ("Exempt accommodation", "Private rented", "Council homes"), ("Confidential helpline", "Letters", "Calls"),
        ("Restricted parking", "Permit parking", "Open"), ("Q1 2023", "Q2 2023", "Q3 2023"),
    )  # fmt: skip
    for number, labels in enumerate(charts):
        yield Sample(
            f"public, chart {number}", False, partial(printed, number=number, mark=partial(chart, labels=labels))
        )
    for number, text in enumerate(
        ("Harbour and Markets Committee", "Page 3 of 12", "Public report", "Appendix 1: charges")
    ):
        mark = partial(edge, text=text, x=30, y=300, turn=90)
        yield Sample(f"public, up the margin {number}", False, partial(printed, number=number, mark=mark))
    for number, text in enumerate(("SALTMARSH", "FOR PUBLICATION", "Harbour Board")):
        mark = partial(inked, text=text, turn=0, at=(72, HEIGHT - 60, 200))
        yield Sample(f"public, picture {number}", False, partial(printed, number=number, mark=mark), True)
    for number in range(4):
        yield Sample(
            f"public, scan {number}", False, partial(scan, number=number, mark="Public report", turn=number), True
        )
