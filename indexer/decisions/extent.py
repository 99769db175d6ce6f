"""Where a decision ends: which of the lines after its opening words still belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.decisions import limbs, wordings
from indexer.decisions.stream import Line, joined
from indexer.records import Limb, Page, Span

CLOSING = re.compile(
    r"\W*(?:(?:the\s+)?meeting\s+(?:ended|closed|concluded|finished|started|commenced|was\s+(?:declared\s+)?closed)"
    r"|there being no (?:further|other)"
    r"|(?:chair|chairman|chairperson|chairwoman|mayor|convenor)\b[\s.:…_–-]*(?:date|dated)?[\s.:…_]*$"
    r"|signed\b.{0,40}$|_{4,}|\.{8,})",
    re.I,
)
VOTING = re.compile(
    r"\W*+(?:(?:votes?\s+)?(?:for|against|abst\w+|in favour)\s*[:(]|(?:for|against|in favour)\s+\d"
    r"|\d+\s+(?:votes?\s+)?(?:for|in favour)\b|(?:a\s+)?(?:recorded|named)\s+vote|voting\b|votes?\s*:"
    r"|(?:the\s+)?(?:motion|amendment|recommendations?|proposal)?\s*+(?:was|were|on being|having been|being|upon)?"
    r"\s*+put to (?:the|a) vote|\(?(?:by\s+)?\d+\s+votes?\s+to)",
    re.I,
)
MOVING = re.compile(
    r"\W*(?:(?:it was\s+)?(?:moved|proposed)\s+by|(?:proposer|mover|seconder|proposed|moved|seconded)\s*[:–-])", re.I
)
_ASIDE = re.compile(
    r"\W*(?:actions?\b|reasons?\b|(?:alternative )?options considered|note\s*:|minute\s+note|background\b|contact\b)",
    re.I,
)
_HANGING = re.compile(
    r"(?:[:;,(–—-]|\b(?:and|or|that|to|of|the|for|in|with|by|on|at|a|an|bod)|[;,]\s*(?:and|or))[\s*_]*$", re.I
)
# A stem without a colon, yet clearly unfinished: "RESOLVED that the Board".
_FOLLOWING = re.compile(
    r"\b(?:following|below|to|that|board|council|cabinet|committee|panel|executive|members|hwb|governors)\W*$", re.I
)
_STOPPED = re.compile(r"[.!?][\s*_”\"’')]*$")
# A limb may itself say AGREED or NOTED; only these words open another decision for certain.
_RESOLVED = re.compile(r"\W*(?:it was )?(?:RESOLVED|Resolved|PENDERFYNWYD)\b")
# A running header has few words, no stop at its end, and does not begin like a clause.
_RUNNING_WORDS = 15
_NO_RUNNING = re.compile(r"^\s*[a-z]|^\s*That\b|[.;:,][\s*_”\"’')]*$")
_PART_DONE = re.compile(r"[:;,.](?:\s*(?:and|or))?[\s*_]*$")
_LOOK_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines of one decision, each with the offset where its text begins; ``last`` is the number of the last one."""

    parts: tuple[tuple[Line, int], ...]
    labelled: tuple[bool, ...]
    last: int

    def spans(self) -> tuple[Span, ...]:
        """Give the place of the whole text, one span a page."""
        return joined([span for line, offset in self.parts if (span := line.span(offset)).end > span.start])

    def limbs(self, pages: Sequence[Page]) -> tuple[Limb, ...]:
        """Cut the decision into its limbs."""
        return limbs.limbs(pages, self.parts, limbs.marks(self.parts, self.labelled))


def extent(lines: Sequence[Line], begin: int, offset: int, *, first_is_limb: bool = False) -> Extent:
    """Collect the lines of the decision that begins at ``lines[begin].text[offset:]``.

    Args:
        lines: all lines of the item, in order.
        begin: the number of the line with the opening words.
        offset: where in that line they stand.
        first_is_limb: the text may begin with a limb's label (a recommendation under its heading).
    """
    opening = limbs.line_label(lines[begin].text[offset if first_is_limb else 0 :])
    label = opening["label"].strip() if opening else ""
    own = "" if first_is_limb else label
    stack: limbs.Stack = (label,) if label and first_is_limb else ()
    parts = [(lines[begin], offset)]
    taken: list[str | None] = [None]
    last = begin
    for place in range(begin + 1, len(lines)):
        line = lines[place]
        found = _limb_label(line, own, stack, parts)
        if found is not None:
            stack = limbs.push(stack, found) or (*stack, found)
        elif _running(lines, place, own, stack, parts):
            continue
        elif not _goes_on(lines, place, stack, parts):
            break
        parts.append((line, 0))
        taken.append(found)
        last = place
    # a number that nothing follows is the paragraph's own, no limb's
    counted = first_is_limb and any(one and limbs.succeeds(one, label) for one in taken)
    return Extent(tuple(parts), (counted, *(one is not None for one in taken[1:])), last)


