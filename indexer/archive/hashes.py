"""What is embedded of a passage, and the hashes by which equal texts know each other."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from indexer.records import Passage, Reading, cut

_NOT_WORDS = re.compile(r"[\W_]+")


class EmbeddedText(NamedTuple):
    """What the encoder reads of a passage, in two parts that together are `embedded_text`.

    ``around`` are the headings around its innermost one, the same for many passages; ``own`` is all else.
    """

    around: str
    own: str

    @property
    def whole(self) -> str:
        """Both parts."""
        return self.around + self.own

    @property
    def hash(self) -> str:
        """The `text_hash` of both parts."""
        return text_hash(self.whole)


def to_embed(passage: Passage, header_text: str) -> EmbeddedText:
    """Return what the encoder reads of a passage: headings, table header, text.

    Args:
        passage: the passage.
        header_text: the cut of ``passage.headers``, or "".
    """
    around = "".join(f"{heading}. " for heading in passage.trail[:-1])
    return EmbeddedText(around, "\n".join(part for part in (*passage.trail[-1:], header_text, passage.text) if part))


def embedded_text(passage: Passage, header_text: str) -> str:
    """Return what the word index and the cross-encoder read of a passage: `to_embed` in one piece."""
    return to_embed(passage, header_text).whole


def texts_to_embed(reading: Reading) -> list[EmbeddedText]:
    """Return the text to embed of each passage of ``reading``, in the order in which `Writer.add` wants the vectors."""
    pages = {page.number: page.text for page in reading.pages}
    return [to_embed(passage, cut(pages, passage.headers)) for passage in reading.passages]


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
