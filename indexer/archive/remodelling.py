"""An archive's texts embedded again by another model: no paper is read again.

What is made is kept in its own table, a portion a transaction, so that a run that was killed continues where it
stopped; until the last transaction the archive is what it was. That one puts the vectors in their place and gives the
archive another name, so that nothing made of the old ones, on disk or in memory, is taken for its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.archive import codec, database, fetch, schema
from indexer.archive.database import Database
from indexer.archive.failures import plain_failures
from indexer.archive.hashes import EmbeddedText, to_embed
from indexer.archive.lock import WriterLock
from indexer.records import ModelIdentity

_TABLE = (
    "CREATE TABLE remodelled (id INTEGER PRIMARY KEY, model TEXT NOT NULL, vector BLOB NOT NULL, codes BLOB NOT NULL)"
)
_PORTION = 512


# Takes texts by their `text_hash`; gives, by it, vectors (float32 (dim,)) and packed token vectors.
Make = Callable[[Mapping[str, EmbeddedText]], tuple[Mapping[str, NDArray[np.float32]], Mapping[str, bytes]]]


def remodel(folder: Path, model: ModelIdentity, make: Make) -> int:
    """Replace all vectors; words and segments are behind then, until a writer is opened.

    Args:
        folder: the archive's.
        model: the encoder that ``make`` embeds with.
        make: embeds texts.

    Returns:
        How many texts were embedded by this run.

    Raises:
        ArchiveMissing: there is no archive.
        ArchiveLocked: another process is writing.
        ArchiveFull: it cannot be written.
    """
    lock = WriterLock(folder)
    try:
        with plain_failures(folder), closing(database.for_writing(folder)) as connection:
            waiting = _waiting(connection, model)
            for at in range(0, len(waiting), _PORTION):
                _keep(connection, model, make, waiting[at : at + _PORTION])
            with schema.transaction(connection):
                _put_in_place(connection, model)
    finally:
        lock.release()
    return len(waiting)


def _waiting(connection: Database, model: ModelIdentity) -> list[int]:
    """Return the texts that this model has made no vectors of yet."""
    with schema.transaction(connection):
        if "remodelled" not in connection.tables():
            connection.execute(_TABLE)
        connection.execute("DELETE FROM remodelled WHERE model <> ?", (model.digest,))
    query = "SELECT id FROM embeddings WHERE id NOT IN (SELECT id FROM remodelled) ORDER BY id"
    return [id for (id,) in connection.execute(query)]


def _keep(connection: Database, model: ModelIdentity, make: Make, ids: Iterable[int]) -> None:
    texts = _texts(connection, ids)
    hashes = {id: text.hash for id, text in texts.items()}
    vectors, tokens = make({hashes[id]: text for id, text in texts.items()})
    rows = [
        (id, model.digest, codec.vectors_to_half(vectors[one][None]).tobytes(), tokens[one])
        for id, one in hashes.items()
    ]
    with schema.transaction(connection):
        connection.executemany("INSERT INTO remodelled VALUES (?, ?, ?, ?)", rows)


def _texts(connection: Database, ids: Iterable[int]) -> dict[int, EmbeddedText]:
    """Return what was embedded, by its id, from one of the passages that have it."""
    query = "SELECT embedding, id FROM passages WHERE embedding IN"
    of = {passage: id for id, passage in fetch.among(connection, query, ids)}
    chosen = {id: passage for passage, id in of.items()}
    texts = {}
    for stored in fetch.passages(connection, chosen.values()):
        texts[of[stored.id]] = to_embed(stored.passage, "\n".join(stored.headers))
    return texts


def _put_in_place(connection: Database, model: ModelIdentity) -> None:
    connection.execute("UPDATE embeddings SET vector = (SELECT vector FROM remodelled r WHERE r.id = embeddings.id)")
    connection.execute("DELETE FROM tokens")
    connection.execute("INSERT INTO tokens SELECT id, codes FROM remodelled")
    connection.execute("DROP TABLE remodelled")
    about = {"archive": uuid.uuid4().hex, "model_name": model.name, "model_digest": model.digest}
    about["dimension"] = str(model.dimension)
    for key, value in about.items():
        connection.execute("UPDATE manifest SET value = ? WHERE key = ?", (value, key))
    schema.next_generation(connection)