def ends_everything(line: Line) -> bool:
    """Say whether a line can be no part of any decision's text."""
    return bool(
        CLOSING.match(line.text) or VOTING.match(line.text) or MOVING.match(line.text) or _ASIDE.match(line.text)
    )


def _limb_label(line: Line, own: str, stack: limbs.Stack, parts: Sequence[tuple[Line, int]]) -> str | None:
    """Give the label of ``line`` if it is a limb of the decision so far, else None."""
    match = limbs.line_label(line.text)
    if match is None or _RESOLVED.match(line.text, match.end()):
        return None
    label = match["label"].strip()
    text = _text(parts)
    if stack:
        grown = limbs.push(stack, label)
        if grown is not None and (len(grown) <= len(stack) or not _STOPPED.search(text)):
            return label
    if not stack and any(limbs.succeeds(label, inner) for inner in limbs.inner_labels(text)):
        return label
    if own and limbs.succeeds(label, own):
        return None
    if not stack and (_HANGING.search(text) or wordings.bare(text)):
        return label
    return label if not stack and limbs.first(label) and _FOLLOWING.search(text) else None


def _goes_on(lines: Sequence[Line], place: int, stack: limbs.Stack, parts: Sequence[tuple[Line, int]]) -> bool:
    """Say whether an unlabelled line (or one whose label is no limb's) continues the text so far."""
    line, text = lines[place], _text(parts)
    if ends_everything(line) or _fresh(line):
        return False
    if limbs.line_label(line.text) is not None:
        return False
    if wordings.bare(text):
        return True
    if line.heading:
        return False
    if _HANGING.search(text) or line.text.lstrip()[:1].islower():
        return not (line.row and not text.rstrip().endswith(":") and not parts[-1][0].row)
    if line.row and parts[-1][0].row:
        return True
    if line.page != parts[-1][0].page and ";" in text and not _STOPPED.search(text):
        # a list with semicolons ends with a stop, so one cut off by the page goes on overleaf
        return not line.row
    if not stack and re.match(r"\W*(?:That|THAT)\b", line.text) and any(_that(one.text) for one, _ in parts):
        return True
    return bool(stack) and _successor_ahead(lines, place, stack)


def _running(
    lines: Sequence[Line], place: int, own: str, stack: limbs.Stack, parts: Sequence[tuple[Line, int]]
) -> bool:
    """Say whether a line at a page's edge is a running header or footer: the list goes on right after it."""
    if place + 1 >= len(lines):
        return False
    line, following = lines[place], lines[place + 1]
    at_edge = line.page != parts[-1][0].page or following.page != line.page
    if not at_edge or ends_everything(line) or _fresh(line) or _NO_RUNNING.search(line.text):
        return False
    if not (wordings.bare(_text(parts)) or _PART_DONE.search(_text(parts))):
        return False
    return len(line.text.split()) <= _RUNNING_WORDS and _limb_label(following, own, stack, parts) is not None


def _successor_ahead(lines: Sequence[Line], place: int, stack: limbs.Stack) -> bool:
    """Say whether the series goes on within the next lines, so that this one stands inside a limb."""
    for line in lines[place + 1 : place + 1 + _LOOK_AHEAD]:
        if ends_everything(line) or _fresh(line) or line.heading:
            return False
        match = limbs.line_label(line.text)
        if match and not limbs.is_bullet(match["label"]) and limbs.succeeds(match["label"].strip(), stack[-1]):
            return True
    return False


def _fresh(line: Line) -> bool:
    """Say whether a line opens a decision of its own."""
    return wordings.opens(line.text)


def _that(text: str) -> bool:
    return bool(re.match(r"\W*(?:That|THAT)\b", text) or re.search(r"\b(?:That|THAT)\b", text[:40]))


def _text(parts: Sequence[tuple[Line, int]]) -> str:
    line, offset = parts[-1]
    if len(parts) == 1:
        return line.text[offset:]
    return line.text
