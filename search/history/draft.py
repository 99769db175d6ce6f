"""A draft report or a paragraph, taken apart into the few texts that are looked for. It is never stored."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.errors import BadArguments, UnreadablePaper
from indexer.records import Document
from indexer.text.sentences import sentences
from search.bounds import BOUNDS
from search.settings import HISTORY

# Headings under which a report says what it is about, and those under which every report says much the same.
_ABOUT = re.compile(
    r"[\W\d]*(?:purpose|summary|executive summary|introduction|(?:officer )?recommendations?(?:\s?\(s\))?"
    r"|background(?! papers| documents)"
    r"|title(?: of (?:the )?report)?|report title|subject|proposed decision|key (?:considerations|issues)|aims?)\b",
    re.IGNORECASE,
)
_SAME_EVERYWHERE = re.compile(
    r"[\W\d]*(?:classification|key decision|wards? affected|divisions? affected|legal implications?|risk management"
    r"|equality|financial implications?|resource implications?|consultees?|appendi|background papers?|contact|report "
    r"(?:by|author)|from|to|meeting(?: date)?|date)\b",
    re.IGNORECASE,
)


def chunks_of(text_or_file: str) -> list[str]:
    """Give the texts to look for, the distinctive ones first.

    Args:
        text_or_file: a paragraph, or the path of a file in any format that is indexed.

    Raises:
        BadArguments: nothing is there to look for, or the file cannot be read.
    """
    path = _file(text_or_file)
    return chunks(lines_of(_read(path)) if path else _lines(text_or_file))


def chunks_of_text(text: str) -> list[str]:
    """Give the texts to look for in a pasted text; it is never taken for the name of a file.

    Raises:
        BadArguments: nothing is there to look for.
    """
    return chunks(_lines(text))


def lines_of(document: Document) -> list[str]:
    """Give the lines of a draft that was read."""
    return [line for page in document.pages for line in page.text.split("\n") if line.strip()]


def chunks(lines: list[str]) -> list[str]:
    """Choose the texts to look for among the lines of a draft, the distinctive ones first.

    Raises:
        BadArguments: there are no words, or far too many.
    """
    total = sum(len(line.split()) for line in lines)
    if total > BOUNDS.draft_words:
        message = f"The draft has {total:,} words: give a report of at most {BOUNDS.draft_words:,}"
        raise BadArguments(message, expected=f"at most {BOUNDS.draft_words} words", found=str(total))
    about, rest = ([chunk for line in some for chunk in _cut(line)] for some in _sorted(lines))
    # A form that says enough of its matter is not searched for by the form's own sentences.
    enough = sum(len(chunk.split()) for chunk in about) >= HISTORY.enough_words
    chosen = about if enough else [*about, *(chunk for chunk in rest if len(chunk.split()) >= HISTORY.paragraph_words)]
    chosen = list(dict.fromkeys(chosen)) or _cut(" ".join(lines))
    if not any(map(str.isalnum, " ".join(chosen))):
        message = "The draft holds no words: give a paragraph or a report"
        raise BadArguments(message)
    return chosen[: HISTORY.chunks]


def _file(text_or_file: str) -> Path | None:
    """Give the file that is meant; None for a text."""
    path = Path(text_or_file)
    if len(text_or_file) < BOUNDS.text_or_file and "\n" not in text_or_file and "\0" not in text_or_file:
        if path.is_file():
            return path
        if path.suffix and len(path.suffix.split()) == 1 and len(text_or_file.split()) < HISTORY.paragraph_words:
            message = f"No file {text_or_file}: give the path of a draft report, or the text of a paragraph"
            raise BadArguments(message, path=text_or_file)
    return None


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _read(path: Path) -> Document:
    # Any format that can be indexed can be a draft; nothing of it is kept.
    from indexer import readers

    try:
        return readers.read(path)
    except UnreadablePaper as fault:
        message = f"Cannot read the draft {path}: {fault}"
        raise BadArguments(message, path=str(path)) from fault


def _sorted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part the texts under distinctive headings, each joined, from the others; standard ones are left out."""
    about: list[str] = []
    rest: list[str] = []
    into: list[str] | None = rest
    fresh = False
    for line in lines:
        words = line.split()
        label = line.split("\t")[0].split(":")[0]
        short = len(label.split()) <= HISTORY.label_words
        if short and _ABOUT.match(label):
            into, fresh = about, True
        elif short and _SAME_EVERYWHERE.match(label):
            into = None
        elif (
            len(words) <= HISTORY.label_words and not line.rstrip().endswith((".", ";", ":", ",")) and into is not about
        ):
            into = rest
        if into is about and not fresh and about:
            about[-1] = f"{about[-1]} {line}"
        elif into is not None:
            into.append(line)
            fresh = False
    return about, rest


def _cut(line: str) -> list[str]:
    """Cut a text at sentences into chunks of about a hundred words; the first two say what it is about."""
    plain = line.replace("\t", " ")
    chunks = [""]
    for start, end in sentences(plain):
        if chunks[-1] and len(chunks[-1].split()) + len(plain[start:end].split()) > HISTORY.chunk_words:
            chunks.append("")
        chunks[-1] = f"{chunks[-1]} {plain[start:end]}".strip()
    return [" ".join(chunk.split()[: 2 * HISTORY.chunk_words]) for chunk in chunks if chunk][:2]
