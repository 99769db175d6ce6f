"""Codebooks for token vectors: fits the one that is packaged, and compares what each size of code costs in ranking.

    python -m benchmarks.codes fit [--shared ../shared] [--to indexer/archive/token_codebook.npz]
    python -m benchmarks.codes compare --archives FOLDER [--shared ../shared]

``fit`` embeds windows of the sample's manuscripts (ours), of meetings (QMSum, MIT), of guidance (gov.uk, Open
Government Licence, as quoted by ConditionalQA, BSD-2) and of encyclopaedia articles (SQuAD, CC BY-SA 4.0), the same
ones each time, and keeps centroids of their tokens' vectors, no text. ``compare`` takes the archives of
`benchmarks.judged`, encodes the passages that judged questions bring up once more, and ranks them by their vectors in
four bits a number (as archives held them up to format 7), by the packaged codes, and by others.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks import judged
from benchmarks.questions.bodies import Body
from indexer.archive import Codebook, TokenCodes, codebook, pack, unpack
from indexer.encoding import encoder
from indexer.encoding.protocol import Encoder
from indexer.records import StoredPassage
from indexer.text.words import STOP_WORDS
from search.engine import Engine
from search.memory import Memory
from search.ranking.passage_tokens import TokenCache
from search.settings import DEFAULT

Rows = NDArray[np.float32]

_KEPT, _STAGES, _PARTS = 264, 2, 44
_WINDOW, _SHORTEST = 110, 30  # words
# Windows of each source; more of them were measured to change nothing.
_WINDOWS = {"manuscripts": 300, "meetings": 350, "guidance": 350, "articles": 250}
_ROUNDS = 12
_TRIED = 5_000  # vectors by which it is measured how near they stay
# Others to compare with: axes kept, stages, parts.
_OTHERS = {"52 bytes": (288, 2, 48), "40 bytes": (288, 2, 36), "34 bytes, no stages": (256, 0, 32)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("fit", "compare"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--to", type=Path, default=Path("indexer/archive/token_codebook.npz"))
    parser.add_argument("--archives", type=Path, default=Path("data/judged"))
    options = parser.parse_args(arguments)
    model = encoder.load()
    if options.what == "compare":
        compare(model, options.shared, options.archives)
        return 0
    made = fitted(vectors(model, options.shared), _KEPT, _STAGES, _PARTS)
    arrays = {name: getattr(made, name).astype(np.float16) for name in ("axes", "stages", "parts")}
    np.savez_compressed(options.to, model=np.array(model.identity.digest), kept=np.array(made.kept), **arrays)
    return 0


def vectors(model: Encoder, shared: Path) -> Rows:
    """Embed the windows and give the vectors of their content words: float32 (tokens, dimension), unit rows."""
    dice = random.Random(0)  # noqa: S311 - the same windows each time
    rows: list[Rows] = []
    for name, texts in _sources(shared / "train").items():
        for tokens in model.encode_tokens(dice.sample(texts, min(_WINDOWS[name], len(texts)))):
            content = [
                at for at, token in enumerate(tokens.tokens) if token not in STOP_WORDS and any(map(str.isalnum, token))
            ]
            rows.append(tokens.vectors[content])
    return np.concatenate(rows)


def _sources(train: Path) -> dict[str, list[str]]:
    manuscripts = [path.read_text(encoding="utf-8") for path in sorted(Path("data/manuscripts").glob("*.txt"))]
    quoted = dict.fromkeys(one for row in _rows(train / "conditionalqa.jsonl") for one in row["evidence"])
    return {
        "manuscripts": [window for text in manuscripts for window in _windows(text)],
        "meetings": [
            window for row in _rows(train / "qmsum-meetings.jsonl") for window in _windows(" ".join(row["turns"]))
        ],
        "guidance": list(_windows(re.sub(r"<[^>]+>", "", " ".join(quoted)))),
        "articles": [row["text"] for row in _rows(train / "squad-passages.jsonl")],
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _windows(text: str) -> Iterator[str]:
    words = text.split()
    for start in range(0, len(words) - _SHORTEST, _WINDOW):
        yield " ".join(words[start : start + _WINDOW])


def fitted(rows: Rows, kept: int, stages: int, parts: int) -> Codebook:
    """Fit a codebook.

    Args:
        rows: unit rows, float32 (n, dimension).
        kept: principal axes that are kept.
        stages: rounds of 256 centroids.
        parts: runs of axes of the rest that are a code each; divides ``kept``.
    """
    faiss.omp_set_num_threads(1)  # sums in one order, so that the same vectors give the same centroids
    axes = _balanced(rows, kept, parts)
    rest = np.ascontiguousarray(rows @ axes)
    centroids = []
    for stage in range(stages):
        means = faiss.Kmeans(kept, 256, niter=_ROUNDS, seed=stage, max_points_per_centroid=400)
        means.train(rest)
        centroids.append(np.asarray(means.centroids, np.float32))
        rest = rest - centroids[-1][means.index.search(rest, 1)[1][:, 0]]
    product = faiss.ProductQuantizer(kept, parts, 8)
    product.cp.niter, product.cp.max_points_per_centroid = _ROUNDS, 400
    product.train(rest)
    of_parts = faiss.vector_to_array(product.centroids).reshape(parts, 256, kept // parts)
    made = Codebook(axes, np.array(centroids, np.float32).reshape(stages, 256, kept), of_parts)
    some = rows[:: max(1, len(rows) // _TRIED)]
    cosines = np.einsum("ij,ij->i", made.decode(made.encode(some)), some @ axes)
    return replace(made, kept=float(cosines.mean()))


def _balanced(rows: Rows, kept: int, parts: int) -> Rows:
    """Give the principal axes, dealt so that each run of them has about the same product of variances.

    That is what makes codes of equal size lose least (Ge et al., "Optimized product quantization", CVPR 2013).
    """
    variances, axes = np.linalg.eigh((rows.T @ rows / len(rows)).astype(np.float64))
    runs: list[list[int]] = [[] for _ in range(parts)]
    loads = np.zeros(parts)
    for axis in range(-1, -kept - 1, -1):
        open_ = [at for at in range(parts) if len(runs[at]) < kept // parts]
        lightest = min(open_, key=lambda at: loads[at])
        runs[lightest].append(axis)
        loads[lightest] += np.log(variances[axis])
    return np.ascontiguousarray(axes[:, [axis for run in runs for axis in run]], np.float32)


class _Recoded(TokenCache):
    """Passages encoded again, their vectors kept by one codebook or another."""

    made: dict[str, tuple[Sequence[tuple[int, int]], NDArray[np.float16]]] = {}  # noqa: RUF012 - shared on purpose

    def __init__(self, engine: Engine, book: Codebook) -> None:
        super().__init__(Memory(engine.library), engine.encoder, engine.settings.cache_bytes)
        self.book = book
        self.bytes: dict[int, int] = {}
        self._encoder = engine.encoder

    def _made(self, missing: Sequence[StoredPassage]) -> dict[int, TokenCodes]:
        texts = dict(zip((one.id for one in missing), self.texts(missing), strict=True))
        new = list(dict.fromkeys(text for text in texts.values() if text not in self.made))
        for text, tokens in zip(new, self._encoder.encode_tokens(new), strict=True):
            self.made[text] = (tokens.offsets, tokens.vectors.astype(np.float16))
        every = pack(((text, *self.made[text]) for text in texts.values()), self.book)
        packed = dict(zip(texts, every, strict=True))
        self.bytes |= {id: len(data) for id, data in packed.items()}
        return {
            one.id: unpack(packed[one.id], self.book, len(texts[one.id]) - len(one.passage.text)) for one in missing
        }


def compare(model: Encoder, shared: Path, archives: Path) -> None:
    """Print how ranking changes with each codebook, and the bytes of a passage that was ranked."""
    every, engines = judged.prepared(shared, archives)
    learned = vectors(model, shared)
    books = {
        "four bits a number": codebook("", model.dimension),
        "packaged": codebook(model.identity.digest, model.dimension),
        **{name: fitted(learned, *shape) for name, shape in _OTHERS.items()},
    }
    runs: dict[str, judged.Run] = {}
    for name, book in books.items():
        runs[name], size = _ranked(every, engines, book)
        print(judged.compared({f"{name}, {size:.0f} B": runs[name]}, runs["four bits a number"]), flush=True)


def _ranked(every: dict[str, Body], engines: dict[str, Engine], book: Codebook) -> tuple[judged.Run, float]:
    """Ask every question with the token vectors in these codes; the mean bytes of a passage beside."""
    caches = {name: _Recoded(engine, book) for name, engine in engines.items()}
    own = {name: Engine(one.library, one.encoder, DEFAULT, caches[name]) for name, one in engines.items()}
    run = judged.asked(every, own, DEFAULT)
    sizes = [size for cache in caches.values() for size in cache.bytes.values()]
    return run, sum(sizes) / len(sizes)


if __name__ == "__main__":
    sys.exit(main())
