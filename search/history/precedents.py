"""Earlier papers on the same matter as a draft: what each was for, what it asked, and what was resolved on it.

Reports, and the strategies, plans and appendices that were adopted with or without one: each with the words in it that
come nearest to the draft, to use again with their reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.encoding.encoder import Encoder
from indexer.records import Filters, Section, StoredDecision, StoredPassage, WordQuery, chain
from indexer.text.words import overlap, shingles, words
from search import cite
from search.contents import SEVERAL, Contents
from search.history import links, matters
from search.history.excerpts import Quote, purpose, wording
from search.history.matters import Matter
from search.library import Library
from search.question.query import content_words
from search.ranking.retrieve import fuse
from search.settings import HISTORY


@dataclass(frozen=True, slots=True)
class Precedent:
    """A report that was found.

    ``score`` in [0, 1] is how high its passages rank, on average over the draft's chunks; ``cosine`` is that of the
    passage nearest to the draft, which begins with ``wording``. ``also_in`` are the same report elsewhere, and other
    papers for the same item.
    """

    matter: Matter
    section: Section
    score: float
    cosine: float
    reference: str
    page: int | None
    purpose: tuple[Quote, ...]
    recommendations: tuple[StoredDecision, ...]
    resolved: tuple[StoredDecision, ...]
    wording: tuple[Quote, ...] = ()
    also_in: tuple[Precedent, ...] = ()


@dataclass(slots=True)
class _Group:
    """The passages of one report that were found: the best fused score for each chunk, and the best passage."""

    section: Section
    best: StoredPassage
    scores: dict[int, float] = field(default_factory=dict)
    cosines: dict[int, float] = field(default_factory=dict)

    @property
    def cosine(self) -> float:
        return max(self.cosines.values(), default=0.0)

    @property
    def score(self) -> float:
        return sum(self.scores.values())


def similar(
    library: Library, encoder: Encoder, chunks: Sequence[str], filters: Filters, limit: int = 10
) -> list[Precedent]:
    """Find earlier reports on the same matter, best first.

    Args:
        library: the archive.
        encoder: the one that made its vectors.
        chunks: the texts to look for (`search.history.draft.chunks_of`).
        filters: which passages count.
        limit: most reports; the same report at several boards counts once.
    """
    contents = Contents(library)
    groups = _groups(library, encoder, contents, chunks, filters)
    ordered = sorted(groups, key=lambda group: (-group.score, group.best.id))
    best = len(chunks) * 2 / (HISTORY.smoothing + 1)
    named = matters.title(chunks[0]).words if chunks else frozenset()
    near = [group for group in ordered if _on_it(group, group.score / best, named)]
    register = library.decisions(Filters(), merge=False)
    precedents: list[Precedent] = []
    for group in near[: HISTORY.spare * limit]:
        one = _precedent(contents, group, register, group.score / best)
        at = next((at for at, other in enumerate(precedents) if _one_report(one, other)), None)
        if at is not None:
            precedents[at] = _joined(precedents[at], one)
        elif len(precedents) < limit:
            precedents.append(one)
    return precedents


def _groups(
    library: Library, encoder: Encoder, contents: Contents, chunks: Sequence[str], filters: Filters
) -> list[_Group]:
    groups: dict[tuple[str, int], _Group] = {}
    for number, (chunk, vector) in enumerate(zip(chunks, encoder.encode(chunks), strict=True)):
        terms = " ".join(list(dict.fromkeys(content_words(chunk)))[: HISTORY.chunk_terms]) or chunk
        phrases = tuple(sorted(matters.references(chunk)))
        nearest = library.nearest(vector, HISTORY.depth, filters)
        by_words = library.match_words(WordQuery(terms, phrases), HISTORY.depth, filters)
        fused = fuse([(nearest, 1.0), (by_words, 1.0)], HISTORY.smoothing)
        cosines = {scored.id: scored.score for scored in nearest}
        stored = library.passages([scored.id for scored in fused])
        for scored in fused:
            if scored.id not in stored or (root := _document(contents, stored[scored.id])) is None:
                continue
            one = stored[scored.id]
            group = groups.setdefault((one.paper.id, root.ordinal), _Group(root, one))
            if scored.score > max(group.scores.values(), default=0.0):
                group.best = one
            group.scores[number] = max(group.scores.get(number, 0.0), scored.score)
            group.cosines[number] = max(group.cosines.get(number, 0.0), cosines.get(scored.id, 0.0))
    return list(groups.values())


def _on_it(group: _Group, score: float, named: frozenset[str]) -> bool:
    """Whether a report is on the draft's matter and not just the nearest that a small archive has."""
    title = matters.title(group.section.title)
    if not title.routine and len(title.words & named) >= HISTORY.few:
        near = HISTORY.near_and_named
    else:
        near = HISTORY.near_and_leads if score >= HISTORY.leads else HISTORY.near
    return score >= HISTORY.among_first and group.cosine >= near


