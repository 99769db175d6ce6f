"""The archive: the only SQL, tantivy and FAISS. The database is the truth; words and vectors are made from it.

Importing this package imports none of these: each name below is fetched from its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.archive.applying import known_rulings
    from indexer.archive.copying import backup, restore
    from indexer.archive.database import place
    from indexer.archive.hashes import EmbeddedText, embedded_text, text_hash, texts_to_embed, to_embed
    from indexer.archive.migrations import FORMAT
    from indexer.archive.migrations.upgrade import ensure
    from indexer.archive.reader import Archive
    from indexer.archive.remodelling import remodel
    from indexer.archive.roots import below
    from indexer.archive.rulings_file import RULINGS_FILES, files_of, people_of
    from indexer.archive.writer import Writer

_HOMES = {
    "FORMAT": "migrations",
    "RULINGS_FILES": "rulings_file",
    "Archive": "reader",
    "Writer": "writer",
    "backup": "copying",
    "EmbeddedText": "hashes",
    "embedded_text": "hashes",
    "ensure": "migrations.upgrade",
    "files_of": "rulings_file",
    "known_rulings": "applying",
    "people_of": "rulings_file",
    "place": "database",
    "below": "roots",
    "remodel": "remodelling",
    "restore": "copying",
    "text_hash": "hashes",
    "texts_to_embed": "hashes",
    "to_embed": "hashes",
    "Codebook": "token_codes",
    "TokenCodes": "token_codes",
    "codebook": "token_codes",
    "join": "token_codes",
    "pack": "token_codes",
    "unpack": "token_codes",
    "unpack_all": "token_codes",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is that of the name, which TYPE_CHECKING states
    """Import the module of a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
