"""One hybrid search of Milvus against two rankings that are fused here: judged questions, one body at a time.

    python -m benchmarks.hybrid [--shared ../shared] [--archives data/judged]

Each body's passages go into a collection of Milvus Lite: their vectors, and their stems as words for its BM25 function,
hashed, so that no text is in it. Then the questions are asked with our ranking by words, with BM25 of Milvus in its
place, and with the order of one hybrid search (reciprocal ranks), everything else being the same.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, MilvusClient, RRFRanker

from benchmarks import judged
from indexer.archive import Archive, database
from indexer.archive.analysis import content_terms, terms
from indexer.archive.segments import exact_vectors
from indexer.records import Filters, Scored, WordQuery
from search.engine import Engine
from search.settings import DEFAULT

_AT_ONCE = 2_000
How = Literal["BM25 of Milvus, fused here", "one hybrid search"]


class Collection:
    """All passages of an archive in Milvus: vectors, and hashed stems for its BM25 function."""

    def __init__(self, library: Archive, file: Path) -> None:
        self._client = MilvusClient(str(file))
        schema = MilvusClient.create_schema(auto_id=False)
        schema.add_field("id", DataType.INT64, is_primary=True)
        words: dict[str, Any] = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "whitespace"}}
        schema.add_field("stems", DataType.VARCHAR, max_length=65_535, **words)
        schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=library.model.dimension)
        schema.add_function(Function("bm25", FunctionType.BM25, ["stems"], ["words"]))
        index = self._client.prepare_index_params()
        index.add_index("vector", index_type="FLAT", metric_type="IP")
        index.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
        self._client.create_collection("passages", schema=schema, index_params=index)
        every = [one for paper in library.papers() for one in library.paper_passages(paper.id)]
        texts = {one.id: " ".join((*one.passage.trail, one.passage.text)) for one in every}
        with closing(database.for_reading(library.folder)) as connection:
            ids, rows = exact_vectors(connection, texts, library.model.dimension)
        made = [
            {"id": id, "stems": _hashed(terms(texts[id])), "vector": row} for id, row in zip(ids, rows, strict=True)
        ]
        for at in range(0, len(made), _AT_ONCE):
            self._client.insert("passages", made[at : at + _AT_ONCE])
        self._client.flush("passages")

    def by_words(self, query: WordQuery, limit: int) -> list[Scored]:
        """Rank by BM25."""
        return _scored(self._client.search("passages", [_asked(query)], anns_field="words", limit=limit))

    def hybrid(self, query: WordQuery, vector: NDArray[np.float32], limit: int) -> list[Scored]:
        """Rank by both in one search."""
        asked = [
            AnnSearchRequest([vector.tolist()], "vector", {"metric_type": "IP"}, limit),
            AnnSearchRequest([_asked(query)], "words", {"metric_type": "BM25"}, limit),
        ]
        return _scored(self._client.hybrid_search("passages", asked, RRFRanker(DEFAULT.smoothing), limit))


class _Replaced:
    """An archive one of whose rankings, or both, come from Milvus."""

    def __init__(self, library: Archive, collection: Collection, how: How) -> None:
        self._library, self._collection, self._how = library, collection, how
        self._words = WordQuery("")

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._library, name)

    def match_words(self, query: WordQuery, limit: int, filters: Filters) -> list[Scored]:
        """The question's own ranking; those by names and references stay as they are."""
        if limit < DEFAULT.depth:
            return self._library.match_words(query, limit, filters)
        self._words = query
        return [] if self._how == "one hybrid search" else self._collection.by_words(query, limit)

    def nearest(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[Scored]:
        """In the order of one hybrid search, with cosines."""
        if self._how != "one hybrid search":
            return self._library.nearest(vector, limit, filters)
        cosines = {one.id: one.score for one in self._library.nearest(vector, self._library.totals().passages, filters)}
        hits = self._collection.hybrid(self._words, vector, limit)
        return [Scored(one.id, cosines[one.id]) for one in hits]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill, ask three times, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"))
    options = parser.parse_args(arguments)
    every, engines = judged.prepared(options.shared, options.archives)
    base: judged.Run = {}
    runs: dict[str, judged.Run] = {"BM25 of Milvus, fused here": {}, "one hybrid search": {}}
    for name, body in every.items():
        library: Any = engines[name].library
        with tempfile.TemporaryDirectory() as folder:
            collection = Collection(library, Path(folder) / "milvus.db")
            base |= judged.of_body(body, engines[name], "alone")
            for how in ("BM25 of Milvus, fused here", "one hybrid search"):
                replaced: Any = _Replaced(library, collection, how)
                runs[how] |= judged.of_body(body, Engine(replaced, engines[name].encoder), "alone")
    print(judged.table(base), judged.compared(runs, base), sep="\n")
    return 0


def _asked(query: WordQuery) -> str:
    return _hashed(content_terms(" ".join((query.words, *query.phrases))))


def _hashed(words: Sequence[str]) -> str:
    return " ".join(map(_hash, words))


@cache
def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:12]


def _scored(hits: Any) -> list[Scored]:  # noqa: ANN401 - pymilvus ships no types
    return [Scored(int(one["id"]), float(one["distance"])) for one in hits[0]]


if __name__ == "__main__":
    sys.exit(main())
