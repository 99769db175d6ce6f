"""Makes small fictional documents for tests of structure: pages of lines, with marks for type and rows."""

from __future__ import annotations

from indexer.records import Block, Bookmark, Document, Page

BODY = 11.0


def page(number: int, *lines: str) -> Page:
    r"""Make a page. "**x**" is bold, "# x" is large and bold, "a\tb" is a table row; the marks leave the text."""
    blocks: list[Block] = []
    kept: list[str] = []
    at = 0
    for line in lines:
        bold = line.startswith("**") and line.endswith("**")
        large = line.startswith("# ")
        text = line.strip("*").removeprefix("# ")
        size = 16.0 if large else BODY
        blocks.append(Block(at, at + len(text), size, bold or large, "\t" in text))
        kept.append(text)
        at += len(text) + 1
    return Page(number, "\n".join(kept), tuple(blocks))


def document(*pages: list[str], title: str = "", author: str = "", outline: tuple[Bookmark, ...] = ()) -> Document:
    """Make a document of pages, each a list of lines."""
    made = tuple(page(number, *lines) for number, lines in enumerate(pages, start=1))
    return Document("pdf", True, made, title, author, outline)


def prose(words: int, about: str = "harbour") -> str:
    """Make a paragraph of about so many words, in sentences of ten."""
    sentence = f"The {about} was discussed by members at length that day."
    return " ".join([sentence] * max(1, words // 10))
