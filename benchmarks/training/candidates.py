"""What judged questions bring up, asked once: a trained model is judged by reordering it, without an archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import judged
from benchmarks.calibrate import hit_row
from indexer.archive import embedded_text
from indexer.records import Filters, cut
from search.answer.units import units_of
from search.answerability import judge
from search.engine import Engine
from search.evaluate import finds
from search.ranking.deduplicate import distinct
from search.ranking.neighbours import joined
from search.ranking.rerank import Ranked
from search.settings import DEFAULT, FIRST

KEPT = 40  # of each question's candidates, so many as neighbours are joined among
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what ranking brings up for it.

    ``texts`` are those of the first candidates as they are embedded, ``weights`` float32 (the question's own word
    pieces), ``sum`` what answerability adds up to. ``accepted`` is the evidence, empty where only is known whether the
    papers hold an answer (``held``).
    """

    body: str
    question: str
    held: bool
    accepted: tuple[Mapping[str, Any], ...]
    ranked: tuple[Ranked, ...]
    texts: tuple[str, ...]
    weights: NDArray[np.float32]
    sum: float

    def rank(self, changes: Sequence[float] = ()) -> int:
        """Give the place of the evidence among ten hits, 0 for none, with these added to the first scores."""
        added = [*changes, *[0.0] * (len(self.ranked) - len(changes))]
        order = sorted(range(len(added)), key=lambda at: -(self.ranked[at].score + added[at]))
        hits = joined(distinct([self.ranked[at] for at in order], KEPT, DEFAULT), DEFAULT.joined, {})[:_SHOWN]
        shown = [hit_row(one) for one, _ in hits]
        return next((at for at, hit in enumerate(shown, 1) if any(finds(hit, one) for one in self.accepted)), 0)


def candidates(shared: Path, archives: Path, more: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """Ask each question of its own body's archive, and give the questions with their candidates.

    Args:
        shared: folder of the papers and judged questions.
        archives: folder of the bodies' archives.
        more: questions of which only is known whether their body's papers answer them.
    """
    every, engines = judged.prepared(shared, archives)
    own = [_asked(name, engines[name], one.row) for name, body in every.items() for one in body.questions]
    return [*own, *(_asked(row["body"], engines[row["body"]], row) for row in more if row["body"] in engines)]


def _asked(body: str, engine: Engine, row: Mapping[str, Any]) -> Asked:
    query = engine.parse(row["question"])
    ranked, asked = engine.rank(query, Filters())
    best = [one for one, _ in distinct(ranked, FIRST, engine.settings)]
    units = units_of(query, asked, best, engine.settings.quoting)
    features = judge.features(query, asked, best, units, engine.library)
    nothing = np.empty((0, 0), np.float32)
    first = tuple(replace(one, cosines=nothing) for one in ranked[:KEPT])
    texts = tuple(_embedded(engine, one) for one in first)
    accepted = (*(row.get("evidence") or ()), *(row.get("also_ok") or ()))
    held = row["type"] != "unanswerable"
    weights = asked.weights
    thresholds = engine.settings.thresholds
    total = min(features.weigh(one) - one.least for one in (thresholds.matter, thresholds.detail))
    return Asked(body, query.of_matter.text, held, accepted, first, texts, weights, total)


def _embedded(engine: Engine, one: Ranked) -> str:
    """Give the text that the archive embedded: headings and the table's header, then the passage."""
    spans = one.stored.passage.headers
    pages = {span.page: engine.library.plain_page(one.stored.paper.id, span.page) for span in spans}
    texts = {number: page.text if page else "" for number, page in pages.items()}
    return embedded_text(one.stored.passage, cut(texts, spans))