def _document(contents: Contents, stored: StoredPassage) -> Section | None:
    """Climb to the report or the appendix that a passage belongs to, of a paper without either to its beginning.

    Minutes and agendas are not precedents, nor is anything in a pack outside its reports.
    """
    sections = contents.sections(stored.paper.id)
    own = sections.get(stored.section.ordinal)
    around = {one.kind: one for one in (chain(own, sections) if own else ())}  # the outermost of each kind
    if around.keys() & {"minutes", "front"}:
        return None
    if around.keys() & {"appendix", "report"} or stored.paper.kind in SEVERAL:
        return around.get("appendix") or around.get("report")
    return sections[min(sections)]


def _precedent(contents: Contents, group: _Group, register: Sequence[StoredDecision], score: float) -> Precedent:
    paper, section = group.best.paper, group.section
    sections = contents.sections(paper.id)
    below = {section.ordinal}
    for ordinal in sorted(sections):
        if sections[ordinal].parent in below and sections[ordinal].kind != "appendix":
            below.add(ordinal)
    matter = matters.of_section(paper, section, "")
    recommendations = tuple(
        one
        for one in register
        if one.paper.id == paper.id and one.decision.section in below and one.decision.recommendation
    )
    decided = [one for one in register if not one.decision.recommendation]
    page = section.pages[0] if section.pages else 1
    return Precedent(
        matter=matter,
        section=section,
        score=score,
        cosine=group.cosine,
        reference=cite.reference(group.best, contents.label(paper.id, page), page=page, item=section),
        page=page if paper.paged else None,
        purpose=purpose(contents, paper.id, [sections[ordinal] for ordinal in sorted(below)]),
        recommendations=recommendations,
        resolved=_distinct(links.on_item(matter, decided, contents.sections)),
        wording=tuple(wording(contents, group.best)),
    )


def _distinct(some: Sequence[StoredDecision]) -> tuple[StoredDecision, ...]:
    """Keep each resolution once, however many papers print it."""
    return tuple({" ".join(one.decision.text.casefold().split()): one for one in reversed(some)}.values())[::-1]


def _one_report(one: Precedent, other: Precedent) -> bool:
    """Whether two are the same report before several boards, or papers for one item of one meeting."""
    if one.matter.authority != other.matter.authority:
        return False
    shared = one.matter.title.references & other.matter.title.references
    if not (shared or matters.same(one.matter.title, other.matter.title)):
        return False
    if one.matter.body == other.matter.body and one.matter.when == other.matter.when:
        return True
    return _shared(_said(one.purpose), _said(other.purpose)) >= HISTORY.version or (
        _shared(_asked(one.recommendations), _asked(other.recommendations)) >= HISTORY.version
    )


def _said(purpose: Sequence[Quote]) -> str:
    return " ".join(quote.text for quote in purpose)


def _asked(recommendations: Sequence[StoredDecision]) -> str:
    return " ".join(one.decision.text for one in recommendations)


def _shared(one: str, other: str) -> float:
    """Give the share of runs that two texts have in common, in [0, 1]."""
    return overlap(*(shingles(words(text), HISTORY.run) for text in (one, other)))


def _joined(first: Precedent, other: Precedent) -> Precedent:
    """Show a report once, with its further places: the one that asks for something, else the one that ranks higher."""
    places = (first, *first.also_in, other)
    main = next((one for one in places if one.recommendations), first)
    return replace(
        main,
        score=first.score,
        cosine=max(first.cosine, other.cosine),
        purpose=main.purpose or first.purpose or other.purpose,
        resolved=_distinct([*first.resolved, *other.resolved]),
        # A paper whose head was taken for a separate report is no further place.
        also_in=tuple(one for one in places if one is not main and one.matter.paper.id != main.matter.paper.id),
    )
