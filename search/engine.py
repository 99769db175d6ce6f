"""The whole way from a question to cited passages, over one archive. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.encoding.encoder import Encoder
from indexer.errors import ArchiveMismatch
from indexer.records import Filters
from search import hits, scope
from search.answer import meetings, reporting
from search.answer.compose import compose, outside
from search.answerability import judge, second
from search.bounds import BOUNDS
from search.contents import Contents
from search.examples import Examples
from search.history import changed
from search.library import Library
from search.memory import Cache, Memory
from search.people import answering, hidden
from search.question import follow_up, sides, thesaurus
from search.question.follow_up import NOTHING, Earlier, FollowUp
from search.question.query import Query, check, parse
from search.question.spelling import suggestions
from search.ranking import presence
from search.ranking.deduplicate import arranged, distinct
from search.ranking.form_vectors import Forms
from search.ranking.neighbours import Versions, joined, other_parts
from search.ranking.passage_tokens import TokenCache
from search.ranking.query_tokens import QueryTokens, query_tokens
from search.ranking.reading import CrossEncoder, read, remembering, rulings_read
from search.ranking.rerank import Ranked, marks, rerank
from search.ranking.retrieve import Candidate, match, retrieve
from search.register import coverage, details, head, listing, outstanding, printed, unnamed
from search.register.listing import Listed
from search.register.outstanding import Outstanding
from search.register.wish import Wish, decision_asked, sought, wish
from search.results import Answered, Hit
from search.scope import Known, known
from search.settings import DEFAULT, FIRST, READ, Settings, of_archive

if TYPE_CHECKING:
    from indexer.archive import Archive

_Key = tuple[str, Filters, int, Earlier, hidden.Hidden]


class Engine:
    """Answers questions, each from one snapshot of one archive, whose changes it notices. Safe between threads."""

    def __init__(
        self,
        library: Library,
        encoder: Encoder,
        settings: Settings = DEFAULT,
        cache: TokenCache | None = None,
        cross_encoder: CrossEncoder | None = None,
    ) -> None:
        self.library, self.encoder, self.settings = library, encoder, settings
        self.cross_encoder = remembering(cross_encoder)  # a question may be asked of all bodies, and then of one
        memory = Memory(library)
        self.cache = cache or TokenCache(memory, encoder, settings.cache_bytes)
        self._forms = Forms(memory, encoder)
        self._contents = Contents(library, memory)
        self._known: Cache[tuple[str, ...], Known] = Cache(memory, BOUNDS.kept_names)
        self.examples = Examples(library, memory, self.ask)
        self._queries: Cache[tuple[str, tuple[str, ...]], Query] = Cache(memory, BOUNDS.kept_answers)
        self._answers: Cache[_Key, Answered] = Cache(memory, BOUNDS.kept_answers)

    @classmethod
    def open(cls, folder: Path, settings: Settings | None = None) -> Engine:
        """Open an archive with the model that made it.

        Raises:
            ArchiveMissing: there is no archive in ``folder``.
            ArchiveMismatch: another model or schema made it.
            ModelError: its model is not on this machine.
        """
        from indexer.archive import Archive

        return cls.over(Archive.open(folder), settings)

    @classmethod
    def over(cls, archive: Archive, settings: Settings | None = None, loaded: Encoder | None = None) -> Engine:
        """Take an archive that is open already, with the model that made it; both are then shared.

        Args:
            archive: it.
            settings: how to rank; otherwise the archive's own.
            loaded: its model, if it is loaded already.

        Raises:
            ArchiveMismatch: another model of the same name made it.
            ModelError: its model is not on this machine.
            BadArguments: the archive's own threshold cannot be read.
        """
        from indexer.encoding import cross_encoder, encoder

        loaded = loaded or encoder.load(archive.model.name)
        if loaded.identity != archive.model:
            type(archive).open(archive.folder, loaded.identity)  # says what differs and what to do
        return cls(archive, loaded, settings or of_archive(archive.folder), cross_encoder=cross_encoder.load())

    def variant(self, settings: Settings, cross_encoder: CrossEncoder | None = None) -> Engine:
        """Give an engine of other settings or another cross-encoder; it shares what is kept of archive and words."""
        other = Engine(self.library, self.encoder, settings, self.cache, cross_encoder or self.cross_encoder)
        other._forms, other._contents, other._known = self._forms, self._contents, self._known
        return other

    def ask(
        self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING
    ) -> Answered:
        """Answer a question.

        Args:
            question: in plain words; quoted phrases, references and amounts are matched exactly.
            filters: which passages count.
            limit: most hits; those that are quoted are always among them, and the answer does not depend on it.
            earlier: what was asked before, which a question such as "and who seconded it?" goes on from.

        Raises:
            BadArguments: a question is empty or too long.
            ArchiveMismatch: another model's archive took this one's place.
        """
        of = (check(question), filters or Filters(), limit, earlier)
        key = (*of, hidden.of(self.library))
        with self.library.snapshot():
            self._check_model()
            return self._answers.once(key, lambda: self._in_full(*of, self.known(of[1].authorities)))

    def keeps(self, question: str, filters: Filters | None = None, limit: int = 10, earlier: Earlier = NOTHING) -> bool:
        """Whether the answer to a question is in memory; arguments and errors as of `ask`."""
        key = (check(question), filters or Filters(), limit, earlier, hidden.of(self.library))
        with self.library.snapshot() as state:
            return bool(self._answers.kept(state, [key]))

    def put(self, question: str, earlier: Earlier) -> FollowUp:
        """Put a question in full as `ask` does: with what it goes on from, and the year of a month."""
        put = follow_up.resolve(question, earlier, self.parse, self.known().boards)
        return answering.in_latest_month(put, earlier.without, self.parse, self.library)

    def parse(self, question: str) -> Query:
        """Take a question apart as `ask` does, without searching."""
        return self._parsed(question, self.known())

    def known(self, authorities: tuple[str, ...] = ()) -> Known:
        """Say what the archive, or its part of some authorities, holds by name; read once for each of its states."""
        return self._known.once(authorities, lambda: known(self.library, authorities))

    def _check_model(self) -> None:
        """Make sure that the archive's vectors are of this engine's model: another archive may have taken its place."""
        if (model := self.library.model) != (own := self.encoder.identity):
            message = f"The archive was rebuilt with the model {model.name}, and {own.name} is in use: ask again."
            raise ArchiveMismatch(message, expected=own.name, found=model.name)

    def rank(self, query: Query, filters: Filters) -> tuple[list[Ranked], QueryTokens]:
        """Find and order candidates: best first, and the question's tokens."""
        settings = replace(self.settings, framing=0.0) if query.intent == "overview" else self.settings
        embedded = self._forms.embed(query.text)  # while the encoder has it, passages are ranked by words
        matched = match(self.library, query, filters, self.settings)
        tokens = query_tokens(embedded, self.library, query.of_matter, self._forms, settings)
        apart = [part for side in sides.apart_from(query) for part in side.within(filters)]
        retrieved = retrieve(self.library, query, matched, tokens.whole, filters, self.settings, apart)
        ranked = rerank(query, tokens, retrieved.candidates(self.settings), self.library, self.cache, self.settings)
        ranked = read(query, ranked, self.cross_encoder, self.cache, self.settings)
        return arranged(query, ranked, lambda one: self._contents.matter(one.stored), self.settings), tokens

    def hits(self, query: Query, tokens: QueryTokens, ranked: Sequence[Ranked], limit: int) -> list[Versions]:
        """Make hits of what `rank` gives, more than ``limit``: each text once, the parts of a place as one."""
        settings, most = self.settings, max(limit, FIRST)
        texts = distinct(ranked, settings.quoting.deep * most, settings, self.cache)
        if not settings.joined:
            return texts
        rank = partial(self._ranked, query, tokens)
        return joined(texts, settings.joined, other_parts(texts[:most], ranked, self.cache.passages, rank))

    def _ranked(self, query: Query, tokens: QueryTokens, ids: Sequence[int]) -> list[Ranked]:
        return rerank(query, tokens, [Candidate(id) for id in ids], self.library, self.cache, self.settings)

    def _in_full(self, question: str, filters: Filters, limit: int, earlier: Earlier, known: Known) -> Answered:
        put = self.put(question, earlier)
        filters = replace(filters, boards=filters.boards or put.boards)
        query = self._parsed(put.question, known)
        ask = partial(self._ask, query, max(limit, READ), known)
        answered = unnamed.answered_for(query, ask, filters, self.library)
        if put.unsettled:
            answered = replace(answered, status="not_found", answer=(), head=None, listed=None, whose="")
        return replace(answered, follow_up=put if put.carried or put.boards or put.unsettled else None).with_hits(limit)

    def _ask(self, query: Query, limit: int, known: Known, filters: Filters) -> Answered:
        if told := coverage.listed(query, filters, self.library):
            return Answered(query.text, "answered", (), listed=told, searched=self._searched(filters, known))
        if open_actions := outstanding.outstanding(query, filters, self.library):
            return replace(self._held(open_actions, query, filters, limit, known), actions=open_actions)
        if people_answer := answering.answer(query, filters, self.library, self._contents):
            nearest = people_answer if people_answer.hits else self._answer(query, filters, limit, known)
            return replace(people_answer, hits=nearest.hits, searched=self._searched(filters, known))
        if (listable := wish(query)) is not None:
            return self._listed(listable, query, filters, limit, known)
        of_days = answering.narrowed(query, filters, self.library)
        answered = self._detailed(query, filters, limit, known) or self._answer(query, of_days, limit, known)
        return answering.as_printed(query, answered, self.library)

    def _detailed(self, query: Query, filters: Filters, limit: int, known: Known) -> Answered | None:
        """Answer a question for a vote or a mover by the decision on its matter, or say that none prints it."""
        if not (asked := sought(query)).detail:
            return None
        of_decision, filters = self._parsed(decision_asked(query.text), known), details.bound(query, filters)
        ranked, tokens = self.rank(of_decision, filters)
        items = details.items_on(of_decision, tokens, ranked, self.settings.quoting)
        decision = partial(self._composed, of_decision, filters, limit, known, ranked, tokens)
        if detailed := details.with_detail(asked, items, decision, self.library, self._contents):
            return replace(detailed, question=query.text)
        return details.as_said(asked, items, self._answer(query, filters, limit, known), self.library, self._contents)

    def _parsed(self, question: str, known: Known) -> Query:
        own = (known.acronyms, thesaurus.load(), known.boards, known.authorities, known.also, self.settings.naming)
        return self._queries.once((question, known.of), partial(parse, question, *own))

    def _listed(self, listable: Wish, query: Query, filters: Filters, limit: int, known: Known) -> Answered:
        """Answer with all that the register holds."""
        listed = listing.listed(listable, filters, self.library, self._contents)
        answered = self._held(listed, query, filters, limit, known)
        return replace(answered, head=listed.heads[0] if len(listed.heads) == 1 else None, listed=listed)

    def _held(self, held: Listed | Outstanding, query: Query, filters: Filters, limit: int, known: Known) -> Answered:
        """Answer with rows of the register, by the passages that print them; without any, with the nearest and none."""
        if not (rows := held.rows):
            return replace(self._answer(query, filters, limit, known), status="not_found", answer=(), head=None)
        shown, homes = printed.hits(rows, limit, self.library, self._contents)
        return Answered(
            question=query.text,
            status="answered",
            hits=tuple(shown),
            answer=printed.quoted(rows, homes, shown, self._contents),
            noticed=query.noticed,
            searched=self._searched(filters, known),
        )

    def _searched(self, filters: Filters, known: Known) -> str:
        return scope.part(filters, self.library.facets(filters)) if filters != Filters() else known.searched

    def _answer(self, query: Query, filters: Filters, limit: int, known: Known) -> Answered:
        return self._composed(query, filters, limit, known, *self.rank(query, filters))

    def _composed(
        self, query: Query, filters: Filters, limit: int, known: Known, ranked: list[Ranked], tokens: QueryTokens
    ) -> Answered:
        settings, quoting, reader = self.settings, self.settings.quoting, self.cross_encoder
        read, of_ids = self.library.paper_passages, partial(self._ranked, query, tokens)
        rulings = partial(rulings_read, query, cross_encoder=reader, cache=self.cache, settings=settings)
        by_meeting = meetings.found(query, tokens, ranked, self._contents, quoting, reader)
        overview = meetings.overview(query, by_meeting, self.library, quoting)
        kept = reporting.shown(query, tokens, self.hits(query, tokens, ranked, READ), read, of_ids, rulings, quoting)
        kept = meetings.shown(kept, by_meeting, ranked, quoting)
        best = [one for one, _ in kept]
        units = reporting.units(query, tokens, best, quoting)
        fitting = presence.fits(query, [one.stored for one in best], settings.evidence)
        again = partial(second.by_all, query, tokens, best, units, reader, self.cache, settings)
        measured = judge.features(query, tokens, best, fitting, units, self.library, settings.evidence)
        status = meetings.status(query, judge.status(measured, settings, again), by_meeting, overview)
        more = reporting.further(query, tokens, best, quoting)
        of = (best, fitting, units, self._contents, quoting, more, by_meeting.told, reader)
        answer = compose(query, tokens, *of) if status == "answered" else ()
        rest = self.hits(query, tokens, ranked, limit) if limit > READ else []
        found = [one.stored.passage.text for one in ranked]
        first = best[answer[0].hit - 1].best[1].stored if answer and not overview else None
        return Answered(
            question=query.text,
            status=status,
            hits=self._hits(reporting.followed(kept, rest), tokens),
            answer=answer,
            expanded={said: "; ".join(forms) for said, forms in query.expanded.items()},
            noticed=query.noticed,
            suggested=suggestions(tokens.unknown, self.library, found, settings.spelling),
            searched=self._searched(filters, known),
            head=head.of_passage(first, self.library, self._contents) if first else None,
            overview=overview if status == "answered" else None,
            outside="" if overview else outside(query, answer, best),
            mentioned=judge.mentioned(query, tokens, best, quoting) if status == "not_found" else 0,
        )

    def _hits(self, kept: Sequence[tuple[Ranked, Sequence[Ranked]]], tokens: QueryTokens) -> tuple[Hit, ...]:
        """Make the hits of passages with their further versions: what of them matched, and what changed them later."""
        later = changed.of_passages((one.stored for one, _ in kept), self.library.decisions)
        copies = self.library.twins([one.stored.twin for one, _ in kept])
        return tuple(
            replace(
                hits.of_ranked(rank, one, versions, copies, self._contents),
                matched=marks(one, tokens, self.settings.marked),
                superseded_by=later.get(one.stored.id, ()),
            )
            for rank, (one, versions) in enumerate(kept, 1)
        )
