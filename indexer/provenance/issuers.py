"""Who issued a paper: the claims that its head, its running lines, its file and its text make.

A letterhead exists to say it and weighs most; a name that is only mentioned, however often, is never enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.heads.named import Named, bodies_in, is_name
from indexer.heads.openings import HEAD_BLOCKS, TOP_BLOCKS
from indexer.layout.blocks import Placed
from indexer.provenance.evidence import Claim
from indexer.records import Document, PaperKind
from indexer.text import bodies
from indexer.text.words import name_key, squeezed

# The weight that one letterhead has, or two lesser witnesses together, and a mention with another mention has not.
LEAST = 2.0
_DOMAIN = re.compile(
    r"\b(?P<place>[a-z-]{3,40})\.(?:gov|nhs|sch|ac)\.uk\b|\b(?P<other>[a-z-]{3,40})\.(?:gov|ie)\b", re.I
)


def claims(
    blocks: Sequence[Placed], kind: PaperKind, named: Sequence[Claim[Named]], document: Document
) -> Iterator[Claim[str]]:
    """Yield who a paper's witnesses say issued it; of two languages the English name, where both are printed.

    Args:
        blocks: its first blocks.
        kind: what it is; only papers of meetings are trusted to name an unheard-of kind of body in large type.
        named: the bodies that its head and its file name (`indexer.provenance.meetings.named`).
        document: for the file's own author and title.
    """
    proposed = list(_claims(blocks, kind, named, document))
    english = any(claim.weight >= LEAST and not claim.value.startswith(bodies.OTHER_TONGUES) for claim in proposed)
    yield from (claim for claim in proposed if not (english and claim.value.startswith(bodies.OTHER_TONGUES)))


def _claims(
    blocks: Sequence[Placed], kind: PaperKind, named: Sequence[Claim[Named]], document: Document
) -> Iterator[Claim[str]]:
    for claim in named:
        if claim.value.authority:
            yield Claim(claim.value.authority, claim.weight, claim.witness)
    for index, block in enumerate(blocks[:TOP_BLOCKS]):
        whole = bodies.authority(re.split(r"(?<!\s)\s+[–—-]\s+|\t", block.text)[0])
        both = bodies.parted(block.text)
        if name := whole or (both[0] if both else ""):
            yield Claim(name, 4.0 if index < HEAD_BLOCKS else 1.0, "letterhead")
    for field, worth, witness in ((document.author, 3.0, "file author"), (document.title, 2.0, "file title")):
        for name in bodies.authorities(field):
            yield Claim(name, worth, witness)
    text = "\n".join(block.text for block in blocks)
    mentions = Counter(bodies.authorities(text))
    for name, count in mentions.items():
        yield Claim(name, 0.5 + 0.5 * count / mentions.total(), "mention")
    yield from _addressed(text, [*mentions, *(claim.value.authority for claim in named if claim.value.authority)])
    if kind in ("minutes", "agenda", "pack"):
        yield from _in_large_type(blocks, document)


def _addressed(text: str, names: Sequence[str]) -> Iterator[Claim[str]]:
    """Web and mail addresses speak for the names that begin like them: "mudshire.gov.uk" for Mudshire Council."""
    places = (match["place"] or match["other"] for match in _DOMAIN.finditer(text))
    for place in Counter(place.lower().replace("-", "") for place in places):
        for name in dict.fromkeys(names):
            if squeezed(name).startswith(place):
                yield Claim(name, 2.0, "web address")


def _in_large_type(blocks: Sequence[Placed], document: Document) -> Iterator[Claim[str]]:
    """A name in the largest type of the first lines, of whatever kind of body; alone it is not enough."""
    first = [block for block in blocks[:HEAD_BLOCKS] if block.page == blocks[0].page]
    largest = max((block.size for block in first), default=0.0)
    for index, block in enumerate(first):
        text = " ".join(block.text.split()).strip(" *#")
        large = block.size == largest or index == 0
        if large and not block.row and is_name(text) and not bodies_in(text):
            yield Claim(bodies.tidy(text), 1.5, "largest type")
            if name_key(text) == name_key(document.title):
                yield Claim(bodies.tidy(text), 2.0, "file title")
            return
