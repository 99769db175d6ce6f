"""What is embedded of a passage, and the hashes by which equal texts know each other."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from indexer.records import Passage, Reading, cut

_NOT_WORDS = re.compile(r"[\W_]+")


def embedded_text(passage: Passage, header_text: str) -> str:
    """Return what the encoder and the word index read of a passage: headings, table header, text.

    Args:
        passage: the passage.
        header_text: the cut of ``passage.headers``, or "".
    """
    return "\n".join(part for part in (". ".join(passage.trail), header_text, passage.text) if part)


def texts_to_embed(reading: Reading) -> list[str]:
    """Return the text to embed of each passage of ``reading``, in the order in which `Writer.add` wants the vectors."""
    pages = {page.number: page.text for page in reading.pages}
    return [embedded_text(passage, cut(pages, passage.headers)) for passage in reading.passages]


def text_hash(text: str) -> str:
    """Return the name of an embedded text: the first 128 bits of its SHA-256, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def twin_hash(text: str) -> str:
    """Return 64 bits in hex that are equal for texts that differ only in case, white space, accents or punctuation."""
    plain = text.casefold()
    if not plain.isascii():
        spread = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in spread if not unicodedata.combining(sign))
    folded = _NOT_WORDS.sub(" ", plain).strip()
    # A passage of nothing but punctuation is a twin only of itself.
    return hashlib.sha256((folded or text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def storable(texts: Sequence[str]) -> bool:
    """Whether every text can be written as UTF-8 (a lone surrogate cannot)."""
    try:
        for text in texts:
            text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
