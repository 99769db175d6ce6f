"""The word index: BM25 over passages, through tantivy.

Derived from SQLite, whose generation it carries in the same commit; `indexer.archive.word_writer` keeps it up to date.
Which copy of it is in use says the file ``CURRENT``, so that a new one can be made beside the old one.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tantivy

from indexer.archive.analysis import analyser, compounds, content_terms, exact_analyser, exact_tokens, plain, terms
from indexer.records import ArchiveState, Filters, Scored, WordQuery

FOLDER = "words"
POINTER = "CURRENT"
# Begins the value by which an index names its archive; by itself it says that the index names one.
NAMED = "archive:"

# Weights of a match by field, relative to the whole text of a passage with its headings and table header.
_TRAIL, _EXACT, _PHRASE = 0.3, 2.0, 1.5
# Distinct words of a question that are looked up, rarest first: longer questions would only get slower.
_MOST_TERMS = 64
_MOST_PHRASE = 32
_SHORT = 5  # letters of a word in which two may not be wrong: it would be like too many others


def make_schema() -> tantivy.Schema:
    """Return the fields of the index. Ids are *signed*: deleting by an unsigned one silently deletes nothing."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", fast=True)
    builder.add_text_field("body", tokenizer_name="papers")
    builder.add_text_field("trail", tokenizer_name="papers", index_option="freq")
    builder.add_text_field("exact", tokenizer_name="exact", index_option="basic")
    for name in ("paper", "authority", "board", "kind", "meta"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("generation", fast=True)
    return builder.build()


def open_index(folder: Path, *, create: bool = False) -> tantivy.Index:
    """Open the index in ``folder`` with its analysers.

    Raises:
        ValueError: there is none, or it is damaged.
    """
    index = tantivy.Index(make_schema(), path=str(folder), reuse=True) if create else tantivy.Index.open(str(folder))
    index.register_tokenizer("papers", analyser())
    index.register_tokenizer("exact", exact_analyser())
    return index


def current_folder(archive: Path) -> Path | None:
    """Return the folder of the copy in use, or None where there is none."""
    try:
        name = (archive / FOLDER / POINTER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return archive / FOLDER / name if name.isalnum() else None


def reflected_generation(searcher: tantivy.Searcher) -> int:
    """Return SQLite's generation that the index reflects, -1 if it does not say."""
    hits = searcher.search(tantivy.Query.term_query(make_schema(), "meta", "generation"), 1, count=False).hits
    values = searcher.fast_field_values("generation", [address for _, address in hits])
    return int(values[0]) if values and values[0] is not None else -1


def is_of(searcher: tantivy.Searcher, archive: str) -> bool:
    """Whether the index is of the archive of this name; one from before archives had names is of its folder's."""
    return bool(searcher.doc_freq("meta", NAMED + archive)) or not searcher.doc_freq("meta", NAMED)


class WordView:
    """One committed state of the word index, for ranking; safe to use from several threads."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._schema = make_schema()
        self.generation = reflected_generation(searcher)

    def fits(self, state: ArchiveState) -> bool:
        """Whether it is of that archive, and reflects nothing that came after that state."""
        return self.generation <= state.generation and is_of(self._searcher, state.archive)

    def match(self, query: WordQuery, limit: int, filters: Filters, offset: int = 0) -> list[Scored]:
        """Rank passages by BM25, best first: those that hold any word of the query and pass the filters."""
        scoring = self._query(query)
        if scoring is None or limit <= 0:
            return []
        parts = [(tantivy.Occur.Must, scoring)]
        headings = [self._term("trail", term, 1.0) for term in terms(" ".join(query.headings))]
        required = [*self._passing(filters), *headings]
        parts += [(tantivy.Occur.Must, tantivy.Query.const_score_query(part, 0.0)) for part in required]
        whole = tantivy.Query.boolean_query(parts) if len(parts) > 1 else scoring
        hits = self._searcher.search(whole, limit, count=False, offset=offset).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        ranked = [Scored(int(id), score) for id, (score, _) in zip(ids, hits, strict=True) if id is not None]
        return sorted(ranked, key=lambda scored: (-scored.score, scored.id))

    def frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """Count the passages that hold each word; of a word that is several terms ("follow-up"), the rarest.

        A word that papers print with a hyphen counts too.
        """
        return {
            word: max(
                min((self._searcher.doc_freq("body", term) for term in terms(word)), default=0),
                self._searcher.doc_freq("exact", plain(word)),
            )
            for word in dict.fromkeys(words)
        }

    def like(self, word: str, limit: int) -> list[Scored]:
        """Find passages that hold a word like this one: one letter more, less, other or swapped, two in long words.

        The index holds stems, and the end of a misspelt word may hide its stem: words that begin like it count too.
        """
        term = next(iter(terms(word)), "")
        if not term or limit <= 0:
            return []
        field = (self._schema, "body")
        ways = [tantivy.Query.fuzzy_term_query(*field, term, 1)]  # with the others below such a passage counts twice
        if len(term) > _SHORT:
            ways.append(tantivy.Query.fuzzy_term_query(*field, term, 2))
        if len(word) > _SHORT:
            begins = term[: max(_SHORT, len(term) // 2)]
            ways.append(tantivy.Query.fuzzy_term_query(*field, begins, 1, prefix=True))
        similar = tantivy.Query.boolean_query([(tantivy.Occur.Should, way) for way in ways])
        hits = self._searcher.search(similar, limit, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in hits])
        return [Scored(int(id), score) for id, (score, _) in zip(ids, hits, strict=True) if id is not None]

    def ids(self) -> set[int]:
        """Return the ids of all passages in the index."""
        searcher = self._searcher
        if not searcher.num_docs:
            return set()
        hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False).hits
        return {int(id) for id in searcher.fast_field_values("id", [address for _, address in hits]) if id is not None}

    def _query(self, query: WordQuery) -> tantivy.Query | None:
        """Build the scoring query term by term, so that nothing a user types is ever syntax."""
        weights = dict.fromkeys(content_terms(query.words), 1.0)
        phrases = [(phrase, 1.0) for phrase in query.phrases]
        for text, weight in query.expansions:
            for term in content_terms(text):
                weights[term] = max(weights.get(term, 0.0), weight)
            phrases.append((text, weight))
        counted = sorted((self._searcher.doc_freq("body", term), term) for term in weights)
        rarest = [term for count, term in counted if count][:_MOST_TERMS]
        parts = [self._term(field, term, weights[term] * boost) for term in rarest for field, boost in _FIELDS]
        written = " ".join((query.words, *query.phrases))
        exact = dict.fromkeys([*exact_tokens(written), *compounds(written)])
        known = [token for token in exact if self._searcher.doc_freq("exact", token)][:_MOST_TERMS]
        parts += [self._term("exact", token, _EXACT) for token in known]
        for text, weight in phrases:
            run = [(place, term) for place, term in enumerate(terms(text)[:_MOST_PHRASE])]
            if len(run) > 1:
                phrase = tantivy.Query.phrase_query(self._schema, "body", run)
                parts.append(tantivy.Query.boost_query(phrase, weight * _PHRASE))
        if not parts:
            return None
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        """Return a weighted query for one term of one field."""
        option = {"body": "position", "trail": "freq"}.get(field, "basic")
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, option), weight)

    def _passing(self, filters: Filters) -> list[tantivy.Query]:
        """Return what must hold apart from, one query a kind of filter."""
        filtered = {
            "authority": filters.authorities,
            "board": filters.boards,
            "kind": filters.kinds,
            "paper": filters.papers,
        }
        parts = [
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, self._term(field, plain(value), 1.0)) for value in values]
            )
            for field, values in filtered.items()
            if values
        ]
        if filters.date_from or filters.date_to:
            first, last = filters.date_from or date.min, filters.date_to or date.max
            days = (first.toordinal(), last.toordinal())
            parts.append(tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, *days))
        return parts


class Words:
    """The word index of an archive on disk; safe to use from several threads.

    Nothing here fails because the index is missing, damaged or behind: there is then none, or an older state, and the
    next run of the indexer repairs it.
    """

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    def view(self) -> WordView | None:
        """Return what is on disk now, or the last good state if that cannot be opened; None where there is none."""
        folder = current_folder(self._archive)
        seen = _look(folder)
        with self._lock:
            if self._opened is None or self._opened.seen != seen:
                # Replaced while it was being opened, or damaged: what is in memory is still good.
                with contextlib.suppress(ValueError, OSError):
                    self._opened = _Opened(seen, WordView(_searcher(folder))) if folder else None
            return self._opened.view if self._opened else None


@dataclass(frozen=True, slots=True)
class _Opened:
    """One state of the index on disk: what it looked like, and a view of it."""

    seen: tuple[object, ...]
    view: WordView


_FIELDS = (("body", 1.0), ("trail", _TRAIL))


def _searcher(folder: Path) -> tantivy.Searcher:
    """Open an index for reading, also where nothing may be written.

    tantivy wants a lock file even to read. It then gets one elsewhere, beside links to the files, which it holds open.
    """
    if os.access(folder, os.W_OK):
        return open_index(folder).searcher()
    with tempfile.TemporaryDirectory() as elsewhere:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(elsewhere) / file.name).symlink_to(file.resolve())
        return open_index(Path(elsewhere)).searcher()


def _look(folder: Path | None) -> tuple[object, ...]:
    """Return what changes with every commit, and costs nothing to ask."""
    try:
        stat = (folder / "meta.json").stat() if folder else None
    except OSError:
        stat = None
    return (folder, stat.st_ino, stat.st_mtime_ns, stat.st_size) if stat else (folder,)
