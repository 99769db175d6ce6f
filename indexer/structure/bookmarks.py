"""A file's own bookmarks as heading levels of the blocks they name; a bookmark that names no block says nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.heads.headings import clean_title
from indexer.layout.blocks import Placed
from indexer.records import Document

# Programs also bookmark scraps of text; a title has a word and does not begin in the middle of a sentence.
_TITLE = re.compile(r"(?![a-z]{2})(?=.*[A-Za-z]{3})")


def levelled(blocks: Sequence[Placed], document: Document) -> tuple[Placed, ...]:
    """Return the blocks, with a level from 1 for those that a bookmark of their page repeats word for word.

    Levels that the format itself marks stay, and rows of tables are left alone.
    """
    depths: dict[tuple[int, str], int] = {}
    for entry in document.outline:
        depths.setdefault((entry.page, _plain(entry.title)), entry.depth)
    if not depths:
        return tuple(blocks)
    return tuple(_levelled(block, depths.get((block.page, _plain(block.text)))) for block in blocks)


def _levelled(block: Placed, depth: int | None) -> Placed:
    if depth is None or block.level or block.row or not _TITLE.match(block.text.strip()):
        return block
    return replace(block, level=depth + 1)


def _plain(title: str) -> str:
    return re.sub(r"\W+", "", clean_title(title)).casefold()
