"""How a text with limbs grows: which label goes on with it, and which texts cannot end yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.decisions import limbs, wordings
from indexer.decisions.stream import Line
from indexer.heads.headings import is_known
from indexer.text.words import listed

# With these marks and words no text ends.
_HANGING: Final = tuple(":,(–—-")
_LEADING_ON: Final = listed(
    "and or that to of the for in with by on at a an bod was from as under into within upon its their be is are were "
    "further"
)
_STOPS = frozenset(".!?")
_CLOSERS = " *_”\"’')"
# A running line has few words, no stop at its end, and does not begin like a clause.
_RUNNING_WORDS = 15
_LOOK_AHEAD = 3
# Words of a cell that names who acts.
_OWNERS = 3


@dataclass(slots=True)
class Series:
    """The limbs of a text so far: the label of its own paragraph, and those of its open limbs, innermost last."""

    own: str = ""
    stack: limbs.Stack = ()

    def add(self, label: str) -> None:
        """Take in a limb; "" is none."""
        if label:
            self.stack = limbs.push(self.stack, label) or (*self.stack, label)

    def follows(self, label: str) -> bool:
        """Say whether a label is the next of a limb that is open; one bullet follows another."""
        return bool(label) and any(limbs.succeeds(label, one) for one in self.stack)

    def ends(self, label: str) -> bool:
        """Say whether a label is the next after that of the text's own paragraph, and so no limb of it."""
        return bool(label and self.own) and limbs.succeeds(label, self.own) and not self.follows(label)

    def opens(self, label: str, last: str) -> bool:
        """Say whether a label opens a list that the text so far, whose last part is given, leaves room for."""
        if not label:
            return False
        if self.stack:
            return limbs.push(self.stack, label) is not None and not stopped(last)
        within = any(limbs.succeeds(label, inner) for inner in limbs.inner_labels(last))
        return within or unfinished(last) or (limbs.first(label) and "follow" in last)


def label(text: str) -> str:
    """Give the label that a line begins with, as printed; "" for none."""
    match = limbs.line_label(text)
    return match["label"].strip() if match else ""


def unowned(text: str) -> str:
    """Give a text without the cell after it that names who acts: two or three letters, or a name or two."""
    kept, _, last = text.rpartition("\t")
    return text if len(last.split()) > _OWNERS or any(letter.isdigit() for letter in last) else kept or text


def unfinished(text: str) -> bool:
    """Say whether a text cannot end here: "RESOLVED that:", "to write to the", "2b."."""
    labelled = text.strip() != "" and wordings.body_start(f"{text} ") >= len(text)
    end = text[-20:].rstrip(" *_\n\t")
    hanging = end.endswith(_HANGING) or end.split(" ")[-1].casefold() in _LEADING_ON
    return labelled or hanging or wordings.bare(text)


def stopped(text: str) -> bool:
    """Say whether a text ends with a full stop, whatever closes after it."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def runs(text: str) -> bool:
    """Say whether a line may be one that runs along the sheets' edges: few words, no stop, no clause's beginning."""
    plain = text.strip(_CLOSERS)
    clause = plain[:1].islower() or plain.startswith("That ") or plain[-1:] in ".;:,"
    return len(plain.split()) <= _RUNNING_WORDS and not clause and not label(text)


def breaks(text: str) -> bool:
    """Say whether a part of a list ends here, as a page may: with a stop or a comma, or with "and" after that."""
    words = text.rstrip(" *_").split()
    last = words[-2] if len(words) > 1 and words[-1] in ("and", "or") else "".join(words[-1:])
    return last[-1:] in ":;,."


def reach(lines: Sequence[Line], offset: int) -> tuple[tuple[tuple[Line, int], ...], tuple[bool, ...]]:
    """Collect the lines of a text that begins in the first one at ``offset``, maybe with a limb's label.

    Returns:
        The lines, each with the offset at which the text begins in it, and whether each begins with a limb's label.
    """
    first = label(lines[0].text[offset:])
    series = Series(stack=(first,) if first else ())
    parts = [(lines[0], offset)]
    labels = [""]
    for place, line in enumerate(lines[1:], 1):
        before, start = parts[-1]
        text, own = before.text[start:], label(line.text)
        limb = bool(own) and (series.follows(own) or series.opens(own, text))
        if not limb and _skipped(lines, place, series, text):
            continue
        if not limb and not _goes_on(lines, place, series, parts):
            break
        parts.append((line, 0))
        labels.append(own if limb else "")
        series.add(labels[-1])
    # a number that nothing follows is the paragraph's own, no limb's
    counted = any(one and limbs.succeeds(one, first) for one in labels)
    return tuple(parts), (counted, *map(bool, labels[1:]))


def _skipped(lines: Sequence[Line], place: int, series: Series, text: str) -> bool:
    """Whether a line at a page's edge runs along: the list goes on right after it."""
    if place + 1 >= len(lines) or lines[place - 1].page == lines[place].page == lines[place + 1].page:
        return False
    following = label(lines[place + 1].text)
    ahead = bool(following) and (series.follows(following) or series.opens(following, text))
    return runs(lines[place].text) and (breaks(text) or wordings.bare(text)) and ahead


def _goes_on(lines: Sequence[Line], place: int, series: Series, parts: Sequence[tuple[Line, int]]) -> bool:
    """Whether a line that is not a limb continues the text so far."""
    line, (before, start) = lines[place], parts[-1]
    text = before.text[start:]
    if label(line.text) or is_known(line.text.split("\t")[0].split(":")[0]):
        return False
    if line.heading or wordings.bare(text):
        return wordings.bare(text)
    if unfinished(text) or text.rstrip().endswith(";") or line.text.lstrip()[:1].islower():
        return not line.row or before.row or text.rstrip().endswith(":")
    if line.row and before.row:
        return True
    if line.page != before.page and ";" in text and not stopped(text):
        # a list with semicolons ends with a stop, so one cut off by the page goes on overleaf
        return not line.row
    clauses = line.text.lstrip().casefold().startswith("that ") and any(
        "that " in one.text[:40].casefold() for one, _ in parts
    )
    return (clauses and not series.stack) or any(_ahead(lines[place + 1 : place + 1 + _LOOK_AHEAD], series))


def _ahead(lines: Sequence[Line], series: Series) -> Iterator[bool]:
    """Whether the innermost limb's successor is within these lines, so that what is before it is inside a limb."""
    for line in lines:
        if line.heading:
            return
        own = label(line.text)
        yield bool(series.stack) and not limbs.is_bullet(own) and bool(own) and limbs.succeeds(own, series.stack[-1])
