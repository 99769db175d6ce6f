"""Many councils in one archive: how quick are facets, names and filters at 400 of them.

    python -m benchmarks.authorities FOLDER [--authorities 400] [--boards 20]

Makes an archive of invented one-page minutes with a decision each, one meeting for each board of each council, with
random vectors, and prints milliseconds (median of 9, and the first) of what pages and the API ask before every
question, and of the register.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from indexer.archive import Archive, Writer, place
from indexer.records import (
    Decision,
    Filters,
    Meeting,
    ModelIdentity,
    Page,
    Paper,
    Passage,
    Reading,
    Section,
    Span,
    WordQuery,
)

_MODEL = ModelIdentity("random", "ab" * 32, 384)
_TEXTS = ("Resolved: that the budget of {board} be approved.", "{board} noted the report of the officer on {about}.")
_ABOUT = ("parking", "libraries", "flooding", "schools", "housing", "waste", "care", "roads")
_TIMES = 9


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill once, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=place)
    parser.add_argument("--authorities", type=int, default=400)
    parser.add_argument("--boards", type=int, default=20)
    options = parser.parse_args(arguments)
    drawn = np.random.default_rng(1)
    with Writer.open(options.folder, _MODEL) as writer:
        for authority in range(options.authorities):
            for board in range(options.boards):
                made = _minutes(f"Council {authority}", f"Board {authority * 7 % 50} {board}", board)
                vectors = drawn.standard_normal((len(made.passages), _MODEL.dimension)).astype(np.float32)
                if not writer.stored([made.paper.id]):
                    writer.add(made, vectors)
    vector = np.eye(1, _MODEL.dimension, dtype=np.float32)[0]
    one, some = Filters(("Council 7",)), Filters(tuple(f"Council {at}" for at in range(0, 400, 10)))
    with Archive.open(options.folder) as archive:
        row = {
            "passages": archive.totals().passages,
            "bodies": len(archive.facets().boards),
            **_timed("facets", archive.facets),
            **_timed("facets_of_one", lambda: archive.facets(one)),
            **_timed("facets_of_forty", lambda: archive.facets(some)),
            **_timed("acronyms_of_one", lambda: archive.acronyms(one.authorities)),
            **_timed("nearest_in_one", lambda: archive.nearest(vector, 100, one)),
            **_timed("decisions", archive.decisions),
            **_timed("decisions_of_one", lambda: archive.decisions(one)),
            **_timed("papers", archive.papers),
            **_timed("words_in_one", lambda: archive.match_words(WordQuery("budget of flooding"), 100, one)),
        }
    print(json.dumps(row, indent=1))
    return 0


def _minutes(authority: str, board: str, number: int) -> Reading:
    meeting = Meeting(authority, board, date(2020, 1, 1) + timedelta(days=number * 17))
    name = f"{authority}-{board}"
    texts = [text.format(board=board, about=_ABOUT[number % len(_ABOUT)]) for text in _TEXTS]
    page = Page(1, "\n".join(texts))
    starts = (0, len(texts[0]) + 1)
    spans = tuple(Span(1, start, start + len(text)) for start, text in zip(starts, texts, strict=True))
    passages = tuple(
        Passage(at, 0, "minute", (span,), text, ("Minutes",))
        for at, (span, text) in enumerate(zip(spans, texts, strict=True))
    )
    digest = hashlib.sha256(name.encode()).hexdigest()
    paper = Paper(digest, f"{name}.md", "text", False, "minutes", name, meeting, 1, "")
    section = Section(0, None, "minutes", "", "Minutes", meeting, (Span(1, 0, len(page.text)),))
    decision = Decision(0, 0, False, "approved", texts[0], spans[:1], (), "1", "Budget", meeting)
    return Reading(paper, (page,), (section,), passages, (decision,), ())


def _timed(name: str, call: Callable[[], object]) -> dict[str, float]:
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - began))
    return {f"{name}_ms": round(statistics.median(times), 2), f"{name}_first_ms": round(times[0], 1)}


if __name__ == "__main__":
    sys.exit(main())
