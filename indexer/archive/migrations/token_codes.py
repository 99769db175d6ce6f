"""Format 8: token vectors in codes of about a fifth of the bytes, made of those that the archive holds.

Until then each word piece had four bits a number. Papers are not read again, and nothing is encoded.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import codec
from indexer.archive.database import Database
from indexer.archive.hashes import embedded_text
from indexer.archive.migrations.step import Step
from indexer.archive.token_codes import codebook, pack
from indexer.records import Passage, cut

_LEVELS = 8  # on each side of nought
_ORDINALS = (1 << 20) - 1


def _recoded(connection: Database, _folder: Path, after: int) -> int | None:
    """Code the tokens of one paper's texts again; drop the old ones after the last."""
    (key,) = connection.execute("SELECT MIN(key) FROM papers WHERE key > ?", (after,)).fetchone()
    if key is None:
        connection.execute("DROP TABLE tokens_before")
        return None
    first, last = key << 20, key << 20 | _ORDINALS
    rows = connection.execute(
        "SELECT p.spans, p.trail, p.headers, p.embedding, b.codes FROM passages p JOIN tokens_before b "
        "ON b.id = p.embedding WHERE p.id BETWEEN ? AND ? AND p.embedding NOT IN (SELECT id FROM tokens)",
        (first, last),
    ).fetchall()
    headings = dict(connection.execute("SELECT id, text FROM headings WHERE id BETWEEN ? AND ?", (first, last)))
    pages = connection.execute("SELECT id, text FROM pages WHERE id BETWEEN ? AND ?", (first, last))
    texts = {id - first: codec.text_from_bytes(text) for id, text in pages}
    values = dict(connection.execute("SELECT key, value FROM manifest WHERE key IN ('model_digest', 'dimension')"))
    book = codebook(values["model_digest"], int(values["dimension"]))
    for spans, trail, headers, embedding, codes in rows:
        own, above = codec.spans_from_text(spans), codec.spans_from_text(headers)
        names = tuple(headings[first + place] for place in codec.numbers_from_text(trail))
        text = embedded_text(Passage(0, 0, "other", own, cut(texts, own), names), cut(texts, above))
        packed = next(pack([(text, *_unpacked(codes))], book))
        connection.execute("INSERT INTO tokens VALUES (?, ?) ON CONFLICT DO NOTHING", (embedding, packed))
    return int(key)


def _unpacked(data: bytes) -> tuple[list[tuple[int, int]], NDArray[np.float32]]:
    """Read tokens of four bits a number: their half-open ranges, and float32 (tokens, dimension), nearly unit rows."""
    count, dimension = np.frombuffer(data, "<u2", 2).tolist()
    places = np.frombuffer(data, "<u2", 2 * count, 4).reshape(-1, 2)
    # Between ranges and codes each token has a scale, four bytes; rows are unit vectors, so it says nothing new.
    packed = np.frombuffer(data, np.uint8, count * dimension // 2, 4 + 8 * count).reshape(count, dimension // 2)
    levels = np.stack((packed >> 4, packed & 0x0F), axis=-1).reshape(count, dimension).astype(np.float32)
    rows = 2 * levels - (2 * _LEVELS - 1)
    ranges = [(start, end) for start, end in places.tolist()]
    return ranges, rows / np.linalg.norm(rows, axis=1, keepdims=True)


STEP = Step(
    "token vectors of a fifth of the bytes",
    (
        "ALTER TABLE tokens RENAME TO tokens_before",
        "CREATE TABLE tokens (id INTEGER PRIMARY KEY, codes BLOB NOT NULL)",
    ),
    _recoded,
    shrinks=True,
)
