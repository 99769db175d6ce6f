"""Where a decision begins: the sentence it answers, the motion on which it is the word, the list that it opens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from indexer.decisions import limbs
from indexer.decisions.motions import QUOTES, moves, only_moved
from indexer.decisions.series import label
from indexer.decisions.wordings import agreed
from indexer.labelling.marks import Marked, certain
from indexer.text.cues import BODIES, TELLING, TOKEN

# So few words say only that something was agreed, not what; so do these at the beginning.
ANSWER_WORDS: Final = 6
TALK: Final = frozenset(["text", "action", "reported", "closing"])
_REFERRING: Final = ("this ", "these ", "that was ", "they were ", "both ")
_THE_MOTION: Final = ("this motion", "the motion")
# A motion is quoted at most so many units before the word on it.
_DEBATE: Final = 8
# Words of a lettered line that names a matter.
_MATTER: Final = 3
# Words before a list that only name who decides: "That the Board:".
_WHO_WORDS: Final = 7


def label_of(mark: Marked) -> str:
    """Give the label that a paragraph begins with, as printed; "" for none."""
    return label(mark.unit.text) if mark.unit.opens else ""


def _answers(before: Marked, mark: Marked) -> bool:
    """Whether a decision is a word on the sentence before it: "This was agreed.", "Supported.", "No objection."."""
    # "(b) 15/00124/FUL 5 Sand Lane" on a line of its own is what is decided on, as a sentence in the same paragraph is
    lettered = label_of(before) and not limbs.is_bullet(label_of(before)) and len(before.unit.text.split()) >= _MATTER
    lettered = lettered and not label_of(mark) and not mark.unit.text.rstrip().endswith(":")
    matter = bool(lettered) and before.unit.of == 1 and before.unit.text.rstrip()[-1:].isalnum()
    near = before.label == "text" and (before.unit.block == mark.unit.block or matter)
    text = mark.unit.text.casefold()
    short = len(text.split()) < ANSWER_WORDS and not text.startswith("the ")
    return near and (short or text.startswith(_REFERRING))


def _opens_list(before: Marked, mark: Marked) -> bool:
    """Whether the words before a decision open its list, and only name who decides: "The Board:"."""
    return _is_lead(before, mark) and len(before.unit.text.split()) < _WHO_WORDS


def begins(marks: Sequence[Marked], at: int) -> int:
    """Give the first unit of a decision that unit ``at`` states: what it answers, or what somebody moves."""
    quoted = _quoted(marks, at)
    if quoted < at:
        return quoted
    one = at - 1
    while one > 0 and marks[one].unit.nth and only_moved(marks[one].unit.text):
        one -= 1  # "A proposed this. B seconded. Agreed."
    if at and (_answers(marks[one], marks[at]) or _opens_list(marks[at - 1], marks[at])):
        return one
    first = (
        at - marks[at].unit.nth if label_of(marks[at - marks[at].unit.nth]) else at
    )  # "7. Implement it. Refer it back"
    for one in range(first - 1, -1, -1):
        text = marks[one].unit.text.rstrip()
        if text[-1:] not in ":;" or marks[one].label == "item":
            return at
        if moves(text):  # "Councillor A moved an amendment as follows:"
            return one
    return at


def _quoted(marks: Sequence[Marked], at: int) -> int:
    """The motion quoted under the item's heading on which unit ``at`` is the word ("Agreed."), else ``at``."""
    text = marks[at].unit.text.casefold()
    seconds = text.startswith("seconded") and agreed(text)  # "Seconded by Councillor Roe and agreed."
    if len(text.split()) >= ANSWER_WORDS and not seconds and not any(words in text for words in _THE_MOTION):
        return at
    for one in range(at - 1, max(-1, at - _DEBATE), -1):
        if marks[one].unit.text[:1] in QUOTES and marks[one - 1].label == "item":
            return one
        if marks[one].label not in TALK:
            break
    return at


def is_told(marks: Sequence[Marked], at: int) -> bool:
    """Say whether a list's entry belongs to talk: "The Chair spoke of these matters: 1. Agreed ..."."""
    mark = marks[at]
    first = at > 0 and _is_lead(marks[at - 1], mark) and not _opens_list(marks[at - 1], mark)
    return (first or _is_of_report(marks, at)) and not certain(mark.unit.text)


def _is_of_report(marks: Sequence[Marked], at: int) -> bool:
    """Whether a bullet's sentence is of a list about another body: "The Chair of the Audit Committee said:"."""
    first = at - marks[at].unit.nth
    if not limbs.is_bullet(bullet := label_of(marks[first])):
        return False
    for one in range(first - 1, -1, -1):
        if marks[one].label == "item":
            break
        if marks[one].unit.text.rstrip().endswith(":"):
            words = TOKEN.findall(marks[one].unit.text)
            named = any(
                body.lower() in BODIES and a.istitle() and body.istitle() and a != "The" for a, body in pairwise(words)
            )
            return named and not TELLING.isdisjoint(words) and label_of(marks[one + 1]) == bullet
    return False


def _is_lead(before: Marked, mark: Marked) -> bool:
    entry = bool(label_of(mark)) or mark.unit.text[:1] in QUOTES
    return before.label == "text" and before.unit.text.rstrip().endswith(":") and entry
