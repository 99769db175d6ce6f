"""Other names of a body that its papers print: at their heads, and where they say what it was called before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.heads.named import named_in
from indexer.heads.openings import HEAD_BLOCKS
from indexer.layout.blocks import placed
from indexer.records import Alias, Document, Page, Paper, Section
from indexer.text import bodies
from indexer.text.words import name_key

# "the Mud Committee (formerly the Silt Committee)", "that the Silt Committee be renamed the Mud Committee"
_CALLED = re.compile(
    r"(?:formerly|previously)\b(?:\s(?:known\sas|called))?|(?P<later>\b(?:re-?named|now\sknown\sas)\b(?:\s(?:as|to)\b)?)",
    re.IGNORECASE,
)
_SMALL = frozenset(("and", "of", "for", "the", "&"))
_BETWEEN = frozenset(("be", "to", "was", "is", "has", "been"))
_LONGEST = 130  # characters of a name and the words around it


def aliases(document: Document, paper: Paper, sections: Sequence[Section]) -> tuple[Alias, ...]:
    """Return the other names of bodies of the paper's authority, each once, in the order of the paper.

    Args:
        document: the paper as it was read.
        paper: with the body that it is of.
        sections: its parts, with theirs.
    """
    authority = paper.meeting.authority
    if not authority:
        return ()
    starts = [(1, paper.meeting.board)]
    starts += [(part.spans[0].page, part.meeting.board) for part in sections if part.kind == "minutes" and part.spans]
    names = [*_at_heads(document.pages, authority, starts), *_told(document.pages, authority)]
    return tuple(dict.fromkeys(names))


def _at_heads(pages: Sequence[Page], authority: str, starts: Sequence[tuple[int, str]]) -> Iterator[Alias]:
    """Names in the heads of minutes and fronts that are brought to the one name of the body there."""
    for number, board in dict.fromkeys(starts):
        for one in named_in(placed(pages[number - 1 : number])[:HEAD_BLOCKS]) if board else ():
            same = " " in one.board and bodies.one_name(one.board, authority) == board
            if same and name_key(one.board) != name_key(board):
                yield Alias(authority, board, one.board, "printed")


def _told(pages: Sequence[Page], authority: str) -> Iterator[Alias]:
    """Sentences that say what a board was called before; both names must be those of boards."""
    for page in pages:
        text = " ".join(page.text.split())
        for match in _CALLED.finditer(text):
            names = _before(text[: match.start()][-_LONGEST:].split()), _after(text[match.end() :][:_LONGEST].split())
            if all(names) and names[0] != names[1]:
                old, new = names if match["later"] else reversed(names)
                yield Alias(authority, new, old, "formerly")


def _before(said: list[str]) -> str:
    """The board's name that words end with."""
    while said and said[-1].strip("(,") in ("", *_BETWEEN):
        said.pop()
    run: list[str] = []
    for word in reversed(said):
        if word == "the" or not (word[:1].isupper() or word in _SMALL):
            break
        run.insert(0, word)
    return bodies.board(" ".join(run).rstrip("("))


def _after(said: list[str]) -> str:
    """The board's name that words begin with."""
    run: list[str] = []
    for word in said[said[:1] == ["the"] :]:
        bare = word.rstrip(').;:"”’')
        if not (word[:1].isupper() or word in _SMALL):
            break
        run.append(bare)
        if bare != word:
            break
    return bodies.board(" ".join(run).rstrip(","))
